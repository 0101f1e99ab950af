package crawler

import (
	"slices"
	"strings"
	"time"
)

const day = 24 * time.Hour

// revisits are how long after its n-th visit a page is asked for again; behind the
// last one always after that. View counts grow fastest in the first weeks, and so do
// silent edits; only extraction knows what a page says, so nothing else counts.
var revisits = []time.Duration{day, 7 * day, 30 * day, 90 * day, 365 * day}

// nightSlack lets a run that starts a little earlier than the one before it count as
// the next night's.
const nightSlack = 6 * time.Hour

// hopeful is how many nights in a row a page that fails is tried again; after that ever
// more seldom.
const hopeful = 3

// due says whether a page is to be asked for again at a time.
func (g *known) due(now time.Time) bool {
	if g.tried.After(now.Add(nightSlack)) {
		return true // by a clock that was ahead
	}
	return !now.Before(g.next().Add(-nightSlack))
}

// next is when the page is to be asked for again.
func (g *known) next() time.Time {
	if g.failed > 0 {
		return g.tried.Add(interval(g.failed - hopeful))
	}
	return g.settled.At.Add(interval(g.visits))
}

// countWithin is how long after a visit a count that it should have brought is still
// asked for; behind that the next visit brings it.
const countWithin = 7 * day

// uncounted says whether the page's view counter is to be asked without visiting the
// page: it has one, and at the newest visit it did not come to an answer. An answer that
// is no number is one: to ask again at once would not mend it. Nor is a counter that
// gave none asked twice a night.
func (g *known) uncounted(now time.Time) bool {
	has := !g.counted.IsZero() || !g.silent.IsZero()
	return has && !g.erased && !g.dead() && g.settled.OK() && g.counted.Before(g.settled.At) && !g.due(now) &&
		now.Sub(g.settled.At) < countWithin && now.Sub(g.silent) >= day-nightSlack
}

// uncounted lists the pages whose counter is to be asked by itself, the longest waiting first.
func (m *memory) uncounted(now time.Time) []*known {
	var out []*known
	for _, g := range m.pages {
		if g.uncounted(now) {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b *known) int {
		if d := a.settled.At.Compare(b.settled.At); d != 0 {
			return d
		}
		return strings.Compare(a.url, b.url)
	})
	return out
}

// interval is the wait after the n-th visit; what is before the first counts as it.
func interval(n int) time.Duration { return revisits[min(max(n, 1), len(revisits))-1] }

// due lists the pages held that are to be asked for again: redirects first, since
// their targets are seen with them, then the longest waiting.
func (m *memory) due(now time.Time) []*known {
	var out []*known
	hops := make(map[*known]int)
	for address, g := range m.pages {
		if _, held := m.held(address); held && g.due(now) {
			out = append(out, g)
			_, hops[g] = m.end(address)
		}
	}
	slices.SortFunc(out, func(a, b *known) int {
		if d := hops[b] - hops[a]; d != 0 {
			return d
		}
		if d := a.next().Compare(b.next()); d != 0 {
			return d
		}
		return strings.Compare(a.url, b.url)
	})
	return out
}
