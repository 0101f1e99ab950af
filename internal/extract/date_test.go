package extract

import (
	"testing"
	"time"

	"crawl/internal/report"
)

func TestPublished(t *testing.T) {
	for name, tt := range map[string]struct {
		page  Page
		hint  Hint
		value string
		label string
		basis string
		dates int
	}{
		"label":            {Page{Strip: []string{"来源：市民政局 发布时间：2024-01-09 10:06 浏览次数：1"}}, Hint{}, "2024-01-09T10:06+08:00", "发布时间", "strip", 1},
		"glued":            {Page{Strip: []string{"发表时间:2022-01-29 13:51来源:国家某部"}}, Hint{}, "2022-01-29T13:51+08:00", "发表时间", "strip", 1},
		"source glued":     {Page{Strip: []string{"来源:县政府办时间:2022-01-29"}}, Hint{}, "2022-01-29", "时间", "strip", 1},
		"stretched":        {Page{Strip: []string{"发 布 日 期：2022年1月29日"}}, Hint{}, "2022-01-29", "发布日期", "strip", 1},
		"traditional":      {Page{Strip: []string{"成文日期: 發布時間: 2022-01-17 標題: 某局"}}, Hint{}, "2022-01-17", "發布時間", "strip", 1},
		"next line":        {Page{Strip: []string{"发布日期", "2021-04-16"}}, Hint{}, "2021-04-16", "发布日期", "strip", 1},
		"bare":             {Page{Strip: []string{"某市人民政府门户网站 www.example.gov.cn 2023-01-30"}}, Hint{}, "2023-01-30", "", "strip", 1},
		"bare glued":       {Page{Strip: []string{"2022-01-31 17时23分浏览次数："}}, Hint{}, "2022-01-31T17:23+08:00", "", "strip", 1},
		"publish wins":     {Page{Strip: []string{"公文生成日期：2023-01-06", "更新时间：2023-02-01 10:00", "时间：2023-01-11 11:18"}}, Hint{}, "2023-01-11T11:18+08:00", "时间", "strip", 3},
		"time of same day": {Page{Strip: []string{"发布日期：2021-04-16", "发布时间：2021-04-16 08:30"}}, Hint{}, "2021-04-16T08:30+08:00", "发布时间", "strip", 2},
		"strip over meta":  {Page{Strip: []string{"时间：2023-01-11"}, Meta: map[string]string{"pubdate": "2023-05-01 09:00"}}, Hint{}, "2023-01-11", "时间", "strip", 2},
		"meta over table":  {Page{Strip: []string{"生成日期：2023-01-06"}, Meta: map[string]string{"pubdate": "2023-01-09 09:00"}}, Hint{}, "2023-01-09T09:00+08:00", "meta:PubDate", "meta", 2},
		"table over list":  {Page{Strip: []string{"公开日期：2024-01-17"}}, Hint{Date: "2024-01-20"}, "2024-01-17", "公开日期", "table", 2},
		"update only":      {Page{Strip: []string{"更新日期：2021-01-20 信息来源：某区政务公开办 浏览："}}, Hint{}, "2021-01-20", "更新日期", "strip", 1},
		"list over url":    {Page{URL: "http://a.gov.cn/202401/t20240109_1.html"}, Hint{Date: "2024-01-20"}, "2024-01-20", "list", "list", 2},
		"url":              {Page{URL: "http://a.gov.cn/202401/t20240109_1.html"}, Hint{}, "2024-01-09", "url", "url", 1},
		"impossible":       {Page{Strip: []string{"发布时间：2023-02-30"}, Meta: map[string]string{"pubdate": "2023-03-02"}}, Hint{}, "2023-03-02", "meta:PubDate", "meta", 2},
		"unreadable":       {Page{Strip: []string{"发布时间：01.04.2019 09:54"}}, Hint{}, "", "", "", 1},
		"composed only":    {Page{Strip: []string{"成文日期：2023-01-06"}}, Hint{}, "", "", "", 1},
		"unknown label":    {Page{Strip: []string{"巡查时间：2023-01-06"}}, Hint{}, "", "", "", 1},
		"index number":     {Page{Strip: []string{"索引号：20230611-131258-556 文号：2023-01-06"}}, Hint{}, "", "", "", 0},
		"clock":            {Page{Strip: []string{"今天是2024年5月1日 星期三", "2024年5月1日 星期三"}}, Hint{}, "", "", "", 0},
		"period":           {Page{Strip: []string{"统计期限 自2023年1月1日起至2023年12月31日止"}}, Hint{}, "", "", "", 0},
		"prose":            {Page{Strip: []string{"本报告于2023年1月6日公布。"}}, Hint{}, "", "", "", 0},
		"body and links": {Page{Blocks: []Block{{Text: "2023年5月1日起施行"}, {Text: "结尾"}},
			Links: []Link{{Text: "通知 2023-05-01"}}}, Hint{}, "", "", "", 0},
		"sign-off is stated": {Page{Blocks: []Block{{Text: "某市民政局"}, {Text: "2024年1月4日"}}}, Hint{}, "", "", "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			dates := statedDates(&tt.page, stripFields(tt.page.Strip), -1, tt.hint)
			got := published(dates)
			if got.Value != tt.value || got.Label != tt.label || got.Basis != tt.basis || len(dates) != tt.dates {
				t.Errorf("got %+v of %d dates %+v", got, len(dates), dates)
			}
		})
	}
}

func TestURLDate(t *testing.T) {
	for address, want := range map[string]string{
		"http://a.gov.cn/zw/202401/t20240109_77.html":              "2024-01-09",
		"http://a.gov.cn/art/2024/1/9/art_29_12.html":              "2024-01-09",
		"http://a.gov.cn/columns/x/202401/09/y.html":               "2024-01-09",
		"http://a.gov.cn/cms/html/np/2013-01-25/1779.html":         "2013-01-25",
		"http://a.gov.cn/20200711/663170.html":                     "2020-07-11",
		"http://a.gov.cn/2024/01-09/3344551.html":                  "2024-01-09",
		"http://a.gov.cn/2024/0109/c3012a290690/page.htm":          "2024-01-09",
		"http://a.gov.cn/2024/1332/c3012a290690/page.htm":          "",
		"http://a.gov.cn/zw/202413/t20241332_77.html":              "",
		"http://a.gov.cn/zw/2022060909414583564/index.html":        "",
		"http://a.gov.cn/zw/content_2047404.html":                  "",
		"http://a.gov.cn/show?date=/2024-01-09/":                   "",
		"http://a.gov.cn/xtjdbnb/ct/49959.htm":                     "",
		"http://a.gov.cn/c113421k/202301/030a16b02304483a9c6.html": "",
	} {
		if _, got := urlDate(address); got != want {
			t.Errorf("%s: %q, want %q", address, got, want)
		}
	}
}

func TestDateFindings(t *testing.T) {
	for _, tt := range []struct {
		year      int
		published string
		want      int
	}{{2023, "2024-01-09", 0}, {2023, "2023-12-19", 0}, {2023, "2023-11-30", 1}, {2023, "2025-03-02", 1}, {2023, "2025-03-01T00:30+08:00", 0}, {0, "2020-01-01", 0}, {2023, "", 0}} {
		// Evening in Greenwich is the next day in China.
		r := &report.Report{Year: tt.year, Published: report.Date{Value: tt.published}, FetchedAt: time.Date(2025, 2, 28, 23, 0, 0, 0, time.UTC)}
		dateFindings(r)
		if len(r.Findings) != tt.want {
			t.Errorf("%d published %s: %v", tt.year, tt.published, r.Findings)
		}
	}
}

func TestSignOff(t *testing.T) {
	for _, tt := range []struct {
		lines        []string
		agency, date string
	}{
		{[]string{"六、其他需要报告的事项", "无。", "某县发展和改革局", "2024年1月17日"}, "某县发展和改革局", "2024-01-17"},
		{[]string{"无。", "某县发展和改革局  2024年1月17日"}, "某县发展和改革局", "2024-01-17"},
		{[]string{"无。", "二〇二四年一月十七日", "", "附件下载"}, "", "2024-01-17"},
		{[]string{"截至2024年1月17日"}, "", ""},
		{[]string{"无。"}, "", ""},
	} {
		p := &Page{}
		for _, s := range tt.lines {
			p.Blocks = append(p.Blocks, Block{Text: s})
		}
		if got := signOff(p); got.agency != tt.agency || got.date.Value != tt.date {
			t.Errorf("%q: %+v", tt.lines, got)
		}
	}
}
