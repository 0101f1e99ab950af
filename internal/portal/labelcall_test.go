package portal

import (
	"strings"
	"testing"
)

func TestLabelCall(t *testing.T) {
	for _, c := range []struct{ about, code, query, unknown string }{
		{"data after the address", `Ls.ajax({url: "/site/label/8888", data: {labelName: "publicInfoList", pageSize: 15, pageIndex: pageIndex}})`,
			"IsAjax=1&dataType=html&labelName=publicInfoList&pageSize=15&pageIndex=2", ""},
		{"data before it, keys in quotes", `$.ajax({data: {"pageIndex": i, 'isDate': true, "result": "暂无相关信息"}, url: '/site/label/165919'})`,
			"IsAjax=1&dataType=html&pageIndex=2&isDate=true&result=%E6%9A%82%E6%97%A0%E7%9B%B8%E5%85%B3%E4%BF%A1%E6%81%AF", ""},
		{"a query already", `$.ajax({url: "/site/label/8888?IsAjax=1&dataType=html&_=" + Math.random(), data: {pageIndex: n}})`, "IsAjax=1&dataType=html&_=&pageIndex=2", ""},
		{"the menu's label first", `Ls.ajax({url: "/site/label/8888", data: {labelName: "columnTree"}}); Ls.ajax({url: "/site/label/9999", data: {pageIndex: n}})`,
			"IsAjax=1&dataType=html&pageIndex=2", ""},
		{"a variable", `var organ = "33"; Ls.ajax({url: "/site/label/1", data: {organId: organ, pageIndex: n, cId: null}})`, "IsAjax=1&dataType=html&organId=33&pageIndex=2&cId=", ""},
		{"a time in a value", `Ls.ajax({url: "/site/label/1", data: {dateFormat: "yyyy-MM-dd HH:mm", pageIndex: n}})`, "IsAjax=1&dataType=html&dateFormat=yyyy-MM-dd+HH%3Amm&pageIndex=2", ""},
		{"a variable set nowhere", `Ls.ajax({url: "/site/label/1", data: {organId: organ, pageIndex: n}})`, "", "organId is organ"},
		{"a value from a form", `Ls.ajax({url: "/site/label/1", data: {key: $("#key").val(), pageIndex: n}})`, "", `key is $("#key").val()`},
		{"a quote that never ends", "Ls.ajax({url: \"/site/label/1\", data: {pageIndex: n, key: \"\n}})", "", `key is "`},
		{"no label by page", `Ls.ajax({url: "/site/hit", data: {pageIndex: n}})`, "", ""},
	} {
		p := page(t, "http://www.linjiang.example/public/column/33", "<script>"+c.code+"</script>")
		r, err := lonsunCall(p, 2)
		_, query, _ := strings.Cut(r.URL, "?")
		if query != c.query || (err != nil) != (c.unknown != "") || err != nil && !strings.Contains(err.Error(), c.unknown) {
			t.Errorf("%s: %q, %v, want %q", c.about, query, err, c.query)
		}
	}
}
