package extract

import (
	"slices"

	"crawl/internal/report"
)

// header fills the facts that stand around a report's body: title, agency with
// level and scope, report year, publish date and views. FetchedAt is read, to
// refuse dates of the future. What the page does not state stays empty; what
// contradicts itself or had to be guessed becomes a finding.
func header(p *Page, h Hint, r *report.Report) {
	lines := stripFields(p.Strip)
	title := findTitle(p, lines, h)
	r.Title = title.text
	if title.weak != "" {
		find(r, "title_weak", "title", report.NotTestable, "the page prints no title; this one is from "+title.weak)
	}

	findAgency(p, title, lines, r)
	levelAndScope(p, r)

	stated := statedDates(p, lines, h)
	if day := clockDay(lines, r); day != "" {
		stated = slices.DeleteFunc(stated, func(d statedDate) bool { return d.rank == byBareDate && d.Day() == day })
	}
	for _, d := range stated {
		r.Dates = append(r.Dates, d.Date)
	}
	r.Published = published(stated)
	reportYear(p, title, h, r)
	dateFindings(stated, r)

	views(lines, p.Counter, r)
}

func find(r *report.Report, rule, place string, verdict report.Verdict, note string) {
	r.Findings = append(r.Findings, report.Finding{Rule: rule, Place: place, Verdict: verdict, Note: note})
}
