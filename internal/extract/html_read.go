package extract

import (
	"regexp"
	"strings"
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
	extents []extent // in document order, outer before inner
	titles  []extent // elements marked as the visible title
	counter string
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
	r.noteCounter(n)
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

var (
	viewLabel     = regexp.MustCompile(`(浏览|阅读|点击|访问|查看|阅览|累计|人气)[\s\x{a0}\x{3000}]*(次数|量|数|率)?[\s\x{a0}\x{3000}]*[:：]?[\s\x{a0}\x{3000}【\[(（]*$`)
	counterScript = regexp.MustCompile(`_showDynClicks|articlehits\.jsp|artcount\.jsp|infoViewCount|WP_VisitCount|_visitcountdisplay|count\.php|op=count|ViewClick|viewcount|getViewCount|clickcount|visitcount`)
	counterMark   = regexp.MustCompile(`(?i)dynclicks|WP_VisitCount|infoViewCount`)
)

// metadataCells bounds what a table above an article has; those of a report have more.
const metadataCells = 40

// noteCounterIn looks for a counter in a table that is read as a grid.
func (r *flattener) noteCounterIn(table *html.Node) {
	for n := range table.Descendants() {
		switch n.Type {
		case html.TextNode:
			if n.Parent.DataAtom != atom.Script {
				r.line = append(r.line, strings.TrimSpace(n.Data)...)
			}
		case html.ElementNode:
			r.noteCounter(n)
			if n.DataAtom == atom.Tr {
				r.line = r.line[:0]
			}
		}
	}
	r.line = r.line[:0]
}

// noteCounter remembers a counter that stands directly behind a view label. What
// is no counter, nearly every element, is told apart before the line is looked at.
func (r *flattener) noteCounter(n *html.Node) {
	const strip, label = 300, 100 // bytes: a line of prose is longer; what can be a label
	if r.counter != "" || len(r.line) == 0 || len(r.line) > strip {
		return
	}
	name := ""
	if n.DataAtom == atom.Script {
		program := attr(n, "src")
		if n.FirstChild != nil {
			program += " " + n.FirstChild.Data
		}
		if containsAny(program, []string{"ount", "Click", "articlehits"}) { // cheaper to find than the whole
			name = counterScript.FindString(program)
		}
	} else {
		for _, a := range n.Attr {
			if (a.Key == "id" || a.Key == "class" || a.Key == "name") && containsAny(lowerASCII(a.Val), []string{"count", "clic"}) && counterMark.MatchString(a.Val) {
				name = a.Val
				break
			}
		}
	}
	if name != "" && viewLabel.Match(r.line[max(0, len(r.line)-label):]) {
		r.counter = name
	}
}
