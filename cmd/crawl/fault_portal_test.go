package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"crawl/internal/archive"
	"crawl/internal/demo"
	"crawl/internal/report"
)

// faultCase is what must stand in source_runs after a pass over a portal with a fault.
type faultCase struct {
	fault   string
	outcome report.Outcome
	detail  string // words of it; "" for none at all
	whole   bool   // every report is there, and says what was printed
}

// faultCases has a case for every fault of the demo province.
var faultCases = []faultCase{
	{"new-report", "ok", "", true},
	{"edited", "ok", "", true},
	{"removed", "ok", "", true},
	{"empty-listing", "empty", "no items", false},
	{"counter-grow", "ok", "", false},
	{"wrong-charset", "ok", "", true},
	{"charset-lie", "ok", "", true},
	{"changing", "ok", "", true},
	{"control-characters", "ok", "", true},
	{"utf-16", "ok", "", true},
	{"octet-stream", "ok", "", true},
	{"deep-markup", "http", "exceeds 512 nodes", false},

	{"dns", "unreachable", "no such host", false},
	{"down", "unreachable", "connection refused", false},
	{"connect-timeout", "unreachable", "deadline exceeded", false},
	{"tls-handshake", "unreachable", "HTTP response to HTTPS client", false},
	{"wrong-certificate", "unreachable", "certificate is valid for www.elsewhere.example", false},
	{"half-open", "robots", "robots.txt could not be had: context deadline exceeded", false},
	{"timeout", "unreachable", "deadline exceeded", false},
	{"reset", "unreachable", "EOF", false},
	{"reset-in-header", "unreachable", "unexpected EOF", false},
	{"no-http", "unreachable", "malformed HTTP", false},
	{"header-endless", "unreachable", "headers exceeded 262144 bytes", false},
	{"header-split", "unreachable", "malformed MIME header", false},
	{"interim-endless", "unreachable", "headers exceeded 262144 bytes", false},
	{"switching", "http", "status 101", false},
	{"length-twice", "unreachable", "multiple Content-Length", false},
	{"chunks-broken", "unreachable", "invalid byte in chunk length", false},
	{"chunks-cut", "unreachable", "unexpected EOF", false},
	{"truncated", "unreachable", "unexpected EOF", false},
	{"length-short", "paging", "is cut off", false},
	{"slow", "ok", "", true},
	{"drip", "unreachable", "bytes of the body: context deadline exceeded", false},

	{"500", "http", "status 500", false},
	{"503-retry-after", "http", "status 503", false},
	{"429", "blocked", "answered 429", false},
	{"429-date", "blocked", "asked to come back at 2026-03-06T07:", false},
	{"retry-after-absurd", "blocked", "asked to come back at 2026-03-13T04:", false},
	{"flaky", "ok", "", true},
	{"204", "http", "status 204", false},
	{"206", "http", "status 206", false},
	{"300", "http", "status 300", false},
	{"304-always", "http", "status 304", false},
	{"404-listing", "http", "status 404", false},
	{"418", "http", "status 418", false},
	{"451", "http", "status 451", false},
	{"999", "http", "status 999", false},
	{"redirect-loop", "http", "more than 10 redirects", false},
	{"redirect-cookie", "ok", "", true},
	{"redirect-endless", "http", "more than 10 redirects", false},
	{"redirect-nowhere", "http", "status 302", false},
	{"redirect-login", "blocked", "login (统一身份认证", false},
	{"redirect-off-host", "http", "redirected off host to login.elsewhere.example", false},
	{"redirect-private", "http", "redirected off host to 10.0.0.8", false},
	{"redirect-mapped", "http", "redirected off host to [::ffff:7f00:1]", false},
	{"redirect-file", "http", "scheme file", false},
	{"redirect-long", "http", "more than 4096", false},
	{"soft-404", "ok", "soft_404 (404 Not Found", false},
	{"soft-404-listing", "http", "soft_404 (404错误页面", false},
	{"counter-500", "ok", "", false},
	{"counter-html", "ok", "", false},

	{"robots-deny", "robots", "robots.txt forbids", false},
	{"robots-500", "robots", "robots.txt could not be had: status 500", false},
	{"robots-429", "robots", "robots.txt could not be had: status 429", false},
	{"robots-401", "ok", "", true},
	{"robots-html", "ok", "", true},
	{"robots-huge", "ok", "", true},
	{"robots-loop", "ok", "", true},
	{"robots-elsewhere", "ok", "", true},
	{"robots-hang", "robots", "robots.txt could not be had: context deadline exceeded", false},
	{"robots-crawl-delay", "ok", "", true},

	{"challenge", "blocked", "refused: ruishu", false},
	{"cookie-challenge", "blocked", "refused: jsl", false},
	{"503-challenge", "blocked", "refused: aliyun", false},
	{"firewall", "blocked", "refused: aliyun", false},
	{"403", "blocked", "refused: forbidden", false},
	{"captcha", "blocked", "refused: captcha", false},
	{"upkeep", "http", "maintenance (正在升级维护", false},
	{"upkeep-pages", "partial", "maintenance (正在升级维护", false},
	{"counter-challenge", "blocked", "refused: jsl", false},
	{"empty-200", "empty", "empty body", false},
	{"json-error", "empty", `the answer is no HTML (application/json): "{\"code\":500`, false},
	{"frames", "empty", "empty_shell (<iframe", false},

	{"gzip-bomb", "http", "over 67108864 bytes when decompressed from 270336", false},
	{"brotli-bomb", "http", "over 67108864 bytes when decompressed from", false},
	{"huge", "http", "body too large: over 67108864 bytes", false},
	{"length-absurd", "http", "body too large: 1099511627776 bytes announced", false},
	{"gzip-unasked", "ok", "", true},
	{"gzip-feigned", "ok", "", true},
	{"gzip-twice", "empty", "the answer is no HTML", false},
	{"gzip-broken", "http", "content coding gzip", false},
	{"gzip-cut", "http", "content coding gzip: unexpected EOF", false},
	{"coding-unknown", "http", "content coding demo: unknown", false},
	{"codings-many", "http", "20 of them nested", false},

	{"paging-same", "ok", "", false},
	{"paging-first", "paging", "index_2.html: status 404", false},
	{"paging-gone", "paging", "status 404", false},
	{"paging-away", "paging", "lies outside the listing's folder", false},
	{"calendar", "paging", "more than 2000 list pages", false},
	{"session-trap", "paging", "more than 4096", false},
	{"odd-links", "ok", "port is outside the range", false},
	{"path-tricks", "ok", "/etc/passwd: status 404", false},
	{"long-links", "ok", "bytes, more than 4096", false},
	{"wild-titles", "ok", "", false},
}

// TestFaultPortal crawls a province in which every portal has another fault, and one
// none, in one pass, and looks at what the published file says of each.
func TestFaultPortal(t *testing.T) {
	known := map[string]bool{}
	for _, c := range faultCases {
		known[c.fault] = true
	}
	for _, name := range demo.Faults() {
		if !known[name] {
			t.Errorf("fault %s has no case", name)
		}
	}
	cases := append(faultCases, faultCase{"", "ok", "", true})
	data := filepath.Join(t.TempDir(), "data")
	var sources []report.Source
	var truths []demo.Truth
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, time.March, 6, 4, 0, 0, 0, time.UTC)))
		province := demo.NewSized(5*len(cases), 3, 2021, 2024)
		var faults []string
		for i, c := range cases {
			at := 5 * i // the families take turns; this one pages
			if strings.HasPrefix(c.fault, "counter-") {
				at += 4 // and this one has a counter
			}
			sources = append(sources, province.Sources()[at])
			if c.fault != "" {
				faults = append(faults, c.fault+"@"+province.Hosts()[at])
			}
		}
		if err := province.Set(faults...); err != nil {
			t.Fatal(err)
		}
		truths = province.Truth()
		dial, stop := province.Pipe()
		defer stop()
		settings := defaults()
		settings.UserAgent = "crawl/1.0 (test)"
		p := pass{data: data, sources: sources, crawl: settings.crawlOptions("run")}
		p.crawl.Dial = dial
		done, err := p.run(&session{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.NewNop()})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range done.ingested.Broken {
			if b.fault.stack != nil || !strings.Contains(b.fault.Error(), "512 nodes") {
				t.Errorf("%s: %v\n%s", b.capture.URL, b.fault, b.fault.stack)
			}
		}
		if done.published.Held != "" {
			t.Errorf("held back: %s", done.published.Held)
		}
	})

	_, rows, err := query(t.Context(), reportsPath(data), "SELECT source, outcome, coalesce(detail, ''), requests FROM source_runs")
	if err != nil {
		t.Fatal(err)
	}
	ran := map[string][]string{}
	for _, row := range rows {
		ran[row[0]] = row[1:]
	}
	for i, c := range cases {
		t.Run("fault="+c.fault, func(t *testing.T) { c.check(t, data, sources[i].ID, ran[sources[i].ID], truths) })
	}
	checkArchive(t, data)
}

func (c faultCase) check(t *testing.T, data, source string, row []string, truths []demo.Truth) {
	if row == nil {
		t.Fatal("no row in source_runs")
	}
	outcome, detail := row[0], row[1]
	if outcome != string(c.outcome) || !strings.Contains(detail, c.detail) || c.detail == "" && detail != "" {
		t.Errorf("%s %q, want %s %q", outcome, detail, c.outcome, c.detail)
	}
	if len(detail) > 2000 || strings.ContainsAny(detail, "\x00\n\r\x07") {
		t.Errorf("detail of %d bytes: %.200q", len(detail), detail)
	}
	// Decency: a fault costs a handful of requests, a trap no more than its limit.
	most, ok := map[string]int{"calendar": 4100, "session-trap": 120}[c.fault]
	if !ok {
		most = 40
	}
	if n, err := strconv.Atoi(row[2]); err != nil || n > most {
		t.Errorf("%s requests, want at most %d", row[2], most)
	}
	if !c.whole {
		return
	}
	n := 0
	for _, truth := range truths {
		if truth.Source == source {
			n++
			compareReport(t, data, truth)
		}
	}
	if n == 0 {
		t.Error("the portal has no report")
	}
	_, rows, err := query(t.Context(), reportsPath(data), "SELECT count(*) FROM reports WHERE source = "+quoted(source))
	if err != nil {
		t.Fatal(err)
	}
	if got := rows[0][0]; got != fmt.Sprint(n) {
		t.Errorf("%s reports, the portal has %d", got, n)
	}
}

// checkArchive wants every record of an archive to agree with its digests.
func checkArchive(t *testing.T, data string) {
	t.Helper()
	a, err := archive.Open(archivePath(data))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := a.Verify(t.Context(), "", func(f archive.Fault) { t.Errorf("archive: %+v", f) })
	if err != nil {
		t.Fatal(err)
	}
	if sum.Records == 0 {
		t.Error("the archive holds nothing")
	}
}
