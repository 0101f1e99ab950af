package portal

import "testing"

// TestLeads ranks the links of a site's pages: the column by name, then by address, then
// columns above it; what only sounds alike is none.
func TestLeads(t *testing.T) {
	p := page(t, "http://www.qinghe.gov.cn/", `<html><head><meta http-equiv="refresh" content="600; URL=/new/"></head><body>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li><li><a href="/gk/" title="点击进入政府信息公开">政府信息公开</a></li></ul>
<a href="/a1/"><img src="a.png" alt="信息公开年度报告"></a>
<a href="javascript:;" onclick="window.open('/a2/')">政府信息公开工作年度报告</a>
<a href="/zfxxgk/zfxxgknb/">历年</a> <a href="/qhxzf/gkmlpt/index">公开目录</a> <a href="/public/column/123?type=3">年度</a>
<a href="/nb/2023.html">清河县2023年政府信息公开工作年度报告</a>
<a href="/b/">政府信息公开年报</a> <a href="/b/">年报</a>
<a href="/no1/">企业年报</a> <a href="/no2/">统计年报</a> <a href="/no3/">政府信息公开指南</a> <a href="/no4/">财政决算年度报告</a> <a href="/no5/">法治政府建设年度报告</a>
<a href="/no6/">关于做好政府信息公开年度报告的通知</a> <a href="/news/">新闻中心</a>
<iframe src="/xxgk/list.html"></iframe><iframe src="/module/visitcount/visit.jsp?type=3"></iframe>
<a href="/d/"><img src="/images/zwgk_btn.png"></a> <li onclick="location.href='/e/'"><span>政府信息公开年报</span></li> <!-- <a href="/no7/">政府信息公开年报</a> -->
<a href="javascript:if(confirm('http://zwgk.qinghe.gov.cn/spage?frame=nb'))window.location='http://zwgk.qinghe.gov.cn/spage?frame=nb'">政府信息公开年报</a>
<a href="javascript:getMainData('ndbg')">政府信息公开年度报告</a> <a href="javascript:void(0)">政府信息公开年报</a>
<select><option value="/c/">信息公开年报</option><option value="3">三</option></select></body></html>`)
	want := []Lead{
		{"http://www.qinghe.gov.cn/a1/", "信息公开年度报告", 100, ""},
		{"http://www.qinghe.gov.cn/a2/", "政府信息公开工作年度报告", 100, ""},
		{"http://www.qinghe.gov.cn/b/", "政府信息公开年报", 100, ""},
		{"http://www.qinghe.gov.cn/e/", "政府信息公开年报", 100, ""},
		{"http://zwgk.qinghe.gov.cn/spage?frame=nb", "政府信息公开年报", 100, ""},
		{"http://www.qinghe.gov.cn/c/", "信息公开年报", 95, ""},
		{"", "政府信息公开年度报告", LeadColumn, "javascript:getMainData('ndbg')"},
		{"http://www.qinghe.gov.cn/zfxxgk/zfxxgknb/", "历年", 85, ""},
		{"http://www.qinghe.gov.cn/public/column/123?type=3", "年度", 85, ""},
		{"http://www.qinghe.gov.cn/new/", "refresh", 80, ""},
		{"http://www.qinghe.gov.cn/qhxzf/gkmlpt/index", "公开目录", 80, ""},
		{"http://www.qinghe.gov.cn/xxgk/list.html", "frame", 75, ""},
		{"http://www.qinghe.gov.cn/gk/", "政府信息公开", 70, ""},
		{"http://www.qinghe.gov.cn/zwgk/", "政务公开", 60, ""},
		{"http://www.qinghe.gov.cn/d/", "picture", 45, ""},
		{"http://www.qinghe.gov.cn/nb/2023.html", "清河县2023年政府信息公开工作年度报告", 30, ""},
	}
	equal(t, want, Leads(p))
}

// TestLeadsOfAPageThatSendsOn follows a script only where the page has nothing else.
func TestLeadsOfAPageThatSendsOn(t *testing.T) {
	const jump = `<script>window.location.href = "/html/index.html"; // location.href = "/old/"
</script>`
	equal(t, []Lead{{"http://www.qinghe.gov.cn/html/index.html", "script", 80, ""}}, Leads(page(t, "http://www.qinghe.gov.cn/", jump)))
	var text string
	for range 30 {
		text += "<p>清河县人民政府门户网站欢迎您的访问。</p>"
	}
	equal(t, []Lead(nil), Leads(page(t, "http://www.qinghe.gov.cn/", jump+text)))
}

// TestViewScript names what stands beside a view label where no known counter does.
func TestViewScript(t *testing.T) {
	for markup, want := range map[string]string{
		`发布时间：2024-01-10 浏览次数：<span id="hits"></span>`:                  "<span id=hits>",
		`<span>点击数：</span><em class="num"></em>`:                        "<em class=num>",
		`浏览量：<script src="/js/count.js?id=7"></script>次`:                "script /js/count.js?id=7",
		`<span>阅读次数：<script>document.write(hits(7))</script></span>`:    "script document.write(hits(7))",
		`<span>【访问量：</span><span><script src="/c.js"></script></span>】`: "script /c.js",
		`浏览次数：12`:                                              "",
		`浏览次数：<b>12</b>`:                                       "",
		`<p>网站浏览量：<span id="all"></span></p>`:                  "", // the site's
		`<p>点击数：来源：本网</p><span id="x"></span>`:                 "",
		`发布时间：2024-01-10`:                                      "",
		`浏览次数：<script>_showDynClicks("wbnews", 1, 2)</script>`: "", // a known counter
	} {
		if got := ViewScript(page(t, "http://www.qinghe.gov.cn/a.html", "<html><body><div>"+markup+"</div></body></html>")); got != want {
			t.Errorf("%s: %q, want %q", markup, got, want)
		}
	}
}

func TestSiteName(t *testing.T) {
	for head, want := range map[string]string{
		`<meta name="SiteName" content="清河县人民政府"><title>年报_清河县</title>`: "清河县人民政府",
		`<title>政府信息公开年报_清河县人民政府</title>`:                               "清河县人民政府",
		`<title>政府信息公开年报</title>`:                                       "",
		``: "",
	} {
		if got := SiteName(page(t, "http://www.qinghe.gov.cn/nb/", "<html><head>"+head+"</head><body></body></html>")); got != want {
			t.Errorf("%s: %q, want %q", head, got, want)
		}
	}
}
