package db

import (
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// PutCapture takes one archived exchange.
func (t *Tx) PutCapture(c archive.Capture) error {
	if err := t.source(c.Source); err != nil {
		return fmt.Errorf("capture %s: %w", c.RecordID, err)
	}
	final := c.URL
	if c.Location != "" {
		final = c.Location
	}
	var status any
	if c.Status != 0 {
		status = c.Status
	}
	err := t.exec(`INSERT INTO captures (record_id, source, url, final_url, method, request_sha256, kind, of_url,
			fetched_at, status, media_type, charset, sha256, file, offset, transport, outcome, detail)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING`,
		c.RecordID, c.Source, c.URL, final, c.Method, null(c.RequestSHA256), null(string(c.Why.Kind)), null(c.Why.Of),
		machineTime(c.At), status, null(c.MediaType), null(c.Charset), null(c.SHA256), c.File, c.Offset,
		null(c.Transport), c.Outcome, null(c.Detail))
	if err != nil {
		return fmt.Errorf("capture %s: %w", c.RecordID, err)
	}
	return nil
}

// PutEvent takes one run event. Kinds of a newer archive that are not known here
// are kept and mean nothing.
func (t *Tx) PutEvent(e archive.Event) error {
	if err := t.source(e.Source); err != nil {
		return fmt.Errorf("event %s: %w", e.RecordID, err)
	}
	var data struct {
		Run    string
		Source report.Source
	}
	if err := json.Unmarshal(e.Data, &data); err != nil {
		return fmt.Errorf("event %s of kind %s: %w", e.RecordID, e.Kind, err)
	}
	host := ""
	if u, err := url.Parse(data.Source.URL); err == nil {
		host = u.Host
	}
	err := t.exec("INSERT INTO events VALUES (?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
		e.RecordID, e.Source, e.Kind, machineTime(e.At), data.Run, null(host), string(e.Data))
	if err == nil {
		err = t.exec("INSERT INTO fresh_parts VALUES (?,?) ON CONFLICT DO NOTHING", e.Source, data.Run)
	}
	if err != nil {
		return fmt.Errorf("event %s: %w", e.RecordID, err)
	}
	return nil
}

// HowInline marks a view count that the page itself prints.
const HowInline = "inline"

// PutView takes one observed view count of the page at url: how is HowInline, or
// names the counter that answered.
func (t *Tx) PutView(url string, at time.Time, views int64, how, recordID string) error {
	// Two answers at the same microsecond: the choice must not depend on order.
	err := t.exec(`INSERT INTO view_counts VALUES (?,?,?,?,?)
		ON CONFLICT DO UPDATE SET views = excluded.views, record_id = excluded.record_id
		WHERE excluded.record_id < record_id`,
		url, machineTime(at), views, how, recordID)
	if err != nil {
		return fmt.Errorf("views of %s: %w", url, err)
	}
	return nil
}
