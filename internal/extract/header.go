package extract

import (
	"slices"
	"strings"
	"unicode"

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

	lines = stripFields(apartFrom(p.Strip, title.text))
	findAgency(p, title, lines, r)

	lines = withoutOthers(lines, title)
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
	unknownCounter(p, r)
}

// apartFrom are the strip's lines, and where one goes on behind the title that it
// begins with, title and rest as two: a label glued to the title is none of its words.
func apartFrom(strip []string, title string) []string {
	if title == "" {
		return strip
	}
	var out []string
	for _, s := range strip {
		if end := behindPrefix(s, title); end > 0 && end < len(s) {
			out = append(out, s[:end])
			s = s[end:]
		}
		out = append(out, s)
	}
	return out
}

// behindPrefix is the end of what s begins with and prefix is, white space aside, 0 if
// it does not.
func behindPrefix(s, prefix string) int {
	want := []rune(strings.Join(strings.Fields(prefix), ""))
	k := 0
	for i, r := range s {
		if k == len(want) {
			return i
		}
		if unicode.IsSpace(r) || isZeroWidth(r) {
			continue
		}
		if r != want[k] {
			return 0
		}
		k++
	}
	return 0
}

// withoutOthers drops what stands above the title from the title of another report on:
// that one's date and count. Where the title has a strip below it, a strip above it is
// another's, but for a table's single facts.
func withoutOthers(lines [][]field, title pageTitle) [][]field {
	above := titleLine(lines, title.text)
	labels := func(fields []field) int {
		n := 0
		for _, f := range fields {
			if f.isDate() || f.kind == viewsLabel {
				n++
			}
		}
		return n
	}
	if above > 0 && slices.ContainsFunc(lines[above:], func(fields []field) bool { return labels(fields) > 0 || len(bareDates(fields[0].value)) > 0 }) {
		upper := slices.DeleteFunc(slices.Clone(lines[:above]), func(fields []field) bool { return labels(fields) > 1 })
		lines = slices.Concat(upper, lines[above:])
		above = len(upper)
	}
	for i := range max(above, 0) {
		other := parseTitle(tidyTitle(lines[i][0].value.String()))
		if other.kind == fullTitle && other.agency != "" && !strings.Contains(title.text, other.text) &&
			(other.agency != title.parsed.agency || other.year != title.year) {
			return slices.Concat(lines[:i], lines[above:])
		}
	}
	return lines
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
