package extract

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// tokens lists what the standard's tokenizer finds, as the trimmer keeps it: no
// comments, no cosmetic elements, no content of scripts and styles.
func tokens(text string) []string {
	var out []string
	z := html.NewTokenizer(strings.NewReader(text))
	raw := ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out
		}
		t := z.Token()
		switch kind {
		case html.CommentToken:
			continue
		case html.TextToken:
			if raw == "style" || raw == "script" {
				continue
			}
			if n := len(out); n > 0 && strings.HasPrefix(out[n-1], "text ") {
				out[n-1] += t.Data
				continue
			}
			out = append(out, "text "+t.Data)
			continue
		case html.StartTagToken:
			raw = t.Data
		case html.EndTagToken:
			raw = ""
		}
		if cosmetic(t.Data) {
			continue
		}
		g := tag{name: t.Data}
		s := kind.String() + " " + t.Data
		for _, a := range t.Attr {
			if g.reads(attribute{a.Key, a.Key + "=" + a.Val}) {
				s += " " + a.Key + "=" + a.Val
			}
		}
		out = append(out, s)
	}
}

// TestTrimTokens compares the trimmer's idea of markup with the standard's
// tokenizer on the traps of the syntax.
func TestTrimTokens(t *testing.T) {
	for _, s := range []string{
		`<p>a<!-- x > y --><b>b</b></p>`, `<!-->a<!--->b<!-- --!>c<!-- d`, `a < b <3 </ > </> c`,
		`<td rowspan=2 style="width:1px" colspan='3'>x</td>`, `<TD ROWSPAN=2/>x`, `<a href=x/>y</a>`, `<a href = "a>b" >y</a>`,
		`<script>if(a<b){document.write("<td>")}</script>x`, `<script><!-- a --></script>b`, `<script><!--<script></script>--></script>b`,
		`<script><!-- <script>a</script>b</script>c`, `<SCRIPT>x</SCRIPT >y`, `<style>td{a:"<p>"}</style>z`, `<title>a<b>c</title>d`,
		`<textarea><td>1</td></textarea>`, `<!DOCTYPE html PUBLIC "-//W3C//DTD">x`, `<?xml version="1.0"?><o:p>a</o:p>`, `<![if !supportLists]>1.<![endif]>x`,
		`<div =x id==y>z</div>`, `<div id=a id=b>z`, `<p id="unended>x`, `<p `, `<p id`, `<p id=`, `<`, `</`, `</p`, `<br/><hr / ><img alt=x / >`,
		`<div / id=a>b</div>`, "<p\fid=a\rclass=b\n>c", `<xmp><td></xmp>a`, `<noscript><p>a</noscript>b`, `<plaintext><p>a`,
	} {
		trimmed, err := trimHTML(s)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(tokens(s), tokens(trimmed)); diff != "" {
			t.Errorf("%q trimmed to %q:\n%s", s, trimmed, diff)
		}
	}
}

// TestTrimChangesNothing reads every fixture, and pages of the round trip, whole and
// trimmed: the same page must come out.
func TestTrimChangesNothing(t *testing.T) {
	compared, before, after := 0, 0, 0
	same := func(t *testing.T, name, text string) {
		whole, err := readTree(text, "http://www.example.gov.cn/a.html")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		trimmed, err := readMarkup(text, "http://www.example.gov.cn/a.html")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(whole, trimmed, cmp.AllowUnexported(Grid{})); diff != "" {
			t.Errorf("%s differs when trimmed:\n%s", name, diff)
		}
		cut, _ := trimHTML(text)
		compared, before, after = compared+1, before+len(text), after+len(cut)
	}
	folders := []string{"testdata"}
	if corpus := os.Getenv("CRAWL_CORPUS"); corpus != "" {
		folders = append(folders, corpus)
	}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".html" {
				return err
			}
			body, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			text, _, _, err := exchange("http://www.example.gov.cn/a.html", body).Text()
			if err != nil {
				return err
			}
			same(t, path, text)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for seed := range uint64(60) {
		paper, _ := draw(seed + 1)
		same(t, fmt.Sprintf("round trip of seed %d", seed+1), decodedText(t, exchange(paper.url, paper.print())))
	}
	t.Logf("%d pages, %d bytes before and %d after", compared, before, after)
}

// FuzzTrim: whatever the markup, the trimmer keeps what the tokenizer finds.
func FuzzTrim(f *testing.F) {
	f.Add(`<p>a<!-- x --><b>b</b><td rowspan="2">1</td></p>`)
	f.Add(`<script><!--<script></script>--></script><a href='x' >b`)
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.NewReplacer("\x00", "", "\r", "").Replace(strings.ToValidUTF8(s, "")) // what the tokenizer rewrites itself
		trimmed, err := trimHTML(s)
		if err != nil {
			return
		}
		if diff := cmp.Diff(tokens(s), tokens(trimmed)); diff != "" {
			t.Errorf("trimmed to %q:\n%s", trimmed, diff)
		}
	})
}
