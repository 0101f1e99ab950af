package main

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"crawl/internal/crawler"
	"crawl/internal/demo"
	"crawl/internal/report"
)

// simPortal is what a portal has shown to the crawler so far.
type simPortal struct {
	id, host    string
	fault       simFault
	faultUntil  int
	gone        bool // the configured listing is
	reconfigure int
	edits       map[string]int

	listed    map[string]*simRow
	pages     map[string]*simPage
	completes []simComplete
	runs      []*simRun
	begun     int       // night in which it was last asked anything
	denied    bool      // by the newest robots.txt
	robots    time.Time // when that was asked for
	walked    int       // night of the last walk to the listing's end, -1
	silent    int       // nights in a row in which it could not be reached
}

// simComplete is a walk of the whole listing.
type simComplete struct {
	began int // night in which the run began; a run that is cut off goes on the next night
	night int
	url   string // of the config entry
}

// simRun is the part of a run that a portal had.
type simRun struct {
	id       string
	nights   []int
	outcome  report.Outcome // "" while it was cut off
	complete int            // index into completes, -1
}

// simRow is a row of the listing as it was last seen.
type simRow struct {
	title       string
	first, last int
	list        string // config entry's address then
}

// simPage is what is known of an address from asking for it.
type simPage struct {
	visits   []simVisit
	good     int // visits that brought something, since it was last dead
	dead     int // answers in a row that nothing is there, by a 404 or in words
	last     int // night of the last visit
	redirect string

	deadSince int             // night of the first 404 in a row, -1 for none
	redirects map[string]bool // everywhere it ever redirected to
}

type simVisit struct {
	night   int
	content string
	truth   *demo.Truth // nil: no report stood there
	views   string
	counted int // night of the views
}

func newSimPortals(sources []report.Source, hosts []string) []*simPortal {
	var all []*simPortal
	for i, src := range sources {
		all = append(all, &simPortal{
			id: src.ID, host: hosts[i], fault: simFault{outcome: report.OutcomeOK}, edits: map[string]int{},
			listed: map[string]*simRow{}, pages: map[string]*simPage{}, walked: -1,
		})
	}
	return all
}

// revisits are the nights after the n-th visit, by the rules of the nightly pass.
var simRevisits = []int{1, 7, 30, 90, 365}

func (g *simPage) due(night int) bool {
	n := max(g.good, g.dead)
	return n > 0 && night >= g.last+simRevisits[min(n, len(simRevisits))-1]
}

// held says whether an address brought a page when it was last asked.
func (p *simPortal) held(url string) bool {
	g := p.pages[url]
	for g != nil && g.redirect != "" {
		g = p.pages[g.redirect]
	}
	return g != nil && g.good > 0
}

// history takes a night down: what each portal was asked, and whether that is what
// the rules say it should have been asked.
func (s *simulation) history(results []crawler.Result, start time.Time) {
	asked := map[string]map[string]int{}
	for address, times := range s.province.Asked() {
		host, path, _ := strings.Cut(address, "/")
		if asked[host] == nil {
			asked[host] = map[string]int{}
		}
		asked[host]["http://"+host+"/"+path] = times
	}
	for i, p := range s.portals {
		s.portalNight(i, p, asked[p.host], results[i], start)
	}
}

func (s *simulation) portalNight(i int, p *simPortal, asked map[string]int, result crawler.Result, start time.Time) {
	requests := 0
	for _, times := range asked {
		requests += times
	}
	s.cost.requests += requests
	want := p.outcome(asked["http://"+p.host+"/robots.txt"] > 0, start, result.Outcome)
	sound := want == report.OutcomeOK
	if p.gone && want != report.OutcomeRobots && p.fault.name != "down" {
		want, sound = report.OutcomeHTTP, false // where no page is, none fails
	}
	if result.Outcome == report.OutcomeInterrupted && s.short() && result.Seconds == 0 {
		return // time was up before it was begun
	}
	run := p.run(s.night, s.pass.crawl.Run)
	if result.Outcome == report.OutcomeInterrupted && s.short() {
		want, run.outcome = result.Outcome, ""
	} else {
		run.outcome = want
	}
	if since := s.night - p.begun; since > 4 && p.fault.name != "down" {
		s.t.Errorf("night %d: %s was not asked anything for %d nights", s.night, p.id, since)
	}
	p.begun = s.night
	if p.silent++; result.Outcome != report.OutcomeUnreachable {
		p.silent = 0
	}
	if result.Outcome != want || result.Run != run.id {
		s.t.Errorf("night %d: %s: run %s, outcome %s (%s), want run %s, %s for fault %q", s.night, p.id, result.Run, result.Outcome, result.Detail, run.id, want, p.fault.name)
	}
	if p.fault.name != "" {
		s.cost.faulty++
	}
	// A listing that lists nothing keeps no known page from being visited.
	empty := want == report.OutcomeEmpty
	if !sound && !empty {
		return
	}

	pages := s.province.Listing(i)
	var walked []string
	complete := false
	if !empty {
		walked, complete = s.sightings(i, p, run, pages, asked)
	}
	expected, fresh := s.expected(p, walked)
	if run.outcome == "" {
		expected = slices.DeleteFunc(expected, func(url string) bool { return asked[url] == 0 })
	}
	visits := s.visit(i, p, expected, asked)
	made := s.madeUp(i, p, visits, asked)
	s.cost.fresh += fresh
	s.cost.visits += len(visits)
	var got []string
	for url := range asked {
		// What begins with index is a list page, there or looked for in vain.
		isPage := !strings.Contains(url, "/index") && !strings.HasSuffix(url, "/robots.txt") && !strings.Contains(url, "dynclicks")
		if isPage && !slices.ContainsFunc(pages, func(l demo.ListPage) bool { return l.URL == url }) && url != s.pass.sources[i].URL {
			got = append(got, url)
		}
	}
	slices.Sort(got)
	if plan := slices.Sorted(maps.Keys(visits)); !slices.Equal(got, plan) {
		s.t.Errorf("night %d: %s: pages asked for\n%s\nby the rules\n%s", s.night, p.id, s.explain(p, got), s.explain(p, plan))
	}
	for url, times := range asked {
		if times > 1 && p.fault.name != "flaky" && !p.target(url) {
			s.t.Errorf("night %d: %s: %s asked for %d times", s.night, p.id, url, times)
		}
	}
	if p.fault.name == "" && len(visits) == 0 && run.outcome != "" {
		s.quiet(p, asked, requests, made, complete, s.pass.sources[i].URL, pages)
	}
	if complete {
		p.walked = s.night
		s.cost.walks++
	}
}

// run is the run that this night belongs to: one that was cut off goes on.
func (p *simPortal) run(night int, id string) *simRun {
	if n := len(p.runs); n > 0 && p.runs[n-1].outcome == "" {
		r := p.runs[n-1]
		r.nights = append(r.nights, night)
		return r
	}
	r := &simRun{id: id, nights: []int{night}, complete: -1}
	p.runs = append(p.runs, r)
	return r
}

// target says whether other addresses redirect to one; it may be seen through each.
func (p *simPortal) target(url string) bool {
	for _, g := range p.pages {
		if g.redirect == url {
			return true
		}
	}
	return strings.Contains(url, "dynclicks")
}

// outcome is what the night must come to, but for what the portal lists. A robots.txt is
// good for a day, one that forbids included.
func (p *simPortal) outcome(robots bool, start time.Time, got report.Outcome) report.Outcome {
	if robots {
		p.denied, p.robots = p.fault.name == "robots-deny", start
	}
	const dead = 3 // nights after which a host is asked once, and no page a second time
	switch {
	case p.silent >= dead && p.fault.name == "flaky" && got == report.OutcomeHTTP:
		return got
	case robots || !strings.HasPrefix(p.fault.name, "robots") && !p.denied:
		return p.fault.outcome
	case p.denied && got == report.OutcomeRobots && start.Sub(p.robots) < 26*time.Hour:
		return got // it was asked for late in its night, and is not a day old
	case !p.denied || start.Sub(p.robots) >= 24*time.Hour && p.fault.name != "down":
		return report.OutcomeOK
	case p.fault.name == "down" && got == p.fault.outcome:
		return got // asked again, in vain
	}
	return report.OutcomeRobots
}

// quiet judges the cost of a night on a portal that did not change: two requests,
// but for a listing that is walked to its end about once a month.
func (s *simulation) quiet(p *simPortal, asked map[string]int, requests, made int, complete bool, list string, pages []demo.ListPage) {
	if complete && len(pages) > 1 {
		return // how often, portalNight judges
	}
	s.cost.quietNights++
	s.cost.quiet += requests
	s.cost.worst = max(s.cost.worst, requests)
	most := 2
	if asked[pages[0].URL] > 0 && pages[0].URL != list {
		most++ // the listing's address in the config redirects
	}
	most += made
	if requests > most {
		s.t.Errorf("night %d: %s: %d requests to a portal that did not change: %v", s.night, p.id, requests, slices.Sorted(maps.Keys(asked)))
	}
	if s.night-p.walked > 31 {
		s.t.Errorf("night %d: %s: last walked to its end in night %d", s.night, p.id, p.walked)
	}
}

func (s *simulation) explain(p *simPortal, urls []string) string {
	var b strings.Builder
	for _, url := range urls {
		fmt.Fprintf(&b, "  %s", url)
		if g := p.pages[url]; g != nil {
			fmt.Fprintf(&b, " (good %d, dead %d, last %d, to %s; visits", g.good, g.dead, g.last, g.redirect)
			for _, v := range g.visits {
				fmt.Fprintf(&b, " %d", v.night)
			}
			b.WriteString(")")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// sightings notes what the list pages that were asked for showed, and returns what
// they list.
func (s *simulation) sightings(i int, p *simPortal, run *simRun, pages []demo.ListPage, asked map[string]int) (walked []string, complete bool) {
	complete = true
	list := s.pass.sources[i].URL
	for _, page := range pages {
		if asked[page.URL] == 0 {
			complete = false
			continue
		}
		for _, it := range page.Items {
			row := p.listed[it.URL]
			if row == nil {
				row = &simRow{first: s.night}
				p.listed[it.URL] = row
			}
			row.title, row.last, row.list = it.Title, s.night, list
			walked = append(walked, it.URL)
		}
	}
	if complete {
		c := simComplete{run.nights[0], s.night, list}
		if run.complete < 0 {
			run.complete = len(p.completes)
			p.completes = append(p.completes, c)
		}
		p.completes[run.complete] = c
	}
	return walked, complete
}

// expected is what the rules want asked tonight: what is listed and not held, and
// known pages that are due.
func (s *simulation) expected(p *simPortal, walked []string) (urls []string, fresh int) {
	want := map[string]bool{}
	for _, url := range walked {
		g := p.pages[url]
		if !p.held(url) && (g == nil || g.dead == 0 || g.due(s.night)) {
			want[url] = true
			fresh++
		}
	}
	for url, g := range p.pages {
		if p.held(url) && g.due(s.night) {
			want[url] = true
		}
	}
	// What redirects goes first, and its target is seen with it.
	return slices.SortedFunc(maps.Keys(want), func(a, b string) int {
		_, x := s.shown(p, a)
		_, y := s.shown(p, b)
		if (x == "") != (y == "") {
			if x != "" {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	}), fresh
}

func (s *simulation) shown(p *simPortal, url string) (*demo.Truth, string) {
	return s.province.Shown(slices.Index(s.portals, p), url)
}

// visit asks for pages, and notes what each showed.
func (s *simulation) visit(i int, p *simPortal, urls []string, asked map[string]int) map[string]bool {
	done := map[string]bool{}
	for _, url := range urls {
		for url != "" && !done[url] {
			done[url] = true
			g := p.pages[url]
			if g == nil {
				g = &simPage{redirects: map[string]bool{}, deadSince: -1}
				p.pages[url] = g
			}
			truth, redirect := s.province.Shown(i, url)
			g.last, g.redirect = s.night, redirect
			if truth == nil && redirect == "" {
				if g.good, g.dead = 0, g.dead+1; g.deadSince < 0 {
					g.deadSince = s.night
				}
				break
			}
			g.deadSince = -1
			if redirect == "" && p.fault.name == "soft-404" {
				g.good, g.dead = 0, g.dead+1
				g.redirects[""] = true
				g.visits = append(g.visits, simVisit{night: s.night}) // an answer that is read, and no report
				break
			}
			g.good, g.dead = g.good+1, 0
			if g.redirects[redirect] = true; redirect == "" {
				v := s.seen(i, p, truth, asked)
				if i := slices.IndexFunc(g.visits, func(b simVisit) bool { return b.content == v.content }); i >= 0 {
					v.truth = g.visits[i].truth // kept once: a year of them fills the memory
				}
				g.visits = append(g.visits, v)
			}
			url = redirect
		}
	}
	return done
}

// madeUp notes the counters asked without their pages, and how many they are: only those
// of pages whose last visit brought no count.
func (s *simulation) madeUp(i int, p *simPortal, visited map[string]bool, asked map[string]int) (made int) {
	for url, g := range p.pages {
		truth, _ := s.province.Shown(i, url)
		if visited[url] || len(g.visits) == 0 || truth == nil || asked[s.province.Counter(i, url)] == 0 {
			continue
		}
		made++
		last := &g.visits[len(g.visits)-1]
		if last.truth == nil || last.views != "" {
			s.t.Errorf("night %d: %s: the counter of %s was asked, which answered in night %d", s.night, p.id, url, last.counted)
		}
		if p.fault.name != "counter-500" {
			last.views, last.counted = truth.Views, s.night
		}
	}
	return made
}

// seen is what a page shows tonight.
func (s *simulation) seen(i int, p *simPortal, truth *demo.Truth, asked map[string]int) simVisit {
	v := simVisit{night: s.night, truth: truth, views: truth.Views, counted: s.night}
	if truth.ViewsState == report.ViewsCounter {
		counter := asked[s.province.Counter(i, truth.URL)] > 0
		if !counter && p.runs[len(p.runs)-1].outcome != "" {
			s.t.Errorf("night %d: %s: the counter of %s was not asked", s.night, p.id, truth.URL)
		}
		if !counter || p.fault.name == "counter-500" {
			v.views = "" // cut off before it came to that, or no answer
		}
	}
	said := *truth
	said.Views = ""
	v.content = fmt.Sprintf("%x", sha256.Sum256(fmt.Append(nil, said)))
	return v
}

// removed is the night in which the third complete listing of the same config entry
// lacked a row; -1 for none. Where the entry has changed, it is that of any listing, and
// not before the page itself was gone.
func (p *simPortal) removed(url string) int {
	row := p.listed[url]
	same, other := 0, 0
	night := -1
	for _, c := range p.completes {
		if c.began <= row.last {
			continue
		}
		if other++; other == 3 {
			night = c.night
		}
		if c.url == row.list {
			if same++; same == 3 {
				return c.night
			}
		}
	}
	if g := p.pages[url]; night >= 0 && g != nil && g.deadSince >= 0 {
		return max(night, g.deadSince)
	}
	return -1
}

// removedReport is the night in which the last item that leads to a report was removed.
func (p *simPortal) removedReport(url string) int {
	last := -1
	for item := range p.listed {
		if item != url && (p.pages[item] == nil || !p.pages[item].redirects[url]) {
			continue
		}
		night := p.removed(item)
		if night < 0 {
			return -1
		}
		last = max(last, night)
	}
	return last
}
