package portal

import (
	"fmt"
	"strings"
	"testing"
)

// repeat joins n rows of a format with one %d.
func repeat(n int, format string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, strings.ReplaceAll(format, "%d", "%[1]d"), i+1)
	}
	return b.String()
}

// TestListingChoice sets the listing beside blocks that look like one. The items of the
// listing have addresses below /nb/.
func TestListingChoice(t *testing.T) {
	news := repeat(20, `<li><a href="/xw/50%d.html">清河市召开第%d次常务会议研究部署重点工作</a><span>2024-05-01</span></li>`)
	for _, c := range []struct {
		about, column, body string
		items               int
	}{
		{"two undated reports beside twenty dated news, in a column of reports", "政府信息公开年报",
			`<div class="r"><ul>` + news + `</ul></div><div class="m"><ul>` + repeat(2, `<li><a href="/nb/%d.html">清河市202%d年政府信息公开年报</a></li>`) + `</ul></div>`, 2},
		{"dated notices beside links to the years", "通知公告",
			`<div class="s">` + repeat(3, `<p><a href="/zw/%d/">202%d年政府信息公开年报</a></p>`) + `</div><ul>` + repeat(15, `<li><a href="/nb/%d.html">关于第%d号建议提案办理情况的公告</a><span>2024-05-01</span></li>`) + `</ul>`, 15},
		{"interpretations beside their documents", "政策文件",
			`<ul>` + repeat(6, `<li><a href="/nb/%d.html">清河市第%d批惠企政策实施细则（试行）</a> <a href="/jd/%d.html">图解：清河市第%d批惠企政策实施细则（试行）</a><span>2024-05-01</span></li>`) + `</ul>`, 6},
		{"one date below five related links", "年报",
			`<div class="related"><p>` + repeat(5, `<a href="/xw/%d.html">清河市召开第%d次政务公开推进会议</a> `) + `</p><p>发布时间：2024-01-09</p></div>`, 0},
		{"an article with one link and a date", "公告",
			`<div class="a"><a href="/xw/1234.html">清河市召开政务公开推进会议</a><p>2024-01-09</p>` + strings.Repeat("<p>根据条例要求，编制本报告，全文由六个部分组成。</p>", 40) + `</div>`, 0},
		{"recommended reading, dated, beside the listing", "公告",
			`<div class="recommend"><ul>` + news + `</ul></div><ul>` + repeat(8, `<li><a href="/nb/80%d.html">关于第%d号建议提案办理情况的公告</a><span>2024-05-01</span></li>`) + `</ul>`, 8},
		{"a list in pieces with separators", "公告",
			`<div>` + repeat(3, `<ul><li><a href="/nb/9%d1.html">关于第%d号建议提案办理情况的公告</a><i>2024-05-01</i></li><li><a href="/nb/9%d2.html">关于第%d号人大建议办理情况的公告</a><i>2024-05-01</i></li></ul><hr>`) + `<ul><li><a href="/nb/999.html">关于最后一件提案办理情况的公告</a><i>2024-05-01</i></li></ul></div>`, 7},
		{"menu with long names", "公告",
			`<ul>` + repeat(9, `<li><a href="/zwgk/c%d/">法定主动公开内容第%d类事项清单</a></li>`) + `</ul>`, 0},
	} {
		t.Run(c.about, func(t *testing.T) {
			items := page(t, "http://www.qinghe.example/lb/", "<html><body>"+c.body+"</body></html>").listing(c.column)
			if len(items) != c.items {
				t.Fatalf("%d items, want %d: %v", len(items), c.items, items)
			}
			for _, it := range items {
				if !strings.Contains(it.URL, "/nb/") {
					t.Errorf("not of the listing: %v", it)
				}
			}
		})
	}
}
