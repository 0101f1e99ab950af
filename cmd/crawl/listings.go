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
	erased map[string]bool              // addresses that were erased from the archive

	mu     sync.Mutex
	read   map[listKey]portal.Listing
	failed map[string]error           // record id of a list capture that cannot be read
	family map[listKey]portal.Adapter // of a first page
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
		src:    src,
		lists:  map[string][]archive.Capture{},
		from:   map[string]string{},
		erased: map[string]bool{},
		read:   map[listKey]portal.Listing{}, family: map[listKey]portal.Adapter{}, failed: map[string]error{},
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
		if c.Outcome == archive.OutcomeErased {
			l.erased[c.URL] = true
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
	asked := map[string]bool{} // an endpoint answers all pages of a list at one address
	for _, list := range slices.Backward(l.lists[c.Why.Of]) {
		if asked[list.RequestSHA256] || archive.ComparePlaces(list.File, list.Offset, c.File, c.Offset) > 0 {
			continue
		}
		asked[list.RequestSHA256] = true
		src, ok := l.sourceFor(list)
		if !ok {
			continue
		}
		listing, err := l.listing(list, nil, src)
		if _, ok := errors.AsType[*unreadable](err); ok {
			continue // told at the list page itself
		}
		if err != nil {
			return none, err
		}
		for _, it := range listing.Items {
			if at := crawler.Canonical(it.URL); at == url || at == c.URL {
				return listed{url: at, hint: extract.Hint{Title: it.Title, Date: it.Date, Column: listing.Column, Region: none.hint.Region}}, nil
			}
		}
	}
	return none, nil
}

// listing reads a list page once, however often it was answered with the same bytes;
// ex may be nil, it is fetched from the archive then. A page whose paging was not
// understood still has its items.
func (l *listings) listing(c archive.Capture, ex *archive.Exchange, src report.Source) (portal.Listing, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.failed[c.RecordID]; err != nil {
		return portal.Listing{}, err
	}
	got, err := l.readList(c, ex, src)
	if err != nil {
		l.failed[c.RecordID] = err
	}
	return got, err
}

func (l *listings) readList(c archive.Capture, ex *archive.Exchange, src report.Source) (listing portal.Listing, err error) {
	defer caught(&err)
	var p *portal.Page // parsed once, whether for its family, its items or both
	page := func() (_ *portal.Page, err error) {
		if p == nil && ex != nil {
			if p, err = portal.Read(ex); err != nil {
				return nil, &unreadable{err: err}
			}
		} else if p == nil {
			p, err = l.page(c)
		}
		return p, err
	}
	first := l.firstOf(src, c)
	read := page
	if first.RecordID != c.RecordID {
		read = func() (*portal.Page, error) {
			front, err := l.page(first)
			if errors.As(err, new(*unreadable)) {
				return page() // the first page that can be read tells the family
			}
			return front, err
		}
	}
	adapter, err := l.adapter(src, first, read)
	if err != nil {
		return listing, err
	}
	key := listKey{c.URL, c.SHA256, c.MediaType, c.Charset, adapter.Name, src.Select}
	listing, ok := l.read[key]
	if !ok {
		if p, err = page(); err != nil {
			return listing, err
		}
		listing, _ = adapter.List(p) // the crawl reported the error; the items count
		l.read[key] = listing
	}
	before, ok := l.before(c)
	if !ok || listing.Column != "" || listing.Mixed {
		return listing, nil
	}
	led, err := l.readList(before, nil, src)
	if errors.As(err, new(*unreadable)) {
		return listing, nil
	}
	return listing.Under(led), err
}

// before is the list page that led to a list page.
func (l *listings) before(c archive.Capture) (archive.Capture, bool) {
	for _, f := range slices.Backward(l.lists[c.Why.Of]) {
		if archive.ComparePlaces(f.File, f.Offset, c.File, c.Offset) < 0 {
			return f, true
		}
	}
	return archive.Capture{}, false
}

// listKey is what the reading of a list page depends on.
type listKey struct {
	url, sha256, mediaType, charset string
	adapter                         string
	selectors                       report.Selectors
}

// firstOf is the first page of the listing when a list page was read.
func (l *listings) firstOf(src report.Source, c archive.Capture) archive.Capture {
	if first := crawler.Canonical(src.URL); c.URL != first {
		for _, f := range slices.Backward(l.lists[first]) {
			if archive.ComparePlaces(f.File, f.Offset, c.File, c.Offset) <= 0 {
				return f
			}
		}
	}
	return c
}

// adapter is the family the crawl read a listing with: pinned in the config, or detected
// on the listing's first page.
func (l *listings) adapter(src report.Source, first archive.Capture, read func() (*portal.Page, error)) (portal.Adapter, error) {
	key := listKey{first.URL, first.SHA256, first.MediaType, first.Charset, src.Adapter, src.Select}
	if got, ok := l.family[key]; ok {
		return got, nil
	}
	p, err := read()
	if err != nil {
		return portal.Adapter{}, err
	}
	a, err := crawler.AdapterOf(src, p)
	if err == nil {
		l.family[key] = a
	}
	return a, err
}

func (l *listings) page(c archive.Capture) (*portal.Page, error) {
	ex, err := l.src.Read(c)
	if err != nil {
		return nil, damaged(fmt.Errorf("read list page %s: %w", c.URL, err))
	}
	p, err := portal.Read(ex)
	if err != nil {
		return nil, &unreadable{err: err}
	}
	return p, nil
}
