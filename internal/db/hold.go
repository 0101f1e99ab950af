package db

import (
	"context"
	"database/sql"
	"fmt"
)

// mayShrinkBy is the share of current reports that may be missing against the
// former publication before the whole is held back.
const mayShrinkBy = 0.01

// held returns why the file just built must not replace the former one, which had
// before current reports (-1: there is none to compare with); "" if it may.
//
// These are the assertions about the whole. Those about one source do not belong
// here: a source below its own keeps its last good rows, marked stale, and that is
// decided where rows are copied, before the file reaches this point.
func held(ctx context.Context, pool *sql.DB, p Published, before int, opt PublishOptions) (string, error) {
	violation, err := keyViolation(ctx, pool)
	if err != nil || violation != "" {
		return violation, err
	}
	if missing := before - p.Current; !opt.Accept && float64(missing) > mayShrinkBy*float64(before) {
		return fmt.Sprintf("%d current reports instead of %d: more than %.0f %% fewer than in the last publication",
			p.Current, before, mayShrinkBy*100), nil
	}
	return "", nil
}

// keyViolation describes the first reference that leads nowhere, and counts them.
func keyViolation(ctx context.Context, pool *sql.DB) (string, error) {
	var n int
	var table, parent sql.NullString
	err := pool.QueryRowContext(ctx, `SELECT count(*), min("table"), min(parent) FROM pragma_foreign_key_check`).Scan(&n, &table, &parent)
	if err != nil || n == 0 {
		return "", err
	}
	return fmt.Sprintf("a key violation: %d rows refer to rows that are not there, among them %s to %s", n, table.String, parent.String), nil
}
