package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/report"
)

// headerGolden is what a page's surroundings say, as a golden file shows it.
type headerGolden struct {
	NotReport string   `json:"not_report,omitempty"`
	Title     string   `json:"title"`
	AgencyRaw string   `json:"agency_raw"`
	Year      string   `json:"year"`
	Published string   `json:"published"`
	Dates     []string `json:"dates"`
	Views     string   `json:"views"`
	Counter   string   `json:"counter"`
	Findings  []string `json:"findings"`
}

// pageNote stands at the head of a fixture: its address, and what a listing said of it.
var pageNote = regexp.MustCompile(`<!-- url: (\S+)(?: listed: (\S+))?(?: column: (\S+))? -->`)

// headerPlaces are the places of findings about header facts.
var headerPlaces = []string{"title", "year", "published", "views"}

func headerOf(t *testing.T, body []byte) headerGolden {
	t.Helper()
	note := pageNote.FindSubmatch(body)
	if note == nil {
		t.Fatal("the fixture does not name its address")
	}
	ex := exchange(string(note[1]), body)
	p, err := readHTML(string(body), ex.URL)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Extract(ex, Hint{Date: string(note[2]), Column: string(note[3])})
	if not := (*NotReport)(nil); errors.As(err, &not) {
		return headerGolden{NotReport: not.Reason}
	} else if err != nil {
		t.Fatal(err)
	}
	g := headerGolden{
		Title: r.Title, AgencyRaw: r.AgencyRaw, Counter: p.Counter,
		Year:      strings.TrimSpace(fmt.Sprintf("%d %s", r.Year, r.YearBasis)),
		Published: showDate(r.Published), Views: string(r.ViewsState),
	}
	if r.Views != nil {
		g.Views += fmt.Sprintf(" %d", *r.Views)
	}
	for _, d := range r.Dates {
		g.Dates = append(g.Dates, showDate(d))
	}
	for _, f := range r.Findings {
		if slices.Contains(headerPlaces, f.Place) {
			g.Findings = append(g.Findings, fmt.Sprintf("%s %s %s: %s", f.Verdict, f.Rule, f.Place, f.Note))
		}
	}
	return g
}

func showDate(d report.Date) string {
	if d == (report.Date{}) {
		return ""
	}
	return fmt.Sprintf("%s (%s %s %q)", d.Value, d.Basis, d.Label, d.Raw)
}

// TestHeaderPages reads every page below testdata/header; the folder names the
// content system whose markup the page shows.
func TestHeaderPages(t *testing.T) {
	eachHeaderPage(t, func(t *testing.T, path string, body []byte) {
		var got bytes.Buffer
		enc := json.NewEncoder(&got)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", " ")
		if err := enc.Encode(headerOf(t, body)); err != nil {
			t.Fatal(err)
		}
		file := strings.TrimSuffix(path, ".html") + ".json"
		if *update {
			if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s differs; got\n%s", file, got.String())
		}
	})
}

// Chrome that any portal may print around an article; the days are those of the
// visit and of other pages.
const (
	chromeAbove = `<div class="top"><span>今天是2026年1月31日 星期六 农历腊月十三</span><span>2026年1月31日 09:15</span></div>
<div class="search">热门搜索：<a href="/s?1">年报</a> <a href="/s?2">低保</a></div>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/m1/">机构概况</a></li><li><a href="/m2/">政务公开</a></li><li><a href="/m3/">办事服务</a></li></ul>`
	chromeBelow = `<div class="relate"><h3 class="title">相关阅读</h3><ul><li><a href="/r/1.html">某市某局2011年政府信息公开工作年度报告</a><span>2012-03-01</span></li>
<li class="title"><a href="/r/2.html">某市某局2012年政府信息公开工作年度报告</a><span>2013-03-01</span></li></ul></div>
<div class="foot"><p>版权所有：某市人民政府　访问量：1530488　今日访问：128</p><p>© 2001-2026　最后更新：2026-01-30</p></div>`
)

// TestHeaderChrome: what a portal prints around an article changes no fact of it.
func TestHeaderChrome(t *testing.T) {
	eachHeaderPage(t, func(t *testing.T, _ string, body []byte) {
		want := headerOf(t, body)
		framed := bytes.Replace(body, []byte("<body>"), []byte("<body>"+chromeAbove), 1)
		framed = bytes.Replace(framed, []byte("</body>"), []byte(chromeBelow+"</body>"), 1)
		if diff := cmp.Diff(want, headerOf(t, framed)); diff != "" {
			t.Errorf("-alone +framed:\n%s", diff)
		}
	})
}

// TestHeaderSpacing: white space between tags, or none, changes no fact.
func TestHeaderSpacing(t *testing.T) {
	between := regexp.MustCompile(`>\s*<`)
	for name, gap := range map[string]string{"minified": "><", "one tag a line": ">\r\n\t<", "hard blanks": ">&nbsp;<"} {
		t.Run(name, func(t *testing.T) {
			eachHeaderPage(t, func(t *testing.T, _ string, body []byte) {
				head, rest, _ := bytes.Cut(body, []byte("<body>"))
				spaced := slices.Concat(head, []byte("<body>"), between.ReplaceAll(rest, []byte(gap)))
				want, got := headerOf(t, body), headerOf(t, spaced)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("-as written +spaced:\n%s", diff)
				}
			})
		})
	}
}

func eachHeaderPage(t *testing.T, do func(t *testing.T, path string, body []byte)) {
	t.Helper()
	pages := 0
	err := filepath.WalkDir("testdata/header", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		pages++
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		t.Run(strings.TrimPrefix(path, "testdata/header/"), func(t *testing.T) { do(t, path, body) })
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages == 0 {
		t.Error("no pages")
	}
}
