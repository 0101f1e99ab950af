package db

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
)

// A difference is how far a file just built is from the former one.
type difference int

const (
	noDifference  difference = iota
	logDifference            // only in the log of crawling: another run, seen again later
	dataDifference
)

// The log of crawling: it grows with every run, also when no portal says anything new.
// Of coverage it is when the source was last looked at.
var (
	logTables  = []string{"runs", "source_runs"}
	logColumns = []string{"last_seen_at", "as_of"}
)

// differs compares the file just built with the one at path. The build is
// deterministic, so equal bytes answer it at once; else the rows decide. A former
// file that is not there, cannot be read or has other tables differs in its data.
func differs(ctx context.Context, built, path string) (difference, error) {
	if same, err := sameBytes(built, path); err != nil || same {
		return noDifference, err
	}
	mine, err := OpenReader(ctx, built)
	if err != nil {
		return dataDifference, err
	}
	defer mine.Close()
	theirs, err := OpenReader(ctx, path)
	if err != nil {
		return dataDifference, ctx.Err()
	}
	defer theirs.Close()
	tables, err := tableNames(ctx, mine)
	if err != nil {
		return dataDifference, err
	}
	if others, err := tableNames(ctx, theirs); err != nil || !slices.Equal(tables, others) {
		return dataDifference, ctx.Err()
	}
	data := slices.DeleteFunc(slices.Clone(tables), func(t string) bool { return slices.Contains(logTables, t) })
	if same, err := sameTables(ctx, mine, theirs, data, logColumns); err != nil || !same {
		return dataDifference, err
	}
	if same, err := sameTables(ctx, mine, theirs, tables, nil); err != nil || !same {
		return logDifference, err
	}
	return noDifference, nil
}

// sameTables counts first: on most nights something came, and the rows of all tables that
// stayed the same need not be read to find that out.
func sameTables(ctx context.Context, mine, theirs *Reader, tables, without []string) (bool, error) {
	for _, table := range tables {
		a, err := countRows(ctx, mine, table)
		if err != nil {
			return false, err
		}
		if b, err := countRows(ctx, theirs, table); err != nil || a != b {
			return false, ctx.Err() // an unreadable table is not the same
		}
	}
	for _, table := range tables {
		a, err := digestTable(ctx, mine, table, without)
		if err != nil {
			return false, err
		}
		if b, err := digestTable(ctx, theirs, table, without); err != nil || !bytes.Equal(a, b) {
			return false, ctx.Err() // an unreadable table is not the same
		}
	}
	return true, nil
}

func countRows(ctx context.Context, r *Reader, table string) (n int64, err error) {
	if err := r.pool.QueryRowContext(ctx, `SELECT count(*) FROM "`+table+`"`).Scan(&n); err != nil {
		return 0, fmt.Errorf("count %s: %w", table, err)
	}
	return n, nil
}

func sameBytes(a, b string) (bool, error) {
	fa, err := os.Open(a)
	if err != nil {
		return false, err
	}
	defer fa.Close()
	fb, err := os.Open(b)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer fb.Close()
	bufA, bufB := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, errA := io.ReadFull(fa, bufA)
		m, errB := io.ReadFull(fb, bufB)
		if !bytes.Equal(bufA[:n], bufB[:m]) {
			return false, nil
		}
		switch {
		case errA == nil && errB == nil:
		case (errA == io.EOF || errors.Is(errA, io.ErrUnexpectedEOF)) && (errB == io.EOF || errors.Is(errB, io.ErrUnexpectedEOF)):
			return true, nil
		default:
			return false, errors.Join(errA, errB)
		}
	}
}
