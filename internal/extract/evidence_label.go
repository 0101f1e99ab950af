package extract

import (
	"strings"

	"crawl/internal/report"
)

// cellsAcross are the cells that cover a row, from left to right.
func cellsAcross(g *Grid, row int) []*GridCell {
	var out []*GridCell
	for col := 0; col < g.Cols; col++ {
		if c := g.At(row, col); c != nil && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
	}
	return out
}

func (e *Evidence) isValue(g *Grid, c *GridCell) bool {
	return e.taken[report.Place{Table: g.Index, Row: c.Row, Col: c.Col}]
}

// rowLabel joins the cells to the left of a value that are no values.
func (e *Evidence) rowLabel(g *Grid, at report.Place) string {
	var out []string
	for _, c := range cellsAcross(g, at.Row) {
		if c.Col >= at.Col {
			break
		}
		if !e.isValue(g, c) && c.Text != "" {
			out = append(out, oneLine(c.Text))
		}
	}
	return strings.Join(out, " / ")
}

// columnHead joins the labels that stand above a value. The spans of a head often
// disagree with those of the rows below it, and then another column's label stands
// there: such a label is left for the nearest one that means the cell's column. A
// label of table 2 that is cut short or misprinted means none, and then what stands
// right above is what there is.
func (e *Evidence) columnHead(g *Grid, c *placedCell) string {
	at := c.cell.At
	above := e.headsAbove(g, at)
	if c.table == "statistics" {
		return strings.Join(texts(above), " / ")
	}
	if len(above) > 0 && c.means(above[len(above)-1].Text) {
		return strings.Join(texts(above), " / ")
	}
	for row := at.Row - 1; row >= 0; row-- {
		var meant []*GridCell
		for _, cell := range cellsAcross(g, row) {
			if cell.Row == row && !e.isValue(g, cell) && c.means(cell.Text) {
				meant = append(meant, cell)
			}
		}
		switch {
		case len(meant) == 1:
			return oneLine(meant[0].Text)
		case len(meant) > 1: // table 4 repeats its columns for every route
			return oneLine(meant[min(c.group, len(meant)-1)].Text)
		}
	}
	if c.table == "t2" && len(above) > 0 {
		return oneLine(above[len(above)-1].Text)
	}
	return ""
}

// headsAbove is the nearest run of cells above a value that are no values and do
// not reach over the whole table, from above.
func (e *Evidence) headsAbove(g *Grid, at report.Place) []*GridCell {
	var run []*GridCell
	for row := at.Row - 1; row >= 0; row-- {
		c := g.At(row, at.Col)
		if c == nil || len(run) > 0 && run[0] == c {
			continue
		}
		if e.isValue(g, c) || c.ColSpan == g.Cols || c.Text == "" {
			if len(run) > 0 {
				break
			}
			continue
		}
		run = append([]*GridCell{c}, run...)
	}
	return run
}

// means says whether a printed column label is that of the cell's column.
func (c *placedCell) means(label string) bool {
	key := labelKey(label)
	switch c.table {
	case "t2":
		return measureOf(key) == c.col
	case "t3":
		return applicantColumn(key) == c.column
	default:
		return resultColumn(key) == c.column
	}
}

func texts(cells []*GridCell) []string {
	var out []string
	for _, c := range cells {
		out = append(out, oneLine(c.Text))
	}
	return out
}

// oneLine joins the lines of a label, which portals break to fit a column.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", "") }
