package portal

import (
	"net/http"
	"strings"
	"testing"
)

const article = `<div class="zoom"><p>根据《中华人民共和国政府信息公开条例》和《国务院办公厅政府信息与政务公开办公室关于印发〈中华人民共和国政府信息公开工作年度报告格式〉的通知》要求，编制本报告。</p>
<p>一、总体情况。全年主动公开政府信息一千余条，办理依申请公开十二件，均按时答复。二、主动公开政府信息情况。三、收到和处理政府信息公开申请情况。四、政府信息公开行政复议、行政诉讼情况。五、存在的主要问题及改进情况。六、其他需要报告的事项，本年度网站进行了系统升级维护，部分页面不存在的问题已整改，请登录省政务服务网查看。</p></div>`

func header(lines ...string) http.Header {
	h := http.Header{}
	for _, l := range lines {
		name, value, _ := strings.Cut(l, ": ")
		h.Add(name, value)
	}
	return h
}

// answers are bodies written after the signatures of walls, and look-alikes with content.
var answers = []struct {
	about   string
	status  int
	header  http.Header
	body    string
	refusal string
	hollow  string
}{
	{"ruishu, first answer", 412, nil, `<html><head><meta id="x9Kd" content="a7" r='m'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script><script src="/a/b.js" r='m'></script></head><body></body></html>`, "ruishu", "empty_shell"},
	{"ruishu under 200", 200, nil, `<html><head><script type="text/javascript">$_ts=window['$_ts'];$_ts.nsd=1;</script></head><body><script>_$aB();</script></body></html>`, "ruishu", "empty_shell"},
	{"ruishu under 202 with words", 202, nil, `<html><head><script src='/q/w.js' r='m'></script></head><body>` + article + `</body></html>`, "ruishu", ""},
	{"page behind ruishu with its content", 200, nil, `<html><head><script>$_ts=window['$_ts'];</script></head><body>` + article + `</body></html>`, "", ""},
	{"jsl by cookie", 521, header("Set-Cookie: __jsluid_s=0f; path=/; HttpOnly"), `<script>document.cookie=('_')+('_')+('j');location.href=location.pathname</script>`, "jsl", "empty_shell"},
	{"jsl by body", 521, nil, `<script>var a=1;;go({"bts":["1","2"],"chars":"x","tn":"__jsl_clearance_s"})</script>`, "jsl", "empty_shell"},
	{"jsl, page of suspicion", 200, nil, `<html><body><p>当前访问疑似黑客攻击，已被创宇盾拦截</p><a href="http://www.365cyd.com">创宇盾</a></body></html>`, "jsl", "empty_shell"},
	{"page behind jsl with its content", 200, header("Set-Cookie: __jsluid_h=0f; path=/"), `<html><body>` + article + `</body></html>`, "", ""},
	{"wzws by status and header", 493, header("Wzws-Ray: 1-2-3"), `<html><body>forbidden</body></html>`, "wzws", "empty_shell"},
	{"wzws asks for script", 200, header("Set-Cookie: wzws_sessionid=abc"), `<html><body><noscript>请开启JavaScript并刷新该页.</noscript><script>var wzws=1</script></body></html>`, "wzws", "empty_shell"},
	{"page behind wzws with its content", 200, header("Set-Cookie: wzws_sessionid=abc", "Wzws-Ray: 1"), `<html><body>` + article + `</body></html>`, "", ""},
	{"safedog, blank page", 200, header("X-Powered-By: WAF/2.0"), ` `, "safedog", "empty_shell"},
	{"safedog by cookie", 403, header("Set-Cookie: safedog-flow-item=A; path=/"), `<html><body>网站防火墙</body></html>`, "safedog", "empty_shell"},
	{"page behind safedog with its content", 200, header("Set-Cookie: safedog-flow-item=A; path=/"), `<html><body>` + article + `</body></html>`, "", ""},
	{"aliyun", 405, nil, `<html><head><script src="https://errors.aliyun.com/error.js"></script></head><body></body></html>`, "aliyun", "empty_shell"},
	{"aliyun by cookie script", 200, nil, `<html><script>var arg1='A1';function reload(x){document.cookie="acw_sc__v2="+x;document.location.reload()}</script></html>`, "aliyun", "empty_shell"},
	{"tencent", 403, nil, `<html><body><img src="https://waf.tencent-cloud.com/x.png">您的访问被拦截</body></html>`, "tencent", "empty_shell"},
	{"yunjiasu", 403, header("Server: yunjiasu-nginx"), `<html><body><h1>403</h1></body></html>`, "yunjiasu", "empty_shell"},
	{"page through yunjiasu with its content", 200, header("Server: yunjiasu-nginx"), `<html><body>` + article + `</body></html>`, "", ""},
	{"anquanbao", 405, header("X-Powered-By-Anquanbao: MISS from x"), `<html><body>blocked</body></html>`, "anquanbao", "empty_shell"},
	{"baota", 200, nil, `<html><head><title>网站防火墙</title></head><body><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p><p>如何解决：检查提交内容；</p></body></html>`, "baota", ""},
	{"baota, other words after it", 200, nil, `<html><body><p>您的请求带有不合法参数，已被网站管理员设置拦截！可能原因：您提交的内容包含危险的攻击请求</p></body></html>`, "baota", ""},
	{"captcha", 200, nil, `<html><head><title>访问验证</title></head><body><p>您的访问过于频繁，请输入验证码后继续访问</p></body></html>`, "captcha", "empty_shell"},
	{"a comment form asks for a captcha", 200, nil, `<html><body><p>` + strings.Repeat("正文", 110) + `</p><p>请输入验证码</p></body></html>`, "", ""},
	{"403 without a mark", 403, nil, `<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr>nginx</body></html>`, "forbidden", "empty_shell"},
	{"404 with its status", 404, nil, `<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>`, "", "soft_404"},
	{"404 answered as 200", 200, nil, `<html><head><title>404</title></head><body><p>抱歉，您访问的页面不存在或已删除</p><a href="/">返回首页</a></body></html>`, "", "soft_404"},
	{"404 by its words", 200, nil, `<html><head><title>提示信息</title></head><body>对不起，您要查看的信息不存在或者已被删除！</body></html>`, "", "soft_404"},
	{"404 by its title", 200, nil, `<html><head><title>很抱歉，页面不存在</title></head><body><img src="/404.png"><a href="/">返回首页</a><a href="javascript:history.back()">返回上一页</a><span>欢迎您继续浏览本网站的其他栏目</span></body></html>`, "", "soft_404"},
	{"404 by its title, with menus", 200, nil, `<html><head><title>404错误</title></head><body>` + strings.Repeat("<li>政务公开 办事服务 互动交流</li>", 20) + `</body></html>`, "", "soft_404"},
	{"the same menus without an excuse", 200, nil, `<html><head><title>首页</title></head><body>` + strings.Repeat("<li>政务公开 办事服务 互动交流</li>", 20) + `</body></html>`, "", ""},
	{"apache's words", 200, nil, `<html><head><title>x</title></head><body>The requested URL /a.html was not found on this server.</body></html>`, "", "soft_404"},
	{"report that mentions missing pages and upkeep", 200, nil, `<html><head><title>年度报告</title></head><body>` + article + article + `</body></html>`, "", ""},
	{"upkeep", 200, nil, `<html><head><title>通知</title></head><body><p>网站系统升级维护中，请稍后访问，给您带来不便敬请谅解。由此带来的不便请致电。</p></body></html>`, "", "maintenance"},
	{"login", 200, nil, `<html><head><title>统一身份认证平台</title></head><body><form>用户名<input> 密码<input type="password"> 请先登录后再访问本系统的有关内容。</form></body></html>`, "", "login"},
	{"application shell", 200, nil, `<!DOCTYPE html><html><head><title>政务公开</title></head><body><div id="app"></div><script src="/js/app.js"></script></body></html>`, "", "empty_shell"},
	{"jump by script", 200, nil, `<html><head><script>location.href="http://www.qinghe.example/";</script></head><body></body></html>`, "", "empty_shell"},
	{"jump by meta", 200, nil, `<html><head><meta http-equiv="refresh" content="0;url=/index.html"></head></html>`, "", "empty_shell"},
	{"frame around the list", 200, nil, `<html><body><iframe src="/module/xxgk/tree.jsp?area=1" width="100%"></iframe></body></html>`, "", "empty_shell"},
	{"frameset", 200, nil, `<html><head><title>公开</title></head><frameset rows="*"><frame src="/zw/list.html"></frameset></html>`, "", "empty_shell"},
	{"nothing at all", 200, nil, ``, "", "empty_shell"},
	{"a counter's answer", 200, nil, `128`, "", ""},
	{"JSON with few words", 200, nil, `{"success":true,"data":[]}`, "", ""},
	{"listing of three rows", 200, nil, `<html><body><ul><li><a href="1.html">清河市民政局2021年政府信息公开工作年度报告</a></li><li><a href="2.html">清河市民政局2022年政府信息公开工作年度报告</a></li></ul></body></html>`, "", ""},
	{"hospital 404's report", 200, nil, `<html><head><title>四〇四医院2023年政府信息公开年度报告</title></head><body><p>404医院2023年政府信息公开年度报告，本院全年未收到政府信息公开申请，没有行政复议和诉讼。</p></body></html>`, "", ""},
	{"probe inside a full page", 200, nil, `<html><head><script src="/_bot_sbu/sbu_fpc.js"></script></head><body>` + article + `</body></html>`, "", ""},
	{"report about a website firewall", 200, nil, `<html><body>` + article + `<p>本单位部署网站防火墙，接入创宇盾、云加速（yunjiasu）和安全狗 safedog.cn 服务。</p></body></html>`, "", ""},
}

func TestRefusal(t *testing.T) {
	for _, a := range answers {
		t.Run(a.about, func(t *testing.T) {
			p := page(t, "http://www.qinghe.example/zwgk/1.html", a.body)
			p.Capture.Status, p.Header = a.status, a.header
			if name, evidence := Refusal(p); name != a.refusal || (name != "") != (evidence != "") {
				t.Errorf("refusal %q (%s), want %q", name, evidence, a.refusal)
			}
			if name, evidence := Hollow(p); name != a.hollow || (name != "") != (evidence != "") {
				t.Errorf("hollow %q (%s), want %q", name, evidence, a.hollow)
			}
		})
	}
}
