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
// disclosure. What a page break cut off has no head; it counts when it follows its
// table and has as many columns.
func statisticsTables(blocks []Block) []*table {
	var tables []*table
	for _, b := range blocks {
		if b.Grid == nil || len(partsOf(b.Grid)) > 0 {
			continue
		}
		p := part{table: "statistics", grid: b.Grid, rows: b.Grid.dropRowNumbers(b.Grid.rowCells()), to: b.Grid.Rows}
		head := slices.IndexFunc(p.rows, func(cells []int) bool { return statisticsHeadRow(b.Grid, cells) })
		sure := len(sureItems(&p))
		switch {
		case head >= 0:
			p.from = head // a title and the organ's name above it are no part of the table
			enough := fewestUnderOther
			if namesIndicators(b.Grid, p.rows[head]) {
				enough = fewestIndicators
			}
			if sure >= enough {
				tables = append(tables, &table{name: "statistics", parts: []part{p}})
			}
		case sure >= fewestIndicators && len(tables) > 0:
			last := tables[len(tables)-1]
			if last.parts[len(last.parts)-1].grid.Cols == b.Grid.Cols {
				last.parts = append(last.parts, p)
			}
		}
	}
	return tables
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
		for r := p.from + 1; r < p.to; r++ {
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
