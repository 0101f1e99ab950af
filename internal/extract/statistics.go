package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

// readStatistics finds the statistical tables of a report, chooses their forms and
// reads them. It comes after the header, since tables with a column for each of
// several years can be told apart by the report's year only. official are the grids
// of tables 2 to 4.
func readStatistics(blocks []Block, official map[*Grid]bool, r *report.Report) {
	tables, other := statisticsTables(blocks, official)
	for _, t := range tables {
		form := readTable(t, r)
		if r.FormStatistics == "" || r.FormStatistics == report.FormLocal {
			r.FormStatistics = form
		}
	}
	if r.FormStatistics == report.Form2014 {
		missingIndicators(r)
	}
	if other && r.FormStatistics == "" {
		r.FormStatistics = report.FormOther
		find(r, "form_unread", "statistics", report.NotTestable, "a table of indicators has none that is known")
	}
	if n := indicatorLines(blocks); len(tables) == 0 && n >= fewestUnderOther {
		find(r, "form_unread", "statistics", report.NotTestable, fmt.Sprintf("%d lines of text begin with indicators, in no table that is known", n))
	}
}

// withoutFigure is a line without the figures and units that follow its label.
func withoutFigure(s string) string {
	const figures, marks = " \t\n\f\r0123456789.,", " \t\n\f\r0123456789.,:：，|｜│"
	label := strings.TrimRight(s, marks)
	if strings.Trim(s[len(label):], figures) != "" {
		return label
	}
	unit := ""
	for _, u := range unitWords {
		if len(u) > len(unit) && strings.HasSuffix(label, u) {
			unit = u
		}
	}
	if unit == "" {
		return label
	}
	return strings.TrimRight(strings.TrimSuffix(label, unit), marks)
}

// mostIndicatorHan is the length of the longest indicator without its explanation,
// with room for ordinals, 其中 and 总数量.
var mostIndicatorHan = func() int {
	n := 0
	for key := range indicators2014 {
		n = max(n, utf8.RuneCountInString(key))
	}
	for key := range indicatorVariants {
		n = max(n, utf8.RuneCountInString(key))
	}
	return n + 12
}()

var unitWords = strings.Split(strings.Trim(units, "()"), "|")

// indicatorLines counts the indicators that lines of text begin with: a table printed
// without units or borders, of which its rows are not certain.
func indicatorLines(blocks []Block) int {
	met := map[string]bool{}
	for _, b := range blocks {
		if b.Grid != nil || b.Image || len(b.Text) > longestLine/4 {
			continue
		}
		label := strings.TrimSpace(withoutFigure(b.Text))
		if n := hanCount(label, mostIndicatorHan+1); n < 4 || n > mostIndicatorHan && !strings.ContainsFunc(label, bracketed) {
			continue
		}
		if code := statisticsItem(statisticsKey(label), ""); code != "" {
			met[code] = true
		}
	}
	return len(met)
}

// missingIndicators reports the rows of the table of 2014 that are not printed, or
// not known by what is left of their labels.
func missingIndicators(r *report.Report) {
	for _, row := range report.StatisticRows {
		if !slices.ContainsFunc(r.Statistics, func(s report.Statistic) bool { return s.Item == row.Code }) {
			find(r, "row_missing", "statistics."+row.Code, report.NotTestable, "the row "+row.Label+" is not printed")
		}
	}
}

// Enough sure labels that a table is one of statistics on disclosure: under a head
// that names indicators and units, and under any other head.
const (
	fewestIndicators = 3
	fewestUnderOther = 6
)

// statisticsGrid is a grid that may be a statistical table or a part of one.
type statisticsGrid struct {
	part
	headed     bool            // it has a head
	indicators bool            // the head names indicators or units
	items      map[string]bool // whose labels it prints word for word
	behind     bool            // the grid before it may be one too
}

func (c *statisticsGrid) proven() bool {
	return len(c.items) >= fewestUnderOther || c.headed && c.indicators && len(c.items) >= fewestIndicators
}

// statisticsTables are the tables of a page whose labels are those of statistics on
// disclosure. What a page break cut off counts when it follows its table and goes on
// with other labels, under the same head or without one. Beside such a table one sure
// indicator is enough, or the same head over matters of disclosure: local forms print
// a small table for each matter. other says that a table of indicators is there of
// which none is known.
func statisticsTables(blocks []Block, official map[*Grid]bool) (tables []*table, other bool) {
	grids := statisticsGrids(blocks, official)
	proven := slices.ContainsFunc(grids, func(c statisticsGrid) bool { return c.proven() })
	for i := range grids {
		c := &grids[i]
		n := len(tables)
		switch {
		case n > 0 && c.behind && c.goesOn(tables[n-1]):
			tables[n-1].parts = append(tables[n-1].parts, c.part)
		case c.proven(), proven && c.headed && c.indicators && (len(c.items) > 0 || c.sibling(grids)):
			tables = append(tables, &table{name: "statistics", parts: []part{c.part}})
		case c.headed && len(c.items) == 0 && namesIndicators(c.grid, c.rows[c.from], "统计指标", "指标名称"):
			other = true
		}
	}
	return tables, other
}

// sibling: c has the head of a proven grid and two labels on matters of disclosure.
func (c *statisticsGrid) sibling(grids []statisticsGrid) bool {
	labels := 0
	for _, row := range c.rows[c.from:c.to] {
		if slices.ContainsFunc(row, func(i int) bool { return matters.MatchString(c.grid.Cells[i].Text) }) {
			labels++
		}
	}
	return labels >= 2 && slices.ContainsFunc(grids, func(o statisticsGrid) bool {
		return o.proven() && o.headed && sameRow(o.grid, o.rows[o.from], c.grid, c.rows[c.from])
	})
}

// matters of disclosure that local forms count and the table of 2014 does not.
var matters = regexp.MustCompile(`咨询|查阅|接待|申请|公开|申诉`)

// statisticsGrids are the grids with a head of statistics, or a sure indicator.
func statisticsGrids(blocks []Block, official map[*Grid]bool) []statisticsGrid {
	var out []statisticsGrid
	behind := false
	for _, b := range blocks {
		switch {
		case b.Grid == nil:
			continue
		case official[b.Grid]:
			behind = false
			continue
		}
		c := newStatisticsGrid(b.Grid)
		if !c.headed && len(c.items) == 0 {
			behind = false
			continue
		}
		c.behind = behind
		out = append(out, c)
		behind = true
	}
	return out
}

// newStatisticsGrid takes a grid from its head on: a title and the organ's name above it
// are no part of the table.
func newStatisticsGrid(g *Grid) statisticsGrid {
	c := statisticsGrid{part: part{table: "statistics", grid: g, rows: g.rows, to: g.Rows}}
	if head := slices.IndexFunc(c.rows, func(cells []int) bool { return statisticsHeadRow(g, cells) }); head >= 0 {
		c.from, c.headed = head, true
		c.indicators = namesIndicators(g, c.rows[head])
	} else {
		for c.from < c.to-1 && filled(g, c.rows[c.from]) < 2 {
			c.from++
		}
	}
	c.items = sureItems(&c.part)
	return c
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

// goesOn: c continues a table, with labels that the table did not have yet.
func (c *statisticsGrid) goesOn(t *table) bool {
	last := &t.parts[len(t.parts)-1]
	if c.grid.Cols != last.grid.Cols || len(c.items) == 0 || c.headed && !sameRow(last.grid, last.rows[last.from], c.grid, c.rows[c.from]) {
		return false
	}
	for i := range t.parts {
		for code := range sureItems(&t.parts[i]) {
			if c.items[code] {
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
			if text := p.grid.Cells[i].Text; hanCount(text, 2) == 2 && len(text) <= longestLabel {
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
