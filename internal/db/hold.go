package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"crawl/internal/report"
)

// mayShrinkBy is the share of current reports that may be missing against the
// former publication before the whole is held back.
const mayShrinkBy = 0.01

// held returns why the file just built must not replace the former one, which had
// before current reports (-1: there is none to compare with); "" if it may.
//
// These are the assertions about the whole. Those about one source are in keep.go: a
// source below its own keeps its last good rows, marked stale.
func held(ctx context.Context, pool *sql.DB, p Published, before int, opt PublishOptions) (string, error) {
	violation, err := keyViolation(ctx, pool)
	if err != nil || violation != "" {
		return violation, err
	}
	if missing := before - p.Current; !opt.Accept && float64(missing) > mayShrinkBy*float64(before) {
		return fmt.Sprintf("%d current reports instead of %d: more than %.0f %% fewer than in the last publication",
			p.Current, before, mayShrinkBy*100), nil
	}
	if before < 0 || opt.Accept {
		return "", nil
	}
	numbers, changed, err := changedCells(ctx, pool)
	if err != nil {
		return "", fmt.Errorf("compare numbers with the last publication: %w", err)
	}
	if float64(changed) > opt.cellsChanged()*float64(numbers) {
		return fmt.Sprintf("the new extractor reads %d of %d numbers otherwise than in the last publication, or not at all: more than %g %%",
			changed, numbers, opt.cellsChanged()*100), nil
	}
	return "", nil
}

// changedCells counts the numbers of tables 2 to 4 in the attached former file that
// another extractor read from the same captures, and those of them that now are
// another number or none.
func changedCells(ctx context.Context, pool *sql.DB) (numbers, changed int, err error) {
	var extractors int
	err = pool.QueryRowContext(ctx, `SELECT count(DISTINCT extractor) FROM
		(SELECT extractor FROM former.reports UNION ALL SELECT extractor FROM main.reports)`).Scan(&extractors)
	if err != nil || extractors < 2 {
		return 0, 0, err // as on all nights but those after an upgrade
	}
	for _, t := range []struct {
		table, key string
		cols       []string
	}{
		{"applications", "item", codes(report.Applicants[:])},
		{"disputes", "route", codes(report.DisputeResults[:])},
		{"disclosure", "item, measure", []string{"value"}},
	} {
		var sums, diffs []string
		for _, c := range t.cols {
			sums = append(sums, fmt.Sprintf("(f.%s IS NOT NULL)", c))
			diffs = append(diffs, fmt.Sprintf("(f.%[1]s IS NOT NULL AND f.%[1]s IS NOT m.%[1]s)", c))
		}
		on := "m.report_id = r.id"
		for key := range strings.SplitSeq(t.key, ", ") {
			on += fmt.Sprintf(" AND m.%[1]s = f.%[1]s", key)
		}
		var n, d int
		err := pool.QueryRowContext(ctx, fmt.Sprintf(`SELECT coalesce(sum(%s), 0), coalesce(sum(%s), 0)
			FROM former.reports p
			JOIN main.reports r ON r.record_id = p.record_id AND r.extractor <> p.extractor
			JOIN former.%[3]s f ON f.report_id = p.id
			LEFT JOIN main.%[3]s m ON %s`, strings.Join(sums, " + "), strings.Join(diffs, " + "), t.table, on)).Scan(&n, &d)
		if err != nil {
			return 0, 0, fmt.Errorf("%s: %w", t.table, err)
		}
		numbers, changed = numbers+n, changed+d
	}
	return numbers, changed, nil
}

func codes(cols []report.Column) []string {
	out := make([]string, len(cols))
	for i, c := range cols {
		out[i] = c.Code
	}
	return out
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
