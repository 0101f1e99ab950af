package portal

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkList reads a listing of 200 rows below a menu of 300 links.
func BenchmarkList(b *testing.B) {
	var body strings.Builder
	body.WriteString(`<html><body><div class="nav"><ul>`)
	for i := range 300 {
		fmt.Fprintf(&body, `<li><a href="/lm%d/">栏目%d</a></li>`, i, i)
	}
	body.WriteString(`</ul></div><div class="list"><ul>`)
	for i := range 200 {
		fmt.Fprintf(&body, `<li><a href="./202401/t20240109_%d.html" title="清河市第%d局2023年政府信息公开工作年度报告">清河市第%d局2023年...</a><span>2024-01-09</span></li>`, i+10000, i, i)
	}
	body.WriteString(`</ul><script>createPageHTML(9, 0, "index", "html");</script></div></body></html>`)
	b.SetBytes(int64(body.Len()))
	for b.Loop() {
		p, err := parse("http://www.qinghe.example/nb/", body.String())
		if err != nil {
			b.Fatal(err)
		}
		a, _ := Detect(p)
		if l, err := a.List(p); err != nil || len(l.Items) != 200 {
			b.Fatal(len(l.Items), err)
		}
	}
}
