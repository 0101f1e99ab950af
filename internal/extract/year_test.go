package extract

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/report"
)

func TestReportYear(t *testing.T) {
	for name, tt := range map[string]struct {
		page    Page
		hint    Hint
		year    int
		basis   string
		finding string
	}{
		"title":               {Page{Headings: []string{"某局2023年政府信息公开工作年度报告"}, Strip: []string{"发布时间：2024-01-09"}}, Hint{}, 2023, "title", ""},
		"published within":    {Page{Headings: []string{"某市气象局2023年度政府信息公开工作年度报告"}, Strip: []string{"发布时间：2023-12-19"}}, Hint{}, 2023, "title", ""},
		"back-filled":         {Page{Headings: []string{"某局2009年政府信息公开工作年度报告"}, Strip: []string{"发布时间：2015-06-01"}}, Hint{}, 2009, "title", ""},
		"period":              {Page{Headings: []string{"某局政府信息公开工作年度报告"}, Blocks: text("统计期限自2021年1月1日起至2021年12月31日止。"), URL: "http://a.gov.cn/x?fbtime=2020"}, Hint{}, 2021, "period", ""},
		"conflict":            {Page{Headings: []string{"某局2022年政府信息公开工作年度报告"}, Blocks: text("自2021年1月1日起至2021年12月31日止。")}, Hint{}, 2022, "title", "year_conflict"},
		"breadcrumb":          {Page{Headings: []string{"某局"}, Breadcrumb: []string{"首页", "政府信息公开年报", "2022", "旗政府组成部门"}}, Hint{}, 2022, "breadcrumb", ""},
		"column":              {Page{Headings: []string{"某局"}}, Hint{Column: "2022年度政府信息公开年报"}, 2022, "breadcrumb", ""},
		"parameter":           {Page{Headings: []string{"某局"}, URL: "http://a.gov.cn/module/xxgk/xxgkAnnualReport.jsp?area=1&fbtime=2015"}, Hint{}, 2015, "url", ""},
		"path":                {Page{Headings: []string{"某局"}, URL: "http://a.gov.cn/OpennessAnnualReport/year/show/344/2021.html"}, Hint{}, 2021, "url", ""},
		"folder":              {Page{Headings: []string{"某局"}, URL: "http://a.gov.cn/gknb/2023n/bm/202401/t20240119_6.html"}, Hint{}, 2023, "url", ""},
		"guess":               {Page{Headings: []string{"某局"}, Strip: []string{"发布时间：2024-01-09"}}, Hint{}, 2023, "published", "year_guessed"},
		"future title":        {Page{Headings: []string{"某局2029年政府信息公开工作年度报告"}, Strip: []string{"发布时间：2024-01-09"}}, Hint{}, 0, "", "year_implausible"},
		"future, then period": {Page{Headings: []string{"某局2029年政府信息公开工作年度报告"}, Blocks: text("自2023年1月1日至12月31日")}, Hint{}, 2023, "period", "year_implausible"},
		"future date":         {Page{Headings: []string{"某局2023年政府信息公开工作年度报告"}, Strip: []string{"发布时间：2042-01-09"}}, Hint{}, 2023, "title", ""},
		"future, both":        {Page{Headings: []string{"某局2041年政府信息公开工作年度报告"}, Strip: []string{"发布时间：2042-01-09"}}, Hint{}, 0, "", "year_implausible"},
		"no guess of it":      {Page{Headings: []string{"某局"}, Strip: []string{"发布时间：2042-01-09"}}, Hint{}, 0, "", ""},
		"too old":             {Page{Headings: []string{"某局1999年政府信息公开工作年度报告"}}, Hint{}, 0, "", "year_implausible"},
		"nothing":             {Page{Headings: []string{"某局"}}, Hint{}, 0, "", ""},
		"date folder":         {Page{Headings: []string{"某局"}, URL: "http://a.gov.cn/2024/gknb/index.html"}, Hint{}, 0, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := &report.Report{FetchedAt: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)}
			header(&tt.page, tt.hint, r)
			if r.Year != tt.year || r.YearBasis != tt.basis {
				t.Errorf("%d by %q, want %d by %q", r.Year, r.YearBasis, tt.year, tt.basis)
			}
			found := ""
			for _, f := range r.Findings {
				if f.Place == "year" {
					found = f.Rule
				}
			}
			if found != tt.finding {
				t.Errorf("finding %q, want %q", found, tt.finding)
			}
		})
	}
}

// TestDatesAhead: what had not come when the page was fetched (on 1 June 2025) is told,
// whether it is the date or the year reported on.
func TestDatesAhead(t *testing.T) {
	for name, tt := range map[string]struct {
		title, date string
		want        []string
	}{
		"in order":       {"某局2024年政府信息公开工作年度报告", "2025-01-20", nil},
		"the same day":   {"某局2024年政府信息公开工作年度报告", "2025-06-01", nil},
		"date":           {"某局2024年政府信息公开工作年度报告", "2025-06-02", []string{"the publish date 2025-06-02 lies after the day the page was fetched"}},
		"year":           {"某局2025年政府信息公开工作年度报告", "", []string{"the page was fetched on 2025-06-01, before the end of the year reported on"}},
		"year and date":  {"某局2025年政府信息公开工作年度报告", "2026-01-20", []string{"the publish date 2026-01-20 lies after the day the page was fetched", "the page was fetched on 2025-06-01, before the end of the year reported on"}},
		"year, too soon": {"某局2025年政府信息公开工作年度报告", "2025-01-20", []string{"the publish date 2025-01-20 lies before the end of the year reported on"}},
	} {
		p := &Page{Headings: []string{tt.title}}
		if tt.date != "" {
			p.Strip = []string{"发布时间：" + tt.date}
		}
		r := &report.Report{FetchedAt: time.Date(2025, 6, 1, 0, 0, 0, 0, time.UTC)}
		header(p, Hint{}, r)
		var got []string
		for _, f := range r.Findings {
			if f.Rule == "date_implausible" && f.Verdict == report.Fail {
				got = append(got, f.Note)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if r.Published.Value != tt.date {
			t.Errorf("%s: the date is %q, want it as printed", name, r.Published.Value)
		}
	}
}

func TestPeriodYear(t *testing.T) {
	for text, want := range map[string]int{
		"自2023年1月1日起至2023年12月31日止": 2023,
		"2023年1月1日—2023年12月31日":    2023,
		"自2023年1月1日至12月31日":        2023,
		"2023年01月01日到2023年12月31日":  2023,
		"2023年1月至12月":              2023,
		"二〇二三年一月一日至二〇二三年十二月三十一日":   2023,
		"20251月1日至202512月31日止":     2025, // 年 lost
		"2019年11日至20191231日":       2019, // 月 and 年 lost
		"2019年1月1日至2020年12月31日":    0,    // two years
		"2023年1月1日至2023年6月30日":     0,
		"2023年1月1日至2023年12月1日":     0,
		"2023年11月1日至2023年12月31日":   0,
		"202020年1月1日至2020年12月31日":  0,
		"":                         0,
	} {
		if got := periodYear(folded(text)); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// TestOpening: a period far down in the text is another year's or a plan's.
func TestOpening(t *testing.T) {
	var blocks []Block
	for range 100 {
		blocks = append(blocks, Block{Text: "一、总体情况"})
	}
	blocks = append(blocks, Block{Text: "自2021年1月1日至2021年12月31日"})
	if got := periodYear(opening(&Page{Blocks: blocks})); got != 0 {
		t.Errorf("read %d", got)
	}
	if n := len([]rune(opening(&Page{Blocks: blocks}))); n != openingRunes {
		t.Errorf("opening has %d runes", n)
	}
}
