package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"crawl/internal/db"
	"crawl/internal/report"
)

// stateWords explain the letters that stand for a number that is not there.
var stateWords = []struct {
	state report.State
	words string
}{
	{report.Blank, "blank"}, {report.Dash, "a dash"}, {report.Slash, "a slash"}, {report.Text, "text"},
	{report.Absent, "not printed"}, {report.Image, "a picture"}, {report.Unparsed, "not read as a number"},
}

var codebook = sync.OnceValue(report.Codebook)

// tableTitle prints a table's heading, or why there is no table, and says which.
func tableTitle(w io.Writer, no, form string, rows int) bool {
	switch {
	case form == "":
		fmt.Fprintf(w, "\nTable %s: the page has none that was recognised\n", no)
	case form == report.FormOther:
		fmt.Fprintf(w, "\nTable %s: of a form that is not read\n", no)
	default:
		fmt.Fprintf(w, "\nTable %s (form %s)\n", no, form)
	}
	return rows > 0
}

// labelOf is the codebook's label of a row (column "") or of a cell.
func labelOf(table, item, col string) string {
	for _, v := range codebook() {
		if v.Table == table && v.Item == item && (col == "" || v.Col == col) {
			if i := strings.LastIndex(v.LabelZH, " / "); col == "" && i >= 0 {
				return v.LabelZH[:i]
			}
			return v.LabelZH
		}
	}
	return ""
}

func printDisclosure(w io.Writer, s db.Stored) {
	if !tableTitle(w, "2", s.Report.Text("form_t2"), len(s.Disclosure)) {
		return
	}
	var rows [][]string
	for _, v := range codebook() { // in the form's order
		if v.Table != "t2" {
			continue
		}
		i := slices.IndexFunc(s.Disclosure, func(d db.Record) bool { return d.Text("item") == v.Item && d.Text("measure") == v.Col })
		if i < 0 {
			continue
		}
		d := s.Disclosure[i]
		value := d.Text("value")
		if value == "" { // the row does not say why: blank, not printed, a picture
			value = "(" + known(d.Text("raw"), "no number") + ")"
		}
		wan := ""
		if d.Value("value_wan") != nil {
			wan = "= " + d.Text("value_wan") + " 万元"
		}
		rows = append(rows, []string{v.Item + "." + v.Col, cut(v.LabelZH, 46), cut(value, 16), d.Text("unit"), wan})
	}
	grid(w, []string{"", "", "", "", ""}, rows, 2)
}

func printStatistics(w io.Writer, s db.Stored) {
	if len(s.Statistics) == 0 {
		return
	}
	fmt.Fprintf(w, "\nStatistics (form %s)\n", s.Report.Text("form_statistics"))
	var rows [][]string
	for _, d := range s.Statistics {
		value := d.Text("value")
		if value == "" {
			value = "(" + known(d.Text("raw"), "no number") + ")"
		}
		rows = append(rows, []string{known(d.Text("item"), "-"), cut(d.Text("label"), 44), d.Text("period"), cut(value, 12), d.Text("unit")})
	}
	grid(w, []string{"", "", "", "", ""}, rows, 3)
}

// grid prints rows in columns; numeric is the column that is set to the right.
func grid(w io.Writer, columns []string, rows [][]string, numeric int) {
	widths := make([]int, len(columns))
	for _, row := range append([][]string{columns}, rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	for _, row := range rows {
		var line []string
		for i, cell := range row {
			if i == numeric {
				line = append(line, padLeft(cell, widths[i]))
			} else {
				line = append(line, padRight(cell, widths[i]))
			}
		}
		fmt.Fprintln(w, strings.TrimRight(strings.Join(line, "  "), " "))
	}
}

// printCounts prints table 3 or 4: codes and Chinese labels on the left, the columns'
// labels above, two characters a line.
func printCounts(w io.Writer, no, form, name string, rows []db.Record, key string, columns []report.Column) {
	if !tableTitle(w, no, form, len(rows)) {
		return
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b db.Record) int { return order(name, a.Text(key)) - order(name, b.Text(key)) })
	codeWidth, longest, widths := 0, 0, make([]int, len(columns))
	used := map[report.State]bool{}
	values, labels := make([][]string, len(rows)), make([]string, len(rows))
	for i, row := range rows {
		codeWidth = max(codeWidth, columnsOf(row.Text(key)))
		labels[i] = labelOf(name, row.Text(key), "")
		if k := strings.LastIndex(labels[i], " / "); k >= 0 { // the group stands in the code
			labels[i] = labels[i][k+len(" / "):]
		}
		longest = max(longest, columnsOf(labels[i]))
		for j, c := range columns {
			v := row.Text(c.Code)
			if v == "" {
				state := stateAt(row, j)
				used[state] = true
				v = "(" + string(rune(state)) + ")"
			}
			values[i] = append(values[i], v)
			widths[j] = max(widths[j], columnsOf(v), 4)
		}
	}
	labelWidth := pageWidth - codeWidth - 1
	for _, n := range widths {
		labelWidth -= n + 1
	}
	labelWidth = max(min(labelWidth, longest), 0)
	for _, head := range heads(columns) {
		line := padRight("", codeWidth+1+labelWidth)
		for j, h := range head {
			line += " " + padLeft(h, widths[j])
		}
		fmt.Fprintln(w, strings.TrimRight(line, " "))
	}
	for i, row := range rows {
		line := padRight(row.Text(key), codeWidth) + " " + padRight(cut(labels[i], labelWidth), labelWidth)
		for j, v := range values[i] {
			line += " " + padLeft(v, widths[j])
		}
		fmt.Fprintln(w, line)
	}
	var legend []string
	for _, s := range stateWords {
		if used[s.state] {
			legend = append(legend, fmt.Sprintf("(%c) %s", s.state, s.words))
		}
	}
	if len(legend) > 0 {
		fmt.Fprintln(w, strings.Join(legend, ", "))
	}
}

// order is a row's place in the codebook.
func order(table, item string) int {
	return slices.IndexFunc(codebook(), func(v report.Var) bool { return v.Table == table && v.Item == item })
}

// stateAt is the state of a row's cell.
func stateAt(row db.Record, column int) report.State {
	if states := row.Text("states"); column < len(states) {
		return report.State(states[column])
	}
	return report.Number
}

// heads breaks column labels into lines of two characters, set at the bottom.
func heads(columns []report.Column) [][]string {
	var broken [][]string
	lines := 0
	for _, c := range columns {
		var parts []string
		for rs := []rune(c.Label); len(rs) > 0; {
			n := min(2, len(rs))
			parts, rs = append(parts, string(rs[:n])), rs[n:]
		}
		broken = append(broken, parts)
		lines = max(lines, len(parts))
	}
	out := make([][]string, lines)
	for i := range out {
		for _, parts := range broken {
			k := i - (lines - len(parts))
			if k < 0 {
				out[i] = append(out[i], "")
			} else {
				out[i] = append(out[i], parts[k])
			}
		}
	}
	return out
}
