//go:build unix

package archive

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

func TestRevisit(t *testing.T) {
	var text atomic.Value
	text.Store("A")
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"v1"`)
		w.Header().Set("X-Visit", fmt.Sprint(time.Now().UnixNano()))
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, text.Load().(string))
	})
	visit := func(now string) Capture {
		text.Store(now)
		s.get("/p")
		all := s.captures()
		return all[len(all)-1]
	}
	a1, a2, b, a3 := visit("A"), visit("A"), visit("B"), visit("A")
	if a1.RefersTo != "" || a2.RefersTo != a1.RecordID || b.RefersTo != "" || a3.RefersTo != a1.RecordID {
		t.Errorf("refers to: %q %q %q %q", a1.RefersTo, a2.RefersTo, b.RefersTo, a3.RefersTo)
	}
	req, _ := http.NewRequest(http.MethodGet, s.URL+"/p", nil)
	req.Header.Set("If-None-Match", `"v1"`)
	resp, err := s.client.Do(req)
	if err != nil || resp.StatusCode != http.StatusNotModified {
		t.Fatal(resp, err)
	}
	s.get("/empty") // bodies are "A", so not empty; another address never refers to this one
	s.reopen()
	all := s.captures()
	same := all[4]
	if same.Status != 304 || same.RefersTo != a1.RecordID || same.SHA256 != a1.SHA256 || same.MediaType != "text/html" || same.Charset != "UTF-8" {
		t.Errorf("not modified: %+v", same)
	}
	if all[5].RefersTo != "" {
		t.Errorf("another address refers to %s", all[5].RefersTo)
	}
	for _, c := range all[:5] {
		ex, err := s.w.Read(c)
		want := "A"
		if c.RecordID == b.RecordID {
			want = "B"
		}
		if err != nil || string(ex.Body) != want {
			t.Errorf("read %+v: %v", c, err)
		}
		if c.Status == 304 && (ex.Header.Get("Content-Type") != "text/html" || ex.Header.Get("X-Visit") == "") {
			t.Errorf("header of the answer 304: %v", ex.Header)
		}
	}
	// without a condition the replay of a 304 is what was not modified
	offline := &http.Client{Transport: s.w.Replay()}
	if body, _ := fetch(t, offline, "GET", s.URL+"/p", ""); body != "A" {
		t.Errorf("replay gives %q", body)
	}
	if resp, err = offline.Do(req); err != nil || resp.StatusCode != 304 {
		t.Errorf("conditional replay: %v, %v", resp, err)
	}
	if sum := s.verify(); sum.Revisits != 3 || sum.Responses != 3 {
		t.Errorf("summary %+v", sum)
	}
}

func TestReplay(t *testing.T) {
	var asked atomic.Int32
	zipped := gzipped(t, []byte("page one"))
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch r.URL.Path {
		case "/z":
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(zipped)
		case "/gone":
			http.Error(w, "no", http.StatusGone)
		case "/drop":
			panic(http.ErrAbortHandler)
		default:
			b, _ := io.ReadAll(r.Body)
			_, _ = fmt.Fprintf(w, "%s %d", b, asked.Load())
		}
	})
	live := map[string]string{}
	for _, p := range []string{"/z", "/gone", "/n", "/n"} {
		live[p], _ = s.get(p)
	}
	posted, _ := fetch(t, s.client, "POST", s.URL+"/n", "x=1")
	_, err := s.client.Get(s.URL + "/drop")
	if err == nil {
		t.Fatal("dropped connection was no error")
	}
	n := asked.Load()
	s.closeWriter()
	src, err := s.archive.Source("a")
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	offline := &http.Client{Transport: src.Replay()}
	for p, want := range live {
		got, h := fetch(t, offline, "GET", s.URL+p, "")
		if got != want || h.Get("Content-Encoding") != "" {
			t.Errorf("%s: %q, live it was %q", p, got, want)
		}
	}
	if got, _ := fetch(t, offline, "POST", s.URL+"/n", "x=1"); got != posted {
		t.Errorf("POST: %q, live it was %q", got, posted)
	}
	for _, p := range []string{"/other", "/drop"} {
		if _, err := offline.Get(s.URL + p); !errors.Is(err, ErrNotArchived) {
			t.Errorf("%s: %v", p, err)
		}
	}
	if asked.Load() != n {
		t.Error("replay went to the network")
	}
}

func TestSince(t *testing.T) {
	var asked atomic.Int32
	var failing atomic.Bool
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if failing.Load() {
			panic(http.ErrAbortHandler)
		}
		b, _ := io.ReadAll(r.Body)
		_, _ = fmt.Fprintf(w, "%s%d", b, asked.Add(1))
	})
	s.get("/old") // 1
	s.get("/new") // 2
	failing.Store(true)
	if _, err := s.client.Get(s.URL + "/fail"); err == nil {
		t.Fatal("no error")
	}
	failing.Store(false)
	start := s.captures()[1].At
	s.reopen()
	resumed := &http.Client{Transport: s.w.Since(start, s.w.Record(s.wire(), testLimit))}
	for _, c := range []struct{ method, path, body, want string }{
		{"GET", "/new", "", "2"},    // held
		{"GET", "/old", "", "3"},    // too old
		{"GET", "/old", "", "3"},    // held by now
		{"GET", "/fail", "", "4"},   // a failure is no answer
		{"POST", "/new", "q", "q5"}, // another request, with its body
		{"POST", "/new", "q", "q5"},
	} {
		if got, _ := fetch(t, resumed, c.method, s.URL+c.path, c.body); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.method, c.path, got, c.want)
		}
	}
}
