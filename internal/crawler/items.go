package crawler

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"crawl/internal/archive"
	"crawl/internal/portal"
)

// misses are the followed items whose pages could not be had.
type misses struct {
	count   int      // asked for, without a usable answer
	dead    int      // of those, the links that the portal itself says lead nowhere
	first   []string // up to three of them, in words
	untried int      // given up with their host
	alone   *fault   // why that host was left alone
	counter *fault   // how a view counter refused us, if one did
}

func (m misses) String() string {
	more := ""
	if m.count > len(m.first) {
		more = ", …"
	}
	return strings.Join(m.first, ", ") + more
}

func (m *misses) add(url, reason string) {
	m.count++
	if len(m.first) < 3 {
		const most = 200 // portals print addresses of any length
		if len(url) > most {
			url = strings.ToValidUTF8(url[:most], "") + "…"
		}
		m.first = append(m.first, url+": "+reason)
	}
}

// fetchItems fetches the followed items that the archive does not hold, then the known
// pages whose revisit is due, and asks the view counters of those fetched, and of those
// whose last visit ended before it came to that. Pages that an interrupted part of this
// run fetched count as this run's.
func (w *walk) fetchItems(ctx context.Context) (misses, *fault) {
	var missed misses
	if f := w.fetchNew(ctx, &missed); f != nil || w.job.opt.Backfill {
		return missed, f // a backfill is long enough without what any night does
	}
	for _, g := range w.memory.uncounted(w.began) {
		if f := w.count(ctx, g, g.settled, &missed); f != nil {
			return missed, f
		}
	}
	return missed, w.revisit(ctx, &missed)
}

// fetchNew fetches what is listed and not held. A link that was dead when it was last
// tried is asked again as seldom as a page that was there, one that held nothing as seldom
// as a page that fails.
func (w *walk) fetchNew(ctx context.Context, missed *misses) *fault {
	wanted := w.wanted(missed)
	w.todo = len(wanted)
	for _, it := range wanted {
		capture, held := w.memory.held(it.url)
		kind := &w.result.New
		switch g, _ := w.memory.end(it.url); {
		case held && g.visits > 1:
			kind = &w.result.Revisited
		case !held:
			var f *fault
			if capture, f = w.fetchItem(ctx, it, missed); f != nil {
				return f
			}
		}
		w.todo--
		if f := w.had(ctx, capture, missed, kind); f != nil {
			return f
		}
	}
	return nil
}

// wanted lists the followed items that are to be fetched, and those whose pages an
// interrupted part of this run asked for: they count as this run's.
func (w *walk) wanted(missed *misses) []item {
	var wanted []item
	for _, it := range w.listing.items {
		capture, held := w.memory.held(it.url)
		until, why, waits := w.memory.waits(it.url, w.began)
		switch {
		case w.memory.erased(it.url): // somebody asked for it
		case held && (!w.result.Resumed || capture.At.Before(w.since)):
		case waits && (!w.result.Resumed || w.memory.pages[it.url].tried.Before(w.since)):
			missed.add(it.url, fmt.Sprintf("%s its last visit, asked again from %s", why, until.Format(time.DateOnly)))
			if w.memory.dead(it.url) {
				missed.dead++
			}
		default:
			wanted = append(wanted, it)
		}
	}
	return wanted
}

// had counts a page that was asked for, also as one of a kind, and asks its counter.
func (w *walk) had(ctx context.Context, c archive.Capture, missed *misses, kind *int) *fault {
	w.result.Failed = missed.count + missed.untried
	if !c.OK() {
		w.progress(PhasePages)
		return nil
	}
	w.result.Fetched++
	*kind++
	if f := w.askCounter(ctx, c, missed); f != nil {
		return f
	}
	w.progress(PhasePages)
	return nil
}

// revisit asks again for the known pages that are due: for their view counts, and to
// see whether they were edited or are gone. A page that is gone is no failure of the
// run: that it is no longer listed, or answers 404, is what the revisit is for.
func (w *walk) revisit(ctx context.Context, missed *misses) *fault {
	pages := w.memory.due(w.began)
	w.todo = len(pages)
	for _, g := range pages {
		w.todo--
		if !g.tried.Before(w.since) && !g.tried.After(time.Now()) {
			continue // tried above, seen through a redirect, or before the run was interrupted
		}
		capture, f := w.fetchItem(ctx, item{url: g.url, of: g.of}, missed)
		if f != nil {
			return f
		}
		if f := w.had(ctx, capture, missed, &w.result.Revisited); f != nil {
			return f
		}
	}
	return nil
}

// fetchItem fetches one page. One that cannot be had is noted in missed and comes back
// without status 200; only a fault that ends the walk is returned.
func (w *walk) fetchItem(ctx context.Context, it item, missed *misses) (archive.Capture, *fault) {
	var none archive.Capture
	if _, err := address(it.url); err != nil { // nobody could ask for it
		missed.add(it.url, err.Error())
		missed.dead++
		return none, nil
	}
	capture, f := w.fetch(ctx, archive.Why{Kind: archive.KindPage, Of: it.of}, portal.Request{URL: it.url})
	w.remember(it.url)
	if f == nil {
		if p := w.readable(capture); p != nil {
			f = w.wall(p)
		}
	}
	nothing, hollow := w.past.hollow[capture.RecordID]
	switch {
	case f != nil && f.ends():
		return none, f
	case f != nil && errors.Is(f, archive.ErrErased): // a redirect led there; the next run knows
		return none, nil
	case f != nil && w.leftAlone(it.url):
		missed.untried, missed.alone = missed.untried+1, f
		return none, nil
	case f != nil:
		missed.add(it.url, f.Error())
		return none, nil
	case !capture.OK():
		missed.add(it.url, fmt.Sprintf("status %d", capture.Status))
		if gone(capture.Status) {
			missed.dead++
		}
	case hollow: // it is archived, and never stands for the page
		missed.add(it.url, nothing.String())
		if nothing.kind == portal.SoftMissing {
			missed.dead++
		}
		return none, nil
	case w.cutOff(capture): // it is archived, and the next visit may bring it whole
		missed.add(it.url, "cut off in the middle")
		return none, nil
	}
	return capture, nil
}

// askCounter asks the view counter of a page as it was just captured, unless that was
// done before the run was interrupted.
func (w *walk) askCounter(ctx context.Context, c archive.Capture, missed *misses) *fault {
	g := w.memory.at(c.URL)
	asked := g.counted
	if g.silent.After(asked) {
		asked = g.silent
	}
	if !asked.Before(c.At) && !asked.After(time.Now()) { // else by a clock that was ahead
		return nil
	}
	return w.count(ctx, g, c, missed)
}

// count asks the view counter of a page, if the settings permit it and the counter's
// host is the source's. What it answers is read from the archive; a counter that fails
// is no fault of the page, but the host of one that refuses us is left alone as anywhere.
func (w *walk) count(ctx context.Context, g *known, c archive.Capture, missed *misses) *fault {
	if w.job.opt.Counters == CountersOff {
		return nil
	}
	p := w.readable(c)
	if p == nil {
		return nil
	}
	r, ok := w.counterOf(p)
	if !ok {
		return nil
	}
	answer, f := w.fetch(ctx, archive.Why{Kind: archive.KindViews, Of: c.URL}, r)
	if f == nil {
		if p := w.readable(answer); p != nil {
			f = w.wall(p)
			missed.counter = cmp.Or(missed.counter, f)
		}
	}
	if f != nil && f.ends() {
		return f
	}
	g.counted = time.Now() // as far as this run goes
	return nil
}

// counterOf is the request to a page's counter that the settings permit.
func (w *walk) counterOf(p *portal.Page) (portal.Request, bool) {
	if w.job.opt.Counters == CountersAll {
		c, ok := portal.FindCounter(p)
		return c.Request, ok
	}
	if w.listing.adapter.Views == nil {
		return portal.Request{}, false
	}
	return w.listing.adapter.Views(p)
}
