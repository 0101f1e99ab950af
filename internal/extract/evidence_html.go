package extract

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tableNodes finds the elements of every table's cells; none in what is not HTML.
func tableNodes(text string) map[int][]*html.Node {
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil
	}
	out := map[int][]*html.Node{}
	for table, facts := range surveyTables(doc) {
		out[facts.index] = cellNodes(table)
	}
	return out
}

// path is the CSS selector of a grid's cell in the page's HTML, "" unless the
// element there shows the cell's text.
func (e *Evidence) path(g *Grid, c *GridCell) string {
	nodes := e.nodes[g.Index]
	for i := range g.Cells {
		if &g.Cells[i] != c || i >= len(nodes) {
			continue
		}
		if lines, _ := linesOf(nodes[i]); strings.Join(lines, "\n") == c.Text {
			return selector(nodes[i])
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
