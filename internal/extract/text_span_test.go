package extract

import (
	"strings"
	"testing"
)

// gridsOfText reads lines (parted by /) and prints the grids found in them, cells
// by |, rows by ;
func gridsOfText(lines string) string {
	var blocks []Block
	for _, l := range strings.Split(lines, "/") {
		blocks = append(blocks, Block{Text: strings.ReplaceAll(l, "÷", "/")})
	}
	var out []string
	for _, b := range textTables(blocks) {
		if b.Grid == nil {
			continue
		}
		var rows []string
		for _, cells := range b.Grid.rowCells() {
			var texts []string
			for _, i := range cells {
				texts = append(texts, b.Grid.Cells[i].Text)
			}
			rows = append(rows, strings.Join(texts, "|"))
		}
		out = append(out, strings.Join(rows, ";"))
	}
	return strings.Join(out, " ## ")
}

func TestTextGrids(t *testing.T) {
	const (
		block5 = "第二十条第（五）项/信息内容/本年处理决定数量/行政许可/"
		head3  = "申请人情况/自然人/法人或其他组织/总计/商业企业/科研机构/社会公益组织/法律服务机构/其他/"
		grid3  = "申请人情况|自然人|法人或其他组织|总计;商业企业|科研机构|社会公益组织|法律服务机构|其他;"
	)
	tests := []struct{ name, lines, want string }{
		{"a sentence", "全年作出行政许可112件，行政处罚5件，行政强制0件。", ""},
		{"labels and numbers without a head", "行政许可/112/行政处罚/5/行政强制/0", ""},
		{"labels in a list", "一、行政许可/受理112件。/二、行政处罚/作出5件。", ""},
		{"a heading on reviews", "（一）行政复议/全年0件。/（二）行政诉讼/全年0件。", ""},
		{"columns of 2019", "第二十条第（五）项/信息内容/上一年项目数量/本年增÷减/处理决定数量/行政许可/12/+3/45/其他对外管理服务事项/0/-2/7",
			"第二十条第（五）项;信息内容|上一年项目数量|本年增/减|处理决定数量;行政许可|12|+3|45;其他对外管理服务事项|0|-2|7"},
		{"a label broken over lines", "信息内容/本年新制作/数量/本年新/公开数量/对外公开/总数量/规/章/0/0/0/规范性文件/1/2/3",
			"信息内容|本年新制作数量|本年新公开数量|对外公开总数量;规章|0|0|0;规范性文件|1|2|3"},
		{"a row on a line", "信息内容 本年制发件数 本年废止件数 现行有效件数/规 章 0 0 0/行政规范性文件 1 0 2", "信息内容|本年制发件数|本年废止件数|现行有效件数;规章|0|0|0;行政规范性文件|1|0|2"},
		{"a row that lost a blank keeps what it has", "信息内容/本年制发件数/本年废止件数/现行有效件数/规章/行政规范性文件/1/2", "信息内容|本年制发件数|本年废止件数|现行有效件数;规章;行政规范性文件|1|2"},
		{"a row without values", block5 + "第二十条第（六）项/信息内容/本年处理决定数量/行政处罚/5", "第二十条第（五）项;信息内容|本年处理决定数量;行政许可|;第二十条第（六）项;信息内容|本年处理决定数量;行政处罚|5"},
		{"labels in two cells between borders", "| | 信息内容 | | 本年处理决定数量 |/|---|---|---|---|/| 行政 | 许可 | | 5 |/| 行政处罚 | | | 7 |", "信息内容|本年处理决定数量;行政许可|5;行政处罚|7"},
		{"columns that end before the line", "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 | |/| 规章 | 0 | 0 | 0 | |/| 行政规范性文件 | | 1 | 9 | |", "信息内容|本年制发件数|本年废止件数|现行有效件数;规章|0|0|0;行政规范性文件"},
		{"columns that end with the line", "| 信息内容 | | 本年制发件数 | 本年废止件数 | 现行有效件数 |/| 规章 | | 0 | 0 | 0 |/| 行政规范性文件 | | | 1 | 9 |", "信息内容|本年制发件数|本年废止件数|现行有效件数;规章|0|0|0;行政规范性文件||1|9"},
		{"an explanation cut short", "信息内容/本年处理决定数量/行政处罚（指作出的/处罚决定等/5/行政强制/0", "信息内容|本年处理决定数量;行政处罚（指作出的处罚决定等|5;行政强制|0"},
		{"something unknown behind it", block5 + "见附件/第二十条第（六）项/信息内容/本年处理决定数量/行政处罚/5", "第二十条第（五）项;信息内容|本年处理决定数量;行政许可;见附件;第二十条第（六）项;信息内容|本年处理决定数量;行政处罚|5"},
		{"the values come later", block5 + "详见下表。/5", "第二十条第（五）项;信息内容|本年处理决定数量;行政许可"},
		{"（六）其他处理 is a row in 2019", head3 + "一、本年新收政府信息公开申请数量/1/0/0/0/0/0/1/（五）不予处理/1.信访举报投诉类申请/0/0/0/0/0/0/0/（六）其他处理/（七）总计/1/0/0/0/0/0/1",
			grid3 + "一、本年新收政府信息公开申请数量|1|0|0|0|0|0|1;（五）不予处理|1.信访举报投诉类申请|0|0|0|0|0|0|0;（六）其他处理|||||||;（七）总计|1|0|0|0|0|0|1"},
		{"总计 of a row and of a column", head3 + "三、本年度办理结果/（一）予以公开/1/2/3/4/5/6/21/3.其他/0/0/0/0/0/0/0/（七）总计/1/2/3/4/5/6/21",
			grid3 + "三、本年度办理结果|（一）予以公开|1|2|3|4|5|6|21;3.其他|0|0|0|0|0|0|0;（七）总计|1|2|3|4|5|6|21"},
		{"the head of table 4 group by group", "行政复议/结果维持/结果纠正/其他结果/尚未审结/总计/行政诉讼/未经复议直接起诉/结果维持/结果纠正/其他结果/尚未审结/总计/复议后起诉/结果维持/结果纠正/其他结果/尚未审结/总计/1 2 3 4 10 0 0 0 0 0 5 0 0 0 5",
			"行政复议|行政诉讼;结果维持|结果纠正|其他结果|尚未审结|总计|未经复议直接起诉|复议后起诉;结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计;1|2|3|4|10|0|0|0|0|0|5|0|0|0|5"},
		{"statistics, a cell a line", "统计指标/单位/统计数/一、主动公开情况/（一）主动公开政府信息数（不同渠道和方式/公开相同信息计1条）/条/339/其中：主动公开规范性文件数/条/5/制发规范性文件总数/件/二、回应解读情况/（一）回应公众关注热点或重大舆情数/（不同方式回应同一热点或舆情计1次）/次/3",
			"统计指标|单位|统计数;一、主动公开情况;（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）|条|339;其中：主动公开规范性文件数|条|5;制发规范性文件总数|件|;二、回应解读情况;（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）|次|3"},
		{"names of blocks and of columns", "指标名称 计量单位 代码 本期实际/甲 乙 丙 1/一、主动公开 —— ——/主动公开信息数 条 01 12/二、依申请公开/——/——/申请总数 件 10 3/诉讼 件 33 0",
			"指标名称|计量单位|代码|本期实际;甲|乙|丙|1;一、主动公开|——|——;主动公开信息数|条|01|12;二、依申请公开|——|——;申请总数|件|10|3;诉讼|件|33|0"},
		{"remarks cannot be told from labels", "统计指标/单位/数量/备注/主动公开信息数/条/12/无申请/申请总数/件/0/诉讼/件/0", ""},
		{"statistics, one row short", "指标名称 计量单位 2018年度 历年累计/公开文件数 条 9 12/其中：1.网站公开数 条 9/2.公报公开数 条/诉讼数 件 0 0", "指标名称|计量单位|2018年度|历年累计;公开文件数|条|9|12;其中：1.网站公开数|条|9;2.公报公开数|条;诉讼数|件|0|0"},
		{"another head", "附表一/指标/单位/数量/主动公开信息数/条/12/公开文件数/条/1/公开栏目/个/0/附表二/指标/单位/数量/申请总数/件/0/诉讼/件/0/复议/件/0",
			"指标|单位|数量;主动公开信息数|条|12;公开文件数|条|1;公开栏目|个|0 ## 指标|单位|数量;申请总数|件|0;诉讼|件|0;复议|件|0"},
		{"a list of purchases", "项目 单位 数量/计算机 台 5/桌子 个 7/椅子 个 9/柜子 个 2", ""},
		{"statistics of a province", "指标名称 计量单位 2018年度 历年累计/主动公开文件数 条 2069 12106/其中：1.政府网站公开数 条 2069 12106/行政复议数 件 0 0/附件下载", "指标名称|计量单位|2018年度|历年累计;主动公开文件数|条|2069|12106;其中：1.政府网站公开数|条|2069|12106;行政复议数|件|0|0"},
		{"statistics with codes between borders", "| 指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 |/|---|---|---|---|---|/| 主动公开信息数 | 条 | 01 | 12 | 30 |/| 申请总数 | 件 | 10 |  | 0 |/| 诉讼 | 件 | 33 | 0 | 0 |",
			"指标名称|计量单位|代码|本期实际|本年累计;主动公开信息数|条|01|12|30;申请总数|件|10||0;诉讼|件|33|0|0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := gridsOfText(tt.lines); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// A picture or a table behind the last row may hold what it lacks.
func TestTextRowBeforePicture(t *testing.T) {
	text := func(s string) Block { return Block{Text: s} }
	blocks := []Block{text("信息内容"), text("本年处理决定数量"), text("行政许可"), text("5"), text("行政处罚"), {Image: true}}
	for _, b := range textTables(blocks) {
		if b.Grid == nil {
			continue
		}
		rows := b.Grid.rowCells()
		if n := len(rows[len(rows)-1]); n != 1 {
			t.Errorf("the last row has %d cells, want its label alone", n)
		}
		return
	}
	t.Error("no table found")
}

// FuzzTextTables: whatever the lines are, nothing panics, blocks stay in order, and
// no text gets lost but that of the tables.
func FuzzTextTables(f *testing.F) {
	f.Add("信息内容/本年处理决定数量/行政许可/5", "|")
	f.Add("| 统计指标 | 单位 | 统计数 |/|---|---|---|/| 收到申请数 | 件 | 5 |", "/")
	f.Add("申请人情况/自然人/总计/一、本年新收政府信息公开申请数量/1/1/│行政复议│行政诉讼│", "/")
	f.Add("（本列数据的勾稽关系为/（/（/1./3.其他/行政诉讼/总计/总/计/结 结 其 尚/", "/")
	f.Fuzz(func(t *testing.T, lines, mark string) {
		var blocks []Block
		for _, l := range strings.Split(lines, "/") {
			blocks = append(blocks, Block{Text: l, Image: mark != "" && l == mark})
		}
		at := 0
		for _, b := range textTables(blocks) {
			if b.Grid != nil {
				continue
			}
			for at < len(blocks) && blocks[at].Text != b.Text {
				at++
			}
			if at++; at > len(blocks) {
				t.Fatalf("%q is not a block of the page, or not in its order", b.Text)
			}
		}
	})
}

func TestReadText(t *testing.T) {
	tests := []struct {
		name, text string
		html       bool
	}{
		{"markup", "<html><body><p>甲</p></body></html>", true},
		{"a fragment", "<p>甲</p><p>乙</p>", true},
		{"a title in angle brackets", "关于印发<中华人民共和国政府信息公开工作年度报告格式>的通知\n甲 < 乙 & 丙", false},
	}
	for _, tt := range tests {
		p, err := readText(tt.text, "http://www.linjiang.example/a")
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, b := range p.Blocks {
			lines = append(lines, b.Text)
		}
		if got := strings.Join(lines, "\n") == tt.text; got == tt.html {
			t.Errorf("%s: read as %q", tt.name, lines)
		}
	}
}
