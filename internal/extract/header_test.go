package extract

import (
	"testing"
	"time"

	"crawl/internal/report"
)

func TestHeader(t *testing.T) {
	p := &Page{
		URL:      "http://www.example.gov.cn/mzj/ndbg/content_1.html",
		DocTitle: "某市民政局",
		Headings: []string{"岳阳市民政局2023年政府信息公开工作年度报告"},
		Strip:    []string{"发布时间: 2024-01-09 10:06 浏览次数:1"},
		Blocks:   text("根据条例，现将市民政局2023年政府信息公开工作情况报告如下：", "一、总体情况"),
	}
	r := &report.Report{FetchedAt: time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC)}
	header(p, Hint{Date: "2024-01-10"}, r)
	if r.Title != p.Headings[0] || r.Agency != "岳阳市民政局" || r.AgencyRaw != r.Title || r.AgencyBasis != "title" ||
		r.Level != "prefecture_dept" || r.Scope != "own_organ" || r.Year != 2023 || r.YearBasis != "title" {
		t.Errorf("%+v", r)
	}
	want := report.Date{Label: "发布时间", Raw: "2024-01-09 10:06", Value: "2024-01-09T10:06+08:00", Basis: "strip"}
	if r.Published != want || len(r.Dates) != 2 || r.Dates[0] != want || r.Dates[1].Basis != "list" {
		t.Errorf("published %+v of %+v", r.Published, r.Dates)
	}
	if r.Views == nil || *r.Views != 1 || r.ViewsState != report.ViewsInline {
		t.Errorf("views %v %s", r.Views, r.ViewsState)
	}
	if len(r.Findings) != 0 {
		t.Errorf("findings %+v", r.Findings)
	}
}

func TestHeaderFindsRoundedViews(t *testing.T) {
	r := &report.Report{}
	header(&Page{Strip: []string{"浏览量：1.2万"}}, Hint{}, r)
	for _, f := range r.Findings {
		if f.Rule == "views_rounded" {
			return
		}
	}
	t.Errorf("no views_rounded in %+v", r.Findings)
}

// TestLabelsHaveOneKind: a word under two kinds would be read at random.
func TestLabelsHaveOneKind(t *testing.T) {
	kind := map[string]labelKind{}
	for k, words := range stripLabels {
		for _, word := range words {
			if other, seen := kind[word]; seen {
				t.Errorf("%s stands twice, under kinds %d and %d", word, other, k)
			}
			kind[word] = k
			if folded(word) != word {
				t.Errorf("%s is not folded, so it matches nothing", word)
			}
		}
	}
}

// TestSimplifiedIsFinal: a table that slipped by one character would map simplified
// characters to traditional ones.
func TestSimplifiedIsFinal(t *testing.T) {
	for from, to := range simplified {
		if next, ok := simplified[to]; ok {
			t.Errorf("%c folds to %c, which folds to %c", from, to, next)
		}
	}
	if got := folded("發布時間：２０２４ 興國縣良村鎮退役軍人事務局　政府信息公開工作年度報告"); got != "发布时间:2024兴国县良村镇退役军人事务局政府信息公开工作年度报告" {
		t.Error(got)
	}
}
