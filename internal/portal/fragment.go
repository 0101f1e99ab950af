package portal

import (
	"fmt"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Families that list by script deliver rows as pieces of HTML: one a record, or a list as
// a whole, inside of XML, JSON or a script.

// fragment is a piece of HTML as a page of its own, at the address of the page it came
// with. Cells that stand without their table are put into one, or a parser would drop them.
func (p *Page) fragment(text string) (*Page, error) {
	text = strings.TrimSpace(text)
	switch head := strings.ToLower(text[:min(4, len(text))]); {
	case strings.HasPrefix(head, "<tr"):
		text = "<table>" + text + "</table>"
	case strings.HasPrefix(head, "<td"):
		text = "<table><tr>" + text + "</tr></table>"
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("list %s: parsing a record: %w", p.URL, err)
	}
	return &Page{URL: p.URL, Base: p.Base, Text: text, Doc: doc, liveCode: func() string { return inlineCode(doc) }}, nil
}

// recordRows reads one record of a list: usually one row, some templates put several into
// one. A record without a link gives none: separators are common.
func (p *Page) recordRows(record string) ([]row, error) {
	sub, err := p.fragment(record)
	if err != nil {
		return nil, err
	}
	links := sub.links()
	var rows []row
	for _, body := range sub.Doc.Find("body").Nodes {
		for _, n := range rowNodes(body) {
			if r, ok := recordRow(n, links); ok {
				rows = append(rows, r)
			}
		}
	}
	return rows, nil
}

// recordRow reads an element that is known to be a row, be it as long as it may.
func recordRow(n *html.Node, links []link) (row, bool) {
	var inside []link
	for _, l := range links {
		if contains(n, l.node) {
			inside = append(inside, l)
		}
	}
	if len(inside) == 0 {
		return row{}, false
	}
	r := readRow(n, inside)
	if len(r.items) == 0 { // with a summary of hundreds of characters
		main := mainLinks(n, inside)[:1]
		_, cells := cellsAround([]*html.Node{n}, main)
		r.items = []Item{{URL: main[0].url, Title: main[0].title}}
		r.items[0].Date, r.dated = rowDate(cells)
	}
	return r, true
}

// rowNodes are the rows of a record: the children of a list or table, else the innermost
// element that holds all of it.
func rowNodes(n *html.Node) []*html.Node {
	for {
		var elements []*html.Node
		alone := true
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.ElementNode:
				elements = append(elements, c)
			case c.Type == html.TextNode && strings.TrimSpace(c.Data) != "":
				alone = false
			}
		}
		switch n.DataAtom {
		case atom.Ul, atom.Ol, atom.Tbody:
			return elements
		case atom.Li, atom.Tr:
			return []*html.Node{n}
		case atom.Body: // of bare <li>…</li><li>…</li>
			if rows := only(elements, atom.Li); len(rows) > 1 && len(rows) == len(elements) {
				return rows
			}
		}
		if !alone || len(elements) != 1 || elements[0].DataAtom == atom.A {
			return []*html.Node{n}
		}
		n = elements[0]
	}
}

func only(nodes []*html.Node, tag atom.Atom) []*html.Node {
	var out []*html.Node
	for _, n := range nodes {
		if n.DataAtom == tag {
			out = append(out, n)
		}
	}
	return out
}
