package db

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"os"
	"strings"
)

var (
	//go:embed past.sql
	pastSQL string
	//go:embed kept.sql
	keptSQL string
	//go:embed promised.sql
	promisedSQL string
	//go:embed coverage.sql
	coverageSQL string
)

// Of a source's reports that lose a field, as many as this and a larger share than
// PublishOptions.FieldsFall mean that our reader broke, not that a page is odd.
const fewestFallen = 5

// KeptSource is a source that is below its own assertions: its rows are those of the
// former publication, marked stale.
type KeptSource struct {
	Source string `json:"source"`
	Why    string `json:"why"`
	Again  bool   `json:"again"` // they were kept at the last publication already
}

// judged are the sources that a publication keeps, and those it keeps no longer.
type judged struct {
	kept     []KeptSource
	released []string
}

// attachFormer brings the last publication in as "former", and says whether there is
// one with the same tables to keep rows from.
func attachFormer(ctx context.Context, pool *sql.DB, path string) (bool, error) {
	if _, err := os.Stat(path); err != nil {
		return false, nil
	}
	uri, err := fileURI(path)
	if err != nil {
		return false, err
	}
	if _, err := pool.ExecContext(ctx, "ATTACH ? AS former", uri+"?mode=ro"); err != nil {
		return false, ctx.Err() // damaged: nothing can be kept of it
	}
	var same bool
	err = pool.QueryRowContext(ctx, `SELECT count(*) = 0 FROM work.sqlite_schema w
		WHERE w.type = 'table' AND w.name IN (SELECT value FROM json_each(?))
		  AND w.sql IS NOT (SELECT sql FROM former.sqlite_schema f WHERE f.type = 'table' AND f.name = w.name)`,
		keptTables).Scan(&same)
	if err != nil {
		return false, ctx.Err()
	}
	return same, nil
}

// keptTables are those that kept.sql copies from, as a JSON array.
const keptTables = `["reports","agencies","agency_aliases","view_counts","report_dates","sections","disclosure",
	"applications","disputes","statistics","cell_remarks","report_checks","findings","attachments"]`

// keep judges every source that has a past, and makes the temporary tables kept and
// ids that publish.sql, kept.sql and coverage.sql go by.
func keep(ctx context.Context, tx *sql.Tx, former bool, opt PublishOptions) (j judged, err error) {
	const tables = `CREATE TEMP TABLE kept (source TEXT PRIMARY KEY, why TEXT NOT NULL);
		CREATE TEMP TABLE ids (id INTEGER PRIMARY KEY, work_id INTEGER UNIQUE, former_id INTEGER UNIQUE);`
	if _, err := tx.ExecContext(ctx, tables); err != nil {
		return j, err
	}
	if former && !opt.Accept {
		if j.kept, err = belowAssertions(ctx, tx, opt); err != nil {
			return j, fmt.Errorf("compare with the last publication: %w", err)
		}
	}
	for i, k := range j.kept {
		const again = "SELECT EXISTS (SELECT 1 FROM former.findings WHERE rule = 'source_reader' AND source = ?)"
		if err := tx.QueryRowContext(ctx, again, k.Source).Scan(&j.kept[i].Again); err != nil {
			return j, err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO kept VALUES (?, ?)", k.Source, k.Why); err != nil {
			return j, err
		}
	}
	if former {
		const released = "SELECT source FROM former.findings WHERE rule = 'source_reader' AND source NOT IN (SELECT source FROM kept) ORDER BY source"
		if err := eachRow(ctx, tx, released, nil, 1, func(row []any) { j.released = append(j.released, row[0].(string)) }); err != nil {
			return j, err
		}
	}
	rows := "SELECT source, url, revision, id AS work_id, NULL AS former_id FROM work.reports WHERE source NOT IN (SELECT source FROM kept)"
	if len(j.kept) > 0 {
		// Of the last good rows: what people took out since, and what was erased from the
		// archive, does not come back.
		rows += ` UNION ALL SELECT source, url, revision, NULL, id FROM former.reports
			WHERE source IN (SELECT source FROM kept)
			  AND record_id IN (SELECT record_id FROM work.captures WHERE outcome <> 'erased')
			  AND url NOT IN (SELECT url FROM work.reports WHERE source NOT IN (SELECT source FROM kept))
			  AND url NOT IN (SELECT url FROM work.decisions
			                  WHERE field = '` + FieldWithhold + `' OR field = '` + FieldIsReport + `' AND value = 'no')`
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO ids (work_id, former_id) SELECT work_id, former_id FROM ("+rows+") ORDER BY source, url, revision")
	return j, err
}

// bringBack adds the last good rows of kept sources, and decides again what reports of
// several sources decide together.
func bringBack(ctx context.Context, tx *sql.Tx) error {
	if _, err := tx.ExecContext(ctx, keptSQL); err != nil {
		return fmt.Errorf("keep rows of the last publication: %w", err)
	}
	for _, step := range finishSteps() {
		if step.name == "finish/50_preferred.sql" || step.name == "finish/55_years.sql" {
			if _, err := tx.ExecContext(ctx, step.sql); err != nil {
				return fmt.Errorf("%s over kept rows: %w", step.name, err)
			}
		}
	}
	return nil
}

// belowAssertions lists the sources that lost what they had: fields or whole reports
// to our reader, or reports and years that their config promises. One that was no
// better in its past publishes: its past is not worth more than its present.
func belowAssertions(ctx context.Context, tx *sql.Tx, opt PublishOptions) ([]KeptSource, error) {
	why := map[string][]string{}
	var order []string
	add := func(source, sentence string) {
		if why[source] == nil {
			order = append(order, source)
		}
		why[source] = append(why[source], sentence)
	}
	err := eachRow(ctx, tx, pastSQL, nil, 2+4*3+4, func(row []any) {
		source, fresh := row[0].(string), row[1].(int64) == 1
		for _, f := range fallen(row[2:], fresh, opt.fieldsFall()) {
			add(source, f)
		}
	})
	if err != nil {
		return nil, err
	}
	err = eachRow(ctx, tx, promisedSQL, nil, 2, func(row []any) { add(row[0].(string), row[1].(string)) })
	if err != nil {
		return nil, err
	}
	var kept []KeptSource
	for _, source := range order {
		kept = append(kept, KeptSource{Source: source, Why: strings.Join(why[source], "; ")})
	}
	return kept, nil
}

// fallen reads one comparison of past.sql: reports then and now, those still read,
// and of each field how many have it; table 3 has denominators of its own.
func fallen(n []any, fresh bool, share float64) (sentences []string) {
	count := func(i int) float64 {
		v, _ := n[i].(int64)
		return float64(v)
	}
	then, now := count(0), count(1)
	which := "of the pages published before"
	if fresh {
		which = "of the pages that are new"
		if then < fewestFallen {
			return nil // no past to go by
		}
	}
	judge := func(field string, was, of, is, total float64) {
		if of == 0 || total == 0 {
			return
		}
		expected := was / of * total
		if was/of-is/total > share && expected-is >= fewestFallen {
			sentences = append(sentences, fmt.Sprintf("%s: %.0f of %.0f %s, formerly %.0f %%", field, is, total, which, 100*was/of))
		}
	}
	judge("read as reports", then, then, count(2), count(3))
	for i, field := range []string{"title", "agency", "report year", "publish date"} {
		judge(field, count(4+2*i), then, count(5+2*i), now)
	}
	judge("numbers in table 3", count(14), count(12), count(15), count(13))
	return sentences
}
