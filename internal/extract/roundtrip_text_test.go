package extract

import (
	"slices"
	"strings"

	"crawl/internal/report"
)

// textual are the ways of printing tables as text. What a row loses by it (a blank
// that nobody sees, a number in two lines) makes the whole row doubtful.
var textual = []mess{
	{"a table as text, one cell a line", nil, asText(false, func(p *paper, rows [][]string) string {
		out := ""
		for _, row := range rows {
			for _, cell := range row {
				out += "<p>" + cell + "</p>\n"
			}
		}
		return out
	})},
	{"a table as text, one cell a line in one paragraph", nil, asText(false, func(p *paper, rows [][]string) string {
		out := "<p>"
		for _, row := range rows {
			for _, cell := range row {
				out += cell + "<br>\n"
			}
		}
		return out + "</p>"
	})},
	{"a table as text, a row a line", nil, asText(false, func(p *paper, rows [][]string) string {
		gap := pick(p.rng, "&nbsp;&nbsp;", "　", "\t", "    ")
		out := ""
		for _, row := range rows {
			out += "<p>" + strings.Join(row, gap) + "</p>\n"
		}
		return out
	})},
	{"a table as text, a row a line between bars", nil, asText(true, func(p *paper, rows [][]string) string {
		out := ""
		for _, row := range rows {
			out += "<p>| " + strings.Join(row, " | ") + " |</p>\n"
		}
		return out
	})},
	{"a table as text, drawn in a preformatted block", nil, asText(true, func(p *paper, rows [][]string) string {
		out := "<pre>&#10;+------+------+&#10;"
		for _, row := range rows {
			out += "|" + strings.Join(row, "|") + "|&#10;+------+------+&#10;"
		}
		return out + "</pre>"
	})},
}

// asText prints one of the official tables as text. ruled: blanks are seen.
func asText(ruled bool, lay func(p *paper, rows [][]string) string) func(p *paper) {
	return func(p *paper) {
		s := pick(p.rng, p.official()...)
		if s == p.st && !ruled && s.tables[0][0][0].key == "序号" {
			return // the numbers of the rows could be values
		}
		pictures := false // break the text apart
		for _, t := range s.tables {
			t.each(func(c *td) { pictures = pictures || c.fact != nil && c.fact.state == report.Image })
		}
		if pictures {
			p.want.forms = map[string]string{} // the rows that tell may be cut off
		}
		if s == p.st { // a broken label of no fixed wording cannot be told from two
			for _, t := range s.tables {
				t.each(func(c *td) {
					if c.fact == nil {
						c.lines = []string{strings.Join(strings.Fields(c.text()), "")}
					}
				})
			}
		}
		if !ruled { // a blank parts cells
			for _, t := range s.tables {
				t.each(func(c *td) {
					for i := range c.lines {
						c.lines[i] = strings.ReplaceAll(c.lines[i], " .", ".")
					}
				})
			}
		}
		// Without borders a head in another order may be one whose rows were turned round.
		turned := false
		for _, t := range s.tables {
			for _, row := range t {
				turned = turned || !ruled && !inFormOrder(factsOf(row))
			}
		}
		short := false
		for _, t := range s.tables {
			for _, row := range t {
				if hasFact(row) && flattenRow(row, ruled) || pictures || turned {
					doubtRow(row)
					short = short || !ruled
				}
			}
		}
		for _, t := range s.tables {
			for _, row := range t {
				if short && hasFact(row) && len(factsOf(row)) == 7 && !addsUp(factsOf(row)) {
					doubtRow(row) // where blanks were lost only its sum proves a row
				}
			}
		}
		s.asText = func(p *paper, t sheet) string { return lay(p, textRows(t, ruled)) }
	}
}

// inFormOrder: the columns of a row, if it is one of table 3, stand as the form has them.
func inFormOrder(facts []*fact) bool {
	at := -1
	for _, f := range facts {
		if !strings.HasPrefix(f.name, "t3.") {
			return true
		}
		next := slices.IndexFunc(report.Applicants[:], func(c report.Column) bool { return strings.HasSuffix(f.name, "."+c.Code) })
		if next < at {
			return false
		}
		at = next
	}
	return true
}

// flattenRow takes off what text has no means for, and says whether that or a blank
// that nobody sees makes the row doubtful.
func flattenRow(row []td, ruled bool) (doubtful bool) {
	values, tokens, blanks := 0, 0, 0
	for i := range row {
		c := &row[i]
		f := c.fact
		if f == nil {
			continue
		}
		if ruled && len(c.lines) > 1 { // between bars no line breaks
			c.lines, f.lost = []string{strings.Join(c.lines, "")}, false
		}
		if f.state == report.Number && !f.lost || f.state == report.Blank {
			c.markup = ""
		}
		values++
		switch {
		case f.state == report.Blank:
			blanks++
		case f.lost: // 12 31, 1¶2: a number in two
			tokens += max(len(c.lines), 1+strings.Count(c.text()+c.markup, " "), 1+strings.Count(c.markup, "<sup>")+strings.Count(c.markup, "</del>"))
		default:
			tokens++
		}
		doubtful = doubtful || f.state == report.Text || f.state == report.Image || f.lost || len(c.lines) > 1 || f.state == report.Blank && !ruled
	}
	if !ruled && blanks > 0 && tokens == values {
		for _, f := range factsOf(row) {
			f.shifted = true
		}
	}
	return doubtful
}

func addsUp(facts []*fact) bool {
	sum, most := 0.0, 0.0
	for _, f := range facts {
		sum, most = sum+f.value, max(most, f.value)
	}
	return sum == 2*most
}

// textRows are the cells of a table as text. Between bars a cell is one line.
func textRows(t sheet, ruled bool) [][]string {
	var out [][]string
	for _, row := range t {
		var cells []string
		for i := range row {
			c := &row[i]
			if c.hidden {
				continue
			}
			text := escapedLines(c.lines)
			if ruled {
				text = strings.ReplaceAll(text, "<br/>", "")
			}
			if c.markup != "" {
				text = c.markup
			}
			cells = append(cells, text)
		}
		if len(cells) > 0 {
			out = append(out, cells)
		}
	}
	return out
}
