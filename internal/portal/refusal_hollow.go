package portal

import (
	"fmt"
	"regexp"
	"strings"

	"crawl/internal/archive"
)

// excuse is one kind of page that says why it holds nothing.
type excuse struct {
	name  string
	title *regexp.Regexp // a whole title; nil: none known
	below int            // characters of text up to which the title decides: menus and a footer around it
	words *regexp.Regexp // what it says, in a page below excuseText; nil: none known
}

// Sizes, in visible characters, up to which a page may be named hollow.
const (
	excuseText = 200 // with words that say so: a report that mentions missing pages is longer
	shellText  = 30  // what a page shows that only holds scripts or frames
)

func entirely(pattern string) *regexp.Regexp { return regexp.MustCompile("(?i)^(?:" + pattern + ")$") }

// excuses are the known kinds, in the order in which they are tried.
var excuses = []excuse{
	{
		SoftMissing,
		entirely(`404|(?:HTTP\s?)?404\s?[-_:：]?\s?(?:错误|页面?|not found|error|找不到).*|.*(?:页面|网页)(?:不存在|未找到|找不到|丢失|走丢).*|.*(?:找不到|未找到)(?:该|此|您访问的|您要访问的)?(?:网页|页面).*|.*not found.*|错误(?:页面?|提示)?|出错了.{0,4}|error( page)?`),
		800,
		marks(`(?:页面|网页|文章|栏目|链接|网址).{0,8}(?:不存在|已被?删除|已下线|已失效|已过期|找不到|未找到|走丢|丢失|被移除|不可用|已停用)|[您你该此].{0,8}(?:信息|内容|文件|稿件|数据|记录|资源).{0,8}(?:不存在|已被?删除|已下线|已失效|已过期|审核中)|(?:找不到|未找到|没有找到|无法找到).{0,10}(?:页面|网页|文件|网址|资源)|404\s?(?:not found|错误)|the requested url .{0,80}not found|file not found|page (?:you are looking for )?(?:cannot|can't|could not) be found`),
	}, {
		"error_page",
		entirely(`HTTP Status [45]\d\d.*|.*Error report|.*(?:Runtime|Server) Error.*|50\d(?:\s.*)?|系统(?:发生)?(?:错误|异常)|.*服务器(?:内部)?错误.*|.*Exception.*`),
		5000,
		marks(`系统(?:发生)?(?:异常|错误|繁忙|出错|忙)|服务器(?:内部)?(?:错误|异常|繁忙|忙)|程序(?:出错|异常)|参数(?:错误|有误|不正确|非法)|(?:数据|页面|网页|列表)加载失败|无法(?:显示|访问|打开)(?:此|该|这个)?(?:页面?|网页|网站)|(?:page|website) cannot be displayed|数据库.{0,8}(?:错误|异常|失败)|Internal Server Error|Service (?:Temporarily )?Unavailable|Bad Gateway|Gateway Time-?out|Server Error in|java\.\w+\.\w*|ORA-\d{5}|Fatal error:`),
	}, {
		"closed",
		nil, 0,
		marks(`(?:网站|站点|平台|频道|系统).{0,16}(?:已|现).{0,8}(?:关停|关闭|停止服务|停止运行|停止更新|下线|停用|迁移|整合|撤销)|(?:迁移|整合|跳转)(?:至|到).{0,40}(?:网站|平台|门户|https?:)|域名.{0,8}(?:过期|到期|未备案)|(?:网站|域名).{0,6}未备案`),
	}, {
		"maintenance",
		entirely(`.{0,20}(?:系统|网站|网页)?(?:升级)?(?:维护|建设)中.{0,6}|under (?:construction|maintenance)`),
		800,
		marks(`(?:系统|网站|平台|页面|网页|栏目|服务器).{0,8}(?:维护|升级|建设|改版|调试)(?:中|期间|之中)|正在(?:进行)?.{0,6}(?:维护|升级|建设|改版|调试)|(?:暂停|停止)(?:对外)?(?:服务|访问|开放)|暂时(?:无法|不能)(?:访问|提供|使用)|敬请期待|under (?:construction|maintenance)`),
	}, {
		"login",
		entirely(`.{0,20}(?:登录|登陆|统一身份认证|单点登录)(?:页面?|系统|平台|中心)?|log ?in|sign in`),
		excuseText,
		marks(`统一身份认证|单点登录|请您?(?:先|重新)?登[录陆]|登[录陆](?:后|超时|已过期|失效|已失效)|(?:尚未|还未|没有|未)登[录陆]|会话.{0,4}(?:超时|过期|失效)|没有.{0,8}权限|无权(?:限|访问|查看|浏览)|权限不足`),
	}, {
		"default_page",
		entirely(`Welcome to (?:nginx|OpenResty|tengine|CentOS).*|IIS\d*|IIS Windows.*|Apache Tomcat(?:/[\d.]+)?|Test Page for .*|.*Default Page.*|恭喜.{0,2}站点创建成功.*|没有找到站点`),
		3000,
		marks(`^\s?It works!$`),
	},
}

// SoftMissing is the kind of a hollow page that says what a status 404 would have said.
const SoftMissing = "soft_404"

var (
	nothingYet = regexp.MustCompile(`暂无|无相关|没有(?:找到|查询到|检索到)?(?:任何|相关|符合)|未(?:找到|查询到|检索到).{0,8}(?:记录|数据|信息|内容)|共\s?0\s?(?:条|篇|页)`)
	scriptJump = regexp.MustCompile(`(?:location(?:\.href)?\s*=|location\.replace\(|http-equiv=["']?refresh)[^\n]{0,80}`)
	frameTag   = regexp.MustCompile(`(?i)<i?frame[^>]{0,200}\bsrc=[^>]{0,120}`)
)

// Hollow says whether a page that was answered with success holds nothing: soft_404,
// error_page, closed (the site has moved or was given up), maintenance, login,
// default_page (the web server's own), truncated, or empty_shell, which only holds
// scripts or frames. name is "" for a page with content, for one that says that there is
// nothing yet, and for answers of endpoints that are not empty.
func Hollow(p *Page) (name, evidence string) {
	if strings.TrimSpace(strings.TrimPrefix(p.Text, "\ufeff")) == "" {
		return "empty_shell", fmt.Sprintf("empty body; status %d", p.Capture.Status)
	}
	if p.data() {
		return "", ""
	}
	text := p.visible()
	length := runes(squeeze(text))
	facts := fmt.Sprintf("; status %d, %d characters of text", p.Capture.Status, length)
	title, rows := p.pageTitle(), p.hasRows()
	says := title + " " + p.said()
	if p.whole(text, says) {
		return "", ""
	}
	for _, e := range excuses {
		if e.title != nil && length < e.below && e.title.MatchString(title) {
			return e.name, cut(title) + facts
		}
		if length >= excuseText || rows {
			continue
		}
		if mark := e.words.FindString(says); mark != "" {
			return e.name, cut(mark) + facts
		}
	}
	if length < excuseText && !rows && archive.CutOff(p.Text) {
		end := []rune(tidy(p.Text))
		return "truncated", fmt.Sprintf("ends in %q%s", string(end[max(0, len(end)-20):]), facts)
	}
	if length >= shellText || rows || strings.Contains(p.Text, "<record>") || p.shows() || nothingYet.MatchString(text) {
		return "", ""
	}
	for _, mark := range []*regexp.Regexp{scriptJump, frameTag} {
		if m := mark.FindString(p.Text); m != "" {
			return "empty_shell", cut(m) + facts
		}
	}
	return "empty_shell", strings.TrimPrefix(facts, "; ")
}
