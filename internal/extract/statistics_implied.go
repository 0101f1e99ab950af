package extract

import "crawl/internal/report"

// impliedHead finds the columns of a table of 2014 that is printed without its head:
// labels, units and one column of figures, as the contents show. That table prints
// the year's figures only; nil for any other.
func impliedHead(p *part) []columnGroup {
	t := &table{name: "statistics", parts: []part{*p}}
	if !detect2014(t) || p.grid.Cols < 3 {
		return nil
	}
	unit, figure := p.grid.Cols-2, p.grid.Cols-1
	units, numbers, rows := 0, 0, 0
	for r := p.from; r < p.to; r++ {
		u, f := p.grid.At(r, unit), p.grid.At(r, figure)
		if u == nil || f == nil || u == f {
			continue
		}
		rows++
		if isUnit(u.Text) {
			units++
		}
		if readNumber(f.Text, money).state == report.Number {
			numbers++
		}
	}
	if rows < fewestUnderOther || units*10 < rows*7 || numbers*10 < rows*6 {
		return nil
	}
	return []columnGroup{{to: p.grid.Cols, values: unit, columns: []statisticsColumn{
		{role: roleUnit, from: unit, to: unit + 1},
		{role: roleYear, from: figure, to: figure + 1, period: "year"},
	}}}
}
