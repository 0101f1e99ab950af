package db

import (
	"context"
	"fmt"
)

// SourceFinding is something that is wrong with a source as it is published.
type SourceFinding struct {
	Rule string `json:"rule"` // source_blocked ... source_moved, see report.Rules
	Note string `json:"note"`
}

// Standing is what a published file says of one source.
type Standing struct {
	Findings []SourceFinding
	Stale    int    // current reports marked stale
	AsOf     string // when the newest of these was last read, "" if none is stale
	Missing  int    // reports of its newest due year that were not published
	Due      string // their deadline, "" if nothing is missing
}

// Standings is what a published file says of its sources, by id. Those of which it
// says nothing are left out.
func (r *Reader) Standings(ctx context.Context) (map[string]*Standing, error) {
	all := map[string]*Standing{}
	of := func(source any) *Standing {
		id, _ := source.(string)
		if all[id] == nil {
			all[id] = &Standing{}
		}
		return all[id]
	}
	err := eachRow(ctx, r.pool, `SELECT source, rule, coalesce(note, '') FROM findings
		WHERE report_id IS NULL AND source IS NOT NULL ORDER BY rowid`, nil, 3, func(row []any) {
		s := of(row[0])
		s.Findings = append(s.Findings, SourceFinding{row[1].(string), row[2].(string)})
	})
	if err != nil {
		return nil, fmt.Errorf("findings about sources: %w", err)
	}
	err = eachRow(ctx, r.pool, `SELECT source, count(*), max(last_seen_at) FROM reports
		WHERE is_current = 1 AND stale = 1 GROUP BY source`, nil, 3, func(row []any) {
		s := of(row[0])
		s.Stale, s.AsOf = int(row[1].(int64)), row[2].(string)
	})
	if err != nil {
		return nil, fmt.Errorf("stale reports: %w", err)
	}
	err = eachRow(ctx, r.pool, `SELECT source, missing, deadline FROM (
			SELECT e.source, count(*) AS missing, min(c.deadline) AS deadline,
			       row_number() OVER (PARTITION BY e.source ORDER BY c.report_year DESC) AS n
			FROM coverage c JOIN expected e USING (agency_id, report_year, scope)
			WHERE c.status = 'missing' GROUP BY e.source, c.report_year)
		WHERE n = 1`, nil, 3, func(row []any) {
		s := of(row[0])
		s.Missing, s.Due = int(row[1].(int64)), row[2].(string)
	})
	if err != nil {
		return nil, fmt.Errorf("missing reports: %w", err)
	}
	return all, nil
}

// YearCoverage counts the statuses of one report year.
type YearCoverage struct {
	Year      int `json:"report_year"`
	Published int `json:"published"`
	Late      int `json:"late"`
	Missing   int `json:"missing"`
	Blocked   int `json:"blocked"`
	Broken    int `json:"broken"`
	Removed   int `json:"removed"`
}

// Coverage counts the newest report year of which something is due; nil if none is.
func (r *Reader) Coverage(ctx context.Context) (*YearCoverage, error) {
	var y *YearCoverage
	err := eachRow(ctx, r.pool, `SELECT report_year, sum(status = 'published'), sum(status = 'late'), sum(status = 'missing'),
			sum(status = 'blocked'), sum(status = 'broken'), sum(status = 'removed')
		FROM coverage WHERE deadline < as_of OR status IN ('missing', 'blocked', 'broken')
		GROUP BY report_year ORDER BY report_year DESC LIMIT 1`, nil, 7, func(row []any) {
		y = &YearCoverage{}
		for i, n := range []*int{&y.Year, &y.Published, &y.Late, &y.Missing, &y.Blocked, &y.Broken, &y.Removed} {
			v, _ := row[i].(int64)
			*n = int(v)
		}
	})
	if err != nil {
		return nil, fmt.Errorf("coverage: %w", err)
	}
	return y, nil
}

// PublishedCounts is a published file in numbers.
type PublishedCounts struct {
	Reports int    `json:"reports"`  // current ones
	Stale   int    `json:"stale"`    // of those, marked stale
	LastRun string `json:"last_run"` // id of the newest run that it knows, "" for none
}

// Published counts.
func (r *Reader) Published(ctx context.Context) (p PublishedCounts, err error) {
	err = r.pool.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(stale), 0),
			coalesce((SELECT id FROM runs ORDER BY started_at DESC, id DESC LIMIT 1), '')
		FROM reports WHERE is_current = 1`).Scan(&p.Reports, &p.Stale, &p.LastRun)
	if err != nil {
		return p, fmt.Errorf("counts of the published file: %w", err)
	}
	return p, nil
}
