package extract

import (
	"fmt"
	"regexp"
	"slices"

	"crawl/internal/report"
)

// Tables 4 that are not printed in the form's order (turned, cut in two, with a column
// too many or too few) are read by the labels above and beside each value, which
// takes spans that agree: what stands under its label must be as wide as it is.

// disputePlacer gives the values of a table 4 their places by its grids.
type disputePlacer struct {
	placed map[disputeColumn]placedDispute
	order  [3][]int // results of each route as they come, reading on
	uses   map[*GridCell]int
	aside  bool // a column of none of the routes is left out
}

type placedDispute struct {
	p          *part
	part, cell int
}

// placeDisputes places all values of a table, or none.
func placeDisputes(t *table) (*disputePlacer, bool) {
	d := &disputePlacer{placed: map[disputeColumn]placedDispute{}, uses: map[*GridCell]int{}}
	for i := range t.parts {
		p := &t.parts[i]
		for row := p.from; row < p.to; row++ {
			if !d.row(i, p, row) {
				return nil, false
			}
		}
	}
	return d, len(d.placed) > 0 && d.regular(t)
}

// rowWords name the row of values and say nothing.
var rowWords = regexp.MustCompile(`^(本年度?|本年数|件数|数量|数|合计数量?)$`)

// row places the values of one row; false when a cell's place is in doubt. A row
// without a place for any of its cells is one of labels.
func (d *disputePlacer) row(part int, p *part, row int) bool {
	placed, left := 0, 0
	for _, i := range p.rows[row] {
		c := &p.grid.Cells[i]
		if disputeToken(c) >= 0 {
			continue
		}
		at, state := d.labelsOf(p, c)
		switch state {
		case disputeValue:
			if c.RowSpan > 1 || hanCount(c.Text, 4) == 4 {
				return false
			}
			old, again := d.placed[at]
			if again && old.p.grid.Cells[old.cell].Text != c.Text {
				return false
			}
			if !again {
				d.placed[at] = placedDispute{p, part, i}
				d.order[at.route] = append(d.order[at.route], at.result)
			}
			placed++
		case disputeAside:
			d.aside = true
		default:
			if c.Text != "" && (c.Image || readNumber(c.Text, count).state != report.Text) || placed > 0 {
				return false
			}
			left++
		}
	}
	return placed == 0 || left == 0 || rowWords.MatchString(labelKey(p.grid.Cells[p.rows[row][0]].Text))
}

const (
	disputeDoubt = iota
	disputeValue
	disputeAside
)

// labelsOf looks for the one route and the one result that stand above a cell and
// beside it.
func (d *disputePlacer) labelsOf(p *part, c *GridCell) (at disputeColumn, state int) {
	var found []*GridCell
	add := func(o *GridCell) { // spans are met more than once
		if !slices.Contains(found, o) {
			found = append(found, o)
		}
	}
	for _, col := range []int{c.Col, c.Col + c.ColSpan - 1} {
		seen := false
		for r := c.Row - 1; r >= p.from; r-- {
			o := p.grid.At(r, col)
			if o == nil || captionRow(p.grid, p.rows[o.Row]) {
				continue
			}
			label := disputeToken(o) >= 0 || isAside(labelKey(o.Text))
			if !label && seen { // the values of another block
				break
			}
			if label || hanCount(o.Text, 2) == 2 {
				add(o)
			}
			seen = seen || label
		}
	}
	for col := range c.Col {
		if o := p.grid.At(c.Row, col); o != nil && (disputeToken(o) >= 0 || hanCount(o.Text, 2) == 2 && !rowWords.MatchString(labelKey(o.Text))) {
			add(o)
		}
	}
	route, result, litigation := -1, -1, false
	for _, o := range found {
		aside := isAside(labelKey(o.Text))
		switch token := disputeToken(o); {
		case token == tokenLitigation:
			litigation = true
		case token >= tokenReview:
			which := map[int]int{tokenReview: 0, tokenDirect: 1, tokenAfter: 2}[token]
			if route >= 0 {
				return at, disputeDoubt
			}
			route = which
		case token >= 0:
			if result >= 0 || !alongside(o, c) {
				return at, disputeDoubt
			}
			result = token
		case aside && len(found) == 1 && alongside(o, c):
			d.uses[o]++
			return at, disputeAside
		default:
			return at, disputeDoubt
		}
	}
	switch {
	case route >= 0 && result >= 0 && litigation == (route > 0):
		for _, o := range found {
			d.uses[o]++
		}
		return disputeColumn{route, result}, disputeValue
	case len(found) == 1 && result == resultHeads["总计"] && found[0].RowSpan > 1 && found[0].Row < c.Row:
		d.uses[found[0]]++
		return at, disputeAside // the sum of all routes
	}
	return at, disputeDoubt
}

// alongside: the cell stands exactly under its label, or exactly beside it.
func alongside(label, c *GridCell) bool {
	if label.Row == c.Row {
		return label.RowSpan == c.RowSpan
	}
	return label.Col == c.Col && label.ColSpan == c.ColSpan
}

func disputeToken(c *GridCell) int {
	key := labelKey(c.Text)
	if token, ok := disputeTokens[key]; ok {
		return token
	}
	return resultColumn(key)
}

// regular: every label has values, those of results and of columns beside them equally
// many, and each route prints its results in the order of the others.
func (d *disputePlacer) regular(t *table) bool {
	for i := range t.parts {
		p, each := &t.parts[i], 0
		for row := p.from; row < p.to; row++ {
			for _, cell := range p.rows[row] {
				c := &p.grid.Cells[cell]
				token, n := disputeToken(c), d.uses[c]
				switch {
				case token < 0 && !isAside(labelKey(c.Text)), token == tokenLitigation:
				case n == 0, token < tokenReview && each > 0 && n != each:
					return false
				case token < tokenReview:
					each = n
				}
			}
		}
	}
	const fewestResults = 4
	longest := slices.MaxFunc(d.order[:], func(a, b []int) int { return len(a) - len(b) })
	for _, order := range d.order {
		if n := len(order); n > 0 && n < fewestResults {
			return false
		}
		rest := longest
		for _, result := range order {
			k := slices.Index(rest, result)
			if k < 0 {
				return false
			}
			rest = rest[k+1:]
		}
	}
	return true
}

// read enters the placed values.
func (d *disputePlacer) read(l *ledger, r *report.Report) {
	if d.aside {
		find(r, "column_unread", "t4", report.NotTestable, "the table has columns beside those of the form: a sum of all, another year or remarks")
	}
	for i, route := range report.DisputeRoutes {
		out := report.Dispute{Route: route.Code}
		for j, result := range report.DisputeResults {
			at, ok := d.placed[disputeColumn{i, j}]
			if !ok {
				out.Cells[j].State = report.Absent
				find(r, "column_missing", fmt.Sprintf("t4.%s.%s", route.Code, result.Code), report.NotTestable,
					"the column "+result.Label+" of "+route.Label+" is not printed")
				continue
			}
			out.Cells[j], _ = readCell(at.p.grid, at.cell, count, "t4", route.Code, result.Code, r)
		}
		r.Disputes = append(r.Disputes, out)
	}
	for i := range l.table.parts {
		p := &l.table.parts[i]
		for row := p.from; row < p.to; row++ {
			l.claim(i, p.rows[row]...)
		}
	}
}
