//go:build unix

package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTornTail cuts the file at every byte of the last exchange, as a crash does.
func TestTornTail(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "page "+r.URL.Path) })
	s.get("/1")
	if err := s.w.Event("run-start", 1); err != nil {
		t.Fatal(err)
	}
	name := s.newestFile()
	kept := s.captures()
	start := s.w.size
	s.get("/2")
	s.closeWriter()
	full, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, zeros := range []int{0, 100} { // a power cut may leave zeros for data
		for cut := start; cut < int64(len(full)); cut++ {
			if zeros > 0 && len(bytes.Trim(full[cut:], "\x00")) == 0 {
				continue // only zeros are missing: with zeros behind it is whole
			}
			torn := append(bytes.Clone(full[:cut]), make([]byte, zeros)...)
			if err := os.WriteFile(name, torn, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(s.dir, "a", indexName)); err != nil && cut > start {
				t.Fatal(err)
			}
			checkTorn(t, s, name, kept, start, int64(len(torn)))
		}
	}
	s.open()
	s.get("/3")
	if n := len(s.captures()); n != 2 {
		t.Errorf("%d captures after going on", n)
	}
	s.reopen()
	if n := len(s.captures()); n != 2 {
		t.Errorf("%d captures after going on and reopening", n)
	}
	s.verify()
}

func checkTorn(t *testing.T, s *site, name string, kept []Capture, start, size int64) {
	t.Helper()
	src, err := s.archive.Source("a")
	if err != nil {
		t.Fatalf("cut at %d: %v", size, err)
	}
	if d := cmp.Diff(kept, capturesOf(t, src)); d != "" {
		t.Fatalf("cut at %d, a reader sees:\n%s", size, d)
	}
	_ = src.Close()
	if info, _ := os.Stat(name); info.Size() != size {
		t.Fatalf("a reader changed the file from %d to %d", size, info.Size())
	}
	w, err := s.archive.Writer("a")
	if err != nil {
		t.Fatalf("cut at %d: %v", size, err)
	}
	if d := cmp.Diff(kept, capturesOf(t, w.Source)); d != "" {
		t.Fatalf("cut at %d, the writer sees:\n%s", size, d)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	want := ""
	if size > start {
		want = fmt.Sprintf("cut %d bytes of an unfinished write off the end of %s", size-start, filepath.Base(name))
	}
	if w.Repaired() != want {
		t.Fatalf("repaired: %q, want %q", w.Repaired(), want)
	}
	if info, _ := os.Stat(name); info.Size() != start {
		t.Fatalf("cut at %d: %d bytes left, want %d", size, info.Size(), start)
	}
}

// Damage with whole records behind it is no torn tail: nothing is cut.
func TestDamageInTheMiddleIsNotCut(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "page "+r.URL.Path) })
	for i := range 4 {
		s.get(fmt.Sprintf("/%d", i))
	}
	name, all := s.newestFile(), s.captures()
	s.closeWriter()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[all[1].Offset+20] ^= 0xff
	if err := errors.Join(os.WriteFile(name, b, 0o644), os.Remove(filepath.Join(s.dir, "a", indexName))); err != nil {
		t.Fatal(err)
	}
	s.open()
	if s.w.Repaired() != "" {
		t.Error(s.w.Repaired())
	}
	if d := cmp.Diff([]Capture{all[0], all[2], all[3]}, s.captures()); d != "" {
		t.Error(d)
	}
	if info, _ := os.Stat(name); info.Size() != int64(len(b)) {
		t.Errorf("%d bytes of %d left", info.Size(), len(b))
	}
	s.get("/5")
	if n := len(s.captures()); n != 4 {
		t.Errorf("%d captures", n)
	}
}

func TestEmptyAndHeadlessFiles(t *testing.T) {
	for _, content := range []string{"", "\x1f", "rubbish"} {
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) {})
		s.closeWriter()
		name := filepath.Join(s.dir, "a", "a-20260101000000-00007.warc.gz")
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		s.open()
		s.get("/1")
		s.reopen()
		if n := len(s.captures()); n != 1 || !strings.HasSuffix(s.newestFile(), "-00007.warc.gz") {
			t.Errorf("after %q: %d captures, newest %s", content, n, s.newestFile())
		}
		if sum := s.verify(); sum.Records != 4 {
			t.Errorf("after %q: %+v", content, sum)
		}
	}
}
