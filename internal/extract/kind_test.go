package extract

import (
	"errors"
	"strings"
	"testing"
)

const sixHeadings = `<p>一、总体情况</p><p>全年公开信息339条，收到申请26件，均已答复。</p><p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>五、存在的主要问题及改进情况</p><p>将继续改进。</p><p>六、其他需要报告的事项</p><p>无。</p>`

func titled(title, body string) string {
	return `<html><head><title>` + title + `</title></head><body><ul><li><a href="/">首页</a></li><li><a href="/a/">公开</a></li><li><a href="/b/">服务</a></li></ul><h1>` + title + `</h1><div id="zoom">` + body + `</div></body></html>`
}

func TestNotReport(t *testing.T) {
	prose := "<p>" + strings.Repeat("本局高度重视，扎实推进各项工作，取得了明显成效。", 20) + "</p>"
	items := strings.Repeat(`<li><a href="/1.html">临江市民政局2023年政府信息公开工作年度报告</a><span>2024-01-09</span></li>`, 8)
	const title = "临江市民政局2023年政府信息公开工作年度报告"
	tests := []struct{ name, page, reason string }{
		{"a report", titled(title, sixHeadings), ""},
		{"a column page that is the report", titled("政府信息公开年报", sixHeadings), ""},
		{"a report of before 2019", titled("临江市民政局2010年政府信息公开工作年度报告", prose+"<p>一、概述</p><p>主动公开信息20条。</p><p>依申请公开0件。</p>"), ""},
		{"a report in a file", titled(title, `<p><a href="/f/W020240109.pdf">年度报告.pdf</a></p>`), ""},
		{"a report of pictures", titled(title, `<p><img src="1.jpg"></p>`), ""},
		{"an interpretation", titled("【图解】"+title, sixHeadings), "interpretation"},
		{"an interpretation in words", titled("一图读懂"+title, prose), "interpretation"},
		{"a circular", titled("关于做好2023年政府信息公开工作年度报告编制和发布工作的通知", prose), "another matter"},
		{"a template", titled("××镇人民政府2023年政府信息公开工作年度报告", sixHeadings), "template"},
		{"a listing", titled("政府信息公开年报", "<ul>"+items+"</ul>"), "list"},
		{"a listing titled like a report", titled("临江市2023年政府信息公开工作年度报告", "<ul>"+items+"</ul>"), "list"},
		{"an error page", titled("404", "<p>抱歉，您访问的页面不存在或已被删除。</p>"), "error page"},
		{"a title without text", titled(title, "<p>正文加载中</p>"), "without its text"},
		{"another article", titled("临江市2023年国民经济和社会发展统计公报", prose), "neither"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(tt.page)), Hint{})
			var not *NotReport
			switch {
			case tt.reason == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tt.reason != "" && !errors.As(err, &not):
				t.Errorf("taken for a report, err %v", err)
			case tt.reason != "" && !strings.Contains(not.Reason, tt.reason):
				t.Errorf("reason %q, want one that mentions %q", not.Reason, tt.reason)
			}
		})
	}
}

func TestMissingTablesAreFindings(t *testing.T) {
	page := strings.Replace(sixHeadings, "<p>三、", `<p><img src="t2.png"></p><p>三、`, 1)
	r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(titled("临江市民政局2023年政府信息公开工作年度报告", page))), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, f := range r.Findings {
		got[f.Place] = f.Rule
	}
	for place, rule := range map[string]string{"t2": "table_is_image", "t3": "table_missing", "t4": "table_missing"} {
		if got[place] != rule {
			t.Errorf("%s: finding %q, want %q", place, got[place], rule)
		}
	}
}
