package crawler

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"crawl/internal/archive"
	"crawl/internal/report"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// site is a small portal with a plain listing, served for any host name. It keeps what
// was asked of it.
type site struct {
	mu    sync.Mutex
	pages map[string]http.HandlerFunc // by host+path+?query, or path+?query for any host
	hits  []hit
	conns map[string]map[string]bool // host -> remote addresses
}

type hit struct {
	host, path string
	at         time.Time
}

func newSite() *site {
	return &site{pages: make(map[string]http.HandlerFunc), conns: make(map[string]map[string]bool)}
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.hits = append(s.hits, hit{r.Host, r.URL.RequestURI(), time.Now()})
	if s.conns[r.Host] == nil {
		s.conns[r.Host] = make(map[string]bool)
	}
	s.conns[r.Host][r.RemoteAddr] = true
	page := s.pages[r.Host+r.URL.RequestURI()]
	if page == nil {
		page = s.pages[r.URL.RequestURI()]
	}
	s.mu.Unlock()
	if page == nil {
		http.NotFound(w, r)
		return
	}
	page(w, r)
}

func (s *site) set(path string, h http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = h
}

// paths returns what was asked since the last call, and forgets it.
func (s *site) paths() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, h := range s.hits {
		out = append(out, h.path)
	}
	s.hits = nil
	return out
}

func (s *site) times(host string) []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []time.Time
	for _, h := range s.hits {
		if h.host == host {
			out = append(out, h.at)
		}
	}
	return out
}

func html(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	}
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// row is one item of a test listing.
type row struct{ href, title, date string }

func reportRow(year int) row {
	return row{
		href:  fmt.Sprintf("./%d/t%d0115_%d.html", year+1, year+1, 1000+year),
		title: fmt.Sprintf("临江市民政局%d年政府信息公开工作年度报告", year),
		date:  fmt.Sprintf("%d-01-15", year+1),
	}
}

// listPage is a listing as plain portals print it. next "" is the last page.
func listPage(next string, rows ...row) http.HandlerFunc {
	if next != "" {
		next = fmt.Sprintf(`<div class="page"><a href="%s">下一页</a></div>`, next)
	}
	return listPageWith(next, rows...)
}

// listPageWith is a listing with a pager of its own.
func listPageWith(pager string, rows ...row) http.HandlerFunc {
	var b strings.Builder
	b.WriteString(`<html><head><title>政府信息公开年报</title></head><body>
<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>
<div class="pos">当前位置：<a href="/">首页</a> &gt; <a href="./">通知公告</a></div>
<ul class="list">`)
	for _, r := range rows {
		fmt.Fprintf(&b, `<li><a href="%s" title="%s">%s</a><span>%s</span></li>`, r.href, r.title, r.title, r.date)
	}
	b.WriteString("</ul>" + pager + "</body></html>")
	return html(b.String())
}

// reportPage is a page with enough text that no one takes it for a wall.
func reportPage(title string) http.HandlerFunc {
	return html("<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1><p>" +
		strings.Repeat("本年度报告根据《中华人民共和国政府信息公开条例》编制，统计期限为一月一日至十二月三十一日。", 20) +
		"</p></body></html>")
}

// fill puts a listing of one report a year into folder, newest first, per to a page,
// and the reports' pages.
func (s *site) fill(folder string, newest, oldest, per int) {
	var pages [][]row
	for year := newest; year >= oldest; year-- {
		r := reportRow(year)
		s.set(folder+strings.TrimPrefix(r.href, "./"), reportPage(r.title))
		if len(pages) == 0 || len(pages[len(pages)-1]) == per {
			pages = append(pages, nil)
		}
		pages[len(pages)-1] = append(pages[len(pages)-1], r)
	}
	name := func(i int) string {
		if i == 0 {
			return "index.html"
		}
		return fmt.Sprintf("index_%d.html", i)
	}
	for i, rows := range pages {
		next := ""
		if i+1 < len(pages) {
			next = name(i + 1)
		}
		s.set(folder+name(i), listPage(next, rows...))
	}
}

// network serves a site over in-memory connections, for bubbles with a fake clock.
type network struct {
	server *http.Server
	conns  chan net.Conn
	dials  int
	mu     sync.Mutex
}

func serve(t *testing.T, s *site) *network {
	n := &network{server: &http.Server{Handler: s}, conns: make(chan net.Conn)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = n.server.Serve(pipeListener{n.conns, make(chan struct{})})
	}()
	t.Cleanup(func() {
		_ = n.server.Close()
		<-done
	})
	return n
}

func (n *network) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	n.mu.Lock()
	n.dials++
	id := n.dials
	n.mu.Unlock()
	client, server := net.Pipe()
	select {
	case n.conns <- numbered{server, id}:
		return client, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// numbered tells the server one connection from another.
type numbered struct {
	net.Conn
	id int
}

func (c numbered) RemoteAddr() net.Addr { return pipeAddr(fmt.Sprintf("pipe:%d", c.id)) }

type pipeAddr string

func (pipeAddr) Network() string  { return "pipe" }
func (a pipeAddr) String() string { return string(a) }

type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l pipeListener) Close() error {
	close(l.closed)
	return nil
}

func (l pipeListener) Addr() net.Addr { return pipeAddr("pipe") }

func openArchive(t *testing.T) *archive.Archive {
	t.Helper()
	a, err := archive.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func options(dial dialFunc) Options {
	return Options{Run: "run-1", Command: "run", UserAgent: "crawl/1.0 (+mailto:test@example.org)", Dial: dial, Timeout: 30 * time.Second}
}

func mustCrawl(t *testing.T, a *archive.Archive, opt Options, sources ...report.Source) []Result {
	t.Helper()
	results, err := Crawl(t.Context(), a, sources, opt)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func captures(t *testing.T, a *archive.Archive, source string) []archive.Capture {
	t.Helper()
	s, err := a.Source(source)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out []archive.Capture
	for c, err := range s.Captures() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func events(t *testing.T, a *archive.Archive, source string) []archive.Event {
	t.Helper()
	s, err := a.Source(source)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var out []archive.Event
	for e, err := range s.Events() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}
