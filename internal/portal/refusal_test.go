package portal

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crawl/internal/archive"
)

// refusals is the folder of HTTP answers as they come over the wire. Where one lies says
// what it is: refused/<kind>, hollow/<kind>, or content. A new file needs no code.
const refusals = "testdata/refusal"

// answered calls f with every answer below refusals. want is the kind, "" for content.
func answered(t *testing.T, f func(t *testing.T, name, class, want string, p *Page)) {
	t.Helper()
	err := filepath.WalkDir(refusals, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".http" {
			return err
		}
		name := strings.TrimSuffix(filepath.ToSlash(strings.TrimPrefix(path, refusals+string(filepath.Separator))), ".http")
		class, rest, _ := strings.Cut(name, "/")
		want, _, kind := strings.Cut(rest, "/")
		if !kind {
			want = ""
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		t.Run(name, func(t *testing.T) { f(t, name, class, want, received(t, raw)) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// received is the page of an answer's bytes, as the archive would give it.
func received(t *testing.T, raw []byte) *Page {
	t.Helper()
	res, err := http.ReadResponse(bufio.NewReader(bytes.NewReader(raw)), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	media, _, _ := strings.Cut(res.Header.Get("Content-Type"), ";")
	p, err := Read(&archive.Exchange{
		Capture: archive.Capture{URL: "http://www.linjiang.example/zwgk/ndbg/index.html", Method: http.MethodGet, Status: res.StatusCode, MediaType: media},
		Header:  res.Header,
		Body:    body,
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestRefusals holds every answer to what its folder says: no miss, no false alarm. The
// evidence stands in a golden file.
func TestRefusals(t *testing.T) {
	var evidence strings.Builder
	count := make(map[string]int)
	answered(t, func(t *testing.T, name, class, want string, p *Page) {
		count[class]++
		refused, why := Refusal(p)
		hollow, whyHollow := Hollow(p)
		switch class {
		case "refused":
			if refused != want {
				t.Errorf("refused as %q (%s)", refused, why)
			}
			fmt.Fprintf(&evidence, "%s: %s\n", name, why)
		case "hollow":
			if refused != "" || hollow != want {
				t.Errorf("refused as %q (%s), hollow as %q (%s)", refused, why, hollow, whyHollow)
			}
			fmt.Fprintf(&evidence, "%s: %s\n", name, whyHollow)
		case "content":
			if refused != "" || hollow != "" {
				t.Errorf("refused as %q (%s), hollow as %q (%s)", refused, why, hollow, whyHollow)
			}
		default:
			t.Errorf("%s is no class of answers", class)
		}
		for _, e := range []struct{ kind, evidence string }{{refused, why}, {hollow, whyHollow}} {
			if (e.kind != "") != strings.Contains(e.evidence, fmt.Sprintf("status %d", p.Capture.Status)) {
				t.Errorf("kind %q with evidence %q", e.kind, e.evidence)
			}
		}
	})
	if count["refused"] < 40 || count["hollow"] < 20 || count["content"] < 40 {
		t.Errorf("answers by class: %v", count)
	}
	file := filepath.Join(refusals, "evidence.txt")
	if *update {
		if err := os.WriteFile(file, []byte(evidence.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, strings.Split(string(want), "\n"), strings.Split(evidence.String(), "\n"))
}

// TestWallsKnown wants an answer of every kind of wall and of every excuse, and its name
// in the table from which operators learn what to do about it.
func TestWallsKnown(t *testing.T) {
	operations, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"refused/unknown", "refused/" + bare, "hollow/truncated", "hollow/empty_shell"}
	for _, w := range walls {
		known = append(known, "refused/"+w.name)
	}
	for _, e := range excuses {
		known = append(known, "hollow/"+e.name)
	}
	for _, kind := range known {
		if files, err := filepath.Glob(filepath.Join(refusals, filepath.FromSlash(kind), "*.http")); err != nil || len(files) == 0 {
			t.Errorf("%s: no answers (%v)", kind, err)
		}
		if _, name, _ := strings.Cut(kind, "/"); !strings.Contains(string(operations), "`"+name+"`") {
			t.Errorf("%s is not in docs/operations.md", kind)
		}
	}
}

// signs are headers and code that walls put into the pages that they let through.
var signs = []struct{ name, value string }{
	{"Set-Cookie", "__jsluid_s=0f1e2d3c4b5a69788796a5b4c3d2e1f0; max-age=31536000; path=/; HttpOnly"},
	{"Set-Cookie", "HWWAFSESID=625e6738b7379857f2; path=/"},
	{"Set-Cookie", "acw_tc=76b20f8417482.4f1d2; path=/; HttpOnly"},
	{"Set-Cookie", "wzws_sessionid=gTI0MDg4OjM0; path=/"},
	{"Set-Cookie", "safedog-flow-item=B997255C2337E9B4; path=/"},
	{"Set-Cookie", "dEmo0aB1cD2eS=5x0aB1cD2eF3gH4iJ5kL6mN7; path=/"},
	{"Set-Cookie", "yunsuo_session_verify=1a3375389647fba2; path=/"},
	{"Set-Cookie", "TS01a2b3c4=01e6d3f9a8b7; Path=/"},
	{"Server", "yunjiasu-nginx"},
	{"Wzws-Ray", "1-1700000000.000-w-waf01"},
}

const injected = `<meta id="x9Kd" content="a7" r='m'><meta name="aliyun_waf_aa" content="5f3c"><script r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script><script src="/4QbVtADbnLVIc/d.FxJzG50F.js" r='m'></script><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>`

// letThrough is the page as walls let it through, with their cookies and scripts.
func letThrough(t *testing.T, p *Page) *Page {
	t.Helper()
	text := p.Text
	if !p.data() {
		if head := strings.Index(strings.ToLower(text), "</head>"); head >= 0 {
			text = text[:head] + injected + text[head:]
		} else {
			text = injected + text
		}
	}
	q := page(t, p.URL.String(), text)
	q.Capture, q.Header = p.Capture, p.Header.Clone()
	if q.Header == nil {
		q.Header = make(http.Header)
	}
	for _, s := range signs {
		q.Header.Add(s.name, s.value)
	}
	return q
}

// TestLetThrough puts the signs of walls on every page with content that the room has:
// none of them is a refusal.
func TestLetThrough(t *testing.T) {
	check := func(t *testing.T, p *Page) {
		for _, q := range []*Page{p, letThrough(t, p)} {
			if name, evidence := Refusal(q); name != "" {
				t.Errorf("refused as %s (%s)", name, evidence)
			}
		}
	}
	answered(t, func(t *testing.T, _, class, _ string, p *Page) {
		if class == "content" {
			check(t, p)
		}
	})
	fixtures(t, func(t *testing.T, family, _ string, p *Page) {
		const nothing = 20 // characters; an answer without rows says as little as a wall
		a, err := Named(family)
		if err != nil {
			t.Fatal(err)
		}
		if l, _ := a.List(p); len(l.Items)+len(l.Next) == 0 && runes(squeeze(p.visible())) < nothing {
			return
		}
		check(t, p)
	})
}

// TestCorpusLetThrough does the same with real pages: listings, articles and reports.
func TestCorpusLetThrough(t *testing.T) {
	dir := corpusDir(t)
	files, err := filepath.Glob(filepath.Join(dir, "*", "*.html"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			p := page(t, "http://www.linjiang.example/zwgk/1.html", string(body))
			for _, q := range []*Page{p, letThrough(t, p)} {
				if name, evidence := Refusal(q); name != "" {
					t.Errorf("refused as %s (%s)", name, evidence)
				}
				if name, evidence := Hollow(q); name != "" {
					t.Errorf("hollow as %s (%s)", name, evidence)
				}
			}
		})
	}
}
