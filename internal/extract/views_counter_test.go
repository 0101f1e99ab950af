package extract

import (
	"strings"
	"testing"

	"crawl/internal/report"
)

// TestUnknownCounter: what fills a view label is a known counter, or is recorded by its
// pattern, or, where it is no page's own counter, is nothing.
func TestUnknownCounter(t *testing.T) {
	for _, tt := range []struct {
		about, strip string
		known        string
		unknown      string
	}{
		{"an address", `浏览次数：<script src="http://www.a.example:8080/inc/hits.asp?id=7741&type=article#x"></script>`, "", "/inc/hits.asp?id=&type=article"},
		{"another page of another host", `浏览次数：<script src="//b.example/inc/hits.asp?id=9&type=article"></script>`, "", "/inc/hits.asp?id=&type=article"},
		{"a relative one", `点击：<script src=../../count.asp?id=9></script>`, "", "count.asp?id="},
		{"numbers of the page in the path", `点击数：<script src="/2024/0109/hits_6741/0123456789abcdef0123.js"></script>`, "", "/*/*/hits_*/*.js"},
		{"a script that writes a script", `浏览量：<script>document.write('<script src="/cms/hit.jsp?aid=' + 9 + '"><\/script>')</script>`, "", "/cms/hit.jsp?aid="},
		{"a script that asks", `浏览量：<script>$.get("/visit/get.do?id=9", function(n) { $("#n").text(n) })</script>`, "", "/visit/get.do?id="},
		{"a call", `浏览量：<script>showHits(4582, "x")</script>`, "", "showHits()"},
		{"a call that only writes", `浏览量：<script>document.write("")</script>`, "", ""},
		{"an empty element", `浏览次数：<i class="j-info-hit" data-id="9"></i>`, "", "element .j-info-hit"},
		{"an element that waits", `浏览次数：<span id="hits_9">加载中...</span>`, "", "element #hits_*"},
		{"an element and its script", `浏览次数：<span id="n"></span><script src="/hits.do?id=9"></script>`, "", "/hits.do?id="},
		{"a label in a block of its own", `<dl><dt>浏览次数：</dt><dd><span id="hits"></span></dd></dl>`, "", "element #hits"},
		{"a label in a block of its own, known", `<ul><li>浏览次数：</li><li><span id="infoViewCount"></span></li></ul>`, "infoViewCount", ""},
		{"a script behind a label's block", `<p>浏览次数：</p><script src="/js/foot.js"></script>`, "", ""},
		{"an empty script", `浏览次数：<script id="x"></script>`, "", ""},
		{"an element of nothing", `浏览次数：<span></span>`, "", ""},
		{"a known script", `浏览次数：<span id="n"></span><script src="/module/visitcount/articlehits.jsp?colid=1&artid=9"></script>`, "articlehits.jsp", ""},
		{"a known script elsewhere", `浏览次数：<span id="hits"></span><script src="/x.js"></script><p>x</p><script src="/api.php?op=count&id=9&modelid=1"></script>`, "", ""},
		{"a known mark", `访问量：<span articleCounts="yes"></span>`, "articlecounts", ""},
		{"a known one without a number known of it", `浏览次数：<script src="/viewcount.do?id=9"></script>`, "", "/viewcount.do?id="},
		{"a number", `浏览次数：<span id="hits">17</span>`, "", ""},
		{"a number behind the script", `浏览次数：<script src="/count.js"></script>17次`, "", ""},
		{"a number that is doubted", `浏览次数：<script src="/count.js"></script>1.2万`, "", ""},
		{"the site's total", `浏览次数： 来源：某局 网站总访问量：<script src="/total.jsp?site=1"></script>`, "", ""},
		{"downloads", `浏览次数： 下载次数：<script src="/down.jsp?id=1"></script>`, "", ""},
		{"no label", `<script src="/lib.js"></script><span id="x"></span>`, "", ""},
	} {
		body := `<div class="article"><h1>临江市民政局2023年政府信息公开工作年度报告</h1><div class="info"><span>发布时间：2024-01-09</span> ` + tt.strip +
			`</div><div class="TRS_Editor"><p>` + strings.Repeat("根据《中华人民共和国政府信息公开条例》编制本报告，所列数据的统计期限自2023年1月1日起。", 3) + `</p></div></div>
			<div class="foot"><p>本站访问量：<script src="//s4.stat.example/z_stat.php?web_id=1"></script></p></div>`
		p, err := readHTML("<html><body>"+body+"</body></html>", "http://www.linjiang.example/a/1.html")
		if err != nil {
			t.Fatal(err)
		}
		r := &report.Report{}
		header(p, Hint{}, r)
		note := ""
		for _, f := range r.Findings {
			if f.Rule == "counter_unknown" {
				note += f.Note
			}
		}
		if p.Counter != tt.known || note != tt.unknown || (tt.known != "") != (r.ViewsState == report.ViewsCounterOff) || note != "" && r.ViewsState != report.ViewsLabelOnly {
			t.Errorf("%s: counter %q, unknown %q, %s; want %q, %q", tt.about, p.Counter, note, r.ViewsState, tt.known, tt.unknown)
		}
	}
}
