package extract

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"crawl/internal/report"
)

const sixHeadings = `<p>一、总体情况</p><p>全年公开信息339条，收到申请26件，均已答复。</p><p>二、主动公开政府信息情况</p><p>三、收到和处理政府信息公开申请情况</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>五、存在的主要问题及改进情况</p><p>将继续改进。</p><p>六、其他需要报告的事项</p><p>无。</p>`

func titled(title, body string) string {
	return `<html><head><title>` + title + `</title></head><body><ul><li><a href="/">首页</a></li><li><a href="/a/">公开</a></li><li><a href="/b/">服务</a></li></ul><h1>` + title + `</h1><div id="zoom">` + body + `</div></body></html>`
}

const (
	kindTitle = "临江市民政局2023年政府信息公开工作年度报告"
	oldTitle  = "临江市民政局2010年政府信息公开工作年度报告"

	table3Lines = `<p>申请人情况</p><p>自然人</p><p>法人或其他组织</p><p>总计</p><p>商业企业</p><p>科研机构</p><p>社会公益组织</p><p>法律服务机构</p><p>其他</p>` +
		`<p>一、本年新收政府信息公开申请数量</p><p>1</p><p>0</p><p>0</p><p>0</p><p>0</p><p>0</p><p>1</p><p>二、上年结转政府信息公开申请数量</p><p>0</p><p>0</p><p>0</p><p>0</p><p>0</p><p>0</p><p>0</p>` +
		`<p>（一）予以公开</p><p>1</p><p>0</p><p>0</p><p>0</p><p>0</p><p>0</p><p>1</p><p>四、结转下年度继续办理</p><p>0</p><p>0</p><p>0</p><p>0</p><p>0</p><p>0</p><p>0</p>`
	oldHeadings = `<p>一、概述</p><p>2010年公开工作有序。</p><p>二、主动公开情况</p><p>主动公开信息20条。</p><p>三、依申请公开情况</p><p>未收到申请。</p><p>四、收费及减免情况</p><p>未收费。</p><p>五、复议、诉讼和申诉情况</p><p>未发生。</p>`
)

// sentences are a running text of n sentences of 24 characters.
func sentences(n int) string {
	return "<p>" + strings.Repeat("本局高度重视，扎实推进各项工作，取得了明显的成效。", n) + "</p>"
}

func crumbed(crumbs, title, body string) string {
	return strings.Replace(titled(title, body), "<h1>", `<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/zwgk/">`+strings.ReplaceAll(crumbs, "/", `</a> &gt; <a href="/x/">`)+`</a></div><h1>`, 1)
}

// TestNotReport: reason "" means that the page is a report; finding, that it is one
// with that finding.
func TestNotReport(t *testing.T) {
	items := strings.Repeat(`<li><a href="/1.html">临江市民政局2023年政府信息公开工作年度报告</a><span>2024-01-09</span></li>`, 8)
	var years, excerpts strings.Builder
	for y := range 8 {
		title := strings.Replace(kindTitle, "2023", fmt.Sprint(2016+y), 1)
		fmt.Fprintf(&years, `<li><a href="/%d.html">%s</a><span>2024-01-09</span></li>`, y, title)
		fmt.Fprintf(&excerpts, `<div><a href="/%d.html">%s</a><p>根据条例第五十条的规定，现公布本机关上一年度主动公开、依申请公开、收费和复议诉讼的情况，欢迎查阅。</p></div>`, y, title)
	}
	files := `<p><a href="/f/W020240109.pdf">年度报告.pdf</a></p>`
	tests := []struct{ name, page, reason, finding string }{
		// Reports.
		{"a report", titled(kindTitle, sixHeadings), "", ""},
		{"a column page that is the report", titled("政府信息公开年报", sixHeadings), "", ""},
		{"a column page with the other years beside it", titled("政府信息公开年报", sixHeadings+"<ul>"+years.String()+"</ul>"), "", ""},
		{"a page titled with its organ", titled("市民政局", sixHeadings), "", ""},
		{"tables without headings", titled(kindTitle, table3Lines), "", ""},
		{"a report published by an announcement", titled("关于公布临江市民政局2023年政府信息公开工作年度报告的通知", sixHeadings), "", ""},
		{"a report under the title of another one", titled("2023年政府网站工作年度报告", sixHeadings), "", ""},
		{"a report in a column of interpretations", crumbed("解读回应/政策解读", kindTitle, sixHeadings), "", ""},
		{"a report that mentions its interpretation", titled(kindTitle, sixHeadings+"<p>相关解读：一图读懂</p>"), "", ""},
		{"a report of the year's months", titled("临江市民政局2023年1月至12月政府信息公开工作年度报告", sixHeadings), "", ""},
		{"a police report on betting", titled("临江市公安局2023年政府信息公开工作年度报告", sixHeadings+"<p>公开打击网络赌博典型案例3件。</p>"), "", ""},
		{"a sports bureau", titled("临江市体育彩票管理中心2023年政府信息公开工作年度报告", sixHeadings), "", ""},
		{"a report of before 2019", titled(oldTitle, sentences(20)+"<p>一、概述</p><p>主动公开信息20条。</p><p>二、依申请公开</p><p>0件。</p>"), "", ""},
		{"a short report of before 2019", titled(oldTitle, oldHeadings), "", ""},
		{"one without headings", titled(oldTitle, sentences(8)+"<p>全年主动公开信息20条，依申请公开0件，未收取费用，无行政复议。</p>"+sentences(8)), "", ""},
		{"one titled with a column's name", titled("信息公开年报", oldHeadings), "", ""},
		{"a report in a file", titled(kindTitle, files), "", "body_is_attachment"},
		{"a report in a file beside the body", strings.Replace(titled(kindTitle, "<p>详见附件</p>"), "</body>", `<div class="fujian"><a href="/f/1.docx">附件：年度报告</a></div></body>`, 1), "", "body_is_attachment"},
		{"a report in a frame", titled(kindTitle, `<p>&nbsp;</p><iframe src="/pdfjs/web/viewer.html?file=/f/2023.pdf"></iframe>`), "", "body_is_attachment"},
		{"a report of pictures", titled(kindTitle, `<p><img src="1.jpg"></p>`), "", "body_is_image"},
		{"a file on a page with a login link", titled(kindTitle, files+"<p>用户登录</p>"), "", "body_is_attachment"},
		{"the office for posts", titled("关于临江市机构编制委员会办公室2023年政府信息公开工作年度报告", sixHeadings), "", ""},
		{"an organ named like another matter", titled("临江市安全生产监督管理局2012年政府信息公开工作年度报告", oldHeadings), "", ""},
		{"a report of old, announced", titled("关于印发临江市民政局2010年政府信息公开工作年度报告的通知", oldHeadings), "", ""},
		{"a report on the conduct of disclosure", titled("临江市民政局关于开展2012年政府信息公开工作的年度报告", oldHeadings), "", ""},
		{"pictures below a login link", titled(kindTitle, `<p>用户登录</p><p><img src="1.jpg"></p>`), "", "body_is_image"},
		{"one without headings with its siblings", titled(oldTitle, sentences(60)+"<p>全年主动公开信息20条，依申请公开0件，未收取费用，无行政复议。</p>"+years.String()), "", ""},
		{"a report in a file with links around", titled(kindTitle, files+strings.Repeat(`<p><a href="/x.html">临江市民政局要闻一则</a></p>`, 6)), "", "body_is_attachment"},
		{"a report of old titled with its organ", titled("市民政局", oldHeadings), "", ""},
		// Pages about reports.
		{"a report in a file that a script shows", titled(kindTitle, `<script>showVsbpdfIframe("/__local/A/1.pdf","100%","600")</script>`), "", "body_is_attachment"},
		{"a bank's supervisor", titled("中国银监会临江监管分局2012年信息公开年度报告", oldHeadings), "", ""},
		{"a college on its school year", titled("临江职业技术学院2022-2023学年信息公开工作年度报告", oldHeadings), "school", ""},
		{"a hospital", titled("临江市人民医院2023年度信息公开工作年度报告", "<p>一、基本情况</p><p>全年公开信息3000条。</p><p>二、存在问题</p><p>更新不及时。</p>"), "institution", ""},
		{"news of a report", titled("临江市发布2023年政府信息公开工作年度报告", "<p>一、基本情况</p><p>全年公开信息3000条。</p><p>二、存在问题</p><p>更新不及时。</p>"), "news", ""},
		{"ten months", titled("临江市2023年1—10月依申请公开办理情况", table3Lines), "part of a year", ""},
		{"a month", titled("临江市2023年11月政府信息公开情况通报", table3Lines), "part of a year", ""},
		{"an interpretation", titled("【图解】"+kindTitle, sixHeadings), "interpretation", ""},
		{"another", titled("一图读懂"+kindTitle, sixHeadings), "interpretation", ""},
		{"one that says so at the end", titled("《"+kindTitle+"》解读", sixHeadings), "interpretation", ""},
		{"one in words", titled(kindTitle+"（文字解读）", sixHeadings), "interpretation", ""},
		{"a film", titled("视频："+kindTitle, sixHeadings), "interpretation", ""},
		{"one in the column of interpretations", crumbed("解读回应/政策解读", kindTitle, sentences(20)+"<p>主动公开20条，依申请公开0件。</p>"), "interpretation", ""},
		{"a notice on writing", titled("关于做好2023年政府信息公开工作年度报告编制和发布工作的通知", sixHeadings), "notice", ""},
		{"the form itself", titled("关于印发《政府信息公开工作年度报告格式》的通知", sixHeadings+table3Lines), "notice", ""},
		{"a template", titled("XX镇2023年政府信息公开工作年度报告", sixHeadings), "template", ""},
		{"blanks to fill in", titled(kindTitle, sixHeadings+"<p>____年公开____件</p><p>收到____件</p><p>答复____件</p>"), "template", ""},
		{"a model essay", titled("政府信息公开工作年度报告范文", sixHeadings), "notice", ""},
		{"betting in the title", titled("临江市葡京app2023年政府信息公开工作年度报告", sixHeadings), "hijacked", ""},
		{"betting in the text", titled(kindTitle, sixHeadings+"<p>亚博官网</p><p>百家乐平台</p><p>老虎机</p>"), "hijacked", ""},
		{"half a year", titled("临江市民政局2022年上半年政府信息公开数据统计", table3Lines), "part of a year", ""},
		{"the first months", titled("临江市民政局2022年1-6月份政府信息公开工作报告", table3Lines), "part of a year", ""},
		{"a quarter", titled("临江市2023年第一季度政府信息公开工作情况", sentences(20)), "part of a year", ""},
		// Other matters.
		{"a guide", titled("临江市民政局政府信息公开指南", sentences(20)+oldHeadings), "another matter", ""},
		{"a rule", titled("临江市政府信息公开年度报告制度", sentences(20)), "another matter", ""},
		{"an evaluation", titled("2023年政府信息公开工作第三方评估报告", sentences(20)), "another matter", ""},
		{"the report on a site", titled("政府网站工作年度报表（2023年度）", sentences(20)), "another matter", ""},
		{"the rule of law", titled("临江市民政局2023年法治政府建设年度报告", "<p>一、总体情况</p>"+sentences(20)+"<p>二、存在的主要问题</p>"+sentences(5)+"<p>三、其他需要报告的事项</p>"), "another matter", ""},
		{"a budget", titled("临江市民政局2023年度部门决算", sentences(20)), "another matter", ""},
		{"another article", titled("临江市民政局召开工作会议", sentences(20)), "neither", ""},
		{"another text under the title", titled(kindTitle, sentences(20)), "over another text", ""},
		// No documents.
		{"a listing", titled("政府信息公开年报", "<ul>"+items+"</ul>"), "list", ""},
		{"a listing titled like a report", titled("临江市2023年政府信息公开工作年度报告", "<ul>"+years.String()+"</ul>"), "list", ""},
		{"a listing with excerpts", titled("临江市2023年政府信息公开工作年度报告", excerpts.String()), "list", ""},
		{"an error page", titled("404", "<p>抱歉，您访问的页面不存在或已被删除。</p>"), "error page", ""},
		{"an error page under the title", titled(kindTitle, "<p>该信息已被删除或不存在。</p>"), "error page", ""},
		{"an error page with a logo", titled(kindTitle, `<p><img src="logo.png"></p><p>您访问的页面不存在</p>`), "error page", ""},
		{"a login", titled("统一身份认证", `<p>用户名</p><p>请输入密码</p><p>请输入验证码</p>`), "login", ""},
		{"a challenge", titled("安全验证", `<p>请开启JavaScript并刷新该页。</p>`), "login", ""},
		{"an empty shell", titled("政府信息公开年报", `<p>{{ item.title }}</p><p>正在加载</p>`), "script", ""},
		{"a title without text", titled(kindTitle, "<p>正文</p>"), "without its text", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(tt.page)), Hint{})
			var not *NotReport
			switch {
			case tt.reason == "" && err != nil:
				t.Errorf("refused: %v", err)
			case tt.reason == "" && tt.finding != "" && !slices.ContainsFunc(r.Findings, func(f report.Finding) bool { return f.Rule == tt.finding }):
				t.Errorf("findings %v, want %s", r.Findings, tt.finding)
			case tt.reason != "" && !errors.As(err, &not):
				t.Errorf("taken for a report, err %v", err)
			case tt.reason != "" && !strings.Contains(not.Reason, tt.reason):
				t.Errorf("reason %q, want one that mentions %q", not.Reason, tt.reason)
			}
		})
	}
}

// The listing's word for a page counts where the page proves nothing itself.
func TestNotReportByListing(t *testing.T) {
	for body, refused := range map[string]bool{sixHeadings: false, sentences(20): true} {
		_, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(titled(kindTitle, body))), Hint{Title: "图解：" + kindTitle})
		if (err != nil) != refused {
			t.Errorf("%.40q: %v", body, err)
		}
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
