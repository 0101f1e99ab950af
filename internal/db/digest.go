package db

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"slices"
)

// Digest is a digest over all rows of all tables of the file at path, with the
// names of tables and columns: two files with equal digests say the same. It does
// not depend on page layout, indexes or the SQLite that wrote the file.
func Digest(ctx context.Context, path string) (string, error) {
	sum, err := digestFile(ctx, path)
	if err != nil {
		return "", fmt.Errorf("digest %s: %w", path, err)
	}
	return sum, nil
}

func digestFile(ctx context.Context, path string) (string, error) {
	r, err := OpenReader(ctx, path)
	if err != nil {
		return "", err
	}
	defer r.Close()
	tables, err := tableNames(ctx, r)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, table := range tables {
		sum, err := digestTable(ctx, r, table)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %x\n", table, sum)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// tableNames lists the tables, runs first: after a run it is the one that differs,
// and a comparison may stop there.
func tableNames(ctx context.Context, r *Reader) ([]string, error) {
	_, rows, err := r.Query(ctx, `SELECT name FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name <> 'runs', name`)
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = row[0].(string)
	}
	return names, err
}

// digestTable reads in key order: NOT INDEXED keeps the planner from another one.
func digestTable(ctx context.Context, r *Reader, table string) (sum []byte, err error) {
	rows, err := r.pool.QueryContext(ctx, `SELECT * FROM "`+table+`" NOT INDEXED`)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	h := sha256.New()
	out := bufio.NewWriterSize(h, 64<<10)
	for _, c := range cols {
		writeValue(out, c)
	}
	row, into := make([]any, len(cols)), make([]any, len(cols))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("%s: %w", table, err)
		}
		for _, v := range row {
			writeValue(out, v)
		}
	}
	if err := errors.Join(rows.Err(), out.Flush()); err != nil {
		return nil, fmt.Errorf("%s: %w", table, err)
	}
	return h.Sum(nil), nil
}

// writeValue writes a value with its type and length, so that no two rows of
// values run together to the same bytes. A hash takes every byte without error.
func writeValue(w *bufio.Writer, v any) {
	var b [8]byte
	switch v := v.(type) {
	case nil:
		w.WriteByte('0')
	case int64:
		w.WriteByte('i')
		binary.BigEndian.PutUint64(b[:], uint64(v))
		w.Write(b[:])
	case float64:
		w.WriteByte('f')
		binary.BigEndian.PutUint64(b[:], math.Float64bits(v))
		w.Write(b[:])
	case string:
		w.WriteByte('t')
		binary.BigEndian.PutUint64(b[:], uint64(len(v)))
		w.Write(b[:])
		w.WriteString(v)
	case []byte:
		w.WriteByte('b')
		binary.BigEndian.PutUint64(b[:], uint64(len(v)))
		w.Write(b[:])
		w.Write(v)
	default:
		panic(fmt.Sprintf("db: a column came back as %T", v))
	}
}

// sameRows says whether the file at path holds the rows of the one just built. The
// build is deterministic, so equal bytes answer it at once; else the rows decide,
// table by table. A former file that cannot be read is not the same.
func sameRows(ctx context.Context, built, path string) (bool, error) {
	if same, err := sameBytes(built, path); err != nil || same {
		return same, err
	}
	mine, err := OpenReader(ctx, built)
	if err != nil {
		return false, err
	}
	defer mine.Close()
	theirs, err := OpenReader(ctx, path)
	if err != nil {
		return false, ctx.Err()
	}
	defer theirs.Close()
	tables, err := tableNames(ctx, mine)
	if err != nil {
		return false, err
	}
	if others, err := tableNames(ctx, theirs); err != nil || !slices.Equal(tables, others) {
		return false, ctx.Err()
	}
	for _, table := range tables {
		a, err := digestTable(ctx, mine, table)
		if err != nil {
			return false, err
		}
		if b, err := digestTable(ctx, theirs, table); err != nil || !bytes.Equal(a, b) {
			return false, ctx.Err()
		}
	}
	return true, nil
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
