package extract

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strconv"
	"strings"

	"crawl/internal/report"
)

// td is a cell of a table to be rendered: its text as lines, or markup if set.
type td struct {
	lines  []string
	markup string // overrides lines
	rows   int
	cols   int
	value  bool
}

// sheet is a table to be rendered.
type sheet [][]td

func plain(text string) td           { return td{lines: []string{text}, rows: 1, cols: 1} }
func broad(text string, r, c int) td { return td{lines: []string{text}, rows: r, cols: c} }
func number(text string, cols int) td {
	return td{lines: []string{text}, rows: 1, cols: cols, value: true}
}
func (s sheet) each(do func(c *td)) {
	for _, r := range s {
		for i := range r {
			do(&r[i])
		}
	}
}
func (s sheet) values(do func(c *td)) {
	s.each(func(c *td) {
		if c.value {
			do(c)
		}
	})
}
func (s sheet) starting(prefix string) *td {
	var found *td
	s.each(func(c *td) {
		if found == nil && len(c.lines) > 0 && strings.HasPrefix(c.lines[0], prefix) {
			found = c
		}
	})
	return found
}

// values2021 are the printed values of a report of form f2021.
type values2021 struct {
	t2 [10]string
	t3 [25][7]string
	t4 [15]string
}

func randomValues(rng *rand.Rand) values2021 {
	var v values2021
	draw := func() string {
		switch n := rng.IntN(10); {
		case n < 4:
			return "0"
		case n < 8:
			return strconv.Itoa(rng.IntN(100))
		default:
			return strconv.Itoa(rng.IntN(1000000))
		}
	}
	for i := range v.t2 {
		v.t2[i] = draw()
	}
	if rng.IntN(2) == 0 {
		v.t2[9] = fmt.Sprintf("%d.%02d", rng.IntN(10000), rng.IntN(100))
	}
	for i := range v.t3 {
		for j := range v.t3[i] {
			v.t3[i][j] = draw()
		}
	}
	for i := range v.t4 {
		v.t4[i] = draw()
	}
	return v
}

// document2021 is a report in the form of 2021 before it is rendered.
type document2021 struct {
	t2, t3, t4 []sheet
	preface    string
	decoy      string // markup before section two
	after2     string // markup behind table 2
	layout     bool
	headFirst  bool // heading of section three behind its table
	second     bool
	cell       func(rng *rand.Rand, c *td) string
}

func newDocument(v values2021) *document2021 {
	return &document2021{
		t2: []sheet{sheet2(v)}, t3: []sheet{sheet3(v)}, t4: []sheet{sheet4(v)},
		cell: func(_ *rand.Rand, c *td) string { return strings.Join(escaped(c.lines), "<br/>") },
	}
}

func escaped(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = html.EscapeString(l)
	}
	return out
}

func sheet2(v values2021) sheet {
	return sheet{
		{broad("第二十条第（一）项", 1, 4)},
		{plain("信息内容"), plain("本年制发件数"), plain("本年废止件数"), plain("现行有效件数")},
		{plain("规章"), number(v.t2[0], 1), number(v.t2[1], 1), number(v.t2[2], 1)},
		{plain("行政规范性文件"), number(v.t2[3], 1), number(v.t2[4], 1), number(v.t2[5], 1)},
		{broad("第二十条第（五）项", 1, 4)},
		{plain("信息内容"), broad("本年处理决定数量", 1, 3)},
		{plain("行政许可"), number(v.t2[6], 3)},
		{broad("第二十条第（六）项", 1, 4)},
		{plain("信息内容"), broad("本年处理决定数量", 1, 3)},
		{plain("行政处罚"), number(v.t2[7], 3)},
		{plain("行政强制"), number(v.t2[8], 3)},
		{broad("第二十条第（八）项", 1, 4)},
		{plain("信息内容"), broad("本年收费金额（单位：万元）", 1, 3)},
		{plain("行政事业性收费"), number(v.t2[9], 3)},
	}
}

func sheet3(v values2021) sheet {
	s := sheet{
		{broad("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), broad("申请人情况", 1, 7)},
		{broad("自然人", 2, 1), broad("法人或其他组织", 1, 5), broad("总计", 2, 1)},
		{plain("商业企业"), plain("科研机构"), plain("社会公益组织"), plain("法律服务机构"), plain("其他")},
	}
	group := ""
	spans := map[string]int{"（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5, "（六）其他处理": 3}
	for i, row := range applicationRows(report.Form2021) {
		var cells []td
		switch {
		case row.Code == "granted":
			cells = append(cells, broad("三、本年度办理结果", 22, 1), broad(row.Label, 1, 2))
		case row.Group == "" && (row.Code == "granted_partial" || row.Code == "processed_total"):
			cells = append(cells, broad(row.Label, 1, 2))
		case row.Group == "":
			cells = append(cells, broad(row.Label, 1, 3))
		default:
			if row.Group != group {
				cells = append(cells, broad(row.Group, spans[row.Group], 1))
				group = row.Group
			}
			cells = append(cells, plain(row.Label))
		}
		for _, x := range v.t3[i] {
			cells = append(cells, number(x, 1))
		}
		s = append(s, cells)
	}
	return s
}

func sheet4(v values2021) sheet {
	var heads, under, values []td
	for _, c := range report.DisputeResults {
		heads = append(heads, broad(c.Label, 2, 1))
	}
	for range 2 {
		for _, c := range report.DisputeResults {
			under = append(under, plain(c.Label))
		}
	}
	for _, x := range v.t4 {
		values = append(values, number(x, 1))
	}
	return sheet{
		{broad("行政复议", 1, 5), broad("行政诉讼", 1, 10)},
		append(heads, broad("未经复议直接起诉", 1, 5), broad("复议后起诉", 1, 5)),
		under,
		values,
	}
}

func (d *document2021) sheets() []sheet {
	return append(append(append([]sheet{}, d.t2...), d.t3...), d.t4...)
}

func (d *document2021) table(rng *rand.Rand, s sheet) string {
	var b strings.Builder
	b.WriteString("<table border=1 class=\"MsoTable\">")
	for _, row := range s {
		b.WriteString("<tr>")
		for i := range row {
			c := &row[i]
			b.WriteString("<td")
			if c.rows > 1 {
				fmt.Fprintf(&b, " rowspan=\"%d\"", c.rows)
			}
			if c.cols > 1 {
				fmt.Fprintf(&b, " colspan=%d", c.cols)
			}
			b.WriteString(" valign=center>")
			if c.markup != "" {
				b.WriteString(c.markup)
			} else {
				b.WriteString(d.cell(rng, c))
			}
			b.WriteString("</td>")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</table>")
	return b.String()
}

// render writes the whole page, with navigation and footer around the article.
func (d *document2021) render(rng *rand.Rand) string {
	var b strings.Builder
	p := func(s string) { fmt.Fprintf(&b, "<p class=\"MsoNormal\"><span>%s</span></p>\n", s) }
	tables := func(list []sheet) {
		for _, s := range list {
			b.WriteString("<div>" + d.table(rng, s) + "</div>\n")
		}
	}
	b.WriteString(`<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="ArticleTitle" content="临江市民政局2023年政府信息公开工作年度报告"><title>临江市民政局2023年政府信息公开工作年度报告_临江市人民政府</title><script>var a="一、总体情况";</script></head><body>`)
	if d.second {
		b.WriteString(`<html><head><title>临江市人民政府</title></head><body><div class="top"><span>今天是2024年5月6日 星期一</span></div></body></html>`)
	}
	b.WriteString(`<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/hd/">互动交流</a></li><li><a href="/fw/">办事服务</a></li></ul>`)
	b.WriteString(`<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="/nb/">政府信息公开年报</a></div>`)
	if d.layout {
		b.WriteString("<table width=1000><tr><td>&nbsp;</td><td>")
	}
	b.WriteString(`<h1>临江市民政局2023年政府信息公开工作年度报告</h1><div class="info">发布时间：2024-01-09 10:06　来源：市民政局　浏览次数：37次</div><div id="zoom">`)
	p(d.preface + "根据《中华人民共和国政府信息公开条例》要求编制本报告，分总体情况、主动公开政府信息情况等六个部分，数据自2023年1月1日起至2023年12月31日止。")
	p("一、总体情况")
	p("2023年，我局公开信息339条，收到申请26件。")
	b.WriteString(d.decoy)
	p("二、主动公开政府信息情况")
	tables(d.t2)
	b.WriteString(d.after2)
	if d.headFirst {
		tables(d.t3)
		p("三、收到和处理政府信息公开申请情况")
	} else {
		p("三、收到和处理政府信息公开申请情况")
		tables(d.t3)
	}
	p("四、政府信息公开行政复议、行政诉讼情况")
	tables(d.t4)
	p("五、存在的主要问题及改进情况")
	p("公开内容不够丰富，将继续改进。")
	p("六、其他需要报告的事项")
	p("本年度未收取信息处理费。")
	b.WriteString("</div>")
	if d.layout {
		b.WriteString("</td></tr></table>")
	}
	b.WriteString(`<div class="foot">主办：临江市人民政府办公室　网站总访问量：123456次</div></body></html>`)
	return b.String()
}
