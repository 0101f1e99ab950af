package extract

import (
	"os"
	"slices"
	"strings"
	"testing"

	"crawl/internal/report"
)

// TestBrokenAmounts: a narrow column breaks an amount over two lines; its first half
// is no amount.
func TestBrokenAmounts(t *testing.T) {
	const head = "第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额\n政府集中采购\n208\n"
	const ruled = "|第二十条第（九）项| | |\n|信息内容|采购项目数量|采购总金额|\n"
	for printed, want := range map[string]float64{
		head + "12.5万元":                         12.5,
		head + "12\n.5万元":                       12.5,
		head + "12\n.5\n万元":                     12.5,
		head + "1,112.5\n万元":                    1112.5,
		ruled + "|政府集中采购|208|12|\n| | |.5万元|":   12.5,
		ruled + "|政府集中采购|208|12.5|\n| | |万元|":   12.5,
		head + "12.\n5万元":                       -1, // no telling what the point is
		head + "12\n5万元":                        -1,
		head + "12.5\n.5万元":                     -1,
		ruled + "|政府集中采购|208|12.5|\n| | |.5万元|": -1,
	} {
		var blocks []Block
		for _, l := range strings.Split(printed, "\n") {
			blocks = append(blocks, Block{Text: tidy(l)})
		}
		r := &report.Report{}
		readTables(textTables(blocks), r)
		got := -1.0
		for _, d := range r.Disclosure {
			if d.Measure == "amount" && d.Cell.Value != nil {
				got = *d.Cell.Value
			}
		}
		if got != want {
			t.Errorf("%q: %v, want %v; %v", printed, got, want, r.Findings)
		}
	}
}

// TestTextStatisticsApart: tables that follow each other as text with borders stay
// apart, so that what stands beside a table of statistics is not taken for its rows.
func TestTextStatisticsApart(t *testing.T) {
	body, err := os.ReadFile("testdata/s_local/year_and_since.html")
	if err != nil {
		t.Fatal(err)
	}
	p, err := pageOf(exchange("http://www.linjiang.example/a.html", body))
	if err != nil {
		t.Fatal(err)
	}
	want := &report.Report{Year: 2012}
	readStatistics(p.Blocks, nil, want)
	for _, name := range []string{"boxes", "markdown"} {
		var blocks []Block
		for _, b := range p.Blocks {
			if b.Grid == nil {
				blocks = append(blocks, b)
				continue
			}
			for _, l := range layouts[name](b.Grid) {
				blocks = append(blocks, Block{Text: l})
			}
		}
		got := &report.Report{Year: 2012}
		readStatistics(textTables(blocks), nil, got)
		if len(got.Statistics) != len(want.Statistics) || len(got.Findings) != len(want.Findings) {
			t.Errorf("%s: %d figures and %v, want %d and %v", name, len(got.Statistics), got.Findings, len(want.Statistics), want.Findings)
		}
	}
}

// TestStatisticsOutsideTheArticle: some portals close the article's element in front of
// the table annexed to a report.
func TestStatisticsOutsideTheArticle(t *testing.T) {
	body, err := os.ReadFile("testdata/s_local/year_and_since.html")
	if err != nil {
		t.Fatal(err)
	}
	table := string(body)
	table = table[strings.LastIndex(table, "<table"):]
	table = table[:strings.LastIndex(table, "</table>")+len("</table>")]
	prose := strings.Repeat("<p>全年通过门户网站公开信息，答复公民、法人和其他组织的申请，未收取费用，没有因此引起的行政复议和诉讼。</p>", 12)
	page := `<html><body><div class="main"><h1>临江市民政局2012年政府信息公开工作年度报告</h1><div id="zoom"><p>一、概述</p>` + prose +
		`<p>二、主动公开情况</p>` + prose + `</div><div class="annex">` + table + `</div></div></body></html>`
	r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(page)), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Statistics) == 0 || len(r.Sections) != 2 {
		t.Errorf("%d figures, %d sections", len(r.Statistics), len(r.Sections))
	}
}

// TestIndicatorsInText: a table of statistics printed without units is not read, and not
// passed over either.
func TestIndicatorsInText(t *testing.T) {
	for printed, want := range map[string]int{
		"统计指标 统计数\n主动公开政府信息数 339\n1.政府公报公开政府信息数 8\n2.政府网站公开政府信息数 331\n（一）收到申请数 6\n1.当面申请数 2\n3.网络申请数 4\n六、举报投诉数量 0": 1,
		"主动公开政府信息数\n339\n政府公报公开政府信息数\n8\n政府网站公开政府信息数\n331\n收到申请数\n6\n当面申请数\n2\n网络申请数\n4":                            1,
		"一、概述\n二、主动公开政府信息情况\n三、依申请公开情况\n四、行政复议、行政诉讼情况\n五、存在的问题":                                                     0,
	} {
		var blocks []Block
		for _, l := range strings.Split(printed, "\n") {
			blocks = append(blocks, Block{Text: l})
		}
		r := &report.Report{}
		readStatistics(textTables(blocks), nil, r)
		if len(r.Statistics) > 0 || len(r.Findings) != want {
			t.Errorf("%q: %d figures, %v", printed, len(r.Statistics), r.Findings)
		}
	}
}

// TestUprightAfterBlock: the ordinal of a label that is printed one character a line
// does not explain the block's name before it.
func TestUprightAfterBlock(t *testing.T) {
	printed := []string{"三、本年度办理结果", "（", "四", "）", "无", "法", "提", "供", "１．本机关不掌握相关政府信息"}
	var lines []textLine
	for i, text := range printed {
		lines = append(lines, textLine{block: i, last: i, cells: []string{text}})
	}
	var got []string
	for _, token := range tokenise(lines) {
		got = append(got, token.text)
	}
	if want := []string{"三、本年度办理结果", "（四）无法提供", "１．本机关不掌握相关政府信息"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
