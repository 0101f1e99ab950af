package portal

import (
	"strings"
	"testing"
)

func TestRecords(t *testing.T) {
	for body, want := range map[string]string{ // the first row's title, "error" or "empty"
		`{"data":[{"doctitle":"年报"}]}`:                                       "年报",
		`[{"DOCTITLE":"年报"}]`:                                                "年报",
		"\ufeff\r\n cb123 ( {\"list\":[{\"title\":\"年报\"}]} ) ;":             "年报",
		`{"page":{"content":[{"title":"年报"}]},"data":{"rows":[]}}`:           "empty",
		`{"docs":[{"title":"临江市"十四五"年报","url":"a"},]}`:                       `临江市"十四五"年报`,
		"{'docs':[{'title':'年\n报',\t'url':'a'} <br>,<!--{'title':'旧'}--> ]}": "年 报",
		`{"docs":[{"title":"a\qb","n":1.5,"x":null}]}`:                       "aqb",
		`{"docs":[]}`:             "empty",
		`{"docs":["a","b"]}`:      "error",
		`{"code":500,"msg":"错误"}`: "error",
		`<html></html>`:           "error",
		`{"docs":[{"title":`:      "error",
		``:                        "error",
		`128`:                     "error",
		`null`:                    "error",
	} {
		r, err := page(t, "http://www.linjiang.example/was5/web/search", body).records()
		got := "error"
		if err == nil && len(r.rows) == 0 {
			got = "empty"
		} else if err == nil {
			got = r.rows[0].text(titleKeys...)
		}
		if got != want {
			t.Errorf("%q: %q (%v), want %q", body, got, err, want)
		}
	}
}

func TestMoment(t *testing.T) {
	for s, want := range map[string]string{
		"2024-01-05 09:30:00": "2024-01-05", "2024-01-05": "2024-01-05", "2024年1月5日": "2024-01-05", "2024/1/5": "2024-01-05",
		"2024-01-04T16:00:00.000Z": "2024-01-05", "2024-01-05T08:30:00.000+0800": "2024-01-05", "2024-01-05T08:30:00": "2024-01-05",
		"2024-01-04T16:00:00+00:00": "2024-01-05", "1704412800000": "2024-01-05", "1704412800": "2024-01-05", "20240105": "2024-01-05",
		"": "", "发布时间": "", "0": "", "2024-13-01": "",
	} {
		if got := moment(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestScriptCall(t *testing.T) {
	for code, want := range map[string]string{ // the address for page 3, or "? " and what is not known
		`$.get("/igs/front/search/list.html", {data: {a: 1}})`:                                       "http://www.linjiang.example/igs/front/search/list.html?a=1&pageNumber=3",
		`var u = base + "/igs/front/search/list.html?a=1&pageNumber=" + n;`:                          "? address",
		`var u = "/igs/front/search/list.html?a=" + get("x") + "&b=2&pageNumber=" + (n+1) + "&c=3";`: "? a",
		`var u = "/igs/front/search/list.html?pageNumber=" + n + "&b=年报";`:                           "http://www.linjiang.example/igs/front/search/list.html?pageNumber=3&b=%E5%B9%B4%E6%8A%A5",
		`var o = {data: {q: "1", pageNumber: n}, url: '/igs/front/search/publish/data/list.html'};`:  "http://www.linjiang.example/igs/front/search/publish/data/list.html?q=1&pageNumber=3",
		`/* "/igs/front/search/list.html" */`:                                                        "",
		`var far = {data: {z: 1}};` + spaces + `$.get("/igs/front/search/list.html?a=1");`:           "http://www.linjiang.example/igs/front/search/list.html?a=1&pageNumber=3",
		"$.get(`/igs/front/search/list.html?a=${x}`)":                                                "? address",
	} {
		p := page(t, "http://www.linjiang.example/nb/", "<script>"+code+"</script>")
		got := ""
		if c, ok := p.scriptCall(igsCall); ok {
			r, unknown := c.request(p, "pageNumber", "3")
			if got = r.URL; len(unknown) > 0 {
				got = "? " + unknown[0]
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}

var spaces = strings.Repeat(" ", nearby)
