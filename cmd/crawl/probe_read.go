package main

import (
	"errors"
	"fmt"
	"slices"

	"crawl/internal/archive"
	"crawl/internal/crawler"
	"crawl/internal/extract"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// probed is what a probe came to.
type probed struct {
	target    target
	steps     []string // pages asked for on the way to the listing
	first     *candidate
	listing   *portal.Listing // of the first rows; nil: none found
	stray     bool            // the listing lies elsewhere than the address given
	read      []string        // addresses of the list pages read
	ended     bool            // the last of them leads to no other page
	rows      []probedRow
	columns   []portal.Item // rows of the column above that are columns themselves
	report    *report.Report
	counter   string // what is known of the report's view counter
	rejected  []string
	requests  int
	problems  []string // what was not understood
	notes     []string
	entry     sourceEntry
	exchanges map[*portal.Page]*archive.Exchange
}

// probedRow is a row of the listing, and what a crawl would do with it.
type probedRow struct {
	portal.Item
	follow bool
	reason string
}

func (g *probed) understood() bool { return g.listing != nil && len(g.problems) == 0 }

func (g *probed) problem(format string, args ...any) {
	g.problems = append(g.problems, fmt.Sprintf(format, args...))
}

func (g *probed) note(format string, args ...any) {
	g.notes = append(g.notes, fmt.Sprintf(format, args...))
}

func (g *probed) way(l lead, is string) {
	title := ""
	if l.Title != "" {
		title = l.Title + " "
	}
	g.steps = append(g.steps, title+l.URL+": "+is)
}

// take makes a candidate the listing. What went wrong on the way is told by the steps.
func (g *probed) take(c *candidate) {
	g.problems = nil
	g.first, g.listing, g.read, g.rows, g.ended = c, &c.listing, nil, nil, false
	g.report, g.counter, g.rejected = nil, "", nil
}

// walk reads the first pages of the listing as a crawl would.
func (k *seeker) walk(c *candidate) error {
	g := k.probed
	src := report.Source{URL: c.page.URL.String(), Adapter: "auto"}
	if c.pinned {
		src.Adapter = c.adapter.Name
	}
	rule, err := crawler.RuleOf(src)
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	walked, err := k.turn(src, c.hops+mostPages, func(p *portal.Page, l portal.Listing) {
		if len(l.Items) == 0 {
			return
		}
		k.tell(p.URL.String())
		g.read = append(g.read, p.URL.String())
		for _, it := range l.Items {
			if at := crawler.Canonical(it.URL); !seen[at] {
				seen[at] = true
				follow, reason := rule.Decide(l, it)
				g.rows = append(g.rows, probedRow{it, follow, reason})
			}
		}
	})
	if err != nil {
		return err
	}
	g.ended = walked.Ended
	if walked.Trouble != nil {
		g.problem("%s", words(crawler.OutcomeOf(walked.Trouble), walked.Trouble.Error()))
	}
	return nil
}

// readReport reads the first rows that are followed until one is a report. Where a row is
// a listing itself, columns are the rows to go on with.
func (k *seeker) readReport(c *candidate) (columns []portal.Item, err error) {
	g := k.probed
	tried := 0
	var followed []portal.Item
	for _, row := range g.rows {
		if row.follow {
			followed = append(followed, row.Item)
		}
	}
	if named, _ := (portal.Listing{Items: followed}).Reports(); 2*named < len(followed) && !c.listing.Years() {
		g.note("of the %d rows followed %d name an annual report", len(followed), named)
	}
	// Rows that name a report first: notices and interpretations stand among them.
	slices.SortStableFunc(followed, func(a, b portal.Item) int {
		namedA, _ := (portal.Listing{Items: []portal.Item{a}}).Reports()
		namedB, _ := (portal.Listing{Items: []portal.Item{b}}).Reports()
		return namedB - namedA
	})
	for _, it := range followed {
		if tried == mostReports {
			break
		}
		tried++
		page, err := k.page(archive.KindPage, c.rows.URL.String(), portal.Request{URL: it.URL})
		switch {
		case err != nil && ends(err):
			return nil, err
		case err != nil:
			g.rejected = append(g.rejected, it.URL+": "+err.Error())
			continue
		case !page.Capture.OK():
			g.rejected = append(g.rejected, fmt.Sprintf("%s: status %d", it.URL, page.Capture.Status))
			continue
		}
		hint := extract.Hint{Title: it.Title, Date: it.Date, Column: c.listing.Column, Region: g.target.region}
		r, err := extract.Extract(g.exchanges[page], hint)
		if err == nil {
			g.report, g.counter = r, counterWords(page)
			return nil, nil
		}
		if no := (*extract.NotReport)(nil); !errors.As(err, &no) {
			return nil, fmt.Errorf("read %s: %w", it.URL, err)
		}
		inner, judgeErr := k.judge(page)
		if judgeErr != nil {
			return nil, judgeErr
		}
		if inner.sure {
			return followed, nil
		}
		g.rejected = append(g.rejected, it.URL+": "+err.Error())
	}
	switch {
	case len(followed) == 0 && len(g.rows) > 0:
		g.problem("none of %d rows is followed: %s", len(g.rows), g.rows[0].reason)
	case len(followed) == 0:
		g.problem("no rows")
	default:
		g.problem("none of %d rows that were read is a report: %s", tried, g.rejected[0])
	}
	return nil, nil
}

// counterWords says what is known of a page's view counter.
func counterWords(p *portal.Page) string {
	if c, ok := portal.FindCounter(p); ok && c.Counts {
		return "counter known: " + c.Name + ", but asking it counts as a reading (counters: all)"
	} else if ok {
		return "counter known: " + c.Name + ", shows without counting"
	}
	if script := portal.ViewScript(p); script != "" {
		return "no counter known; beside the label stands " + script
	}
	return "no counter"
}
