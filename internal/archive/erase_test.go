//go:build unix

package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const secret = "王建国 13800138000"

// secretSite is a portal with one page about a person, fetched several times among
// others, in several files: as a response, as both kinds of revisit, by POST and in vain.
func secretSite(t *testing.T, rounds int) (s *site, asked *atomic.Int64) {
	asked = new(atomic.Int64)
	s = newSite(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		switch {
		case r.URL.Path == "/secret" && r.Header.Get("If-None-Match") != "":
			w.Header().Set("X-Person", secret)
			w.WriteHeader(http.StatusNotModified)
		case r.URL.Path == "/secret":
			w.Header().Set("Set-Cookie", "person="+strings.Fields(secret)[1])
			body, _ := io.ReadAll(r.Body)
			_, _ = fmt.Fprintf(w, "<p>%s %s %s</p>", secret, body, strings.Repeat("x", 500))
		case r.URL.Path == "/drop":
			panic(http.ErrAbortHandler)
		default:
			_, _ = io.WriteString(w, "page "+r.URL.Path+strings.Repeat("y", 700))
		}
	})
	s.closeWriter()
	s.archive.fileSize = 3000
	s.open()
	for i := range rounds {
		s.get(fmt.Sprintf("/before/%d", i))
		s.get("/secret")
		req, err := http.NewRequest(http.MethodGet, s.URL+"/secret", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("If-None-Match", secret)
		resp, err := s.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		fetch(t, s.client, http.MethodPost, s.URL+"/secret", "name="+secret)
		if _, err := s.client.Get(s.URL + "/drop"); err == nil {
			t.Fatal("no error")
		}
		if err := s.w.Event("run-end", map[string]int{"round": i}); err != nil {
			t.Fatal(err)
		}
		s.get(fmt.Sprintf("/after/%d", i))
	}
	return s, asked
}

// members are the raw bytes of a source's records, by id.
func members(t *testing.T, s *site) map[string]string {
	t.Helper()
	dir := filepath.Join(s.dir, "a")
	names, err := listFiles(dir, "a")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		r := newRecordReader(bytes.NewReader(b), 0, int64(len(b)))
		for {
			rec, err := r.next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			all[rec.id()] = string(b[rec.offset:rec.end])
		}
		r.release()
	}
	return all
}

func inflated(t *testing.T, member string) string {
	t.Helper()
	r := newRecordReader(strings.NewReader(member), 0, int64(len(member)))
	defer r.release()
	if _, err := r.next(); err != nil {
		t.Fatal(err)
	}
	return r.buffer.String()
}

func TestErase(t *testing.T) {
	s, asked := secretSite(t, 3)
	url := s.URL + "/secret"
	before, was := s.captures(), members(t, s)
	held := before[1]
	n, err := s.w.Erase("asked for by the person named", url, s.URL+"/drop")
	if err != nil || n != 12 {
		t.Fatalf("%d exchanges erased: %v", n, err)
	}
	checkErased(t, s, before, was, url, s.URL+"/drop")

	// What a reader held on to before finds the stub by its id.
	if ex, err := s.w.Read(held); err != nil || ex.Body != nil || ex.Header != nil {
		t.Errorf("an erased capture reads as %+v, %v", ex, err)
	}
	if n, err := s.w.Erase("again", url); err != nil || n != 0 {
		t.Errorf("erased again: %d, %v", n, err)
	}
	if n, err := s.w.Erase("never seen", s.URL+"/nowhere"); err != nil || n != 0 {
		t.Errorf("erased what is not there: %d, %v", n, err)
	}

	// It is neither asked for again nor answered, and the writer goes on.
	count := asked.Load()
	if _, err := s.client.Get(url); !errors.Is(err, ErrErased) || asked.Load() != count {
		t.Errorf("fetched again: %v", err)
	}
	offline := &http.Client{Transport: s.w.Replay()}
	if _, err := offline.Get(url); !errors.Is(err, ErrNotArchived) {
		t.Errorf("replayed: %v", err)
	}
	s.get("/more")
	s.reopen()
	if got := s.captures(); len(got) != len(before)+1 {
		t.Errorf("%d captures after going on, want %d", len(got), len(before)+1)
	}
	if sum := s.verify(); sum.Erased != 12 {
		t.Errorf("verify counts %+v", sum)
	}
}

// checkErased holds an archive against what it was before urls were erased from it.
func checkErased(t *testing.T, s *site, before []Capture, was map[string]string, urls ...string) {
	t.Helper()
	about := func(member string) bool {
		return slices.ContainsFunc(urls, func(u string) bool { return strings.Contains(member, "WARC-Target-URI: "+u+"\r\n") })
	}
	now := members(t, s)
	if len(now) != len(was) {
		t.Errorf("%d records of %d", len(now), len(was))
	}
	for id, member := range was {
		text := inflated(t, now[id])
		switch {
		case !about(inflated(t, member)):
			if now[id] != member {
				t.Errorf("record %s is not what it was:\n%s", id, text)
			}
		case strings.Contains(text, "13800138000"), strings.Contains(text, hexDigest([]byte("name="+secret))), strings.Contains(text, "WARC-Payload-Digest"):
			t.Errorf("record %s still says:\n%s", id, text)
		}
	}
	for i, c := range s.captures() {
		want := before[i]
		want.File, want.Offset = c.File, c.Offset
		if slices.Contains(urls, c.URL) {
			want = Capture{
				RecordID: want.RecordID, Source: want.Source, URL: want.URL, Method: want.Method, Why: want.Why,
				At: want.At, Outcome: OutcomeErased, Detail: "asked for by the person named", File: c.File, Offset: c.Offset,
			}
		}
		if d := cmp.Diff(want, c); d != "" {
			t.Errorf("capture %d:\n%s", i, d)
		}
		if _, err := s.w.Read(c); err != nil {
			t.Error(err)
		}
	}
	s.verify()
}

// TestErasedIsReadOutside has npm warcio read files that hold stubs.
func TestErasedIsReadOutside(t *testing.T) {
	node, modules := outsideReader(t)
	s, _ := secretSite(t, 2)
	if _, err := s.w.Erase("asked", s.URL+"/secret"); err != nil {
		t.Fatal(err)
	}
	names, err := listFiles(filepath.Join(s.dir, "a"), "a")
	if err != nil {
		t.Fatal(err)
	}
	stubs := 0
	all := readOutside(t, node, modules, filepath.Join(s.dir, "a"), names)
	for _, r := range all {
		if r.URL == s.URL+"/secret" {
			stubs++
			if r.Type != typeMetadata && r.Type != typeRequest || r.Digest != "" {
				t.Errorf("warcio reads %+v", r)
			}
		}
	}
	if sum := s.verify(); stubs != 18 || sum.Records != len(all) || sum.Erased != 6 {
		t.Errorf("warcio reads %d records and %d stubs, we %+v", len(all), stubs, sum)
	}
}

func TestEraseNeedsTheLock(t *testing.T) {
	s, _ := secretSite(t, 1)
	if _, err := s.archive.Writer("a"); !errors.Is(err, ErrBusy) {
		t.Errorf("a second writer: %v", err)
	}
}

// What hides in damage is not known: the file stays as it is, and says so.
func TestEraseRefusesDamage(t *testing.T) {
	s, _ := secretSite(t, 1)
	name, all := s.newestFile(), s.captures()
	last := all[len(all)-1]
	s.closeWriter()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b = append(bytes.Clone(b), b...) // whole records behind the damage: no torn tail
	b[last.Offset+15] ^= 0xff
	if err := errors.Join(os.WriteFile(name, b, 0o644), os.Remove(filepath.Join(s.dir, "a", indexName))); err != nil {
		t.Fatal(err)
	}
	s.open()
	if _, err := s.w.Erase("asked", s.URL+"/secret"); !errors.Is(err, errDamaged) {
		t.Errorf("erased from a damaged file: %v", err)
	}
	s.closeWriter()
	if after, err := os.ReadFile(name); err != nil || !bytes.Equal(after, b) {
		t.Errorf("the damaged file was changed: %v", err)
	}
	s.open()
}

// eraseSecret is the part that TestEraseKilled kills.
func eraseSecret() {
	a, err := Open(os.Getenv("ARCHIVE_TEST_DIR"))
	must(err)
	w, err := a.Writer("a")
	must(err)
	fmt.Println("open")
	_, err = w.Erase("asked", os.Getenv("ARCHIVE_TEST_URL"))
	must(err)
	must(w.Close())
}

// TestEraseKilled kills an erasure at random moments: every file is then the old one or
// the new one, whole, and to erase again does the rest.
func TestEraseKilled(t *testing.T) {
	s, _ := secretSite(t, 15)
	url := s.URL + "/secret"
	s.closeWriter()
	dir := filepath.Join(s.dir, "a")
	kept := filepath.Join(t.TempDir(), "kept")
	if err := os.CopyFS(kept, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	run := func(kill time.Duration) bool {
		if err := errors.Join(os.RemoveAll(dir), os.CopyFS(dir, os.DirFS(kept))); err != nil {
			t.Fatal(err)
		}
		cmd := child("erase", s.dir)
		cmd.Env = append(cmd.Env, "ARCHIVE_TEST_URL="+url)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if _, err := fmt.Fscanln(out, new(string)); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(kill, func() { _ = cmd.Process.Kill() })
		defer timer.Stop()
		return cmd.Wait() != nil
	}
	began := time.Now()
	if run(time.Hour) {
		t.Fatal("killed without being killed")
	}
	whole := time.Since(began)
	between := 0
	for range 12 {
		if !run(time.Duration(rand.Int64N(int64(whole)))) {
			continue
		}
		names, err := listFiles(dir, "a")
		if err != nil {
			t.Fatal(err)
		}
		oldFiles := 0
		for _, name := range names {
			was, errA := os.ReadFile(filepath.Join(kept, name))
			is, errB := os.ReadFile(filepath.Join(dir, name))
			if err := errors.Join(errA, errB); err != nil {
				t.Fatal(err)
			}
			if bytes.Equal(was, is) {
				oldFiles++
			}
		}
		if oldFiles > 0 && oldFiles < len(names) {
			between++
		}
		s.verify()
		s.open()
		for _, c := range s.captures() {
			if _, err := s.w.Read(c); err != nil {
				t.Errorf("half-way: %v", err)
			}
		}
		if _, err := s.w.Erase("asked", url); err != nil {
			t.Fatal(err)
		}
		s.closeWriter()
		if sum := s.verify(); sum.Erased != 45 {
			t.Errorf("after erasing again: %+v", sum)
		}
		if temps, _ := filepath.Glob(filepath.Join(dir, eraseTemp)); len(temps) > 0 {
			t.Errorf("left behind: %v", temps)
		}
	}
	t.Logf("%d of 12 erasures were killed between two files; a whole one takes %s", between, whole)
	s.open()
}
