package portal

import (
	"strings"
	"testing"
	"time"
)

func TestScope(t *testing.T) {
	v := scopeOf(`var countPage = 12, currPage='3'; var name = "ind" + "ex"
var SiteInfo = { searchId: 200210, "page-temp": 'a.html', nested: {x: 1} };
var next = currPage + 1; for (var i = 0; i < countPage; i++) { sum += i }
var twice = "a"; twice = "b"; var same = 1; same = 1
if (kept == 5) kept2 = kept; var esc = "\u4e34\x41\"'"; var cut = name.substr(0, 3) + "..." ; empty = ""`)
	for expr, want := range map[string]string{
		"countPage": "12", "currPage": "3", "name": "index", "SiteInfo.searchId": "200210", "SiteInfo.page-temp": "",
		"next": "", "i": "", "twice": "", "same": "1", "kept": "", "esc": `临A"'`,
		`"a" + name + '.html'`: "aindex.html", `"" || "chnlid=1"`: "chnlid=1", `name || other`: "index", "1 + 1": "", `"p" + 1`: "p1",
		`parseInt("7")`: "7", `(name)`: "index", "cut": "index...", "name.substring(0,2)": "index", "missing": "", "`t${i}`": "", `"unclosed`: "",
		`name == "x"`: "", "a[0]": "", "-1": "-1", "": "", "window.name": "index",
	} {
		if got, ok := v.value(expr); got != want && ok || ok != (want != "") {
			t.Errorf("%s: %q %v, want %q", expr, got, ok, want)
		}
	}
	if got := properties(`index: "a,b", 'filter[SITEID]' : "3", data: {x: [1, 2]}, f: function(){ return {a: 1}; } } rest`); len(got) != 4 ||
		got[1] != (property{"filter[SITEID]", `"3"`}) || got[2] != (property{"data", "{x: [1, 2]}"}) {
		t.Errorf("properties: %q", got)
	}
}

// TestLongScripts holds broken code of a size that inline libraries have against cost by the
// square: it took minutes.
func TestLongScripts(t *testing.T) {
	for _, code := range []string{"x=f(", "y={k:", "a=1;b='c';", "document.write('<a href=1.html>", "createPage("} {
		began := time.Now()
		p := page(t, "http://www.linjiang.example/nb/", "<script>document.write(1);"+strings.Repeat(code, 100_000/len(code))+"</script>")
		Detect(p)
		if spent := time.Since(began); spent > 30*time.Second {
			t.Errorf("%s: %s", code, spent)
		}
	}
}
