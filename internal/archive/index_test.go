//go:build unix

package archive

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// archiveOf is a site with some of everything in it, its writer closed.
func archiveOf(t *testing.T) *site {
	t.Helper()
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/gone" {
			panic(http.ErrAbortHandler)
		}
		_, _ = io.WriteString(w, "年报 "+r.URL.Path)
	})
	s.get("/a")
	s.get("/b?x=%20y")
	s.get("/a") // a revisit
	fetch(t, s.client, "POST", s.URL+"/a", "q=1")
	if _, err := s.client.Get(s.URL + "/gone"); err == nil {
		t.Fatal("no error")
	}
	if err := s.w.Event("run-end", map[string]int{"n": 1}); err != nil {
		t.Fatal(err)
	}
	s.closeWriter()
	return s
}

type contents struct {
	Captures []Capture
	Events   []Event
}

func contentsOf(t *testing.T, s *Source) contents {
	t.Helper()
	c := contents{Captures: capturesOf(t, s)}
	for e, err := range s.Events() {
		if err != nil {
			t.Fatal(err)
		}
		c.Events = append(c.Events, e)
	}
	return c
}

func (s *site) read() contents {
	s.t.Helper()
	src, err := s.archive.Source("a")
	if err != nil {
		s.t.Fatal(err)
	}
	defer src.Close()
	return contentsOf(s.t, src)
}

func (s *site) indexFile() string { return filepath.Join(s.dir, "a", indexName) }

func (s *site) readFile(name string) []byte {
	s.t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

func (s *site) writeFile(name string, b []byte) {
	s.t.Helper()
	if err := os.WriteFile(name, b, 0o644); err != nil {
		s.t.Fatal(err)
	}
}

func TestIndexForm(t *testing.T) {
	s := archiveOf(t)
	lines := strings.Split(strings.TrimSuffix(string(s.readFile(s.indexFile())), "\n"), "\n")
	if !slices.IsSorted(lines) || len(lines) != 2+6 || !strings.HasPrefix(lines[0], "!digest sha256:") || !strings.HasPrefix(lines[1], "!meta {") {
		t.Errorf("index:\n%s", strings.Join(lines, "\n"))
	}
	for _, c := range []struct{ url, want string }{
		{"http://www.Example.gov.cn/A/b.html?x=1", "cn,gov,example)/a/b.html?x=1"},
		{"https://example.gov.cn:443/", "cn,gov,example)/"},
		{"http://example.gov.cn:8080/a b", "cn,gov,example:8080)/a%20b"},
		{"http://example.gov.cn", "cn,gov,example)/"},
		{"no url", "no%20url"},
	} {
		if got := surt(c.url); got != c.want {
			t.Errorf("surt of %s: %s, want %s", c.url, got, c.want)
		}
	}
}

func TestIndexIsMadeAnew(t *testing.T) {
	s := archiveOf(t)
	want, index := s.read(), s.readFile(s.indexFile())
	if len(want.Captures) != 5 || len(want.Events) != 1 || want.Captures[2].RefersTo == "" {
		t.Fatalf("%+v", want)
	}
	other := bytes.Replace(index, []byte(`"version":1`), []byte(`"version":2`), 1)
	_, rest, _ := bytes.Cut(other, []byte("\n"))
	otherVersion := append([]byte(digestLine+hexDigest(rest)+"\n"), rest...)
	for name, damage := range map[string][]byte{
		"missing":          nil,
		"empty":            {},
		"half":             index[:len(index)/2],
		"a line less":      index[:bytes.LastIndexByte(index[:len(index)-1], '\n')+1],
		"no last newline":  index[:len(index)-1],
		"another version":  otherVersion,
		"something else":   []byte("hello\n"),
		"zeros":            make([]byte, len(index)),
		"something behind": append(bytes.Clone(index), "x y {}\n"...),
	} {
		s.writeFile(s.indexFile(), damage)
		if damage == nil {
			if err := os.Remove(s.indexFile()); err != nil {
				t.Fatal(err)
			}
		}
		if d := cmp.Diff(want, s.read()); d != "" {
			t.Errorf("%s:\n%s", name, d)
		}
		if got := s.readFile(s.indexFile()); !bytes.Equal(got, index) {
			t.Errorf("%s: the index made anew is another:\n%s", name, got)
		}
	}
	for i := range index {
		damaged := bytes.Clone(index)
		damaged[i] ^= 1 << (i % 8)
		if _, err := parseIndex(damaged, "a"); err == nil {
			t.Fatalf("a bit changed in byte %d is not seen", i)
		}
	}
}

// An index that is behind is not thrown away: only what it does not cover is read.
func TestIndexBehind(t *testing.T) {
	s := archiveOf(t)
	old := s.readFile(s.indexFile())
	s.open()
	s.get("/later")
	if err := s.w.Event("run-start", 2); err != nil {
		t.Fatal(err)
	}
	s.closeWriter()
	want, index := s.read(), s.readFile(s.indexFile())
	s.writeFile(s.indexFile(), old)
	// what the old index covers is made unreadable, all but its last bytes
	name := s.newestFile()
	file := s.readFile(name)
	x, err := parseIndex(old, "a")
	if err != nil {
		t.Fatal(err)
	}
	clear(file[:x.files[0].Size-tailSize])
	s.writeFile(name, file)
	src, err := s.archive.Source("a")
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	if d := cmp.Diff(want.Captures, capturesOf(t, src)); d != "" {
		t.Error(d)
	}
	if got := s.readFile(s.indexFile()); !bytes.Equal(got, index) {
		t.Errorf("index:\n%s", got)
	}
}

// TestIndexOverNights: an index that was added to night by night has the bytes of one
// that is made anew, and a night in which nothing is written leaves it alone.
func TestIndexOverNights(t *testing.T) {
	s := archiveOf(t)
	for night := range 4 {
		s.open()
		s.get("/a")
		s.get(fmt.Sprintf("/%d?q=%%22", 9-night))
		if err := s.w.Event("run-end", map[string]string{"detail": "\"\\ \n年报", "night": fmt.Sprint(night)}); err != nil {
			t.Fatal(err)
		}
		s.closeWriter()
	}
	want, index := s.read(), s.readFile(s.indexFile())
	if err := os.Remove(s.indexFile()); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, s.read()); d != "" {
		t.Error(d)
	}
	if got := s.readFile(s.indexFile()); !bytes.Equal(got, index) {
		t.Errorf("made anew:\n%s\nnight by night:\n%s", got, index)
	}
	before, err := os.Stat(s.indexFile())
	if err != nil {
		t.Fatal(err)
	}
	s.open()
	s.closeWriter()
	if after, err := os.Stat(s.indexFile()); err != nil || !os.SameFile(before, after) {
		t.Errorf("the index was replaced: %v", err)
	}
}

// The file under an index may be another than it was, shorter, or gone.
func TestIndexOfOtherFiles(t *testing.T) {
	s, other := archiveOf(t), archiveOf(t)
	index, content := s.readFile(s.indexFile()), s.readFile(s.newestFile())
	name := s.newestFile()
	for what, now := range map[string][]byte{
		"another": other.readFile(other.newestFile()), "shorter": content[:len(content)/2], "empty": {},
	} {
		s.writeFile(s.indexFile(), index)
		s.writeFile(name, now)
		got := s.read()
		if err := os.Remove(s.indexFile()); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(s.read(), got); d != "" {
			t.Errorf("%s: the stale index was trusted:\n%s", what, d)
		}
	}
	s.writeFile(s.indexFile(), index)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if got := s.read(); len(got.Captures) != 0 {
		t.Errorf("%d captures of a file that is gone", len(got.Captures))
	}
}

func TestReadersBesideAWriter(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	done := make(chan int)
	go func() {
		most := 0
		for most < 200 {
			src, err := s.archive.Source("a")
			if err != nil {
				t.Error(err)
				break
			}
			n := 0
			for c := range src.Captures() {
				if ex, err := src.Read(c); err != nil || !strings.HasSuffix(c.URL, string(ex.Body)) {
					t.Errorf("read %s: %v", c.URL, err)
				}
				n++
			}
			if n < most {
				t.Errorf("%d captures after %d", n, most)
			}
			most = max(n, most)
			_ = src.Close()
		}
		done <- most
	}()
	var workers [4]chan bool
	for i := range workers {
		workers[i] = make(chan bool)
		go func() {
			defer close(workers[i])
			client := &http.Client{Transport: s.client.Transport}
			for j := range 50 {
				resp, err := client.Get(fmt.Sprintf("%s/%d/%d", s.URL, i, j))
				if err != nil {
					t.Error(err)
					continue
				}
				_ = resp.Body.Close()
				if _, ok := s.w.Latest("GET", fmt.Sprintf("%s/%d/%d", s.URL, i, j), ""); !ok {
					t.Errorf("%d/%d is not seen at once", i, j)
				}
			}
		}()
	}
	for _, w := range workers {
		<-w
	}
	if n := <-done; n != 200 {
		t.Errorf("%d captures", n)
	}
	s.verify()
	s.closeWriter()
	s.verify()
}
