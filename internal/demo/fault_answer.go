package demo

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// statusFaults are answers that say in their first line that something is wrong.
var statusFaults = []fault{
	{"500", "pages answer 500", internalError},
	{"503-retry-after", "pages answer 503 with Retry-After: 2", unavailable},
	{"429", "pages answer 429 without Retry-After", tooMany},
	{"429-date", "pages answer 429 and ask, as a date, to come back in three hours", tooManyUntil},
	{"retry-after-absurd", "pages answer 503 and ask to come back in thirty thousand years", unavailableForever},
	{"flaky", "each page answers 503 the first time, then as usual", flaky},
	{"204", "pages answer 204 and have no body", status(http.StatusNoContent)},
	{"206", "pages answer 206 with a part that nobody asked for", status(http.StatusPartialContent)},
	{"300", "pages answer 300 with a choice", status(http.StatusMultipleChoices)},
	{"304-always", "pages answer 304 to whoever has never seen them", status(http.StatusNotModified)},
	{"404-listing", "the listing's pages are gone", goneListing},
	{"418", "pages answer 418", status(http.StatusTeapot)},
	{"451", "pages answer 451", status(http.StatusUnavailableForLegalReasons)},
	{"999", "pages answer 999, a status there is not", status(999)},

	{"redirect-loop", "pages redirect to themselves", redirectLoop},
	{"redirect-cookie", "pages redirect to themselves until a cookie comes back", redirectCookie},
	{"redirect-endless", "pages redirect to an ever new address", redirectEndless},
	{"redirect-nowhere", "pages answer 302 without a Location", status(http.StatusFound)},
	{"redirect-login", "pages redirect to a login page", redirectLogin},
	{"redirect-off-host", "pages redirect to a host outside the province", redirectTo("http://login.elsewhere.example/sso")},
	{"redirect-private", "pages redirect to an address of an inner network", redirectTo("http://10.0.0.8/admin/")},
	{"redirect-mapped", "pages redirect to the loopback interface, written as IPv6", redirectTo("http://[::ffff:127.0.0.1]/")},
	{"redirect-file", "pages redirect to a file", redirectTo("file:///etc/passwd")},
	{"redirect-long", "pages redirect to an address of 8 KB", redirectTo("/" + strings.Repeat("a", 8<<10))},

	{"soft-404", "report pages answer 200 with a page that says there is none", softMissing},
	{"soft-404-listing", "the listing's pages answer 200 with a page that says there is none, above the latest news", softMissingListing},
	{"counter-500", "the script's counter answers 500", counterError},
	{"counter-html", "the script's counter answers with a page", counterPageOfHTML},
}

func internalError(x *exchange) bool {
	return x.isPage() && x.refuse(http.StatusInternalServerError, "Internal Server Error")
}

func unavailable(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Retry-After", "2")
	return x.refuse(http.StatusServiceUnavailable, "Service Unavailable")
}

func tooMany(x *exchange) bool {
	return x.isPage() && x.refuse(http.StatusTooManyRequests, "Too Many Requests")
}

func flaky(x *exchange) bool {
	return x.isPage() && x.times == 1 && x.refuse(http.StatusServiceUnavailable, "Service Unavailable")
}

func redirectLoop(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	http.Redirect(x.w, x.r, x.r.URL.RequestURI(), http.StatusFound)
	return true
}

// redirectTo redirects pages to one address.
func redirectTo(address string) func(*exchange) bool {
	return func(x *exchange) bool {
		if !x.isPage() {
			return false
		}
		x.w.Header().Set("Location", address)
		return x.refuse(http.StatusFound, "Found")
	}
}

func redirectCookie(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	if _, err := x.r.Cookie("demo_seen"); err == nil {
		return false
	}
	x.w.Header().Set("Set-Cookie", "demo_seen=1; path=/")
	http.Redirect(x.w, x.r, x.r.URL.RequestURI(), http.StatusFound)
	return true
}

func redirectEndless(x *exchange) bool {
	if !x.below() {
		return false
	}
	n, _ := strconv.Atoi(x.r.URL.Query().Get("again"))
	http.Redirect(x.w, x.r, x.r.URL.Path+"?again="+strconv.Itoa(n+1), http.StatusFound)
	return true
}

func redirectLogin(x *exchange) bool {
	if x.r.URL.Path == "/login" {
		return x.say("<html><head><title>统一身份认证</title></head><body><form action=\"/login\"><p>请先登录</p><input name=\"user\"><input name=\"password\" type=\"password\"></form></body></html>")
	}
	return redirectTo("/login?to=" + url.QueryEscape(x.r.URL.RequestURI()))(x)
}

// status answers pages with a status and whatever body it may have.
func status(code int) func(*exchange) bool {
	return func(x *exchange) bool {
		return x.isPage() && x.refuse(code, http.StatusText(code))
	}
}

func tooManyUntil(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Retry-After", time.Now().Add(3*time.Hour).UTC().Format(http.TimeFormat))
	return x.refuse(http.StatusTooManyRequests, "Too Many Requests")
}

func unavailableForever(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Retry-After", "999999999999")
	return x.refuse(http.StatusServiceUnavailable, "Service Unavailable")
}

func goneListing(x *exchange) bool {
	return x.kind == listPage && x.refuse(http.StatusNotFound, "Not Found")
}

func counterPageOfHTML(x *exchange) bool {
	return x.kind == counterPage && x.say("<html><head><title>系统提示</title></head><body>系统繁忙，请于2024年再试</body></html>")
}

// say answers 200 with a page of the portal's charset.
func (x *exchange) say(text string) bool {
	x.status, x.etag, x.modified = http.StatusOK, "", time.Time{}
	x.contentType, x.body = x.view.skin.contentType, x.encode(text)
	x.send()
	return true
}

// below tells whether the address is that of a page, whatever its query.
func (x *exchange) below() bool {
	if x.isPage() {
		return true
	}
	kind := x.view.find(x.r.URL.Path).kind
	return kind == listPage || kind == itemPage
}

func softMissing(x *exchange) bool {
	if x.kind != itemPage {
		return false
	}
	x.missing()
	x.status = http.StatusOK
	x.send()
	return true
}

func softMissingListing(x *exchange) bool {
	return x.kind == listPage && x.say("<html><head><title>404错误页面</title></head><body><p>很抱歉，您访问的页面不存在</p><ul>"+
		"<li><a href=\"/xw/202403/t20240301_1.html\">市政府召开全市养老服务工作推进会</a><span>2024-03-01</span></li>"+
		"<li><a href=\"/xw/202402/t20240220_2.html\">市领导走访慰问困难群众和基层干部</a><span>2024-02-20</span></li></ul></body></html>")
}

func counterError(x *exchange) bool {
	return x.kind == counterPage && x.refuse(http.StatusInternalServerError, "Internal Server Error")
}

// refuse answers with an error status and a short page.
func (x *exchange) refuse(status int, text string) bool {
	x.w.Header().Set("Content-Type", "text/html")
	x.w.WriteHeader(status)
	if status == http.StatusNoContent || status == http.StatusNotModified {
		return true
	}
	fmt.Fprintf(x.w, "<html><head><title>%d %s</title></head><body><center><h1>%[1]d %[2]s</h1></center><hr><center>nginx</center></body></html>%s", status, text, strings.Repeat("\n", 3))
	return true
}
