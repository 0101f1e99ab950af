package extract

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tableFacts is what decides whether a <table> holds data or lays out the page.
type tableFacts struct {
	index  int // in document order, hidden ones included
	cells  int // own cells, those of nested tables excluded
	layout bool
	nests  bool // a data table stands somewhere in its cells
}

// Bounds between a table's cell and a piece of the page: the longest label of an
// official form, explanations included, has about 200 characters.
const (
	longCell   = 800
	proseCell  = 300 // in three lines or more
	nestedGrid = 6   // a nested table with so many cells is a table by itself
)

// surveyTables looks at every table once, bottom up.
func surveyTables(doc *html.Node) map[*html.Node]*tableFacts {
	facts := map[*html.Node]*tableFacts{}
	var open []*tableFacts
	breaks := 0 // <p> and <br> so far
	// walk returns the number of characters of text under n.
	var walk func(n *html.Node) int
	walk = func(n *html.Node) int {
		switch n.Type {
		case html.TextNode:
			if strings.TrimSpace(n.Data) == "" {
				return 0
			}
			return utf8.RuneCountInString(n.Data)
		case html.ElementNode:
			if silent[n.DataAtom] && n.DataAtom != atom.Head {
				return 0
			}
		}
		isTable := n.DataAtom == atom.Table && n.Type == html.ElementNode
		if isTable {
			f := &tableFacts{index: len(facts)}
			facts[n] = f
			open = append(open, f)
		}
		if n.DataAtom == atom.P || n.DataAtom == atom.Br {
			breaks++
		}
		before, chars := breaks, 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			chars += walk(c)
		}
		if isTable {
			f := open[len(open)-1]
			open = open[:len(open)-1]
			if f.cells <= 1 || f.nests {
				f.layout = true // a frame around something
			}
			if len(open) > 0 && (f.cells >= nestedGrid || f.nests) {
				open[len(open)-1].nests = true
			}
		}
		if (n.DataAtom == atom.Td || n.DataAtom == atom.Th) && n.Type == html.ElementNode && len(open) > 0 {
			f := open[len(open)-1]
			f.cells++
			if chars > longCell || chars > proseCell && breaks-before >= 3 {
				f.layout = true
			}
		}
		return chars
	}
	walk(doc)
	return facts
}

// gridOf reads a data table. A table nested in one of its cells is text of that cell.
func gridOf(table *html.Node, index int) *Grid {
	var rows [][]GridCell
	var ends []int
	group := func(n *html.Node) {
		start := len(rows)
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.ElementNode && c.DataAtom == atom.Tr && shown(c) {
				rows = append(rows, cellsOf(c))
			}
		}
		for len(ends) < len(rows) {
			ends = append(ends, 0)
		}
		for r := start; r < len(rows); r++ {
			ends[r] = len(rows)
		}
	}
	for c := table.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || !shown(c) {
			continue
		}
		switch c.DataAtom {
		case atom.Tbody, atom.Thead, atom.Tfoot: // the parser puts bare rows into a tbody
			group(c)
		}
	}
	return layout(index, rows, ends)
}

func cellsOf(tr *html.Node) []GridCell {
	var cells []GridCell
	for c := tr.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.DataAtom != atom.Td && c.DataAtom != atom.Th || !shown(c) {
			continue
		}
		lines, image, unfilled := cellLines(c)
		cells = append(cells, GridCell{
			Text:    strings.Join(lines, "\n"),
			RowSpan: span(c, "rowspan"),
			ColSpan: span(c, "colspan"),
			Image:   image && len(lines) == 0,
			Control: unfilled && len(lines) == 0,
		})
	}
	return cells
}
