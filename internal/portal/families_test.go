package portal

import (
	"errors"
	"strings"
	"testing"

	"crawl/internal/archive"
)

func TestNamed(t *testing.T) {
	for _, name := range Names() {
		a, err := Named(name)
		if err != nil || a.Name != name || a.Detect == nil || a.List == nil {
			t.Errorf("%s: %+v, %v", name, a, err)
		}
	}
	_, err := Named("trx")
	if err == nil || !strings.Contains(err.Error(), strings.Join(Names(), ", ")) {
		t.Errorf("unknown name: %v", err)
	}
}

func TestRead(t *testing.T) {
	ex := &archive.Exchange{
		Capture: archive.Capture{URL: "http://www.qinghe.example/nb/index.html", Status: 200, MediaType: "text/html"},
		Header:  header("Content-Type: text/html; charset=utf-8", "Server: nginx"),
		Body:    []byte(`<html><head><base href="/gk/"></head><body><a href="1.html">清河市民政局2023年年度报告</a></body></html>`),
	}
	p, err := Read(ex)
	if err != nil {
		t.Fatal(err)
	}
	if p.URL.String() != ex.URL || p.Base.String() != "http://www.qinghe.example/gk/" || p.Capture.Status != 200 || p.Header.Get("Server") != "nginx" {
		t.Errorf("%+v", p)
	}
	a, _ := Detect(p)
	l, err := a.List(p)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, []Item{{URL: "http://www.qinghe.example/gk/1.html", Title: "清河市民政局2023年年度报告"}}, l.Items)
}

const odd = `<div id="menu"><a href="/a/2023.html">清河市2023年政府信息公开年报目录</a></div>
<div id="box"><div class="x"><a href="/r/1.html">一号</a><i class="d">2024-01-09</i><i>2020-02-02</i></div>
<div class="x"><a href="/r/2.html">二号</a><i class="d">2023-01-09</i></div><p><a href="/r/3.html">三号</a></p></div>
<a id="n" href="%s">继续</a>`

func TestSelectors(t *testing.T) {
	sel := Selectors{List: "#box", Item: ".x", Date: ".d", Next: "#n"}
	list := func(sel Selectors, next string) (Listing, error) {
		return Plain(sel).List(page(t, "http://www.qinghe.example/r/", strings.Replace(odd, "%s", next, 1)))
	}
	l, err := list(sel, "?p=2")
	if err != nil {
		t.Fatal(err)
	}
	equal(t, []Item{{"http://www.qinghe.example/r/1.html", "一号", "2024-01-09"}, {"http://www.qinghe.example/r/2.html", "二号", "2023-01-09"}}, l.Items)
	equal(t, []string{"http://www.qinghe.example/r/?p=2"}, addresses(l.Next))

	if l, err := list(sel, "/r/"); err != nil || len(l.Next) != 0 {
		t.Errorf("a link to the page itself: %v, %v", l.Next, err)
	}
	l, err = list(sel, "javascript:more()")
	if _, ok := errors.AsType[*PagingError](err); !ok || len(l.Items) != 2 {
		t.Errorf("a script: %d items, %v", len(l.Items), err)
	}
	if _, err := list(Selectors{List: "#gone"}, "?p=2"); err == nil || !strings.Contains(err.Error(), `"#gone" matches nothing`) {
		t.Errorf("a selector without a match: %v", err)
	}
	if l, err := list(Selectors{List: "#box"}, "?p=2"); err != nil || len(l.Items) != 3 {
		t.Errorf("rows of a list: %d items, %v", len(l.Items), err)
	}
}

func TestFiles(t *testing.T) {
	p := page(t, "http://www.qinghe.example/info/1.htm", `<a href="P0202401.pdf" title="年报.pdf">年报</a><a href="P0202401.pdf">again</a>
<a href="/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=1">表.xls</a><a href="2.htm">下一篇</a><a href="/f.docx?v=2#p">正文</a>`)
	equal(t, []Item{
		{URL: "http://www.qinghe.example/info/P0202401.pdf", Title: "年报.pdf"},
		{URL: "http://www.qinghe.example/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=1", Title: "表.xls"},
		{URL: "http://www.qinghe.example/f.docx?v=2", Title: "正文"},
	}, files(p))
}
