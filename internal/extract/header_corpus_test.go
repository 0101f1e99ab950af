package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crawl/internal/report"
)

// corpusDir is the directory of real pages, which are not part of the project.
func corpusDir(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("CRAWL_CORPUS")
	if dir == "" {
		if os.Getenv("CRAWL_REQUIRE_ALL") == "1" {
			t.Fatal("CRAWL_CORPUS is not set")
		}
		t.Skip("CRAWL_CORPUS is not set")
	}
	return dir
}

// headerRecord is one line of headers.jsonl: the strip of a real page as printed,
// and its facts as read by hand.
type headerRecord struct {
	URL     string  `json:"url"`
	Header  *string `json:"header"`
	Title   string  `json:"title"`
	Agency  string  `json:"agency"`
	Level   string  `json:"level"`
	Year    int     `json:"report_year"`
	Publish *struct{ Value, Label string }
	Views   *struct {
		State string
		Value *int64
	}
}

// page cuts a recorded header at its " / " into lines: a line of levels divided by
// > is the breadcrumb; lines with a label or a date are the strip; lines before
// the strip, or up to a whole title if there is none, are headings; the others
// are the body's first lines.
func (rec headerRecord) page() *Page {
	p := &Page{URL: rec.URL, Meta: map[string]string{}}
	if rec.Header == nil {
		p.Headings = []string{rec.Title}
		return p
	}
	lines := strings.Split(*rec.Header, " / ")
	isStrip := func(s string) bool {
		for _, f := range lineFields(foldLine(s)) {
			if f.kind != noLabel && f.kind != controlLabel {
				return true
			}
		}
		return len(bareDates(foldLine(s))) > 0 || strings.ContainsAny(s, "…") && !strings.Contains(s, "年")
	}
	titled := false
	last := -1
	for i, s := range lines {
		if isStrip(s) && !strings.Contains(s, ">") {
			last = i
		}
	}
	for i, s := range lines {
		switch {
		case strings.Contains(s, ">"):
			for _, level := range strings.Split(s, ">") {
				p.Breadcrumb = append(p.Breadcrumb, strings.TrimSpace(level))
			}
		case isStrip(s):
			p.Strip = append(p.Strip, s)
		case i < last || last < 0 && !titled || len(p.Headings) == 0:
			p.Headings = append(p.Headings, s)
			titled = parseTitle(s).kind == fullTitle
		default:
			p.Blocks = append(p.Blocks, Block{Text: s})
		}
	}
	return p
}

func TestHeaders(t *testing.T) {
	f, err := os.Open(filepath.Join(corpusDir(t), "headers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	right, missing, wrong := map[string]int{}, map[string]int{}, map[string]int{}
	records := 0
	for scan := bufio.NewScanner(f); scan.Scan(); records++ {
		var rec headerRecord
		if err := json.Unmarshal(scan.Bytes(), &rec); err != nil {
			t.Fatal(err)
		}
		r := &report.Report{URL: rec.URL, FetchedAt: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
		header(rec.page(), Hint{}, r)
		judge := func(fact, got, want string, ok bool) {
			switch {
			case ok:
				right[fact]++
			case got == "":
				missing[fact]++
				t.Logf("missing %s of %s: want %q", fact, rec.Title, want)
			default:
				wrong[fact]++
				t.Logf("WRONG %s of %s: got %q, want %q", fact, rec.Title, got, want)
			}
		}
		judge("title", r.Title, rec.Title, r.Title == rec.Title)
		judge("agency", r.Agency, rec.Agency, sameAgency(r.Agency, rec.Agency))
		judge("year", itoa(r.Year), itoa(rec.Year), r.Year == rec.Year)
		wantLevel := rec.level()
		judge("level", r.Level, wantLevel, r.Level == wantLevel)
		judge("published", r.Published.Value, rec.published(), rec.publishedAs(r))
		judge("views", viewsOf(r), rec.views(), viewsOf(r) == rec.views())
	}
	if records == 0 {
		t.Fatal("no records")
	}
	for _, fact := range []string{"title", "agency", "year", "level", "published", "views"} {
		t.Logf("%-9s %d right, %d missing, %d wrong of %d", fact, right[fact], missing[fact], wrong[fact], records)
		if wrong[fact] > 0 {
			t.Errorf("%d wrong values of %s", wrong[fact], fact)
		}
		if right[fact] == 0 {
			t.Errorf("no value of %s is right", fact)
		}
	}
}
func itoa(n int) string {
	b, _ := json.Marshal(n)
	if n == 0 {
		return ""
	}
	return string(b)
}

// sameAgency compares the printed name with the one completed by hand: there the
// region before a name, or 人民政府 behind a region, may have been added or cut,
// and characters are simplified.
func sameAgency(got, want string) bool {
	g, w := folded(got), folded(want)
	if g == "" {
		return false
	}
	for _, full := range []string{g, g + "人民政府"} {
		if strings.HasSuffix(w, full) || strings.HasSuffix(full, w) {
			return true
		}
	}
	return false
}

// level in the words of the project: the record tells apart the offices and the
// vertical organs of each rank.
func (rec headerRecord) level() string {
	switch {
	case strings.HasSuffix(rec.Level, "_office"):
		return levelOffice
	case strings.HasPrefix(rec.Level, "vertical"):
		return levelVertical
	}
	return rec.Level
}

// published is the recorded date as a Value; two possible dates are none.
func (rec headerRecord) published() string {
	if rec.Publish == nil || strings.Contains(rec.Publish.Value, " or ") {
		return ""
	}
	day, clock, _ := strings.Cut(rec.Publish.Value, " ")
	if clock == "" || clock == "00:00" {
		return day
	}
	return day + "T" + clock + "+08:00"
}

// publishedAs compares with the record. Where the strip shows no date, one from
// the address is right; and a date of the same day under a better label (发布日期
// over 更新时间) wins by rule even if the other prints the time.
func (rec headerRecord) publishedAs(r *report.Report) bool {
	want := rec.published()
	switch {
	case want == "":
		return r.Published.Value == "" || r.Published.Basis == "url"
	case strings.HasPrefix(rec.Publish.Label, "更新") && r.Published.Label == "发布日期":
		return r.Published.Value == want[:10]
	}
	return r.Published.Value == want
}

func (rec headerRecord) views() string {
	switch {
	case rec.Views == nil:
		return "none"
	case rec.Views.Value != nil:
		return itoa(int(*rec.Views.Value))
	}
	return "label_only"
}

func viewsOf(r *report.Report) string {
	if r.Views != nil {
		return itoa(int(*r.Views))
	}
	return string(r.ViewsState)
}
