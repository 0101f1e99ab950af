package demo_test

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"crawl/internal/demo"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func first(p *demo.Province, source string) demo.Truth {
	all := p.Truth()
	return all[slices.IndexFunc(all, func(r demo.Truth) bool { return r.Source == source && r.Odd == "" })]
}

func TestRobots(t *testing.T) {
	p, c := province(t)
	codes := map[int]int{}
	for _, host := range p.Hosts() {
		resp, body := get(t, c, "http://"+host+"/robots.txt")
		codes[resp.StatusCode]++
		if resp.StatusCode == 200 && !strings.HasPrefix(string(body), "User-agent: *") {
			t.Errorf("%s: robots.txt is %q", host, body)
		}
	}
	if codes[200] != 4 || codes[404] != 1 {
		t.Errorf("robots.txt answers %v, want four 200 and one 404", codes)
	}
}

func TestNotModified(t *testing.T) {
	p, c := province(t)
	for _, address := range []string{first(p, "linjiang").URL, p.Sources()[0].URL} {
		resp, _ := get(t, c, address)
		etag, modified := resp.Header.Get("ETag"), resp.Header.Get("Last-Modified")
		if etag == "" || modified == "" {
			t.Fatalf("%s: ETag %q, Last-Modified %q", address, etag, modified)
		}
		for _, h := range [][]string{{"If-None-Match", etag}, {"If-Modified-Since", modified}} {
			if resp, body := get(t, c, address, h...); resp.StatusCode != http.StatusNotModified || len(body) != 0 {
				t.Errorf("%s with %v: %s and %d bytes", address, h, resp.Status, len(body))
			}
		}
		if err := p.Set("edited@www.linjiang.example"); err != nil {
			t.Fatal(err)
		}
		edited := first(p, "linjiang")
		if resp, _ := get(t, c, edited.URL, "If-None-Match", etag); resp.StatusCode != http.StatusOK {
			t.Errorf("an edited page: %s", resp.Status)
		}
		p.Set()
	}
}

func TestGzip(t *testing.T) {
	p, c := province(t)
	address := first(p, "linjiang-bureaus").URL
	_, plain := get(t, c, address)
	resp, squeezed := get(t, c, address, "Accept-Encoding", "gzip")
	if resp.Header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("not compressed: %v", resp.Header)
	}
	z, err := gzip.NewReader(strings.NewReader(string(squeezed)))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(z); err != nil || string(got) != string(plain) {
		t.Errorf("%d bytes unpacked (%v), want the plain %d", len(got), err, len(plain))
	}
}

func TestCounter(t *testing.T) {
	p, c := province(t)
	r := first(p, "linjiang-bureaus")
	script := read(t, c, r.URL).Find(".info script").Text()
	args := strings.FieldsFunc(script, func(r rune) bool { return strings.ContainsRune(`(", )`, r) })
	if len(args) != 4 || args[0] != "_showDynClicks" {
		t.Fatalf("counter script %q", script)
	}
	_, body := get(t, c, "http://xxgk.linjiang.example/system/resource/code/news/click/dynclicks.jsp?clickid="+args[3]+"&owner="+args[2]+"&clicktype="+args[1])
	if string(body) != r.Views {
		t.Errorf("counter says %q, truth %q", body, r.Views)
	}
}

func TestDialKnowsOnlyTheProvince(t *testing.T) {
	p, err := demo.New("down@www.baiyu.example")
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var dns *net.DNSError
	if _, err := s.Dial(t.Context(), "tcp", "www.gov.cn:80"); !errors.As(err, &dns) || !dns.IsNotFound {
		t.Errorf("a host outside: %v", err)
	}
	conn, err := s.Dial(t.Context(), "tcp", "www.linjiang.example:80")
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

// TestBrowse follows relative links as a browser would from www.linjiang.localhost.
func TestBrowse(t *testing.T) {
	p, err := demo.New()
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c := browser(func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, s.Addr()) // *.localhost is loopback
	})
	defer c.CloseIdleConnections()
	base, _ := url.Parse(s.URL())
	links := read(t, c, base.String()).Find("a")
	if links.Length() != len(p.Hosts()) {
		t.Errorf("index links %d portals, want %d", links.Length(), len(p.Hosts()))
	}
	listing, _ := base.Parse(links.First().AttrOr("href", ""))
	items, _, pages := walk(t, c, listing.String())
	if pages < 2 || !strings.HasPrefix(items[0], "http://www.linjiang.localhost:") {
		t.Errorf("%d pages, first item %s", pages, items[0])
	}
	read(t, c, items[0])
	read(t, c, s.URL()+strings.TrimPrefix(p.Sources()[0].URL, "http://"))
	resp, _ := get(t, c, strings.Replace(s.URL(), "127.0.0.1", "www.baiyu.localhost", 1)+"gkxx/list.asp?cid=37")
	if got := resp.Header.Get("Content-Type"); !strings.Contains(got, "gb18030") {
		t.Errorf("people get %q", got)
	}
}

// TestPipe reads a page that drips, in no time, on the bubble's clock.
func TestPipe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, err := demo.New("slow@www.linjiang.example")
		if err != nil {
			t.Fatal(err)
		}
		dial, stop := p.Pipe()
		defer stop()
		c := browser(dial)
		defer c.CloseIdleConnections()
		started := time.Now()
		r := first(p, "linjiang")
		_, body := get(t, c, r.URL)
		took := time.Since(started)
		if want := time.Duration((len(body)+1023)/1024) * 250 * time.Millisecond; took < want-time.Second || took > want {
			t.Errorf("%d bytes took %v, want about %v", len(body), took, want)
		}
		if got := p.Requests()["www.linjiang.example"]; got != 1 {
			t.Errorf("%d requests counted, want 1", got)
		}
		var dns *net.DNSError
		if _, err := dial(t.Context(), "tcp", "www.gov.cn:80"); !errors.As(err, &dns) {
			t.Errorf("a host outside: %v", err)
		}
		stop()
		if _, err := dial(t.Context(), "tcp", "www.linjiang.example:80"); !errors.Is(err, net.ErrClosed) {
			t.Errorf("after close: %v", err)
		}
	})
}
