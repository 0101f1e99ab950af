package main

import (
	"fmt"
	"strings"
	"testing"

	"crawl/internal/demo"
	"crawl/internal/report"
)

// stored is a report's row and every stored cell, keyed t3.granted.total.
type stored struct {
	row   map[string]string
	cells map[string]storedCell
}

type storedCell struct {
	value string // "" for NULL
	state string
}

func one(t *testing.T, data, sql string) map[string]string {
	t.Helper()
	columns, rows, err := query(t.Context(), reportsPath(data), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	if len(rows) != 1 {
		return nil
	}
	row := map[string]string{}
	for i, c := range columns {
		row[c] = rows[0][i]
	}
	return row
}

func quoted(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// load reads one report as the published file has it.
func load(t *testing.T, data, url string) stored {
	t.Helper()
	s := stored{cells: map[string]storedCell{}}
	s.row = one(t, data, "SELECT * FROM reports WHERE is_current AND url = "+quoted(url))
	if s.row == nil {
		return s
	}
	id := s.row["id"]
	each := func(sql string, take func(row []string)) {
		_, rows, err := query(t.Context(), reportsPath(data), sql+" WHERE report_id = "+id)
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		for _, row := range rows {
			take(row)
		}
	}
	each("SELECT item, measure, value FROM disclosure", func(row []string) {
		s.cells["t2."+row[0]+"."+row[1]] = storedCell{value: row[2]}
	})
	wide := func(table, key string, columns []report.Column) {
		var names []string
		for _, c := range columns {
			names = append(names, c.Code)
		}
		each("SELECT "+key+", states, "+strings.Join(names, ", ")+" FROM "+table, func(row []string) {
			for i, name := range names {
				cell := storedCell{value: row[2+i], state: "n"}
				if row[1] != "" {
					cell.state = row[1][i : i+1]
				}
				s.cells[map[string]string{"applications": "t3.", "disputes": "t4."}[table]+row[0]+"."+name] = cell
			}
		})
	}
	wide("applications", "item", report.Applicants[:])
	wide("disputes", "route", report.DisputeResults[:])
	return s
}

// compareReport compares one report, every printed cell included.
func compareReport(t *testing.T, data string, truth demo.Truth) {
	t.Helper()
	s := load(t, data, truth.URL)
	if s.row == nil {
		t.Errorf("%s (%s): not in the published file", truth.URL, truth.Title)
		return
	}
	same := func(column, want string) {
		t.Helper()
		if got := s.row[column]; got != want {
			t.Errorf("%s (%s): %s is %q, the page prints %q", truth.URL, truth.Odd, column, got, want)
		}
	}
	same("title", truth.Title)
	same("agency", truth.Agency)
	same("report_year", fmt.Sprint(truth.Year))
	same("published_at", truth.Published)
	same("published_label", truth.PublishedLabel)
	same("views", truth.Views)
	same("views_state", string(truth.ViewsState))
	same("form_t2", truth.FormT2)
	same("form_t3", truth.FormT3)

	printed := map[string]bool{}
	for _, c := range truth.Cells {
		printed[c.Place()] = true
		got, ok := s.cells[c.Place()]
		if want := plainNumber(c.Raw); !ok || got.value != want {
			t.Errorf("%s (%s): %s is %q (stored: %v), the page prints %q", truth.URL, truth.Odd, c.Place(), got.value, ok, c.Raw)
		}
	}
	for place, cell := range s.cells {
		if !printed[place] && cell.value != "" {
			t.Errorf("%s (%s): %s = %q is invented", truth.URL, truth.Odd, place, cell.value)
		}
	}
}

// plainNumber reads a printed cell by itself, so that the comparison does not lean
// on the reader it judges.
func plainNumber(raw string) string {
	raw = strings.NewReplacer(",", "", "，", "", "\u00a0", "", " ", "").Replace(raw)
	raw = strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return '0' + r - '０'
		}
		return r
	}, raw)
	for _, unit := range []string{"万元", "元", "件", "笔", "项"} {
		raw = strings.TrimSuffix(raw, unit)
	}
	raw, negative := strings.CutPrefix(raw, "-")
	raw = strings.TrimPrefix(raw, "+")
	if raw == "" || strings.Trim(raw, "0123456789.") != "" {
		return ""
	}
	if strings.Contains(raw, ".") {
		raw = strings.TrimRight(strings.TrimRight(raw, "0"), ".")
	}
	if negative && strings.Trim(raw, "0") != "" {
		raw = "-" + raw
	}
	return raw
}
