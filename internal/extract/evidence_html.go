package extract

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tableNodes finds the elements of the cells of every grid; none in what is not HTML,
// and none for a grid unless every one of its cells shows the grid's text: a page is
// trimmed before it is read, and what a selector points at must be certain.
func tableNodes(text string, grids map[int]*Grid) map[int][]*html.Node {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil
	}
	out := map[int][]*html.Node{}
	for table, facts := range surveyTables(doc) {
		g := grids[facts.index]
		if g == nil {
			continue
		}
		if nodes := cellNodes(table); showsGrid(nodes, g) {
			out[facts.index] = nodes
		}
	}
	return out
}

func showsGrid(nodes []*html.Node, g *Grid) bool {
	if len(nodes) != len(g.Cells) {
		return false
	}
	for i, n := range nodes {
		if lines, _ := linesOf(n); strings.Join(lines, "\n") != g.Cells[i].Text {
			return false
		}
	}
	return true
}

// path is the CSS selector of a grid's cell in the page's HTML, "" if it has none.
func (e *Evidence) path(g *Grid, c *GridCell) string {
	for i, n := range e.nodes[g.Index] {
		if &g.Cells[i] == c {
			return selector(n)
		}
	}
	return ""
}

// cellNodes are the elements of a table's cells in the order of Grid.Cells.
func cellNodes(table *html.Node) []*html.Node {
	var out []*html.Node
	for group := range table.ChildNodes() {
		if !element(group, atom.Tbody, atom.Thead, atom.Tfoot) {
			continue
		}
		for tr := range group.ChildNodes() {
			if !element(tr, atom.Tr) {
				continue
			}
			for cell := range tr.ChildNodes() {
				if element(cell, atom.Td, atom.Th) {
					out = append(out, cell)
				}
			}
		}
	}
	return out
}

// element: n is a shown element of one of the kinds.
func element(n *html.Node, kinds ...atom.Atom) bool {
	if n.Type != html.ElementNode || !shown(n) {
		return false
	}
	for _, k := range kinds {
		if n.DataAtom == k {
			return true
		}
	}
	return false
}

// selector names an element by the way to it from the root, so that it fits that one
// element of these bytes, whatever ids and classes the page repeats.
func selector(n *html.Node) string {
	var steps []string
	for ; n != nil && n.Type == html.ElementNode; n = n.Parent {
		nth := 1
		for s := n.PrevSibling; s != nil; s = s.PrevSibling {
			if s.Type == html.ElementNode && s.Data == n.Data {
				nth++
			}
		}
		step := n.Data
		if n.Parent != nil && n.Parent.Type == html.ElementNode && n.DataAtom != atom.Body {
			step = fmt.Sprintf("%s:nth-of-type(%d)", cssName(n.Data), nth)
		}
		steps = append([]string{step}, steps...)
	}
	return strings.Join(steps, " > ")
}

// cssName escapes what a selector would take for syntax (o:p, a name of Word's).
func cssName(tag string) string {
	var b strings.Builder
	for _, r := range tag {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9' && b.Len() > 0, r == '-', r == '_', r > 0x7f:
		default:
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
