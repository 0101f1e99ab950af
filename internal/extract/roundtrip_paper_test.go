package extract

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

// td is a cell of a table to be printed: its text as lines, or markup if set.
type td struct {
	key        string // the text of a label before any mess, to find it by
	lines      []string
	markup     string // overrides lines
	rows, cols int
	fact       *fact // the value that is printed here, nil for a label
	hidden     bool
}

// sheet is a table to be printed.
type sheet [][]td

func factsOf(row []td) []*fact {
	var out []*fact
	for i := range row {
		if row[i].fact != nil {
			out = append(out, row[i].fact)
		}
	}
	return out
}

func doubtRow(row []td) {
	for _, f := range factsOf(row) {
		f.doubtful = true
	}
}

func word(text string, rows, cols int) td {
	return td{key: text, lines: []string{text}, rows: rows, cols: cols}
}

func value(f *fact, cols int) td {
	return td{lines: []string{f.printed}, rows: 1, cols: cols, fact: f}
}

func (c *td) text() string { return strings.Join(c.lines, "") }

func (s sheet) each(do func(c *td)) {
	for _, row := range s {
		for i := range row {
			do(&row[i])
		}
	}
}

// starting is the first label whose text began with prefix, nil if there is none.
func (s sheet) starting(prefix string) *td {
	var found *td
	s.each(func(c *td) {
		if found == nil && c.fact == nil && prefix != "" && strings.HasPrefix(c.key, prefix) {
			found = c
		}
	})
	return found
}

// rowOf is the row that begins with a label, -1 if there is none.
func (s sheet) rowOf(prefix string) int {
	for r, row := range s {
		for i := range row {
			if row[i].fact == nil && strings.HasPrefix(row[i].key, prefix) {
				return r
			}
		}
	}
	return -1
}

func (s sheet) clone() sheet {
	out := make(sheet, len(s))
	for r, row := range s {
		out[r] = append([]td{}, row...)
	}
	return out
}

// section is one of a report's sections: heading, lines, tables, lines.
type section struct {
	heading       string
	before, after []string // paragraphs
	tables        []sheet
	headLast      bool // the heading stands behind the tables
	asText        func(p *paper, s sheet) string
	wrap          func(table string) string
	between       string // markup between the tables
}

// paper is a report about to be printed: what it says, and how it is written.
type paper struct {
	rng  *rand.Rand
	want *want

	sections []section
	t2, t3   *section // nil for a report of before 2019
	t4, st   *section

	url, media string
	hint       Hint
	doctype    string
	meta       []string // tags
	docTitle   string
	top        []string // markup above the article
	crumbs     []string
	headline   string // markup of the visible title
	strip      []string
	stripMark  string // markup instead of strip
	open       string // of the article's element
	close      string
	opening    []string // first lines of the body, before the preface
	preface    string
	ending     []string // paragraphs at the end
	below      []string // markup behind the article
	layout     bool     // the article stands in the cell of a table

	cell    func(rng *rand.Rand, c *td) string // content of a cell
	par     func(rng *rand.Rand, s string) string
	tag     string // of the label cells
	attrs   func(c *td) string
	inTable string                     // markup behind <table>
	page    []func(page string) string // what happens to the whole text
	bytes   func(page string) []byte
}

// tables are all sheets of the report.
func (p *paper) tables() []sheet {
	var out []sheet
	for i := range p.sections {
		out = append(out, p.sections[i].tables...)
	}
	return out
}

// official are the sections that hold an official table.
func (p *paper) official() []*section {
	var out []*section
	for _, s := range []*section{p.t2, p.t3, p.t4, p.st} {
		if s != nil {
			out = append(out, s)
		}
	}
	return out
}

func escapedLines(lines []string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = html.EscapeString(l)
	}
	return strings.Join(out, "<br/>")
}

func (p *paper) table(s sheet) string {
	var b strings.Builder
	b.WriteString(`<table border="1" cellspacing="0">` + p.inTable)
	for _, row := range s {
		b.WriteString("<tr>")
		for i := range row {
			c := &row[i]
			tag := "td"
			if c.fact == nil && p.tag != "" {
				tag = p.tag
			}
			b.WriteString("<" + tag + p.attrs(c) + ">")
			if c.markup != "" {
				b.WriteString(c.markup)
			} else {
				b.WriteString(p.cell(p.rng, c))
			}
			b.WriteString("</" + tag + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>")
	return b.String()
}

func spanAttrs(c *td) string {
	out := ""
	if c.rows > 1 {
		out += fmt.Sprintf(` rowspan="%d"`, c.rows)
	}
	if c.cols > 1 {
		out += fmt.Sprintf(` colspan="%d"`, c.cols)
	}
	if c.hidden {
		out += ` style="DISPLAY: none"`
	}
	return out
}

func (p *paper) section(b *strings.Builder, s *section) {
	tables := func() {
		for i, t := range s.tables {
			if i > 0 {
				b.WriteString(s.between)
			}
			switch {
			case s.asText != nil:
				b.WriteString(s.asText(p, t))
			case s.wrap != nil:
				b.WriteString(s.wrap(p.table(t)))
			default:
				b.WriteString("<div>" + p.table(t) + "</div>\n")
			}
		}
	}
	if s.headLast {
		tables()
	}
	if s.heading != "" {
		b.WriteString(p.par(p.rng, s.heading))
	}
	for _, line := range s.before {
		b.WriteString(p.par(p.rng, line))
	}
	if !s.headLast {
		tables()
	}
	for _, line := range s.after {
		b.WriteString(p.par(p.rng, line))
	}
}

// print writes the whole page.
func (p *paper) print() []byte {
	var b strings.Builder
	b.WriteString(p.doctype + "<html><head>" + strings.Join(p.meta, "\n") + "<title>" + p.docTitle + "</title></head>\n<body>")
	b.WriteString(strings.Join(p.top, "\n"))
	if len(p.crumbs) > 0 {
		b.WriteString(`<div class="path">当前位置：<a href="/">` + strings.Join(p.crumbs, `</a> &gt; <a href="/c/">`) + `</a></div>`)
	}
	if p.layout {
		b.WriteString("<table width=1000><tr><td>&nbsp;</td><td>")
	}
	b.WriteString(p.headline)
	if p.stripMark != "" {
		b.WriteString(p.stripMark)
	} else {
		b.WriteString(`<div class="info"><span>` + strings.Join(p.strip, "</span>　<span>") + `</span></div>`)
	}
	b.WriteString(p.open)
	for _, line := range p.opening {
		b.WriteString(p.par(p.rng, line))
	}
	b.WriteString(p.par(p.rng, p.preface))
	for i := range p.sections {
		p.section(&b, &p.sections[i])
	}
	for _, line := range p.ending {
		b.WriteString(p.par(p.rng, line))
	}
	b.WriteString(p.close)
	if p.layout {
		b.WriteString("</td></tr></table>")
	}
	b.WriteString(strings.Join(p.below, "\n"))
	b.WriteString("</body></html>")
	text := b.String()
	for _, change := range p.page {
		text = change(text)
	}
	if p.bytes != nil {
		return p.bytes(text)
	}
	return []byte(text)
}
