package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// stamp says what a work.db was filled by.
type stamp struct {
	schema, extractor string
}

// unfitness says why the file at path cannot be gone on with, "" if it can, or if
// there is none. An error means that this could not be found out (no access, the
// disk fails), which is no reason to throw anything away.
func unfitness(ctx context.Context, path string, want stamp) (string, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if info.Size() == 0 {
		return "", nil // a crash before the first transaction
	}
	pool, err := openPool(ctx, path)
	if damaged(err) {
		return "the file was damaged: " + err.Error(), nil
	}
	if err != nil {
		return "", err
	}
	defer pool.Close()

	var tables int
	if err := pool.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err == nil && tables == 0 {
		return "", nil // made, but a crash came before its tables
	}
	// The stamp first: it is cheap, and an old file's damage does not matter.
	var have stamp
	err = pool.QueryRowContext(ctx, "SELECT schema, extractor FROM stamp").Scan(&have.schema, &have.extractor)
	switch {
	case damaged(err):
		return "the file was damaged: " + err.Error(), nil
	case errors.Is(err, sql.ErrNoRows), code(err) == sqlite3.SQLITE_ERROR: // no table of that name
		return "the file had no stamp of ours", nil
	case err != nil:
		return "", err
	case have.schema != want.schema:
		return "the tables or the codebook changed", nil
	case have.extractor != want.extractor:
		return fmt.Sprintf("the extractor changed from version %s to %s", have.extractor, want.extractor), nil
	}
	var verdict string
	err = pool.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict)
	switch {
	case damaged(err):
		return "the file was damaged: " + err.Error(), nil
	case err != nil:
		return "", err
	case verdict != "ok":
		return "the file was damaged: " + verdict, nil
	}
	return "", nil
}

// damaged: the error says that the file's bytes are no sound database.
func damaged(err error) bool {
	c := code(err)
	return c == sqlite3.SQLITE_CORRUPT || c == sqlite3.SQLITE_NOTADB
}

// code is SQLite's primary result code, 0 if err is not from SQLite.
func code(err error) int {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code() & 0xff
	}
	return 0
}
