package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	crumbLabel = regexp.MustCompile(`位\s*置\s*[:：]?`)
	crumbStart = regexp.MustCompile(`^(网站)?首页\s*[>＞»›/\-→]`)
	crumbName  = regexp.MustCompile(`(?i)breadcrumb|bread|crumb|curpos|cur_?page|position|location|dqwz|weizhi|szwz`)
	crumbSplit = regexp.MustCompile(`\s*(?:>>|[>＞»›→|]|&gt;)\s*`)
)

// breadcrumb finds the path of columns above the body, outermost first, and the
// piece behind it (0 when there is none).
func (d *document) breadcrumb(body extent) (start int, crumbs []string) {
	for i := len(d.extents) - 1; i >= 0; i-- { // innermost first among equals: later in document order
		e := d.extents[i]
		if e.from >= body.from || e.to > body.from || e.to == e.from || !d.isCrumb(e) {
			continue
		}
		e = d.widen(e, body)
		if crumbs := crumbsOf(e.node); len(crumbs) > 0 {
			return e.to, crumbs
		}
	}
	return 0, nil
}

const longestCrumb = 200

func (d *document) isCrumb(e extent) bool {
	n := 0
	for _, p := range d.pieces[e.from:e.to] {
		if n += utf8.RuneCountInString(p.text); n > longestCrumb || p.grid != nil && len(p.grid.Cells) > 12 {
			return false
		}
	}
	first := d.pieces[e.from]
	text := first.text
	if first.grid != nil && len(first.grid.Cells) > 0 {
		text = first.grid.Cells[0].Text
	}
	if loc := crumbLabel.FindStringIndex(text); loc != nil && loc[0] <= 30 {
		return true
	}
	return crumbStart.MatchString(text) || crumbName.MatchString(attr(e.node, "class")+" "+attr(e.node, "id"))
}

// widen takes in the element around a label that stands in an element of its own.
func (d *document) widen(e extent, body extent) extent {
	for range 3 {
		if len(links(e.node)) >= 2 {
			return e
		}
		parent := e.node.Parent
		for i := range d.extents {
			if o := d.extents[i]; o.node == parent && o.to <= body.from && d.isCrumb(o) {
				e = o
			}
		}
		if e.node != parent {
			return e
		}
	}
	return e
}

func links(n *html.Node) []*html.Node {
	var out []*html.Node
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.DataAtom == atom.A {
			out = append(out, c)
		}
	}
	return out
}

// crumbsOf splits a breadcrumb element at its links and separators.
func crumbsOf(n *html.Node) []string {
	var out []string
	add := func(s string) {
		for _, part := range crumbSplit.Split(s, -1) {
			part = strings.Trim(tidy(part), ":： /-\\")
			if part != "" && !crumbLabel.MatchString(part) {
				out = append(out, part)
			}
		}
	}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			s := n.Data
			if loc := crumbLabel.FindStringIndex(s); loc != nil {
				s = s[loc[1]:]
			}
			add(s)
			return
		case n.Type != html.ElementNode || silent[n.DataAtom] || !shown(n):
			return
		case n.DataAtom == atom.A:
			add(joined(n))
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return out
}
