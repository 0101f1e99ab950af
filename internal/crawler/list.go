package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"crawl/internal/archive"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// maxPages is how many list pages one listing may have: far beyond any archive of
// reports, short of any calendar.
const maxPages = 2000

// leadPages is how many pages without rows may lead to the first that has some: the
// shell of a list, the script that names its endpoint.
const leadPages = 3

// item is one address to be followed.
type item struct {
	url string // as address gives it
	of  string // the list page that names it
}

// listing is what the walk of a listing has gathered.
type listing struct {
	adapter portal.Adapter
	home    *url.URL       // of the first page, where redirects ended
	before  portal.Listing // of the page that led to the one at hand
	pages   int
	barren  int             // of these, pages behind the first without a new item
	rows    int             // items counted as the portal does, repeats included
	seen    map[string]bool // distinct addresses, followed or not
	items   []item          // distinct, followed
	order   order
	total   int // items the portal states, -1
	stated  int // pages the portal states, -1
	partial bool
	trouble *fault // why the end was not reached; what was gathered is good
	skipped string // the reason of the last item not followed
	hollow  string // what a first page without items looks like
	excuse  *fault // what it says, if it leads on to where the items may be
}

// leaf is one list page turned.
type leaf struct {
	url   string
	read  portal.Listing
	fresh []item // not seen on an earlier page
	known bool   // of all its items nothing is left to fetch
	fault *fault // the page is good, the way on is not
	holds string // why it holds nothing, in words that go behind its address
}

// list walks the listing to its end, or to where only known items follow. A fault is
// returned when nothing was listed or our side cannot go on; any other ends up in
// trouble, beside the items gathered.
func (w *walk) list(ctx context.Context) *fault {
	l := &w.listing
	l.seen, l.total, l.stated = make(map[string]bool), -1, -1
	if err := w.recollect(); err != nil {
		return &fault{outcome: report.OutcomeError, err: err}
	}
	unsettled := w.memory.unsettled(w.past.reconciled)
	next := portal.Request{URL: w.src.URL}
	of := ""
	for {
		page, f := w.turn(ctx, next, of, unsettled)
		for other := next.Else; other != nil && (f != nil && !f.ends() && f.outcome != report.OutcomeBlocked || f == nil && len(page.fresh) == 0); other = other.Else {
			page, f = w.turn(ctx, *other, of, unsettled)
		}
		if f != nil && (f.ends() || l.pages == 0) {
			return f
		}
		w.progress(PhaseList)
		switch {
		case f != nil:
			l.trouble = f
		case l.pages > 1 && len(page.fresh) == 0 && (len(l.seen) > 0 || len(page.read.Next) == 0 || l.pages > leadPages):
			// Portals answer beyond the end with the last page, the first, or none.
			if l.trouble = l.shortfall(page.url + " brought no new item" + page.holds); l.trouble == nil && l.total < 0 {
				l.trouble = page.fault
			}
		case page.fault != nil:
			l.trouble = page.fault
		case len(page.read.Next) == 0:
			l.trouble = l.shortfall(page.url + " leads to no other page")
		case page.known && w.mayStop():
			l.partial = true
			l.take(unsettled)
		case w.look != nil && l.pages >= w.look.most:
			l.partial = true
		case l.pages >= maxPages:
			l.trouble = faultf(report.OutcomePaging, "more than %d list pages", maxPages)
		default:
			if l.trouble = w.within(page.read.Next[0]); l.trouble == nil {
				next, of, l.before = page.read.Next[0], page.url, page.read
				continue
			}
		}
		return nil
	}
}

// turn fetches and reads one list page and adds its items to the listing.
func (w *walk) turn(ctx context.Context, r portal.Request, of string, unsettled []item) (leaf, *fault) {
	l := &w.listing
	capture, f := w.fetch(ctx, archive.Why{Kind: archive.KindList, Of: of}, r)
	if f != nil {
		return leaf{}, &fault{outcome: f.outcome, err: fmt.Errorf("list %s: %w", r.URL, f)}
	}
	p, f := w.page(capture)
	if f != nil {
		return leaf{}, f
	}
	p.Asked = r
	if f := w.wall(p); f != nil {
		return leaf{}, f
	}
	if !capture.OK() { // a 206 is a part, a 202 a promise
		outcome := report.OutcomeHTTP
		if l.pages > 0 && (capture.Status == http.StatusNotFound || capture.Status == http.StatusGone) {
			outcome = report.OutcomePaging // the portal itself sent us there
		}
		return leaf{}, faultf(outcome, "list %s: status %d", capture.URL, capture.Status)
	}
	if l.pages == 0 {
		adapter, err := AdapterOf(w.src, p)
		if err != nil {
			return leaf{}, &fault{outcome: report.OutcomeError, err: err}
		}
		l.adapter, l.home, w.result.Adapter = adapter, p.URL, adapter.Name
	}

	read, err := l.adapter.List(p)
	read = read.Under(l.before)
	page := leaf{url: capture.URL, read: read, known: true}
	if paging, ok := errors.AsType[*portal.PagingError](err); ok {
		page.fault = &fault{outcome: report.OutcomePaging, err: paging}
	} else if err != nil {
		return leaf{}, &fault{outcome: report.OutcomePaging, err: err}
	}
	if page.fault == nil && len(read.Next) == 0 && archive.CutOff(p.Text) {
		page.fault = faultf(report.OutcomePaging, "list %s is cut off after %d characters: neither its body nor the page is closed", capture.URL, utf8.RuneCountInString(p.Text))
	}
	l.total, l.stated = max(l.total, read.Total), max(l.stated, read.Pages)
	for _, it := range read.Items {
		w.add(&page, read, it, unsettled)
	}
	if page.fault == nil {
		if f := l.explain(&page, p, read); f != nil {
			return leaf{}, f
		}
	}
	if len(page.fresh) > 0 || l.pages == 0 {
		l.rows += len(read.Items)
	} else {
		l.barren++
	}
	l.pages++
	if w.look != nil {
		w.look.turned(p, read)
	}
	return page, nil
}

// explain looks at a page on which nothing is followed for why that is so. A first page that
// says it and leads nowhere is the fault of the listing, like an error status; what the
// latest news are beside the words that a page is missing, nobody asked for.
func (l *listing) explain(page *leaf, p *portal.Page, read portal.Listing) *fault {
	first := l.pages == 0
	if len(read.Items) > 0 && !(first && len(l.items) == 0) {
		return nil
	}
	h := hollowOf(p)
	f := h.fault(page.url, first)
	switch {
	case first && len(read.Next) == 0 && f != nil:
		return f
	case first:
		l.excuse = f
	case h.kind != "":
		page.fault, page.holds = f, ": "+h.String()
	}
	if text := strings.TrimSpace(p.Text); first && h.kind != "" {
		l.hollow = h.String()
	} else if first && !strings.HasPrefix(strings.TrimPrefix(text, "\ufeff"), "<") {
		l.hollow = fmt.Sprintf("the answer is no HTML (%s): %.80q", cmp.Or(p.Capture.MediaType, "of no type"), text)
	}
	return nil
}

// add takes one row of a list page into the listing.
func (w *walk) add(page *leaf, read portal.Listing, it portal.Item, unsettled []item) {
	l := &w.listing
	key := Canonical(it.URL)
	follow, reason := w.rule.Decide(read, it)
	if follow && !w.job.opt.Years.include(it.Title) {
		follow, reason = false, "of a year that was not asked for"
	}
	entry := item{url: key, of: page.url}
	if follow && page.known && !slices.ContainsFunc(unsettled, func(i item) bool { return i.url == key }) {
		_, held := w.memory.held(key)
		_, _, waits := w.memory.waits(key, w.began)
		page.known = held || waits || w.memory.dead(key) || w.memory.erased(key)
	}
	if l.seen[key] {
		return
	}
	l.seen[key] = true
	l.order.see(it.Date) // a row that is pinned to every page counts on the first
	page.fresh = append(page.fresh, entry)
	if follow {
		l.items = append(l.items, entry)
	} else {
		l.skipped = reason
	}
}

// take adds items that stand further down than the walk went.
func (l *listing) take(items []item) {
	for _, it := range items {
		if !l.seen[it.url] {
			l.seen[it.url] = true
			l.items = append(l.items, it)
		}
	}
}

// mayStop says whether known items prove that all later ones are known: the whole
// listing was walked before, newest first and not too long ago, and still is newest
// first as far as seen.
func (w *walk) mayStop() bool {
	return !w.job.opt.Full && !w.job.opt.Backfill && w.began.Before(w.reconcileAt()) && w.past.ordered && w.listing.order.verified()
}

// reconcileAt is when the listing is to be walked to its end again: at once where
// something seems to be gone, until three listings in a row agree on what, else on a
// schedule, and when reports have come due since it was last walked whole. Sources that
// were added together are spread over a week, each always by the same shift.
func (w *walk) reconcileAt() time.Time {
	if w.past.reconciled.IsZero() || w.past.missing > 0 && w.past.agreed < removedAfter || w.memory.vanished(w.past.reconciled) {
		return time.Time{}
	}
	shift := fnv.New32a()
	_, _ = shift.Write([]byte(w.src.ID)) // never fails
	early := min(7*day, w.job.opt.Reconcile/4)
	share := float64(shift.Sum32()) / (1 << 32)
	scheduled := w.past.reconciled.Add(w.job.opt.Reconcile - time.Duration(share*float64(early)))
	if due := dueAfter(w.past.reconciled); due.Before(scheduled) {
		return due
	}
	return scheduled
}

// dueAfter is the end of the next statutory deadline after a time, Beijing time: 31
// January for the reports of organs, 31 March for those of governments. That a report
// is missing can only be said of a listing seen whole since then.
func dueAfter(t time.Time) time.Time {
	for year := t.In(beijing).Year(); ; year++ {
		for _, month := range []time.Month{time.February, time.April} {
			if over := time.Date(year, month, 1, 0, 0, 0, 0, beijing); over.After(t) {
				return over
			}
		}
	}
}

// shortfall is the fault of a listing that ended before its own stated size.
func (l *listing) shortfall(end string) *fault {
	switch {
	case l.total > l.rows:
		return faultf(report.OutcomePaging, "%d of the %d items the portal states: %s", l.rows, l.total, end)
	case l.total >= 0: // every item is there
	case l.stated > l.pages-l.barren:
		return faultf(report.OutcomePaging, "%d of the %d pages the portal states: %s", l.pages-l.barren, l.stated, end)
	}
	return nil
}

// within returns a fault if the next page is no page of this listing: off its hosts,
// or a static page outside its folder. What carries a query or a body is an endpoint
// that adapters know how to address; those lie anywhere.
func (w *walk) within(r portal.Request) *fault {
	u, err := address(r.URL)
	if err != nil {
		return &fault{outcome: report.OutcomePaging, err: err}
	}
	folder := w.listing.home.Path[:strings.LastIndexByte(w.listing.home.Path, '/')+1]
	endpoint := u.RawQuery != "" || r.Body != ""
	if w.allowed(u) && (endpoint || strings.HasPrefix(u.Path, folder)) {
		return nil
	}
	return faultf(report.OutcomePaging, "next page %s lies outside the listing's folder %s%s", u, w.listing.home.Host, folder)
}

// emptiness says in words what a listing without items to follow looked like.
func (l *listing) emptiness() string {
	switch {
	case len(l.seen) > 0:
		return fmt.Sprintf("none of %d items is followed: %s", len(l.seen), l.skipped)
	case l.hollow != "":
		return "no items: " + l.hollow
	}
	return "no items"
}
