package portal

import (
	"slices"
	"strings"
	"testing"
)

// TestWindowAfter asks for the window after one, by what it brought and what is stated.
func TestWindowAfter(t *testing.T) {
	for _, c := range []struct {
		about                 string
		asked                 window
		records, total, pages int
		next                  window
		evidence              string // a part of it
	}{
		{"a full page", window{1, 1, 100}, 100, 250, 3, window{2, 101, 100}, ""},
		{"one record of the next page", window{2, 101, 100}, 101, 250, 3, window{3, 201, 100}, ""},
		{"the last page", window{3, 201, 100}, 50, 250, 3, window{}, ""},
		{"all on one page", window{1, 1, 100}, 80, 80, 1, window{}, ""},
		{"the portal's pages are shorter", window{1, 1, 100}, 45, 250, 6, window{2, 46, 45}, ""},
		{"and longer", window{1, 1, 100}, 200, 250, 2, window{2, 201, 200}, ""},
		{"shorter, later", window{2, 101, 100}, 45, 250, 6, window{}, "45 records instead of 100"},
		{"longer, later", window{2, 46, 45}, 100, 250, 3, window{}, "100 records instead of 45"},
		{"a record short on the last page", window{3, 201, 100}, 49, 250, 3, window{}, "49 records instead of 50"},
		{"beyond the end", window{4, 301, 100}, 0, 250, 3, window{}, "without records"},
		{"an empty list", window{1, 1, 100}, 0, 0, 0, window{}, ""},
		{"nothing stated, full", window{1, 1, 100}, 100, -1, -1, window{2, 101, 100}, ""},
		{"nothing stated, not full", window{2, 101, 100}, 12, -1, -1, window{}, ""},
		{"the portal decides", window{page: 2}, 45, 250, 6, window{page: 3}, ""},
		{"the portal decides, last by its pages", window{page: 6}, 25, 250, 6, window{}, ""},
		{"the portal decides, all here", window{page: 1}, 30, 30, 3, window{}, ""},
		{"no number in the address", window{}, 30, 90, 3, window{page: 2}, ""},
	} {
		next, evidence := c.asked.after(c.records, c.total, c.pages)
		if next != c.next || (evidence != "") != (c.evidence != "") || !strings.Contains(evidence, c.evidence) {
			t.Errorf("%s: %+v %q, want %+v %q", c.about, next, evidence, c.next, c.evidence)
		}
	}
}

func TestRecordRows(t *testing.T) {
	p := page(t, "http://www.linjiang.example/col/col1/index.html", "")
	date := "2024-01-09"
	report := Item{URL: "http://www.linjiang.example/a.html", Title: "临江市2023年政府信息公开年报", Date: date}
	for _, c := range []struct {
		about, record string
		items         []Item
	}{
		{"a list item", `<li><a href='/a.html' title='临江市2023年政府信息公开年报'>临江市2023年...</a><span>2024-01-09</span></li>`, []Item{report}},
		{"cells without a table", `<td>1</td><td><a href="/a.html">临江市2023年政府信息公开年报</a></td><td>2024-01-09</td>`, []Item{report}},
		{"a table a record", `<table width="100%"><tr><td><a href="/a.html">临江市2023年政府信息公开年报</a></td><td align="right">[2024-01-09]</td></tr></table>`, []Item{report}},
		{"bare", `<a href="/a.html">临江市2023年政府信息公开年报</a> 2024-01-09<br>`, []Item{report}},
		{"the date inside the link", `<div class="b"><a href="/a.html"><p>临江市2023年政府信息公开年报</p><i>2024-01-09</i></a></div>`, []Item{report}},
		{"with a long summary", `<li><a href="/a.html">临江市2023年政府信息公开年报</a><p>` + strings.Repeat("全市主动公开政府信息。", 80) + `</p><span>2024-01-09</span></li>`, []Item{report}},
		{"two rows", `<ul><li><a href="/a.html">临江市2023年政府信息公开年报</a><span>2024-01-09</span></li><li><a href="/b.html">2022年</a></li></ul>`, []Item{report, {URL: "http://www.linjiang.example/b.html", Title: "2022年"}}},
		{"two bare rows", `<li><a href="/a.html">临江市2023年政府信息公开年报</a><span>2024-01-09</span></li><li><a href="/b.html">2022年</a></li>`, []Item{report, {URL: "http://www.linjiang.example/b.html", Title: "2022年"}}},
		{"a separator", `<li class="line"></li>`, nil},
	} {
		rows, err := p.recordRows(c.record)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(c.about, func(t *testing.T) { equal(t, c.items, merged(rows)) })
	}
}

func TestScriptLiterals(t *testing.T) {
	code := `var a = {x:1}; list = ['<li>it\'s \u5e74\u62a5<\/li>', "b\
c"]; var list2 = [1];`
	equal(t, []string{"<li>it's 年报</li>", "bc"}, literals(variable(code, "list", '[')))
	equal(t, "{x:1}", variable(code, "a", '{'))
	equal(t, "", variable(code, "ist", '['))

	ms := members(`{'webId':'3185',"rows" : "20", perPage:15, tagId:'a\'b', nested:{col:1}, path:'/'}`)
	equal(t, "3185 20 15 a'b 1 /", strings.Join([]string{member(ms, "webId"), member(ms, "rows"), member(ms, "perPage"), member(ms, "tagId"), member(ms, "col"), member(ms, "path")}, " "))

	args := arguments(`'/s.jsp?a='+b1+'&c='+encodeURI(d, 'x')+'&e=2', "div4", 0, 950 , f(1), ''); g('h')`)
	if want := []string{"/s.jsp?a=&c=&e=2", "div4", "0", "950", "", ""}; !slices.Equal(args, want) {
		t.Errorf("%q, want %q", args, want)
	}
}

func TestQuery(t *testing.T) {
	q := "page=1&appid=1&appid=1&webname=%25E4%25B8&path=/&empty="
	equal(t, "page=2&appid=1&appid=1&webname=%25E4%25B8&path=/&empty=&perpage=10", withParams(q, param{"page", "2"}, param{"perpage", "10"}))
	equal(t, "%E4%B8", queryValue(q, "webname"))
	equal(t, "a=%E5%B9%B4%20b", plainASCII("a=年 b"))
	if !hasParam(q, "empty") || hasParam(q, "age") {
		t.Error("parameters of", q)
	}
}

// TestHanwebArticle reads counter and files of articles of the families of this vendor.
func TestHanwebArticle(t *testing.T) {
	for _, c := range []struct {
		about, url, body string
		counter          string
		counts           bool
		files            []Item
	}{
		{"JCMS", "http://www.linjiang.example/art/2025/1/28/art_1542_80000.html",
			`<span>浏览次数：<script language='javascript' src="/module/visitcount/articlehits.jsp?colid=1542&artid=80000"></script></span>
<div id="zoom"><a href="/module/download/downfile.jsp?classid=0&amp;filename=6d6e6c29fb47.pdf&amp;showname=年报.pdf">年报.pdf</a></div>
<iframe src='/module/visitcount/visit.jsp?type=3&i_webid=7&i_columnid=1542&i_articleid=80000' id="vishidden"></iframe>`,
			"http://www.linjiang.example/module/visitcount/articlehits.jsp?colid=1542&artid=80000", true,
			[]Item{{URL: "http://www.linjiang.example/module/download/downfile.jsp?classid=0&filename=6d6e6c29fb47.pdf&showname=年报.pdf", Title: "年报.pdf"}}},
		{"JCMS with the counter that shows", "http://www.linjiang.example/art/2025/1/28/art_1542_80000.html",
			`<span>浏览量：<i id="n"></i></span><script>$.get("/vc/vc/interface/artcount/artcount.jsp?i_columnid=1542&i_articleid=80000", function(n){ $("#n").html(n); });</script>`,
			"http://www.linjiang.example/vc/vc/interface/artcount/artcount.jsp?i_columnid=1542&i_articleid=80000", false, nil},
		{"JPAAS", "https://www.linjiang.example/col/col1229631542/art/2025/art_0a.html",
			`<p><a href="/api-gateway/jpaas-web-server/front/document/download?fileUrl=n9s7FT%2FT21">附件1</a></p>`, "", false,
			[]Item{{URL: "https://www.linjiang.example/api-gateway/jpaas-web-server/front/document/download?fileUrl=n9s7FT%2FT21", Title: "附件1"}}},
		{"TrueCMS", "http://www.linjiang.example/ljsrmzf/xxgknb/content/0a.html",
			`<p><a href="/truecms/attachmentController/download.do?id=0b">年报</a></p>`, "", false,
			[]Item{{URL: "http://www.linjiang.example/truecms/attachmentController/download.do?id=0b", Title: "年报"}}},
	} {
		t.Run(c.about, func(t *testing.T) {
			p := page(t, c.url, c.body)
			got, ok := FindCounter(p)
			if ok != (c.counter != "") || got.Request.URL != c.counter || got.Counts != c.counts {
				t.Errorf("counter %v %+v", ok, got)
			}
			if r, ok := hanweb().Views(p); ok != (c.counter != "" && !c.counts) || ok && r.URL != c.counter {
				t.Errorf("read without counting: %v %s", ok, r.URL)
			}
			equal(t, c.files, hanweb().Files(p))
			for _, a := range families() {
				if evidence := a.Detect(p); evidence != "" {
					t.Errorf("%s takes the article for a list: %q", a.Name, evidence)
				}
			}
		})
	}
}
