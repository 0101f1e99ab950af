package extract

import (
	"strings"
	"testing"

	"crawl/internal/report"
)

func TestViews(t *testing.T) {
	const none = -1
	for strip, want := range map[string]struct {
		n     int64
		state report.ViewsState
	}{
		"发布时间: 2024-01-09 10:06 浏览次数:1": {1, report.ViewsInline},
		"浏览次数：2012 字体：[大 中 小]":          {2012, report.ViewsInline},
		"阅读:275人 字体大小: 打印":              {275, report.ViewsInline},
		"浏览量：0次":                        {0, report.ViewsInline},
		"点击次数：28596":                    {28596, report.ViewsInline},
		"浏览次数：1,530 次":                  {1530, report.ViewsInline},
		"浏览次数：１２３次":                     {123, report.ViewsInline},
		"访问量：[ 88 ] 来源：某局":              {88, report.ViewsInline},
		"浏览 次数 ： 7":                     {7, report.ViewsInline},
		"點擊數: 12":                       {12, report.ViewsInline},
		"2022-01-31 17时23分浏览次数:9":       {9, report.ViewsInline},
		"来源：县政府办浏览次数：9":                 {9, report.ViewsInline},
		"被阅览数：34次":                      {34, report.ViewsInline},
		"累计次数：34":                       {34, report.ViewsInline},
		"人气：34":                         {34, report.ViewsInline},
		"点击率:5【 打印 】":                   {5, report.ViewsInline},
		"浏览(56)":                        {56, report.ViewsInline},
		"阅读 56 次 | 打印":                  {56, report.ViewsInline},
		"浏览次数：12 2024-01-09":            {12, report.ViewsInline},
		"选择阅读字号:[ 14 16 ] 阅读次数: 31":     {31, report.ViewsInline},
		"浏览次数：":                         {none, report.ViewsLabelOnly},
		"浏览次数:次":                        {none, report.ViewsLabelOnly},
		"点击数:人次":                        {none, report.ViewsLabelOnly},
		"点击数:-":                         {none, report.ViewsLabelOnly},
		"点击数:-- 分享到:":                   {none, report.ViewsLabelOnly},
		"浏览次数: 【字体：大 16 中 14】":          {none, report.ViewsLabelOnly},
		"浏览次数:发布时间:2016-01-02":          {none, report.ViewsLabelOnly},
		"点击数:   更新日期:2024年01月25日":       {none, report.ViewsLabelOnly},
		"浏览次数：2024-01-09":               {none, report.ViewsLabelOnly},
		"浏览次数：2024年":                    {none, report.ViewsLabelOnly},
		"浏览次数：20240109":                 {none, report.ViewsLabelOnly},
		"浏览次数：10:06":                    {none, report.ViewsLabelOnly},
		"浏览次数：1.5":                      {none, report.ViewsLabelOnly},
		"浏览次数：1 530":                    {none, report.ViewsLabelOnly},
		"浏览次数：12px":                     {none, report.ViewsLabelOnly},
		"浏览次数：12,34":                    {none, report.ViewsLabelOnly},
		"浏览次数：1.2万":                     {none, report.ViewsLabelOnly},
		"浏览次数：1000+":                    {none, report.ViewsLabelOnly},
		"浏览次数：20240109001":              {none, report.ViewsLabelOnly},
		"浏览次数：99999999999999999999":     {none, report.ViewsLabelOnly},
		"浏览次数：12篇":                      {none, report.ViewsLabelOnly},
		"浏览次数：\n57次\n来源：某局":             {57, report.ViewsInline},
		"浏览次数：\n来源：某局\n57":              {none, report.ViewsLabelOnly},
		"浏览次数\n57":                      {none, report.ViewsLabelOnly},
		"[浏览次数]77 [来源]某局":               {77, report.ViewsInline},
		"来源：本网浏览次数：5":                   {5, report.ViewsInline},
		"来源：某局 本网浏览次数：5":                {none, report.ViewsNone},
		"浏览量\n日期\n2024-01-31":           {none, report.ViewsLabelOnly},
		"选择阅读字号:[ 14 ]":                 {none, report.ViewsNone},
		"字号：大 中 小 14":                   {none, report.ViewsNone},
		"下载次数：12":                       {none, report.ViewsNone},
		"已下载12次":                        {none, report.ViewsNone},
		"总访问量：1530488":                  {none, report.ViewsNone},
		"网站访问量：1530488 今日访问：12":         {none, report.ViewsNone},
		"本站总浏览量：1530488":                {none, report.ViewsNone},
		"点击查看解读 阅读全文":                   {none, report.ViewsNone},
		"浏览时间：2024-01-09":               {none, report.ViewsNone},
		"2023年，网站总访问量1530488次，浏览量：12。":  {none, report.ViewsNone},
		"索引号：1234 文号：浏览":                {none, report.ViewsNone},
	} {
		r := &report.Report{}
		views(stripFields(strings.Split(strip, "\n")), "", r)
		got := int64(none)
		if r.Views != nil {
			got = *r.Views
		}
		if got != want.n || r.ViewsState != want.state {
			t.Errorf("%q: %d %s, want %d %s", strip, got, r.ViewsState, want.n, want.state)
		}
		rule := ""
		if len(r.Findings) > 0 {
			rule = r.Findings[0].Rule
		}
		if rule != doubtful[strip] {
			t.Errorf("%q: finding %q, want %q", strip, rule, doubtful[strip])
		}
	}
}

// doubtful are the counts of TestViews that leave a finding, and its rule.
var doubtful = map[string]string{
	"浏览次数：1.2万": "views_rounded", "浏览次数：1000+": "views_rounded",
	"浏览次数：20240109001": "views_unreadable", "浏览次数：1.5": "views_unreadable", "浏览次数：1 530": "views_unreadable",
	"浏览次数：12,34": "views_unreadable", "浏览次数：99999999999999999999": "views_unreadable", "浏览次数：12篇": "views_unreadable",
}

func TestViewsCounter(t *testing.T) {
	for _, tt := range []struct {
		strip, counter string
		n              int64
		state          report.ViewsState
	}{
		{"浏览次数：", "_showDynClicks", 0, report.ViewsCounterOff},
		{"浏览次数：5", "_showDynClicks", 5, report.ViewsInline},
		{"浏览次数：10", "WP_VisitCount", 10, report.ViewsPlaceholder}, // the script has not run
		{"浏览次数：0", "infoViewCount", 0, report.ViewsPlaceholder},
	} {
		r := &report.Report{}
		views(stripFields([]string{tt.strip}), tt.counter, r)
		if r.ViewsState != tt.state || tt.n > 0 && (r.Views == nil || *r.Views != tt.n) {
			t.Errorf("%s, %s: %v %s", tt.strip, tt.counter, r.Views, r.ViewsState)
		}
	}
}

// TestViewsNotInBody: a report's prose is full of counts of other things.
func TestViewsNotInBody(t *testing.T) {
	r := &report.Report{}
	header(&Page{Headings: []string{"某市公安局2022年政府信息公开工作年度报告"}, Blocks: []Block{{Text: "浏览次数：1530488"}}}, Hint{}, r)
	if r.Views != nil || r.ViewsState != report.ViewsNone {
		t.Errorf("views %v %s", r.Views, r.ViewsState)
	}
}

func FuzzViews(f *testing.F) {
	for _, s := range []string{"发布时间: 2024-01-09 浏览次数:1", "阅读:275人", "点击数:-", "浏览次数：1.2万", "浏 览 次 数：[1,530]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := &report.Report{}
		views(stripFields([]string{s}), "", r)
		n := r.Views
		if (n != nil) != (r.ViewsState == report.ViewsInline) {
			t.Fatalf("%q: %v %s", s, n, r.ViewsState)
		}
		if n != nil && (*n < 0 || *n > maxViews) {
			t.Fatalf("%q: %d", s, *n)
		}
		// Nothing is read where no digit is printed.
		if n != nil && !strings.ContainsAny(string(foldLine(s).folded), "0123456789") {
			t.Fatalf("%q: %d", s, *n)
		}
	})
}
