package extract

import (
	"slices"
	"strconv"
	"strings"
)

// rowNumberHeads are the labels of a column that numbers a table's rows.
var rowNumberHeads = map[string]bool{
	"序号": true, "代码": true, "编号": true, "行次": true, "行号": true, "指标代码": true, "项目代码": true, "序": true,
}

// fewestRowNumbers is how many numbers in a row prove a column without a label of
// its own to be one of row numbers.
const fewestRowNumbers = 5

// dropRowNumbers takes the columns that number the rows out of rows: what they print
// is no value and no label. A column is one only if every number in it is one more
// than the number above it; under a label that says so three are enough, without a
// label it must be the first column and start at one.
func (g *Grid) dropRowNumbers(rows [][]int) [][]int {
	columns := make([]columnCount, g.Cols)
	for _, row := range rows {
		for _, i := range row {
			columns[g.Cells[i].Col].take(g.Cells[i].Text)
		}
	}
	numbers := func(col int) bool {
		c := &columns[col]
		return !c.broken && (c.named && c.n >= 3 || col == 0 && c.n >= fewestRowNumbers)
	}
	none := true
	for col := range columns {
		none = none && !numbers(col)
	}
	if none {
		return rows
	}
	out := make([][]int, len(rows))
	for r, row := range rows {
		out[r] = slices.DeleteFunc(slices.Clone(row), func(i int) bool { return numbers(g.Cells[i].Col) && g.isRowNumber(i) })
	}
	return out
}

// columnCount follows the numbers of a column, from above.
type columnCount struct {
	last, n int
	named   bool // a label over row numbers stands among them
	broken  bool // they do not count up by one
}

func (c *columnCount) take(text string) {
	text = strings.TrimSpace(narrow(text))
	v, number := rowNumber(text)
	switch {
	case c.broken:
	case !number:
		c.named = c.named || isRowNumberHead(text)
	case v < 1 || v != c.last+1:
		c.broken = true
	default:
		c.last = v
		c.n++
	}
}

// isRowNumber: the cell is a number, or the label over such a column.
func (g *Grid) isRowNumber(i int) bool {
	text := strings.TrimSpace(narrow(g.Cells[i].Text))
	_, number := rowNumber(text)
	return number || isRowNumberHead(text)
}

func rowNumber(text string) (v int, ok bool) {
	if text == "" || !isDigit(rune(text[0])) && text[0] != '+' && text[0] != '-' { // most cells
		return 0, false
	}
	v, err := strconv.Atoi(text)
	return v, err == nil
}

func isRowNumberHead(text string) bool {
	const longest = 16 // bytes; most cells are longer or numbers, and need no folding
	return len(text) <= longest && rowNumberHeads[fold(text)]
}
