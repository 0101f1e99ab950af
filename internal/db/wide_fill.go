package db

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"crawl/internal/report"
)

// wideChunk is how many report ids are pivoted at a time.
const wideChunk = 500

// figures reads every figure of the preferred reports whose id is in [?1, ?2] as
// (report id, column of report_wide, value). Money is in 万元: an amount counts
// only where its unit is known, from the page or from the form's own label. The table
// of 2014 names units in a column of their own, so that there the page must print it.
const figures = `
SELECT d.report_id, 't2_' || d.item || '__' || d.measure,
       CASE WHEN d.measure NOT IN ('amount', 'amount_wan') THEN d.value
            WHEN d.value_wan IS NOT NULL THEN d.value_wan
            WHEN d.measure = 'amount_wan' AND coalesce(d.unit, '万元') = '万元' THEN d.value END
FROM disclosure d JOIN reports r ON r.id = d.report_id
WHERE d.report_id BETWEEN ?1 AND ?2 AND r.is_preferred = 1
UNION ALL
SELECT s.report_id, 'st_' || s.item,
       CASE WHEN s.item NOT LIKE '%\_wan' ESCAPE '\' OR s.unit = '万元' THEN s.value
            WHEN s.unit = '元' THEN s.value / 10000.0 END
FROM statistics s JOIN reports r ON r.id = s.report_id
WHERE s.report_id BETWEEN ?1 AND ?2 AND r.is_preferred = 1
  AND s.form = 's2014' AND s.period = 'year' AND s.item IS NOT NULL`

// rowFigures is the same for tables 3 and 4, one printed row a row.
func rowFigures(table, key string, cols []report.Column) string {
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = "x." + c.Code
	}
	return fmt.Sprintf(`SELECT x.report_id, x.%s, %s FROM %s x JOIN reports r ON r.id = x.report_id
		WHERE x.report_id BETWEEN ?1 AND ?2 AND r.is_preferred = 1`, key, strings.Join(names, ", "), table)
}

// layout says where each figure stands in a row of report_wide, behind its head.
type layout struct {
	width   int
	columns map[string]int
	rows    map[string][]int // of the columns of a printed row of table 3 or 4, as t3_granted
}

func newLayout(vars []report.Var) layout {
	l := layout{width: len(vars), columns: make(map[string]int, len(vars)), rows: map[string][]int{}}
	for i, v := range vars {
		l.columns[v.Name()] = i
	}
	return l
}

// row is where the figures of a printed row stand: -1 for those that have no column.
func (l layout) row(name string, cols []report.Column) []int {
	at, known := l.rows[name]
	if !known {
		for _, c := range cols {
			i, there := l.columns[name+"__"+c.Code]
			if !there {
				i = -1
			}
			at = append(at, i)
		}
		l.rows[name] = at
	}
	return at
}

// pivot collects the figures of one chunk: report id, and what its row says.
type pivot map[int64][]any

func (p pivot) of(id int64, l layout) []any {
	if p[id] == nil {
		p[id] = make([]any, l.width)
	}
	return p[id]
}

func readPivot(ctx context.Context, x execer, l layout, from, to int64) (pivot, error) {
	p := make(pivot)
	err := eachRow(ctx, x, figures, []any{from, to}, 3, func(row []any) {
		col, _ := row[1].(string)
		if i, there := l.columns[col]; there && row[2] != nil {
			p.of(row[0].(int64), l)[i] = row[2]
		}
	})
	if err != nil {
		return nil, err
	}
	tables := []struct {
		name, table, key string
		cols             []report.Column
	}{
		{"t3", "applications", "item", report.Applicants[:]},
		{"t4", "disputes", "route", report.DisputeResults[:]},
	}
	for _, t := range tables {
		err := eachRow(ctx, x, rowFigures(t.table, t.key, t.cols), []any{from, to}, 2+len(t.cols), func(row []any) {
			figures := p.of(row[0].(int64), l)
			item, _ := row[1].(string)
			for i, at := range l.row(t.name+"_"+item, t.cols) {
				if at >= 0 {
					figures[at] = row[2+i]
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// eachRow calls f with each row of a query; the slice is used again for the next.
func eachRow(ctx context.Context, x execer, query string, args []any, width int, f func(row []any)) error {
	rows, err := x.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	row, into := make([]any, width), make([]any, width)
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		f(row)
	}
	return rows.Err()
}

// fillWide builds report_wide and panel from the tidy tables of the same file.
func fillWide(ctx context.Context, x *sql.Tx) error {
	var last sql.NullInt64
	if err := x.QueryRowContext(ctx, "SELECT max(id) FROM reports").Scan(&last); err != nil {
		return err
	}
	var names, from []string
	for _, c := range headColumns {
		names, from = append(names, c.name), append(from, c.from)
	}
	wide, err := newFigureInsert(ctx, x, "report_wide", names, from, report.Codebook(), "")
	if err != nil {
		return err
	}
	defer wide.Close()
	panel, err := newFigureInsert(ctx, x, "panel",
		[]string{"agency_id", "scope", "report_year", "report_id", "agency", "region_code", "level"},
		[]string{"r.agency_id", "r.scope", "r.report_year", "r.id", "r.agency", "r.region_code", "r.level"},
		panelVars(), "AND r.report_year >= 2019")
	if err != nil {
		return err
	}
	defer panel.Close()

	l := newLayout(report.Codebook())
	blank := make([]any, l.width)
	for from := int64(1); from <= last.Int64; from += wideChunk {
		p, err := readPivot(ctx, x, l, from, from+wideChunk-1)
		if err != nil {
			return fmt.Errorf("pivot reports from %d: %w", from, err)
		}
		var ids []int64
		err = eachRow(ctx, x, "SELECT id FROM reports WHERE id BETWEEN ? AND ? AND is_preferred = 1 ORDER BY id",
			[]any{from, from + wideChunk - 1}, 1, func(row []any) { ids = append(ids, row[0].(int64)) })
		if err != nil {
			return err
		}
		for _, id := range ids {
			figures := p[id]
			if figures == nil {
				figures = blank
			}
			if err := wide.insert(ctx, id, l, figures); err != nil {
				return fmt.Errorf("report_wide %d: %w", id, err)
			}
			l.harmonise(figures)
			if err := panel.insert(ctx, id, l, figures); err != nil {
				return fmt.Errorf("panel %d: %w", id, err)
			}
		}
	}
	return nil
}

// harmonise adds other_total where only the three rows of the 2021 form are printed, and
// all three are numbers.
func (l layout) harmonise(figures []any) {
	totals := l.row("t3_other_total", report.Applicants[:])
	for i, at := range totals {
		if figures[at] != nil {
			continue
		}
		sum, numbers := int64(0), 0
		for _, item := range splitOther {
			if n, ok := figures[l.row("t3_"+item, report.Applicants[:])[i]].(int64); ok {
				sum += n
				numbers++
			}
		}
		if numbers == len(splitOther) {
			figures[at] = sum
		}
	}
}

// figureInsert inserts one row of a wide table: some columns straight from
// reports, the rest from a pivot.
type figureInsert struct {
	*sql.Stmt
	vars []string
	args []any
}

func newFigureInsert(ctx context.Context, x *sql.Tx, table string, head, from []string, vars []report.Var, and string) (*figureInsert, error) {
	names := make([]string, len(vars))
	for i, v := range vars {
		names[i] = v.Name()
	}
	query := fmt.Sprintf("INSERT INTO %s (%s) SELECT %s%s FROM reports r WHERE r.id = ? %s", table,
		strings.Join(append(head, names...), ", "), strings.Join(from, ", "), strings.Repeat(", ?", len(vars)), and)
	stmt, err := x.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", table, err)
	}
	return &figureInsert{Stmt: stmt, vars: names, args: make([]any, len(vars)+1)}, nil
}

func (f *figureInsert) insert(ctx context.Context, id int64, l layout, figures []any) error {
	for i, name := range f.vars {
		f.args[i] = figures[l.columns[name]]
	}
	f.args[len(f.vars)] = id
	_, err := f.ExecContext(ctx, f.args...)
	return err
}
