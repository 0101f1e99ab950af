package db

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	sqlite3 "modernc.org/sqlite/lib"
)

//go:embed publish.sql
var publishSQL string

// preferredIndex makes "exactly one" a key of the published file.
const preferredIndex = `CREATE UNIQUE INDEX reports_preferred ON reports (agency_id, scope, report_year) WHERE is_preferred = 1;`

// PublishOptions are the choices of one publication.
type PublishOptions struct {
	// Accept publishes although there are fewer current reports than before, or a
	// source is below its own assertions. It does not release a file with a key
	// violation.
	Accept bool
	// FieldsFall is the share of a source's reports that may lose a field (title,
	// agency, year, publish date, numbers of table 3) against the former publication
	// before its former rows are kept; 0 for 0.20.
	FieldsFall float64
	// CellsChanged is the share of the former publication's numbers that a new
	// extractor may read otherwise before the whole is held back; 0 for 0.05.
	CellsChanged float64
}

func (o PublishOptions) fieldsFall() float64   { return cmp.Or(o.FieldsFall, 0.20) }
func (o PublishOptions) cellsChanged() float64 { return cmp.Or(o.CellsChanged, 0.05) }

// Published says what a publication did.
type Published struct {
	Changed  bool   // the data differed, and the file was replaced
	Replaced bool   // the file was replaced, if only to take in the log of another run
	Held     string // why it was held back, in a sentence; "" if it was not
	Reports  int    // rows of reports in what was built
	Current  int    // of those, current ones
	Added    int    // reports whose key the former file does not have
	Gone     int    // reports of the former file whose key is no longer there
	// Kept are the sources below their own assertions, by name.
	Kept []KeptSource
	// Released are the sources that were kept at the last publication and are no more.
	Released []string
}

// Publish builds the file at path anew from work.db and puts it in place of the
// former one in one step, if its rows differ and the assertions about the whole
// hold. The same rows give the same ids and the same bytes.
func (d *DB) Publish(ctx context.Context, path string, opt PublishOptions) (Published, error) {
	p, err := d.publish(ctx, path, opt)
	if err != nil {
		return Published{}, fmt.Errorf("publish %s: %w", path, err)
	}
	return p, nil
}

func (d *DB) publish(ctx context.Context, path string, opt PublishOptions) (p Published, err error) {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return p, err
	}
	// One fixed name: what a crash left behind is overwritten, not piled up.
	temp := filepath.Join(dir, "."+filepath.Base(path)+".building")
	if err := Remove(temp); err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, Remove(temp)) }()

	judged, err := d.build(ctx, temp, path, opt)
	step("db: the file to be published is built")
	if code(err) == sqlite3.SQLITE_CONSTRAINT {
		return Published{Held: "a key violation: " + err.Error()}, nil
	}
	if err != nil {
		return p, err
	}
	away, err := d.decidedAway(ctx)
	if err != nil {
		return p, err
	}
	p, err = inspect(ctx, temp, path, away, opt)
	p.Kept, p.Released = judged.kept, judged.released
	if err != nil || p.Held != "" {
		return p, err
	}
	diff, err := differs(ctx, temp, path)
	if err != nil || diff == noDifference {
		return p, err
	}
	if err := replace(temp, path); err != nil {
		return p, err
	}
	p.Changed, p.Replaced = diff == dataDifference, true
	return p, nil
}

// build writes a whole new file, and returns the sources whose rows it took from the
// former one. It needs no journal: a file that is not finished is thrown away.
func (d *DB) build(ctx context.Context, temp, former string, opt PublishOptions) (j judged, err error) {
	pool, err := openPool(ctx, temp, "_pragma=journal_mode(OFF)", "_pragma=synchronous(OFF)", "_pragma=cache_size(-65536)")
	if err != nil {
		return j, err
	}
	defer pool.Close()
	pool.SetMaxOpenConns(1) // ATTACH and the temp tables belong to one connection
	work, err := fileURI(d.path)
	if err != nil {
		return j, err
	}
	if _, err := pool.ExecContext(ctx, "ATTACH ? AS work", work+"?mode=ro"); err != nil {
		return j, err
	}
	hasFormer, err := attachFormer(ctx, pool, former)
	if err != nil {
		return j, err
	}
	// Keys are checked over the finished file, at once and with names.
	if _, err := pool.ExecContext(ctx, "PRAGMA foreign_keys = 0"); err != nil {
		return j, err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return j, err
	}
	defer tx.Rollback()
	if err := createTables(ctx, tx); err != nil {
		return j, err
	}
	if j, err = keep(ctx, tx, hasFormer, opt); err != nil {
		return j, err
	}
	if _, err := tx.ExecContext(ctx, publishSQL); err != nil {
		return j, fmt.Errorf("copy rows: %w", err)
	}
	if len(j.kept) > 0 {
		if err := bringBack(ctx, tx); err != nil {
			return j, err
		}
	}
	if _, err := tx.ExecContext(ctx, indexesSQL+preferredIndex); err != nil {
		return j, fmt.Errorf("index: %w", err)
	}
	if _, err := tx.ExecContext(ctx, coverageSQL); err != nil {
		return j, fmt.Errorf("coverage: %w", err)
	}
	if err := fillWide(ctx, tx); err != nil {
		return j, err
	}
	if _, err := tx.ExecContext(ctx, "DROP TABLE ids; DROP TABLE kept;"); err != nil {
		return j, err
	}
	if err := tx.Commit(); err != nil {
		return j, err
	}
	_, err = pool.ExecContext(ctx, "ANALYZE main")
	return j, err
}

// inspect counts what was built and applies the assertions. Pages in away, a JSON
// array of addresses, are not missed.
func inspect(ctx context.Context, temp, former, away string, opt PublishOptions) (p Published, err error) {
	r, err := OpenReader(ctx, temp)
	if err != nil {
		return p, err
	}
	defer r.Close()
	r.pool.SetMaxOpenConns(1)
	if err := intact(ctx, r.pool); err != nil {
		return p, err
	}
	err = r.pool.QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (WHERE is_current = 1) FROM reports").Scan(&p.Reports, &p.Current)
	if err != nil {
		return p, err
	}
	before, err := compare(ctx, r.pool, former, away, &p)
	if err != nil {
		return p, err
	}
	p.Held, err = held(ctx, r.pool, p, before, opt)
	return p, err
}

// intact: the file's own structure. A fault here is ours or the disk's, never the data's.
func intact(ctx context.Context, pool *sql.DB) error {
	var verdict string
	if err := pool.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("the file just built is not intact: %s", verdict)
	}
	return nil
}

// compare counts the reports that came and went since the former file, and returns
// its number of current ones: -1 if there is no former file that can be compared.
func compare(ctx context.Context, pool *sql.DB, former, away string, p *Published) (before int, err error) {
	p.Added = p.Reports
	if _, err := os.Stat(former); err != nil {
		return -1, nil
	}
	uri, err := fileURI(former)
	if err != nil {
		return -1, err
	}
	if _, err := pool.ExecContext(ctx, "ATTACH ? AS former", uri+"?mode=ro"); err == nil {
		err = pool.QueryRowContext(ctx, `SELECT
			(SELECT count(*) FROM former.reports WHERE is_current = 1 AND url NOT IN (SELECT value FROM json_each(?1))),
			(SELECT count(*) FROM main.reports WHERE key NOT IN (SELECT key FROM former.reports)),
			(SELECT count(*) FROM former.reports WHERE key NOT IN (SELECT key FROM main.reports))`, away).
			Scan(&before, &p.Added, &p.Gone)
		if err == nil {
			return before, nil
		}
		if err := ctx.Err(); err != nil {
			return -1, err
		}
	}
	// A damaged file, or one of other tables: nothing to hold this one back for.
	return -1, ctx.Err()
}

// replace puts temp in place of path so that after a power cut one of the two is there, whole.
func replace(temp, path string) error {
	if err := syncPath(temp); err != nil {
		return err
	}
	step("db: the file to be published is synced")
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	step("db: the published file is replaced")
	return syncPath(filepath.Dir(path))
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
