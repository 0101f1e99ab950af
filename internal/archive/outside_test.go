//go:build unix

package archive

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// outsideRecord is what testdata/read.mjs prints of a record.
type outsideRecord struct {
	File, Type, ID, URL string
	Offset              int64
	Block               bool  // digest right
	Payload             *bool // digest right, null for a record without payload
	Digest, RefersTo    string
	Status              int
}

// TestOutsideReader has npm warcio, which knows nothing of us, read every record and
// compute every digest.
func TestOutsideReader(t *testing.T) {
	node, modules := outsideReader(t)
	s := newSite(t, outsidePages(t))
	s.closeWriter()
	s.archive.fileSize = 4000 // several files
	s.open()
	for range 2 { // the second round is revisits
		for _, p := range []string{"/gz", "/br", "/gbk", "/chunked", "/empty", "/moved", "/none", "/binary"} {
			s.get(p)
		}
		fetch(t, s.client, "POST", s.URL+"/post", "a=1&b=年")
		if err := s.w.Event("run-end", map[string]string{"note": "年报"}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.client.Get(s.URL + "/drop"); err == nil {
		t.Fatal("no error")
	}
	s.closeWriter()
	names, err := listFiles(filepath.Join(s.dir, "a"), "a")
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string]outsideRecord{}
	kinds := map[string]int{}
	n := 0
	for _, r := range readOutside(t, node, modules, filepath.Join(s.dir, "a"), names) {
		n++
		kinds[r.Type]++
		answers[unbracketed(r.ID)] = r
	}
	if sum := s.verify(); sum.Records != n || sum.Revisits != kinds[typeRevisit] || sum.Responses != kinds[typeResponse] ||
		kinds[typeRevisit] == 0 || kinds[typeWarcinfo] != sum.Files || sum.Files < 2 {
		t.Errorf("we count %+v, warcio %d: %v", sum, n, kinds)
	}
	for _, c := range s.read().Captures {
		r := answers[c.RecordID]
		want := outsideRecord{
			File: c.File, Type: r.Type, ID: bracketed(c.RecordID), URL: c.URL, Offset: c.Offset, Block: true,
			Payload: r.Payload, Status: c.Status,
		}
		if c.Outcome == OutcomeOK {
			want.Digest = digestPrefix + c.SHA256
		}
		if c.RefersTo != "" {
			want.RefersTo = bracketed(c.RefersTo)
			if of := answers[c.RefersTo]; of.Type != typeResponse || of.Digest != want.Digest {
				t.Errorf("%s refers to %+v", c.URL, of)
			}
		}
		if r != want {
			t.Errorf("warcio reads %+v, want %+v", r, want)
		}
	}
}

// readOutside has warcio read files, and fails where a digest is not the one it computes.
func readOutside(t *testing.T, node, modules, dir string, names []string) (all []outsideRecord) {
	t.Helper()
	args := []string{filepath.Join("testdata", "read.mjs"), modules}
	for _, name := range names {
		args = append(args, filepath.Join(dir, name))
	}
	cmd := exec.Command(node, args...)
	var complaints bytes.Buffer
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	scan := bufio.NewScanner(bytes.NewReader(out))
	scan.Buffer(nil, 1<<20)
	for scan.Scan() {
		var r outsideRecord
		if err := json.Unmarshal(scan.Bytes(), &r); err != nil {
			t.Fatalf("%v: %s", err, scan.Text())
		}
		if !r.Block || r.Payload != nil && !*r.Payload || r.Payload == nil && r.Type == typeResponse {
			t.Errorf("digests differ: %s", scan.Text())
		}
		all = append(all, r)
	}
	if err := scan.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func outsideReader(t *testing.T) (node, modules string) {
	t.Helper()
	missing := func(format string, args ...any) {
		t.Helper()
		if os.Getenv("CRAWL_REQUIRE_ALL") == "1" {
			t.Fatalf(format, args...)
		}
		t.Skipf(format, args...)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		missing("no outside WARC reader: node is not installed")
	}
	modules = os.Getenv("CRAWL_NODE_MODULES")
	if modules == "" {
		missing("no outside WARC reader: CRAWL_NODE_MODULES names no directory that holds node_modules/warcio")
	}
	if _, err := os.Stat(filepath.Join(modules, "node_modules", "warcio")); errors.Is(err, os.ErrNotExist) {
		missing("no outside WARC reader: %s holds no node_modules/warcio", modules)
	}
	return node, modules
}

func outsidePages(t *testing.T) http.HandlerFunc {
	page := []byte(strings.Repeat("<p>政府信息公开工作年度报告</p>", 40))
	zip, br := gzipped(t, page), brotlied(t, page)
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/gz":
			h.Set("Content-Encoding", "gzip")
			_, _ = w.Write(zip)
		case "/br":
			h.Set("Content-Encoding", "br")
			_, _ = w.Write(br)
		case "/gbk":
			h["X-Raw"] = []string{"\xc4\xea\xb1\xa8"}
			_, _ = io.WriteString(w, gbkPage)
		case "/chunked":
			for i := range 3 {
				_, _ = fmt.Fprintf(w, "chunk %d\n", i)
				w.(http.Flusher).Flush()
			}
		case "/moved":
			http.Redirect(w, r, "/gz", http.StatusMovedPermanently)
		case "/binary":
			h.Set("Content-Type", "application/pdf")
			_, _ = io.WriteString(w, "%PDF-1.4\r\n\r\nWARC/1.1\r\n\r\n\x00\x1f\x8b\x08")
		case "/post":
			_, _ = io.Copy(w, r.Body)
		case "/none":
			http.NotFound(w, r)
		case "/drop":
			panic(http.ErrAbortHandler)
		}
	}
}
