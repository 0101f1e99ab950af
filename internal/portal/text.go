package portal

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// tidy collapses white space, the no-break and ideographic spaces included, and drops
// invisible characters.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\u200b', '\u200c', '\u200d', '\u2060', '\ufeff':
			return -1
		}
		if unicode.IsSpace(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// unseen says whether a browser shows nothing of an element's text.
func unseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Textarea, atom.Select, atom.Iframe:
		return true
	}
	return false
}

// texts calls yield with every visible text node below n, in document order, until it
// returns false.
func texts(n *html.Node, yield func(*html.Node) bool) bool {
	if n.Type == html.TextNode {
		return yield(n)
	}
	if n.Type == html.ElementNode && unseen(n) {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !texts(c, yield) {
			return false
		}
	}
	return true
}

// textOf is the visible text below n, tidied.
func textOf(n *html.Node) string {
	var b strings.Builder
	texts(n, func(t *html.Node) bool { b.WriteString(t.Data); return true })
	return tidy(b.String())
}

// visible is the page's visible text, tidied.
func (p *Page) visible() string {
	var b strings.Builder
	for _, n := range p.Doc.Nodes {
		texts(n, func(t *html.Node) bool { b.WriteString(t.Data); b.WriteByte(' '); return true })
	}
	return tidy(b.String())
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// within says whether n lies below one of the given elements, up to and excluding top.
func within(n, top *html.Node, tags ...atom.Atom) bool {
	for ; n != nil && n != top; n = n.Parent {
		for _, t := range tags {
			if n.DataAtom == t {
				return true
			}
		}
	}
	return false
}

// contains says whether n is top or lies below it.
func contains(top, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == top {
			return true
		}
	}
	return false
}
