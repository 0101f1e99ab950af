package demo

import (
	"net/http"
	"strings"
)

// robotsFaults are about robots.txt; all other pages are in order.
var robotsFaults = []fault{
	{"robots-deny", "robots.txt forbids everything", robots("User-agent: *\nDisallow: /\n")},
	{"robots-500", "robots.txt answers 500", robotsStatus(http.StatusInternalServerError)},
	{"robots-429", "robots.txt answers 429", robotsStatus(http.StatusTooManyRequests)},
	{"robots-401", "robots.txt answers 401", robotsStatus(http.StatusUnauthorized)},
	{"robots-html", "robots.txt answers 200 with a page", robots("<!DOCTYPE html>\n<html><head><title>首页</title></head><body><a href=\"/\">Disallow: /</a></body></html>\n")},
	{"robots-huge", "robots.txt has 10 MB of rules about other pages", robots("User-agent: *\n" + strings.Repeat("Disallow: /manage/0123456789/\n", 10*mib/30))},
	{"robots-loop", "robots.txt redirects to itself", robotsRedirect("/robots.txt")},
	{"robots-elsewhere", "robots.txt redirects to a host outside the province", robotsRedirect("http://www.elsewhere.example/robots.txt")},
	{"robots-hang", "robots.txt never answers, until the client goes", robotsHang},
	{"robots-crawl-delay", "robots.txt asks for a day between two requests", robots("User-agent: *\nCrawl-delay: 86400\n")},
}

func robots(text string) func(*exchange) bool {
	return func(x *exchange) bool {
		if x.kind != robotsPage {
			return false
		}
		x.status, x.contentType, x.body = http.StatusOK, "text/plain", []byte(text)
		x.send()
		return true
	}
}

func robotsStatus(code int) func(*exchange) bool {
	return func(x *exchange) bool { return x.kind == robotsPage && x.refuse(code, http.StatusText(code)) }
}

func robotsRedirect(to string) func(*exchange) bool {
	return func(x *exchange) bool {
		if x.kind != robotsPage {
			return false
		}
		x.w.Header().Set("Location", to)
		return x.refuse(http.StatusFound, "Found")
	}
}

func robotsHang(x *exchange) bool { return x.kind == robotsPage && silent(x) }
