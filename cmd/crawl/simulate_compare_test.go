package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/report"
)

func dash(night int) string {
	if night < 0 {
		return "-"
	}
	return strconv.Itoa(night)
}

// ask returns the rows of a query, a line each; the columns named at_* are nights.
func (s *simulation) ask(sql string) []string {
	columns, rows, err := query(s.t.Context(), reportsPath(s.data), sql)
	if err != nil {
		s.t.Fatalf("%s: %v", sql, err)
	}
	var lines []string
	for _, row := range rows {
		for i, c := range columns {
			if strings.HasSuffix(c, "_at") {
				row[i] = s.nightOf(row[i])
			}
		}
		lines = append(lines, strings.Join(row, "|"))
	}
	slices.Sort(lines)
	return lines
}

func (s *simulation) same(what string, got, want []string) {
	slices.Sort(want)
	if slices.Equal(want, got) {
		return // in a moment; a diff of hundreds of thousands of lines takes minutes
	}
	if diff := cmp.Diff(want, got); diff != "" {
		if len(diff) > 6000 {
			diff = diff[:6000] + "…"
		}
		s.t.Errorf("night %d: %s (-history +database):\n%s", s.night, what, diff)
	}
}

// compare compares everything in reports.db with the history.
func (s *simulation) compare() {
	var reports, items, views, runs, coverage, absent []string
	for _, p := range s.portals {
		coverage = append(coverage, p.coverage()...)
		absent = append(absent, s.absent(p)...)
		for url, g := range p.pages {
			reports = append(reports, p.reportRows(url, g)...)
			for _, v := range g.visits {
				if v.truth != nil && v.views != "" {
					views = append(views, fmt.Sprintf("%s|%d|%s|%s", url, v.counted, v.views, v.truth.ViewsState))
				}
			}
		}
		for url, row := range p.listed {
			reason := ""
			if g := p.pages[url]; g != nil && len(g.visits) > 0 && g.visits[len(g.visits)-1].truth == nil {
				reason = "not a report"
			}
			items = append(items, fmt.Sprintf("%s|%s|%s|%d|%d|%s|followed|%s", p.id, url, row.title, row.first, row.last, dash(p.removed(url)), reason))
		}
		for _, r := range p.runs {
			fresh, changed, unchanged, removed := p.counted(r)
			outcome := string(r.outcome)
			if outcome == "" {
				outcome = "unfinished"
			}
			runs = append(runs, fmt.Sprintf("%s|%s|%s|%d|%d|%d|%d", r.id, p.id, outcome, fresh, changed, unchanged, removed))
		}
	}
	s.same("reports", s.ask(`SELECT source, url, title, agency, report_year, published_at AS published, revision, is_current,
		first_seen_at, last_seen_at, removed_at, stale, CASE WHEN is_current THEN views END FROM reports`), reports)
	s.same("coverage", s.ask(`SELECT r.agency, c.report_year, replace(c.status, 'late', 'published'), c.published_date
		FROM coverage c JOIN reports r ON r.id = c.report_id`), coverage)
	s.same("years without a report", s.ask(`SELECT a.name, c.report_year, c.status, c.deadline
		FROM coverage c JOIN agencies a ON a.id = c.agency_id WHERE c.report_id IS NULL`), absent)
	s.same("listing_items", s.ask(`SELECT source, url, title, first_seen_at, last_seen_at, removed_at, decision,
		CASE WHEN reason LIKE 'not a report%' THEN 'not a report' END FROM listing_items`), items)
	s.same("view_counts", s.ask("SELECT DISTINCT url, substr(observed_at, 1, 10) || 'T20:00:00Z' AS observed_at, views, how FROM view_counts"), views)
	s.same("source_runs", s.ask("SELECT run_id, source, outcome, new, changed, unchanged, removed FROM source_runs"), runs)
}

// revision is one content of a page.
type simRevision struct {
	simVisit
	first, last int
}

func (g *simPage) revisions() (all []simRevision, current string) {
	for _, v := range g.visits {
		if v.truth == nil {
			continue
		}
		i := slices.IndexFunc(all, func(r simRevision) bool { return r.content == v.content })
		if i < 0 {
			i = len(all)
			all = append(all, simRevision{simVisit: v, first: v.night})
		}
		all[i].last, current = v.night, v.content
	}
	return all, current
}

// reportRows are the rows of reports that an address must have.
func (p *simPortal) reportRows(url string, g *simPage) (rows []string) {
	all, current := g.revisions()
	removed := p.removedReport(url)
	views := ""
	for _, v := range g.visits {
		if v.truth != nil && v.views != "" {
			views = v.views
		}
	}
	for i, r := range all {
		is, shown := 0, ""
		if r.content == current {
			is, shown = 1, views
		}
		rows = append(rows, fmt.Sprintf("%s|%s|%s|%s|%d|%s|%d|%d|%d|%d|%s|%d|%s", p.id, url, r.truth.Title, r.truth.Agency, r.truth.Year,
			r.truth.Published, i+1, is, r.first, r.last, dash(removed), p.stale(r.last), shown))
	}
	return rows
}

// stale is 1 for what the newest run that ended could not look after.
func (p *simPortal) stale(last int) int {
	for _, r := range slices.Backward(p.runs) {
		if r.outcome == "" {
			continue
		}
		if r.outcome != report.OutcomeOK && last < r.nights[0] {
			return 1
		}
		break
	}
	return 0
}

// coverage is a row for each agency and year with a report: of those listed, or else of
// those removed, the newest date counts.
func (p *simPortal) coverage() (rows []string) {
	type answer struct{ listed, removed string }
	best := map[string]answer{}
	for url, g := range p.pages {
		all, current := g.revisions()
		for _, r := range all {
			if r.content != current {
				continue
			}
			key := fmt.Sprintf("%s|%d", r.truth.Agency, r.truth.Year)
			b, day := best[key], r.truth.Published[:len("2006-01-02")]
			if p.removedReport(url) < 0 {
				b.listed = max(b.listed, day)
			} else {
				b.removed = max(b.removed, day)
			}
			best[key] = b
		}
	}
	for key, b := range best {
		if b.listed != "" {
			rows = append(rows, key+"|published|"+b.listed)
		} else {
			rows = append(rows, key+"|removed|"+b.removed)
		}
	}
	return rows
}

// counted is what a run found; a page seen in several nights of it counts once.
func (p *simPortal) counted(run *simRun) (fresh, changed, unchanged, removed int) {
	for _, g := range p.pages {
		before, what := "", 0
		for _, v := range g.visits {
			if v.truth == nil {
				continue
			}
			if slices.Contains(run.nights, v.night) {
				switch before {
				case "":
					what = max(what, 3)
				case v.content:
					what = max(what, 1)
				default:
					what = max(what, 2)
				}
			}
			before = v.content
		}
		switch what {
		case 3:
			fresh++
		case 2:
			changed++
		case 1:
			unchanged++
		}
	}
	for url := range p.listed {
		if slices.Contains(run.nights, p.removed(url)) {
			removed++
		}
	}
	return fresh, changed, unchanged, removed
}

// compareCells compares every number of every revision, and that none is invented.
func (s *simulation) compareCells() {
	var want []string
	for _, p := range s.portals {
		for url, g := range p.pages {
			all, _ := g.revisions()
			for i, r := range all {
				for _, c := range r.truth.Cells {
					if number := plainNumber(c.Raw); number != "" {
						want = append(want, fmt.Sprintf("%s|%d|%s|%s", url, i+1, c.Place(), number))
					}
				}
			}
		}
	}
	sql := "SELECT url, revision, 't2.' || item || '.' || measure, value FROM disclosure JOIN reports r ON r.id = report_id WHERE value IS NOT NULL"
	wide := func(table, place string, columns []report.Column) {
		for _, c := range columns {
			sql += fmt.Sprintf(" UNION ALL SELECT url, revision, %s || '.%s', %[2]s FROM %[3]s JOIN reports r ON r.id = report_id WHERE %[2]s IS NOT NULL", place, c.Code, table)
		}
	}
	wide("applications", "'t3.' || item", report.Applicants[:])
	wide("disputes", "'t4.' || route", report.DisputeResults[:])
	s.same("cells", s.ask(sql), want)
}
