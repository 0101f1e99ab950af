package extract

import (
	"fmt"
	"strings"

	"crawl/internal/report"
)

// ledger accounts for the cells of a table's parts: what no reader claims is a
// finding, so that nothing printed goes by unseen.
type ledger struct {
	table   *table
	claimed []map[int]bool // per part: indexes of cells
}

func newLedger(t *table) *ledger {
	l := &ledger{table: t, claimed: make([]map[int]bool, len(t.parts))}
	for i := range l.claimed {
		l.claimed[i] = map[int]bool{}
	}
	return l
}

func (l *ledger) claim(part int, cells ...int) {
	for _, c := range cells {
		l.claimed[part][c] = true
	}
}

// mostUnclaimed bounds the findings of one table: a foreign table glued to an
// official one need not be listed cell by cell.
const mostUnclaimed = 20

// audit reports every cell with something in it that was not claimed.
func (l *ledger) audit(r *report.Report) {
	left := 0
	for i, p := range l.table.parts {
		for row := p.from; row < p.to; row++ {
			for _, c := range p.rows[row] {
				cell := &p.grid.Cells[c]
				if l.claimed[i][c] || cell.Text == "" && !cell.Image {
					continue
				}
				if left++; left <= mostUnclaimed {
					find(r, "cell_unclaimed", l.table.name, report.NotTestable,
						fmt.Sprintf("nothing in the form accounts for %q in row %d of the page's table %d", brief(cell.Text), row+1, p.grid.Index+1))
				}
			}
		}
	}
	if left > mostUnclaimed {
		find(r, "cell_unclaimed", l.table.name, report.NotTestable,
			fmt.Sprintf("%d further cells are not accounted for", left-mostUnclaimed))
	}
}

// brief is a text short enough for a note.
func brief(s string) string {
	const most = 40
	rs := []rune(strings.ReplaceAll(s, "\n", " "))
	if len(rs) > most {
		return string(rs[:most]) + "…"
	}
	return string(rs)
}

// readCell reads a value cell, and notes what is odd about it under the codes of
// the form.
func readCell(g *Grid, index int, q quantity, tbl, item, col string, r *report.Report) (report.Cell, reading) {
	c := &g.Cells[index]
	at := report.Place{Table: g.Index, Row: c.Row, Col: c.Col}
	if c.Image {
		return report.Cell{State: report.Image, At: at}, reading{state: report.Image}
	}
	if c.Control {
		find(r, "cell_unparsed", tbl+"."+item+"."+col, report.NotTestable, "the cell is a form control that a script fills")
		return report.Cell{State: report.Unparsed, At: at}, reading{state: report.Unparsed}
	}
	read := readNumber(c.Text, q)
	cell := report.Cell{Raw: c.Text, State: read.state, At: at}
	if read.state == report.Number {
		cell.Value = &read.value
	}
	if read.worded {
		r.Remarks = append(r.Remarks, report.Remark{Table: tbl, Item: item, Col: col, State: read.state, Raw: c.Text})
	}
	switch {
	case read.fault != "":
		find(r, read.fault, tbl+"."+item+"."+col, report.Fail, fmt.Sprintf("%q cannot stand in this cell", c.Text))
	case read.state == report.Unparsed:
		find(r, "cell_unparsed", tbl+"."+item+"."+col, report.NotTestable, fmt.Sprintf("%q is not read as a number", brief(c.Text)))
	}
	return cell, read
}

// unplaced is a cell that is printed but cannot be assigned with certainty.
func unplaced(p *part, row int) report.Cell {
	return report.Cell{State: report.Unparsed, At: report.Place{Table: p.grid.Index, Row: row}}
}
