package main

import (
	"fmt"
	"io"
	"strings"

	"crawl/internal/report"
)

// mostShown is how many rows of a kind, findings or ways are printed.
const mostShown = 5

// print tells what a probe came to, and plainly what it did not understand.
func (g *probed) print(w io.Writer) {
	say := func(key, format string, args ...any) {
		fmt.Fprintf(w, "%-11s %s\n", key, fmt.Sprintf(format, args...))
	}
	say("asked", "%s (%d requests)", g.target.url, g.requests)
	for _, s := range g.steps {
		say("  page", "%s", s)
	}
	if g.listing != nil {
		g.printListing(say)
	}
	if g.report != nil {
		printProbedReport(say, g.report, g.counter)
	}
	for _, s := range g.rejected {
		say("no report", "%s", s)
	}
	for _, s := range g.notes {
		say("note", "%s", s)
	}
	if len(g.columns) > 0 {
		say("note", "the column above has %d columns like this one; each is a source of its own:", len(g.columns))
		for i, it := range g.columns {
			if i == 2*mostShown {
				say("", "… %d more", len(g.columns)-i)
				break
			}
			say("", "%s %s", it.Title, it.URL)
		}
	}
	for _, s := range g.problems {
		say("PROBLEM", "%s", s)
	}
}

func (g *probed) printListing(say func(key, format string, args ...any)) {
	c := g.first
	say("listing", "%s", c.page.URL)
	if c.pinned {
		say("family", "plain, pinned: by %s it looks like another one, which reads no rows here", c.evidence)
	} else {
		say("family", "%s: %s", c.adapter.Name, c.evidence)
	}
	say("column", "%s", orNone(g.listing.Column))
	more := "and more"
	if g.ended {
		more = "to the end"
	}
	say("pages", "%d read, %s", len(g.read), more)
	for _, address := range g.read[min(1, len(g.read)):] {
		say("", "%s", address)
	}
	if total, pages := g.listing.Total, g.listing.Pages; total >= 0 && pages >= 0 {
		say("stated", "%d items on %d pages", total, pages)
	} else if total >= 0 {
		say("stated", "%d items", total)
	} else if pages >= 0 {
		say("stated", "%d pages", pages)
	}
	followed := 0
	for _, row := range g.rows {
		if row.follow {
			followed++
		}
	}
	say("rows", "%d, of them %d followed", len(g.rows), followed)
	g.printRows(say, "  follow", true, followed)
	g.printRows(say, "  skip", false, len(g.rows)-followed)
}

func (g *probed) printRows(say func(key, format string, args ...any), key string, follow bool, of int) {
	shown := 0
	for _, row := range g.rows {
		if row.follow != follow {
			continue
		}
		if shown++; shown > mostShown {
			say(key, "… %d more", of-mostShown)
			return
		}
		say(key, "%s %s (%s)", orNone(row.Date), row.Title, row.reason)
	}
}

func printProbedReport(say func(key, format string, args ...any), r *report.Report, counter string) {
	say("report", "%s", r.URL)
	say("  title", "%s", orNone(r.Title))
	year := "none"
	if r.Year != 0 {
		year = fmt.Sprintf("%d (%s)", r.Year, r.YearBasis)
	}
	say("  year", "%s", year)
	agency := orNone(r.Agency)
	if r.AgencyID != "" {
		agency += ", " + r.AgencyID
	}
	say("  agency", "%s", agency)
	say("  published", "%s", strings.TrimSpace(orNone(r.Published.Value)+" "+r.Published.Label))
	views := string(r.ViewsState)
	if r.Views != nil {
		views = fmt.Sprintf("%d (%s)", *r.Views, r.ViewsState)
	}
	say("  views", "%s; %s", views, counter)
	say("  forms", "%s", forms(r))
	say("  findings", "%d", len(r.Findings))
	for i, f := range r.Findings {
		if i == mostShown {
			say("", "… %d more", len(r.Findings)-i)
			break
		}
		say("", "%s %s %s: %s", f.Verdict, f.Rule, f.Place, f.Note)
	}
}

// forms names the form of each table the report has.
func forms(r *report.Report) string {
	var all []string
	for _, f := range []struct{ table, form string }{
		{"table 2", r.FormT2}, {"table 3", r.FormT3}, {"table 4", r.FormT4}, {"statistics", r.FormStatistics},
	} {
		if f.form != "" {
			all = append(all, f.table+" "+f.form)
		}
	}
	if len(all) == 0 {
		return "no table"
	}
	return strings.Join(all, ", ")
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
