package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"crawl/internal/archive"
	"crawl/internal/crawler"
	"crawl/internal/extract"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// seeker goes from the address given to a listing of annual reports, and reads some of it.
type seeker struct {
	ask    crawler.Ask
	turn   crawler.Walk
	probed *probed
	asked  int                     // pages, on the way to the listing
	pages  map[string]*portal.Page // answered, by the address asked for
	queue  []lead
	tried  map[string]bool     // addresses asked for
	faults []error             // of pages that a family claims and cannot read
	told   map[string]bool     // leads that are not followed, and were told of
	names  map[string]int      // how often a link of that name was followed
	near   func(*url.URL) bool // hosts that may be asked
	tell   func(what string)   // shows what is being asked for
	from   *url.URL            // the address given, where redirects ended
}

// lead is a page that may be asked for on the way.
type lead struct {
	portal.Lead
	of    string
	depth int
}

// worth orders leads: near ones first among equals, and after two links of one name
// rather another name.
func (k *seeker) worth(l lead) int { return l.Rank - 4*l.depth - 10*(k.names[l.Title]/2) }

// run finds the listing and reads it. Where its rows turn out to be columns themselves,
// one for each year or kind of organ, the search goes on in them.
func (k *seeker) run() error {
	k.tried, k.told, k.names, k.pages = map[string]bool{}, map[string]bool{}, map[string]int{}, map[string]*portal.Page{}
	k.queue = []lead{{Lead: portal.Lead{URL: k.probed.target.url, Rank: 1000}}}
	for {
		c, err := k.find()
		if err != nil || c == nil {
			return err
		}
		k.probed.take(c)
		if k.probed.stray = stray(k.from, c.page.URL); k.probed.stray {
			k.probed.note("the listing lies outside of the address given: see that it is the same organ's")
		}
		if err := k.walk(c); err != nil {
			return err
		}
		columns, err := k.readReport(c)
		if err != nil || len(columns) == 0 {
			return err
		}
		k.probed.take(&candidate{})
		k.probed.first, k.probed.listing, k.probed.columns = nil, nil, columns
		for _, it := range columns {
			k.queue = append(k.queue, lead{portal.Lead{URL: it.URL, Title: it.Title, Rank: portal.LeadColumn - 2}, c.page.URL.String(), 0})
		}
	}
}

// find asks for the most promising pages until one lists annual reports. A page that only
// has some among other things is taken if there is nothing better.
func (k *seeker) find() (*candidate, error) {
	var second *candidate
	for len(k.queue) > 0 && k.asked < mostFinding {
		slices.SortStableFunc(k.queue, func(a, b lead) int { return cmp.Compare(k.worth(b), k.worth(a)) })
		l := k.queue[0]
		k.queue = k.queue[1:]
		at := crawler.Canonical(l.URL)
		if k.tried[at] {
			continue
		}
		k.tried[at] = true
		k.names[l.Title]++
		first := k.asked == 0
		page, err := k.page(archive.KindList, l.of, portal.Request{URL: l.URL})
		k.asked++
		switch {
		case err != nil && ends(err):
			return nil, err
		case err != nil:
			k.probed.way(l, err.Error())
			if first {
				k.probed.problem("%s", words(crawler.OutcomeOf(err), err.Error()))
				k.otherScheme(l.URL, err)
			}
			continue
		case !page.Capture.OK():
			if first {
				k.probed.problem("%s answered with status %d", l.URL, page.Capture.Status)
			}
			k.probed.way(l, fmt.Sprintf("status %d", page.Capture.Status))
			continue
		}
		if k.from == nil {
			k.from = page.URL
		}
		c, err := k.judge(page)
		if err != nil {
			return nil, err
		}
		k.probed.way(l, c.is)
		if c.sure {
			return c, nil
		}
		if c.fault != nil {
			k.faults = append(k.faults, c.fault)
		}
		if c.named > 0 && (second == nil || c.named > second.named) {
			second = c
		}
		k.follow(page, l.depth+1)
		if name, evidence := portal.Hollow(page); first && name != "" && c.fault == nil && len(k.queue) == 0 {
			k.probed.problem("%s is hollow: %s (%s)", page.URL, name, evidence)
		}
	}
	if second != nil && isHome(second.page.URL) {
		k.probed.problem("%s shows %d annual reports, but their column was not found: give its address", second.page.URL, second.named)
		second = nil
	}
	if second != nil {
		k.probed.note("no column of annual reports was found; %s has %d among other things", second.page.URL, second.named)
		return second, nil
	}
	for _, f := range k.faults {
		if !slices.Contains(k.probed.problems, f.Error()) { // a frame is asked for by its page and by itself
			k.probed.problem("%v", f)
		}
	}
	if len(k.probed.problems) == 0 && k.probed.listing == nil {
		k.probed.problem("no listing of annual reports found on %d pages: give its address", k.asked)
	}
	return nil, nil
}

// follow queues a page's leads; those to another owner's site are only told of.
func (k *seeker) follow(page *portal.Page, depth int) {
	for _, next := range portal.Leads(page) {
		u, err := url.Parse(next.URL)
		if k.told[next.Title+next.URL+next.Script] {
			continue // a menu that every page has
		}
		switch {
		case next.URL == "":
			k.told[next.Title+next.URL+next.Script] = true
			k.probed.note("%s on %s is a script that is not understood: %s", next.Title, page.URL, next.Script)
		case err == nil && k.near(u):
			k.queue = append(k.queue, lead{next, page.URL.String(), depth})
		case next.Rank >= portal.LeadColumn:
			k.told[next.Title+next.URL+next.Script] = true
			k.probed.note("%s on %s leads to another site and was not followed: %s", next.Title, page.URL, next.URL)
		}
	}
}

// otherScheme queues the address with https for http, or the other way round, where the
// host is there and does not speak it: of many portals only one of the two works.
func (k *seeker) otherScheme(address string, err error) {
	_, unknown := errors.AsType[*net.DNSError](err)
	if crawler.OutcomeOf(err) != report.OutcomeUnreachable || unknown || errors.Is(err, context.DeadlineExceeded) {
		return
	}
	other, isHTTP := strings.CutPrefix(address, "http://")
	if other = "https://" + other; !isHTTP {
		other = "http://" + strings.TrimPrefix(address, "https://")
	}
	k.queue = append(k.queue, lead{Lead: portal.Lead{URL: other, Rank: 1000}})
}

// page asks for a page and reads it; what was asked for before is not asked again.
func (k *seeker) page(kind archive.Kind, of string, r portal.Request) (*portal.Page, error) {
	key := r.Method + " " + crawler.Canonical(r.URL) + " " + r.Body
	if p := k.pages[key]; p != nil {
		return p, nil
	}
	k.tell(r.URL)
	ex, err := k.ask(archive.Why{Kind: kind, Of: of}, r)
	if err != nil {
		return nil, err
	}
	p, err := portal.Read(ex)
	if err != nil {
		return nil, err
	}
	p.Asked = r
	k.pages[key] = p
	k.probed.exchanges[p] = ex
	return p, nil
}

// ends says whether nothing more can be asked after an error: we were stopped, or are broken.
func ends(err error) bool {
	o := crawler.OutcomeOf(err)
	return o == report.OutcomeInterrupted || o == report.OutcomeError
}

// candidate is a page as a listing.
type candidate struct {
	page     *portal.Page // the first, which the config would name
	adapter  portal.Adapter
	evidence string
	rows     *portal.Page   // the page that has the first rows: page, or an endpoint's answer
	listing  portal.Listing // of rows
	fault    error          // of reading the listing
	hops     int            // pages without rows that lead to rows
	named    int            // rows that name annual reports
	pinned   bool           // the family that claims the page reads no rows, plain does
	sure     bool
	is       string // what the page is, in words
}

// judge reads a page as a listing. Families whose pages hold no rows are followed to the
// endpoint that does.
func (k *seeker) judge(page *portal.Page) (*candidate, error) {
	c := &candidate{page: page, rows: page}
	c.adapter, c.evidence = portal.Detect(page)
	c.listing, c.fault = c.adapter.List(page)
	for hop := 0; hop < 3 && len(c.listing.Items) == 0 && len(c.listing.Next) > 0 && k.asked < mostFinding; hop++ {
		for r := &c.listing.Next[0]; r != nil; r = r.Else {
			done, err := k.hop(c, *r)
			if err != nil {
				return nil, err
			}
			if done {
				break
			}
		}
		if c.fault != nil {
			break
		}
	}
	if n := c.pin(); n > 0 {
		k.probed.note("read as a plain list %s has %d annual reports; if those are all, pin `adapter: plain`", page.URL, n)
	}
	named, column := c.listing.Reports()
	c.named = named
	itself := c.listing.Years() || slices.ContainsFunc(c.listing.Items, func(it portal.Item) bool {
		return crawler.Canonical(it.URL) == crawler.Canonical(page.URL.String())
	})
	if r, err := extract.Extract(k.probed.exchanges[page], extract.Hint{}); err == nil && !itself && (hasBody(r) || named < 2) {
		c.is, c.named = "a report: "+r.Title, 0
		return c, nil
	}
	followed := 0
	for _, it := range c.listing.Items {
		if ok, _ := (portal.Rule{}).Decide(c.listing, it); ok {
			followed++
		}
	}
	elsewhere := slices.ContainsFunc(portal.Leads(page), func(l portal.Lead) bool { return l.Rank >= portal.LeadColumn })
	// Boxes of the newest reports stand on home pages and beside menus that name the column.
	c.sure = column && followed > 0 || !elsewhere && !isHome(page.URL) && (named > 1 || 2*named > len(c.listing.Items))
	switch {
	case c.sure:
		c.is = "lists annual reports"
	case c.fault != nil:
		c.is = c.adapter.Name + ": " + c.fault.Error()
	case len(c.listing.Items) == 0:
		c.is = "no list"
	default:
		c.is = fmt.Sprintf("%d rows, %d of them annual reports", len(c.listing.Items), named)
	}
	return c, nil
}

// hasBody says whether a report was read with its text or tables: a listing under the
// title of a report, with links to files, has neither.
func hasBody(r *report.Report) bool {
	return len(r.Sections) > 2 || r.FormT2 != "" || r.FormT3 != "" || r.FormT4 != "" || r.FormStatistics != ""
}

// stray says whether a listing may be another organ's than the one whose page was given:
// menus of a department's pages lead to its government's column as well.
func stray(given, listing *url.URL) bool {
	below := func(folder, u *url.URL) bool {
		return folder.Host == u.Host && strings.HasPrefix(u.Path, folder.Path[:strings.LastIndexByte(folder.Path, '/')+1])
	}
	return !isHome(given) && !below(given, listing) && !below(listing, given)
}

// isHome says whether an address is a site's home page.
func isHome(u *url.URL) bool {
	return u.RawQuery == "" && folderIndex.ReplaceAllString(u.Path, "/") == "/"
}

// hop asks for the rows of a page that has none. It says whether the answer leads further.
func (k *seeker) hop(c *candidate, r portal.Request) (done bool, err error) {
	next, err := k.page(archive.KindList, c.rows.URL.String(), r)
	k.asked++
	switch {
	case err != nil && ends(err):
		return true, err
	case err != nil:
		c.fault = fmt.Errorf("rows at %s: %w", r.URL, err)
		return false, nil
	case !next.Capture.OK():
		c.fault = fmt.Errorf("rows at %s: status %d", r.URL, next.Capture.Status)
		return false, nil
	}
	l, fault := c.adapter.List(next)
	l.Column = cmp.Or(l.Column, c.listing.Column)
	if len(l.Items) == 0 && r.Else != nil {
		return false, nil
	}
	c.rows, c.listing, c.fault = next, l, fault
	c.hops++
	return true, nil
}

// pin takes a page for a plain list where its family reads nothing and plain does. Where
// the family knows that rows are missing, a person must decide: what stands on the page
// may be some of them. It returns how many reports plain would read then.
func (c *candidate) pin() (unsure int) {
	if named, _ := c.listing.Reports(); named > 0 || c.adapter.Name == "plain" {
		return 0
	}
	plain := portal.Plain(portal.Selectors{})
	l, err := plain.List(c.page)
	named, _ := l.Reports()
	switch {
	case named < 2 || err != nil:
		return 0
	case c.fault != nil:
		return named
	}
	c.pinned, c.adapter, c.rows, c.listing = true, plain, c.page, l
	return 0
}
