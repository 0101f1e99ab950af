package extract

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"crawl/internal/report"
)

// forms2 and forms3 are the forms of tables 2 and 3 that a report may be printed in.
var paperForms = []struct {
	name, t2, t3, st string
	years            [2]int
}{
	{"f2021", report.Form2021, report.Form2021, "", [2]int{2021, 2025}},
	{"f2019", report.Form2019, report.Form2019, "", [2]int{2019, 2020}},
	{"f2019_hb", report.Form2019HB, report.Form2019HB, "", [2]int{2020, 2020}},
	{"mixed, table 3 of 2019", report.Form2021, report.Form2019, "", [2]int{2021, 2024}},
	{"mixed, table 2 of 2019", report.Form2019, report.Form2021, "", [2]int{2021, 2023}},
	{"s2014", "", "", report.Form2014, [2]int{2014, 2018}},
	{"s_local", "", "", "s_local", [2]int{2008, 2018}},
}

var organs = []string{
	"临江市民政局", "东湖县财政局", "云岭区教育局", "石桥镇人民政府", "临江市人民政府办公室", "清河县人民政府", "临江市市场监督管理局",
	"白沙市自然资源和规划局", "青山街道办事处", "云岭区卫生健康局", "东湖县交通运输局", "临江市统计局",
}

// newPaper draws true values and writes them down cleanly, in the form numbered.
func newPaper(rng *rand.Rand, form int) *paper {
	f := paperForms[form]
	year := f.years[0] + rng.IntN(f.years[1]-f.years[0]+1)
	organ := organs[rng.IntN(len(organs))]
	w := &want{
		form: f.name, facts: map[string]*fact{}, agency: organ, year: year, views: -1, viewsState: report.ViewsNone,
		forms: map[string]string{}, findings: map[string]bool{},
	}
	p := &paper{
		rng: rng, want: w, media: "text/html; charset=utf-8", doctype: "<!DOCTYPE html>\n",
		open: `<div id="zoom">`, close: "</div>", attrs: spanAttrs,
		cell: func(_ *rand.Rand, c *td) string { return escapedLines(c.lines) },
		par:  func(_ *rand.Rand, s string) string { return "<p>" + escapedLines([]string{s}) + "</p>\n" },
	}
	if f.st == "" {
		p.writeSince2019(f.t2, f.t3)
	} else {
		p.writeBefore2019(f.st)
	}
	p.setTitle("%s%d年政府信息公开工作年度报告")
	p.crumbs = []string{"首页", "政务公开", "政府信息公开年报"}
	p.top = []string{`<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/hd/">互动交流</a></li><li><a href="/fw/">办事服务</a></li></ul>`}
	day := fmt.Sprintf("%d-01-%02d", year+1, 10+rng.IntN(20))
	p.strip = []string{"发布时间：" + day, "来源：临江市人民政府"}
	w.published = day
	p.url = fmt.Sprintf("http://www.linjiang.example/zwgk/nb/%s/content_%d.html", "zfxxgk", 1000+rng.IntN(9000))
	p.below = []string{`<div class="foot">主办：临江市人民政府办公室　网站总访问量：123456次</div>`}
	return p
}

// setTitle prints the visible title and <title> from a pattern of agency and year.
func (p *paper) setTitle(pattern string) {
	p.want.title = fmt.Sprintf(pattern, p.want.agency, p.want.year)
	p.headline = "<h1>" + p.want.title + "</h1>"
	p.docTitle = p.want.title + "_临江市人民政府"
	p.meta = []string{`<meta charset="utf-8">`}
}

func (p *paper) writeSince2019(form2, form3 string) {
	w, rng := p.want, p.rng
	w.sections = 6
	w.forms["t2"], w.forms["t3"] = form2, form3
	if form2 == form3 {
		w.forms["t4"] = form2
	}
	p.preface = fmt.Sprintf("根据《中华人民共和国政府信息公开条例》要求编制本报告，分总体情况、主动公开政府信息情况等六个部分，数据自%d年1月1日起至%d年12月31日止。", w.year, w.year)
	p.sections = []section{
		{heading: "一、总体情况", before: []string{fmt.Sprintf("%d年，我单位公开信息339条，收到申请26件，办结25件。", w.year)}},
		{heading: "二、主动公开政府信息情况"},
		{heading: "三、收到和处理政府信息公开申请情况"},
		{heading: "四、政府信息公开行政复议、行政诉讼情况"},
		{heading: "五、存在的主要问题及改进情况", before: []string{"公开内容不够丰富，将继续改进。"}},
		{heading: "六、其他需要报告的事项", before: []string{"本年度未收取信息处理费。"}},
	}
	p.t2, p.t3, p.t4 = &p.sections[1], &p.sections[2], &p.sections[3]
	p.t2.tables = []sheet{sheet2(w, rng, form2)}
	p.t3.tables = []sheet{sheet3(w, rng, form3)}
	p.t4.tables = []sheet{sheet4(w, rng)}
}

func (p *paper) writeBefore2019(form string) {
	w := p.want
	w.forms["statistics"] = form
	p.preface = fmt.Sprintf("根据《中华人民共和国政府信息公开条例》和有关要求，现公布本单位%d年政府信息公开工作年度报告，统计期限自%d年1月1日起至%d年12月31日止。", w.year, w.year, w.year)
	prose := "本年度主动公开政府信息稳步推进，公开内容涵盖机构职能、政策文件、财政预决算、行政许可等方面，公众可以通过门户网站、公开栏和查阅点获取；全年没有发生因政府信息公开被申请复议和提起诉讼的情况，也没有收取费用。"
	p.sections = []section{
		{heading: "一、概述", before: []string{prose, prose}},
		{heading: "二、主动公开政府信息情况", before: []string{prose}},
		{heading: "三、依申请公开情况", before: []string{prose}},
		{heading: "四、收费及减免情况", before: []string{"没有收取费用。"}},
		{heading: "五、行政复议、诉讼和申诉情况", before: []string{"没有发生。"}},
		{heading: "六、存在的主要问题和改进措施", before: []string{"公开内容不够丰富，将继续改进。"}},
		{heading: "政府信息公开情况统计表"},
	}
	p.st = &p.sections[6]
	if form == report.Form2014 {
		p.st.tables = []sheet{sheet2014(w, p.rng)}
	} else {
		p.st.tables = []sheet{sheetLocal(w, p.rng)}
	}
}

// drawCount: reports are full of zeros.
func drawCount(rng *rand.Rand) float64 {
	switch n := rng.IntN(10); {
	case n < 4:
		return 0
	case n < 8:
		return float64(rng.IntN(100))
	default:
		return float64(rng.IntN(1000000))
	}
}

func drawMoney(rng *rand.Rand) float64 {
	if rng.IntN(3) == 0 {
		return 0
	}
	return float64(rng.IntN(100000000)) / 100
}

func drawOf(rng *rand.Rand, name string, kind quantity) *fact {
	n := drawCount(rng)
	switch kind {
	case money:
		n = drawMoney(rng)
	case change:
		if rng.IntN(2) == 0 {
			n = -n
		}
	}
	if n == 0 {
		n = 0 // no negative zero
	}
	return newFact(name, kind, n)
}

// blocks2 are the blocks of table 2: their caption and the rows under one head.
var blocks2 = []struct {
	article string
	rows    []string
}{
	{"第二十条第（一）项", []string{"reg", "norm", "other_doc"}},
	{"第二十条第（五）项", []string{"licence", "other_service"}},
	{"第二十条第（六）项", []string{"penalty", "coercion"}},
	{"第二十条第（八）项", []string{"fee"}},
	{"第二十条第（九）项", []string{"procurement"}},
}

func sheet2(w *want, rng *rand.Rand, form string) sheet {
	const width = 4
	var s sheet
	for _, block := range blocks2 {
		var rows sheet
		var head []td
		for _, row := range report.DisclosureRows {
			if !slices.Contains(row.Forms, form) || !slices.Contains(block.rows, row.Code) {
				continue
			}
			head = []td{word("信息内容", 1, 1)}
			cells := []td{word(row.Label, 1, 1)}
			for i, m := range row.Measures {
				cols := 1
				if i == len(row.Measures)-1 {
					cols = width - len(row.Measures)
				}
				f := w.add(drawOf(rng, "t2."+row.Code+"_"+m.Code, quantityOf(m)))
				if strings.Contains(m.Label, "万元") {
					f.unit = "万元"
				}
				head = append(head, word(m.Label, 1, cols))
				cells = append(cells, value(f, cols))
			}
			rows = append(rows, cells)
		}
		if len(rows) > 0 {
			s = append(s, []td{word(block.article, 1, width)}, head)
			s = append(s, rows...)
		}
	}
	return s
}

var spans3 = map[string]int{"（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5, "（六）其他处理": 3}

func sheet3(w *want, rng *rand.Rand, form string) sheet {
	s := sheet{
		{word("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3), word("申请人情况", 1, 7)},
		{word("自然人", 2, 1), word("法人或其他组织", 1, 5), word("总计", 2, 1)},
		{word("商业企业", 1, 1), word("科研机构", 1, 1), word("社会公益组织", 1, 1), word("法律服务机构", 1, 1), word("其他", 1, 1)},
	}
	rows := applicationRows(form)
	numbers := drawApplications(rng, len(rows))
	group, outcomes := "", len(rows)-3
	for i, row := range rows {
		var cells []td
		switch {
		case row.Code == "granted":
			cells = append(cells, word("三、本年度办理结果", outcomes, 1), word(row.Label, 1, 2))
		case row.Group == "" && (row.Code == "granted_partial" || row.Code == "processed_total" || row.Code == "other_total"):
			cells = append(cells, word(row.Label, 1, 2))
		case row.Group == "":
			cells = append(cells, word(row.Label, 1, 3))
		default:
			if row.Group != group {
				cells = append(cells, word(row.Group, spans3[row.Group], 1))
				group = row.Group
			}
			cells = append(cells, word(row.Label, 1, 1))
		}
		for j, c := range report.Applicants {
			cells = append(cells, value(w.add(newFact("t3."+row.Code+"."+c.Code, count, numbers[i][j])), 1))
		}
		s = append(s, cells)
	}
	return s
}

// drawApplications draws the numbers of table 3: half of the reports add up, the
// others are as wrong as can be, since no reading may lean on the sums.
func drawApplications(rng *rand.Rand, rows int) [][7]float64 {
	n := make([][7]float64, rows)
	for i := range n {
		for j := range n[i] {
			n[i][j] = drawCount(rng)
		}
	}
	if rng.IntN(2) == 0 {
		return n
	}
	for j := range 6 {
		sum := 0.0
		for i := 2; i < rows-2; i++ {
			if rng.IntN(3) > 0 {
				n[i][j] = 0
			}
			sum += n[i][j]
		}
		n[rows-2][j] = sum
		n[0][j], n[1][j] = sum, n[rows-1][j]
	}
	for i := range n {
		n[i][6] = n[i][0] + n[i][1] + n[i][2] + n[i][3] + n[i][4] + n[i][5]
	}
	return n
}

func sheet4(w *want, rng *rand.Rand) sheet {
	var heads, under, values []td
	for _, c := range report.DisputeResults {
		heads = append(heads, word(c.Label, 2, 1))
	}
	for range 2 {
		for _, c := range report.DisputeResults {
			under = append(under, word(c.Label, 1, 1))
		}
	}
	for _, route := range report.DisputeRoutes {
		sum := 0.0
		for j, c := range report.DisputeResults {
			n := drawCount(rng)
			if j == 4 && rng.IntN(2) == 0 {
				n = sum
			}
			sum += n
			values = append(values, value(w.add(newFact("t4."+route.Code+"_"+c.Code, count, n)), 1))
		}
	}
	return sheet{
		{word("行政复议", 1, 5), word("行政诉讼", 1, 10)},
		append(heads, word("未经复议直接起诉", 1, 5), word("复议后起诉", 1, 5)),
		under,
		values,
	}
}

// headings2014 are the rows without a number, by the row they stand above.
var headings2014 = map[string]string{
	"active_disclosed": "一、主动公开情况", "ch_gazette": "（二）通过不同渠道和方式公开政府信息的情况", "resp_hotspots": "二、回应解读情况",
	"app_received": "三、依申请公开情况", "org_offices": "八、机构建设和保障经费情况", "meetings": "九、政府信息公开会议和培训情况",
}

func sheet2014(w *want, rng *rand.Rand) sheet {
	s := sheet{{word("统计指标", 1, 1), word("单位", 1, 1), word("统计数", 1, 1)}}
	for _, row := range report.StatisticRows {
		if heading := headings2014[row.Code]; heading != "" {
			s = append(s, []td{word(heading, 1, 1), word("——", 1, 1), word("", 1, 1)})
		}
		kind := count
		if row.Unit == "万元" {
			kind = money
		}
		f := w.add(drawOf(rng, "st."+row.Code+".year", kind))
		f.unit = row.Unit
		s = append(s, []td{word(row.Label, 1, 1), word(row.Unit, 1, 1), value(f, 1)})
	}
	return s
}

// rowsLocal are the rows of a provincial form with their code, if they have one.
var rowsLocal = [][3]string{
	{"主动公开文件数", "active_disclosed", "条"}, {"其中：1.政府网站公开数", "ch_website", "条"}, {"2.政府公报公开数", "ch_gazette", "条"},
	{"受理依申请公开信息总数", "app_received", "条"}, {"其中：1.当面申请数", "app_in_person", "条"}, {"2.网上申请数", "app_online", "条"},
	{"3.信函、传真申请数", "", "条"}, {"对申请的答复总数", "app_replied", "条"}, {"其中：1.同意公开答复数", "rep_granted", "条"},
	{"2.同意部分公开答复数", "rep_partial", "条"}, {"3.不予公开答复数", "rep_denied", "条"}, {"4.其他类型答复数", "", "条"},
	{"接受行政诉讼、举报数", "", "件"}, {"行政复议数", "review_total", "件"}, {"行政诉讼数", "suit_total", "件"},
}

func sheetLocal(w *want, rng *rand.Rand) sheet {
	s := sheet{{word("指标名称", 1, 1), word("计量单位", 1, 1), word(fmt.Sprintf("%d年度", w.year), 1, 1), word("历年累计", 1, 1)}}
	for _, row := range rowsLocal {
		cells := []td{word(row[0], 1, 1), word(row[2], 1, 1)}
		for _, period := range []string{"year", "cumulative"} {
			f := w.add(drawOf(rng, statName(row[1], row[0])+"."+period, count))
			f.unit = row[2]
			cells = append(cells, value(f, 1))
		}
		s = append(s, cells)
	}
	return s
}
