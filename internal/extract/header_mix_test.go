package extract

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"crawl/internal/report"
)

// mixedTitles are the orders in which portals put organ (X) and year (Y) into a title.
var mixedTitles = []string{
	"XY年政府信息公开工作年度报告",
	"XY年度政府信息公开工作年度报告",
	"X Y 年政府信息公开工作年度报告",
	"XY年<br>政府信息公开工作年度报告",
	"XY年政府信息公开年报",
	"XY年度政府信息公开工作总结",
	"XY年政府信息公开工作年度报告全文",
	"XY年政府信息公开工作年度报告（全文）",
	"XY年政府信息公开工作年度报告（含附表）",
	"XY年政务公开工作年度报告",
	"X政府信息公开工作Y年度报告",
	"X政府信息公开工作年度报告（Y年度）",
	"X政府信息公开工作年度报告（Y）",
	"关于XY年政府信息公开工作年度报告",
	"X关于Y年度政府信息公开工作情况的报告",
	"X：Y年政府信息公开工作年度报告",
	"X丨Y年政府信息公开工作年度报告",
	"【年报】XY年政府信息公开工作年度报告",
	"《XY年政府信息公开工作年度报告》",
	"Y年X政府信息公开工作年度报告",
	"Y年度X政府信息公开工作年度报告",
	"Y年度政府信息公开工作年度报告（X）",
	"Y年政府信息公开工作年度报告【X】",
	"Y年政府信息公开工作年度报告——X",
	"Y年政府信息公开工作年度报告-X",
	"Y年政府信息公开工作年度报告 X",
	"Y年政府信息公开工作年度报告_X",
	"（X）Y年政府信息公开工作年度报告",
	"政府信息公开工作年度报告（X Y年）",
}

var mixedOrgans = []string{
	"岳阳市民政局", "浠水县散花镇人民政府", "阿拉善左旗巴彦浩特镇", "拉萨市城关区教育局", "长治市人民政府", "苏州市公安局姑苏分局",
	"深圳市罗湖区翠竹街道办事处", "国家税务总局柘荣县税务局", "武昌经开区（滨江）管委会", "广西壮族自治区发展和改革委员会", "平定县审计局", "黔东南州民政局",
}

// unreadable strips run together so that nobody can part them: spans without blanks.
var unreadable = regexp.MustCompile(`[0-9]20[0-9]{2}[-/.年]|打印(?:时间|日期)`)

var tags = regexp.MustCompile(`<[^>]*>`)

// mixedStrip is a strip of random items in one of the ways portals set them apart.
type mixedStrip struct {
	html      string
	published string // as a Value
	views     string // the number, or the state
}

func drawStrip(rng *rand.Rand, year int, organ string) mixedStrip {
	pick := func(of ...string) string { return of[rng.IntN(len(of))] }
	s := mixedStrip{views: "none"}
	at := time.Date(year+1, 1, 1+rng.IntN(90), 8+rng.IntN(10), 1+rng.IntN(59), 1+rng.IntN(59), 0, beijing)
	day, clock := at.Format(pick("2006-01-02", "2006-1-2", "2006/1/2", "2006/01/02", "2006.01.02", "2006年01月02日", "2006年1月2日")), ""
	s.published = at.Format(time.DateOnly)
	switch rng.IntN(4) {
	case 0:
		clock = " " + at.Format("15:04")
		s.published = at.Format("2006-01-02T15:04") + "+08:00"
	case 1:
		clock = " " + at.Format("15:04:05")
		s.published = at.Format("2006-01-02T15:04:05") + "+08:00"
	}
	label := pick("发布时间：", "发布时间: ", "发布日期：", "时间：", "日期：", "发文日期：", "更新时间：", "信息时间：", "发布时间:", "【发布时间】", "")
	items := []string{label + day + clock}

	number := rng.IntN(60000)
	name := pick("浏览次数", "浏览量", "浏览", "点击数", "点击次数", "点击率", "阅读", "阅读次数", "阅读量", "访问量", "访问次数", "人气", "浏览次数")
	switch rng.IntN(6) {
	case 0:
	case 1:
		items = append(items, name+pick("：<em></em>人次", "：<span id=\"hits\"></span>次", "："))
		s.views = "label_only"
	default:
		around := pick("%s", "%s", "<b>%s</b>", "[%s]")
		items = append(items, name+pick("：", ":", ": ")+fmt.Sprintf(around, fmt.Sprint(number)+pick("", "", "次", " 次", "人次")))
		s.views = fmt.Sprint(number)
	}
	for _, more := range []string{
		pick("来源：", "信息来源：", "发布机构：", "来源:", "文章来源：") + pick(organ, "本站", "市政府办", "<a href=\"http://www.other.gov.cn/\">临江日报</a>", "", organ),
		pick("作者：", "编辑：", "责任编辑：", "发布人：") + pick("admin", "李某", "", "张某某"),
		pick("字体：【<a>大</a> <a>中</a> <a>小</a>】", "字号：大 中 小", "【字体：大 中 小】", "字体大小：[ 大 中 小 ]", "视力保护色："),
		pick("【打印】", "【关闭】", "打印", "打印本页", "【打印】【关闭】", "<a href=\"javascript:window.print()\">打印</a>", "分享：", "分享到：", "[ 关闭 ]", "我要纠错"),
		pick("索引号：01420537/2023-0537", "文号：无", "索 引 号：11330000002482/2023-00012"),
	} {
		if rng.IntN(2) == 0 {
			items = append(items, more)
		}
	}
	rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	switch rng.IntN(8) {
	case 0:
		s.html = "<span>" + strings.Join(items, "</span><span>") + "</span>"
	case 1:
		s.html = "<span>" + strings.Join(items, "</span>&nbsp;&nbsp;<span>") + "</span>"
	case 2:
		s.html = "<span class=\"a\">" + strings.Join(items, "</span>\n<span class=\"a\">") + "</span>"
	case 3:
		s.html = "<ul><li>" + strings.Join(items, "</li><li>") + "</li></ul>"
	case 4:
		s.html = strings.Join(items, "<br>")
	default:
		s.html = strings.Join(items, pick(" ", "　", "&nbsp;&nbsp;&nbsp;&nbsp;", " | ", "  |  ", "　　", "&#12288;", " / "))
	}
	return s
}

const mixedBody = `<p>根据《中华人民共和国政府信息公开条例》要求编制本报告。本报告所列数据的统计期限自%[1]d年1月1日起至%[1]d年12月31日止。</p>
<p>一、总体情况</p><p>全年通过门户网站公开各类信息2193条，网站访问量：602299人次，%[1]d年9月3日举办开放日。</p><p>二、主动公开政府信息情况</p><p>无。</p>
<p>三、收到和处理政府信息公开申请情况</p><p>无。</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p><p>五、存在的主要问题及改进情况</p><p>公开内容不够全面。</p><p>六、其他需要报告的事项</p><p>无。</p>`

// neighbours are boxes of another report (N) with its strip (S), before or behind the article.
var neighbours = []string{
	`<div class="c"><h2><a href="/3.html">N</a></h2><p>S</p></div>`,
	`<div class="c"><h4>N</h4><p>S</p></div>`,
	`<div class="c"><div class="tt"><a href="/3.html">N</a></div><div class="dd">S</div></div>`,
	`<p><a href="/3.html">N</a></p><p>S</p>`,
	`<dl><dt><a href="/3.html">N</a></dt><dd>S</dd></dl>`,
	`<ul><li><a href="/1.html">N</a><p>S</p></li><li><a href="/2.html">N</a> S</li></ul>`,
	`<table><tr><td><a href="/3.html">N</a></td><td>S</td></tr></table>`,
	`<div>S</div><div><a href="/3.html">N</a></div>`,
	`<h2><a href="/3.html">关于召开会议的通知</a></h2><p>S</p>`,
	`<p><a href="/3.html">关于2017年国庆节放假安排的通知</a></p><p>S</p>`,
}

func drawNeighbour(rng *rand.Rand) string {
	strips := []string{"发布日期：2018-09-11 浏览次数：981", "发布时间：2018-09-11　点击数：77", "2018-09-11", "[2018-09-11]　阅读：77次"}
	return strings.NewReplacer("N", fmt.Sprintf("盐池县水务局%d年政府信息公开工作年度报告", 2010+rng.IntN(8)), "S", strips[rng.IntN(len(strips))]).
		Replace(neighbours[rng.IntN(len(neighbours))])
}

// TestHeaderMix: every frame, with every order of a title and strips drawn at random,
// gives title, organ, year, date and count, or none of them.
func TestHeaderMix(t *testing.T) {
	frames, err := filepath.Glob("testdata/mix/frames/*.html")
	if err != nil || len(frames) == 0 {
		t.Fatalf("no frames: %v", err)
	}
	const rounds = 3
	rng := rand.New(rand.NewPCG(7, 7))
	for _, path := range frames {
		frame, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for n := range rounds * len(mixedTitles) {
			year, organ, pattern := 2019+rng.IntN(6), mixedOrgans[rng.IntN(len(mixedOrgans))], mixedTitles[n%len(mixedTitles)]
			if organ == "长治市人民政府" && strings.HasPrefix(pattern, "Y") && strings.HasSuffix(pattern, "X") && !strings.Contains(pattern, "——") {
				organ = "长治市民政局" // a government alone behind a title is the site's name
			}
			title := strings.NewReplacer("X", organ, "Y", fmt.Sprint(year)).Replace(pattern)
			strip := drawStrip(rng, year, organ)
			for unreadable.MatchString(tags.ReplaceAllString(strip.html, "")) {
				strip = drawStrip(rng, year, organ)
			}
			page := strings.NewReplacer("{{title}}", title, "{{strip}}", strip.html, "{{body}}", fmt.Sprintf(mixedBody, year)).Replace(string(frame))
			box := ""
			switch rng.IntN(4) {
			case 0:
				box = drawNeighbour(rng)
				page = strings.Replace(page, "<body>", "<body>"+box, 1)
			case 1:
				box = drawNeighbour(rng)
				page = strings.Replace(page, "</body>", box+"</body>", 1)
			}
			r, err := Extract(exchange("http://www.linjiang.example/zwgk/a.html", []byte(page)), Hint{})
			if err != nil {
				t.Errorf("%s, %s: %v", filepath.Base(path), title, err)
				continue
			}
			judge := func(fact, got, want string) {
				if got != want {
					t.Errorf("%s of %s: got %q, want %q; %s; %s; %s", fact, filepath.Base(path), got, want, title, strip.html, box)
				}
			}
			judge("title", r.Title, tidyTitle(strings.ReplaceAll(title, "<br>", "")))
			judge("agency", r.Agency, organ)
			judge("year", itoa(r.Year), itoa(year))
			judge("published", r.Published.Value, strip.published)
			judge("views", viewsOf(r), strip.views)
		}
	}
}

// TestHeaderGlued: digits of a count or an index number that run into a date leave
// both unread, with a finding.
func TestHeaderGlued(t *testing.T) {
	for strip, rule := range map[string]string{
		"人气:321952020年01月20日":              "views_unreadable",
		"阅读次数：2186520/2023-05372021-01-04": "date_unreadable",
		"索引号：01420537/2023-05372021-1-4":   "date_unreadable",
	} {
		r := &report.Report{}
		header(&Page{Headings: []string{"岳阳市民政局2020年政府信息公开工作年度报告"}, Strip: []string{strip}}, Hint{}, r)
		if r.Published.Value != "" || r.Views != nil || !slices.Contains(ruleNames(r.Findings), rule) {
			t.Errorf("%s: published %+v, views %v, findings %+v", strip, r.Published, r.Views, r.Findings)
		}
	}
}
