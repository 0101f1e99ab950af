package db

import (
	"context"
	"database/sql"
	"fmt"

	"crawl/internal/report"
)

// OutcomeUnfinished is the outcome of a run that has not ended: it is under way, or
// was broken off and will be resumed.
const OutcomeUnfinished report.Outcome = "unfinished"

// SourceStatus is one source as an operator sees it. Times are UTC with Z, "" for never.
type SourceStatus struct {
	Source      string         `json:"source"`
	Name        string         `json:"name"`
	LastRun     string         `json:"last_run"`     // begin of the newest run
	LastSuccess string         `json:"last_success"` // end of the newest run with outcome ok
	Found       int            `json:"found"`        // followed items now in its listing
	Reports     int            `json:"reports"`      // current reports
	Outcome     report.Outcome `json:"outcome"`      // of the newest run, "" if there was none
	Detail      string         `json:"detail,omitempty"`
	Tally                      // of the newest run
	CostPerNew  *float64       `json:"cost_per_new"` // requests per new report, over all runs; nil if none was new
}

// Tally counts what one run of one source did.
type Tally struct {
	New       int     `json:"new"`
	Changed   int     `json:"changed"`
	Unchanged int     `json:"unchanged"`
	Removed   int     `json:"removed"`
	Failed    int     `json:"failed"`
	Requests  int     `json:"requests"`
	Seconds   float64 `json:"seconds"`
}

// Words says the outcome in a sentence.
func (s SourceStatus) Words() string {
	words, known := outcomeWords[s.Outcome]
	switch {
	case s.Outcome == "":
		words = "never walked"
	case !known:
		words = string(s.Outcome)
	}
	if s.Detail != "" {
		words += ": " + s.Detail
	}
	return words
}

var outcomeWords = map[report.Outcome]string{
	report.OutcomeOK:          "all well",
	report.OutcomeUnreachable: "the host could not be reached",
	report.OutcomeRobots:      "robots.txt forbids it, or could not be had",
	report.OutcomeBlocked:     "the portal refused us",
	report.OutcomeEmpty:       "the listing had no item",
	report.OutcomePaging:      "the listing's pages were not understood, or fell short of the stated total",
	report.OutcomeHTTP:        "the listing answered with an error",
	report.OutcomePartial:     "listed, but some pages failed",
	report.OutcomeBusy:        "left out: another process holds the host or the source",
	report.OutcomeInterrupted: "stopped before its end; the next run goes on",
	report.OutcomeError:       "our own fault",
	OutcomeUnfinished:         "not ended: under way, or broken off and to be resumed",
}

// Status lists every source of the database file at path, by id.
func Status(ctx context.Context, path string) ([]SourceStatus, error) {
	r, err := OpenReader(ctx, path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.Status(ctx)
}

// Status lists every source, by id.
func (r *Reader) Status(ctx context.Context) ([]SourceStatus, error) {
	rows, err := r.pool.QueryContext(ctx, `
		SELECT s.id, coalesce(s.name, ''), coalesce(l.started_at, ''), coalesce(a.success, ''),
		       (SELECT count(*) FROM listing_items i WHERE i.source = s.id AND i.decision = 'followed' AND i.removed_at IS NULL),
		       (SELECT count(*) FROM reports r WHERE r.source = s.id AND r.is_current = 1),
		       coalesce(l.new, 0), coalesce(l.changed, 0), coalesce(l.unchanged, 0), coalesce(l.removed, 0),
		       coalesce(l.failed, 0), coalesce(l.requests, 0), coalesce(l.seconds, 0), coalesce(l.outcome, ''), coalesce(l.detail, ''),
		       CASE WHEN a.new > 0 THEN CAST(a.requests AS REAL) / a.new END
		FROM sources s
		LEFT JOIN (
		  SELECT sr.*, r.started_at, row_number() OVER (PARTITION BY sr.source ORDER BY r.started_at DESC, r.id DESC) AS n
		  FROM source_runs sr JOIN runs r ON r.id = sr.run_id
		) AS l ON l.source = s.id AND l.n = 1
		LEFT JOIN (
		  SELECT sr.source, sum(sr.new) AS new, sum(sr.requests) AS requests,
		         max(CASE WHEN sr.outcome = 'ok' THEN coalesce(r.finished_at, r.started_at) END) AS success
		  FROM source_runs sr JOIN runs r ON r.id = sr.run_id GROUP BY sr.source
		) AS a ON a.source = s.id
		ORDER BY s.id`)
	if err != nil {
		return nil, fmt.Errorf("status: %w", err)
	}
	defer rows.Close()
	var list []SourceStatus
	for rows.Next() {
		var s SourceStatus
		var cost sql.NullFloat64
		err := rows.Scan(&s.Source, &s.Name, &s.LastRun, &s.LastSuccess, &s.Found, &s.Reports,
			&s.New, &s.Changed, &s.Unchanged, &s.Removed, &s.Failed, &s.Requests, &s.Seconds,
			&s.Outcome, &s.Detail, &cost)
		if err != nil {
			return nil, fmt.Errorf("status: %w", err)
		}
		if cost.Valid {
			s.CostPerNew = &cost.Float64
		}
		list = append(list, s)
	}
	return list, rows.Err()
}
