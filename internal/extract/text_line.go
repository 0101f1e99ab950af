package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

// textLine is a line of text cut into what may be cells of a table.
type textLine struct {
	block int // first of the blocks it comes from
	last  int // last of them
	cells []string
	// ruled: borders between the cells are printed, so that an empty cell is seen.
	// Elsewhere cells are parted by white space, and blanks are lost.
	ruled bool
}

// borders are the characters that part cells: ASCII, full-width and box drawing.
const borders = "|｜│┃║"

var (
	ruleLine = regexp.MustCompile(`^[\s|:+\-=─━═╌╍┄┅┈┉┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝╟╢╤╧╪┝┥┠┨│┃║]+$`)
	ruleRun  = regexp.MustCompile(`-{3}|={3}|[─━═╌╍┄┅┈┉]{2}|[┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝]`)
)

// textLines cuts blocks of text into lines of cells. Rules between rows vanish,
// and lines that hold the halves of broken labels side by side become one.
func textLines(blocks []Block) []textLine {
	var lines []textLine
	for i, b := range blocks {
		if l := cutLine(b.Text); len(l.cells) > 0 {
			l.block, l.last = i, i
			lines = append(lines, l)
		}
	}
	return joinHalves(lines)
}

// longestLine, in bytes: what is longer is prose, and one cell.
const longestLine = 2000

func cutLine(text string) textLine {
	if len(text) > longestLine {
		return textLine{cells: []string{text}}
	}
	if isRule(text) {
		return textLine{}
	}
	if !strings.ContainsAny(text, borders) {
		return textLine{cells: strings.Fields(narrowSpaces(text))}
	}
	s := strings.TrimSpace(text)
	cells := strings.Split(strings.Map(func(r rune) rune {
		if strings.ContainsRune(borders, r) {
			return '|'
		}
		return r
	}, s), "|")
	if first, _ := utf8.DecodeRuneInString(s); strings.ContainsRune(borders, first) {
		cells = cells[1:]
	}
	if last, _ := utf8.DecodeLastRuneInString(s); strings.ContainsRune(borders, last) && len(cells) > 0 {
		cells = cells[:len(cells)-1]
	}
	for i, c := range cells {
		cells[i] = tidy(c)
	}
	return textLine{cells: cells, ruled: true}
}

var (
	numberRest  = regexp.MustCompile(`^([.．] ?\d+ ?` + units + `?|亿元|万元|元)$`)
	wholeDigits = regexp.MustCompile(`^[+-]?\d[\d,]*(\.\d+)?$`)
)

// brokenNumber: a narrow column has broken an amount over two lines, at its point or in
// front of its unit. What the halves make together need not be one: then it is not read.
func brokenNumber(left, right string) bool {
	return numberRest.MatchString(strings.TrimSpace(narrow(right))) && wholeDigits.MatchString(strings.TrimSpace(narrow(left)))
}

var bareUnit = regexp.MustCompile(`^` + units + `$`)

// withUnits puts units back behind their numbers (12 件), which are one cell of the
// official tables; statistics print units in cells of their own.
func withUnits(cells []string) []string {
	var out []string
	for i, c := range cells {
		if i > 0 && bareUnit.MatchString(c) && readNumber(out[len(out)-1], money).state == report.Number {
			out[len(out)-1] += " " + c
			continue
		}
		out = append(out, c)
	}
	return out
}

// pageNumber: — 4 — or 第4页 between the halves of a table; its parts are no cells.
var pageNumber = regexp.MustCompile(`^(?:[-—–－―]+\s*\d{1,3}\s*[-—–－―]+|第\s*\d{1,3}\s*页(?:[,，]?\s*共\s*\d{1,3}\s*页)?)$`)

// isRule: the line draws a border or numbers a page. A dash by itself is a cell.
func isRule(text string) bool {
	if pageNumber.MatchString(text) {
		return true
	}
	s := strings.Join(strings.Fields(text), "")
	return ruleLine.MatchString(s) && ruleRun.MatchString(s)
}

func narrowSpaces(s string) string {
	return strings.Map(func(r rune) rune {
		if isSpace(r) {
			return ' '
		}
		if isZeroWidth(r) {
			return -1
		}
		return r
	}, s)
}

// mostHalves is how many lines a label of a narrow column is broken over: one
// character a line at the worst.
const mostHalves = 4

// joinHalves joins lines that print broken labels in columns side by side.
func joinHalves(lines []textLine) []textLine {
	var out []textLine
	for i := 0; i < len(lines); {
		n := 1
		joined := lines[i]
		for k := min(mostHalves, len(lines)-i); k > 1; k-- {
			if cells, ok := joinColumns(lines[i : i+k]); ok {
				joined.cells, joined.last, n = cells, lines[i+k-1].last, k
				break
			}
		}
		out = append(out, joined)
		i += n
	}
	return out
}

func joinColumns(lines []textLine) ([]string, bool) {
	for _, l := range lines {
		if l.ruled != lines[0].ruled || len(l.cells) < 2 {
			return nil, false
		}
	}
	switch {
	case lines[0].ruled:
		return joinRuled(lines)
	case len(lines) == 2:
		return joinLoose(lines[0].cells, lines[1].cells)
	case len(lines) == 4:
		return joinUpright(lines)
	}
	return nil, false
}

// joinRuled joins lines with borders, column by column: where more than one line
// shows something, it must make a label together.
func joinRuled(lines []textLine) ([]string, bool) {
	out := make([]string, len(lines[0].cells))
	broken := false
	for c := range out {
		var halves []string
		for _, l := range lines {
			if len(l.cells) != len(out) {
				return nil, false
			}
			if l.cells[c] != "" {
				halves = append(halves, l.cells[c])
			}
		}
		out[c] = strings.Join(halves, "")
		if len(halves) > 1 {
			if len(halves) == 2 && brokenNumber(halves[0], halves[1]) {
				broken = true
				continue
			}
			if _, ok := formLabelOf(out[c]); !ok {
				return nil, false
			}
			if _, whole := formLabelOf(halves[len(halves)-1]); whole { // another label below this one
				return nil, false
			}
			broken = true
		}
	}
	// The last line must take part: else it is a row of its own.
	last := lines[len(lines)-1].cells
	for c := range out {
		if broken && last[c] != "" && last[c] != out[c] {
			return out, true
		}
	}
	return nil, false
}

// joinLoose joins two lines without borders: each part of the second line ends the
// next label that the first one left unfinished.
func joinLoose(upper, lower []string) ([]string, bool) {
	var out []string
	next := 0
	for _, cell := range upper {
		if next < len(lower) {
			if _, ok := formLabelOf(cell + lower[next]); ok {
				out = append(out, cell+lower[next])
				next++
				continue
			}
		}
		if _, ok := formLabelOf(cell); !ok {
			return nil, false
		}
		out = append(out, cell)
	}
	return out, next == len(lower) && next > 0
}

// joinUpright reads four lines that print 结果维持, 结果纠正, 其他结果 and 尚未审结 upright,
// one character a line and group behind group; 总计 follows each group in two of them.
func joinUpright(lines []textLine) ([]string, bool) {
	upright := []string{"结结其尚", "果果他未", "维纠结审", "持正果结"}
	groups, totals := 0, map[rune]int{}
	for i, l := range lines {
		rest := strings.Join(l.cells, "")
		n := 0
		for rest != "" {
			after, ok := strings.CutPrefix(rest, upright[i])
			if !ok {
				return nil, false
			}
			n++
			for _, r := range "总计" {
				if cut, found := strings.CutPrefix(after, string(r)); found {
					after = cut
					totals[r]++
				}
			}
			rest = after
		}
		if i > 0 && n != groups {
			return nil, false
		}
		groups = n
	}
	if totals['总'] != groups || totals['计'] != groups {
		return nil, false
	}
	var out []string
	for range groups {
		out = append(out, "结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
	}
	return out, true
}
