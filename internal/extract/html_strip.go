package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
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
		rest := lineFields(l.slice(end, l.len()))
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
		return fields[1].colon && (fields[1].isDate() || fields[1].kind == viewsLabel)
	}
	return false
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
func (d *document) strip(from int, body extent) []string {
	const below = 8
	var out []string
	for i := from; i < body.from; i++ {
		p := &d.pieces[i]
		switch {
		case p.grid != nil:
			out = append(out, labelledLines(p.grid)...)
		case p.image || p.text == "" || clock.MatchString(p.text) && !anyLabel.MatchString(p.text):
		case p.links > 0 && p.links*2 >= utf8.RuneCountInString(p.text) && !anyLabel.MatchString(p.text): // an entry of a list
		default:
			out = append(out, p.text)
		}
	}
	for i := body.to; i < min(len(d.pieces), body.to+below); i++ {
		p := &d.pieces[i]
		if neighbour.MatchString(p.text) {
			break
		}
		if p.links == 0 && belowLine.MatchString(p.text) {
			out = append(out, p.text)
		}
	}
	return out
}

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
