package db

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed finish/*.sql
var finishFiles embed.FS

type finishStep struct{ name, sql string }

// finishSteps are the rules of finish/, in the order of their numbers.
func finishSteps() []finishStep {
	names, err := fs.Glob(finishFiles, "finish/*.sql") // sorted
	if err != nil || len(names) == 0 {
		panic("db: the embedded rules of finish/ are missing")
	}
	steps := make([]finishStep, len(names))
	for i, name := range names {
		b, err := finishFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		steps[i] = finishStep{name, string(b)}
	}
	return steps
}

// Finish computes everything that several facts decide together: sources,
// revisions, agencies, lateness, preference, view counts, tombstones and runs. It
// goes over all facts each time, so that the result does not depend on when it ran.
func (d *DB) Finish(ctx context.Context) error {
	return d.Write(ctx, func(t *Tx) error {
		for _, step := range finishSteps() {
			if _, err := t.tx.ExecContext(ctx, step.sql); err != nil {
				return fmt.Errorf("%s: %w", step.name, err)
			}
		}
		return nil
	})
}

// Done returns the record ids of a source, captures and events, that were taken.
func (d *DB) Done(ctx context.Context, source string) (map[string]bool, error) {
	rows, err := d.pool.QueryContext(ctx,
		"SELECT record_id FROM captures WHERE source = ?1 UNION ALL SELECT record_id FROM events WHERE source = ?1", source)
	if err != nil {
		return nil, fmt.Errorf("records of %s: %w", source, err)
	}
	defer rows.Close()
	done := make(map[string]bool)
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("records of %s: %w", source, err)
		}
		done[id] = true
	}
	return done, rows.Err()
}
