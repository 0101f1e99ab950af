package portal

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	nextWord      = regexp.MustCompile(`(?i)^[\[【(]?\s*(?:下一?页|下一頁|后一页|next(?:\s*page)?)\s*[>»›＞\]】)]*$`)
	plainNextWord = regexp.MustCompile(`(?:^|[\s|])下一?[页頁](?:[\s|>»›]|$)`)
	nextSign      = regexp.MustCompile(`^[>›＞]$`)
	pageSign      = regexp.MustCompile(`^\[?(\d{1,4})\]?$`)
	// clickTarget is the address in a handler: onclick="location.href='index_2.html'".
	clickTarget = regexp.MustCompile(`(?:location(?:\.href)?\s*=|location\.(?:assign|replace)\(|navigate\(|window\.open\()\s*['"]([^'"]+)['"]`)
	// unknownPagers are traces of pagers that fetch rows by script.
	unknownPagers = regexp.MustCompile(`<nextgroup>|\.jpage\(|dataproxy\.jsp|laypage\.render|\bquerydata=|pagebar\s*:\s*\{|PagerOffset\(`)
	// ownNumber is an address that names a page after the first.
	ownNumber = regexp.MustCompile(`(?i)(?:[_-]|/page_?|/)(\d{1,4})\.(?:s?html?|jspx?|aspx?)$|[?&][\w.]*(?:page|pageno|pageindex|pagenum|curpage|offset|pn|p)=0*([1-9]\d*)(?:&|$)`)
)

// pager is what the page's own links say about the next page.
type pager struct {
	next  string // address, "" if no link leads there
	dead  string // evidence of a link to the next page that leads nowhere
	ended bool   // the pager shows a next page that is switched off
}

// pager reads the 下一页 link, else the number after the current one.
func (p *Page) pager() pager {
	var out pager
	numbered := p.numbers()
	self := p.resolve(p.URL.String())
	for _, a := range p.Doc.Find("a, button, input[type=button]").Nodes {
		word := nextLabel(a, len(numbered) > 0)
		if word == "" {
			continue
		}
		switch address := p.turnedTo(a); {
		case address == self && address != "", address == "" && switchedOff(a):
			out.ended = true
		case address != "":
			return pager{next: address}
		default:
			out.dead = fmt.Sprintf("%s leads to %q", word, cut(attr(a, "href")+attr(a, "onclick")))
		}
	}
	if !out.ended && out.dead == "" {
		out.ended = p.plainNext()
	}
	current := currentNumber(numbered, self)
	for _, e := range numbered {
		if current == 0 || e.value != current+1 {
			continue
		}
		if e.url != "" {
			return pager{next: e.url}
		}
		if e.link {
			out.dead = fmt.Sprintf("page number %d leads nowhere", e.value)
		}
	}
	return out
}

// nextLabel is the text by which a link stands for the next page, "" if it does not. A
// mere > needs page numbers about. A link without href or handler is a label.
func nextLabel(a *html.Node, numbered bool) string {
	if attr(a, "href") == "" && attr(a, "onclick") == "" {
		return ""
	}
	for _, s := range []string{textOf(a), tidy(attr(a, "title")), tidy(attr(a, "value")), imageText(a)} {
		if nextWord.MatchString(s) || numbered && nextSign.MatchString(s) {
			return s
		}
	}
	if attr(a, "rel") == "next" {
		return "rel=next"
	}
	return ""
}

var optionNumber = regexp.MustCompile(`^第?\s*(\d{1,4})\s*页?(?:\s*/.*)?$`)

// nextOption is where the page's list of page numbers leads after the selected one: options
// with addresses as values. "" if there is none.
func (p *Page) nextOption() string {
	self := p.resolve(p.URL.String())
	for _, list := range p.Doc.Find("select").Nodes {
		selected, first := 0, 0
		at := map[int]string{}
		for o := range list.Descendants() {
			m := optionNumber.FindStringSubmatch(optionText(o))
			if o.DataAtom != atom.Option || m == nil {
				continue
			}
			n, address := number(m[1]), ""
			if v := attr(o, "value"); strings.ContainsAny(v, "./?") {
				address = p.resolve(v)
			}
			at[n] = address
			if first == 0 {
				first = n
			}
			if hasAttr(o, "selected") || address == self && address != "" {
				selected = n
			}
		}
		if _, pages := at[1]; !pages {
			continue // years, or numbers of something else
		}
		if selected == 0 && first == 1 && !ownNumber.MatchString(self) {
			selected = 1
		}
		if next := at[selected+1]; selected > 0 && next != "" && next != self {
			return next
		}
	}
	return ""
}

// optionText is an option's text, which textOf leaves out as unseen.
func optionText(o *html.Node) string {
	if o.FirstChild == nil {
		return ""
	}
	return tidy(o.FirstChild.Data)
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

// plainNext says whether the words stand as text where they are a link on other pages.
func (p *Page) plainNext() bool {
	found := false
	for _, body := range p.Doc.Find("body").Nodes {
		texts(body, func(t *html.Node) bool {
			found = found || runes(t.Data) < 120 && plainNextWord.MatchString(t.Data) && linkAround(t) == nil
			return !found
		})
	}
	return found
}

// linkAround is the link around a node, nil if there is none.
func linkAround(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.A && (attr(n, "href") != "" || attr(n, "onclick") != "") {
			return n
		}
	}
	return nil
}

// target is the address a link leads to, by href or by the address its handler names.
func (p *Page) target(a *html.Node) string {
	if address := p.resolve(attr(a, "href")); address != "" {
		return address
	}
	for _, code := range []string{attr(a, "onclick"), attr(a, "href")} {
		if m := clickTarget.FindStringSubmatch(code); m != nil {
			return p.resolve(m[1])
		}
	}
	return ""
}

// turnedTo is the address a pager's link leads to, be it handed to a function.
func (p *Page) turnedTo(a *html.Node) string {
	if address := p.target(a); address != "" {
		return address
	}
	for _, code := range []string{attr(a, "onclick"), attr(a, "href")} {
		if m := handedDocument.FindStringSubmatch(code); m != nil {
			return p.resolve(m[1])
		}
	}
	return ""
}

var offWords = []string{"disabled", "disable", "nolink", "off", "gray", "grey", "none", "unable"}

func switchedOff(a *html.Node) bool {
	classes := attr(a, "class")
	if a.Parent != nil && a.Parent.DataAtom == atom.Li {
		classes += " " + attr(a.Parent, "class")
	}
	for _, w := range words(classes) {
		if slices.Contains(offWords, w) {
			return true
		}
	}
	return false
}

// numberMark is a page number as the pager shows it.
type numberMark struct {
	value   int
	url     string // "" for no usable link
	link    bool
	current bool // marked as the page shown
}

var currentWordsOfClass = []string{"cur", "current", "on", "active", "act", "select", "selected", "thisclass", "now", "hover"}

// numbers are the page numbers of the first pager that has a link among them.
func (p *Page) numbers() []numberMark {
	for _, a := range p.Doc.Find("a").Nodes {
		if !pageSign.MatchString(textOf(a)) {
			continue
		}
		box := a.Parent
		if box != nil && box.DataAtom == atom.Li || box != nil && box.DataAtom == atom.Td || box != nil && box.DataAtom == atom.Span {
			box = box.Parent
		}
		if box == nil {
			continue
		}
		var marks []numberMark
		for n := range box.Descendants() {
			if m, ok := p.numberMark(n); ok {
				marks = append(marks, m)
			}
		}
		if consecutive(marks) && !years(marks) {
			return marks
		}
	}
	return nil
}

func (p *Page) numberMark(n *html.Node) (numberMark, bool) {
	if n.Type != html.TextNode || unseen(n.Parent) {
		return numberMark{}, false
	}
	m := pageSign.FindStringSubmatch(tidy(n.Data))
	if m == nil {
		return numberMark{}, false
	}
	mark := numberMark{value: number(m[1])}
	owner := n.Parent
	if a := linkAround(owner); a != nil {
		mark.link, mark.url, owner = true, p.target(a), a
	}
	mark.current = !mark.link
	for _, w := range words(attr(owner, "class") + " " + attr(n.Parent, "class") + " " + liClass(owner)) {
		mark.current = mark.current || slices.Contains(currentWordsOfClass, w)
	}
	return mark, true
}

func liClass(n *html.Node) string {
	if n.Parent != nil && n.Parent.DataAtom == atom.Li {
		return attr(n.Parent, "class")
	}
	return ""
}

// consecutive tells a pager from other numbers: two of its numbers follow one another.
func consecutive(marks []numberMark) bool {
	for i := 1; i < len(marks); i++ {
		if marks[i].value == marks[i-1].value+1 {
			return true
		}
	}
	return false
}

// years says whether all numbers are years: columns of them stand side by side like pages.
func years(marks []numberMark) bool {
	return !slices.ContainsFunc(marks, func(m numberMark) bool { return m.value < 1990 || m.value > 2100 })
}

// currentNumber is the number of the page shown, 0 if the pager does not tell.
func currentNumber(marks []numberMark, self string) int {
	current := 0
	for _, m := range marks {
		if m.url == self && m.url != "" {
			return m.value
		}
		if m.current {
			if current != 0 && current != m.value {
				return 0 // two marked numbers: the mark means something else
			}
			current = m.value
		}
	}
	if current == 0 && len(marks) > 0 && !ownNumber.MatchString(self) {
		return 1
	}
	return current
}

// moreEvidence is what says that pages follow although no request for them was derived,
// "" if the page is the last one as far as it tells.
func (p *Page) moreEvidence(pg pager, s stated, items int) string {
	first := !ownNumber.MatchString(p.URL.String())
	switch {
	case s.pages == 0 || s.pages == 1 || s.pages > 1 && s.current == s.pages:
		return ""
	case s.pages > 1 && (s.current > 0 || first || !pg.ended):
		return s.evidence
	case pg.dead != "":
		return pg.dead
	case first && s.total > items:
		return fmt.Sprintf("%s, but %d items here", s.evidence, items)
	case s.total >= 0 && first || pg.ended:
		return ""
	}
	return unknownPagers.FindString(p.Text)
}

// cut shortens evidence to a line.
func cut(s string) string {
	r := []rune(tidy(s))
	if len(r) > 80 {
		return strings.TrimSpace(string(r[:80])) + "…"
	}
	return string(r)
}
