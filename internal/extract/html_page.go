package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML makes a Page of an HTML document. It fails only when the document is
// larger than any page, or nested deeper than the parser allows; a page without an
// article gives a Page with few blocks.
func readHTML(text, address string) (*Page, error) {
	p, err := readMarkup(text, address)
	if err != nil || !empty(p) {
		return p, err
	}
	if whole := scripted(text); whole != "" {
		if q, err := readMarkup(whole, address); err == nil && !empty(q) {
			return q, nil
		}
	}
	return p, nil
}

func readMarkup(text, address string) (*Page, error) {
	trimmed, err := trimHTML(text)
	if err != nil {
		return nil, err
	}
	return readTree(trimmed, address)
}

func readTree(text, address string) (*Page, error) {
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	d := flatten(doc.Nodes[0])
	p := &Page{URL: address, Counter: d.counter}
	p.Meta, p.DocTitle = headFacts(doc)

	body := d.article()
	outer := body.from
	body.from = d.skipStrip(body)
	body.to = d.dropTail(body)
	start, crumbs := d.breadcrumb(body)
	p.Breadcrumb = crumbs
	from := d.stripStart(start, body)
	base, _ := url.Parse(address)
	p.Strip = d.strip(from, body, base)
	p.UnknownCounter = d.unknownCounter(from, body)
	p.Headings = d.headings(p, start, outer, body)
	for i := body.from; i < body.to; i++ {
		piece := &d.pieces[i]
		p.Blocks = append(p.Blocks, Block{Text: piece.text, Grid: piece.grid, Image: piece.image})
	}
	p.Links = d.linksOf(body, address)
	p.Links = append(p.Links, d.filesBeside(body, address, p.Links)...)
	return p, nil
}

// headFacts are meta tags and <title>. A second document in the body (an included
// page header) may bring its own; the first of each name stands.
func headFacts(doc *goquery.Document) (meta map[string]string, title string) {
	meta = map[string]string{}
	doc.Find("meta").Each(func(_ int, s *goquery.Selection) {
		name := strings.ToLower(strings.TrimSpace(s.AttrOr("name", "")))
		if name == "" {
			name = strings.ToLower(strings.TrimSpace(s.AttrOr("property", "")))
		}
		if content := tidy(markupRE.ReplaceAllString(s.AttrOr("content", ""), "")); name != "" && content != "" && meta[name] == "" {
			meta[name] = content
		}
	})
	doc.Find("title").EachWithBreak(func(_ int, s *goquery.Selection) bool {
		title = tidy(markupRE.ReplaceAllString(s.Text(), ""))
		return title == ""
	})
	return meta, title
}

// markupRE is an editor's markup that a template puts into a meta tag or the title as
// it is.
var markupRE = regexp.MustCompile(`</?[A-Za-z][^<>]*>`)

// skipStrip moves the start of a body that holds its own title and strip behind
// them.
func (d *document) skipStrip(body extent) int {
	const reach, longest = 30, 160
	from := body.from
	for i := body.from; i < min(body.to, body.from+reach); i++ {
		p := &d.pieces[i]
		if p.grid != nil {
			if len(partsOf(p.grid)) > 0 {
				break
			}
			if metadataGrid(p.grid) {
				from = i + 1
			}
			continue
		}
		if no, _, _ := officialHeading(p.text); no > 0 {
			break
		}
		switch {
		case utf8.RuneCountInString(p.text) <= longest && isHeadLine(p.text):
			from = i + 1
		case strings.ContainsRune(p.text, '。'):
			return from // the report's prose has begun
		}
	}
	return from
}

// tailLine is a line that a page prints below an article.
var tailLine = regexp.MustCompile(`^[\s【\[(（]*(责任编辑|编辑|审核|打印|关闭|分享|返回|收藏|上一[篇条页]|下一[篇条页]|版权所有|主办单位|(信息)?(发布|发表)(时间|日期)|(浏览|点击|阅读|访问)(次数|量|数)?)\s*([:：】\]]|©|$)`)

// dropTail moves the end of a body that holds such lines before them.
func (d *document) dropTail(body extent) int {
	const reach, longest = 10, 80
	to := body.to
	for i := body.to - 1; i >= max(body.from+1, body.to-reach); i-- {
		p := &d.pieces[i]
		if p.grid != nil || p.image || utf8.RuneCountInString(p.text) > longest || !tailLine.MatchString(p.text) {
			break
		}
		to = i
	}
	return to
}

// stripStart is the first piece of the strip: behind the breadcrumb if there is one,
// else as far up as no navigation stands.
func (d *document) stripStart(start int, body extent) int {
	const reach, navigation = 40, 3
	if start > 0 {
		return max(start, body.from-2*reach)
	}
	links := 0
	i := body.from
	for ; i > max(0, body.from-reach); i-- {
		p := &d.pieces[i-1]
		switch {
		case p.grid != nil || p.image:
		case p.links*2 >= utf8.RuneCountInString(p.text) && p.links > 0:
			if links++; links >= navigation {
				return i + navigation - 1
			}
		default:
			links = 0
		}
	}
	return i
}

// headings lists candidates for the visible title, best first: marked elements near
// the body, the nearest first, then lines above a strip that stands within the body's
// element, then the article's meta tag, then other marked elements.
func (d *document) headings(p *Page, start, outer int, body extent) []string {
	address, _ := url.Parse(p.URL)
	var near, far []string
	for _, t := range d.titles {
		text := withoutStrip(joined(t.node))
		if text == "" || utf8.RuneCountInString(text) > 120 || leadsAway(t.node, text, address) {
			continue
		}
		switch {
		case t.from >= start && t.from <= body.from:
			near = append(near, text)
		case t.from < start:
			far = append(far, text)
		}
	}
	slices.Reverse(near)
	slices.Reverse(far)
	var out []string
	add := func(texts ...string) {
		for _, text := range texts {
			if text != "" && !slices.Contains(out, text) {
				out = append(out, text)
			}
		}
	}
	add(near...)
	for i := max(outer, start); i < body.from; i++ { // a breadcrumb is no title
		if text := d.pieces[i].text; d.pieces[i].grid == nil && !isHeadLine(text) && !d.elsewhere(i, address) && utf8.RuneCountInString(text) <= 120 {
			add(text)
		}
	}
	add(p.Meta["articletitle"])
	add(far...)
	return out
}

// leadsAway says that an element's text is the text of a link to another page: an
// entry of a list of neighbours, whatever it is marked as.
func leadsAway(n *html.Node, text string, address *url.URL) bool {
	for up, a := 0, n; a != nil && up < 3; up, a = up+1, a.Parent {
		if a.DataAtom == atom.A && leavesPage(a, address) {
			return true
		}
	}
	linked := 0
	for a := range n.Descendants() {
		if a.DataAtom == atom.A && leavesPage(a, address) {
			linked += utf8.RuneCountInString(joined(a))
		}
	}
	return linked*5 >= utf8.RuneCountInString(text)*4
}

func leavesPage(a *html.Node, address *url.URL) bool {
	href := strings.TrimSpace(attr(a, "href"))
	if href == "" || strings.HasPrefix(href, "#") || address == nil {
		return false
	}
	to, err := address.Parse(href)
	return err == nil && (to.Scheme == "http" || to.Scheme == "https") && to.RequestURI() != address.RequestURI()
}

// linksOf lists the links in the body.
func (d *document) linksOf(body extent, address string) []Link {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	var out []Link
	for n := range body.node.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.A {
			continue
		}
		to, err := base.Parse(strings.TrimSpace(attr(n, "href")))
		if err != nil || to.Scheme != "http" && to.Scheme != "https" || attr(n, "href") == "" {
			continue
		}
		out = append(out, Link{Text: joined(n), URL: to.String()})
	}
	return out
}
