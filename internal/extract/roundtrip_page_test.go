package extract

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// otherTables are tables of other matters that a body or page may hold.
const (
	permitTable = `<table><tr><td>公开类别</td><td>数量</td></tr><tr><td>行政许可</td><td>991</td></tr><tr><td>行政处罚</td><td>992</td></tr><tr><td>其他</td><td>993</td></tr></table>`
	mediaTable  = `<table><tr><th>渠道</th><th>信息数（条）</th><th>占比</th></tr><tr><td>门户网站</td><td>995</td><td>80%</td></tr><tr><td>微信公众号</td><td>249</td><td>20%</td></tr><tr><td>总计</td><td>1244</td><td>100%</td></tr></table>`
	askersTable = `<table><tr><td>申请人</td><td>自然人</td><td>企业</td><td>总计</td></tr><tr><td>咨询电话（次）</td><td>17</td><td>3</td><td>20</td></tr></table>`
	proposals   = `<table><tr><td>类别</td><td>件数</td><td>办结率</td></tr><tr><td>人大代表建议</td><td>12</td><td>100%</td></tr><tr><td>政协提案</td><td>25</td><td>100%</td></tr></table>`
)

// decoy puts markup into the text of section one.
func (p *paper) decoy(markup string) {
	p.sections[0].before = append(p.sections[0].before, markup)
	par := p.par
	p.par = func(rng *rand.Rand, s string) string {
		if strings.HasPrefix(s, "<") {
			return s
		}
		return par(rng, s)
	}
}

// bodies are the ways of laying out the article.
var bodies = []mess{
	{"a table printed before its heading", since2019, func(p *paper) { p.t3.headLast = true }},
	{"another table in the text", nil, func(p *paper) { p.decoy(pick(p.rng, permitTable, mediaTable, askersTable, proposals)) }},
	{"another table behind table 2", since2019, func(p *paper) {
		p.decoy("<!-- -->")
		p.t2.after = append(p.t2.after, pick(p.rng, permitTable, mediaTable, proposals))
	}},
	{"another table behind table 4", since2019, func(p *paper) {
		p.decoy("<!-- -->")
		p.t4.after = append(p.t4.after, pick(p.rng, mediaTable, askersTable, proposals))
	}},
	{"a hidden template of the table", nil, func(p *paper) {
		for _, s := range p.official() {
			if len(s.tables) > 0 {
				again := s.tables[0].clone()
				again.each(func(c *td) {
					if c.fact != nil {
						c.markup = "9"
					}
				})
				p.decoy(`<div style="display: none">` + p.table(again) + `</div>`)
			}
		}
	}},
	{"the same table once more for small screens", since2019, func(p *paper) {
		s := p.t4
		if len(s.tables) == 1 {
			s.tables = append(s.tables, s.tables[0].clone())
		}
	}},
	{"labels of the table in the text", since2019, func(p *paper) {
		p.sections[0].before = append(p.sections[0].before, "（一）主动公开", "全年予以公开3件，部分公开4件；行政复议5件、行政诉讼6件，结果维持7件。", "（二）依申请公开", "本年新收政府信息公开申请数量为8件。")
		p.t3.before = append(p.t3.before, "本年新收政府信息公开申请9件，上年结转1件，总计10件。")
	}},
	{"a table of contents", since2019, func(p *paper) {
		p.opening = append(p.opening, "一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况",
			"五、存在的主要问题及改进情况", "六、其他需要报告的事项")
	}},
	{"headings in other words", since2019, func(p *paper) {
		p.sections[0].heading = pick(p.rng, "—、总体情况", "一、总体公开情况", "一、总体概述", "一、总结概述", "一、工作基本情况", "一、工作开展情况", "一、总体情况、")
		p.t2.heading = pick(p.rng, "二、主动公开政府政府情况", "二、行政机关主动公开政府信息情况", "二、主动公开政府信息情况：")
		p.t4.heading = pick(p.rng, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", "四、政府信息公开行政复议和行政诉讼情况")
		p.sections[4].heading = pick(p.rng, "五、政府信息公开工作存在的主要问题及改进情况", "五、存在的问题及改进措施", "五、存在的主要问题及改进情况。")
	}},
	{"heading and text in one paragraph", since2019, func(p *paper) {
		p.sections[4].heading = strings.TrimRight(p.sections[4].heading, "：。") + "：" + p.sections[4].before[0]
		p.sections[4].before = nil
		p.sections[5].heading += "　　" + p.sections[5].before[0]
		p.sections[5].before = nil
	}},
	{"headings padded with blanks", since2019, func(p *paper) {
		for i := range p.sections {
			p.sections[i].heading = "　　" + p.sections[i].heading + strings.Repeat("\u00a0", p.rng.IntN(24))
		}
	}},
	{"the table in a paragraph", nil, wrapping(`<p style="text-align:center">`, "</p>")},
	{"the table in the cell of another", nil, wrapping(`<table border=0><tr><td>`, "</td></tr></table>")},
	{"the table in a quotation in the middle", nil, wrapping("<blockquote><center><div align=center>", "</div></center></blockquote>")},
	{"the table in a span", nil, wrapping(`<span style="font-size:16px"><strong>`, "</strong></span>")},
	{"the article laid out in a table", nil, func(p *paper) { p.layout = true }},
	{"the article in another family's element", nil, func(p *paper) {
		tags := pick(p.rng, [2]string{`<div class=TRS_Editor><style type="text/css">.TRS_Editor P{font-size:12pt}</style>`, "</div>"}, [2]string{`<ucapcontent>`, `</ucapcontent>`},
			[2]string{`<form name="_newscontent_fromname"><div id="vsb_content" class="v_news_content">`, `</div></form>`},
			[2]string{`<div class="article-content">`, "</div>"}, [2]string{`<!--ZJEG_RSS.content.begin--><div class="bt_content">`, `</div><!--ZJEG_RSS.content.end-->`})
		p.open, p.close = tags[0], tags[1]
	}},
	{"the article in an element without a name", nil, func(p *paper) { p.open, p.close = nameless, "</div>" }},
	{"no element around the article", nil, func(p *paper) { p.open, p.close = "", "" }},
	{"files at the end", nil, func(p *paper) {
		p.close = `<p>附件：<a href="/P020240109.docx">1.年度报告统计表.docx</a></p><p><a href="b.pdf">2.说明（12页）.pdf</a></p>` + p.close
	}},
	{"the report signed and dated", nil, func(p *paper) {
		if len(p.ending) == 0 {
			p.ending = []string{p.want.agency, fmt.Sprintf("%d年1月%d日", p.want.year+1, 2+p.rng.IntN(8))}
		}
	}},
}

const nameless = "<div class=cc9>"

func wrapping(before, after string) func(p *paper) {
	return func(p *paper) {
		for _, s := range p.official() {
			s.wrap = func(table string) string { return before + table + after + "\n" }
		}
	}
}

// chrome is what stands around an article.
var chrome = []mess{
	{"a second document inside the body", nil, func(p *paper) {
		p.top = append([]string{`<html><head><meta charset="utf-8"><title>临江市人民政府</title><meta name="keywords" content="x"></head><body><div class="top"><span>欢迎访问</span></div></body></html>`}, p.top...)
	}},
	{"the day of the visit in the page's header", nil, func(p *paper) {
		p.top = append([]string{pick(p.rng, "<div>今天是2026年1月31日 星期六</div>", "<div>2026年01月31日 星期六 农历腊月十三</div>", "<span>今天是：2026-01-31 11:22:33</span>")}, p.top...)
	}},
	{"related links with numbers", nil, func(p *paper) {
		if p.st != nil && p.st.asText != nil && !framed(p) { // nothing parts them from a table of text
			p.want.findings["row_shape"] = true
		}
		p.below = append([]string{fmt.Sprintf(`<div class="rel"><h3>相关链接</h3><ul><li><a href="1.html">%s%d年政府信息公开工作年度报告</a> %d-01-20</li><li><a href="2.html">%s%d年政府信息公开工作年度报告</a> 浏览次数：777</li><li><a href=3.html>公开申请 123 件统计</a></li></ul></div>`,
			p.want.agency, p.want.year-1, p.want.year, p.want.agency, p.want.year-2)}, p.below...)
	}},
	{"the years in a list beside the article", nil, func(p *paper) {
		p.top = append(p.top, `<div class="years"><ul><li><a href="y1">2012年</a></li><li><a href="y2">2013年</a></li><li><a href="y3">2014年</a></li><li><a href="y4">2015年</a></li></ul></div>`)
	}},
	{"the page before and the page after", nil, func(p *paper) {
		p.below = append([]string{fmt.Sprintf(`<p>上一篇：<a href=a>东湖县水利局%d年政府信息公开工作年度报告</a></p><p>下一篇：<a href=b>没有了</a></p>`, p.want.year-1)}, p.below...)
	}},
	{"a breadcrumb through another bureau", func(p *paper) bool { return len(p.crumbs) > 2 && p.want.agency != "" }, func(p *paper) {
		p.crumbs = append([]string{"首页", "部门", "临江市发展和改革局"}, p.crumbs[1:]...)
	}},
	{"a weather box with numbers", nil, func(p *paper) {
		p.top = append(p.top, `<div class="tq">临江 多云 12℃~23℃ 湿度：45% 阅读全文</div>`)
	}},
	{"a table as navigation", nil, func(p *paper) {
		p.top = append(p.top, `<table><tr><td><a href=1>信息公开指南</a></td><td><a href=2>信息公开目录</a></td></tr><tr><td><a href=3>信息公开年报</a></td><td><a href=4>依申请公开</a></td></tr></table>`)
	}},
	{"a table of another year hidden in a tab", since2019, func(p *paper) {
		if len(p.t4.tables) == 0 {
			return
		}
		again := p.t4.tables[0].clone()
		again.each(func(c *td) {
			if c.fact != nil {
				c.lines, c.markup = []string{"88"}, ""
			}
		})
		p.below = append(p.below, `<div class="tab" style="display:none">`+p.table(again)+`</div>`)
	}},
	{"a breadcrumb in a list", nil, func(p *paper) {
		if len(p.crumbs) > 0 {
			p.top = append(p.top, `<div class="breadcrumb"><ol><li><a href="/">`+strings.Join(p.crumbs, `</a></li><li><a href="/c">`)+`</a></li></ol></div>`)
			p.crumbs = nil
		}
	}},
	{"programs that hold a report", nil, func(p *paper) {
		p.top = append(p.top, `<script>var a="一、总体情况";document.write("<table><tr><td>（一）予以公开</td><td>9</td></tr></table>")</script><noscript>浏览次数：12</noscript><textarea style="width:0">发布时间：2011-02-03</textarea><template><h1>临江市审计局2011年政府信息公开工作年度报告</h1></template>`)
	}},
	{"search box and buttons", nil, func(p *paper) {
		p.top = append(p.top, `<form><input name=q value="2011年"><select><option>2011年</option><option selected>2012年</option></select><button>搜索</button></form>`)
	}},
	{"numbers in the footer", nil, func(p *paper) {
		p.below = append(p.below, `<div>您是第 1530488 位访客　今日访问：12　政府网站标识码：4300000001　湘ICP备12345678号　Copyright 2012-2026</div>`)
	}},
}

// source are habits of the markup.
var source = []mess{
	{"Word's paragraphs and spans", nil, func(p *paper) {
		p.cell = func(_ *rand.Rand, c *td) string {
			return `<p class="MsoNormal" align="center"><span lang="EN-US">` + escapedLines(c.lines) + `</span><span><o:p></o:p></span></p>`
		}
	}},
	{"text cut into spans and fonts anywhere", nil, func(p *paper) {
		p.cell = func(rng *rand.Rand, c *td) string {
			var b strings.Builder
			for i, l := range c.lines {
				if i > 0 {
					b.WriteString("<br/>")
				}
				rs := []rune(l)
				cut := rng.IntN(len(rs) + 1)
				b.WriteString("<span>" + escapedLines([]string{string(rs[:cut])}) + `</span><font face="仿宋"><b>` + escapedLines([]string{string(rs[cut:])}) + "</b></font>")
			}
			return b.String()
		}
	}},
	{"each line of a cell a paragraph", nil, func(p *paper) {
		p.cell = func(_ *rand.Rand, c *td) string {
			out := ""
			for _, l := range c.lines {
				out += "<p>\n  " + escapedLines([]string{l}) + "&nbsp;\n</p>"
			}
			return out
		}
	}},
	{"a division in every cell", nil, func(p *paper) {
		p.cell = func(_ *rand.Rand, c *td) string {
			return "\n\t<div class=\"cell\"><div>" + escapedLines(c.lines) + "</div></div>\n"
		}
	}},
	{"paragraphs of spans and nbsp", nil, func(p *paper) {
		p.par = func(rng *rand.Rand, s string) string {
			if strings.HasPrefix(s, "<") {
				return s
			}
			rs := []rune(s)
			cut := rng.IntN(len(rs) + 1)
			return `<p class="MsoNormal" style="text-indent:32.0pt"><span>&nbsp;&nbsp;&nbsp; ` + escapedLines([]string{string(rs[:cut])}) + `</span><span lang="EN-US">` + escapedLines([]string{string(rs[cut:])}) + "<o:p></o:p></span></p>\n"
		}
	}},
	{"headings in bold and colour", nil, func(p *paper) {
		par := p.par
		p.par = func(rng *rand.Rand, s string) string {
			if len(s) < 120 && strings.Contains(s, "、") {
				return "<h2><strong><font color=red>" + escapedLines([]string{s}) + "</font></strong></h2>"
			}
			return par(rng, s)
		}
	}},
	{"lines parted by <br> in one paragraph", nil, func(p *paper) {
		p.par = func(_ *rand.Rand, s string) string {
			if strings.HasPrefix(s, "<") {
				return s
			}
			return escapedLines([]string{s}) + "<br /><br>\n"
		}
	}},
	{"label cells as <th>", nil, func(p *paper) { p.tag = "th" }},
	{"spans with something behind the number", nil, func(p *paper) {
		p.attrs = func(c *td) string {
			return strings.NewReplacer(`rowspan="`, `rowspan=" `, `" colspan`, ` " colspan`).Replace(spanAttrs(c))
		}
	}},
	{"spans in pixels: colspan=\"3px\"", nil, func(p *paper) {
		digits := regexp.MustCompile(`span="(\d+)"`)
		p.attrs = func(c *td) string { return digits.ReplaceAllString(spanAttrs(c), `span="${1}px"`) }
	}},
	{"spans without quotes, in capitals", nil, func(p *paper) {
		p.attrs = func(c *td) string {
			if c.hidden {
				return spanAttrs(c)
			}
			return strings.ToUpper(strings.ReplaceAll(spanAttrs(c), `"`, ""))
		}
	}},
	{"cells and rows not closed", nil, func(p *paper) { p.rewrite("</td>", "", "</tr>", "", "</th>", "") }},
	{"rows opened twice", nil, func(p *paper) { p.rewrite("<tr>", "<tr><tr>") }},
	{"a tbody of its own for every table", nil, func(p *paper) { p.inTable = "<colgroup><col width=72><col></colgroup><tbody>" }},
	{"a caption in the table", nil, func(p *paper) { p.inTable = "<caption>统计表</caption>" }},
	{"a head of its own around the first rows", nil, func(p *paper) {
		p.page = append(p.page, func(page string) string {
			return strings.ReplaceAll(page, `cellspacing="0"><tr>`, `cellspacing="0"><thead></thead><tbody><tr>`)
		})
	}},
	{"paragraphs closed in the table", nil, func(p *paper) { p.rewrite("</td>", "</p></td>", "<tr>", "</p><tr>") }},
	{"stray tags between rows", nil, func(p *paper) { p.rewrite("</tr>\n", "</tr>\n</span><font></font>") }},
	{"tags in capitals", nil, func(p *paper) {
		tags := regexp.MustCompile(`</?(?:table|tr|td|th|p|span|div|br|font|h1|h2|a|meta|title)\b`)
		p.page = append(p.page, func(page string) string { return tags.ReplaceAllStringFunc(page, strings.ToUpper) })
	}},
	{"Word's conditional comments", nil, func(p *paper) {
		p.rewrite("<tr>", `<!--[if !supportMisalignedRows]--><tr>`, "</p>", `<![if !supportEmptyParas]><![endif]></p>`)
	}},
	{"Word's XML", nil, func(p *paper) {
		p.open += `<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View><w:Zoom>0</w:Zoom></w:WordDocument></xml><![endif]--><xml><w:latentstyles count="156"></w:latentstyles></xml><style>@font-face{font-family:"Times New Roman";}p.MsoNormal{mso-style-name:正文;}</style>`
		p.rewrite("</td>", "<o:p></o:p></td>")
	}},
	{"comments everywhere", nil, func(p *paper) { p.rewrite("<td", "<!-- 1 --><td", "</tr>", "</tr><!-- 1 -->") }},
	{"everything on one line", nil, func(p *paper) { p.rewrite("\n", "") }},
	{"line ends of Windows and indented source", nil, func(p *paper) { p.rewrite("\n", "\r\n\t\t", "<td", "\r\n\t\t\t<td") }},
	{"no doctype and no head", nil, func(p *paper) {
		p.doctype = ""
		p.rewrite("<html><head>", "", "</head>", "")
	}},
	{"XHTML", nil, func(p *paper) {
		p.doctype = `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">`
		p.rewrite("<br>", "<br />", "<html>", `<html xmlns="http://www.w3.org/1999/xhtml">`)
	}},
	{"the document's end missing", nil, func(p *paper) { p.rewrite("</body></html>", "", "</table>\n", "</table>") }},
}

// rewrite replaces markup in the whole page.
func (p *paper) rewrite(pairs ...string) {
	r := strings.NewReplacer(pairs...)
	p.page = append(p.page, r.Replace)
}

func gbk(page string) []byte {
	b, err := simplifiedchinese.GB18030.NewEncoder().String(page)
	if err != nil {
		panic(err)
	}
	return []byte(b)
}

// coding are the ways of making bytes of the text.
var coding = []mess{
	{"GBK, so declared", nil, func(p *paper) {
		p.bytes, p.media, p.meta[0] = gbk, "text/html", `<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`
	}},
	{"GBK declared as UTF-8", nil, func(p *paper) { p.bytes = gbk }},
	{"GBK and nobody says so", nil, func(p *paper) { p.bytes, p.media, p.meta[0] = gbk, "text/html", "" }},
	{"UTF-8 declared as gb2312", nil, func(p *paper) { p.media, p.meta[0] = "text/html; charset=gb2312", `<meta charset=gb2312>` }},
	{"a byte order mark", nil, func(p *paper) { p.bytes = func(page string) []byte { return []byte("\ufeff" + page) } }},
	{"Chinese as entities", nil, func(p *paper) {
		p.page = append(p.page, func(page string) string {
			if strings.Contains(page, "<script") || strings.Contains(page, "<style") || strings.Contains(page, "<textarea") {
				return page
			}
			return strings.NewReplacer("公", "&#20844;", "开", "&#x5F00;", "一", "&#19968;", "：", "&#65306;", "、", "&#12289;").Replace(page)
		})
	}},
}
