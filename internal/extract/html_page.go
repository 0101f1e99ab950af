package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML makes a Page of an HTML document. It fails only when the document is
// larger than any page, or nested deeper than the parser allows; a page without an
// article gives a Page with few blocks.
func readHTML(text, address string) (*Page, error) {
	trimmed, err := trimHTML(text)
	if err != nil {
		return nil, err
	}
	return readTree(trimmed, address)
}

func readTree(text, address string) (*Page, error) {
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, err
	}
	d := flatten(root)
	p := &Page{URL: address, Counter: d.counter}
	p.Meta, p.DocTitle = headFacts(root)

	body := d.article()
	outer := body.from
	body.from = d.skipStrip(body)
	start, crumbs := d.breadcrumb(body)
	p.Breadcrumb = crumbs
	from := d.stripStart(start, body)
	p.Strip = d.strip(from, body)
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
func headFacts(root *html.Node) (meta map[string]string, title string) {
	meta = map[string]string{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Meta:
			name := strings.ToLower(strings.TrimSpace(attr(n, "name")))
			if name == "" {
				name = strings.ToLower(strings.TrimSpace(attr(n, "property")))
			}
			if content := tidy(attr(n, "content")); name != "" && content != "" && meta[name] == "" {
				meta[name] = content
			}
		case atom.Title:
			if title == "" && n.FirstChild != nil {
				title = tidy(n.FirstChild.Data)
			}
		}
	}
	return meta, title
}

// headLine is a line that belongs above an article: dates, origin, counters.
var headLine = regexp.MustCompile(`^[\s【\[]*(发布|发文|发表|成文|生成|公开|更新|公文|信息|稿件|文章|内容)?\s*(时间|日期|来源|来自|机构|单位|索引号|索\s*引\s*号|文号|作者|浏览(次数|量)?|点击(数|次数|率|量)?|阅读(次数|量|数)?|访问(量|次数)|字体|字号|打印|分享)\s*[:：]`)

// skipStrip moves the start of a body that holds its own title and strip behind
// them.
func (d *document) skipStrip(body extent) int {
	const reach, longest = 15, 160
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
		if utf8.RuneCountInString(p.text) <= longest && headLine.MatchString(p.text) {
			from = i + 1
		}
	}
	return from
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

var (
	clock     = regexp.MustCompile(`今天是|星期[一二三四五六日天]|农历`)
	viewsLine = regexp.MustCompile(`^[\s【\[]*(浏览|点击|阅读|访问|被阅览|人气)(次数|量|数|率)?\s*[:：]`)
)

// strip is the text between title and body, metadata tables as label and value. A
// view count may also stand right below the body.
func (d *document) strip(from int, body extent) []string {
	const below = 8
	var out []string
	for i := from; i < body.from; i++ {
		p := &d.pieces[i]
		switch {
		case p.grid != nil:
			out = append(out, labelledLines(p.grid)...)
		case p.image || p.text == "" || clock.MatchString(p.text):
		default:
			out = append(out, p.text)
		}
	}
	for i := body.to; i < min(len(d.pieces), body.to+below); i++ {
		if viewsLine.MatchString(d.pieces[i].text) {
			out = append(out, d.pieces[i].text)
		}
	}
	return out
}

var metadataLabel = regexp.MustCompile(`^(名称|标题|索引号|发布(机构|日期|时间|单位)|发文(机关|日期|单位|字号)|公开(日期|时间|方式|范围)|成文日期|生成日期|公文生成日期|文号|主题分类|组配分类|分类|体裁|关键词|信息来源|来源|有效性|时效|生效日期|废止日期|所属主题|责任部门|备注/?文号|信息名称|公开主体)$`)

// metadataGrid: a table of 索引号, 发布机构 and the like.
func metadataGrid(g *Grid) bool {
	n := 0
	for i := range g.Cells {
		if metadataLabel.MatchString(metadataKey(g.Cells[i].Text)) {
			n++
		}
	}
	return n >= 2
}

func metadataKey(s string) string {
	return strings.TrimRight(strings.Join(strings.Fields(s), ""), ":：")
}

// labelledLines turns a metadata table into lines; any other table into its texts.
func labelledLines(g *Grid) []string {
	var out []string
	for i := 0; i < len(g.Cells); i++ {
		c := &g.Cells[i]
		text := strings.ReplaceAll(c.Text, "\n", " ")
		key := metadataKey(c.Text)
		if metadataLabel.MatchString(key) && i+1 < len(g.Cells) && g.Cells[i+1].Row == c.Row {
			value := g.Cells[i+1].Text
			if !metadataLabel.MatchString(metadataKey(value)) {
				i++
				out = append(out, key+"："+strings.ReplaceAll(value, "\n", " "))
				continue
			}
			text = key + "："
		}
		if text != "" {
			out = append(out, text)
		}
	}
	return out
}

// headings lists candidates for the visible title, best first: marked elements near
// the body, the nearest first, then lines above a strip that stands within the body's
// element, then the article's meta tag, then other marked elements.
func (d *document) headings(p *Page, start, outer int, body extent) []string {
	var near, far []string
	for _, t := range d.titles {
		text := joined(t.node)
		if text == "" || utf8.RuneCountInString(text) > 120 {
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
	for i := outer; i < body.from; i++ {
		if text := d.pieces[i].text; d.pieces[i].grid == nil && !headLine.MatchString(text) && utf8.RuneCountInString(text) <= 120 {
			add(text)
		}
	}
	add(p.Meta["articletitle"])
	add(far...)
	return out
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
