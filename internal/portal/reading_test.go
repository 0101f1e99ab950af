package portal

import (
	"strings"
	"testing"
)

func TestResolve(t *testing.T) {
	p := page(t, "http://www.qinghe.example/zwgk/nb/index.html", "")
	for href, want := range map[string]string{
		"./202401/t1.html":           "http://www.qinghe.example/zwgk/nb/202401/t1.html",
		"../a.html#top":              "http://www.qinghe.example/zwgk/a.html",
		"//gk.qinghe.example/1":      "http://gk.qinghe.example/1",
		"a;jsessionid=1F.n1?id=2":    "http://www.qinghe.example/zwgk/nb/a?id=2",
		"a?jsessionid=1&id=2":        "http://www.qinghe.example/zwgk/nb/a?id=2",
		"a?b=1%2B2&c=年":              "http://www.qinghe.example/zwgk/nb/a?b=1%2B2&c=年",
		" \n/x.html\t":               "http://www.qinghe.example/x.html",
		`..\b.html`:                  "http://www.qinghe.example/zwgk/b.html",
		"https://www.qinghe.example": "https://www.qinghe.example/",
		"javascript:void(0)":         "",
		"JavaScript:go(1)":           "",
		"mailto:a@b.example":         "",
		"tel:12345":                  "",
		"#":                          "",
		"":                           "",
		"http://%zz/":                "",
	} {
		if got := p.resolve(href); got != want {
			t.Errorf("%q: %q, want %q", href, got, want)
		}
	}
}

func TestRowDate(t *testing.T) {
	for _, c := range []struct {
		cells string // separated by |
		want  string
		seen  bool
	}{
		{"2024-01-09", "2024-01-09", true},
		{"[2024/1/9]", "2024-01-09", true},
		{"（2024年01月09日）", "2024-01-09", true},
		{"2024.01.09 10:06", "2024-01-09", true},
		{"20240109", "2024-01-09", true},
		{"发布日期：2024-01-09", "2024-01-09", true},
		{"09|2024-01", "2024-01-09", true},
		{"01-09|2024", "2024-01-09", true},
		{"2024年|1月9日", "2024-01-09", true},
		{"来源：市民政局 2024-01-09 阅读", "2024-01-09", true},
		{"文号 2023〕12号|2023-12-28|2024-01-09", "2024-01-09", true},
		{"01-09", "", true},
		{"01/09", "", true},
		{"共26条|1/4", "", false}, // a pager
		{"09-01-24", "", false},
		{"2024-13-09", "", false},
		{"2024-02-30", "", false},
		{"0233621J/2026-00150", "", false},
		{"9|8|2024-01", "", false}, // two days: which one is not known
		{"电话 0730-8880123", "", false},
	} {
		got, seen := rowDate(strings.Split(c.cells, "|"))
		if got != c.want || seen != c.seen {
			t.Errorf("%q: %q %v, want %q %v", c.cells, got, seen, c.want, c.seen)
		}
	}
}

func TestTitleOf(t *testing.T) {
	for html, want := range map[string]string{
		`<a title="清河市2023年政府信息公开年报">清河市2023年政府...</a>`:                   "清河市2023年政府信息公开年报",
		`<a title="清河市2023年政府信息公开年报">清河市2023年政府</a>`:                      "清河市2023年政府信息公开年报",
		`<a title="在新窗口打开">清河市2023年年报</a>`:                                "清河市2023年年报",
		`<a title="政府信息公开年报">清河市民政局2023年报告</a>`:                           "清河市民政局2023年报告",
		`<a title="">&nbsp;·&nbsp;清河市　2023年年报&nbsp;</a>`:                  "清河市 2023年年报",
		`<a title="A&amp;amp;B年度报告">A&amp;B年度...</a>`:                     "A&B年度报告",
		`<a title="清河市2023年<br>年度报告">清河市2023年…</a>`:                       "清河市2023年 年度报告",
		`<a><h4>清河市2023年年报</h4><p>摘要文字</p><i>2024-01-09</i></a>`:          "清河市2023年年报",
		`<a><span>清河市2023年年报</span><span>2024-01-09</span></a>`:           "清河市2023年年报",
		`<a><span>2023年</span></a>`:                                       "2023年",
		`<a><img src="x.png" alt="2023年年报"></a>`:                          "2023年年报",
		`<a title="标题：清河市年报&#13;发布日期：2024-01-09&#13;点击：3">清河市年...</a>`:    "清河市年报",
		"<a>清河市\u200b2023年\n  年报<script>document.write('x')</script></a>": "清河市2023年 年报",
		`<a title="关于公开清河市民政局2023年年报的说明">清河市财政...</a>`:                    "清河市财政...",
		`<a title="2023年政府信息公开年报">[置顶]2023年政府信息公开年报<em>new</em></a>`:      "2023年政府信息公开年报",
	} {
		p := page(t, "http://www.qinghe.example/", html)
		if got := titleOf(p.Doc.Find("a").Get(0)); got != want {
			t.Errorf("%s: %q, want %q", html, got, want)
		}
	}
}

func TestUncomment(t *testing.T) {
	for code, want := range map[string]string{
		"a(1) // b(2)\nc(3)":                 "a(1) \nc(3)",
		"a /* b\nc */ d":                     "a   d",
		`u = "http://x/y"; f()`:              `u = "http://x/y"; f()`,
		"<!--\ncreatePageHTML(2,0)\n//-->":   "\ncreatePageHTML(2,0)\n",
		"<!-- createPageHTML(2,0)\n-->":      "\n",
		"r = /[\"']/g; // x":                 "r = /[\"']/g; ",
		"a = b / c; // d / e\nf":             "a = b / c; \nf",
		`s = "it's /* no comment */"`:        `s = "it's /* no comment */"`,
		"s = 'open // line\nt = 1 // gone":   "s = 'open // line\nt = 1 ",
		"/* never closed createPageHTML(1)":  "",
		"x = `a // b\n c`; // d":             "x = `a // b\n c`; ",
		"i--\n--> gone\nkept":                "i--\n\nkept",
		`w("<a href=\"/x\">//</a>");// gone`: `w("<a href=\"/x\">//</a>");`,
	} {
		if got := uncomment(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

func TestColumn(t *testing.T) {
	for html, want := range map[string]string{
		`<title>x</title><div>当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>年报</a></div>`:                              "年报",
		`<div><span>您现在的位置：</span><a>首页</a><img src="arrow.gif"><a>政府信息公开年报</a></div>`:                           "政府信息公开年报",
		`<div>所在位置: 首页 / 信息公开 / 政府信息公开年报 / 2023年</div>`:                                                          "政府信息公开年报 2023年",
		`<div>当前位置：首页 > 年报 > 正文</div>`:                                                                           "年报",
		`<meta name="columnname" content="年度报告"><title>年度报告-清河市</title>`:                                         "年度报告",
		`<meta name="SiteName" content="清河市人民政府"><title>清河市人民政府-政府信息公开年报</title>`:                                "政府信息公开年报",
		`<div class="path"><a>首页</a>&nbsp;&gt;&nbsp;<a>政务公开</a>&nbsp;&gt;&nbsp;<a>年报</a></div><title>某网</title>`: "年报",
		`<p>关于当前位置信息服务的说明：` + strings.Repeat("字", 400) + `</p><meta name="ColumnName" content="公告">`:             "公告",
		`<div>当前位置：<a>首页</a> > <a>年报</a><ul><li><a href="1.html">清河市民政局2023年政府信息公开年报</a></li></ul></div>`:        "年报",
		`<p></p>`: "",
	} {
		if got := page(t, "http://www.qinghe.example/", html).column(); got != want {
			t.Errorf("%s: %q, want %q", html, got, want)
		}
	}
}
