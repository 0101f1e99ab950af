package db

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"time"
)

// Fields of decisions that take effect here, when all facts are together; the others
// are applied to a page when it is read.
const (
	FieldWithhold  = "withhold"  // the page stays out of every table but listing_items
	FieldPreferred = "preferred" // its report goes before all others of agency, scope and year
	FieldIsReport  = "is_report" // no: the page's report goes, and is not missed at publication
)

// Decision is one value that a person decided for the page at URL.
type Decision struct {
	URL, Field, Value string
}

// SetDecisions puts decisions in force in place of all former ones. What was read of
// a page whose decisions differ is forgotten, in the same transaction: Done then no
// longer names its captures, and they are read again. It returns how many pages that are.
func (d *DB) SetDecisions(ctx context.Context, decisions []Decision) (changed int, err error) {
	err = d.Write(ctx, func(t *Tx) error {
		before, err := t.decisions()
		if err != nil {
			return err
		}
		after := map[string]map[string]string{}
		for _, n := range decisions {
			if after[n.URL] == nil {
				after[n.URL] = map[string]string{}
			}
			after[n.URL][n.Field] = n.Value
		}
		for _, url := range slices.Sorted(maps.Keys(before)) {
			if after[url] == nil {
				after[url] = nil // undone
			}
		}
		for _, url := range slices.Sorted(maps.Keys(after)) {
			if maps.Equal(before[url], after[url]) {
				continue
			}
			changed++
			if err := t.redecide(url, after[url]); err != nil {
				return fmt.Errorf("decisions about %s: %w", url, err)
			}
		}
		return nil
	})
	return changed, err
}

// decisions are those in force: url -> field -> value.
func (t *Tx) decisions() (map[string]map[string]string, error) {
	rows, err := t.tx.QueryContext(t.ctx, "SELECT url, field, value FROM decisions")
	if err != nil {
		return nil, fmt.Errorf("decisions: %w", err)
	}
	defer rows.Close()
	out := map[string]map[string]string{}
	for rows.Next() {
		var url, field, value string
		if err := rows.Scan(&url, &field, &value); err != nil {
			return nil, fmt.Errorf("decisions: %w", err)
		}
		if out[url] == nil {
			out[url] = map[string]string{}
		}
		out[url][field] = value
	}
	return out, rows.Err()
}

func (t *Tx) redecide(url string, fields map[string]string) error {
	if err := t.forgetReadings(url); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM decisions WHERE url = ?", url); err != nil {
		return err
	}
	for field, value := range fields {
		if err := t.exec("INSERT INTO decisions VALUES (?,?,?)", url, field, value); err != nil {
			return err
		}
	}
	return nil
}

// forgetReadings removes every fact that the captures of a page, and of its view
// counter, gave. What Finish computes of facts it computes anew.
func (t *Tx) forgetReadings(url string) error {
	const (
		ofReports  = " IN (SELECT id FROM reports WHERE url = ?1)"
		ofCaptures = " IN (SELECT record_id FROM captures WHERE url = ?1 OR of_url = ?1 AND kind = 'views')"
	)
	var steps []string
	for _, table := range readingTables {
		steps = append(steps, "DELETE FROM "+table+" WHERE report_id"+ofReports)
	}
	steps = append(steps,
		"DELETE FROM findings WHERE other_report_id"+ofReports,
		"DELETE FROM coverage WHERE report_id"+ofReports,
		"DELETE FROM observations WHERE url = ?1",
		"DELETE FROM not_reports WHERE record_id"+ofCaptures,
		"DELETE FROM decided WHERE url = ?1",
		"DELETE FROM view_counts WHERE url = ?1",
		"DELETE FROM reports WHERE url = ?1",
		"UPDATE attachments SET record_id = NULL WHERE record_id"+ofCaptures, // of other reports
		"DELETE FROM captures WHERE url = ?1 OR of_url = ?1 AND kind = 'views'",
	)
	for _, step := range steps {
		if err := t.exec(step, url); err != nil {
			return fmt.Errorf("%s: %w", step, err)
		}
	}
	return nil
}

// PutDecided says what became of a decision when a capture of its page was read:
// applied, or refused for a reason.
func (t *Tx) PutDecided(url, field, recordID string, at time.Time, refused string) error {
	err := t.exec("INSERT INTO decided VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET refused = excluded.refused",
		url, field, recordID, machineTime(at), null(refused))
	if err != nil {
		return fmt.Errorf("decision about %s of %s: %w", field, url, err)
	}
	return nil
}

// Effect says what a decision in force did.
type Effect struct {
	Decision
	Listed    bool   // a listing names the page
	Fetched   bool   // there is a capture of the page, a failed one perhaps
	Read      bool   // a capture of it was read with the decision
	Refused   string // why the newest reading did not apply it, "" if it did
	Preferred bool   // the page's report is the preferred one of its agency, scope and year
}

// Effects lists the decisions in force with what they did, as of the last Finish.
func (r *Reader) Effects(ctx context.Context) ([]Effect, error) {
	rows, err := r.pool.QueryContext(ctx, `SELECT url, field, value,
			EXISTS (SELECT 1 FROM items i WHERE i.url = d.url),
			EXISTS (SELECT 1 FROM captures c WHERE c.url = d.url AND c.kind = 'page'),
			EXISTS (SELECT 1 FROM decided x WHERE x.url = d.url AND x.field = d.field),
			(SELECT refused FROM decided x WHERE x.url = d.url AND x.field = d.field ORDER BY at DESC, record_id DESC LIMIT 1),
			EXISTS (SELECT 1 FROM reports p WHERE p.url = d.url AND p.is_preferred)
		FROM decisions d ORDER BY url, field`)
	if err != nil {
		return nil, fmt.Errorf("effects of decisions: %w", err)
	}
	defer rows.Close()
	var out []Effect
	for rows.Next() {
		var e Effect
		var refused sql.NullString
		if err := rows.Scan(&e.URL, &e.Field, &e.Value, &e.Listed, &e.Fetched, &e.Read, &refused, &e.Preferred); err != nil {
			return nil, fmt.Errorf("effects of decisions: %w", err)
		}
		e.Refused = refused.String
		out = append(out, e)
	}
	return out, rows.Err()
}

// decidedAway are the pages whose reports people took out, by a decision or out of the
// archive, as a JSON array: that they are fewer than in the last publication is no reason to hold a new one back.
func (d *DB) decidedAway(ctx context.Context) (urls string, err error) {
	err = d.pool.QueryRowContext(ctx, `SELECT json_group_array(url) FROM (
		SELECT url FROM decisions WHERE field = '`+FieldWithhold+`' OR field = '`+FieldIsReport+`' AND value = 'no'
		UNION SELECT url FROM captures WHERE outcome = 'erased')`).Scan(&urls)
	if err != nil {
		return "", fmt.Errorf("decisions: %w", err)
	}
	return urls, nil
}
