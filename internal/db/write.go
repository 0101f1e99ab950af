package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// Tx takes facts into work.db. It is valid only inside Write.
//
// Every Put is idempotent, and they commute: the same facts in any order, given
// once or twice, end in the same rows after Finish. A row and the capture it cites
// belong into one transaction; their order within it does not matter.
type Tx struct {
	ctx     context.Context
	tx      *sql.Tx
	stmts   map[string]*sql.Stmt
	sources map[string]bool
	db      *DB
}

// Write runs f in one transaction; an error of f undoes all of it.
func (d *DB) Write(ctx context.Context, f func(*Tx) error) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	tx, err := d.writer.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin write: %w", err)
	}
	defer tx.Rollback()
	t := &Tx{ctx: ctx, tx: tx, stmts: make(map[string]*sql.Stmt), sources: make(map[string]bool), db: d}
	if err := f(t); err != nil {
		return err
	}
	step("db: a transaction is full, not committed")
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	step("db: a transaction is committed")
	return nil
}

// prepared returns the transaction's statement for query; closing the transaction
// closes it.
func (t *Tx) prepared(query string) (*sql.Stmt, error) {
	if s := t.stmts[query]; s != nil {
		return s, nil
	}
	s, err := t.tx.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	t.stmts[query] = s
	return s, nil
}

func (t *Tx) exec(query string, args ...any) error {
	s, err := t.prepared(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(t.ctx, args...)
	return err
}

// maxRows bounds the rows of one statement, and with it the number of different
// statements that get prepared.
const maxRows = 64

// insertRows inserts whole rows, many a statement: three times faster than one a
// statement.
func (t *Tx) insertRows(table string, rows [][]any) error {
	for len(rows) > 0 {
		n := min(len(rows), maxRows)
		args := make([]any, 0, n*len(rows[0]))
		for _, row := range rows[:n] {
			args = append(args, row...)
		}
		tuple := "(?" + strings.Repeat(",?", len(rows[0])-1) + ")"
		if err := t.exec("INSERT INTO "+table+" VALUES "+tuple+strings.Repeat(","+tuple, n-1), args...); err != nil {
			return fmt.Errorf("%s: %w", table, err)
		}
		rows = rows[n:]
	}
	return nil
}

// source makes sure that a row of sources exists to refer to; Finish fills it from
// the run-start events, which may come later.
func (t *Tx) source(id string) error {
	if t.sources[id] {
		return nil
	}
	if id == "" {
		return fmt.Errorf("no source given")
	}
	if err := t.exec("INSERT INTO sources (id) VALUES (?) ON CONFLICT DO NOTHING", id); err != nil {
		return fmt.Errorf("source %s: %w", id, err)
	}
	t.sources[id] = true
	return nil
}

// machineTime is how machine times are stored: UTC, fixed width, so that text
// order is time order. WARC-Date has microseconds.
func machineTime(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000000Z")
}
