package db

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

// Record is one row with the names of its columns. As JSON it is an object whose
// keys are in the columns' order.
type Record struct {
	Columns []string
	Values  []any // int64, float64, string, []byte, or nil for NULL
}

// Value is the value of a column; nil for NULL and for a column that is not there.
func (r Record) Value(column string) any {
	if i := slices.Index(r.Columns, column); i >= 0 {
		return r.Values[i]
	}
	return nil
}

// Text is the value of a column as text, "" for NULL.
func (r Record) Text(column string) string {
	switch v := r.Value(column).(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// MarshalJSON writes the row as an object.
func (r Record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, c := range r.Columns {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := enc.Encode(c); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := enc.Encode(r.Values[i]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Stored is everything a file says of one report.
type Stored struct {
	Report       Record   `json:"report"`
	Capture      Record   `json:"capture"`
	Revisions    []Record `json:"revisions"` // of the URL, this one too
	Rivals       []Record `json:"rivals"`    // other current reports of its agency, scope and year
	Dates        []Record `json:"dates"`
	Sections     []Record `json:"sections"`
	Disclosure   []Record `json:"disclosure"`
	Applications []Record `json:"applications"`
	Disputes     []Record `json:"disputes"`
	Statistics   []Record `json:"statistics"`
	Remarks      []Record `json:"remarks"`
	Views        []Record `json:"view_counts"`
	Attachments  []Record `json:"attachments"`
	Checks       []Record `json:"checks"`
	Findings     []Record `json:"findings"`
}

// Report reads everything about the report with a key.
func (r *Reader) Report(ctx context.Context, key string) (Stored, error) {
	var s Stored
	one, err := r.records(ctx, "SELECT * FROM reports WHERE key = ?1", key)
	if err != nil {
		return s, err
	}
	if len(one) == 0 {
		return s, fmt.Errorf("no report with key %s", key)
	}
	s.Report = one[0]
	const cited = " FROM reports r JOIN %s x ON x.report_id = r.id WHERE r.key = ?1"
	for _, part := range []struct {
		into  *[]Record
		query string
	}{
		{&s.Revisions, `SELECT o.key, o.revision, o.is_current, o.title, o.published_date, o.first_seen_at, o.last_seen_at
			FROM reports r JOIN reports o ON o.url = r.url WHERE r.key = ?1 ORDER BY o.revision`},
		{&s.Rivals, `SELECT o.key, o.url, o.title, o.published_date, o.is_preferred
			FROM reports r JOIN reports o ON (o.agency_id, o.scope, o.report_year) = (r.agency_id, r.scope, r.report_year)
			WHERE r.key = ?1 AND o.id <> r.id AND o.is_current = 1 ORDER BY o.is_preferred DESC, o.published_date DESC, o.key`},
		{&s.Views, "SELECT v.observed_at, v.views, v.how, v.record_id FROM reports r JOIN view_counts v ON v.url = r.url WHERE r.key = ?1 ORDER BY v.observed_at, v.how"},
		{&s.Dates, "SELECT x.label, x.raw, x.value" + fmt.Sprintf(cited, "report_dates") + " ORDER BY x.rowid"},
		{&s.Sections, "SELECT x.no, x.heading, x.text" + fmt.Sprintf(cited, "sections") + " ORDER BY x.no"},
		{&s.Disclosure, "SELECT x.item, x.measure, x.raw, x.value, x.unit, x.value_wan" + fmt.Sprintf(cited, "disclosure")},
		{&s.Applications, "SELECT x.*" + fmt.Sprintf(cited, "applications")},
		{&s.Disputes, "SELECT x.*" + fmt.Sprintf(cited, "disputes")},
		{&s.Statistics, "SELECT x.form, x.item, x.label, x.period, x.raw, x.value, x.unit" + fmt.Sprintf(cited, "statistics") + " ORDER BY x.rowid"},
		{&s.Remarks, "SELECT x.tbl, x.item, x.col, x.state, x.raw" + fmt.Sprintf(cited, "cell_remarks") + " ORDER BY x.rowid"},
		{&s.Attachments, "SELECT x.url, x.name, x.media_type, x.sha256, x.role, x.record_id" + fmt.Sprintf(cited, "attachments") + " ORDER BY x.rowid"},
		{&s.Checks, "SELECT x.rule, x.tested, x.failed, x.blank" + fmt.Sprintf(cited, "report_checks") + " ORDER BY x.rule"},
		{&s.Findings, "SELECT x.rule, x.place, x.verdict, x.lhs, x.rhs, x.note" + fmt.Sprintf(cited, "findings") + " ORDER BY x.rowid"},
	} {
		if *part.into, err = r.records(ctx, part.query, key); err != nil {
			return s, fmt.Errorf("report %s: %w", key, err)
		}
	}
	capture, err := r.records(ctx, "SELECT c.* FROM reports r JOIN captures c ON c.record_id = r.record_id WHERE r.key = ?1", key)
	if err != nil {
		return s, fmt.Errorf("report %s: %w", key, err)
	}
	if len(capture) > 0 {
		s.Capture = capture[0]
	}
	return s, nil
}

func (r *Reader) records(ctx context.Context, query string, args ...any) ([]Record, error) {
	cols, rows, err := r.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	out := make([]Record, len(rows))
	for i, row := range rows {
		out[i] = Record{cols, row}
	}
	return out, nil
}
