package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"

	"crawl/internal/archive"
	"crawl/internal/crawler"
	"crawl/internal/db"
	"crawl/internal/extract"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// listings reads the archived list pages of one source again, the way the crawl
// read them: with the config entry its run-start stored. What a list row said of a
// page is thereby a function of the archive alone.
type listings struct {
	src    *archive.Source
	starts []sourceAt                   // config entries in the order they were written
	lists  map[string][]archive.Capture // list URL -> answered captures, in that order
	from   map[string]string            // redirect target -> address that was asked for

	mu   sync.Mutex
	read map[string]listingRead // by the record id of a list capture
}

// listingRead is what a list page lists, or why it could not be read.
type listingRead struct {
	listing portal.Listing
	err     error
}

type sourceAt struct {
	file   string // place of the run-start
	offset int64
	source report.Source
}

// listed is what the listing said of a page.
type listed struct {
	url  string // as listed, before redirects
	hint extract.Hint
}

func newListings(src *archive.Source) (*listings, error) {
	l := &listings{
		src:   src,
		lists: map[string][]archive.Capture{},
		from:  map[string]string{},
		read:  map[string]listingRead{},
	}
	for e, err := range src.Events() {
		if _, ok := errors.AsType[*unreadable](damaged(err)); err != nil && ok {
			continue // ingestEvents counts it
		}
		if err != nil {
			return nil, err
		}
		if e.Kind != report.EventRunStart {
			continue
		}
		var start report.RunStart
		if err := json.Unmarshal(e.Data, &start); err != nil {
			return nil, fmt.Errorf("run-start at %s:%d: %w", e.File, e.Offset, err)
		}
		l.starts = append(l.starts, sourceAt{e.File, e.Offset, start.Source})
	}
	for c, err := range src.Captures() {
		if err != nil {
			return nil, err
		}
		if c.Location != "" {
			l.from[c.Location] = c.URL
		}
		if c.Why.Kind == archive.KindList && c.OK() {
			l.lists[c.URL] = append(l.lists[c.URL], c)
		}
	}
	return l, nil
}

// sourceFor is the config entry that was in force when a capture was made. Places in the
// archive decide, since a clock may have been set back.
func (l *listings) sourceFor(c archive.Capture) (report.Source, bool) {
	for _, s := range slices.Backward(l.starts) {
		if archive.ComparePlaces(s.file, s.offset, c.File, c.Offset) <= 0 {
			return s.source, true
		}
	}
	return report.Source{}, false
}

// items are the rows of one list page, each followed or skipped with a reason.
func (l *listings) items(ex *archive.Exchange) ([]db.ListingItem, error) {
	src, ok := l.sourceFor(ex.Capture)
	if !ok {
		return nil, &unreadable{err: fmt.Errorf("list page %s at %s:%d has no run-start before it", ex.URL, ex.File, ex.Offset)}
	}
	listing, err := l.listing(ex.Capture, ex, src)
	if err != nil {
		return nil, err
	}
	rule, err := crawler.RuleOf(src)
	if err != nil {
		return nil, err
	}
	var items []db.ListingItem
	for _, it := range listing.Items {
		follow, reason := rule.Decide(listing, it)
		decision := "skipped"
		if follow {
			decision = "followed"
		}
		items = append(items, db.ListingItem{
			Source: ex.Source, URL: crawler.Canonical(it.URL), Title: it.Title, ListedDate: it.Date,
			SeenAt: ex.At, Decision: decision, Reason: reason,
		})
	}
	return items, nil
}

// itemOf is what the newest list page before a page's capture said of it.
func (l *listings) itemOf(c archive.Capture) (listed, error) {
	url := c.URL
	for hops := 0; hops < 10; hops++ {
		asked, ok := l.from[url]
		if !ok || asked == url {
			break
		}
		url = asked
	}
	none := listed{url: url}
	if src, ok := l.sourceFor(c); ok {
		none.hint.Region = src.Region
	}
	captures := l.lists[c.Why.Of]
	i := len(captures) - 1
	for i >= 0 && archive.ComparePlaces(captures[i].File, captures[i].Offset, c.File, c.Offset) > 0 {
		i--
	}
	if i < 0 {
		return none, nil
	}
	src, ok := l.sourceFor(captures[i])
	if !ok {
		return none, nil
	}
	listing, err := l.listing(captures[i], nil, src)
	if _, ok := errors.AsType[*unreadable](err); ok {
		return none, nil // told at the list page itself
	}
	if err != nil {
		return none, err
	}
	for _, it := range listing.Items {
		if at := crawler.Canonical(it.URL); at == url || at == c.URL {
			return listed{url: at, hint: extract.Hint{Title: it.Title, Date: it.Date, Column: listing.Column, Region: none.hint.Region}}, nil
		}
	}
	return none, nil
}

// listing reads a list page once; ex may be nil, it is fetched from the archive
// then. A page whose paging was not understood still has its items.
func (l *listings) listing(c archive.Capture, ex *archive.Exchange, src report.Source) (portal.Listing, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	got, ok := l.read[c.RecordID]
	if !ok {
		got.listing, got.err = l.readList(c, ex, src)
		l.read[c.RecordID] = got
	}
	return got.listing, got.err
}

func (l *listings) readList(c archive.Capture, ex *archive.Exchange, src report.Source) (listing portal.Listing, err error) {
	defer caught(&err)
	if ex == nil {
		if ex, err = l.src.Read(c); err != nil {
			return listing, damaged(fmt.Errorf("read list page %s: %w", c.URL, err))
		}
	}
	p, err := portal.Read(ex)
	if err != nil {
		return listing, &unreadable{err: err}
	}
	adapter, err := l.adapter(src, ex, p)
	if err != nil {
		return listing, err
	}
	listing, _ = adapter.List(p) // the crawl reported the error; the items count
	return listing, nil
}

// adapter is the family the crawl read this list page with: pinned in the config,
// or detected on the listing's first page that can be read.
func (l *listings) adapter(src report.Source, ex *archive.Exchange, p *portal.Page) (portal.Adapter, error) {
	first := crawler.Canonical(src.URL)
	if ex.URL != first {
		for _, c := range slices.Backward(l.lists[first]) {
			if archive.ComparePlaces(c.File, c.Offset, ex.File, ex.Offset) > 0 {
				continue
			}
			earlier, err := l.src.Read(c)
			if err != nil {
				if err := damaged(err); !errors.As(err, new(*unreadable)) {
					return portal.Adapter{}, fmt.Errorf("read first list page %s: %w", c.URL, err)
				}
				continue
			}
			if front, err := portal.Read(earlier); err == nil {
				p = front
				break
			}
		}
	}
	return crawler.AdapterOf(src, p)
}
