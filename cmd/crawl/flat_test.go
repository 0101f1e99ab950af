package main

import (
	"cmp"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"crawl/internal/crawler"
	"crawl/internal/db"
	"crawl/internal/demo"
	"crawl/internal/extract"
)

// TestFlat lets one pass bring in many pages and watches memory and open files, which
// must not grow with the pages. CRAWL_FLAT is how many: 50000 is the full size.
func TestFlat(t *testing.T) {
	asked := cmp.Or(os.Getenv("CRAWL_FLAT"), "1000")
	pages, err := strconv.Atoi(asked)
	if err != nil || pages < 1000 {
		t.Fatalf("CRAWL_FLAT=%s: want a number of pages, 1000 or more", asked)
	}
	const organs, years = 50, 4
	province := demo.NewSized((pages+organs*years-1)/(organs*years), organs, 2021, 2024)
	pages = len(province.Hosts()) * organs * years
	dial, stop := province.Pipe()
	defer stop()
	data := filepath.Join(t.TempDir(), "data")
	a, err := openArchive(data)
	if err != nil {
		t.Fatal(err)
	}
	s := (&simulation{t: t}).session()

	settings := defaults()
	settings.UserAgent, settings.Delay = "crawl/1.0 (test)", 0
	opt := settings.crawlOptions("run")
	opt.Dial = dial
	w := &watch{t: t, of: pages, fetched: map[string]int{}}
	opt.Progress = func(p crawler.Progress) { w.source(p.Source, p.Fetched) }
	if _, err := crawler.Crawl(s.ctx, a, province.Sources(), opt); err != nil {
		t.Fatal(err)
	}
	w.flat("crawl")

	work, err := db.Open(s.ctx, workPath(data), extract.Version)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = work.Close() }()
	w = &watch{t: t, of: pages, fetched: map[string]int{}}
	got, err := ingest(s.ctx, a, work, nil, false, func(done, of int) { w.source("all", w.before(done, of)) })
	if err != nil {
		t.Fatal(err)
	}
	if got.Reports != pages {
		t.Errorf("%d reports of %d pages", got.Reports, pages)
	}
	w.flat("extract")
	if _, err := work.Publish(s.ctx, reportsPath(data), db.PublishOptions{}); err != nil {
		t.Fatal(err)
	}
	t.Logf("published: %s", footprint())
}

// watch takes the footprint when a tenth, the middle and all of the pages are done.
type watch struct {
	t  *testing.T
	of int

	mu      sync.Mutex
	fetched map[string]int // by source
	done    int            // of the sources that ended, in an extraction
	last    int
	taken   []usage
}

// source is told how many pages of a source are done.
func (w *watch) source(id string, pages int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fetched[id] = pages
	sum := 0
	for _, n := range w.fetched {
		sum += n
	}
	for _, at := range []int{1, 5, 9} {
		if len(w.taken) == at/4 && sum >= w.of*at/10 {
			w.taken = append(w.taken, footprint())
		}
	}
}

// before turns the progress within a source into that over all.
func (w *watch) before(done, of int) int {
	if done < w.last {
		w.done += w.last
	}
	w.last = done
	return w.done + done
}

// flat judges what was taken: the second half may not add more than a quarter and the
// slack of the garbage collector, and no file.
func (w *watch) flat(what string) {
	w.t.Helper()
	if len(w.taken) < 3 {
		w.t.Fatalf("%s: only %d footprints were taken", what, len(w.taken))
	}
	start, middle, end := w.taken[0], w.taken[1], w.taken[2]
	w.t.Logf("%s of %d pages: start %s; middle %s; end %s", what, w.of, start, middle, end)
	if end.resident > middle.resident+middle.resident/4+64<<20 || end.files > middle.files+4 {
		w.t.Errorf("%s: grows with the pages", what)
	}
}
