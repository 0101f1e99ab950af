package extract

import (
	"strings"

	"crawl/internal/report"
)

// textual are the ways of printing tables as text. What a row loses by it (a blank
// that nobody sees, a number in two lines) makes the whole row doubtful.
var textual = []mess{
	{"a table as text, one cell a line", since2019, asText(false, func(p *paper, rows [][]string) string {
		out := ""
		for _, row := range rows {
			for _, cell := range row {
				out += "<p>" + cell + "</p>\n"
			}
		}
		return out
	})},
	{"a table as text, one cell a line in one paragraph", since2019, asText(false, func(p *paper, rows [][]string) string {
		out := "<p>"
		for _, row := range rows {
			for _, cell := range row {
				out += cell + "<br>\n"
			}
		}
		return out + "</p>"
	})},
	{"a table as text, a row a line", since2019, asText(false, func(p *paper, rows [][]string) string {
		gap := pick(p.rng, "&nbsp;&nbsp;", "　", "\t", "    ")
		out := ""
		for _, row := range rows {
			out += "<p>" + strings.Join(row, gap) + "</p>\n"
		}
		return out
	})},
	{"a table as text, a row a line between bars", since2019, asText(true, func(p *paper, rows [][]string) string {
		out := ""
		for _, row := range rows {
			out += "<p>| " + strings.Join(row, " | ") + " |</p>\n"
		}
		return out
	})},
	{"a table as text, drawn in a preformatted block", since2019, asText(true, func(p *paper, rows [][]string) string {
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
		s := pick(p.rng, p.t2, p.t3, p.t4)
		pictures := false // break the text apart
		for _, t := range s.tables {
			t.each(func(c *td) { pictures = pictures || c.fact != nil && c.fact.state == report.Image })
		}
		if pictures {
			p.want.forms = map[string]string{} // the rows that tell may be cut off
		}
		for _, t := range s.tables {
			for _, row := range t {
				doubtful := pictures
				for i := range row {
					c := &row[i]
					if f := c.fact; f != nil {
						if ruled && len(c.lines) > 1 { // between bars no line breaks
							c.lines, f.lost = []string{strings.Join(c.lines, "")}, false
						}
						if f.state == report.Number && !f.lost || f.state == report.Blank {
							c.markup = ""
						}
						doubtful = doubtful || f.state == report.Text || f.state == report.Image || f.lost || len(c.lines) > 1 || f.state == report.Blank && !ruled
					}
				}
				for i := range row {
					if f := row[i].fact; f != nil && doubtful {
						f.doubtful = true
					}
				}
			}
		}
		s.asText = func(p *paper, t sheet) string { return lay(p, textRows(t, ruled)) }
	}
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
