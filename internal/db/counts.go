package db

import (
	"context"
	"fmt"

	"crawl/internal/report"
)

// Counts is the whole database in a few numbers. Reports are current ones.
type Counts struct {
	Sources      int
	Listed       int // items in listings, removed ones included
	Followed     int // of those, followed
	NotReports   int // of those, pages that turned out to be no report
	Reports      int
	Revisions    int // all rows of reports
	Preferred    int
	Removed      int // reports no longer listed
	WithFindings int // reports with a finding of any verdict; counter_unknown doubts nothing and is none
	// ByVerdict counts reports with at least one such finding of that verdict.
	ByVerdict map[report.Verdict]int
	// FormUnknown counts reports with a table of a form that is not read.
	FormUnknown int
}

// Counts counts.
func (r *Reader) Counts(ctx context.Context) (Counts, error) {
	c := Counts{ByVerdict: make(map[report.Verdict]int)}
	err := r.pool.QueryRowContext(ctx, `SELECT
		(SELECT count(*) FROM sources),
		(SELECT count(*) FROM listing_items),
		(SELECT count(*) FROM listing_items WHERE decision = 'followed'),
		(SELECT count(*) FROM listing_items WHERE decision = 'followed' AND reason LIKE 'not a report: %'),
		(SELECT count(*) FROM reports WHERE is_current = 1),
		(SELECT count(*) FROM reports),
		(SELECT count(*) FROM reports WHERE is_preferred = 1),
		(SELECT count(*) FROM reports WHERE is_current = 1 AND removed_at IS NOT NULL),
		(SELECT count(*) FROM reports r WHERE is_current = 1 AND EXISTS (SELECT 1 FROM findings f WHERE f.report_id = r.id AND f.rule <> 'counter_unknown')),
		(SELECT count(*) FROM reports WHERE is_current = 1 AND 'unknown' IN (form_t2, form_t3, form_t4, form_statistics))`).
		Scan(&c.Sources, &c.Listed, &c.Followed, &c.NotReports, &c.Reports, &c.Revisions, &c.Preferred, &c.Removed,
			&c.WithFindings, &c.FormUnknown)
	if err != nil {
		return c, fmt.Errorf("counts: %w", err)
	}
	_, rows, err := r.Query(ctx, `SELECT f.verdict, count(DISTINCT f.report_id)
		FROM findings f JOIN reports r ON r.id = f.report_id WHERE r.is_current = 1 AND f.rule <> 'counter_unknown' GROUP BY f.verdict`)
	if err != nil {
		return c, fmt.Errorf("counts: %w", err)
	}
	for _, row := range rows {
		c.ByVerdict[report.Verdict(row[0].(string))] = int(row[1].(int64))
	}
	return c, nil
}

// Requests counts those of all runs.
func (r *Reader) Requests(ctx context.Context) (n int64, err error) {
	if err := r.pool.QueryRowContext(ctx, "SELECT coalesce(sum(requests), 0) FROM source_runs").Scan(&n); err != nil {
		return 0, fmt.Errorf("count requests: %w", err)
	}
	return n, nil
}
