//go:build unix

package archive

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	if play, ok := childParts[os.Getenv(childEnv)]; ok {
		play()
		return
	}
	goleak.VerifyTestMain(m)
}

// site is a portal on loopback with an archive and a writer of source "a".
type site struct {
	*httptest.Server
	t       *testing.T
	archive *Archive
	dir     string
	w       *Writer
	client  *http.Client
}

func newSite(t *testing.T, handler http.HandlerFunc) *site {
	t.Helper()
	s := &site{t: t, Server: httptest.NewServer(handler), dir: t.TempDir()}
	t.Cleanup(s.Server.Close)
	var err error
	if s.archive, err = Open(s.dir); err != nil {
		t.Fatal(err)
	}
	s.open()
	t.Cleanup(func() { s.closeWriter() })
	return s
}

const testLimit = 1 << 20

func (s *site) open() {
	s.t.Helper()
	w, err := s.archive.Writer("a")
	if err != nil {
		s.t.Fatal(err)
	}
	s.w = w
	s.client = &http.Client{
		Transport:     w.Record(s.wire(), testLimit),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (s *site) wire() http.RoundTripper {
	tr := s.Client().Transport.(*http.Transport)
	tr.DisableCompression = true
	return tr
}

func (s *site) closeWriter() {
	s.t.Helper()
	if s.w == nil {
		return
	}
	if err := s.w.Close(); err != nil {
		s.t.Error(err)
	}
	s.w = nil
}

// reopen closes the writer and opens it again.
func (s *site) reopen() {
	s.t.Helper()
	s.closeWriter()
	s.open()
}

func (s *site) get(path string) (string, http.Header) {
	s.t.Helper()
	return fetch(s.t, s.client, http.MethodGet, s.URL+path, "")
}

func fetch(t *testing.T, client *http.Client, method, url, body string) (string, http.Header) {
	t.Helper()
	ctx := WithWhy(context.Background(), Why{KindPage, "http://list.example/"})
	req, err := http.NewRequestWithContext(ctx, method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b), resp.Header
}

func (s *site) captures() []Capture { s.t.Helper(); return capturesOf(s.t, s.w.Source) }

func capturesOf(t *testing.T, s *Source) []Capture {
	t.Helper()
	var all []Capture
	for c, err := range s.Captures() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return all
}

func (s *site) newestFile() string {
	s.t.Helper()
	files, err := listFiles(filepath.Join(s.dir, "a"), "a")
	if err != nil || len(files) == 0 {
		s.t.Fatal("no WARC file", err)
	}
	return filepath.Join(s.dir, "a", files[len(files)-1])
}

// verify fails the test unless the archive is without fault.
func (s *site) verify() Summary {
	s.t.Helper()
	sum, err := s.archive.Verify(context.Background(), "", func(f Fault) { s.t.Errorf("fault: %+v", f) })
	if err != nil {
		s.t.Fatal(err)
	}
	return sum
}

// gbkPage is "年度报告" with its markup, in GBK.
const gbkPage = "<html><body>\xc4\xea\xb6\xc8\xb1\xa8\xb8\xe6</body></html>"

func TestRecordAndReopen(t *testing.T) {
	zipped := gzipped(t, []byte(gbkPage))
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/gz":
			w.Header().Set("Content-Type", "text/html; charset=utf-8") // wrong
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(zipped)
		case "/chunked":
			w.Header()["X-Odd"] = []string{"\xc4\xea", "two"}
			_, _ = w.Write([]byte("one"))
			w.(http.Flusher).Flush()
			_, _ = w.Write([]byte("two"))
		case "/moved":
			w.Header().Set("Location", "../gz?a=1")
			w.WriteHeader(http.StatusFound)
		case "/post":
			_, _ = io.Copy(w, r.Body)
		default:
			http.NotFound(w, r)
		}
	})
	body, h := s.get("/gz#part")
	if body != gbkPage || h.Get("Content-Encoding") != "" {
		t.Errorf("handed on %q with %v", body, h)
	}
	s.get("/chunked")
	s.get("/moved")
	s.get("/none")
	fetch(t, s.client, http.MethodPost, s.URL+"/post", "page=1")
	fetch(t, s.client, http.MethodPost, s.URL+"/post", "page=2")
	before := s.captures()
	s.reopen()
	after := s.captures()
	if d := cmp.Diff(before, after); d != "" {
		t.Errorf("captures differ after reopening:\n%s", d)
	}
	if len(after) != 6 {
		t.Fatalf("%d captures", len(after))
	}
	gz := after[0]
	want := Capture{
		RecordID: gz.RecordID, Source: "a", URL: s.URL + "/gz", Method: "GET", Why: Why{KindPage, "http://list.example/"},
		At: gz.At, Status: 200, MediaType: "text/html", Charset: "GB18030", SHA256: hexDigest(zipped),
		Transport: "HTTP/1.1", Outcome: OutcomeOK, File: gz.File, Offset: gz.Offset,
	}
	if d := cmp.Diff(want, gz); d != "" {
		t.Errorf("capture:\n%s", d)
	}
	ex, err := s.w.Read(gz)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(ex.Body, zipped) || ex.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("archived body of %d bytes, header %v", len(ex.Body), ex.Header)
	}
	text, charset, basis, err := ex.Text()
	if err != nil || !strings.Contains(text, "年度报告") || charset != "GB18030" || basis != basisFrequency {
		t.Errorf("text %q in %s by %s, %v", text, charset, basis, err)
	}
	chunked, err := s.w.Read(after[1])
	if err != nil {
		t.Fatal(err)
	}
	if string(chunked.Body) != "onetwo" || chunked.Header.Get("Transfer-Encoding") != "" ||
		chunked.Header.Get(origTransferEncoding) != "chunked" || !slices.Equal(chunked.Header["X-Odd"], []string{"\xc4\xea", "two"}) {
		t.Errorf("chunked: %q %v", chunked.Body, chunked.Header)
	}
	if got := after[2]; got.Location != s.URL+"/gz?a=1" || got.Status != 302 {
		t.Errorf("redirect to %q, status %d", got.Location, got.Status)
	}
	if after[3].Status != 404 || after[3].Outcome != OutcomeOK {
		t.Errorf("not found: %+v", after[3])
	}
	c, ok := s.w.Latest("POST", s.URL+"/post", hexDigest([]byte("page=1")))
	if !ok || c != after[4] {
		t.Errorf("latest of the first POST: %+v", c)
	}
	sum := s.verify()
	if sum.Responses != 6 || sum.Records != 1+3*6 || sum.Files != 1 || sum.Sources != 1 {
		t.Errorf("summary %+v", sum)
	}
	if ids, err := s.archive.Sources(); err != nil || !slices.Equal(ids, []string{"a"}) {
		t.Errorf("sources %v, %v", ids, err)
	}
}

func TestReadFindsAMovedRecordByItsID(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	s.get("/1")
	s.get("/2")
	c := s.captures()[1]
	stale := c
	stale.File, stale.Offset = "a-20000101000000-00099.warc.gz", 7
	ex, err := s.w.Read(stale)
	if err != nil || string(ex.Body) != "/2" {
		t.Errorf("read %v, %v", ex, err)
	}
	stale = c
	stale.Offset = s.captures()[0].Offset
	if ex, err := s.w.Read(stale); err != nil || string(ex.Body) != "/2" {
		t.Errorf("read %v, %v", ex, err)
	}
	stale.RecordID = "urn:uuid:none"
	if _, err := s.w.Read(stale); err == nil {
		t.Error("a record nobody wrote was read")
	}
	stale.File = "../../etc/passwd"
	if _, err := s.w.Read(stale); err == nil {
		t.Error("read outside of the source")
	}
}

func TestEvents(t *testing.T) {
	s := newSite(t, nil)
	for _, v := range []any{map[string]any{"id": "r1", "note": "<a&b> 年报"}, []int{1, 2}, nil} {
		if err := s.w.Event("run-start", v); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.w.Event("bad", func() {}); err == nil {
		t.Error("an event that is no JSON was taken")
	}
	for _, when := range []string{"at once", "reopened"} {
		var got []string
		for e, err := range s.w.Events() {
			if err != nil || e.Kind != "run-start" || e.At.IsZero() || e.Source != "a" {
				t.Errorf("%s: event %+v, %v", when, e, err)
			}
			got = append(got, string(e.Data))
		}
		if d := cmp.Diff([]string{`{"id":"r1","note":"<a&b> 年报"}`, "[1,2]", "null"}, got); d != "" {
			t.Errorf("%s:\n%s", when, d)
		}
		s.reopen()
	}
	s.verify()
}

func TestRollover(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	s.closeWriter()
	s.archive.fileSize = 3000
	s.open()
	for range 3 {
		for _, p := range []string{"/1", "/2", "/3", "/4"} {
			s.get(p)
		}
		s.reopen()
	}
	all := s.captures()
	if len(all) != 12 {
		t.Fatalf("%d captures", len(all))
	}
	files := map[string]bool{}
	for i, c := range all {
		files[c.File] = true
		if i > 0 && (c.File < all[i-1].File || c.File == all[i-1].File && c.Offset <= all[i-1].Offset) {
			t.Errorf("capture %d is out of order", i)
		}
		if ex, err := s.w.Read(c); err != nil || !strings.HasSuffix(c.URL, string(ex.Body)) {
			t.Errorf("read %s: %v", c.URL, err)
		}
	}
	if len(files) < 3 {
		t.Errorf("only %d files", len(files))
	}
	if sum := s.verify(); sum.Files != len(files) {
		t.Errorf("summary %+v", sum)
	}
}

func TestSourceIDs(t *testing.T) {
	a, err := Open(filepath.Join(t.TempDir(), "none", "yet"))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", ".", "..", "../x", "a/b", `a\b`, ".locks", "a.", "a b", "年", strings.Repeat("a", 101), "a\x00"} {
		if _, err := a.Writer(id); err == nil {
			t.Errorf("source id %q was taken", id)
		}
		if _, err := a.Source(id); err == nil {
			t.Errorf("source id %q was opened", id)
		}
	}
	s, err := a.Source("empty-1")
	if err != nil {
		t.Fatal(err)
	}
	if n := len(capturesOf(t, s)); n != 0 {
		t.Errorf("%d captures of nothing", n)
	}
	if ids, err := a.Sources(); err != nil || len(ids) != 0 {
		t.Errorf("sources %v, %v", ids, err)
	}
	if _, err := os.Stat(a.dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("a reader made a directory")
	}
}

func TestTransportAndAddress(t *testing.T) {
	s := newSite(t, nil)
	secure := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, r.Proto)
	}))
	secure.EnableHTTP2 = true
	secure.StartTLS()
	defer secure.Close()
	client := &http.Client{Transport: s.w.Record(secure.Client().Transport, testLimit)}
	if body, _ := fetch(t, client, "GET", secure.URL, ""); body != "HTTP/2.0" {
		t.Fatalf("spoken was %s", body)
	}
	c := s.captures()[0]
	if c.Transport != "HTTP/2.0 TLS 1.3" {
		t.Errorf("transport %q", c.Transport)
	}
	err := s.w.withRecord(c, func(rec *inRecord) error {
		if ip := rec.get("WARC-IP-Address"); ip != "127.0.0.1" {
			t.Errorf("address %q", ip)
		}
		if !bytes.HasPrefix(rec.block, []byte("HTTP/1.1 200")) {
			t.Errorf("head %.40q", rec.block)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	s.verify()
}
