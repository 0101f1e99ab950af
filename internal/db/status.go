package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"crawl/internal/report"
)

// OutcomeUnfinished is the outcome of a run that has not ended: it is under way, or
// was broken off and will be resumed.
const OutcomeUnfinished report.Outcome = "unfinished"

// SourceStatus is how the newest runs of one source went. Times are UTC with Z, "" for never.
type SourceStatus struct {
	Source      string         `json:"source"`
	Name        string         `json:"name"`
	LastRun     string         `json:"last_run"`     // begin of the newest run
	LastSuccess string         `json:"last_success"` // end of the newest run with outcome ok
	Since       string         `json:"since"`        // end of the first run after the last success that ended otherwise; "" if none did
	Found       int            `json:"found"`        // followed items now in its listing
	Reports     int            `json:"reports"`      // current reports
	Outcome     report.Outcome `json:"outcome"`      // of the newest run, "" if there was none
	Detail      string         `json:"detail"`
	Said        report.Outcome `json:"-"` // of the newest run that says something of the source: neither busy nor broken off
	SaidDetail  string         `json:"-"`
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

// OutcomeWords says an outcome in a few words.
func OutcomeWords(o report.Outcome) string {
	if o == "" {
		return "never walked"
	}
	if words, known := outcomeWords[o]; known {
		return words
	}
	return string(o)
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

// silent are the outcomes that say nothing of a source.
const silent = "('busy', 'interrupted', 'unfinished')"

// Status lists every source, by id.
func (r *Reader) Status(ctx context.Context) ([]SourceStatus, error) {
	rows, err := r.pool.QueryContext(ctx, `
		WITH run AS (
		  SELECT s.*, r.started_at, coalesce(r.finished_at, r.started_at) AS ended_at,
		         row_number() OVER (PARTITION BY s.source ORDER BY r.started_at DESC, r.id DESC) AS n,
		         row_number() OVER (PARTITION BY s.source, s.outcome IN `+silent+` ORDER BY r.started_at DESC, r.id DESC) AS m
		  FROM source_runs s JOIN runs r ON r.id = s.run_id
		), total AS (
		  SELECT source, sum(new) AS new, sum(requests) AS requests, max(CASE WHEN outcome = 'ok' THEN ended_at END) AS success,
		         max(CASE WHEN outcome = 'ok' THEN started_at END) AS began
		  FROM run GROUP BY source
		)
		SELECT s.id, coalesce(s.name, ''), coalesce(l.started_at, ''), coalesce(a.success, ''),
		       coalesce((SELECT min(b.ended_at) FROM run b WHERE b.source = s.id AND b.started_at > coalesce(a.began, '')
		                 AND b.outcome <> 'ok' AND b.outcome NOT IN `+silent+`), ''),
		       (SELECT count(*) FROM listing_items i WHERE i.source = s.id AND i.decision = 'followed' AND i.removed_at IS NULL),
		       (SELECT count(*) FROM reports r WHERE r.source = s.id AND r.is_current = 1),
		       coalesce(l.new, 0), coalesce(l.changed, 0), coalesce(l.unchanged, 0), coalesce(l.removed, 0),
		       coalesce(l.failed, 0), coalesce(l.requests, 0), coalesce(l.seconds, 0), coalesce(l.outcome, ''), coalesce(l.detail, ''),
		       coalesce(d.outcome, ''), coalesce(d.detail, ''),
		       CASE WHEN a.new > 0 THEN CAST(a.requests AS REAL) / a.new END
		FROM sources s
		LEFT JOIN run l ON l.source = s.id AND l.n = 1
		LEFT JOIN run d ON d.source = s.id AND d.m = 1 AND d.outcome NOT IN `+silent+`
		LEFT JOIN total a ON a.source = s.id
		ORDER BY s.id`)
	if err != nil {
		return nil, fmt.Errorf("status: %w", err)
	}
	defer rows.Close()
	var list []SourceStatus
	for rows.Next() {
		var s SourceStatus
		var cost sql.NullFloat64
		err := rows.Scan(&s.Source, &s.Name, &s.LastRun, &s.LastSuccess, &s.Since, &s.Found, &s.Reports,
			&s.New, &s.Changed, &s.Unchanged, &s.Removed, &s.Failed, &s.Requests, &s.Seconds,
			&s.Outcome, &s.Detail, &s.Said, &s.SaidDetail, &cost)
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

// RunStatus is one run over its sources. Times are UTC with Z; FinishedAt is "" while
// a source is unfinished.
type RunStatus struct {
	ID         string                 `json:"id"`
	Command    string                 `json:"command"`
	StartedAt  string                 `json:"started_at"`
	FinishedAt string                 `json:"finished_at"`
	Outcome    report.Outcome         `json:"outcome"` // the worst of its sources
	Sources    int                    `json:"sources"`
	Outcomes   map[report.Outcome]int `json:"outcomes"` // of its sources
	Tally                             // of all of them together; seconds from begin to end
}

// LastRun is the newest run; nil if there was none.
func (r *Reader) LastRun(ctx context.Context) (*RunStatus, error) {
	var s RunStatus
	err := r.pool.QueryRowContext(ctx, `SELECT id, command, started_at, coalesce(finished_at, ''), outcome,
			coalesce((julianday(finished_at) - julianday(started_at)) * 86400, 0)
		FROM runs ORDER BY started_at DESC, id DESC LIMIT 1`).
		Scan(&s.ID, &s.Command, &s.StartedAt, &s.FinishedAt, &s.Outcome, &s.Seconds)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("last run: %w", err)
	}
	s.Outcomes = map[report.Outcome]int{}
	err = eachRow(ctx, r.pool, `SELECT outcome, new, changed, unchanged, removed, coalesce(failed, 0), coalesce(requests, 0)
		FROM source_runs WHERE run_id = ?`, []any{s.ID}, 7, func(row []any) {
		s.Sources++
		s.Outcomes[report.Outcome(row[0].(string))]++
		for i, sum := range []*int{&s.New, &s.Changed, &s.Unchanged, &s.Removed, &s.Failed, &s.Requests} {
			*sum += int(row[i+1].(int64))
		}
	})
	if err != nil {
		return nil, fmt.Errorf("last run: %w", err)
	}
	return &s, nil
}

// Before is the outcome of a source in the newest run but one that says something of
// it; "" if there was none.
func (r *Reader) Before(ctx context.Context, source, run string) (o report.Outcome, err error) {
	err = r.pool.QueryRowContext(ctx, `SELECT s.outcome FROM source_runs s JOIN runs r ON r.id = s.run_id
		WHERE s.source = ? AND s.run_id <> ? AND s.outcome NOT IN `+silent+`
		ORDER BY r.started_at DESC, r.id DESC LIMIT 1`, source, run).Scan(&o)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("run of %s before %s: %w", source, run, err)
	}
	return o, nil
}
