package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// headLine is a line that belongs above an article: dates, origin, counters.
var headLine = regexp.MustCompile(`^[\s【\[(（]*(发布|发文|发表|成文|生成|公开|更新|公文|信息|稿件|文章|内容)?\s*(时间|日期|来源|来自|机构|单位|索引号|索\s*引\s*号|文号|作者|浏览(次数|量)?|点击(数|次数|率|量)?|阅读(次数|量|数)?|访问(量|次数)|字体|字号|打印|分享)\s*[】\])）]?\s*[:：]`)

// isHeadLine knows such a line by its first label, or by the date it begins with:
// one that a label follows, or that stands alone as content systems write it. A
// date in words alone is the document's own.
func isHeadLine(text string) bool {
	if headLine.MatchString(text) {
		return true
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(text, " 【[(（"))
	switch {
	case isDigit(foldRune(first)):
		l := foldLine(text).trim(" [()]")
		_, end, ok := scanDate(l, 0)
		if !ok {
			return false
		}
		rest := lineFields(l.slice(end, l.len()).trim(" )]"))
		return len(rest) > 1 && rest[0].value.len() == 0 || end == l.len() && strings.ContainsRune("-/.", l.at(4))
	case isHan(first):
		fields := lineFields(foldLine(text))
		if len(fields) < 2 || fields[0].value.len() > 0 {
			return false
		}
		if fields[1].isDate() && !fields[1].colon {
			value, _, ok := scanDate(fields[1].value, 0)
			return ok && value != ""
		}
		return ofStrip(fields[1:])
	}
	return false
}

// ofStrip says that a line of these fields is one of a strip: its first label is, and
// no value goes on like a sentence.
func ofStrip(fields []field) bool {
	const longest = 60
	for _, f := range fields {
		if f.value.len() > longest {
			return false
		}
	}
	switch f := fields[0]; f.kind {
	case viewsLabel, sourceLabel, personLabel, indexLabel:
		return f.colon
	case controlLabel:
		return !strings.Contains(f.word, "下载")
	default:
		return f.colon && f.isDate()
	}
}

var (
	clock     = regexp.MustCompile(`今天是|星期[一二三四五六日天]|农历`)
	anyLabel  = regexp.MustCompile(`(发布|发文|发表|公开|生成|更新|时间|日期|来源|浏览|点击|阅读|访问).{0,3}[:：]`)
	belowLine = regexp.MustCompile(`^[\s【\[(（]*((浏览|点击|阅读|被阅览|人气)(次数|量|数|率)?|(信息)?(发布|发表)(时间|日期)?)\s*[:：]|^访问(次数|量)?[:：].*(发布|打印|关闭)`)
	neighbour = regexp.MustCompile(`上一[篇条页]|下一[篇条页]|相关|推荐|热点`)
)

// strip is the text between title and body, metadata tables as label and value.
// Publish date and view count may also stand right below the body; but 访问量 alone
// is a footer's, of the whole site.
func (d *document) strip(from int, body extent, address *url.URL) []string {
	var out []string
	entry := d.entries(from, body.from, address)
	for i := from; i < body.from; i++ {
		p := &d.pieces[i]
		switch {
		case entry[i-from], isHeadLine(p.text) && d.besideOther(i, body.from, address):
		case p.grid != nil:
			out = append(out, labelledLines(p.grid)...)
		case p.image || p.text == "" || clock.MatchString(p.text) && !anyLabel.MatchString(p.text):
		case p.links > 0 && p.links*2 >= utf8.RuneCountInString(p.text) && !anyLabel.MatchString(p.text): // an entry of a list
		default:
			out = append(out, p.text)
		}
	}
	return append(out, d.stripBelow(body)...)
}

// stripBelow is a strip directly below the body. It ends where anything but a strip's
// lines follows: what stands behind a link to another article is that one's, and so is
// what stands before it.
func (d *document) stripBelow(body extent) []string {
	const reach, longest = 8, 160
	if d.leadsOn(body.to - 1) {
		return nil
	}
	var out []string
	for i := body.to; i < min(len(d.pieces), body.to+reach); i++ {
		p := &d.pieces[i]
		switch fields := lineFields(foldLine(p.text)); {
		case d.leadsOn(i) && !neighbour.MatchString(p.text):
			return nil
		case p.links == 0 && belowLine.MatchString(p.text):
			out = append(out, p.text)
		case p.image && p.text == "", p.grid == nil && utf8.RuneCountInString(p.text) <= longest && len(fields) > 1 && fields[0].value.len() == 0 && ofStrip(fields[1:]),
			tailLine.MatchString(p.text) && !neighbour.MatchString(p.text):
		default:
			return out
		}
	}
	return out
}

// besideOther says that a line of a strip stands below the title of another article, or
// above it without one of its own.
func (d *document) besideOther(i, to int, address *url.URL) bool {
	if d.elsewhere(i-1, address) {
		return true
	}
	if i+1 >= to || !d.elsewhere(i+1, address) {
		return false
	}
	own := i - 1
	for own >= 0 && isHeadLine(d.pieces[own].text) {
		own--
	}
	return own < 0 || parseTitle(tidyTitle(d.pieces[own].text)).kind == noTitle || d.elsewhere(own, address)
}

// elsewhere says that a piece is nothing but a link to another article, whose date
// stands beside it.
func (d *document) elsewhere(i int, address *url.URL) bool {
	const shortest = 10
	if i < 0 || i >= len(d.pieces) {
		return false
	}
	p := &d.pieces[i]
	heading := slices.ContainsFunc(d.titles, func(e extent) bool { return e.from == i })
	if p.links*5 < utf8.RuneCountInString(p.text)*4 || p.links < shortest && !heading || isOrgan(p.text) || siteRE.MatchString(p.text) {
		return false
	}
	for _, e := range d.extents {
		if e.from != i || e.to != i+1 {
			continue
		}
		for _, a := range links(e.node) {
			if leavesPage(a, address) {
				return true
			}
		}
	}
	return false
}

// leadsOn says that a piece is the title of another article: a link, or a report's. The
// name of a file is none.
func (d *document) leadsOn(i int) bool {
	const title = 8
	if i < 0 || i >= len(d.pieces) || d.pieces[i].grid != nil || isFileLink(d.pieces[i].text) {
		return false
	}
	p := &d.pieces[i]
	return p.links >= title && p.links*2 >= utf8.RuneCountInString(p.text) || parseTitle(tidyTitle(p.text)).kind >= relatedTitle
}

// entries says which pieces of a range belong to entries of lists that lead to other
// articles, whose dates and counts they print.
func (d *document) entries(from, to int, address *url.URL) []bool {
	const longestEntry, title = 6, 10
	entry := make([]bool, max(to-from, 0))
	for _, e := range d.extents {
		if e.from < from || e.to > to || e.to-e.from > longestEntry || e.from == e.to || e.node.DataAtom == atom.Table {
			continue
		}
		if !listItems[e.node.DataAtom] && d.pieces[e.from].links < title {
			continue
		}
		for a := range e.node.Descendants() {
			text := ""
			if a.DataAtom == atom.A && leavesPage(a, address) {
				text = joined(a)
			}
			if utf8.RuneCountInString(text) >= title && !isOrgan(text) {
				for i := e.from; i < e.to; i++ {
					entry[i-from] = true
				}
				break
			}
		}
	}
	return entry
}

var listItems = map[atom.Atom]bool{atom.Li: true, atom.Dl: true, atom.Dd: true, atom.Dt: true}

var metadataLabel = regexp.MustCompile(`^(名称|标题|索引号|发布(机构|日期|时间|单位)|发文(机关|日期|单位|字号)|公开(日期|时间|方式|范围)|成文日期|生成日期|公文生成日期|文号|主题分类|组配分类|分类|体裁|关键词|信息来源|来源|有效性|时效|生效日期|废止日期|所属主题|责任部门|备注/?文号|信息名称|公开主体)$`)

// metadataGrid: a table of 索引号, 发布机构 and the like, in cells of their own or in
// front of their values.
func metadataGrid(g *Grid) bool {
	n := 0
	for i := range g.Cells {
		if text := g.Cells[i].Text; metadataLabel.MatchString(metadataKey(text)) || headLine.MatchString(text) {
			n++
		}
	}
	return n >= 2
}

func metadataKey(s string) string {
	return strings.TrimRight(strings.Join(strings.Fields(s), ""), ":：")
}

// metadataLabelOf is a cell's text as a label of the strip, "" if it is none.
func metadataLabelOf(c *GridCell) string {
	const longest = 12
	if c == nil || len(c.Text) > 4*longest {
		return ""
	}
	key := metadataKey(c.Text)
	if metadataLabel.MatchString(key) {
		return key
	}
	l := foldLine(key)
	for _, known := range labelsByRune[l.at(0)] {
		if string(known.runes) == string(l.folded) && known.kind != controlLabel && known.kind != personLabel {
			return key
		}
	}
	return ""
}

// labelledLines turns a metadata table into lines, a label with the cell behind it
// or, in a row of nothing but labels, with the cell below; any other table into
// its texts.
func labelledLines(g *Grid) []string {
	var out []string
	used := map[*GridCell]bool{}
	headed := labelRows(g)
	for i := range g.Cells {
		c := &g.Cells[i]
		if used[c] {
			continue
		}
		text := strings.ReplaceAll(c.Text, "\n", " ")
		if key := metadataLabelOf(c); key != "" {
			value := g.At(c.Row, c.Col+c.ColSpan)
			if value == nil || metadataLabelOf(value) != "" || used[value] {
				value = nil
				if below := g.At(c.Row+c.RowSpan, c.Col); headed[c.Row] && below != nil && metadataLabelOf(below) == "" {
					value = below
				}
			}
			text = key + "："
			if value != nil {
				used[value] = true
				text += strings.ReplaceAll(value.Text, "\n", " ")
			}
		}
		if text != "" {
			out = append(out, text)
		}
	}
	return out
}

// labelRows says which rows are two labels or more and nothing else.
func labelRows(g *Grid) []bool {
	labels, others := make([]int, g.Rows), make([]int, g.Rows)
	for i := range g.Cells {
		if c := &g.Cells[i]; metadataLabelOf(c) != "" {
			labels[c.Row]++
		} else {
			others[c.Row]++
		}
	}
	only := make([]bool, g.Rows)
	for row := range only {
		only[row] = labels[row] > 1 && others[row] == 0
	}
	return only
}
