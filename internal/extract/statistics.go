package extract

import (
	"slices"

	"crawl/internal/report"
)

// Enough sure labels that a table is one of statistics on disclosure: under a head
// that names indicators and units, and under any other head.
const (
	fewestIndicators = 3
	fewestUnderOther = 6
)

// readStatistics finds the statistical tables of a report, chooses their forms and
// reads them. It comes after the header, since tables with a column for each of
// several years can be told apart by the report's year only.
func readStatistics(blocks []Block, r *report.Report) {
	for _, t := range statisticsTables(blocks) {
		form := readTable(t, r)
		if r.FormStatistics == "" || r.FormStatistics == report.FormLocal {
			r.FormStatistics = form
		}
	}
}

// statisticsTables are the tables of a page whose labels are those of statistics on
// disclosure. What a page break cut off counts when it follows its table and goes on
// with other labels, under the same head or without one.
func statisticsTables(blocks []Block) []*table {
	var tables []*table
	adjacent := false // the grid before this one was of the last table
	for _, b := range blocks {
		if b.Grid == nil {
			continue
		}
		p, headed := statisticsPart(b.Grid)
		items := sureItems(&p)
		switch {
		case len(partsOf(b.Grid)) > 0:
			adjacent = false
		case adjacent && goesOn(tables[len(tables)-1], &p, headed, items):
			last := tables[len(tables)-1]
			last.parts = append(last.parts, p)
		case len(items) >= fewestUnderOther, headed && len(items) >= fewestIndicators && namesIndicators(p.grid, p.rows[p.from]):
			tables = append(tables, &table{name: "statistics", parts: []part{p}})
			adjacent = true
		default:
			adjacent = false
		}
	}
	return tables
}

// statisticsPart is a grid from its head on: a title and the organ's name above it
// are no part of the table.
func statisticsPart(g *Grid) (p part, headed bool) {
	p = part{table: "statistics", grid: g, rows: g.dropRowNumbers(g.rowCells()), to: g.Rows}
	if head := slices.IndexFunc(p.rows, func(cells []int) bool { return statisticsHeadRow(g, cells) }); head >= 0 {
		p.from = head
		return p, true
	}
	for p.from < p.to-1 && filled(g, p.rows[p.from]) < 2 {
		p.from++
	}
	return p, false
}

// filled counts the cells of a row that show something.
func filled(g *Grid, cells []int) int {
	n := 0
	for _, i := range cells {
		if g.Cells[i].Text != "" || g.Cells[i].Image {
			n++
		}
	}
	return n
}

// goesOn: p continues a table with labels that the table did not have yet.
func goesOn(t *table, p *part, headed bool, items map[string]bool) bool {
	last := &t.parts[len(t.parts)-1]
	if p.grid.Cols != last.grid.Cols || len(items) == 0 || headed && !sameRow(last.grid, last.rows[last.from], p.grid, p.rows[p.from]) {
		return false
	}
	for i := range t.parts {
		for code := range sureItems(&t.parts[i]) {
			if items[code] {
				return false
			}
		}
	}
	return true
}

func sameRow(a *Grid, x []int, b *Grid, y []int) bool {
	return slices.EqualFunc(x, y, func(i, j int) bool { return fold(a.Cells[i].Text) == fold(b.Cells[j].Text) })
}

// sureItems are the items whose labels a part prints word for word.
func sureItems(p *part) map[string]bool {
	out := map[string]bool{}
	for r := p.from; r < p.to; r++ {
		for _, i := range p.rows[r] {
			if text := p.grid.Cells[i].Text; text != "" && len(text) <= longestLabel {
				if code := statisticsItem(statisticsKey(text), ""); code != "" {
					out[code] = true
				}
			}
		}
	}
	return out
}

// statisticsHits counts the rows of a table that have a label, the labels with a
// sure code, and those worded as in the table of 2014.
func statisticsHits(t *table) (rows, sure, own int) {
	for i := range t.parts {
		p := &t.parts[i]
		for r := p.from; r < p.to; r++ {
			if statisticsHeadRow(p.grid, p.rows[r]) {
				continue
			}
			labelled := false
			for _, i := range p.rows[r] {
				text := p.grid.Cells[i].Text
				if hanCount(text, 3) < 3 || len(text) > longestLabel {
					continue
				}
				labelled = true
				key := statisticsKey(text)
				if indicators2014[key] != nil {
					own++
				}
				if indicators2014[key] != nil || statisticsItem(key, "") != "" {
					sure++
				}
			}
			if labelled {
				rows++
			}
		}
	}
	return rows, sure, own
}
