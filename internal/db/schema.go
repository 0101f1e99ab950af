package db

import (
	"context"
	"crypto/sha256"
	"database/sql"
	_ "embed"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"crawl/internal/report"
)

// The marks in the header of both files. SchemaVersion rises when a table or a
// column of reports.db changes its name or meaning.
const (
	SchemaVersion = 1
	applicationID = 0x4352574c // "CRWL"
)

var (
	//go:embed schema.sql
	schemaSQL string
	//go:embed indexes.sql
	indexesSQL string
	//go:embed work.sql
	workSQL string
)

// schemaDigest identifies everything that shapes work.db: its tables, the rules
// that compute the derived ones, the codebook and the divisions.
func schemaDigest() string {
	h := sha256.New()
	for _, part := range []string{schemaSQL, wideSQL(), indexesSQL, workSQL} {
		fmt.Fprintf(h, "%d %s", len(part), part)
	}
	for _, step := range finishSteps() {
		fmt.Fprintf(h, "%d %s", len(step.sql), step.sql)
	}
	for _, v := range report.Codebook() {
		fmt.Fprintf(h, "%q", v)
	}
	for _, d := range report.Divisions() {
		fmt.Fprintf(h, "%q", d)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// createTables makes the promised tables, without indexes, and the header marks.
func createTables(ctx context.Context, x execer) error {
	marks := fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, SchemaVersion)
	for _, part := range []string{marks, schemaSQL, wideSQL()} {
		if _, err := x.ExecContext(ctx, part); err != nil {
			return fmt.Errorf("create tables: %w", err)
		}
	}
	return nil
}

// fillDictionary writes the codebook, in its own order.
func fillDictionary(ctx context.Context, x execer) error {
	for _, v := range report.Codebook() {
		_, err := x.ExecContext(ctx, `INSERT INTO dictionary
			(tbl, item, col, forms, label_zh, label_en, unit, legal_basis, stata_name, note)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			v.Table, v.Item, v.Col, strings.Join(v.Forms, " "), null(v.LabelZH), null(v.LabelEN),
			null(v.Unit), null(v.LegalBasis), null(v.StataName), null(v.Note))
		if err != nil {
			return fmt.Errorf("dictionary %s: %w", v.Name(), err)
		}
	}
	return nil
}

// fillDivisions writes the administrative divisions, all that were in force since
// 2008, many to a statement: they are thousands, in every new file.
func fillDivisions(ctx context.Context, x execer) error {
	const row = "(?, ?, ?, ?, ?, ?, ?)"
	for some := range slices.Chunk(report.Divisions(), 500) {
		args := make([]any, 0, 7*len(some))
		for _, d := range some {
			args = append(args, d.Code, d.From, null(d.To), d.Name, string(d.Level), null(d.Parent), null(d.Successor))
		}
		_, err := x.ExecContext(ctx, "INSERT INTO divisions (code, valid_from, valid_to, name, level, parent, successor) VALUES "+
			strings.Repeat(row+", ", len(some)-1)+row, args...)
		if err != nil {
			return fmt.Errorf("divisions from %s on: %w", some[0].Code, err)
		}
	}
	return nil
}

// execer is what database/sql's DB, Conn and Tx have in common here.
type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// null stores "" as NULL: the report's nouns use "" for "there is none".
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}
