package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"crawl/internal/archive"
	"crawl/internal/portal"
)

// memory is what the archive says of the pages of a source, by address. A redirect and
// its target are two pages: either may outlive the other.
type memory struct {
	pages  map[string]*known
	spoilt func(archive.Capture) string // the kind of an answer under status 200 that is no page, "" for a page
}

// known is what is known of one page. An answer settles what stands at its address:
// a page, a redirect, or that nothing is there. Errors, refusals, pages that hold nothing
// and silence do not.
type known struct {
	url     string
	of      string          // the list page that named it last
	settled archive.Capture // the newest answer that did, if visits > 0
	none    bool            // it said that nothing is there
	alike   int             // visits in a row that redirected to where that does
	visits  int             // such answers, counted anew when a page goes dead, comes back or no longer redirects
	before  bool            // it was there before it went dead
	failed  int             // tries since then that settled nothing
	hollow  string          // the kind of the newest of those, if it was answered with success
	tried   time.Time       // the newest of all
	hop     bool            // the target of a redirect
	counted time.Time       // its view counter answered last, whatever it said
	silent  time.Time       // its view counter was asked last without an answer
	erased  bool            // from the archive, from whichever source; never to be asked for again
}

// recollect reads the archive's page captures.
func (w *walk) recollect() error {
	w.memory = memory{pages: make(map[string]*known), spoilt: w.spoilt}
	erasures, err := w.job.archive.Erasures()
	if err != nil {
		return err
	}
	for _, e := range erasures { // also of what this source never asked for
		w.memory.at(e.URL).erased = true
	}
	for c, err := range w.writer.Captures() {
		if err != nil {
			return fmt.Errorf("read captures: %w", err)
		}
		switch {
		case c.Why.Kind == archive.KindPage && c.Method == http.MethodGet:
			w.memory.note(c)
		case c.Why.Kind == archive.KindViews:
			w.memory.at(c.Why.Of).count(c.At, c.Outcome)
		}
	}
	return nil
}

// remember takes in what was just asked for at an address, redirects included.
func (w *walk) remember(address string) {
	for range maxRedirects + 1 {
		c, ok := w.writer.Latest(http.MethodGet, address, "")
		if !ok {
			return
		}
		if g := w.memory.pages[address]; c.Why.Kind == archive.KindPage && (g == nil || !g.tried.Equal(c.At)) {
			w.memory.note(c)
		}
		if c.Location == "" {
			return
		}
		address = Canonical(c.Location)
	}
}

func (m *memory) at(address string) *known {
	g := m.pages[address]
	if g == nil {
		g = &known{url: address}
		m.pages[address] = g
	}
	return g
}

func (m *memory) note(c archive.Capture) {
	g := m.at(c.URL)
	sinceTried := c.At.Sub(g.tried)
	g.of, g.tried = c.Why.Of, c.At
	if c.Location != "" {
		m.at(Canonical(c.Location)).hop = true
	}
	g.hollow = ""
	if c.OK() {
		g.hollow = m.spoilt(c)
	}
	answered, none := c.Outcome == archive.OutcomeOK, gone(c.Status) || g.hollow == portal.SoftMissing
	switch {
	case c.Outcome == archive.OutcomeErased:
		g.erased = true
		return
	case !answered, !none && (g.hollow != "" || c.Location == "" && !c.OK()):
		if g.failed == 0 || sinceTried >= nightSlack { // else once more in the same visit
			g.failed++
		}
		return
	case none != g.dead(), g.settled.Location != "" && c.Location == "":
		g.before, g.visits = g.visits > 0, 1
	case g.visits == 0 || c.At.Sub(g.settled.At) >= nightSlack: // else the same visit, through a redirect
		g.visits++
	}
	switch {
	case c.Location == "" || c.Location != g.settled.Location:
		g.alike = 1
	case c.At.Sub(g.settled.At) >= nightSlack:
		g.alike++
	}
	g.settled, g.none, g.failed, g.hollow = c, none, 0, ""
}

// count notes that the page's view counter was asked, unless we cut that off ourselves.
func (g *known) count(at time.Time, outcome string) {
	switch outcome {
	case archive.OutcomeOK:
		g.counted = at
	case archive.OutcomeCanceled:
	default:
		g.silent = at
	}
}

// dead says whether nothing stands at the address.
func (g *known) dead() bool { return g.visits > 0 && g.none }

// waits says whether an address at which no page is, redirects followed, is left alone for
// now, until when, and why: it is dead, or it never was there and was several times answered
// with success by what holds nothing, which asking every night would not mend.
func (m *memory) waits(address string, now time.Time) (until time.Time, why string, waits bool) {
	g, hops := m.end(address)
	if g == nil {
		return until, "", false
	}
	tried, times, why := g, g.visits, "dead since"
	if !g.dead() {
		if g.visits > 0 || g.hollow == "" || g.hollow == refused {
			return until, "", false
		}
		times, why = g.failed, g.hollow+" at"
	}
	if hops > 0 { // one page may say it for any number of addresses
		tried = m.pages[address]
		times = tried.alike
	}
	if !g.dead() {
		if times <= hopeful {
			return until, "", false
		}
		times -= hopeful
	}
	until = tried.tried.Add(interval(times))
	ahead := tried.tried.After(now.Add(nightSlack)) // by a clock that was
	return until, why, !ahead && now.Before(until.Add(-nightSlack))
}

func gone(status int) bool { return status == http.StatusNotFound || status == http.StatusGone }

// end is the page at an address, redirects followed, and how many they are; nil if it
// was never asked for.
func (m *memory) end(address string) (g *known, hops int) {
	for hops = range maxRedirects + 1 {
		g := m.pages[address]
		if g == nil || g.erased || g.visits == 0 || g.settled.Location == "" {
			return g, hops
		}
		address = Canonical(g.settled.Location)
	}
	return nil, hops
}

// held returns the archived page at an address, redirects followed.
func (m *memory) held(address string) (archive.Capture, bool) {
	g, _ := m.end(address)
	if g == nil || g.erased || g.visits == 0 || g.dead() {
		return archive.Capture{}, false
	}
	return g.settled, true
}

// erased says whether what stands at an address, redirects followed, was erased.
func (m *memory) erased(address string) bool {
	g, _ := m.end(address)
	return g != nil && g.erased
}

// dead says whether at an address, redirects followed, nothing is.
func (m *memory) dead(address string) bool {
	g, _ := m.end(address)
	return g != nil && g.dead()
}

// missing counts the pages ever asked for that a listing does not name.
func (m *memory) missing(seen map[string]bool) (n int) {
	for address, g := range m.pages {
		if !g.hop && !g.tried.IsZero() && !seen[address] {
			n++
		}
	}
	return n
}

// vanished says whether a page went dead since a time.
func (m *memory) vanished(since time.Time) bool {
	for _, g := range m.pages {
		if g.dead() && g.visits == 1 && g.before && g.settled.At.After(since) {
			return true
		}
	}
	return false
}

// unsettled lists the pages that were tried since the listing was last walked to its
// end and are neither held nor dead, so that they are tried again even when the walk
// stops before the list page that names them.
func (m *memory) unsettled(since time.Time) []item {
	var left []*known
	if since.IsZero() {
		return nil
	}
	for address, g := range m.pages {
		if g.tried.IsZero() || g.tried.Before(since) || g.hop {
			continue
		}
		if _, held := m.held(address); !held && !m.dead(address) && !m.erased(address) {
			left = append(left, g)
		}
	}
	slices.SortFunc(left, func(a, b *known) int {
		if d := a.tried.Compare(b.tried); d != 0 {
			return d
		}
		return strings.Compare(a.url, b.url)
	})
	items := make([]item, len(left))
	for i, g := range left {
		items[i] = item{url: g.url, of: g.of}
	}
	return items
}
