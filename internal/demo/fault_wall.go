package demo

import "net/http"

// wallFaults are the walls in front of portals and the pages that stand for others.
var wallFaults = []fault{
	{"challenge", "pages answer 412 with a script challenge", challenge},
	{"cookie-challenge", "pages answer 521 with a script that sets a cookie", cookieChallenge},
	{"503-challenge", "pages answer 503 with a script challenge", busyChallenge},
	{"firewall", "pages answer 405 of a web application firewall", firewall},
	{"403", "pages answer 403", status(http.StatusForbidden)},
	{"captcha", "pages answer 200 with a question for people", captcha},
	{"upkeep", "pages answer 200 and say that the site is being maintained", upkeep},
	{"upkeep-pages", "report pages answer 200 with a picture and say that the site is being maintained", upkeepOfPages},
	{"counter-challenge", "the script's counter answers 412 with a script challenge", challengeAtCounter},
	{"empty-200", "pages answer 200 and have no body", emptyPage},
	{"json-error", "pages answer 200 with an error as JSON", jsonError},
	{"frames", "pages answer 200 with nothing but a frame", frames},
}

// wall answers pages with a status and a page in UTF-8.
func (x *exchange) wall(status int, contentType, text string) bool {
	if !x.isPage() {
		return false
	}
	h := x.w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Length", digits(len(text)))
	x.w.WriteHeader(status)
	_, _ = x.w.Write([]byte(text))
	return true
}

// challenge has the outward signs of the commonest script challenge: 412, a cookie
// whose name ends in S, a table of numbers in $_ts, a script marked r='m'.
func challenge(x *exchange) bool {
	if x.isPage() {
		x.w.Header().Set("Set-Cookie", "dEmo0aB1cD2eS=5x0000000000000000000000; path=/; HttpOnly")
	}
	return x.wall(http.StatusPreconditionFailed, "text/html; charset=utf-8", "<!DOCTYPE html><html><head><meta charset=\"UTF-8\"><meta id=\"9DhefwqGPrzGxEp9hPaoag\" content=\"demo\" r='m'><script type=\"text/javascript\" r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=10000;$_ts.cd=\"demo\";</script><script type=\"text/javascript\" charset=\"iso-8859-1\" src=\"/demo0000/demo.00000.js\" r='m'></script></head><body><script type=\"text/javascript\" r='m'>_$demo();</script></body></html>")
}

func cookieChallenge(x *exchange) bool {
	if x.isPage() {
		x.w.Header().Set("Set-Cookie", "__jsluid_h=00000000000000000000000000000000; max-age=31536000; path=/; HttpOnly")
	}
	return x.wall(521, "text/html", "<script>document.cookie='__jsl_clearance=1700000000.000|-1|demo;max-age=3600;path=/';location.href=location.pathname+location.search</script>")
}

func busyChallenge(x *exchange) bool {
	return x.wall(http.StatusServiceUnavailable, "text/html; charset=utf-8", "<html><head><title>安全检查</title><script>var arg1='00';function setCookie(){document.cookie='acw_sc__v2='+arg1}</script></head><body></body></html>")
}

func firewall(x *exchange) bool {
	return x.wall(http.StatusMethodNotAllowed, "text/html; charset=utf-8", "<html><head><title>405</title></head><body><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p><img src=\"https://errors.aliyun.com/images/demo.png\"></body></html>")
}

func captcha(x *exchange) bool {
	return x.wall(http.StatusOK, "text/html; charset=utf-8", "<html><head><title>访问验证</title></head><body><form><p>您的访问过于频繁，请输入验证码后继续访问</p><img src=\"/captcha.jpg\"><input name=\"code\"></form></body></html>")
}

func upkeep(x *exchange) bool {
	return x.wall(http.StatusOK, "text/html; charset=utf-8", "<html><head><title>提示</title></head><body><p>网站正在升级维护，请稍后访问。给您带来的不便敬请谅解！</p></body></html>")
}

func upkeepOfPages(x *exchange) bool {
	return x.kind == itemPage && x.say("<html><head><title>提示</title></head><body><div><img src=\"/images/upkeep.png\"></div><p>网站正在升级维护，请稍后访问。</p></body></html>")
}

func challengeAtCounter(x *exchange) bool {
	if x.kind != counterPage {
		return false
	}
	x.w.Header().Set("Set-Cookie", "__jsluid_h=00000000000000000000000000000000; max-age=31536000; path=/; HttpOnly")
	return x.refuse(http.StatusPreconditionFailed, "Precondition Failed")
}

func emptyPage(x *exchange) bool { return x.wall(http.StatusOK, "text/html; charset=utf-8", "") }

func jsonError(x *exchange) bool {
	return x.wall(http.StatusOK, "application/json", `{"code":500,"msg":"系统异常，请联系管理员","data":null}`)
}

func frames(x *exchange) bool {
	return x.wall(http.StatusOK, "text/html; charset=utf-8", "<html><head><title></title></head><body><iframe src=\"/app/index.html#/list\"></iframe></body></html>")
}
