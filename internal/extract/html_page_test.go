package extract

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func mustRead(t *testing.T, markup string) *Page {
	t.Helper()
	p, err := readHTML(markup, "http://www.linjiang.example/zwgk/nb/a.html")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPageParts(t *testing.T) {
	p := mustRead(t, `<html><head><meta NAME="PubDate" content="2024-01-09"><meta name="pubdate" content="x"><title> 甲报告 </title></head><body>
<div class="clock">今天是2025年1月1日 星期三</div>
<ul><li><a href="/">首页</a></li><li><a href="/1">一</a></li><li><a href="/2">二</a></li></ul>
<table><tr><td>您的位置：<a href="/">首页</a></td><td> >> <a href="/zwgk/">政务公开</a></td><td> >> <a href="/nb/">政府信息公开年报</a> &gt; 正文</td></tr></table>
<table><tr><td>索 引 号：</td><td>A-1</td><td>发布机构</td><td>市民政局</td></tr><tr><td>发布日期</td><td>2024-01-09</td></tr></table>
<div class="xl_title">临江市民政局2023年<br>政府信息公开工作年度报告</div>
<div class="xl_doc"><span>浏览次数：<script>_showDynClicks("wbnews", 1, 2)</script><span id="dynclicks_1"></span></span> 来源：市民政局</div>
<div class="zoom"><p style="display:none">看不见</p>`+sixHeadings+`<p><a href="../f/1.pdf">附件</a></p></div>
<div>责任编辑：某某</div><div>浏览次数：12</div><div>网站总访问量：99</div></body></html>`)
	if p.Meta["pubdate"] != "2024-01-09" || p.DocTitle != "甲报告" {
		t.Errorf("head: %v %q", p.Meta, p.DocTitle)
	}
	if want := []string{"首页", "政务公开", "政府信息公开年报", "正文"}; !slices.Equal(p.Breadcrumb, want) {
		t.Errorf("breadcrumb %q, want %q", p.Breadcrumb, want)
	}
	if len(p.Headings) == 0 || p.Headings[0] != "临江市民政局2023年政府信息公开工作年度报告" {
		t.Errorf("headings %q", p.Headings)
	}
	strip := strings.Join(p.Strip, "\n")
	for _, want := range []string{"索引号：A-1", "发布机构：市民政局", "发布日期：2024-01-09", "来源：市民政局", "浏览次数：12"} {
		if !strings.Contains(strip, want) {
			t.Errorf("strip lacks %q:\n%s", want, strip)
		}
	}
	if strings.Contains(strip, "总访问量") || strings.Contains(strip, "2025年") {
		t.Errorf("strip holds what is not the page's:\n%s", strip)
	}
	if p.Counter != "_showDynClicks" {
		t.Errorf("counter %q", p.Counter)
	}
	if first := p.Blocks[0].Text; first != "一、总体情况" {
		t.Errorf("body begins with %q", first)
	}
	if want := (Link{"附件", "http://www.linjiang.example/zwgk/f/1.pdf"}); !slices.Contains(p.Links, want) {
		t.Errorf("links %v lack %v", p.Links, want)
	}
}

func TestStripInsideTheBody(t *testing.T) {
	p := mustRead(t, `<body><div id="zoom"><p align="center">临江市民政局2023年政府信息公开工作年度报告</p><p>发布时间：2024-01-09 10:06 浏览次数：1</p><p>根据条例编制本报告。</p>`+sixHeadings+`</div></body>`)
	if len(p.Strip) != 2 || !strings.HasPrefix(p.Strip[1], "发布时间") && !strings.HasPrefix(p.Strip[0], "发布时间") {
		t.Errorf("strip %q", p.Strip)
	}
	if !slices.Contains(p.Headings, "临江市民政局2023年政府信息公开工作年度报告") {
		t.Errorf("headings %q", p.Headings)
	}
	if p.Blocks[0].Text != "根据条例编制本报告。" {
		t.Errorf("body begins with %q", p.Blocks[0].Text)
	}
}

// A related page's heading elsewhere must not widen the body.
func TestArticleIsTheContainer(t *testing.T) {
	p := mustRead(t, `<body><div class="main"><div class="TRS_Editor">`+sixHeadings+`</div><div class="rel"><p>主动公开政府信息情况</p><p><a href="1">图解</a></p></div></div></body>`)
	if last := p.Blocks[len(p.Blocks)-1].Text; last != "无。" {
		t.Errorf("body ends with %q", last)
	}
}

// Hostile pages are read in time, whatever they say.
func TestHostilePages(t *testing.T) {
	for name, page := range map[string]string{
		"deep nesting":   strings.Repeat("<div><table><tr><td>", 20000) + sixHeadings,
		"many headings":  strings.Repeat("<div><p>一、总体情况</p></div>", 60000),
		"many tables":    strings.Repeat("<table><tr><td>行政复议</td><td>行政诉讼</td><td>结果维持</td></tr></table>", 20000),
		"one wide row":   "<table><tr>" + strings.Repeat("<td>本年制发件数</td>", 50000) + "</tr></table>",
		"one long line":  strings.Repeat("总体情况", 500000),
		"grid of labels": "<table><tr>" + strings.Repeat("<td>浏览次数</td>", 50000) + "</tr></table><h1>x</h1>" + sixHeadings,
		"open tags":      strings.Repeat("<a href=x><span class=title>", 50000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, _ = Extract(exchange("http://www.linjiang.example/a.html", []byte(page)), Hint{})
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("%d bytes took %v", len(page), took)
			} else {
				t.Logf("%d bytes in %v", len(page), took)
			}
		})
	}
}

func TestContentHashIgnoresChrome(t *testing.T) {
	page := titled("临江市民政局2023年政府信息公开工作年度报告", "<p>发布时间：2024-01-09 浏览次数：1</p>"+sixHeadings)
	hash := func(page string) string {
		r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(page)), Hint{})
		if err != nil {
			t.Fatal(err)
		}
		return r.ContentSHA256
	}
	same := strings.Replace(strings.Replace(page, "浏览次数：1", "浏览次数：77", 1), "<ul>", "<ul><li>今天是2026年1月1日</li>", 1)
	if hash(page) != hash(same) {
		t.Error("the counter or the clock changed the hash")
	}
	if hash(page) == hash(strings.Replace(page, "339条", "340条", 1)) {
		t.Error("another text has the same hash")
	}
}
