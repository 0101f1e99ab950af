package extract

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// textTables turns the official tables that a page prints as lines of text into
// grids, which the forms read like any other table. Such pages print one cell a
// line, or a row a line with white space or borders between its cells.
//
// Cells are never moved: a row takes the values between its label and the next
// one, whatever their number, and the readers refuse a row that has not as many as
// its head promises. Blanks that are not printed cannot be placed. A row with no
// value at all is blank in all its columns, but only where every other row of the
// table is whole and nothing unknown stands between them; else it stays without
// cells and is refused as well.
func textTables(blocks []Block) []Block {
	index := 0
	for _, b := range blocks {
		if b.Grid != nil {
			index = max(index, b.Grid.Index+1)
		}
	}
	var out []Block
	for i := 0; i < len(blocks); {
		if blocks[i].Grid != nil || blocks[i].Image {
			out = append(out, blocks[i])
			i++
			continue
		}
		end := i
		for end < len(blocks) && blocks[end].Grid == nil && !blocks[end].Image {
			end++
		}
		out = append(out, tablesInRun(blocks[i:end], end < len(blocks), &index)...)
		i = end
	}
	return out
}

// longestRun, in lines, is far beyond a report whose tables are printed one cell a line.
const longestRun = 5000

// tablesInRun replaces the tables in a run of text. cut: a picture or a table
// follows the run, which may hold what a row at its end lacks.
func tablesInRun(run []Block, cut bool, index *int) []Block {
	if len(run) > longestRun {
		return run
	}
	lines := textLines(run)
	found := append(officialSpans(run, tokenise(lines)), statisticSpans(run, lines)...)
	if len(found) == 0 {
		return run
	}
	slices.SortStableFunc(found, func(a, b textSpan) int { return a.first - b.first })
	var out []Block
	at := 0
	for _, s := range found {
		g := s.grid(*index, cut && s.last == len(run)-1)
		if g == nil || s.first < at {
			continue
		}
		*index++
		out = append(append(out, run[at:s.first]...), Block{Grid: g})
		at = s.last + 1
	}
	return append(out, run[at:]...)
}

// textSpan is a range of blocks that print one table.
type textSpan struct {
	table       string // t2 | t3 | t4 | statistics
	first, last int    // blocks
	tokens      []token
	rows        []textRow
	cut         bool // values that may be its own stand further below
}

// grid lays out the span's rows; nil when they are no table of the kind.
func (s textSpan) grid(index int, cut bool) *Grid {
	rows := s.rows
	switch s.table {
	case "t2":
		rows = disclosureText(s.tokens)
	case "t3":
		rows = applicationText(s.tokens)
	case "t4":
		rows = disputeText(s.tokens)
	}
	if s.table != "statistics" {
		completeRows(rows, cut || s.cut)
	}
	g := gridOfRows(index, rows)
	if s.table == "statistics" {
		return g
	}
	for _, p := range partsOf(g) {
		if p.table == s.table {
			return g
		}
	}
	return nil
}

func gridOfRows(index int, rows []textRow) *Grid {
	cells := make([][]GridCell, len(rows))
	ends := make([]int, len(rows))
	for i, row := range rows {
		ends[i] = len(rows)
		for _, text := range append(append([]string{}, row.labels...), row.values...) {
			cells[i] = append(cells[i], GridCell{Text: text, RowSpan: 1, ColSpan: 1})
		}
	}
	return layout(index, cells, ends)
}

// strayCells is how many unknown cells in a row a table of text may hold: broken
// and misprinted labels, captions. More of them are another matter.
const strayCells = 4

// officialSpans finds the runs of tokens that belong to one of the official tables.
// A span begins with a label and ends with a label or value, both at the borders
// of blocks, so that a sentence that mentions labels is none.
func officialSpans(run []Block, tokens []token) []textSpan {
	var out []textSpan
	for i := 0; i < len(tokens); {
		t := tokens[i]
		before := i // the token in front, empty cells of its line left out
		for before > 0 && tokens[before-1].kind == blankToken && tokens[before-1].first == t.first {
			before--
		}
		if t.kind == unknownToken || t.table == "" || before > 0 && tokens[before-1].last == t.first {
			i++
			continue
		}
		end := spanEnd(run, tokens, i)
		for end > i && end < len(tokens) && tokens[end].first == tokens[end-1].last {
			end-- // the block goes on with something else: it is not part of the table
		}
		if end > i {
			out = append(out, textSpan{table: t.table, first: t.first, last: tokens[end-1].last, tokens: tokens[i:end], cut: strayValue(run, tokens[end:])})
			i = end
			continue
		}
		i++
	}
	return out
}

// strayValue: a value stands below before any heading or label does.
func strayValue(run []Block, tokens []token) bool {
	for _, t := range tokens {
		no, _, _ := officialHeading(run[t.first].Text)
		switch {
		case t.kind == valueToken:
			return true
		case t.kind != unknownToken || no > 0:
			return false
		}
	}
	return false
}

// spanEnd is the index behind the last token of the span that begins at from.
func spanEnd(run []Block, tokens []token, from int) int {
	end, stray, table := from, 0, tokens[from].table
	for j := from; j < len(tokens); j++ {
		t := tokens[j]
		switch {
		case t.kind == unknownToken && t.ruled && j > from && tokens[j-1].line == t.line && end == j:
			end = j + 1 // whatever a row of the table shows between its borders
		case t.kind == unknownToken:
			line := run[t.first].Text
			if t.ruled || besideValue(tokens, j) {
				line = t.text
			}
			if stray++; stray > strayCells || prose(line) {
				return end
			}
		case t.table != "" && t.table != table:
			return end
		default:
			stray = 0
			end = j + 1
		}
	}
	return end
}

// besideValue: the token shares its line with a value, as cells of a row do.
func besideValue(tokens []token, j int) bool {
	return j > 0 && tokens[j-1].kind == valueToken && tokens[j-1].line == tokens[j].line ||
		j+1 < len(tokens) && tokens[j+1].kind == valueToken && tokens[j+1].line == tokens[j].line
}

// prose: the line is a sentence or a heading, never a cell.
func prose(line string) bool {
	const longest = 60
	if strings.ContainsAny(line, "。；！") || utf8.RuneCountInString(line) > longest {
		return true
	}
	no, _, _ := officialHeading(line)
	return no > 0
}
