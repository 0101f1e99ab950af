package extract

import (
	"fmt"
	"strings"
	"time"

	"crawl/internal/report"
)

// Shorthand for the fact sheet that the title operators change.
func (p *paper) organ() string { return p.want.agency }

func pattern(name, format string) mess {
	return mess{name, nil, func(p *paper) { p.setTitle(format) }}
}

// yearFirst prints a title whose pattern takes the year before the agency.
func yearFirst(name, format string) mess {
	return mess{name, nil, func(p *paper) { p.titled(fmt.Sprintf(format, p.want.year, p.want.agency)) }}
}

// titled prints a title as it stands.
func (p *paper) titled(title string) {
	p.want.title = title
	p.headline = "<h1>" + title + "</h1>"
	p.docTitle = title + "_临江市人民政府"
}

var hanYear = strings.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九")
var wideYear = strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
var traditional = strings.NewReplacer("临", "臨", "东", "東", "财", "財", "务", "務", "运", "運", "输", "輸", "监", "監", "场", "場", "规", "規", "划", "劃", "资", "資", "统", "統", "计", "計",
	"卫", "衛", "办", "辦", "桥", "橋", "镇", "鎮", "处", "處", "县", "縣", "区", "區", "岭", "嶺", "云", "雲", "开", "開", "报", "報", "总", "總", "级", "級", "发", "發", "布", "佈", "时", "時", "间", "間")

// titling are the patterns of titles.
var titling = []mess{
	pattern("年度 behind the year", "%s%d年度政府信息公开工作年度报告"),
	pattern("without 工作", "%s%d年政府信息公开年度报告"),
	pattern("…工作报告", "%s%d年政府信息公开工作报告"),
	pattern("the year behind 工作", "%s政府信息公开工作%d年度报告"),
	pattern("…年度工作报告", "%s%d年政府信息公开年度工作报告"),
	pattern("关于…工作情况的报告", "%s关于%d年度政府信息公开工作情况的报告"),
	pattern("the year in brackets at the end", "%s政府信息公开工作年度报告（%d年度）"),
	pattern("…年报", "%s%d年政府信息公开年报"),
	yearFirst("the year in front", "%d年%s政府信息公开工作年度报告"),
	yearFirst("年度 in front", "%d年度%s政府信息公开工作年度报告"),
	{"the year in Chinese numerals", nil, func(p *paper) {
		p.titled(p.organ() + hanYear.Replace(fmt.Sprint(p.want.year)) + "年政府信息公开工作年度报告")
	}},
	{"the year in full-width digits", nil, func(p *paper) {
		p.titled(p.organ() + wideYear.Replace(fmt.Sprint(p.want.year)) + "年政府信息公开工作年度报告")
	}},
	{"an announcement's number before the title", nil, func(p *paper) {
		title := fmt.Sprintf("%s%d年政府信息公开工作年度报告", p.organ(), p.want.year)
		p.titled(fmt.Sprintf("公告（%d年第1号）：", p.want.year+1) + title)
		p.want.title = title
	}},
	{"a tag before the title", nil, func(p *paper) {
		p.titled(fmt.Sprintf("【年报】%s%d年政府信息公开工作年度报告", p.organ(), p.want.year))
	}},
	{"no year in the title", nil, func(p *paper) { p.titled(p.organ() + "政府信息公开工作年度报告") }},
	{"the year in the column's name only", nil, func(p *paper) {
		p.titled(p.organ() + "政府信息公开工作年度报告")
		p.preface = "根据《中华人民共和国政府信息公开条例》要求，现将本单位政府信息公开工作情况报告如下。"
		p.crumbs = append(p.crumbs, fmt.Sprintf("%d年", p.want.year))
	}},
	{"the year in the address only", nil, func(p *paper) {
		p.titled(p.organ() + "政府信息公开工作年度报告")
		p.preface = "根据《中华人民共和国政府信息公开条例》要求，现将本单位政府信息公开工作情况报告如下。"
		p.url = fmt.Sprintf("http://www.linjiang.example/module/xxgk/xxgkAnnualReport.jsp?area=330300&fbtime=%d", p.want.year)
	}},
	{"no agency in the title, the next line names it", nil, func(p *paper) {
		p.titled(fmt.Sprintf("%d年政府信息公开工作年度报告", p.want.year))
		p.opening = []string{p.organ()}
	}},
	{"no agency in the title, the report is signed", nil, func(p *paper) {
		p.titled(fmt.Sprintf("关于%d年度政府信息公开工作的年度报告", p.want.year))
		p.ending = []string{p.organ(), fmt.Sprintf("%d年1月8日", p.want.year+1)}
	}},
	{"我局 in the title", func(p *paper) bool { return strings.HasSuffix(p.organ(), "局") }, func(p *paper) {
		p.titled(fmt.Sprintf("我局%d年政府信息公开工作年度报告", p.want.year))
		p.ending = []string{p.organ(), fmt.Sprintf("%d年1月8日", p.want.year+1)}
	}},
	{"a generic agency: 县财政局, the report is signed", func(p *paper) bool { return p.organ() == "东湖县财政局" || p.organ() == "云岭区教育局" }, func(p *paper) {
		p.titled(fmt.Sprintf("%s%d年政府信息公开工作年度报告", string([]rune(p.organ())[2:]), p.want.year))
		p.ending = []string{p.organ(), fmt.Sprintf("%d年1月8日", p.want.year+1)}
	}},
	{"the page's title is the agency, the body goes on", nil, func(p *paper) {
		p.titled(fmt.Sprintf("%s%d年政府信息公开工作年度报告", p.organ(), p.want.year))
		p.headline = "<h1>" + p.organ() + "</h1>"
		p.opening = []string{fmt.Sprintf("%d年政府信息公开工作年度报告", p.want.year)}
		p.docTitle = p.organ() + "-临江市人民政府"
		if isGovernment(p.organ()) && len(p.ending) == 0 { // a government's name over a report is its site's banner as often as not
			p.want.title, p.want.agency = p.opening[0], ""
			p.want.findings["agency_missing"] = true
		} else if isGovernment(p.organ()) {
			p.want.title = p.opening[0]
		}
	}},
	{"the title broken over lines", nil, func(p *paper) { p.broken("<br>") }},
	{"the title broken over paragraphs", nil, func(p *paper) { p.broken("</p><p>") }},
	{"the title broken over spans", nil, func(p *paper) { p.broken("</span><span style='color:red'>") }},
	{"blanks in the title", nil, func(p *paper) { p.broken(pick(p.rng, " ", "　", "&nbsp;", "\n      ", "&#8203;")) }},
	{"the title only in the body, in two lines", nil, func(p *paper) {
		p.headline, p.docTitle = "", "临江市人民政府"
		p.opening = p.cutTitle("政府信息")
	}},
	{"the title only in the body, broken in 政府信息", nil, func(p *paper) {
		p.headline, p.docTitle = "", "临江市人民政府"
		p.opening = p.cutTitle("信息公开")
	}},
	{"the title once more at the head of the body", nil, func(p *paper) { p.opening = p.cutTitle("政府信息") }},
	{"the title in an element without a name", nil, func(p *paper) { p.headline = `<div class="aa12">` + p.want.title + "</div>" }},
	{"the title in a class of its own", nil, func(p *paper) {
		p.headline = fmt.Sprintf(pick(p.rng, `<div class="article-title">%s</div>`, `<p id="title">%s</p>`, `<ucaptitle>%s</ucaptitle>`, `<h2 class=tit>%s</h2>`,
			`<div class="xl_title"><span>%s</span></div>`, `<table><tr><td class="title" align=center>%s</td></tr></table>`), p.want.title)
	}},
	{"the title in meta tags only", nil, func(p *paper) {
		p.headline, p.docTitle = "", "临江市人民政府门户网站"
		p.meta = append(p.meta, `<meta name="ArticleTitle" content="`+p.want.title+`">`)
	}},
	{"the site's name behind the visible title", nil, func(p *paper) {
		p.headline = "<h1>" + p.want.title + "_临江市人民政府</h1>"
	}},
	{"buttons in the title's element", nil, func(p *paper) {
		p.headline = `<h1>` + p.want.title + ` <a href="#">` + pick(p.rng, "打印", "分享", "收藏") + `</a></h1>`
	}},
	{"a column's name as the first heading", nil, func(p *paper) { p.headline = "<h2>政府信息公开年报</h2>" + p.headline }},
	{"a banner as the first heading", nil, func(p *paper) {
		p.top = append([]string{"<h1>临江市人民政府</h1><h2>政府信息公开</h2>"}, p.top...)
	}},
	{"a title in traditional characters", nil, func(p *paper) {
		p.want.agency = traditional.Replace(p.want.agency)
		p.titled(traditional.Replace(fmt.Sprintf("%s%d年政府信息公开工作年度报告", p.organ(), p.want.year)))
	}},
}

// broken cuts the visible title in two, anywhere.
func (p *paper) broken(with string) {
	rs := []rune(p.want.title)
	cut := 2 + p.rng.IntN(len(rs)-4)
	for rs[cut-1] < 0x80 || rs[cut] < 0x80 {
		cut = 2 + p.rng.IntN(len(rs)-4)
	}
	p.headline = `<div class="title"><p><span>` + string(rs[:cut]) + with + string(rs[cut:]) + "</span></p></div>"
}

// cutTitle is the title in two lines, the second beginning with a word.
func (p *paper) cutTitle(word string) []string {
	i := strings.Index(p.want.title, word)
	return []string{p.want.title[:i], p.want.title[i:]}
}

func (p *paper) day() time.Time {
	t, err := time.Parse(time.DateOnly, p.want.published)
	if err != nil {
		panic(err)
	}
	return t
}

// dated prints the publish date by a layout of package time; iso adds the time of
// day to the expected value.
func (p *paper) dated(label, layout string, clock bool) {
	at := p.day().Add(time.Duration(9*60+p.rng.IntN(400)) * time.Minute)
	p.strip[0] = label + at.Format(layout)
	if clock {
		p.want.published = at.Format("2006-01-02T15:04") + "+08:00"
	}
}

func dateFormat(name, layout string, clock bool) mess {
	return mess{name, nil, func(p *paper) { p.dated("发布时间："+pick(p.rng, "", " ", "&nbsp;"), layout, clock) }}
}

// plainAddress: the address says nothing yet.
func plainAddress(p *paper) bool { return !strings.Contains(p.url, "?") }

// dating are the ways of printing the publish date.
var dating = []mess{
	dateFormat("a time behind the date", "2006-01-02 15:04", true),
	dateFormat("seconds behind the time", "2006-01-02 15:04:00", true),
	dateFormat("17时23分", "2006-01-02 15时04分", true),
	dateFormat("年月日", "2006年01月02日", false),
	dateFormat("年月日 without zeros", "2006年1月2日", false),
	dateFormat("年月日 and a time", "2006年01月02日 15:04", true),
	dateFormat("slashes", "2006/1/2 15:04", true),
	dateFormat("points", "2006.01.02", false),
	dateFormat("midnight is no time", "2006-01-02 00:00", false),
	dateFormat("in square brackets", "[2006-01-02 15:04]", true),
	dateFormat("a weekday between", "2006-01-02 星期一 15:04", true),
	{"full-width digits in the date", nil, func(p *paper) {
		p.strip[0] = "发布时间：" + wideYear.Replace(p.day().Format("2006-01-02"))
	}},
	{"other labels of the date", nil, func(p *paper) {
		p.dated(pick(p.rng, "发布日期：", "时间：", "日期：", "公开日期：", "发布于：", "发表时间：", "发 布 日 期：", "发布时间　"), "2006-01-02", false)
	}},
	{"a date without a label", nil, func(p *paper) { p.dated("", "2006-01-02", false) }},
	{"label and date in elements of their own", nil, func(p *paper) {
		p.strip[0] = "发布时间：</span><span>" + p.day().Format("2006-01-02")
	}},
	{"label and date in lines of their own", nil, func(p *paper) {
		p.strip[0] = "发布日期</span><br><span>" + p.day().Format("2006-01-02") + "</span><br><span>"
	}},
	{"dates of something else beside it", nil, func(p *paper) {
		before := p.day().AddDate(0, 0, -4).Format("2006-01-02")
		p.strip = append(p.strip, "成文日期："+before, "更新时间："+p.day().AddDate(0, 1, 0).Format("2006-01-02"))
	}},
	{"an older date in front of it", nil, func(p *paper) {
		p.strip[0] = "公文生成日期：" + p.day().AddDate(0, 0, -5).Format("2006-01-02") + "　发布时间：" + p.day().Format("2006-01-02")
	}},
	{"another day in the address", plainAddress, func(p *paper) {
		p.url = "http://www.linjiang.example/zwgk/nb/" + p.day().AddDate(1, 1, 3).Format("200601/t20060102") + "_5512.html"
	}},
	{"the day in the address only", plainAddress, func(p *paper) {
		p.url = "http://www.linjiang.example/zwgk/nb/" + p.day().Format("200601/t20060102") + "_5512.html"
		p.strip[0] = "字体：大 中 小"
	}},
	{"the day in a meta tag only", nil, func(p *paper) {
		p.meta = append(p.meta, `<meta name="PubDate" content="`+p.day().Format("2006-01-02")+` 10:06">`)
		p.want.published += "T10:06+08:00"
		p.strip[0] = "字体：大 中 小"
	}},
	{"the day in the listing only", nil, func(p *paper) { p.hint.Date, p.strip[0] = p.want.published, "字体：大 中 小" }},
	{"a date that begins with the day: 01.04.2019", nil, func(p *paper) {
		p.strip[0] = "发布时间：" + p.day().Format("02.01.2006 15:04")
		p.want.published = ""
	}},
	{"an impossible date", nil, func(p *paper) {
		p.strip[0] = fmt.Sprintf("发布时间：%d-02-30", p.want.year+1)
		p.want.published = ""
	}},
	{"no date at all", nil, func(p *paper) { p.strip[0], p.want.published = "字体：大 中 小", "" }},
	{"a date in the body's text", nil, func(p *paper) {
		p.ending = append(p.ending, "联系人可于2012年3月4日前后致电咨询。")
	}},
	{"a metadata table", nil, func(p *paper) {
		p.stripMark = `<table class="xxgk"><tr><td>索引号：</td><td>linjiang/2024-00012</td><td>发布机构：</td><td>临江市政府办</td></tr><tr><td>名称：</td><td>` +
			p.want.title + `</td><td>发布日期：</td><td>` + p.want.published + `</td></tr></table>`
	}},
	{"a metadata table of label and value in one cell", nil, func(p *paper) {
		p.stripMark = `<table class="xxgk"><tr><td>索 引 号：linjiang/2024-00012</td><td>主题分类：综合政务</td></tr><tr><td>发布机构：临江市政府办</td><td>发布日期：` + p.want.published + `</td></tr></table>`
	}},
	{"everything in one line", nil, func(p *paper) {
		p.stripMark = `<div class="info">来源：临江市政府办发布时间：` + p.want.published + `字体：[大 中 小]</div>`
	}},
	{"each in an item of a list", nil, func(p *paper) {
		p.stripMark = `<ul class="info"><li>来源：临江市政府办</li><li>发布时间：` + p.want.published + `</li><li>打印</li></ul>`
	}},
	{"labels in an element, values in another", nil, func(p *paper) {
		p.stripMark = `<p><em>信息来源：</em><b>临江市政府办</b> <em>发布时间：</em><b>` + p.want.published + `</b> <em>分享到：</em><b></b></p>`
	}},
}

// framed: the article's element has a name, so that what stands behind it can be told
// from its last lines.
func framed(p *paper) bool { return p.open != "" && p.open != nameless }

func viewing(name, printed string, n int64, state report.ViewsState) mess {
	return mess{name, nil, func(p *paper) { p.viewed(printed, n, state) }}
}

// viewed prints a view count, in the strip or in front of it.
func (p *paper) viewed(printed string, n int64, state report.ViewsState) {
	p.want.views, p.want.viewsState = n, state
	if p.stripMark == "" {
		p.strip = append(p.strip, printed)
	} else {
		p.stripMark += "<div>" + printed + "</div>"
	}
}

// counts are the ways of printing views, and what is none.
var counts = []mess{
	{"浏览次数 and a number", nil, func(p *paper) {
		n := int64(p.rng.IntN(30000))
		label := pick(p.rng, "浏览次数", "点击数", "阅读次数", "浏览量", "访问量", "点击率", "阅读", "被阅览数", "浏览", "累计次数", "点击量", "人气")
		p.viewed(label+pick(p.rng, "：", ":", "： ", "：&nbsp;")+fmt.Sprint(n)+pick(p.rng, "", "次", "人次", "人", " 次"), n, report.ViewsInline)
	}},
	viewing("views with a thousands separator", "浏览次数：19,432", 19432, report.ViewsInline),
	viewing("views in full-width digits", "浏览次数：１２３次", 123, report.ViewsInline),
	viewing("views like a year", "浏览次数：2012", 2012, report.ViewsInline),
	viewing("views in brackets", "访问量：[ 88 ]", 88, report.ViewsInline),
	{"views glued to the time", func(p *paper) bool { return p.stripMark == "" && strings.HasPrefix(p.strip[0], "发布时间") }, func(p *paper) {
		p.want.views, p.want.viewsState = 9, report.ViewsInline
		p.strip[0] += "浏览次数:9"
	}},
	viewing("views split over spans", "浏览次数：</span><span id=n>1</span><span>7</span><span>次", 17, report.ViewsInline),
	viewing("label without a number", "浏览次数：", -1, report.ViewsLabelOnly),
	viewing("浏览次数:次", "浏览次数:<span></span>次", -1, report.ViewsLabelOnly),
	viewing("点击数:人次", "点击数:人次", -1, report.ViewsLabelOnly),
	viewing("点击数:-", "点击数:-", -1, report.ViewsLabelOnly),
	viewing("a button behind the label", "浏览次数: 【字体：大 16 中 14】", -1, report.ViewsLabelOnly),
	viewing("font sizes", "选择阅读字号:[ 14 16 ]", -1, report.ViewsNone),
	viewing("the site's total", "本站总访问量：1530488", -1, report.ViewsNone),
	viewing("downloads", "下载次数：12", -1, report.ViewsNone),
	{"a rounded count", nil, func(p *paper) {
		p.viewed("浏览次数：1.2万", -1, report.ViewsLabelOnly)
		p.want.findings["views_rounded"] = true
	}},
	{"the label before the date", func(p *paper) bool { return p.stripMark == "" && strings.HasPrefix(p.strip[0], "发布") }, func(p *paper) {
		p.strip = append([]string{"浏览次数："}, p.strip...)
		p.want.viewsState = report.ViewsLabelOnly
	}},
	viewing("a counter's script", `浏览次数：<script>_showDynClicks("wbnews", 1234, 5678)</script>`, -1, report.ViewsCounterOff),
	viewing("a counter's script by address", `浏览次数：<script src="/module/visitcount/articlehits.jsp?colid=12&artid=345"></script>次`, -1, report.ViewsCounterOff),
	{"views in the body's text", since2019, func(p *paper) {
		p.sections[0].before = append(p.sections[0].before, "门户网站浏览量：1530488次，点击数：12万人次。")
	}},
	{"views below the body", framed, func(p *paper) {
		p.want.views, p.want.viewsState = 256, report.ViewsInline
		p.close += "<div>浏览次数：256次</div>"
	}},
}
