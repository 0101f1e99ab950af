package demo

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// The answers of faultTable, in its order.

func wrongCharset(x *exchange) bool {
	if x.isPage() {
		x.contentType = "text/html; charset=iso-8859-1"
	}
	return false
}

// drop closes a connection that was open before the host went down; new ones are
// refused by the dialler.
func drop(*exchange) bool { panic(http.ErrAbortHandler) }

func hang(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	<-x.r.Context().Done()
	panic(http.ErrAbortHandler)
}

func robotsError(x *exchange) bool {
	return x.kind == robotsPage && x.refuse(http.StatusInternalServerError, "Internal Server Error")
}

func robotsDeny(x *exchange) bool {
	if x.kind != robotsPage {
		return false
	}
	x.status, x.contentType, x.body = http.StatusOK, "text/plain", []byte("User-agent: *\nDisallow: /\n")
	x.send()
	return true
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

func redirectAway(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	http.Redirect(x.w, x.r, "http://login.elsewhere.example/sso?from="+x.view.host, http.StatusFound)
	return true
}

// challenge has the outward signs of the commonest script challenge: 412, a cookie
// whose name ends in S, a table of numbers in $_ts, a script marked r='m'.
func challenge(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Set-Cookie", "dEmo0aB1cD2eS=5x0000000000000000000000; path=/; HttpOnly")
	x.status, x.contentType = http.StatusPreconditionFailed, "text/html; charset=utf-8"
	x.etag = ""
	x.body = []byte("<!DOCTYPE html><html><head><meta charset=\"UTF-8\"><meta id=\"9DhefwqGPrzGxEp9hPaoag\" content=\"demo\" r='m'><script type=\"text/javascript\" r='m'>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=10000;$_ts.cd=\"demo\";</script><script type=\"text/javascript\" charset=\"iso-8859-1\" src=\"/demo0000/demo.00000.js\" r='m'></script></head><body><script type=\"text/javascript\" r='m'>_$demo();</script></body></html>")
	x.send()
	return true
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

func counterError(x *exchange) bool {
	return x.kind == counterPage && x.refuse(http.StatusInternalServerError, "Internal Server Error")
}

const mib = 1 << 20

// gzipBomb sends the same small gzip member again and again: 1 MiB of blanks each.
func gzipBomb(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	member := squeeze(bytes.Repeat([]byte(" "), mib))
	x.w.Header().Set("Content-Type", x.contentType)
	x.w.Header().Set("Content-Encoding", "gzip")
	for range 256 {
		if _, err := x.w.Write(member); err != nil {
			return true
		}
	}
	return true
}

func huge(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Content-Type", x.contentType)
	chunk := bytes.Repeat([]byte("<p>0123456789</p>\n"), mib/18)
	for sent := 0; sent < 64*mib; sent += len(chunk) {
		if _, err := x.w.Write(chunk); err != nil {
			return true // the client has had enough
		}
	}
	return true
}

func truncated(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Content-Type", x.contentType)
	x.w.Header().Set("Content-Length", digits(len(x.body)))
	x.w.Write(x.body[:len(x.body)/2])
	return true // the server closes a connection that owes bytes
}

func slow(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Content-Type", x.contentType)
	x.w.Header().Set("Content-Length", digits(len(x.body)))
	for rest := x.body; len(rest) > 0; {
		n := min(1024, len(rest))
		if _, err := x.w.Write(rest[:n]); err != nil {
			return true
		}
		x.w.(http.Flusher).Flush()
		rest = rest[n:]
		select {
		case <-x.r.Context().Done():
			return true
		case <-time.After(250 * time.Millisecond):
		}
	}
	return true
}

// refuse answers with an error status and a short page.
func (x *exchange) refuse(status int, text string) bool {
	x.w.Header().Set("Content-Type", "text/html")
	x.w.WriteHeader(status)
	fmt.Fprintf(x.w, "<html><head><title>%d %s</title></head><body><center><h1>%[1]d %[2]s</h1></center><hr><center>nginx</center></body></html>%s", status, text, strings.Repeat("\n", 3))
	return true
}
