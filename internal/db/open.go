package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// DB is an open work.db. Readers may ask it while one writes. One process at a
// time may write; the caller sees to that.
type DB struct {
	*Reader
	path    string
	writer  *sql.DB
	writing sync.Mutex
	rebuilt string

	extractor string
}

// Open opens the working database at path, making it where there is none. A file
// that is damaged, or was filled under another schema or by another extractor, is
// thrown away and begun anew: the archive fills it again. Rebuilt then says why.
func Open(ctx context.Context, path, extractor string) (*DB, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	want := stamp{schemaDigest(), extractor}
	unfit, err := unfitness(ctx, path, want)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if unfit != "" {
		if err := Remove(path); err != nil {
			return nil, fmt.Errorf("rebuild %s: %w", path, err)
		}
		step("db: an unfit file is removed")
	}
	d := &DB{path: path, rebuilt: unfit, extractor: extractor}
	d.writer, err = openPool(ctx, path, "_pragma=journal_mode(WAL)", "_pragma=synchronous(NORMAL)", "_txlock=immediate")
	if err != nil {
		return nil, err
	}
	d.writer.SetMaxOpenConns(1)
	if err := d.begin(ctx, want); err != nil {
		d.writer.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	if d.Reader, err = OpenReader(ctx, path); err != nil {
		d.writer.Close()
		return nil, err
	}
	return d, nil
}

// Rebuilt says why Open threw the former file away, "" if it did not.
func (d *DB) Rebuilt() string { return d.rebuilt }

// Close closes the file.
func (d *DB) Close() error {
	return errors.Join(d.Reader.Close(), d.writer.Close())
}

// Remove deletes a database file and what SQLite keeps beside it. A file that is
// not there is no error.
func Remove(path string) error {
	for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// begin makes the tables of a new file, in one transaction with the stamp, so
// that a crash leaves either an empty file or a whole one.
func (d *DB) begin(ctx context.Context, s stamp) error {
	tx, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var tables int
	if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	if tables > 0 {
		return nil
	}
	if err := createTables(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, indexesSQL+workSQL); err != nil {
		return fmt.Errorf("create bookkeeping: %w", err)
	}
	if err := fillDictionary(ctx, tx); err != nil {
		return err
	}
	if err := fillDivisions(ctx, tx); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO stamp VALUES (?, ?)", s.schema, s.extractor); err != nil {
		return err
	}
	step("db: the tables are made, not committed")
	return tx.Commit()
}
