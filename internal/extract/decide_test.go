package extract

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"crawl/internal/report"
)

const (
	undatedPage = `<html><head><title>信息公开</title></head><body><h1>临江县水务局政府信息公开工作年度报告</h1><div class="content">
<p>一、总体情况</p><p>本年度我局认真贯彻落实条例。</p><p>二、主动公开政府信息情况</p><p>无。</p><p>三、收到和处理政府信息公开申请情况</p><p>无。</p>
<p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p></div></body></html>`
	printedPage = `<html><head><title>信息公开</title></head><body><h1>临江县水务局2023年政府信息公开工作年度报告</h1><div class="info">发布时间：2024-01-19</div><div class="content">
<p>一、总体情况</p><p>本年度我局认真贯彻落实条例。</p><p>二、主动公开政府信息情况</p><p>无。</p><p>三、收到和处理政府信息公开申请情况</p><p>无。</p>
<p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p></div></body></html>`
	noticePage = `<html><head><title>通知</title></head><body><h1>关于开展档案检查的通知</h1><div class="content"><p>各有关单位应当按时报送材料。</p></div></body></html>`
)

func decided(t *testing.T, page string, d Decided) *report.Report {
	t.Helper()
	r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(page)), Hint{Decided: d})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestDecided: a decision fills what the page does not print, says so, and leaves
// the digest of what the page says alone.
func TestDecided(t *testing.T) {
	before := decided(t, undatedPage, Decided{})
	d := Decided{Agency: "临江县人民政府", AgencyID: "430699/临江县人民政府", RegionCode: "430699", Year: 2022, Published: "2023-01-20"}
	r := decided(t, undatedPage, d)
	if r.Year != 2022 || r.YearBasis != BasisHand || r.Published.Day() != "2023-01-20" || r.Published.Basis != BasisHand {
		t.Errorf("year and date: %+v", r)
	}
	if r.Agency != d.Agency || r.AgencyBasis != BasisHand || r.AgencyRaw != before.AgencyRaw || r.AgencyID != d.AgencyID || r.RegionCode != "430699" {
		t.Errorf("agency: %+v", r)
	}
	if r.Level != "county_gov" || before.Level != "county_dept" {
		t.Errorf("the level does not follow the agency: %q, before %q", r.Level, before.Level)
	}
	if r.ContentSHA256 != before.ContentSHA256 {
		t.Error("a decision changed the digest of what the page says")
	}
	if r := decided(t, undatedPage, Decided{Level: "vertical", Scope: "region_wide"}); r.Level != "vertical" || r.Scope != "region_wide" {
		t.Errorf("level and scope: %q %q", r.Level, r.Scope)
	}
}

// TestDecidedNeverOverPrinted: what the page prints stays.
func TestDecidedNeverOverPrinted(t *testing.T) {
	r := decided(t, printedPage, Decided{Year: 2020, Published: "2021-01-01"})
	if r.Year != 2023 || r.YearBasis != "title" || r.Published.Day() != "2024-01-19" || r.Published.Basis != "strip" {
		t.Errorf("a decision replaced what is printed: %d (%s), %+v", r.Year, r.YearBasis, r.Published)
	}
}

// TestDecidedDatesAreJudged: a decided date is doubted like a printed one.
func TestDecidedDatesAreJudged(t *testing.T) {
	r := decided(t, undatedPage, Decided{Year: 2023, Published: "2021-01-01"})
	if !slices.ContainsFunc(r.Findings, func(f report.Finding) bool { return f.Rule == "date_implausible" }) {
		t.Errorf("no finding: %+v", r.Findings)
	}
}

func TestDecidedIsReport(t *testing.T) {
	var no *NotReport
	if _, err := Extract(exchange("http://www.linjiang.example/n.html", []byte(noticePage)), Hint{}); !errors.As(err, &no) {
		t.Fatalf("by itself: %v", err)
	}
	r := decided(t, noticePage, Decided{IsReport: true})
	if !slices.ContainsFunc(r.Findings, func(f report.Finding) bool {
		return f.Rule == "report_by_hand" && strings.Contains(f.Note, no.Reason)
	}) {
		t.Errorf("the report does not say why the extractor would refuse it: %+v", r.Findings)
	}
}

// TestLevels: the words that may be decided are those that reading gives.
func TestLevels(t *testing.T) {
	for _, name := range []string{"临江县人民政府", "临江县水务局", "岳阳市民政局", "湖南省财政厅", "湖南省人民政府", "石桥镇人民政府", "国家税务总局临江县税务局"} {
		if l := agencyLevel(name); l != "" && !slices.Contains(Levels(), l) {
			t.Errorf("%s: level %q is not listed", name, l)
		}
	}
}
