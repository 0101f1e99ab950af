package demo_test

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"

	"crawl/internal/demo"
)

const faultyHost = "www.linjiang.example"

// TestFaults switches every fault on for one host and looks at what its line says;
// a fault without a case fails.
func TestFaults(t *testing.T) {
	cases := map[string]func(t *testing.T, f faulty){
		"new-report": func(t *testing.T, f faulty) {
			if n := len(f.after) - len(f.before); n != 1 {
				t.Errorf("%d more items, want 1", n)
			}
		},
		"removed": func(t *testing.T, f faulty) {
			if n := len(f.before) - len(f.after); n != 1 {
				t.Errorf("%d items fewer, want 1", n)
			}
			for _, item := range f.before {
				if !slices.Contains(f.after, item) {
					f.status(t, item, http.StatusNotFound)
				}
			}
		},
		"edited": func(t *testing.T, f faulty) {
			changed := 0
			for i, is := range f.truth {
				was := f.truthBefore[i]
				if !slices.Equal(raws(is.Cells), raws(was.Cells)) {
					changed++
					if is.URL != was.URL || is.Published != was.Published {
						t.Errorf("%s: more than a number changed", is.URL)
					}
					if got := numbers(read(t, f.c, is.URL)); !slices.Equal(got, raws(is.Cells)) {
						t.Errorf("%s does not print the new truth", is.URL)
					}
				}
			}
			if changed != 1 {
				t.Errorf("%d reports changed, want 1", changed)
			}
		},
		"empty-listing": func(t *testing.T, f faulty) {
			if len(f.after) != 0 {
				t.Errorf("%d items listed", len(f.after))
			}
		},
		"counter-grow": func(t *testing.T, f faulty) {
			_, a := get(t, f.c, f.counter)
			_, b := get(t, f.c, f.counter)
			if string(a) >= string(b) && len(a) >= len(b) {
				t.Errorf("counter says %s, then %s", a, b)
			}
		},
		"counter-500": func(t *testing.T, f faulty) { f.status(t, f.counter, 500) },
		"wrong-charset": func(t *testing.T, f faulty) {
			if got := f.status(t, f.page, 200).Header.Get("Content-Type"); !strings.Contains(got, "iso-8859-1") {
				t.Errorf("declared %q", got)
			}
		},
		"down": func(t *testing.T, f faulty) {
			f.c.CloseIdleConnections()
			if _, err := f.c.Get(f.page); !errors.Is(err, syscall.ECONNREFUSED) {
				t.Errorf("error %v, want a refused connection", err)
			}
		},
		"timeout":    func(t *testing.T, f faulty) { f.noAnswer(t, f.page) },
		"robots-500": func(t *testing.T, f faulty) { f.status(t, f.robots, 500); f.status(t, f.page, 200) },
		"robots-deny": func(t *testing.T, f faulty) {
			if _, body := get(t, f.c, f.robots); !strings.Contains(string(body), "Disallow: /\n") {
				t.Errorf("robots.txt is %q", body)
			}
		},
		"500": func(t *testing.T, f faulty) {
			f.status(t, f.page, 500)
			f.status(t, f.listing, 500)
			f.status(t, f.robots, 200)
		},
		"503-retry-after": func(t *testing.T, f faulty) {
			if got := f.status(t, f.page, 503).Header.Get("Retry-After"); got != "2" {
				t.Errorf("Retry-After %q", got)
			}
		},
		"429": func(t *testing.T, f faulty) { f.status(t, f.page, 429) },
		"flaky": func(t *testing.T, f faulty) {
			f.status(t, f.page, 503)
			f.status(t, f.page, 200)
			f.status(t, f.page, 200)
		},
		"redirect-loop": func(t *testing.T, f faulty) {
			if to := f.status(t, f.page, 302).Header.Get("Location"); !strings.HasSuffix(f.page, to) {
				t.Errorf("redirects to %q", to)
			}
		},
		"redirect-off-host": func(t *testing.T, f faulty) {
			if to := f.status(t, f.page, 302).Header.Get("Location"); !strings.HasPrefix(to, "http://login.elsewhere.example/") {
				t.Errorf("redirects to %q", to)
			}
		},
		"challenge": func(t *testing.T, f faulty) {
			if _, body := get(t, f.c, f.page); !strings.Contains(string(body), "$_ts") {
				t.Errorf("page is %q", body)
			}
			f.status(t, f.page, 412)
		},
		"soft-404": func(t *testing.T, f faulty) {
			if _, body := get(t, f.c, f.page); !strings.Contains(string(body), "不存在") {
				t.Errorf("page is %q", body)
			}
			f.status(t, f.page, 200)
			if len(f.after) != len(f.before) {
				t.Error("the listing suffers as well")
			}
		},
		"gzip-bomb": func(t *testing.T, f faulty) {
			resp, body := get(t, f.c, f.page)
			if len(body) > 1<<20 || resp.Header.Get("Content-Encoding") != "gzip" {
				t.Fatalf("%d bytes of %q", len(body), resp.Header.Get("Content-Encoding"))
			}
			z, err := gzip.NewReader(strings.NewReader(string(body)))
			if err != nil {
				t.Fatal(err)
			}
			if n, err := io.Copy(io.Discard, z); n != 256<<20 || err != nil {
				t.Errorf("unpacks to %d bytes (%v)", n, err)
			}
		},
		"huge": func(t *testing.T, f faulty) {
			resp, err := f.c.Get(f.page)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			if n, err := io.Copy(io.Discard, resp.Body); n < 64<<20 || err != nil || resp.ContentLength != -1 {
				t.Errorf("%d bytes (%v), Content-Length %d", n, err, resp.ContentLength)
			}
		},
		"truncated": func(t *testing.T, f faulty) {
			resp, err := f.c.Get(f.page)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			n, err := io.Copy(io.Discard, resp.Body)
			if !errors.Is(err, io.ErrUnexpectedEOF) || n == 0 || n >= resp.ContentLength {
				t.Errorf("%d of %d bytes, error %v", n, resp.ContentLength, err)
			}
		},
		"slow": func(t *testing.T, f faulty) {
			resp, err := f.c.Get(f.page) // how slow, TestPipe measures
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			buf := make([]byte, 1<<16)
			if n, err := resp.Body.Read(buf); n == 0 || n > 2048 || err != nil {
				t.Errorf("the first read gives %d bytes (%v), want about 1024", n, err)
			}
		},
	}
	for _, name := range demo.Faults() {
		check, ok := cases[name]
		if !ok {
			check, ok = unreached[name]
		}
		if mark, there := onTheWire[name]; !ok && there {
			check, ok = func(t *testing.T, f faulty) { checkWire(t, f, mark.of, mark.bytes) }, true
		}
		if !ok {
			t.Errorf("fault %s has no case", name)
			continue
		}
		t.Run(name, func(t *testing.T) {
			if demo.About(name) == "" {
				t.Error("no line says what it does")
			}
			check(t, newFaulty(t, name))
		})
	}
}

// faulty is a province with one fault on one host, and what it was before.
type faulty struct {
	p                              *demo.Province
	c                              *http.Client
	listing, page, robots, counter string
	before, after                  []string // items listed
	truthBefore, truth             []demo.Truth
}

func newFaulty(t *testing.T, name string) faulty {
	t.Helper()
	p, c := province(t)
	host := faultyHost
	if strings.HasPrefix(name, "counter") {
		host = "xxgk.linjiang.example"
	}
	f := faulty{p: p, c: c, listing: p.Sources()[0].URL, page: first(p, "linjiang").URL, robots: "http://" + host + "/robots.txt"}
	clickid := strings.TrimSuffix(strings.TrimPrefix(first(p, "linjiang-bureaus").URL, "http://xxgk.linjiang.example/info/1095/"), ".htm")
	f.counter = "http://xxgk.linjiang.example/system/resource/code/news/click/dynclicks.jsp?clickid=" + clickid + "&owner=1768654345&clicktype=wbnews"
	f.before, _, _ = walk(t, c, f.listing)
	f.truthBefore = p.Truth()
	if err := p.Set(name + "@" + host); err != nil {
		t.Fatal(err)
	}
	f.truth = p.Truth()
	switch name {
	case "new-report", "removed", "edited", "empty-listing", "soft-404":
		f.after, _, _ = walk(t, c, f.listing)
	}
	// The other hosts never suffer.
	if resp, _ := get(t, c, p.Sources()[1].URL); resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("%s: %s", p.Sources()[1].URL, resp.Status)
	}
	return f
}

func (f faulty) status(t *testing.T, address string, want int) *http.Response {
	t.Helper()
	resp, _ := get(t, f.c, address)
	if resp.StatusCode != want {
		t.Errorf("%s: %s, want %d", address, resp.Status, want)
	}
	return resp
}

func TestFaultScope(t *testing.T) {
	p, c := province(t, "500@www.linjiang.example/zwgk/zfxxgk/zfxxgknb/2")
	if resp, _ := get(t, c, p.Sources()[0].URL); resp.StatusCode != 200 {
		t.Errorf("listing: %s", resp.Status)
	}
	if resp, _ := get(t, c, first(p, "linjiang").URL); resp.StatusCode != 500 {
		t.Errorf("page: %s", resp.Status)
	}
	if err := p.Set(); err != nil {
		t.Fatal(err)
	}
	if resp, _ := get(t, c, first(p, "linjiang").URL); resp.StatusCode != 200 {
		t.Errorf("page without faults: %s", resp.Status)
	}
}

func TestUnknownFault(t *testing.T) {
	for _, bad := range []string{"earthquake", "500@www.gov.cn", "500@"} {
		if _, err := demo.New(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
	_, err := demo.New("earthquake")
	for _, name := range demo.Faults() {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("the error does not list %s", name)
		}
	}
}
