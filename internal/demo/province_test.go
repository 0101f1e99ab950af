package demo_test

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"crawl/internal/demo"
	"crawl/internal/report"
)

func TestListingsLeadToEveryReport(t *testing.T) {
	p, c := province(t)
	listed := map[string]string{}
	for _, s := range p.Sources() {
		items, titles, pages := walk(t, c, s.URL)
		if pages < 2 {
			t.Errorf("%s: %d listing pages, want at least 2", s.ID, pages)
		}
		for i, item := range items {
			if listed[item] != "" {
				t.Errorf("%s is listed twice", item)
			}
			listed[item] = titles[i]
		}
	}
	for _, want := range p.Truth() {
		if listed[want.URL] != want.Title {
			t.Errorf("%s: listed as %q, want %q", want.URL, listed[want.URL], want.Title)
		}
		delete(listed, want.URL)
	}
	// What is left: a poster, two notices, a dead link, another host's page.
	var codes []int
	for item := range listed {
		u, _ := url.Parse(item)
		if !slices.Contains(p.Hosts(), u.Host) {
			codes = append(codes, 0)
			continue
		}
		resp, _ := get(t, c, item)
		codes = append(codes, resp.StatusCode)
	}
	slices.Sort(codes)
	if want := []int{0, 200, 200, 200, 404}; !slices.Equal(codes, want) {
		t.Errorf("other items answer %v, want %v", codes, want)
	}
}

func TestExtent(t *testing.T) {
	p, _ := province(t)
	agencies, years := map[string]bool{}, map[int]bool{}
	for _, r := range p.Truth() {
		agencies[r.Agency], years[r.Year] = true, true
	}
	if n := len(p.Truth()); n < 60 {
		t.Errorf("%d reports, want at least 60", n)
	}
	if len(agencies) < 8 {
		t.Errorf("%d agencies, want at least 8", len(agencies))
	}
	for _, year := range []int{2012, 2019, 2020, 2021, 2022, 2023, 2024, 2025} {
		if !years[year] {
			t.Errorf("no report for %d", year)
		}
	}
}

// TestPagesPrintTheTruth reads every report page with a reader of its own.
func TestPagesPrintTheTruth(t *testing.T) {
	p, c := province(t)
	for _, want := range p.Truth() {
		resp, body := get(t, c, want.URL)
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", want.URL, resp.Status)
			continue
		}
		if len(body) < 40_000 || len(body) > 80_000 {
			t.Errorf("%s: %d bytes, want 40 to 80 KB", want.URL, len(body))
		}
		doc := parse(t, want.URL, body)
		if got := tidy(doc.Find(".title").First().Text()); got != want.Title {
			t.Errorf("%s: title %q, want %q", want.URL, got, want.Title)
		}
		if !strings.HasPrefix(strings.TrimPrefix(want.Title, digits(want.Year)+"年"), want.Agency) {
			t.Errorf("title %q does not name %q", want.Title, want.Agency)
		}
		strip := tidy(doc.Find(".info").First().Text())
		colon := func(r rune) rune {
			if r == '：' {
				return ':'
			}
			return r
		}
		date := tidy(want.PublishedRaw)
		if !strings.Contains(strings.Map(colon, strip), want.PublishedLabel+":"+date) && !strings.Contains(strip, want.PublishedLabel+date) {
			t.Errorf("%s: no %s %s in %q", want.URL, want.PublishedLabel, date, strip)
		}
		if want.ViewsState == report.ViewsInline && !strings.Contains(strings.Map(colon, strip), "次数:"+want.Views) {
			t.Errorf("%s: no %s views in %q", want.URL, want.Views, strip)
		}
		if diff := cmp.Diff(raws(want.Cells), numbers(doc)); diff != "" {
			t.Errorf("%s: cells (-truth +page):\n%s", want.URL, diff)
		}
		for _, s := range want.Sections {
			text := doc.Find("#zoom, #vsb_content").First().Text()
			for line := range strings.SplitSeq(s.Heading+"\n"+s.Text, "\n") {
				if !strings.Contains(text, line) {
					t.Errorf("%s: section %d: no %q", want.URL, s.No, line)
				}
			}
		}
		if wantSix := want.FormT2 != ""; wantSix != (len(want.Sections) == 6) {
			t.Errorf("%s: %d sections", want.URL, len(want.Sections))
		}
	}
}

func tidy(s string) string { return strings.Join(strings.Fields(s), "") }

func digits(n int) string {
	return string([]byte{byte('0' + n/1000), byte('0' + n/100%10), byte('0' + n/10%10), byte('0' + n%10)})
}

func raws(cells []demo.Cell) []string {
	var all []string
	for _, c := range cells {
		all = append(all, c.Raw)
	}
	return all
}

// numbers reads the value cells of the bordered tables in page order: from each row
// under a header, the last cells, as many as the header of that kind of table says.
func numbers(doc *goquery.Document) []string {
	var all []string
	rowOf := func(tr *goquery.Selection) (cells []string) {
		tr.ChildrenFiltered("td").Each(func(_ int, td *goquery.Selection) { cells = append(cells, tidy(td.Text())) })
		return cells
	}
	doc.Find("#zoom table, #vsb_content table").Each(func(_ int, table *goquery.Selection) {
		rows := table.Find("tr")
		switch text := tidy(table.Text()); {
		case strings.HasPrefix(text, "第二十条"):
			width := 0
			rows.Each(func(_ int, tr *goquery.Selection) {
				switch cells := rowOf(tr); {
				case len(cells) == 1:
				case cells[0] == "信息内容":
					width = len(cells)
				default:
					all = append(all, cells[len(cells)-width+1:]...)
				}
			})
		case strings.Contains(text, "勾稽关系"):
			rows.Slice(3, rows.Length()).Each(func(_ int, tr *goquery.Selection) {
				cells := rowOf(tr)
				all = append(all, cells[len(cells)-7:]...)
			})
		case strings.HasPrefix(text, "行政复议"):
			all = append(all, rowOf(rows.Last())...)
		}
	})
	return all
}

func TestYueyang(t *testing.T) {
	p, c := province(t)
	var got demo.Truth
	for _, r := range p.Truth() {
		if r.Agency == "岳阳市民政局" {
			got = r
		}
	}
	head := demo.Truth{Source: got.Source, URL: "http://www.yueyang.example" + strings.TrimPrefix(got.URL, "http://www.yueyang.example"),
		Title: "岳阳市民政局2023年政府信息公开工作年度报告", Agency: "岳阳市民政局", Year: 2023,
		Published: "2024-01-09T10:06+08:00", PublishedRaw: "2024-01-09 10:06", PublishedLabel: "发布时间",
		Views: "1", ViewsState: report.ViewsInline, FormT2: report.Form2021, FormT3: report.Form2021, FormT4: report.Form2021,
		Cells: got.Cells, Sections: got.Sections, Odd: got.Odd}
	if diff := cmp.Diff(head, got); diff != "" {
		t.Errorf("header (-want +got):\n%s", diff)
	}
	want := slices.Concat([]string{"0", "0", "0", "3", "1", "16", "112", "0", "0", ""}, make([]string, 25*7), strings.Split(strings.Repeat("0", 15), ""))
	if diff := cmp.Diff(want, numbers(read(t, c, got.URL))); diff != "" {
		t.Errorf("cells (-want +page):\n%s", diff)
	}
}

func TestGBK(t *testing.T) {
	p, c := province(t)
	four := false
	for _, r := range p.Truth() {
		if r.Source != "baiyu" {
			continue
		}
		resp, body := get(t, c, r.URL)
		if utf8.Valid(body) {
			t.Errorf("%s is valid UTF-8", r.URL)
		}
		if h := resp.Header.Get("Content-Type"); !strings.Contains(h, "utf-8") {
			t.Errorf("%s: declared %q in the header, want the wrong utf-8", r.URL, h)
		}
		if !bytes.Contains(body, []byte("charset=iso-8859-1")) {
			t.Errorf("%s: no wrong charset in the page", r.URL)
		}
		// Outside GBK, so four bytes in GB18030.
		four = four || bytes.Contains(body, []byte{0x82, 0x31, 0xd2, 0x33}) && strings.Contains(parse(t, r.URL, body).Text(), "㳇")
	}
	if !four {
		t.Error("no four-byte character on any page")
	}
}

func TestDeterministic(t *testing.T) {
	first, c1 := province(t)
	second, c2 := province(t)
	if diff := cmp.Diff(first.Truth(), second.Truth()); diff != "" {
		t.Fatalf("truth differs (-first +second):\n%s", diff)
	}
	for _, r := range first.Truth() {
		if strings.Contains(r.URL, "yueyang") || strings.Contains(r.URL, "qingtong") || strings.Contains(r.URL, "baiyu") {
			continue // the header clock is served there
		}
		_, a := get(t, c1, r.URL)
		_, b := get(t, c2, r.URL)
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs between two provinces", r.URL)
		}
	}
}

func TestSized(t *testing.T) {
	p := demo.NewSized(7, 45, 2021, 2022)
	c := serve(t, p)
	agencies := map[string]bool{}
	for _, r := range p.Truth() {
		agencies[r.Agency] = true
	}
	if len(p.Truth()) != 7*45*2 || len(agencies) != 7*45 {
		t.Errorf("%d reports of %d agencies, want %d of %d", len(p.Truth()), len(agencies), 7*45*2, 7*45)
	}
	last := p.Truth()[len(p.Truth())-1]
	if diff := cmp.Diff(raws(last.Cells), numbers(read(t, c, last.URL))); diff != "" {
		t.Errorf("%s (-truth +page):\n%s", last.URL, diff)
	}
}
