package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"crawl/internal/report"
)

// day is the date of a night's run in Beijing.
func (s *simulation) day(night int) string {
	beijing := time.FixedZone("CST", 8*3600)
	return s.began.Add(time.Duration(night)*24*time.Hour + 14*time.Hour).In(beijing).Format(time.DateOnly)
}

// absent is a row for each agency and year without a report that was due on the day the
// portal was last looked at: an agency owes one every year from its first on.
func (s *simulation) absent(p *simPortal) (rows []string) {
	told := map[string]map[int]bool{} // agency -> years
	agencies := map[int]map[string]bool{}
	for _, g := range p.pages {
		all, current := g.revisions()
		for _, r := range all {
			if r.content != current {
				continue
			}
			if told[r.truth.Agency] == nil {
				told[r.truth.Agency] = map[int]bool{}
			}
			if agencies[r.truth.Year] == nil {
				agencies[r.truth.Year] = map[string]bool{}
			}
			told[r.truth.Agency][r.truth.Year] = true
			agencies[r.truth.Year][r.truth.Agency] = true
		}
	}
	if len(agencies) < 2 {
		return nil // a folder of one year promises no other
	}
	years := slices.Sorted(maps.Keys(agencies))
	single := !slices.ContainsFunc(years, func(y int) bool { return len(agencies[y]) > 1 })
	looked, trouble, known := s.looked(p)
	for agency, its := range told {
		first := slices.Min(slices.Collect(maps.Keys(its)))
		if single { // one organ's listing: the name it had last answers for all years
			if !agencies[years[len(years)-1]][agency] {
				continue
			}
			first = years[0]
		}
		for year := first; ; year++ {
			deadline := fmt.Sprintf("%d-01-31", year+1)
			if deadline >= known {
				break
			}
			if its[year] || single && agencies[year] != nil {
				continue
			}
			title := agency
			if single {
				title = ""
			}
			status := "broken"
			switch {
			case p.unread(title, year) && (looked > deadline || trouble != "blocked"):
			case looked > deadline:
				status = "missing"
			case trouble == "blocked":
				status = trouble
			}
			rows = append(rows, fmt.Sprintf("%s|%d|%s|%s", agency, year, status, deadline))
		}
	}
	return rows
}

// looked is the day on which the listing was last seen whole, by a run that ended well;
// what stands in the way since, "" for nothing; and the day up to which it is known what
// the portal has.
func (s *simulation) looked(p *simPortal) (looked, trouble, known string) {
	newest := ""
	for _, r := range p.runs {
		if r.outcome == "" {
			continue
		}
		newest, trouble = s.day(r.nights[0]), ""
		switch r.outcome {
		case report.OutcomeOK, report.OutcomePartial:
			if r.complete >= 0 {
				looked = max(looked, newest)
			}
		case report.OutcomeBlocked, report.OutcomeRobots, report.OutcomeUnreachable:
			trouble = "blocked"
		default:
			trouble = string(r.outcome)
		}
	}
	if known = looked; trouble != "" {
		known = max(known, newest)
	}
	return looked, trouble, known
}

// unread says whether an item is still listed whose title names an agency and a year, and
// whose page was never read as a report.
func (p *simPortal) unread(agency string, year int) bool {
	read := func(url string) bool {
		if p.pages[url] == nil {
			return false
		}
		all, _ := p.pages[url].revisions()
		return len(all) > 0
	}
	for url, row := range p.listed {
		if !strings.Contains(row.title, agency) || !strings.Contains(row.title, strconv.Itoa(year)) || p.removed(url) >= 0 || read(url) {
			continue
		}
		if g := p.pages[url]; g == nil || !slices.ContainsFunc(slices.Collect(maps.Keys(g.redirects)), read) {
			return true
		}
	}
	return false
}
