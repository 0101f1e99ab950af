package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var addedEntry = sourceEntry{
	ID: "qinghe", Name: "清河县: 教育局 # 一", URL: "http://www.qinghe.example/nb/?a=1&b=2", Adapter: "auto", Region: "130534",
	Also: []string{"old.qinghe.example:8080"}, Note: "probed 2026-11-25: family trs",
}

const addedText = `- id: qinghe
  name: "清河县: 教育局 # 一"
  url: http://www.qinghe.example/nb/?a=1&b=2
  adapter: auto
  also: [old.qinghe.example:8080]
  region: "130534"
  note: "probed 2026-11-25: family trs"
`

// TestAddSource adds an entry to configs of every shape: the entry stands behind the last
// one, and no other byte changes.
func TestAddSource(t *testing.T) {
	const head = "user_agent: \"crawl (+mailto:a@b.example)\" # ours\n"
	const one = "id: one\n    url: http://www.one.example/ # 一\n"
	for name, c := range map[string]struct{ before, behind, tail string }{
		"no sources":             {head, "sources:\n  ", ""},
		"no sources, no newline": {strings.TrimSuffix(head, "\n"), "\nsources:\n  ", ""},
		"empty":                  {head + "sources:\n", "  ", ""},
		"empty, with a comment":  {head + "sources: # none yet\n", "  ", "\ndata: elsewhere\n"},
		"one":                    {head + "sources:\n  - " + one, "  ", ""},
		"at the margin":          {head + "sources:\n- " + strings.ReplaceAll(one, "    ", "  "), "", "# the end\n"},
		"deep":                   {head + "sources:\n      - " + strings.ReplaceAll(one, "    ", "        "), "      ", ""},
		"not the last key":       {head + "sources:\n  - " + one, "  ", "\n# more\ndata: elsewhere\n"},
		"a comment behind":       {head + "sources:\n  - " + one, "  ", "  # - id: asleep\n\n# the end\n"},
		"a note of many lines":   {head + "sources:\n  - " + one + "    note: |\n      # no comment\n\n      - no entry\n", "  ", "# the end\n"},
		"a comment in between":   {head + "sources:\n  # first\n  - " + one + "  # second\n  - id: two\n# third\n    url: http://www.two.example/\n", "  ", "\n"},
		"no newline at the end":  {head + "sources:\n  - id: one\n    url: http://www.one.example/", "\n  ", ""},
		"flow entries":           {head + "sources:\n  - {id: one, url: http://www.one.example/}\n", "  ", ""},
		"windows":                {strings.ReplaceAll(head+"sources:\n  - "+one, "\n", "\r\n"), "  ", "\r\n# the end\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "config.yaml")
			if err := os.WriteFile(path, []byte(c.before+c.tail), 0o640); err != nil {
				t.Fatal(err)
			}
			if err := addSource(path, addedEntry); err != nil {
				t.Fatal(err)
			}
			mark, indent := c.behind, c.behind[strings.LastIndexByte(c.behind, '\n')+1:]
			entry := strings.ReplaceAll(strings.TrimSuffix(addedText, "\n"), "\n", "\n"+indent) + "\n"
			if strings.Contains(c.before, "\r\n") {
				entry = strings.ReplaceAll(entry, "\n", "\r\n")
			}
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if want := c.before + mark + entry + c.tail; string(text) != want {
				t.Errorf("got\n%q\nwant\n%q", text, want)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
				t.Errorf("mode %v (%v)", info.Mode(), err)
			}
			if names, _ := os.ReadDir(filepath.Dir(path)); len(names) != 1 {
				t.Errorf("left behind: %v", names)
			}
		})
	}
}

// TestAddSourceRefuses leaves a config as it is where the source is there already, in an
// included file too, or where the text cannot be added to.
func TestAddSourceRefuses(t *testing.T) {
	const head = "user_agent: \"crawl (+mailto:a@b.example)\"\n"
	entry := func(id, url string) string { return "sources:\n  - {id: " + id + ", url: \"" + url + "\"}\n" }
	for name, c := range map[string]struct{ config, included, words string }{
		"same id":        {head + entry("qinghe", "http://www.one.example/"), "", "source qinghe is there already (http://www.one.example/)"},
		"same address":   {head + entry("one", addedEntry.URL), "", "source one lists"},
		"with https":     {head + entry("one", "https://www.qinghe.example/nb/index.html?a=1&b=2"), "", "source one lists"},
		"included":       {head + "include: more/*.yaml\n", entry("one", addedEntry.URL), "source one lists"},
		"in one line":    {head + "sources: [{id: one, url: \"http://www.one.example/\"}]\n", "", "stand in one line"},
		"does not load":  {head + "surces: []\n", "", "config.yaml:2: "},
		"sources quoted": {head + "\"sources\":\n  - {id: one, url: \"http://www.one.example/\"}\n", "", "add source qinghe"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "config.yaml")
			if err := os.WriteFile(path, []byte(c.config), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(filepath.Join(dir, "more"), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "more", "a.yaml"), []byte(c.included), 0o644); err != nil {
				t.Fatal(err)
			}
			err := addSource(path, addedEntry)
			if err == nil || !strings.Contains(err.Error(), c.words) {
				t.Errorf("error %v, want %q", err, c.words)
			}
			if text, _ := os.ReadFile(path); string(text) != c.config {
				t.Errorf("changed to\n%s", text)
			}
			if names, _ := os.ReadDir(dir); len(names) != 2 {
				t.Errorf("left behind: %v", names)
			}
		})
	}
}

// TestSourceIDs names sources by domain and organ.
func TestSourceIDs(t *testing.T) {
	for address, want := range map[string]string{
		"http://mzj.yueyang.gov.cn/6630/6649/":                                      "yueyang-mzj",
		"https://yueyang.gov.cn/daj/6630/6649/6652/":                                "yueyang-daj",
		"http://zwgk.changchun.gov.cn/ng/zfzcbm/ngqmzj/zfxxgknb/":                   "changchun-ngqmzj",
		"https://cqstl.gov.cn/bm/qsjj_71119/zwgk_70831/zfxxgknb_70842/":             "cqstl-qsjj",
		"https://www.qiaokou.gov.cn/xxgk/zfxxgknb/bmjdhz/qzfgzjg/qmzj/":             "qiaokou-qmzj",
		"https://www.yueyang.gov.cn/xxgkndbg/":                                      "yueyang",
		"http://www.longxian.gov.cn/col/col15393/index.html":                        "longxian",
		"http://sfj.linyi.gov.cn/info/1243/":                                        "linyi-sfj",
		"http://www.gov.cn/zhengce/":                                                "gov-zhengce",
		"http://127.0.0.1:8080/nb/":                                                 "host-127-0-0-1-8080",
		"http://www.政务.example/nb/":                                                 "",
		"https://tjj.quanzhou.gov.cn/zwgk/zfxxgk/zfxxgknb/index.htm?a=/x/y/../z.js": "quanzhou-tjj",
	} {
		if got := sourceIDOf(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}
