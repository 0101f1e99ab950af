package db

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
)

// Reader asks a work.db or a reports.db and cannot change it.
type Reader struct {
	pool *sql.DB
}

// OpenReader opens a file that must exist, read-only. It needs no write access to
// the folder when the file is a reports.db.
func OpenReader(ctx context.Context, path string) (*Reader, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	pool, err := openPool(ctx, path, "mode=ro", "_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	return &Reader{pool}, nil
}

// Close closes the file.
func (r *Reader) Close() error { return r.pool.Close() }

// Query runs one statement and returns its columns and rows. A value is an int64,
// a float64, a string, a []byte, or nil for NULL.
func (r *Reader) Query(ctx context.Context, query string, args ...any) (cols []string, rows [][]any, err error) {
	result, err := r.pool.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer result.Close()
	if cols, err = result.Columns(); err != nil {
		return nil, nil, err
	}
	for result.Next() {
		row, into := make([]any, len(cols)), make([]any, len(cols))
		for i := range row {
			into[i] = &row[i]
		}
		if err := result.Scan(into...); err != nil {
			return nil, nil, err
		}
		rows = append(rows, row)
	}
	return cols, rows, result.Err()
}

// Query asks the database file at path one question, read-only.
func Query(ctx context.Context, path, query string) (cols []string, rows [][]any, err error) {
	r, err := OpenReader(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	return r.Query(ctx, query)
}

// openPool opens path with the pragmas every connection here has. busy_timeout
// comes first, since the others may already meet a lock.
func openPool(ctx context.Context, path string, params ...string) (*sql.DB, error) {
	dsn, err := fileURI(path)
	if err != nil {
		return nil, err
	}
	sep := "?"
	for _, p := range append([]string{"_pragma=busy_timeout(10000)", "_pragma=foreign_keys(1)"}, params...) {
		dsn += sep + p
		sep = "&"
	}
	pool, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	// sql.Open does not touch the file; sqlite_schema is the first page.
	if _, err := pool.ExecContext(ctx, "SELECT count(*) FROM sqlite_schema"); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return pool, nil
}

// fileURI names a file so that no character of its path is taken for a parameter.
func fileURI(path string) (string, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return "file:" + (&url.URL{Path: filepath.ToSlash(abs)}).EscapedPath(), nil
}
