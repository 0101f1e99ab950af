package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"golang.org/x/term"

	"crawl/internal/crawler"
)

// line shows how long work goes on: one line that rewrites itself on a terminal,
// a plain line every half minute elsewhere.
type line struct {
	to       io.Writer
	terminal bool

	mu    sync.Mutex
	last  time.Time
	walks map[string]crawler.Progress // by source id
	pace  pace

	sources int // to be crawled
}

const (
	redraw    = 100 * time.Millisecond
	plainLine = 30 * time.Second
)

func newLine(to io.Writer) *line {
	f, ok := to.(*os.File)
	return &line{
		to: to, terminal: ok && term.IsTerminal(int(f.Fd())),
		last: time.Now(), walks: map[string]crawler.Progress{}, pace: newPace(),
	}
}

func (l *line) show(format string, args ...any) {
	every := plainLine
	if l.terminal {
		every = redraw
	}
	if time.Since(l.last) < every {
		return
	}
	l.last = time.Now()
	if l.terminal {
		fmt.Fprintf(l.to, "\r\x1b[K"+format, args...)
		return
	}
	fmt.Fprintf(l.to, format+"\n", args...)
}

// clear leaves the terminal as it was.
func (l *line) clear() {
	if l.terminal {
		fmt.Fprint(l.to, "\r\x1b[K")
	}
}

// crawl takes the progress of one source; it is called from several goroutines.
func (l *line) crawl(p crawler.Progress) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pace.take(p, time.Now())
	l.walks[p.Source] = p
	var pages, items, fetched, requests int
	for _, w := range l.walks {
		pages += w.Pages
		items += w.Items
		fetched += w.Fetched
		requests += w.Requests
	}
	l.show("crawling: %d of %d sources begun, %d list pages, %d items, %d pages fetched, %d requests%s (%s)",
		len(l.walks), l.sources, pages, items, fetched, requests, l.pace.left(l.sources-len(l.walks)), p.Source)
}

func (l *line) extract(done, of int) {
	l.show("extracting: %d of %d captures", done, of)
}
