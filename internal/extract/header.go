package extract

import (
	"slices"
	"strings"

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
	if title.weak != "" && title.text != "" {
		find(r, "title_weak", "title", report.NotTestable, "the page prints no title of a report; this one is from "+title.weak)
	}

	findAgency(p, title, lines, r)

	above := titleLine(lines, title.text)
	stated := statedDates(p, lines, above, h)
	if day := clockDay(lines[:max(above, 0)], r); day != "" {
		stated = slices.DeleteFunc(stated, func(d statedDate) bool { return d.rank == byBareDate && d.Day() == day })
	}
	for _, d := range stated {
		r.Dates = append(r.Dates, d.Date)
	}
	r.Published = published(stated)
	readingFindings(stated, r)
	reportYear(p, title, h, r)
	placeAgency(p, h, r) // regions' names depend on the year
	dateFindings(r)

	views(slices.Concat(lines[max(above, 0):], lines[:max(above, 0)]), p.Counter, r)
}

// titleLine is the strip's line that prints the title or the end of it, -1 if none
// does: what stands above it may be another article's.
func titleLine(lines [][]field, title string) int {
	for i, fields := range slices.Backward(lines) {
		if s := tidyTitle(fields[0].value.String()); fields[0].value.len() >= 6 && strings.Contains(title, s) {
			return i
		}
	}
	return -1
}

func find(r *report.Report, rule, place string, verdict report.Verdict, note string) {
	r.Findings = append(r.Findings, report.Finding{Rule: rule, Place: place, Verdict: verdict, Note: note})
}
