package extract

import (
	"slices"
	"strings"

	"crawl/internal/report"
)

// statisticsRow is one row of figures with its cells in place.
type statisticsRow struct {
	labels []string // the label, in as many cells as it is printed in
	above  []string // labels of the merged cells it stands beside, outermost first
	cells  []int    // per column of the head
	unit   string   // of the unit column
}

// placeStatistics gives each column of the head its cell in a row: by the grid where
// the spans agree, else by order, counted from the end of the row. Either must leave
// no cell over and put only figures where figures are announced.
func placeStatistics(p *part, row int, cells []int, group *columnGroup) (statisticsRow, bool) {
	if found, ok := placeByGrid(p, row, cells, group); ok {
		return found, true
	}
	return placeByOrder(p, row, cells, group)
}

func placeByGrid(p *part, row int, cells []int, group *columnGroup) (found statisticsRow, ok bool) {
	g := p.grid
	for _, col := range group.columns {
		at := -1
		for c := col.from; c < col.to; c++ {
			i := g.index(row, c)
			if i < 0 || i == at || at >= 0 && g.Cells[i].Text == "" {
				continue
			}
			if at >= 0 && g.Cells[at].Text != "" {
				return found, false // two cells under one label
			}
			at = i
		}
		if at < 0 || slices.Contains(found.cells, at) { // one cell under two labels
			return found, false
		}
		found.cells = append(found.cells, at)
	}
	for _, i := range cells {
		c := &g.Cells[i]
		switch {
		case slices.Contains(found.cells, i):
		case c.Text == "" && !c.Image && !(group.ambiguous() && c.Col >= group.values && !underColumn(c, group)):
		case c.Col+c.ColSpan <= group.numbers && hanCount(c.Text, 1) == 0: // numbers the row
		case c.Col+c.ColSpan <= group.values:
			found.label(c)
		default:
			return found, false
		}
	}
	return found, found.finish(p, row, group)
}

func placeByOrder(p *part, row int, cells []int, group *columnGroup) (found statisticsRow, ok bool) {
	n := len(group.columns)
	if len(cells) <= n {
		return found, false
	}
	found.cells = cells[len(cells)-n:]
	for _, i := range cells[:len(cells)-n] {
		if c := &p.grid.Cells[i]; c.Text != "" && !(c.Col+c.ColSpan <= group.numbers && hanCount(c.Text, 1) == 0) {
			found.label(c)
		}
	}
	return found, found.finish(p, row, group)
}

// underColumn: the cell stands under a label of a column.
func underColumn(c *GridCell, group *columnGroup) bool {
	return slices.ContainsFunc(group.columns, func(col statisticsColumn) bool {
		return c.Col >= col.from && c.Col+c.ColSpan <= col.to
	})
}

// label takes a label cell of the row. A cell that spans rows heads the labels to its
// right, and is one itself only if nothing follows.
func (f *statisticsRow) label(c *GridCell) {
	f.labels = append(f.labels, joinLines(strings.Split(c.Text, "\n")))
	if c.RowSpan > 1 {
		f.above = append(f.above, f.labels...)
		f.labels = nil
	}
}

// finish looks up the labels above and says whether the cells can be what the head
// says they are.
func (f *statisticsRow) finish(p *part, row int, group *columnGroup) bool {
	g := p.grid
	var above []string
	last := -1
	for c := group.from; c < group.values; c++ {
		if i := g.index(row, c); i >= 0 && i != last && g.Cells[i].Row < row && g.Cells[i].Row >= p.from && g.Cells[i].Text != "" {
			above = append(above, joinLines(strings.Split(g.Cells[i].Text, "\n")))
			last = i
		}
	}
	f.above = append(above, f.above...)
	if len(f.labels) == 0 { // the cell that spans rows is the label of its first row
		if n := len(f.above); n > len(above) {
			f.labels, f.above = f.above[n-1:], f.above[:n-1]
		} else {
			return false
		}
	}
	if hanCount(strings.Join(f.labels, ""), 2) < 2 && !totals[fold(strings.Join(f.labels, ""))] {
		return false
	}
	for _, text := range f.labels {
		if readNumber(text, money).state == report.Number || isUnit(text) { // the row has shifted
			return false
		}
	}
	for k, col := range group.columns {
		c := &g.Cells[f.cells[k]]
		switch col.role {
		case roleUnit:
			if readNumber(c.Text, money).state == report.Number || hanCount(c.Text, 5) == 5 {
				return false
			}
			if readNumber(c.Text, money).state == report.Text {
				f.unit = strings.Trim(strings.Join(strings.Fields(c.Text), ""), "()（）")
			}
		case roleYear, roleSince, rolePeriod, roleUnknown:
			if c.Row != row || c.RowSpan > 1 || hanCount(c.Text, 5) == 5 || isUnit(c.Text) { // one figure for several rows, a label, or shifted
				return false
			}
		}
	}
	return true
}

// blank: no figure is printed.
func (f *statisticsRow) blank(p *part, group *columnGroup) bool {
	for k, col := range group.columns {
		if col.period == "" {
			continue
		}
		switch c := &p.grid.Cells[f.cells[k]]; readNumber(c.Text, money).state {
		case report.Blank, report.Dash, report.Slash:
			if c.Image {
				return false
			}
		default:
			return false
		}
	}
	return true
}
