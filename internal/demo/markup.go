package demo

import (
	"fmt"
	"strings"
)

// markup is how a portal's editors write an article: tag by tag, with the
// ballast that word processors leave behind.
type markup struct {
	para, heading, signature string // %s is the text
	table                    string // opening tag
	td                       string // name of the cell tag, as written
	cell                     func(c cell) string
	blank                    string                   // what a blank value cell holds
	wrap                     func(text string) string // what a cell's text is wrapped in
}

// write gives blocks their markup.
func (m markup) write(blocks []block) string {
	var b strings.Builder
	for _, bl := range blocks {
		switch bl.kind {
		case paragraph:
			fmt.Fprintf(&b, m.para, bl.text)
		case heading:
			fmt.Fprintf(&b, m.heading, bl.text)
		case signature:
			fmt.Fprintf(&b, m.signature, bl.text)
		case table:
			m.grid(&b, bl.grid)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func (m markup) grid(b *strings.Builder, g grid) {
	tr := "tr"
	if m.td == "TD" {
		tr = "TR"
	}
	b.WriteString(m.table + "<tbody>\n")
	for _, row := range g {
		fmt.Fprintf(b, "<%s>\n", tr)
		for _, c := range row {
			b.WriteString("<" + m.td)
			if c.cols > 1 {
				fmt.Fprintf(b, " colspan=\"%d\"", c.cols)
			}
			if c.rows > 1 {
				fmt.Fprintf(b, " rowspan=\"%d\"", c.rows)
			}
			b.WriteString(m.cell(c) + ">")
			if c.text == "" {
				b.WriteString(m.blank)
			} else {
				b.WriteString(m.wrap(c.text))
			}
			fmt.Fprintf(b, "</%s>\n", m.td)
		}
		fmt.Fprintf(b, "</%s>\n", tr)
	}
	closing := "</table>"
	if tr == "TR" {
		closing = "</TABLE>"
	}
	b.WriteString("</tbody>" + closing)
}

// wordStyles is the style sheet that a text pasted from a word processor brings
// along: a list level by the dozen.
func wordStyles() string {
	var b strings.Builder
	b.WriteString("<style>\n<!--\n /* Font Definitions */\n @font-face {font-family:宋体;panose-1:2 1 6 0 3 1 1 1 1 1;mso-font-alt:SimSun;mso-font-charset:134;}\n")
	for list := range 4 {
		for level := 1; level <= 9; level++ {
			fmt.Fprintf(&b, " @list l%d:level%d {mso-level-number-format:alpha-lower;mso-level-text:\"%%%d\\)\";mso-level-tab-stop:%d.0pt;mso-level-number-position:left;margin-left:%d.0pt;text-indent:-21.0pt;}\n", list, level, level, 21*level, 21*level)
		}
	}
	b.WriteString("-->\n</style>\n")
	return b.String()
}

// within wraps text in fixed markup.
func within(before, after string) func(string) string {
	return func(text string) string { return before + text + after }
}

// torn wraps text like within, but tears it into two spans after a few characters,
// as editing in a word processor does. A short text stays whole.
func torn(before, after string) func(string) string {
	return func(text string) string {
		r := []rune(text)
		if len(r) < 4 {
			return before + text + after
		}
		return before + string(r[:2]) + "</span>" + "<span lang=\"EN-US\" style=\"font-size:12.0pt;font-family:仿宋_GB2312\">" + string(r[2:]) + after
	}
}
