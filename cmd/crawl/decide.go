package main

import (
	"context"
	"fmt"
	"strconv"

	"crawl/internal/archive"
	"crawl/internal/crawler"
	"crawl/internal/db"
	"crawl/internal/extract"
	"crawl/internal/report"
)

// rulings are the decisions in force, by the page they are about: a line may name
// the listed address of a page that is a redirect to the one that was read.
type rulings struct {
	lines []decision
	of    map[string]map[string]decision // page url -> field
	pages map[int][]string               // index into lines -> the pages it rules
	beat  map[int]decision               // index into lines -> the line that decides instead

	erased map[string]bool // addresses erased from any source
}

// resolve finds the pages that lines are about, following the archived redirects.
func resolve(a *archive.Archive, lines []decision) (*rulings, error) {
	r := &rulings{lines: lines, of: map[string]map[string]decision{}, pages: map[int][]string{}, beat: map[int]decision{}, erased: map[string]bool{}}
	erasures, err := a.Erasures()
	if err != nil {
		return nil, err
	}
	for _, e := range erasures {
		r.erased[e.URL] = true
	}
	if len(lines) == 0 {
		return r, nil
	}
	to, from, err := redirects(a)
	if err != nil {
		return nil, err
	}
	for i, d := range lines { // a line about the page itself goes before one about a redirect to it
		r.rule(i, d, d.url)
	}
	for i, d := range lines {
		for _, url := range reach(to, d.url) {
			r.rule(i, d, url)
		}
		if d.field == db.FieldWithhold { // the listings may know the page by another address
			for _, url := range reach(from, d.url) {
				r.rule(i, d, url)
			}
		}
	}
	return r, nil
}

func (r *rulings) rule(i int, d decision, url string) {
	if r.of[url] == nil {
		r.of[url] = map[string]decision{}
	}
	if before, ok := r.of[url][d.field]; !ok {
		r.of[url][d.field] = d
	} else if before.value != d.value {
		r.beat[i] = before
		return
	}
	r.pages[i] = append(r.pages[i], url)
}

// redirects lists the archive's redirects, both ways.
func redirects(a *archive.Archive) (to, from map[string][]string, err error) {
	to, from = map[string][]string{}, map[string][]string{}
	ids, err := a.Sources()
	if err != nil {
		return nil, nil, fmt.Errorf("list archived sources: %w", err)
	}
	for _, id := range ids {
		src, err := a.Source(id)
		if err != nil {
			return nil, nil, err
		}
		for c, err := range src.Captures() {
			if err != nil {
				return nil, nil, err
			}
			if target := crawler.Canonical(c.Location); c.Location != "" && target != c.URL {
				to[c.URL] = append(to[c.URL], target)
				from[target] = append(from[target], c.URL)
			}
		}
		if err := src.Close(); err != nil {
			return nil, nil, err
		}
	}
	return to, from, nil
}

// reach are the addresses that edges lead to from url, without url itself.
func reach(edges map[string][]string, url string) (out []string) {
	met := map[string]bool{url: true}
	todo := []string{url}
	for len(todo) > 0 {
		for _, next := range edges[todo[0]] {
			if !met[next] {
				met[next] = true
				todo, out = append(todo, next), append(out, next)
			}
		}
		todo = todo[1:]
	}
	return out
}

// enforce puts the decisions in force; what they change is read again.
func (r *rulings) enforce(ctx context.Context, work *db.DB) error {
	var all []db.Decision
	for url, fields := range r.of {
		for field, d := range fields {
			all = append(all, db.Decision{URL: url, Field: field, Value: d.value})
		}
	}
	if _, err := work.SetDecisions(ctx, all); err != nil {
		return fmt.Errorf("apply %s: %w", decisionsFile, err)
	}
	return nil
}

func (r *rulings) withheld(url string) bool {
	_, ok := r.of[url][db.FieldWithhold]
	return ok
}

// notReport: a person decided that the page is none.
func (r *rulings) notReport(url string) bool { return r.of[url][db.FieldIsReport].value == "no" }

// decided is what the extractor is to know of the decisions about a page.
func (r *rulings) decided(url string) extract.Decided {
	f := r.of[url]
	year, _ := strconv.Atoi(f["report_year"].value) // a year, or there is no such line
	return extract.Decided{
		IsReport: f[db.FieldIsReport].value == "yes",
		Agency:   f["agency"].value, AgencyID: f["agency_id"].value, RegionCode: f["region_code"].value,
		Level: f["level"].value, Scope: f["scope"].value,
		Year: year, Published: f["published_date"].value,
	}
}

// put notes what became of the decisions about a page at one reading; r is nil when
// the page is no report, and no then says why.
func (r *rulings) put(tx *db.Tx, c archive.Capture, read *report.Report, no string) error {
	for field, d := range r.of[c.URL] {
		if err := tx.PutDecided(c.URL, field, c.RecordID, c.At, refusal(d, read, no)); err != nil {
			return err
		}
	}
	return nil
}

// refusal says why a decision could not be applied, "" if it was or may rest. The
// lines about a page that a person withholds, or says is no report, rest.
func refusal(d decision, read *report.Report, no string) string {
	switch {
	case read == nil && no != "" && d.field != db.FieldWithhold && d.field != db.FieldIsReport:
		return "the page is not read as a report (" + no + "): if it is one, add a line with is_report yes"
	case read == nil:
		return ""
	case d.field == "report_year" && read.YearBasis != extract.BasisHand && strconv.Itoa(read.Year) != d.value:
		return fmt.Sprintf("the page prints %d (%s), and a printed value wins: remove the line", read.Year, read.YearBasis)
	case d.field == "published_date" && read.Published.Basis != extract.BasisHand && read.Published.Day() != d.value:
		return fmt.Sprintf("the page prints %s (%s %s), and a printed value wins: remove the line", read.Published.Day(), read.Published.Basis, read.Published.Label)
	}
	return ""
}

// idle names the lines that did nothing, each with file:line, why, and what to do.
func (r *rulings) idle(ctx context.Context, work *db.DB) (faults []error, err error) {
	effects, err := work.Effects(ctx)
	if err != nil {
		return nil, err
	}
	of := map[[2]string]db.Effect{}
	for _, e := range effects {
		of[[2]string{e.URL, e.Field}] = e
	}
	for i, d := range r.lines {
		var pages []db.Effect
		for _, url := range r.pages[i] {
			pages = append(pages, of[[2]string{url, d.field}])
		}
		why := ""
		if before, ok := r.beat[i]; ok {
			why = fmt.Sprintf("line %d decides the %s of the same page, which this address leads to: keep one of the two", before.line, d.field)
		} else {
			why = nothing(d, pages)
		}
		if why != "" {
			faults = append(faults, fmt.Errorf("%s: %s of %s: %s", d.at(), d.field, d.url, why))
		}
	}
	return faults, nil
}

// nothing says why a line did nothing, "" if it did something on one of its pages.
func nothing(d decision, pages []db.Effect) string {
	listed, fetched, read, refused, preferred := false, false, false, "", false
	for _, p := range pages {
		listed, fetched, preferred = listed || p.Listed, fetched || p.Fetched, preferred || p.Preferred
		read = read || p.Read && p.Refused == ""
		if p.Refused != "" {
			refused = p.Refused
		}
	}
	switch {
	case d.field == db.FieldPreferred && read && !preferred:
		return "its report is not the preferred one: it has no agency id or year, or another line prefers another page of the same agency, scope and year"
	case read, d.field == db.FieldWithhold && (listed || fetched):
		return ""
	case refused != "":
		return refused
	case fetched:
		return "matches nothing: the archive holds no readable answer of this page"
	case listed:
		return "matches nothing: a listing names this page, but it was not fetched"
	}
	return "matches nothing: the archive has no page of this address (it must be that of reports.url or of listing_items.url)"
}
