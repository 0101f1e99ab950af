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
	columns := map[int][]int{} // grid column -> its cells
	for _, row := range rows {
		for _, i := range row {
			c := &g.Cells[i]
			columns[c.Col] = append(columns[c.Col], i)
		}
	}
	drop := map[int]bool{}
	for col, cells := range columns {
		if named, n := g.countsUp(cells); named && n >= 3 || col == 0 && n >= fewestRowNumbers {
			for _, i := range cells {
				if g.isRowNumber(i) {
					drop[i] = true
				}
			}
		}
	}
	if len(drop) == 0 {
		return rows
	}
	out := make([][]int, len(rows))
	for r, row := range rows {
		out[r] = slices.DeleteFunc(slices.Clone(row), func(i int) bool { return drop[i] })
	}
	return out
}

// countsUp counts the numbers of a column when they count up by one; 0 if they do not.
func (g *Grid) countsUp(cells []int) (named bool, n int) {
	last := 0
	for _, i := range cells {
		text := strings.TrimSpace(narrow(g.Cells[i].Text))
		v, err := strconv.Atoi(text)
		switch {
		case err != nil:
			named = named || isRowNumberHead(text)
		case v < 1 || v != last+1 && n > 0 || n == 0 && v != 1:
			return false, 0
		default:
			last = v
			n++
		}
	}
	return named, n
}

// isRowNumber: the cell is a number, or the label over such a column.
func (g *Grid) isRowNumber(i int) bool {
	text := strings.TrimSpace(narrow(g.Cells[i].Text))
	_, err := strconv.Atoi(text)
	return err == nil || isRowNumberHead(text)
}

func isRowNumberHead(text string) bool {
	const longest = 16 // bytes; most cells are longer or numbers, and need no folding
	return len(text) <= longest && rowNumberHeads[fold(text)]
}
