package main

import (
	"bytes"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"crawl/internal/archive"
)

// holds says whether any file below the data directory, compressed or not, has text.
func (o *office) holds(text string) (files []string) {
	o.t.Helper()
	err := filepath.WalkDir(o.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if strings.HasSuffix(path, ".gz") {
			z, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				return err
			}
			var all bytes.Buffer
			if _, err := all.ReadFrom(z); err != nil {
				return err
			}
			b = all.Bytes()
		}
		if bytes.Contains(b, []byte(text)) {
			files = append(files, strings.TrimPrefix(path, o.data+"/"))
		}
		return nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return files
}

// asked counts the captures of a page.
func (o *office) captured(page string) (n int) {
	o.t.Helper()
	a, err := archive.Open(archivePath(o.data))
	if err != nil {
		o.t.Fatal(err)
	}
	src, err := a.Source("office")
	if err != nil {
		o.t.Fatal(err)
	}
	defer src.Close()
	for c, err := range src.Captures() {
		if err != nil {
			o.t.Fatal(err)
		}
		if c.URL == o.url+page+".html" {
			n++
		}
	}
	return n
}

func TestForget(t *testing.T) {
	o := newOffice(t)
	const title = "临江县司法局2023年政府信息公开工作年度报告"
	if files := o.holds(title); len(files) < 3 {
		t.Fatalf("the page is only in %v", files)
	}
	before := o.digest()

	out, code := o.crawl("forget", o.url+"private.html", "--why", "names an applicant")
	if code != exitUsage || !strings.Contains(out, "private.html") || !strings.Contains(out, "--yes") {
		t.Errorf("without --yes: exit %d\n%s", code, out)
	}
	o.want("rows without --yes", o.digest(), before)
	if out, code := o.crawl("forget", o.url+"private.html", "--yes"); code != exitUsage || !strings.Contains(out, "--why") {
		t.Errorf("without --why: exit %d\n%s", code, out)
	}

	out, code = o.crawl("forget", o.url+"private.html", "--why", "names an applicant", "--yes")
	if code != exitDone || !strings.Contains(out, "1 captures erased") {
		t.Fatalf("forget: exit %d\n%s", code, out)
	}
	if files := o.holds(title); len(files) > 0 {
		t.Errorf("what was erased is still in %v", files)
	}
	if files := o.holds("private政府信息公开工作年度报告"); len(files) == 0 {
		t.Error("the listing lost its row")
	}
	o.want("reports", ask(t, o.data, "SELECT count(*) FROM reports WHERE url LIKE '%private%'"), "[[0]]")
	o.want("views", ask(t, o.data, "SELECT count(*) FROM view_counts WHERE url LIKE '%private%'"), "[[0]]")
	o.want("item", ask(t, o.data, "SELECT title, decision, reason FROM listing_items WHERE url LIKE '%private%'"), "[[ skipped erased]]")
	if out, code := o.crawl("verify"); code != exitDone || !strings.Contains(out, "1 erased") {
		t.Errorf("verify: exit %d\n%s", code, out)
	}

	// The same rows come of the archive alone, and no run fetches the page again.
	after := o.digest()
	for _, args := range [][]string{{"extract", "--all"}, {"run", "--full"}, {"backfill"}} {
		if out, code := o.crawl(args...); code != exitDone {
			t.Errorf("%v: exit %d\n%s", args, code, out)
		}
		if n := o.captured("private"); n != 1 {
			t.Errorf("%v: %d captures of what was erased", args, n)
		}
	}
	if err := os.Remove(workPath(o.data)); err != nil {
		t.Fatal(err)
	}
	rows := o.digest()
	if out, code := o.crawl("extract"); code != exitDone {
		t.Errorf("extract: exit %d\n%s", code, out)
	}
	o.want("rows read anew", o.digest(), rows)
	if rows == before || after == before {
		t.Error("forgetting changed no row")
	}
	if out, code := o.crawl("forget", o.url+"private.html", "--why", "again", "--yes"); code != exitDone || !strings.Contains(out, "0 captures erased") {
		t.Errorf("forget again: exit %d\n%s", code, out)
	}
}

// A page known by the address that redirects to it, and by its own.
func TestForgetRedirect(t *testing.T) {
	for _, name := range []string{"old", "moved"} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			if out, code := o.crawl("forget", o.url+name+".html", "--why", "asked", "--yes"); code != exitDone {
				t.Fatalf("forget: exit %d\n%s", code, out)
			}
			if files := o.holds("临江县民政局"); len(files) > 0 {
				t.Errorf("what was erased is still in %v", files)
			}
			o.want("item", ask(t, o.data, "SELECT title, decision, reason FROM listing_items WHERE url LIKE '%old%'"), "[[ skipped erased]]")
			if out, code := o.crawl("run", "--full"); code != exitDone {
				t.Errorf("run: exit %d\n%s", code, out)
			}
			if old, moved := o.captured("old"), o.captured("moved"); old != 1 || moved != 1 {
				t.Errorf("%d and %d captures after another run", old, moved)
			}
			o.want("reports", ask(t, o.data, "SELECT count(*) FROM reports WHERE url LIKE '%moved%'"), "[[0]]")
		})
	}
}

// What one source held and lost, no other brings back: not one that was added later, not
// through a redirect, and not one that was being crawled while the page was erased.
func TestForgetHoldsForEverySource(t *testing.T) {
	o := newOffice(t)
	text, err := os.ReadFile(o.config)
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(archivePath(o.data))
	if err != nil {
		t.Fatal(err)
	}
	beside, err := a.Writer("beside") // knows of no erasure yet
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"private", "moved"} {
		if out, code := o.crawl("forget", o.url+name+".html", "--why", "asked", "--yes"); code != exitDone {
			t.Fatalf("forget: exit %d\n%s", code, out)
		}
	}
	req, err := http.NewRequestWithContext(archive.WithWhy(t.Context(), archive.Why{Kind: archive.KindPage}), http.MethodGet, o.url+"private.html", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := beside.Record(&http.Transport{DisableCompression: true, DisableKeepAlives: true}, 0).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(resp.Body.Close(), beside.Close()); err != nil {
		t.Fatal(err)
	}

	o.write(o.config, string(text)+"  - {id: again, name: 临江县, url: \""+o.url+"\", region: \"990121\"}\n")
	for _, args := range [][]string{{"run"}, {"run", "--full"}, {"backfill"}, {"extract", "--all"}} {
		if out, code := o.crawl(args...); code != exitDone {
			t.Fatalf("%v: exit %d\n%s", args, code, out)
		}
		src, err := a.Source("again")
		if err != nil {
			t.Fatal(err)
		}
		for c, err := range src.Captures() {
			if err != nil {
				t.Fatal(err)
			}
			if c.URL == o.url+"private.html" || c.URL == o.url+"moved.html" {
				t.Errorf("%v: source again asked for %s", args, c.URL)
			}
		}
		if err := src.Close(); err != nil {
			t.Fatal(err)
		}
		o.want("reports", ask(t, o.data, "SELECT count(*) FROM reports WHERE url LIKE '%private%' OR url LIKE '%moved%'"), "[[0]]")
		o.want("other reports", ask(t, o.data, "SELECT count(*) FROM reports WHERE source = 'again' OR url LIKE '%second%'"), "[[1]]")
		o.want("item", ask(t, o.data, "SELECT source, title, reason FROM listing_items WHERE url LIKE '%private%' ORDER BY source"), "[[again  erased] [office  erased]]")
	}
	if out, code := o.crawl("verify"); code != exitSourceFault || !strings.Contains(out, "holds what was erased") || !strings.Contains(out, "beside") {
		t.Errorf("verify: exit %d\n%s", code, out)
	}
	if out, code := o.crawl("forget", o.url+"private.html", "--why", "asked", "--yes"); code != exitDone || !strings.Contains(out, "1 captures erased") {
		t.Errorf("forget what was fetched meanwhile: exit %d\n%s", code, out)
	}
	if files := o.holds("临江县司法局2023"); len(files) > 0 {
		t.Errorf("what was erased is still in %v", files)
	}
	if out, code := o.crawl("verify"); code != exitDone {
		t.Errorf("verify in the end: exit %d\n%s", code, out)
	}
}

func TestForgetRefusals(t *testing.T) {
	o := newOffice(t)
	for url, word := range map[string]string{
		o.url:                "as list of source office",
		o.url + "never.html": "holds no page",
	} {
		if out, code := o.crawl("forget", url, "--why", "x", "--yes"); code != exitUsage || !strings.Contains(out, word) {
			t.Errorf("%s: exit %d\n%s", url, code, out)
		}
	}
	a, err := archive.Open(archivePath(o.data))
	if err != nil {
		t.Fatal(err)
	}
	w, err := a.Writer("office") // a crawl is under way
	if err != nil {
		t.Fatal(err)
	}
	out, code := o.crawl("forget", o.url+"private.html", "--why", "x", "--yes")
	if code != exitError || !strings.Contains(out, "nothing was erased, try again") {
		t.Errorf("beside a crawl: exit %d\n%s", code, out)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if files := o.holds("临江县司法局"); len(files) < 3 {
		t.Errorf("refused, and yet only in %v", files)
	}
}

// Two sources list the page, and the erasure was killed before it came to the second
// one and to the databases: what is erased is gone with the next extract, whatever was
// read before, and to forget again does the rest.
func TestForgetInterrupted(t *testing.T) {
	o := newOffice(t)
	text, err := os.ReadFile(o.config)
	if err != nil {
		t.Fatal(err)
	}
	o.write(o.config, string(text)+"  - {id: again, name: 临江县, url: \""+o.url+"\", region: \"990121\"}\n")
	if out, code := o.crawl("run"); code != exitDone {
		t.Fatalf("run: exit %d\n%s", code, out)
	}
	a, err := archive.Open(archivePath(o.data))
	if err != nil {
		t.Fatal(err)
	}
	w, err := a.Writer("office")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.Erase("asked", o.url+"private.html"); err != nil || n != 1 {
		t.Fatalf("%d erased: %v", n, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if out, code := o.extract(); code != exitDone { // and a rebuild gives the same rows
		t.Errorf("extract: exit %d\n%s", code, out)
	}
	if out, code := o.crawl("forget", o.url+"private.html", "--why", "asked", "--yes"); code != exitDone || !strings.Contains(out, "1 captures erased") {
		t.Errorf("forget the rest: exit %d\n%s", code, out)
	}
	if files := o.holds("临江县司法局2023"); len(files) > 0 {
		t.Errorf("what was erased is still in %v", files)
	}
	if out, code := o.extract(); code != exitDone {
		t.Errorf("extract: exit %d\n%s", code, out)
	}
	if files := o.holds("临江县司法局2023"); len(files) > 0 {
		t.Errorf("what was erased came back in %v", files)
	}
}
