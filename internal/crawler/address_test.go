package crawler

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/report"
)

func TestAddress(t *testing.T) {
	for raw, want := range map[string]string{
		"http://WWW.Example.gov.cn":                    "http://www.example.gov.cn/",
		"http://www.example.gov.cn:80/a/../b/./c.html": "http://www.example.gov.cn/b/c.html",
		`http://www.example.gov.cn\a\b.html`:           "http://www.example.gov.cn/a/b.html",
		"https://user:secret@www.example.gov.cn/a#top": "https://www.example.gov.cn/a",
		"http://www.example.gov.cn/年报 2023.html?名=报告":  "http://www.example.gov.cn/%E5%B9%B4%E6%8A%A5%202023.html?%E5%90%8D=%E6%8A%A5%E5%91%8A",
		"http://www.example.gov.cn/a%2Fb%?x=%2F":       "http://www.example.gov.cn/a%2Fb%25?x=%2F",
	} {
		u, err := address(raw)
		if err != nil {
			t.Errorf("%s: %v", raw, err)
			continue
		}
		if u.String() != want {
			t.Errorf("%s\n got %s\nwant %s", raw, u, want)
		}
		if again := Canonical(u.String()); again != want {
			t.Errorf("%s: read again it is %s", want, again)
		}
	}
	for _, raw := range []string{
		"javascript:void(0)", "mailto:a@b.cn", "ftp://www.example.gov.cn/", "file:///etc/passwd", "/relative", "http://", "",
		"http://www.example.gov.cn/" + strings.Repeat("a", maxAddress),
		"http://www.example.gov.cn/" + strings.Repeat("年", maxAddress/4), // too long once encoded
	} {
		if u, err := address(raw); err == nil {
			t.Errorf("%.60s: accepted as %.60s", raw, u)
		}
	}
}

func TestGroup(t *testing.T) {
	src := func(id, url string, also ...string) report.Source {
		return report.Source{ID: id, URL: url, Also: also}
	}
	plans, broken := group([]report.Source{
		src("a", "http://a.cn/x/"),
		src("b", "https://b.cn/"),
		src("bad", "ftp://c.cn/"),
		src("a2", "https://A.cn/y/"),
		src("c", "http://c.cn:8080/"),
		src("d", "http://d.cn/", "c.cn:8080", "b.cn"),
		src("c80", "http://c.cn/"),
	})
	got := map[string][]string{}
	for _, p := range plans {
		var ids []string
		for _, s := range p.sources {
			ids = append(ids, s.ID)
		}
		got[strings.Join(ids, " ")] = p.hosts
	}
	want := map[string][]string{
		"a a2":  {"a.cn:80"},
		"b c d": {"b.cn:80", "c.cn:8080", "d.cn:80"},
		"c80":   {"c.cn:80"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(broken) != 1 || broken["bad"] == nil {
		t.Errorf("broken: %v", broken)
	}
}
