package extract

import (
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// piece is one line or one data table of a document, in document order.
type piece struct {
	text  string
	grid  *Grid
	image bool
	links int // characters of text that are links
}

// prose is the number of characters that are neither navigation nor a table.
func (p *piece) prose() int {
	n := utf8.RuneCountInString(p.text) - p.links
	if n < 20 {
		return 0
	}
	return n
}

// extent is the range of pieces a block element holds.
type extent struct {
	node     *html.Node
	from, to int
}

// document is an HTML page flattened once.
type document struct {
	root    *html.Node
	pieces  []piece
	extents []extent        // in document order, outer before inner
	titles  []extent        // elements marked as the visible title
	counter string          // known, directly behind a view label
	called  bool            // a known one is called, wherever on the page
	unknown []fillerOfLabel // behind one, and not known
}

// flatten reads a parsed page into lines and tables.
func flatten(root *html.Node) *document {
	r := &flattener{document: &document{root: root}, tables: surveyTables(root)}
	r.walk(root)
	r.flush()
	return r.document
}

type flattener struct {
	*document
	tables map[*html.Node]*tableFacts
	line   []byte
	links  int
	inLink int
	pre    int
}

func (r *flattener) flush() {
	if len(r.line) == 0 {
		return
	}
	if text := tidy(string(r.line)); text != "" {
		r.pieces = append(r.pieces, piece{text: text, links: r.links})
	}
	r.line, r.links = r.line[:0], 0
}

func (r *flattener) text(s string) {
	if r.pre > 0 {
		for {
			i := indexNewline(s)
			if i < 0 {
				break
			}
			r.line = append(r.line, s[:i]...)
			r.flush()
			s = s[i+1:]
		}
	}
	r.line = append(r.line, s...)
	if r.inLink > 0 {
		r.links += utf8.RuneCountInString(tidy(s))
	}
}

func indexNewline(s string) int {
	for i := range len(s) {
		if s[i] == '\n' {
			return i
		}
	}
	return -1
}

func (r *flattener) walk(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.text(n.Data)
		return
	case html.ElementNode:
		r.element(n)
		return
	case html.DocumentNode:
		r.children(n)
	}
}

func (r *flattener) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c)
	}
}

func (r *flattener) element(n *html.Node) {
	r.noteCounter(n, len(r.pieces))
	if silent[n.DataAtom] || !shown(n) {
		return
	}
	switch n.DataAtom {
	case atom.Br:
		r.flush()
		return
	case atom.Img:
		r.flush()
		r.pieces = append(r.pieces, piece{text: tidy(attr(n, "alt")), image: true})
		return
	case atom.Table:
		if f := r.tables[n]; f != nil && !f.layout && !singleColumn(n) {
			r.flush()
			r.open(n, func() {
				r.pieces = append(r.pieces, piece{grid: gridOf(n, f.index)})
				if f.cells <= metadataCells {
					r.noteCounterIn(n)
				}
			})
			return
		}
	}
	switch {
	case blocks[n.DataAtom], isContainer(n):
		r.flush()
		r.open(n, func() {
			r.children(n)
			r.flush()
		})
	case setOff[n.DataAtom]:
		r.text(" ")
		r.children(n)
		r.text(" ")
	case n.DataAtom == atom.A:
		r.inLink++
		r.children(n)
		r.inLink--
	default:
		r.inline(n)
	}
}

// singleColumn says that no row of a table has a second cell: such a table stacks
// parts of the page, even where they are too short to tell.
func singleColumn(table *html.Node) bool {
	for group := range table.ChildNodes() {
		for tr := range group.ChildNodes() {
			cells := 0
			for c := range tr.ChildNodes() {
				if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
					if cells++; cells > 1 {
						return false
					}
				}
			}
		}
	}
	return true
}

// open records the extent of a block element around read.
func (r *flattener) open(n *html.Node, read func()) {
	if n.DataAtom == atom.Pre {
		r.pre++
		defer func() { r.pre-- }()
	}
	i := len(r.extents)
	r.extents = append(r.extents, extent{node: n, from: len(r.pieces)})
	read()
	r.extents[i].to = len(r.pieces)
	if isTitle(n) {
		r.titles = append(r.titles, r.extents[i])
	}
}

func (r *flattener) inline(n *html.Node) {
	from := len(r.pieces)
	r.children(n)
	if isTitle(n) {
		r.titles = append(r.titles, extent{node: n, from: from, to: from + 1})
	}
}
