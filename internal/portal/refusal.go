package portal

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// thinText is the number of visible characters below which a page with the marks of a
// wall is the wall itself.
const thinText = 200

// wallStatus are the statuses walls answer with. Marks of a wall under one of them are a
// refusal whatever the text.
var wallStatus = []int{202, 403, 405, 412, 493, 521}

// wall is one kind of wall in front of portals: header and body marks, any of which is a
// signature.
type wall struct {
	name    string
	headers *regexp.Regexp // on "Name: value" lines; nil: none known
	body    *regexp.Regexp // nil: none known
}

// walls are the known kinds. A page behind a wall may carry its marks and be whole, so a
// mark alone never makes a refusal.
var walls = []wall{
	{"ruishu", nil, regexp.MustCompile(`\$_ts\s*=\s*window\[['"]\$_ts['"]\]|<script[^>]+\br=['"]m['"]|<meta[^>]+\br=['"]m['"]`)},
	{"jsl", regexp.MustCompile(`(?im)^Set-Cookie: __jsluid_`), regexp.MustCompile(`__jsl_clearance|;go\(\{"bts"|365cyd\.com|当前访问疑似黑客攻击`)},
	{"wzws", regexp.MustCompile(`(?im)^(?:WZWS-RAY:|Set-Cookie: wzws_)`), regexp.MustCompile(`wzws-waf-cgi|wzws_|请开启JavaScript并刷新该页`)},
	{"safedog", regexp.MustCompile(`(?im)^(?:(?:Server|X-Powered-By): .*(?:WAF/2\.0|Safedog)|Set-Cookie: safedog)`), regexp.MustCompile(`(?i)safedog|安全狗`)},
	{"aliyun", nil, regexp.MustCompile(`acw_sc__v2|errors\.aliyun\.com|aliyun_waf`)},
	{"tencent", nil, regexp.MustCompile(`waf\.tencent-cloud\.com|waf\.qcloud\.com`)},
	{"yunjiasu", regexp.MustCompile(`(?im)^Server: .*yunjiasu`), regexp.MustCompile(`yunjiasu|su\.baidu\.com`)},
	{"anquanbao", regexp.MustCompile(`(?im)^X-Powered-By-Anquanbao:`), regexp.MustCompile(`anquanbao`)},
	{"baota", nil, regexp.MustCompile(`您的请求带有不合法参数，已被网站管理员设置拦截|宝塔网站防火墙`)},
	{"captcha", nil, regexp.MustCompile(`访问(?:过于|太)频繁|(?:访问|人机|安全)验证|请(?:先)?(?:输入|完成).{0,6}验证.{0,12}(?:继续|访问)`)},
}

// Refusal says whether a page is a wall's answer rather than the portal's: a signature,
// and either hardly any visible text or a status walls answer with. name is the kind of
// wall, "" for no refusal; a 403 without any mark is named forbidden.
func Refusal(p *Page) (name, evidence string) {
	status := p.Capture.Status
	walled := slices.Contains(wallStatus, status)
	length := runes(squeeze(p.visible()))
	if !walled && length >= thinText {
		return "", ""
	}
	headers := headerLines(p.Header)
	for _, w := range walls {
		mark := ""
		if w.headers != nil {
			mark, _, _ = strings.Cut(w.headers.FindString(headers), "\n")
		}
		if mark == "" && w.body != nil {
			mark = w.body.FindString(p.Text)
		}
		if mark != "" {
			return w.name, fmt.Sprintf("%s; status %d, %d characters of text", cut(mark), status, length)
		}
	}
	if status == http.StatusForbidden {
		return "forbidden", fmt.Sprintf("status 403, %d characters of text", length)
	}
	return "", ""
}

// headerLines are the headers as "Name: value" lines, sorted, so that evidence is stable.
func headerLines(h http.Header) string {
	var lines []string
	for name, values := range h {
		for _, v := range values {
			lines = append(lines, name+": "+v)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

var (
	missingTitle = regexp.MustCompile(`(?i)^(?:404|404\s*[-_:：]?\s*(?:错误|页面?|not found|error|找不到).*|.*页面(?:不存在|未找到|找不到|丢失).*|.*(?:找不到|未找到)(?:该|此|您访问的|您要访问的)?(?:网页|页面).*|.*not found.*|错误(?:页面?|提示)?|出错了)$`)
	missingText  = regexp.MustCompile(`(?i)(?:页面|网页|内容|文章|信息|栏目|文件).{0,6}(?:不存在|已被?删除|已下线|找不到|未找到|走丢|丢失)|(?:找不到|未找到|没有找到).{0,10}(?:页面|网页|文件|内容)|404 not found|the requested url .{0,80}not found`)
	upkeepText   = regexp.MustCompile(`(?:系统|网站|平台|页面).{0,8}(?:维护|升级)(?:中|期间)|正在(?:维护|升级|建设)|暂停(?:服务|访问)|网站(?:建设|维护)中`)
	loginText    = regexp.MustCompile(`请(?:先|重新)?登录|登录(?:后|超时)|统一身份认证`)
	scriptJump   = regexp.MustCompile(`(?:location(?:\.href)?\s*=|location\.replace\(|http-equiv=["']?refresh)[^\n]{0,80}`)
	frameTag     = regexp.MustCompile(`(?i)<i?frame[^>]{0,200}\bsrc=[^>]{0,120}`)
)

// Sizes, in visible characters, up to which a page may be named hollow.
const (
	excuseTitle = 800      // with a title that says so: menus and footer around an excuse
	excuseText  = thinText // with words that say so: a report that mentions missing pages is longer
	shellText   = 30       // what a page shows that only holds scripts or frames
)

// Hollow says whether a page that was answered with success holds nothing: soft_404,
// maintenance, login or empty_shell. name is "" for a page with content; long pages and
// answers that are no HTML are never hollow.
func Hollow(p *Page) (name, evidence string) {
	if !strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(p.Text, "\ufeff")), "<") {
		if strings.TrimSpace(p.Text) == "" {
			return "empty_shell", "empty body"
		}
		return "", ""
	}
	text := p.visible()
	length := runes(squeeze(text))
	title := tidy(p.Doc.Find("title").First().Text())
	for _, k := range []struct {
		name  string
		in    string
		mark  *regexp.Regexp
		below int
	}{
		{"soft_404", title, missingTitle, excuseTitle},
		{"soft_404", text, missingText, excuseText},
		{"maintenance", title + " " + text, upkeepText, excuseText},
		{"login", title + " " + text, loginText, excuseText},
	} {
		if mark := k.mark.FindString(k.in); mark != "" && length < k.below {
			return k.name, fmt.Sprintf("%s; %d characters of text", cut(mark), length)
		}
	}
	if length >= shellText {
		return "", ""
	}
	for _, mark := range []*regexp.Regexp{scriptJump, frameTag} {
		if m := mark.FindString(p.Text); m != "" {
			return "empty_shell", fmt.Sprintf("%s; %d characters of text", cut(m), length)
		}
	}
	return "empty_shell", fmt.Sprintf("%d characters of text", length)
}
