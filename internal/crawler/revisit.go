package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"crawl/internal/archive"
)

const day = 24 * time.Hour

// revisits are how long after its n-th visit a page is asked for again; behind the
// last one always after that. View counts grow fastest in the first weeks, and so do
// silent edits; only extraction knows what a page says, so nothing else counts.
var revisits = []time.Duration{day, 7 * day, 30 * day, 90 * day, 365 * day}

// nightSlack lets a run that starts a little earlier than the one before it count as
// the next night's.
const nightSlack = 6 * time.Hour

// visited is what the archive says of the visits to a page.
type visited struct {
	item  item
	count int       // answered visits
	last  time.Time // the newest of them
}

// due says whether a page is to be asked for again at a time.
func (v *visited) due(now time.Time) bool {
	return !now.Before(v.next().Add(-nightSlack))
}

// next is when the page is to be asked for again.
func (v *visited) next() time.Time {
	return v.last.Add(revisits[min(v.count, len(revisits))-1])
}

// visits reads the visits to all pages of the source, by the address that was asked
// for; a redirect's target is part of the visit that led to it.
func (w *walk) visits() (map[string]*visited, error) {
	all := make(map[string]*visited)
	hop := make(map[string]bool) // targets of redirects
	for c, err := range w.writer.Captures() {
		if err != nil {
			return nil, fmt.Errorf("read captures: %w", err)
		}
		if c.Why.Kind != archive.KindPage || c.Outcome != archive.OutcomeOK || c.Method != http.MethodGet {
			continue
		}
		if c.Location != "" {
			hop[Canonical(c.Location)] = true
		}
		if hop[c.URL] && all[c.URL] == nil {
			continue
		}
		v := all[c.URL]
		if v == nil {
			v = &visited{item: item{url: c.URL, of: c.Why.Of}}
			all[c.URL] = v
		}
		v.count++
		v.last, v.item.of = c.At, c.Why.Of
	}
	return all, nil
}

// due lists the known pages that are to be asked for again, the longest waiting first.
func due(all map[string]*visited, now time.Time) []*visited {
	var out []*visited
	for _, v := range all {
		if v.due(now) {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b *visited) int {
		if d := a.next().Compare(b.next()); d != 0 {
			return d
		}
		if a.item.url < b.item.url {
			return -1
		}
		return 1
	})
	return out
}
