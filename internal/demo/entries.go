package demo

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"crawl/internal/report"
)

func digits(n int) string { return strconv.Itoa(n) }

// Usual titles, most frequent first.
const (
	titleAgencyFirst = "{agency}{year}年政府信息公开工作年度报告"
	titleYearlong    = "{agency}{year}年度政府信息公开工作年度报告"
	titleYearFirst   = "{year}年{agency}政府信息公开工作年度报告"
)

func titleOf(a agency, year int) string {
	return strings.NewReplacer("{agency}", a.name, "{year}", digits(year)).Replace(cmp.Or(a.title, titleAgencyFirst))
}

// publish adds an organ's reports for a run of years.
func (s *site) publish(a agency, first, last int) {
	all := yearly(a, first, last)
	for year := first; year <= last; year++ {
		r := draw("publish", s.host, a.name, year)
		// Departments publish by the end of January, as the regulation asks.
		day := time.Date(year+1, time.January, between(r, 4, 31), between(r, 8, 17), between(r, 0, 59), 0, 0, beijing)
		s.add(&entry{
			title: []string{titleOf(a, year)}, agency: a, year: year, published: day,
			views: between(r, 12, 2600), figures: all[year],
		})
	}
}

// add gives an entry its document number. Numbers follow the order of writing, not
// the order of the listing, so that no number says where a page is listed.
func (s *site) add(e *entry) *entry {
	e.no = 1000 + 37*len(s.entries) + draw("number", s.host, len(s.entries)).IntN(37)
	s.entries = append(s.entries, e)
	return e
}

// sort puts the newest first, as listings do, behind what is pinned.
func (s *site) sort() {
	slices.SortStableFunc(s.entries, func(a, b *entry) int {
		if a.pinned != b.pinned {
			if a.pinned {
				return -1
			}
			return 1
		}
		return b.published.Compare(a.published)
	})
}

// report finds an organ's report for a year.
func (s *site) report(name string, year int) *entry {
	for _, e := range s.entries {
		if e.kind == aReport && e.agency.name == name && e.year == year {
			return e
		}
	}
	panic("demo: no report of " + name + " for " + digits(year) + " on " + s.host)
}

// plant makes one report peculiar.
func (s *site) plant(o oddity, name string, year int) {
	e := s.report(name, year)
	e.odd = o
	switch o {
	case wrongSum:
		e.figures = e.figures.clone()
		const place = "t3.processed_total.total"
		n, _ := strconv.Atoi(e.figures[place])
		e.figures[place] = digits(n + 2)
		e.broken = []string{"t3_flow", "t3_sum7", "t3_cols"}
	case blankOrganisations:
		e.figures = e.figures.clone()
		for _, row := range applicationRows(e.form()) {
			for _, c := range report.Applicants[1:6] {
				e.figures["t3."+row.Code+"."+c.Code] = ""
			}
		}
	case publishedLate:
		e.published = time.Date(year+1, time.November, 28, 16, 42, 0, 0, beijing)
	case brokenTitle:
		// Broken inside a word, as happens on real pages.
		whole := e.joined()
		i := strings.Index(whole, "信息公开")
		e.title = []string{whole[:i], whole[i:]}
	case fullWidthDigits:
		e.figures = e.figures.clone()
		for place, raw := range e.figures {
			e.figures[place] = fullWidth(raw)
		}
	}
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}
