package extract

import "slices"

// slotLimit bounds the memory a table's spans can ask for; the widest official
// table has 15 columns and four rows.
const slotLimit = 1 << 20

// layout gives every cell its place by HTML's table algorithm: cells fill the free
// slots of their row from the left, row spans reach down into following rows. rows
// holds the cells in order with their printed spans; ends[r] is the row behind the
// last one of r's row group, which no row span crosses.
func layout(index int, rows [][]GridCell, ends []int) *Grid {
	g := &Grid{Index: index, Rows: len(rows)}
	spansOK := place(g, rows, ends, true)
	if !spansOK {
		g.Cols = 0
		place(g, rows, ends, false)
	}
	g.rows = g.dropRowNumbers(g.rowCells())
	if g.Rows*g.Cols > slotLimit { // absurdly ragged: cells stay readable in order, At knows none
		return g
	}
	g.slots = make([]int32, g.Rows*g.Cols)
	for i := range g.Cells {
		c := &g.Cells[i]
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			for k := c.Col; k < c.Col+c.ColSpan; k++ {
				if slot := &g.slots[r*g.Cols+k]; *slot == 0 {
					*slot = int32(i + 1)
				}
			}
		}
	}
	return g
}

// place fills g.Cells and g.Cols; false when the table would be too large.
func place(g *Grid, rows [][]GridCell, ends []int, spans bool) bool {
	var until []int // per column: the first row that is free again
	cells := 0
	for _, row := range rows {
		cells += len(row)
	}
	g.Cells = slices.Grow(g.Cells[:0], cells)
	for r, row := range rows {
		col := 0
		for _, c := range row {
			for col < len(until) && until[col] > r {
				col++
			}
			c.Row, c.Col = r, col
			c.ColSpan, c.RowSpan = clampSpans(c, r, ends[r], spans)
			for k := col; k < col+c.ColSpan; k++ {
				for len(until) <= k {
					until = append(until, 0)
				}
				until[k] = max(until[k], r+c.RowSpan)
			}
			col += c.ColSpan
			g.Cols = max(g.Cols, col)
			g.Cells = append(g.Cells, c)
			if g.Cols*len(rows) > slotLimit {
				return !spans
			}
		}
	}
	return true
}

func clampSpans(c GridCell, row, end int, spans bool) (cols, rows int) {
	if !spans {
		return 1, 1
	}
	cols = min(max(c.ColSpan, 1), 1000) // colspan=0 is 1, and HTML's upper bound
	rows = c.RowSpan
	if rows == 0 { // to the end of the row group
		rows = end - row
	}
	return cols, min(max(rows, 1), end-row)
}

// rowCells returns the indexes of the cells that start in a row, from left to right.
func (g *Grid) rowCells() [][]int {
	out, all := make([][]int, g.Rows), make([]int, len(g.Cells))
	from := 0
	for i := range g.Cells {
		all[i] = i
		if end := i + 1; end == len(g.Cells) || g.Cells[end].Row != g.Cells[i].Row {
			out[g.Cells[i].Row] = all[from:end:end]
			from = end
		}
	}
	return out
}
