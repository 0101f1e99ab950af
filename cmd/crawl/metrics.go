package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"crawl/internal/db"
	"crawl/internal/extract"
	"crawl/internal/report"
)

// outcomes are those a source can end with; each has its sample, so that an alert on
// one that has not happened yet has something to look at.
var outcomes = []report.Outcome{
	report.OutcomeOK, report.OutcomeUnreachable, report.OutcomeRobots, report.OutcomeBlocked, report.OutcomeEmpty,
	report.OutcomePaging, report.OutcomeHTTP, report.OutcomePartial, report.OutcomeBusy, report.OutcomeInterrupted, report.OutcomeError,
}

// measure writes what became of a pass to path, for Prometheus' textfile collector;
// "" writes nothing. The file is replaced in one step, at the end of a pass only: its
// timestamps tell how old it is.
func (s *session) measure(path string, done passed) error {
	if path == "" {
		return nil
	}
	text, err := metrics(s.ctx, done, time.Now())
	if err == nil {
		err = replaceFile(path, text)
	}
	if err != nil {
		return fmt.Errorf("metrics: %w", err)
	}
	return nil
}

// replaceFile puts a file of these bytes in place of the one at path, readable by all.
func replaceFile(path string, b []byte) error {
	// The collector reads *.prom: this name is none.
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".tmp-*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// metrics is the text in Prometheus' exposition format.
func metrics(ctx context.Context, done passed, now time.Time) (text []byte, err error) {
	work, err := db.OpenReader(ctx, workPath(done.data))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, work.Close()) }()
	sources, err := work.Status(ctx)
	if err != nil {
		return nil, err
	}
	requests, err := work.Requests(ctx)
	if err != nil {
		return nil, err
	}
	var e exposition
	e.metric("crawl_info", "gauge", "What reads the pages, and the tables they are read into.")
	e.sample("crawl_info", 1, "extractor", extract.Version, "schema", strconv.Itoa(db.SchemaVersion))
	e.run(done, now)
	e.one("crawl_run_requests_total", "counter", "Requests of all runs in the archive.", float64(requests))
	e.published(done)

	e.metric("crawl_source_last_success_timestamp_seconds", "gauge", "End of the source's newest run with outcome ok; 0 if there is none.")
	for _, src := range sources {
		e.sample("crawl_source_last_success_timestamp_seconds", unix(src.LastSuccess), "source", src.Source)
	}
	e.metric("crawl_source_reports", "gauge", "Current reports of the source.")
	for _, src := range sources {
		e.sample("crawl_source_reports", float64(src.Reports), "source", src.Source)
	}
	return e.Bytes(), nil
}

// unix is a machine time of the database in seconds, 0 for never.
func unix(at string) float64 {
	t, err := time.Parse(time.RFC3339Nano, at)
	if err != nil {
		return 0
	}
	return seconds(t)
}

func seconds(t time.Time) float64 { return float64(t.UnixMilli()) / 1000 }

// exposition is text in Prometheus' exposition format.
type exposition struct{ bytes.Buffer }

func (e *exposition) metric(name, kind, help string) {
	fmt.Fprintf(e, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind)
}

func (e *exposition) one(name, kind, help string, value float64) {
	e.metric(name, kind, help)
	e.sample(name, value)
}

var labelValue = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

// sample takes labels as names and values in turn.
func (e *exposition) sample(name string, value float64, labels ...string) {
	e.WriteString(name)
	for i := 0; i+1 < len(labels); i += 2 {
		lead := ","
		if i == 0 {
			lead = "{"
		}
		fmt.Fprintf(e, `%s%s="%s"`, lead, labels[i], labelValue.Replace(labels[i+1]))
	}
	if len(labels) > 0 {
		e.WriteByte('}')
	}
	fmt.Fprintf(e, " %s\n", strconv.FormatFloat(value, 'f', -1, 64))
}

func (e *exposition) run(done passed, now time.Time) {
	of := map[report.Outcome]int{}
	var fetched, fresh, failed int
	for _, r := range done.crawled {
		of[r.Outcome]++
		fetched, fresh, failed = fetched+r.Fetched, fresh+r.New, failed+r.Failed
	}
	e.one("crawl_run_end_timestamp_seconds", "gauge", "When the last run ended.", seconds(now))
	e.one("crawl_run_duration_seconds", "gauge", "How long the last run took.", done.seconds)
	e.metric("crawl_run_sources", "gauge", "Sources of the last run by outcome.")
	for _, o := range outcomes {
		e.sample("crawl_run_sources", float64(of[o]), "outcome", string(o))
	}
	e.metric("crawl_run_pages", "gauge", "Pages of the last run: fetched, new among those, and failed.")
	e.sample("crawl_run_pages", float64(fetched), "result", "fetched")
	e.sample("crawl_run_pages", float64(fresh), "result", "new")
	e.sample("crawl_run_pages", float64(failed), "result", "failed")
}

func (e *exposition) published(done passed) {
	held, at := 0.0, 0.0
	if done.published.Held != "" {
		held = 1
	}
	if info, err := os.Stat(reportsPath(done.data)); err == nil {
		at = seconds(info.ModTime())
	}
	e.one("crawl_publication_held", "gauge", "1 if reports.db was held back at the last run.", held)
	e.one("crawl_published_timestamp_seconds", "gauge", "When reports.db was last replaced; 0 if there is none.", at)
	e.one("crawl_reports", "gauge", "Current reports.", float64(done.counts.Reports))
	e.one("crawl_reports_with_findings", "gauge", "Current reports with a finding.", float64(done.counts.WithFindings))
}
