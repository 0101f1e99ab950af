package demo

import (
	"fmt"
	"html"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// trapFaults are listings without an end, and what stands in their rows.
var trapFaults = []fault{
	{"paging-same", "every page of the listing has a next one, with the same rows", pagingSame},
	{"paging-first", "every page of the listing is the first", pagingFirst},
	{"paging-gone", "the listing's second page answers 404", pagingGone},
	{"paging-away", "the listing's next page lies on another host", pagingAway},
	{"calendar", "every page of the listing leads to the day before, without end", calendar},
	{"session-trap", "every page of the listing leads to a longer address", sessionTrap},
	{"odd-links", "rows lead to scripts, mail, files, inner addresses and nowhere", oddLinks},
	{"path-tricks", "rows have addresses with dot segments, backslashes, NUL and line ends", pathTricks},
	{"long-links", "rows have addresses of 5 KB and more", longLinks},
	{"wild-titles", "rows have titles with control characters, formulas, markup and a megabyte of text", wildTitles},
}

// wildRow is a row of a listing that a fault makes up.
type wildRow struct {
	href, title string
	day         time.Time
}

// madeUp answers a page of a plain listing, whatever the portal's CMS.
func (x *exchange) madeUp(rows []wildRow, next string) bool {
	var b strings.Builder
	fmt.Fprintf(&b, "<html><head><title>%s</title></head><body><h2>%[1]s</h2><ul class=\"list\">\n", x.view.column)
	for _, r := range rows {
		fmt.Fprintf(&b, "<li><a href=\"%s\">%s</a><span>%s</span></li>\n", strings.ReplaceAll(r.href, `"`, "&quot;"), r.title, r.day.Format(time.DateOnly))
	}
	b.WriteString("</ul>")
	if next != "" {
		fmt.Fprintf(&b, "<div class=\"page\"><a href=\"%s\">下一页</a></div>", html.EscapeString(next))
	}
	b.WriteString("</body></html>\n")
	return x.say(b.String())
}

// sound is a row that leads to a report.
func (x *exchange) sound() wildRow {
	for _, e := range x.view.entries {
		if e.kind == aReport && e.odd == "" {
			return wildRow{x.view.skin.itemPath(x.view.site, e), e.joined(), e.published}
		}
	}
	panic("demo: " + x.view.host + " has no report")
}

// isListing tells whether the address is that of a list page, whatever its query.
func (x *exchange) isListing() bool {
	return x.kind == listPage || x.kind == nothing && x.view.find(x.r.URL.Path).kind == listPage
}

func pagingSame(x *exchange) bool {
	n, _ := strconv.Atoi(x.r.URL.Query().Get("p"))
	return x.isListing() && x.madeUp([]wildRow{x.sound()}, x.r.URL.Path+"?p="+strconv.Itoa(n+1))
}

func pagingFirst(x *exchange) bool {
	if x.kind != listPage {
		return false
	}
	x.page = 0
	x.render()
	return false
}

func pagingGone(x *exchange) bool {
	return x.kind == listPage && x.page > 0 && x.refuse(http.StatusNotFound, "Not Found")
}

func pagingAway(x *exchange) bool {
	return x.isListing() && x.madeUp([]wildRow{x.sound()}, "http://www.elsewhere.example/list/2.html")
}

// calendar lists a new notice for every day back to the beginning of time.
func calendar(x *exchange) bool {
	if !x.isListing() {
		return false
	}
	n, _ := strconv.Atoi(x.r.URL.Query().Get("day"))
	row := x.sound()
	day := row.day.AddDate(0, 0, -n)
	rows := []wildRow{row, {fmt.Sprintf("/notice/%s.html", day.Format("20060102")), day.Format("1月2日") + "天气提示", day}}
	return x.madeUp(rows, fmt.Sprintf("%s?day=%d", x.r.URL.Path, n+1))
}

func sessionTrap(x *exchange) bool {
	if !x.isListing() {
		return false
	}
	n := len(x.r.URL.RawQuery)
	rows := []wildRow{x.sound(), {fmt.Sprintf("/notice/%d.html", n), "通知", beijingDay}}
	return x.madeUp(rows, x.r.URL.Path+"?"+x.r.URL.RawQuery+"&sid="+strings.Repeat("0", 100))
}

var beijingDay = time.Date(2024, 1, 15, 0, 0, 0, 0, beijing)

// among puts rows with addresses of one's choice, all titled like reports, behind a
// sound one.
func among(x *exchange, hrefs []string) bool {
	rows := []wildRow{x.sound()}
	for i, href := range hrefs {
		rows = append(rows, wildRow{href, fmt.Sprintf("霖江市第%d局2023年政府信息公开工作年度报告", i+1), beijingDay})
	}
	return x.madeUp(rows, "")
}

func oddLinks(x *exchange) bool {
	return x.kind == listPage && among(x, []string{
		"javascript:void(0)", "javascript:openReport('2023')", "mailto:office@linjiang.example", "tel:12345", "file:///etc/passwd",
		"data:text/html,<p>report</p>", "ftp://ftp.linjiang.example/2023.doc", "http://", "http:///nowhere", "http://[::1", "#top", "", "   ",
		"http://127.0.0.1/admin", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:10.0.0.8]/", "http://" + x.view.host + ":99999/",
		"http://user:secret@www.elsewhere.example/", "//www.elsewhere.example/report.html", "blob:demo", "about:blank",
	})
}

func pathTricks(x *exchange) bool {
	return x.kind == listPage && among(x, []string{
		"/../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", `..\..\windows\win.ini`, "/a/%2e%2e/%2e%2e/b.html", "/nul%00byte.html",
		"/line%0d%0aSet-Cookie:%20a=b.html", "/tab\tand\nline.html", "/bell\x07.html", "/%ZZ.html", "/%.html", "/年报 2023.html", "/a;b=c/d.html",
		`/quote".html`, "/<script>.html", "/a//b///c.html", "/con.html", strings.Repeat("/..", 200) + "/x.html", "/\u202egnp.html", "?a=1&a=2&=&&",
	})
}

func longLinks(x *exchange) bool {
	return x.kind == listPage && among(x, []string{
		"/" + strings.Repeat("a", 5<<10) + ".html", "/x.html?s=" + strings.Repeat("b", 64<<10), "/" + strings.Repeat("年", 2000) + ".html",
	})
}

func wildTitles(x *exchange) bool {
	if x.kind != listPage {
		return false
	}
	row := x.sound()
	titled := func(title string) wildRow { return wildRow{row.href, title, row.day} }
	return x.madeUp([]wildRow{
		titled("=HYPERLINK(\"http://x\")2023年政府信息公开工作年度报告\x00\x07"), titled("<b>2022</b>年政府信息公开工作年度报告\u202e"),
		titled(strings.Repeat("长", 1<<20/3) + "年度报告"), row,
	}, "")
}
