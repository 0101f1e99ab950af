package crawler

import (
	"fmt"
	"net/http"

	"crawl/internal/archive"
	"crawl/internal/portal"
)

// held returns the archived answer to an item's address, redirects followed, if it is
// a page: status 200 and no wall.
func (w *walk) held(address string) (archive.Capture, bool) {
	for range maxRedirects + 1 {
		c, ok := w.writer.Latest(http.MethodGet, address, "")
		if !ok {
			return archive.Capture{}, false
		}
		if c.Location == "" {
			return c, c.OK() && !(c.At.After(w.past.sound) && w.walled(c))
		}
		address = Canonical(c.Location)
	}
	return archive.Capture{}, false
}

// walled says whether an archived page is a wall's answer under status 200. It is
// asked only of captures since the last sound run: that run would have ended as
// blocked over an earlier one.
func (w *walk) walled(c archive.Capture) bool {
	p := w.readable(c)
	if p == nil {
		return false
	}
	name, _ := portal.Refusal(p)
	return name != ""
}

// unsettled lists the items that were tried since the listing was last walked to its
// end and are still not held, so that they are tried again even when the walk stops
// before the list page that names them.
func (w *walk) unsettled() ([]item, error) {
	if w.past.reconciled.IsZero() {
		return nil, nil
	}
	var tried []item
	done := make(map[string]bool) // tried already, or the target of a redirect
	for c, err := range w.writer.Captures() {
		if err != nil {
			return nil, fmt.Errorf("read captures: %w", err)
		}
		if c.Why.Kind != archive.KindPage || c.At.Before(w.past.reconciled) {
			continue
		}
		if c.Location != "" {
			done[Canonical(c.Location)] = true
		}
		if !done[c.URL] {
			done[c.URL] = true
			tried = append(tried, item{url: c.URL, of: c.Why.Of})
		}
	}
	var left []item
	for _, it := range tried {
		if _, ok := w.held(it.url); !ok {
			left = append(left, it)
		}
	}
	return left, nil
}
