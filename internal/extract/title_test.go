package extract

import (
	"strings"
	"testing"
	"unicode"
)

func TestParseTitle(t *testing.T) {
	for _, tt := range []struct {
		title  string
		kind   titleKind
		agency string
		year   int
	}{
		{"岳阳市民政局2023年政府信息公开工作年度报告", fullTitle, "岳阳市民政局", 2023},
		{"温岭市教育局2023年度政府信息公开工作年度报告", fullTitle, "温岭市教育局", 2023},
		{"2025年南关区民政局政府信息公开工作年度报告", fullTitle, "南关区民政局", 2025},
		{"2022年度螅镇政府信息公开工作年度报告", fullTitle, "螅镇", 2022},
		{"杭州市教育局2020年政府信息公开年度报告", fullTitle, "杭州市教育局", 2020},
		{"文化和旅游部政府信息公开工作2021年度报告", fullTitle, "文化和旅游部", 2021},
		{"上湾乡2019年政府信息公开年度工作报告", fullTitle, "上湾乡", 2019},
		{"关于2021年度政府信息公开工作的年度报告", fullTitle, "", 2021},
		{"某县财政局关于2021年度政府信息公开工作情况的报告", fullTitle, "某县财政局", 2021},
		{"2022年岳阳市人民政府信息公开工作年度报告", fullTitle, "岳阳市人民政府", 2022},
		{"岳阳市人民政府2022年政府信息公开工作年度报告", fullTitle, "岳阳市人民政府", 2022},
		{"2009上海市政府信息公開工作年度報告", fullTitle, "上海市", 2009},
		{"武漢市生態環境局2020年政府信息公開工作年度報告", fullTitle, "武漢市生態環境局", 2020},
		{"宿迁市2017年政府信息公开年报", fullTitle, "宿迁市", 2017},
		{"武昌经开区（滨江）管委会2020年政府信息公开工作年度报告", fullTitle, "武昌经开区（滨江）管委会", 2020},
		{"某局二〇二三年政府信息公开工作年度报告", fullTitle, "某局", 2023},
		{"某局２０２３年政府信息公开工作年度报告", fullTitle, "某局", 2023},
		{"某部公告（2024年第1号）：应急管理部2023年政府信息公开工作报告", fullTitle, "应急管理部", 2023},
		{"关于公布《某县2023年政府信息公开工作年度报告》的公告", fullTitle, "某县", 2023},
		{"【年报】某县2023年政府信息公开工作年度报告", fullTitle, "某县", 2023},
		{"某局[2023]政府信息公开工作年度报告", fullTitle, "某局", 2023},
		{"某局政府信息公开工作年度报告（2023年）", fullTitle, "某局", 2023},
		{"2024年发布某局2023年政府信息公开工作年度报告", fullTitle, "某局", 2023},
		{"退役軍人事務局信息公開工作年度報告", fullTitle, "退役軍人事務局", 0},
		{"政府信息公开工作年度报告", bareTitle, "", 0},
		{"政府信息公开年报", bareTitle, "", 0},
		{"岳阳楼区2023年度政府网站工作年度报告", relatedTitle, "岳阳楼区", 2023},
		{"政府信息公开指南", noTitle, "", 0},
		{"市应急局", noTitle, "", 0},
		{"福州市公安局政府信息公开", noTitle, "", 0},
		{"某局2023年政府信息公开工作年度报告显示，受理申请3件", noTitle, "", 0},
		{"某局2023年政府信息公开工作年度报告_某市政府", noTitle, "", 0},
		{"", noTitle, "", 0},
	} {
		got := parseTitle(tidyTitle(tt.title))
		if got.kind != tt.kind || tt.kind > noTitle && (got.agency != tt.agency || got.year != tt.year) {
			t.Errorf("%s: %+v, want %+v", tt.title, got, tt)
		}
	}
}

func TestTidyTitle(t *testing.T) {
	for in, want := range map[string]string{
		"平潭综合实验区财政金融局2022年度 政府信息公开工作年度报告": "平潭综合实验区财政金融局2022年度政府信息公开工作年度报告",
		" 某局\n2023 年\u3000政府\u00a0信息公开 ":  "某局2023年政府信息公开",
		"Annual\n Report  on 信息":          "Annual Report on信息",
		"某\u200b局 （ 2023 ） 年":             "某局（2023）年",
	} {
		if got := tidyTitle(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestFindTitle(t *testing.T) {
	const full = "某市民政局2023年政府信息公开工作年度报告"
	for name, tt := range map[string]struct {
		page Page
		hint Hint
		want string
		year int
	}{
		"heading":                  {Page{Headings: []string{full}, DocTitle: "别的2022年政府信息公开工作年度报告"}, Hint{}, full, 2023},
		"heading in lines":         {Page{Headings: []string{"某市民政局2023年政府\n信息公开工作年度报告"}}, Hint{}, full, 2023},
		"two headings":             {Page{Headings: []string{"某市民政局", "2023年政府信息公开工作年度报告"}}, Hint{}, full, 2023},
		"banner above":             {Page{Headings: []string{"某市公安局政府信息公开", full}}, Hint{}, full, 2023},
		"column above":             {Page{Headings: []string{"政府信息公开年报", full}}, Hint{}, full, 2023},
		"buttons behind":           {Page{Headings: []string{full + " 二维码"}}, Hint{}, full, 2023},
		"site suffix of both":      {Page{Headings: []string{full + "_某市政府"}, DocTitle: full + "_某市政府"}, Hint{}, full, 2023},
		"organ alone":              {Page{Headings: []string{"市应急局"}}, Hint{}, "市应急局", 0},
		"organ, body completes":    {Page{Headings: []string{"某市民政局"}, Blocks: text("2023年政府信息公开工作年度报告")}, Hint{}, full, 2023},
		"organ, body has its own":  {Page{Headings: []string{"市应急局"}, Blocks: text("某市应急管理局", "2023年政府信息公开工作年度报告")}, Hint{}, "市应急局", 2023},
		"banner, body title":       {Page{Headings: []string{"某市人民政府"}, Blocks: text(full)}, Hint{}, full, 2023},
		"year only, then organ":    {Page{Headings: []string{"2020年政府信息公开工作年度报告"}, Blocks: text("某市经开区管委会")}, Hint{}, "2020年政府信息公开工作年度报告", 2020},
		"body in two lines":        {Page{Blocks: text("平潭综合实验区2018年度", "政府信息公开工作年度报告", "一、概述")}, Hint{}, "平潭综合实验区2018年度政府信息公开工作年度报告", 2018},
		"body, broken in a word":   {Page{Blocks: text("某市民政局2023年政府", "信息公开工作年度报告")}, Hint{}, full, 2023},
		"announcement":             {Page{Headings: []string{"关于公布《" + full + "》的公告"}}, Hint{}, full, 2023},
		"announcement of an organ": {Page{Headings: []string{"关于公布《某市机构编制委员会办公室2023年政府信息公开工作年度报告》的公告"}}, Hint{}, "某市机构编制委员会办公室2023年政府信息公开工作年度报告", 2023},
		"notice to others":         {Page{Headings: []string{"关于报送《2023年政府信息公开工作年度报告》的通知"}}, Hint{}, "关于报送《2023年政府信息公开工作年度报告》的通知", 2023},
		"prev and next":            {Page{Headings: []string{"上一篇：某市民政局2022年政府信息公开工作年度报告"}, Blocks: text(full)}, Hint{}, full, 2023},
		"strip in the heading":     {Page{Headings: []string{full + "来源：某局 发布时间：2024-01-09"}}, Hint{}, full, 2023},
		"date in the heading":      {Page{Headings: []string{full + "（2024.01.09）"}}, Hint{}, full, 2023},
		"column of another year":   {Page{Headings: []string{"2024年政府信息公开年报"}, Blocks: text(full)}, Hint{}, full, 2023},
		"metadata table":           {Page{Headings: []string{"某区科学技术局"}, Strip: []string{"标题：" + full}}, Hint{}, full, 2023},
		"metadata, no colon":       {Page{Strip: []string{"名称 " + full}}, Hint{}, full, 2023},
		"document title":           {Page{DocTitle: full + "_政府信息公开年报_某市政府"}, Hint{}, full, 2023},
		"document, site first":     {Page{DocTitle: "某市政府-" + full}, Hint{}, full, 2023},
		"banner, document title":   {Page{Headings: []string{"某市人民政府"}, DocTitle: full + "-某市人民政府"}, Hint{}, full, 2023},
		"article title":            {Page{Meta: map[string]string{"articletitle": full}}, Hint{}, full, 2023},
		"listing":                  {Page{}, Hint{Title: full}, full, 2023},
		"another report's name":    {Page{Headings: []string{"某区2023年度政府网站工作年度报告"}, Blocks: text("某区2023年政府信息公开年度报告")}, Hint{}, "某区2023年度政府网站工作年度报告", 2023},
		"title without year":       {Page{Headings: []string{"某镇政府信息公开工作年度报告"}, Blocks: text("某镇2020年政府信息公开工作年度报告")}, Hint{}, "某镇政府信息公开工作年度报告", 2020},
		"nothing":                  {Page{}, Hint{}, "", 0},
		"prose is no title":        {Page{Blocks: text("某市民政局2023年政府信息公开工作年度报告，现予公布。")}, Hint{}, "", 0},
	} {
		got := findTitle(&tt.page, stripFields(tt.page.Strip), tt.hint)
		if got.text != tt.want || got.year != tt.year {
			t.Errorf("%s: %q %d, want %q %d", name, got.text, got.year, tt.want, tt.year)
		}
	}
}

func text(lines ...string) []Block {
	var blocks []Block
	for _, s := range lines {
		blocks = append(blocks, Block{Text: s})
	}
	return blocks
}

func FuzzTitle(f *testing.F) {
	f.Add("某市民政局2023年政府\n信息公开工作年度报告")
	f.Add("公告（2024年第1号）：应急管理部2023年政府信息公开工作报告")
	f.Add("【年报】关于[2023]信息公开的报告")
	f.Fuzz(func(t *testing.T, s string) {
		tidy := tidyTitle(s)
		if again := tidyTitle(tidy); again != tidy {
			t.Fatalf("%q tidies to %q, then to %q", s, tidy, again)
		}
		got := parseTitle(tidy)
		if got.kind == noTitle {
			return
		}
		for _, r := range got.agency {
			if !strings.ContainsRune(tidy, r) || unicode.IsSpace(r) {
				t.Fatalf("%q: agency %q is not from the title", s, got.agency)
			}
		}
		if got.year != 0 && (got.year < 1900 || got.year > 2099) {
			t.Fatalf("%q: year %d", s, got.year)
		}
	})
}
