package extract

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"crawl/internal/report"
)

// The regulation that asks for the reports is of 2007; reports on earlier years
// exist where cities had rules of their own.
const firstYear = 2003

// yearClaim is a year with the place that states it.
type yearClaim struct {
	year  int
	basis string
}

// reportYear takes the first believable year in the documented order: title,
// statistical period, breadcrumb or column, URL; as a guess, the year before the
// publish date, if that has come. It never takes the publishing year itself.
func reportYear(p *Page, t pageTitle, h Hint, r *report.Report) {
	period := periodYear(opening(p))
	claims := []yearClaim{{t.year, "title"}, {period, "period"}, {columnYear(p, h), "breadcrumb"}, {urlYear(p.URL), "url"}}
	last, claimed := lastYear(r), false
	if period != 0 && period == t.year && !r.FetchedAt.IsZero() {
		last = max(last, min(period, r.FetchedAt.In(beijing).Year())) // then it is the date that is wrong
	}
	for _, c := range claims {
		if c.year == 0 {
			continue
		}
		claimed = true
		if c.year < firstYear || c.year > last {
			find(r, "year_implausible", "year", report.Fail, fmt.Sprintf("the %s names %d, which no report of this date can be about", c.basis, c.year))
			continue
		}
		r.Year, r.YearBasis = c.year, c.basis
		break
	}
	if r.YearBasis == "title" && period != 0 && period != r.Year {
		find(r, "year_conflict", "year", report.Fail, fmt.Sprintf("the title names %d, the statistical period %d", r.Year, period))
	}
	if day := r.Published.Day(); !claimed && day != "" && !ahead(day, r) {
		r.Year, r.YearBasis = last-1, "published"
		find(r, "year_guessed", "year", report.NotTestable, fmt.Sprintf("the page names no report year; %d is the year before the publish date", r.Year))
	}
}

// lastYear is the latest year the report can be about: the publishing year or that of
// the visit, whichever is earlier; 9999 if neither is known.
func lastYear(r *report.Report) int {
	last := 9999
	if !r.FetchedAt.IsZero() {
		last = r.FetchedAt.In(beijing).Year()
	}
	if day := r.Published.Day(); day != "" {
		y, _ := strconv.Atoi(day[:4])
		last = min(last, y)
	}
	return last
}

// openingRunes is how much of the body a preface takes.
const openingRunes = 600

// opening is the folded beginning of the body without blanks.
func opening(p *Page) string {
	var b strings.Builder
	b.Grow(openingRunes * len("一"))
	n := 0
	for _, block := range p.Blocks {
		for _, r := range block.Text[:min(len(block.Text), 8*openingRunes)] { // blanks included, more is never needed
			if isZeroWidth(r) {
				continue
			}
			if r = foldRune(r); r == ' ' {
				continue
			}
			if n == openingRunes {
				return b.String()
			}
			b.WriteRune(r)
			n++
		}
	}
	return b.String()
}

const yearPattern = `((?:19|20)\d\d|[一二][〇零Oo0九][〇零Oo0一二三四五六七八九]{2})`

// periodRE allows for pages that lost 年, 月 or 日, and for periods without days.
var periodRE = regexp.MustCompile(yearPattern + `年?(?:0?1|一|元)月?(?:(?:0?1|一)日?)?起?(?:至|到|[-~])+(?:` + yearPattern + `年?)?(?:12|十二)月?(?:(?:31|三十一)日?)?`)

// periodYear is the year of a statistical period of one whole year, 0 if none.
func periodYear(text string) int {
	if !strings.Contains(text, "12") && !strings.Contains(text, "十二") {
		return 0
	}
	for _, m := range periodRE.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > 0 && isDigit(rune(text[m[0]-1])) || m[1] < len(text) && isDigit(rune(text[m[1]])) {
			continue // 202020年 is a misprint, 12月10日 another period
		}
		from := parseYear(text[m[2]:m[3]])
		if m[4] < 0 || parseYear(text[m[4]:m[5]]) == from {
			return from
		}
	}
	return 0
}

// parseYear reads a year in Arabic or Chinese digits, 0 if it is none.
func parseYear(s string) int {
	year, end := scanYear(foldLine(s), 0)
	if end == 0 {
		return 0
	}
	return year
}

// columnRE is a column named after one year: 2023, 2023年, 2023年度年报.
var columnRE = regexp.MustCompile(`^` + yearPattern + `(?:年度?|$)`)

// columnYear reads the innermost breadcrumb level, or the listing's column, that
// is named after a year.
func columnYear(p *Page, h Hint) int {
	names := append(append([]string{}, p.Breadcrumb...), h.Column)
	for i := len(names) - 1; i >= 0; i-- {
		name := folded(names[i])
		if m := columnRE.FindStringSubmatch(name); m != nil && len([]rune(name)) <= 24 {
			return parseYear(m[1])
		}
	}
	return 0
}

// yearParams are the query parameters that carry the report year.
var yearParams = []string{"fbtime", "nbyear", "timeframe", "year"}

// yearPaths are the paths that do: /2023n/, /year/show/344/2021.html.
var yearPaths = []*regexp.Regexp{
	regexp.MustCompile(`/(20\d\d)n(?:db|gknb|xxgknb)?/`),
	regexp.MustCompile(`/year/show/[^/]+/(20\d\d)(?:\.\w+|/|$)`),
}

// urlYear reads the report year in an address, 0 if there is none.
func urlYear(address string) int {
	u, err := url.Parse(address)
	if err != nil {
		return 0
	}
	for name, values := range u.Query() {
		for _, known := range yearParams {
			if strings.EqualFold(name, known) && len(values[0]) == 4 {
				if y := parseYear(values[0]); y > 0 {
					return y
				}
			}
		}
	}
	for _, re := range yearPaths {
		if m := re.FindStringSubmatch(u.Path); m != nil {
			return parseYear(m[1])
		}
	}
	return 0
}
