package extract

import (
	"slices"

	"crawl/internal/report"
)

// disputeColumn is one of the 15 columns of table 4.
type disputeColumn struct {
	route, result int // indexes into report.DisputeRoutes and report.DisputeResults
}

// Tokens of table 4's head; results are their index.
const (
	tokenReview     = 100 // 行政复议: one route
	tokenLitigation = 101 // 行政诉讼: two routes, named in a row below
	tokenDirect     = 102 // 未经复议直接起诉
	tokenAfter      = 103 // 复议后起诉
)

var disputeTokens = map[string]int{
	"行政复议": tokenReview, "行政诉讼": tokenLitigation, "未经复议直接起诉": tokenDirect, "复议后起诉": tokenAfter,
}

func readDisputes(t *table, r *report.Report) {
	l := newLedger(t)
	var values []disputeValues
	fault := ""
	for i := range t.parts {
		p := &t.parts[i]
		columns := []int{}
		headRow := -1
		for row := p.from; row < p.to; row++ {
			cells := p.rows[row]
			tokens, claimed := disputeHead(p.grid, cells)
			switch {
			case captionRow(p.grid, cells):
				l.claim(i, cells...)
			case len(tokens) > 0:
				l.claim(i, claimed...)
				if _, complete := disputeColumns(columns); complete && tokens[0] == tokenReview {
					columns = []int{} // the table once more
				}
				headRow = row
				if unknown := unknownBehind(p.grid, cells, claimed[0]); unknown != "" {
					fault = "a column label is not known: " + brief(unknown)
				}
				if columns = expandHead(columns, tokens); columns == nil {
					columns = []int{}
					fault = "the column labels are not those of the form"
				}
			case len(cells) == 0:
			case headRow >= 0:
				if _, complete := disputeColumns(columns); !complete && emptyRow(p.grid, cells) {
					continue // between the rows of the head
				}
				values = append(values, disputeValues{p, i, row, cells, columns, headRow})
			}
		}
	}
	chosen, why := chooseValues(values)
	if why == "" {
		why = fault
		for i := range values { // printed again, or empty: nothing new
			l.claim(values[i].part, values[i].cells...)
		}
	}
	if chosen == nil || why != "" || !chosen.fits() {
		if d, ok := placeDisputes(t); ok {
			d.read(l, r)
			l.audit(r)
			return
		}
	}
	readDisputeRow(chosen, why, l, r)
	l.audit(r)
}

// unknownBehind is the text of a cell behind the first label of a head's row that is
// no label of the form: perhaps of a column more.
func unknownBehind(g *Grid, cells []int, first int) string {
	for _, i := range cells {
		if i > first && g.Cells[i].Text != "" && disputeToken(&g.Cells[i]) < 0 {
			return g.Cells[i].Text
		}
	}
	return ""
}

// disputeValues is a candidate for the one value row of table 4.
type disputeValues struct {
	p       *part
	part    int
	row     int
	cells   []int
	columns []int
	headRow int
}

// whole: the row has a cell for each column.
func (v *disputeValues) whole() bool {
	columns, ok := disputeColumns(v.columns)
	return ok && len(columns) == len(v.cells)
}

// fits: the row can be read in the order of its head.
func (v *disputeValues) fits() bool {
	columns, ok := disputeColumns(v.columns)
	if ok {
		_, ok = valueCells(v.p, v.cells, len(columns), v.headRow)
	}
	return ok
}

// chooseValues takes the one row that shows something, or the first empty one, of
// those the one that has its cells.
func chooseValues(rows []disputeValues) (chosen *disputeValues, why string) {
	for i := range rows {
		v := &rows[i]
		switch {
		case emptyRow(v.p.grid, v.cells):
			if chosen == nil || emptyRow(chosen.p.grid, chosen.cells) && !chosen.whole() && v.whole() {
				chosen = v
			}
		case chosen == nil || emptyRow(chosen.p.grid, chosen.cells):
			chosen = v
		case !sameTexts(chosen, v):
			return chosen, "more than one row of numbers is printed"
		}
	}
	return chosen, ""
}

func sameTexts(a, b *disputeValues) bool {
	if len(a.cells) != len(b.cells) || !slices.Equal(a.columns, b.columns) {
		return false
	}
	for k := range a.cells {
		if a.p.grid.Cells[a.cells[k]].Text != b.p.grid.Cells[b.cells[k]].Text {
			return false
		}
	}
	return true
}

func readDisputeRow(v *disputeValues, why string, l *ledger, r *report.Report) {
	if v == nil {
		find(r, "row_missing", "t4", report.NotTestable, "the table has no row of numbers")
		return
	}
	var out [3]report.Dispute
	for i := range out {
		out[i].Route = report.DisputeRoutes[i].Code
		for j := range out[i].Cells {
			out[i].Cells[j] = unplaced(v.p, v.row)
		}
	}
	columns, ok := disputeColumns(v.columns)
	if !ok && why == "" {
		why = "the column labels are not complete"
	}
	values, fits := valueCells(v.p, v.cells, len(columns), v.headRow)
	if !fits && why == "" {
		why = "the row has not the number of cells its column labels promise"
	}
	l.claim(v.part, v.cells...)
	if why != "" {
		refuseRow(v.p, v.cells, "t4", why, r)
	} else {
		for k, c := range columns {
			d := &out[c.route]
			d.Cells[c.result], _ = readCell(v.p.grid, values[k], count, "t4", d.Route, report.DisputeResults[c.result].Code, r)
		}
	}
	r.Disputes = append(r.Disputes, out[:]...)
}

// disputeHead lists the head labels of a row in order; none for a value row.
func disputeHead(g *Grid, cells []int) (tokens, claimed []int) {
	for _, i := range cells {
		key := labelKey(g.Cells[i].Text)
		if t, ok := disputeTokens[key]; ok {
			tokens, claimed = append(tokens, t), append(claimed, i)
		} else if t := resultColumn(key); t >= 0 {
			tokens, claimed = append(tokens, t), append(claimed, i)
		}
	}
	return tokens, claimed
}

func resultColumn(key string) int {
	if t, ok := resultHeads[key]; ok {
		return t
	}
	if key == "合计" {
		return resultHeads["总计"]
	}
	if hanCount(key, 3) < 3 {
		return -1
	}
	return closest(key, resultWords, 0.75)
}

// expandHead puts the labels of the next head row in place of those they stand
// under: the two kinds of litigation under 行政诉讼, five results under each route.
// nil when the labels do not fit.
func expandHead(columns, tokens []int) []int {
	if len(columns) == 0 {
		return tokens
	}
	var out []int
	take := func(n int, ok func(int) bool) bool {
		if len(tokens) < n {
			return false
		}
		for _, t := range tokens[:n] {
			if !ok(t) {
				return false
			}
		}
		out = append(out, tokens[:n]...)
		tokens = tokens[n:]
		return true
	}
	isResult := func(t int) bool { return t < tokenReview }
	isKind := func(t int) bool { return t == tokenDirect || t == tokenAfter }
	for i, c := range columns {
		out = append(out, c)
		switch c {
		case tokenLitigation:
			if take(2, isKind) {
				out = append(out[:len(out)-3], out[len(out)-2:]...) // the kinds replace it
			}
		case tokenReview, tokenDirect, tokenAfter:
			if i+1 == len(columns) || columns[i+1] >= tokenReview { // not expanded yet
				take(len(report.DisputeResults), isResult)
			}
		}
	}
	if len(tokens) > 0 {
		return nil
	}
	return out
}

// disputeColumns reads an expanded head: each route followed by its five results.
func disputeColumns(tokens []int) ([]disputeColumn, bool) {
	route := -1
	seen := map[disputeColumn]bool{}
	var out []disputeColumn
	for _, t := range tokens {
		switch t {
		case tokenReview:
			route = 0
		case tokenDirect:
			route = 1
		case tokenAfter:
			route = 2
		case tokenLitigation:
			return nil, false
		default:
			c := disputeColumn{route, t}
			if route < 0 || seen[c] {
				return nil, false
			}
			seen[c] = true
			out = append(out, c)
		}
	}
	return out, len(out) == len(report.DisputeRoutes)*len(report.DisputeResults)
}
