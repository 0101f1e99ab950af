package portal

import (
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// link is an anchor that leads to a page and has a title.
type link struct {
	node  *html.Node
	url   string
	title string
}

var (
	// pagerWord is the text of a link that pages, closes or leads on, never that of an item.
	pagerWord = regexp.MustCompile(`(?i)^(?:[<>«»‹›\s\d.…\[\]()|]+|第?\s*\d+\s*页|首页|第一页|上一?页|下一?页|前一页|后一页|尾页|末页|最后一?页|上一篇|下一篇|返回.{0,4}|更多.{0,2}|more|next|prev(?:ious)?|>>?\s*更多|查看更多|关闭|打印|go|转到|跳转)[>»›\s]*$`)
	// sideLabel is the text of a link beside an item that leads to something about it.
	sideLabel = regexp.MustCompile(`^[\[【(（〔]?\s*(?:相关|政策|文字|图文|图片|视频|专家)?(?:解读|图解|解读材料|一图读懂|音频|视频|查看|查看详情|详情|详细|下载|附件|附件下载|PDF|WORD|pdf|word|全文|预览|原文)\s*(?:版|下载)?\s*[\]】)）〕]?$`)
	// handedDocument is the address of a document in a call.
	handedDocument = regexp.MustCompile(`(?i)\w\(\s*['"]([^'"]+\.(?:s?html?|jspx?|aspx?|php|pdf|docx?|wps)(?:\?[^'"]*)?)['"]`)
	// about is a title that interprets another document; beside a plain title in the same
	// row it belongs to that one.
	about = regexp.MustCompile(`^[\[【(（]?\s*(?:政策|文字|图文|图片|视频|专家)?(?:解读|图解|一图读懂|一图看懂)`)
)

// furnitureHosts serve the marks every site carries in its footer.
var furnitureHosts = []string{"beian.gov.cn", "beian.miit.gov.cn", "miitbeian.gov.cn", "conac.cn", "kaipuyun.cn", "zfwzgl.www.gov.cn", "cnzz.com"}

// neighbour is the text around a link from one article to the next.
var neighbour = regexp.MustCompile(`^[【\[\s]*[上下前后]一?(?:篇|条|则|个|文章)`)

// links are the page's anchors that could be items, in document order.
func (p *Page) links() []link {
	self := p.resolve(p.URL.String())
	crumbs, _ := p.breadcrumb()
	var all []link
	for _, a := range p.Doc.Find("a[href], a[onclick]").Nodes {
		l := link{node: a, url: p.destination(a)}
		if l.url == "" || l.url == self || furniture(l.url) {
			continue
		}
		l.title = titleOf(a)
		if l.title == "" || pagerWord.MatchString(l.title) || strings.Contains(l.title, "://") {
			continue
		}
		if crumbs != nil && contains(crumbs, a) && !itemLike(l.title) || neighbour.MatchString(textOf(a.Parent)) {
			continue
		}
		all = append(all, l)
	}
	return all
}

// destination is where a link of a row leads: its address, or the document that its
// handler hands to some function: onclick="openDoc('2024/1.html')".
func (p *Page) destination(a *html.Node) string {
	if address := p.target(a); address != "" {
		return address
	}
	for _, code := range []string{attr(a, "onclick"), attr(a, "href")} {
		if m := handedDocument.FindStringSubmatch(code); m != nil {
			if address := p.resolve(m[1]); looksLikeArticle(address) {
				return address
			}
		}
	}
	return ""
}

func furniture(address string) bool {
	host := hostOf(address)
	for _, h := range furnitureHosts {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}

// row is one element of a repeated shape, read for the links that are its items.
type row struct {
	items []Item
	dated bool // it shows a date, perhaps without a year
}

// maxRowText is the number of characters beside its titles above which an element is an
// article or a whole column, no row.
const maxRowText = 600

// maxDateText is the number of characters up to which what stands beside a row may be its
// date: a date, a time, an organ.
const maxDateText = 60

// readRow picks the items of a row and their dates. A row without a date that is no li or
// tr may have it beside it: <dt>title</dt><dd>date</dd>. Two items may share one date; in
// an element with more of them a single date belongs to something else.
func readRow(n *html.Node, inside []link) row {
	var r row
	main := mainLinks(n, inside)
	segments, all := cellsAround([]*html.Node{n}, main)
	length := 0
	for _, c := range all {
		length += runes(c)
	}
	if length > maxRowText {
		return r
	}
	if len(main) == 1 && sideLabel.MatchString(main[0].title) {
		main[0].title = cmp.Or(longest(all), main[0].title)
	}
	shared, seen := rowDate(all)
	if !seen && n.DataAtom != atom.Li && n.DataAtom != atom.Tr {
		wide, more := cellsAround(append([]*html.Node{n}, besides(n)...), main)
		if runes(strings.Join(more[len(all):], "")) <= maxDateText {
			segments = wide
			shared, seen = rowDate(more)
		}
	}
	owned := 0
	for i, l := range main {
		date, own := rowDate(segments[i])
		if own {
			owned++
		} else if len(main) <= 2 {
			date = shared
		}
		r.items = append(r.items, Item{URL: l.url, Title: l.title, Date: date})
	}
	r.dated = seen
	if len(main) > 2 && 2*owned < len(main) {
		r.dated = false
		for i := range r.items {
			r.items[i].Date = ""
		}
	}
	return r
}

// longest is the longest of a row's texts that could be a title, for rows whose only link
// says 查看: "" if there is none.
func longest(cells []string) string {
	best := ""
	for _, c := range cells {
		if n := runes(c); n >= 6 && n > runes(best) && !dateLike(c) {
			best = c
		}
	}
	return best
}

// besides are the siblings after n up to the next one that holds an anchor of any kind.
func besides(n *html.Node) []*html.Node {
	var out []*html.Node
	for s := n.NextSibling; s != nil; s = s.NextSibling {
		if s.DataAtom == atom.A {
			return out
		}
		for d := range s.Descendants() {
			if d.DataAtom == atom.A {
				return out
			}
		}
		out = append(out, s)
	}
	return out
}

// mainLinks drops the links of a row that are about its items: those in a nested list
// (解读 boxes), labels such as 查看 or 下载, categories before a long title, a second link
// to the same address.
func mainLinks(n *html.Node, inside []link) []link {
	keep := inside
	keep = unlessAll(keep, func(l link) bool {
		return within(l.node, n, atom.Ul, atom.Ol, atom.Dl, atom.Table)
	})
	keep = unlessAll(keep, func(l link) bool { return sideLabel.MatchString(l.title) })
	keep = unlessAll(keep, func(l link) bool { return about.MatchString(l.title) })
	longest := 0
	for _, l := range keep {
		longest = max(longest, runes(l.title))
	}
	if longest >= 8 {
		keep = unlessAll(keep, func(l link) bool { return runes(l.title) < 6 })
	}
	var out []link
	for _, l := range keep {
		if i := indexOf(out, l.url); i < 0 {
			out = append(out, l)
		} else if runes(l.title) > runes(out[i].title) {
			out[i] = l
		}
	}
	return out
}

func indexOf(links []link, address string) int {
	for i, l := range links {
		if l.url == address {
			return i
		}
	}
	return -1
}

// unlessAll drops the links that drop names, unless nothing would be left.
func unlessAll(links []link, drop func(link) bool) []link {
	var kept []link
	for _, l := range links {
		if !drop(l) {
			kept = append(kept, l)
		}
	}
	if len(kept) == 0 {
		return links
	}
	return kept
}

// cellsAround collects the texts of a row's nodes that belong to no title: per item those from
// its link up to the next one, and all of them. Inside a link only dates count.
func cellsAround(nodes []*html.Node, main []link) (after [][]string, all []string) {
	after = make([][]string, len(main))
	current := -1
	read := func(t *html.Node) bool {
		s := tidy(t.Data)
		owner, anchor := ownerOf(t, main)
		if owner >= 0 {
			current = owner
		}
		if s == "" || anchor != nil && !dateLike(s) {
			return true
		}
		if anchor != nil && (t.Parent == anchor || underHeading(t, anchor)) {
			return true
		}
		all = append(all, s)
		if current >= 0 {
			after[current] = append(after[current], s)
		}
		return true
	}
	for _, n := range nodes {
		texts(n, read)
	}
	return after, all
}

// ownerOf is the index of the main link around a text, -1 for none, and the anchor around
// it, main or not.
func ownerOf(t *html.Node, main []link) (int, *html.Node) {
	for n := t.Parent; n != nil; n = n.Parent {
		if n.DataAtom != atom.A {
			continue
		}
		for i, l := range main {
			if l.node == n {
				return i, n
			}
		}
		return -1, n
	}
	return -1, nil
}

func underHeading(t, top *html.Node) bool {
	return within(t, top, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6)
}
