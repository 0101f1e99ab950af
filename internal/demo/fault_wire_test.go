package demo_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// onTheWire says, for faults whose mark is in the bytes, what the answer to a page (or
// to the listing, or robots.txt) holds.
var onTheWire = map[string]struct{ of, bytes string }{
	"charset-lie":        {"page", "charset=gb2312"},
	"changing":           {"page", `name="token"`},
	"control-characters": {"page", "\x01\x7f</p>"},
	"utf-16":             {"page", "\xff\xfe<\x00"},
	"octet-stream":       {"page", "Content-Type: application/octet-stream"},
	"deep-markup":        {"page", strings.Repeat("><div", 600)},

	"tls-handshake":   {"page", "Location: https://www.linjiang.example/"},
	"reset-in-header": {"page", "Content-Type: te"},
	"no-http":         {"page", "220 ftp"},
	"header-endless":  {"page", "X-Filler"},
	"header-split":    {"page", "this is no header"},
	"interim-endless": {"page", "103 Early Hints"},
	"switching":       {"page", "101 Switching"},
	"length-twice":    {"page", "Content-Length: 10\r\nContent-Length: 12"},
	"chunks-broken":   {"page", "\r\nzz\r\n"},
	"chunks-cut":      {"page", "chunked"},
	"length-short":    {"page", "</html>"},
	"drip":            {"page", "Content-Length: 1048576"},

	"429-date":           {"page", "GMT"},
	"retry-after-absurd": {"page", "Retry-After: 999999999999"},
	"204":                {"page", "HTTP/1.1 204"},
	"206":                {"page", "HTTP/1.1 206"},
	"300":                {"page", "HTTP/1.1 300"},
	"304-always":         {"page", "HTTP/1.1 304"},
	"404-listing":        {"listing", "HTTP/1.1 404"},
	"418":                {"page", "HTTP/1.1 418"},
	"451":                {"page", "HTTP/1.1 451"},
	"999":                {"page", "HTTP/1.1 999"},
	"redirect-cookie":    {"page", "Set-Cookie: demo_seen=1"},
	"redirect-endless":   {"page", "?again=1"},
	"redirect-nowhere":   {"page", "HTTP/1.1 302"},
	"redirect-login":     {"page", "Location: /login?to="},
	"redirect-private":   {"page", "Location: http://10.0.0.8/"},
	"redirect-mapped":    {"page", "Location: http://[::ffff:127.0.0.1]/"},
	"redirect-file":      {"page", "Location: file:///etc/passwd"},
	"redirect-long":      {"page", strings.Repeat("a", 8<<10)},
	"counter-html":       {"counter", "系统繁忙"},

	"robots-429":         {"robots", "HTTP/1.1 429"},
	"robots-401":         {"robots", "HTTP/1.1 401"},
	"robots-html":        {"robots", "<!DOCTYPE html>"},
	"robots-huge":        {"robots", "Disallow: /manage/"},
	"robots-loop":        {"robots", "Location: /robots.txt"},
	"robots-elsewhere":   {"robots", "Location: http://www.elsewhere.example/"},
	"robots-crawl-delay": {"robots", "Crawl-delay: 86400"},

	"cookie-challenge":  {"page", "HTTP/1.1 521"},
	"503-challenge":     {"page", "acw_sc__v2"},
	"firewall":          {"page", "HTTP/1.1 405"},
	"403":               {"page", "HTTP/1.1 403"},
	"captcha":           {"page", "验证码"},
	"upkeep":            {"page", "升级维护"},
	"upkeep-pages":      {"page", "升级维护"},
	"soft-404-listing":  {"listing", "404错误页面"},
	"counter-challenge": {"counter", "HTTP/1.1 412"},
	"empty-200":         {"page", "Content-Length: 0"},
	"json-error":        {"page", `{"code":500`},
	"frames":            {"page", "<iframe"},

	"brotli-bomb":    {"page", "Content-Encoding: br"},
	"length-absurd":  {"page", "Content-Length: 1099511627776"},
	"gzip-unasked":   {"page", "\r\n\r\n\x1f\x8b"},
	"gzip-feigned":   {"page", "Content-Encoding: gzip"},
	"gzip-twice":     {"page", "Content-Encoding: gzip"},
	"gzip-broken":    {"page", "Content-Encoding: gzip"},
	"gzip-cut":       {"page", "Content-Encoding: gzip"},
	"coding-unknown": {"page", "Content-Encoding: demo"},
	"codings-many":   {"page", "gzip, gzip, gzip, gzip"},

	"paging-same":  {"listing", "index.html?p=1"},
	"paging-first": {"listing", "createPageHTML(3, 0"},
	"paging-gone":  {"page two", "HTTP/1.1 404"},
	"paging-away":  {"listing", "http://www.elsewhere.example/list/2.html"},
	"calendar":     {"listing", "?day=1"},
	"session-trap": {"listing", "&amp;sid=000"},
	"odd-links":    {"listing", "javascript:void(0)"},
	"path-tricks":  {"listing", "/../../../../etc/passwd"},
	"long-links":   {"listing", strings.Repeat("b", 64<<10)},
	"wild-titles":  {"listing", strings.Repeat("长", 1000)},
}

// checkWire looks for the mark of a fault in the bytes of an answer.
func checkWire(t *testing.T, f faulty, of, want string) {
	t.Helper()
	address := map[string]string{
		"page": f.page, "listing": f.listing, "robots": f.robots, "counter": f.counter,
		"page two": strings.Replace(f.listing, "index.html", "index_1.html", 1),
	}[of]
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	dial, stop := f.p.Pipe()
	defer stop()
	conn, err := dial(t.Context(), "tcp", u.Host+":80")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", u.RequestURI(), u.Host); err != nil {
		t.Fatal(err)
	}
	var got []byte
	chunk := make([]byte, 64<<10)
	for !bytes.Contains(got, []byte(want)) {
		n, err := conn.Read(chunk)
		if got = append(got, chunk[:n]...); err != nil && !bytes.Contains(got, []byte(want)) {
			t.Fatalf("the answer to %s (%v) has no %.80q:\n%.2000q", address, err, want, got)
		}
	}
}

// noAnswer wants an address to stay silent until we give up.
func (f faulty) noAnswer(t *testing.T, address string) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	req, _ := http.NewRequestWithContext(ctx, "GET", address, nil)
	sent := f.p.Requests()[faultyHost]
	go func() {
		for f.p.Requests()[faultyHost] == sent {
		}
		cancel()
	}()
	if _, err := f.c.Do(req); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want none but our own cancellation", err)
	}
}

// unreached are the faults of connections, which have no bytes.
var unreached = map[string]func(t *testing.T, f faulty){
	"dns": func(t *testing.T, f faulty) {
		f.c.CloseIdleConnections()
		var dns *net.DNSError
		if _, err := f.c.Get(f.page); !errors.As(err, &dns) || !dns.IsNotFound {
			t.Errorf("error %v, want a name that does not resolve", err)
		}
	},
	"connect-timeout": func(t *testing.T, f faulty) {
		dial, stop := f.p.Pipe()
		defer stop()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := dial(ctx, "tcp", faultyHost+":80"); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v, want a wait until the end", err)
		}
	},
	"wrong-certificate": func(t *testing.T, f faulty) {
		dial, stop := f.p.Pipe()
		defer stop()
		conn, err := dial(t.Context(), "tcp", faultyHost+":443")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		var hostname x509.HostnameError
		if err := tls.Client(conn, &tls.Config{ServerName: faultyHost}).HandshakeContext(t.Context()); !errors.As(err, &hostname) {
			t.Errorf("handshake: %v, want a certificate of another name", err)
		}
	},
	"half-open":   func(t *testing.T, f faulty) { f.noAnswer(t, f.robots) },
	"robots-hang": func(t *testing.T, f faulty) { f.noAnswer(t, f.robots); f.status(t, f.page, 200) },
	"reset": func(t *testing.T, f faulty) {
		if _, err := f.c.Get(f.page); !errors.Is(err, io.EOF) {
			t.Errorf("error %v, want a connection that is cut", err)
		}
	},
}
