package extract

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

// valueCells checks the cells behind a row's label against the number of columns
// its head promises. More or fewer cells cannot be told apart from shifted ones, so
// such a row is refused; only empty cells beyond the head's last column are let go,
// where the rows around have them too, or none of these leaves its last column blank.
func valueCells(p *part, cells []int, columns, headRow int) ([]int, bool) {
	for columns > 0 && len(cells) > columns {
		last := &p.grid.Cells[cells[len(cells)-1]]
		if last.Text != "" || last.Image || !spareColumn(p, last, &p.grid.Cells[cells[columns-1]], headRow) {
			return nil, false
		}
		cells = cells[:len(cells)-1]
	}
	if len(cells) != columns {
		return nil, false
	}
	for _, i := range cells {
		if p.grid.Cells[i].RowSpan > 1 { // one number for several rows
			return nil, false
		}
	}
	return cells, true
}

// spareColumn: an empty cell behind the last column is the table's habit. In a single
// row it may as well be a blank total that a doubled cell has pushed out, unless the
// many other rows show that blanks are not the table's habit.
func spareColumn(p *part, last, total *GridCell, headRow int) bool {
	const many = 5
	above := p.grid.At(headRow, last.Col)
	if above != nil && (above.Text != "" || above.Image) {
		return false
	}
	with, without, blank := 0, 0, 0
	for r := max(headRow+1, p.from); r < p.to; r++ {
		if r > headRow+1 && r > last.Row && slices.ContainsFunc(p.rows[r], func(i int) bool { return blockLabel(labelKey(p.grid.Cells[i].Text)) }) {
			break // another block of table 2
		}
		switch c := p.grid.At(r, last.Col); {
		case r == last.Row || emptyRow(p.grid, p.rows[r]) || captionRow(p.grid, p.rows[r]):
		case c != nil && (c.Text != "" || c.Image):
			return false
		case c != nil:
			with++
		default:
			without++
			if c := p.grid.At(r, total.Col); c != nil && c.Text == "" {
				blank++
			}
		}
	}
	return with > without || with+without == 0 && above != nil || blank == 0 && without >= many
}

// underHeads gives each column label the one filled cell that stands under it, where
// a row has more cells than labels: labels that span several cells.
func underHeads(p *part, cells, heads []int) ([]int, bool) {
	out := make([]int, len(heads))
	for k := range out {
		out[k] = -1
	}
	for _, i := range cells {
		c := &p.grid.Cells[i]
		k := slices.IndexFunc(heads, func(head int) bool {
			h := &p.grid.Cells[head]
			return c.Col >= h.Col && c.Col+c.ColSpan <= h.Col+h.ColSpan
		})
		filled := c.Text != "" || c.Image
		switch {
		case k < 0 || c.RowSpan > 1 && filled:
			return nil, false
		case out[k] < 0:
			out[k] = i
		case filled && (p.grid.Cells[out[k]].Text != "" || p.grid.Cells[out[k]].Image):
			return nil, false // two numbers under one label
		case filled:
			out[k] = i
		}
	}
	return out, !slices.Contains(out, -1)
}

// refuseRow reports a row whose cells cannot be assigned to columns.
func refuseRow(p *part, cells []int, place, why string, r *report.Report) {
	var printed []string
	for _, i := range cells {
		text := p.grid.Cells[i].Text
		if text == "" {
			text = "␣"
		}
		printed = append(printed, brief(text))
	}
	find(r, "row_shape", place, report.NotTestable, fmt.Sprintf("%s; printed: %s", why, strings.Join(printed, " | ")))
}

// emptyRow: no cell of the row shows anything.
func emptyRow(g *Grid, cells []int) bool {
	for _, i := range cells {
		if g.Cells[i].Text != "" || g.Cells[i].Image {
			return false
		}
	}
	return true
}

// captionRow: the row is one cell that repeats the section's heading.
func captionRow(g *Grid, cells []int) bool {
	text, n := "", 0
	for _, i := range cells {
		if g.Cells[i].Text != "" {
			text = strings.ReplaceAll(g.Cells[i].Text, "\n", "")
			n++
		}
	}
	if n != 1 {
		return false
	}
	no, _, rest := officialHeading(text)
	return no > 0 && rest == ""
}

// closest is the candidate most like key, when it is like enough and clearly more
// so than the second best; else -1. A long enough beginning of just one candidate
// counts as that candidate cut short.
func closest(key string, candidates []string, enough float64) int {
	const margin = 0.15
	best, second, at, begun, beginnings := 0.0, 0.0, -1, -1, 0
	n := utf8.RuneCountInString(key)
	for i, c := range candidates {
		m := utf8.RuneCountInString(c)
		like := float64(min(n, m)) / float64(max(n, m, 1)) // at the most
		if like > enough-2*margin || n == m {              // else it is neither the best nor near the best
			like = likeness(key, c)
		}
		if like > best {
			best, second, at = like, best, i
		} else if like > second {
			second = like
		}
		if strings.HasPrefix(c, key) && hanCount(key, 3) >= 3 {
			begun = i
			beginnings++
		}
	}
	switch {
	case best >= enough && best-second >= margin:
		return at
	case beginnings == 1:
		return begun
	}
	return -1
}
