package db

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
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
		sum, err := digestTable(ctx, r, table, nil)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %x\n", table, sum)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

func tableNames(ctx context.Context, r *Reader) ([]string, error) {
	_, rows, err := r.Query(ctx, `SELECT name FROM sqlite_schema
		WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
	names := make([]string, len(rows))
	for i, row := range rows {
		names[i] = row[0].(string)
	}
	return names, err
}

// digestTable reads in key order: NOT INDEXED keeps the planner from another one.
// The values of columns in without do not count.
func digestTable(ctx context.Context, r *Reader, table string, without []string) (sum []byte, err error) {
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
		for i, v := range row {
			if !slices.Contains(without, cols[i]) {
				writeValue(out, v)
			}
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
