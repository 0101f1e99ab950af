package db

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"crawl/internal/report"
)

// Key is a report's citable key: the first 16 hex digits of the SHA-256 over the
// bytes of its canonical URL, one zero byte, and its content digest as 64 lower
// case hex digits.
func Key(url, contentSHA256 string) string {
	sum := sha256.Sum256([]byte(url + "\x00" + strings.ToLower(contentSHA256)))
	return hex.EncodeToString(sum[:8])
}

// reportColumns are the columns a reading gives; Finish computes the others.
var reportColumns = []string{
	"key", "source", "url", "title", "agency", "agency_raw", "agency_basis", "level", "scope",
	"report_year", "report_year_basis", "published_at", "published_date", "published_label", "published_basis",
	"form_t2", "form_t3", "form_t4", "form_statistics",
	"content_sha256", "first_seen_at", "last_seen_at", "record_id", "extractor",
}

var putReport = func() string {
	set := make([]string, len(reportColumns))
	for i, c := range reportColumns {
		set[i] = c + " = excluded." + c
	}
	return fmt.Sprintf("INSERT INTO reports (%s) VALUES (?%s) ON CONFLICT (key) DO UPDATE SET %s RETURNING id",
		strings.Join(reportColumns, ", "), strings.Repeat(",?", len(reportColumns)-1), strings.Join(set, ", "))
}()

// PutReport takes one reading of a report. There is one row for each content of a
// URL; it and its tables are as read from the earliest capture with that content,
// and later captures only add to when it was seen and to its view counts.
func (t *Tx) PutReport(r *report.Report) error {
	if r.URL == "" || r.RecordID == "" || len(r.ContentSHA256) != 64 || r.FetchedAt.IsZero() {
		return fmt.Errorf("report %q of record %q: URL, record, time and content digest must be given", r.URL, r.RecordID)
	}
	if err := t.putReport(r); err != nil {
		return fmt.Errorf("report %s: %w", r.URL, err)
	}
	return nil
}

func (t *Tx) putReport(r *report.Report) error {
	if err := t.source(r.Source); err != nil {
		return err
	}
	id, kept, err := t.earlier(r)
	if err != nil {
		return err
	}
	if !kept {
		if id, err = t.putReading(r, id); err != nil {
			return err
		}
	}
	at := machineTime(r.FetchedAt)
	err = t.exec("INSERT INTO observations VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
		r.RecordID, id, r.URL, r.Source, at, null(string(r.ViewsState)),
		null(r.AgencyID), null(r.RegionCode), null(r.RegionBasis), null(r.Level))
	if err != nil {
		return err
	}
	if r.Views == nil {
		return nil
	}
	return t.PutView(r.URL, r.FetchedAt, *r.Views, HowInline, r.RecordID)
}

// earlier looks for the row of r's content (id 0: none) and says whether its
// reading is to be kept.
func (t *Tx) earlier(r *report.Report) (id int64, kept bool, err error) {
	s, err := t.prepared("SELECT id, first_seen_at, record_id FROM reports WHERE key = ?")
	if err != nil {
		return 0, false, err
	}
	var at, record string
	err = s.QueryRowContext(t.ctx, Key(r.URL, r.ContentSHA256)).Scan(&id, &at, &record)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	mine := machineTime(r.FetchedAt)
	return id, at < mine || at == mine && record <= r.RecordID, err
}

// putReading writes the row and its tables, in place of those of row old if it is not 0.
func (t *Tx) putReading(r *report.Report, old int64) (id int64, err error) {
	if old != 0 {
		for _, table := range readingTables {
			if err := t.exec("DELETE FROM "+table+" WHERE report_id = ?", old); err != nil {
				return 0, fmt.Errorf("%s: %w", table, err)
			}
		}
	}
	scope := r.Scope
	if scope == "" {
		scope = "unknown"
	}
	var year any
	if r.Year != 0 {
		year = r.Year
	}
	seen := machineTime(r.FetchedAt)
	s, err := t.prepared(putReport)
	if err != nil {
		return 0, err
	}
	err = s.QueryRowContext(t.ctx,
		Key(r.URL, r.ContentSHA256), r.Source, r.URL, null(r.Title),
		null(r.Agency), null(r.AgencyRaw), null(r.AgencyBasis), null(r.Level), scope,
		year, null(r.YearBasis), null(r.Published.Value), null(r.Published.Day()), null(r.Published.Label), null(r.Published.Basis),
		null(r.FormT2), null(r.FormT3), null(r.FormT4), null(r.FormStatistics),
		strings.ToLower(r.ContentSHA256), seen, seen, r.RecordID, t.db.extractor,
	).Scan(&id)
	if err != nil {
		return 0, err
	}
	return id, t.putTables(id, r)
}
