package crawler

import (
	"fmt"

	"crawl/internal/archive"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// hollow is why a page that was answered with success is none; the zero value is a page.
type hollow struct{ kind, evidence string }

func (h hollow) String() string { return fmt.Sprintf("%s (%s)", h.kind, h.evidence) }

func hollowOf(p *portal.Page) hollow {
	kind, evidence := portal.Hollow(p)
	return hollow{kind, evidence}
}

// fault is what a hollow list page means for its source: what the status that the portal
// should have answered with would mean. A shell tells nothing of the portal, only that
// its list is not to be had this way, and gives none.
func (h hollow) fault(address string, first bool) *fault {
	outcome := report.OutcomeHTTP
	switch {
	case h.kind == "", h.kind == "empty_shell":
		return nil
	case h.kind == "login":
		outcome = report.OutcomeBlocked
	case h.kind == "truncated", h.kind == portal.SoftMissing && !first:
		outcome = report.OutcomePaging // the portal itself sent us there
	}
	return faultf(outcome, "list %s: %s", address, h)
}

// noteHollow archives that a page holds nothing, so that later runs know without reading
// it again.
func (w *walk) noteHollow(c archive.Capture) *fault {
	if _, noted := w.past.hollow[c.RecordID]; noted || !c.OK() {
		return nil
	}
	p := w.readable(c)
	if p == nil {
		return nil
	}
	h := hollowOf(p)
	if h.kind == "" {
		return nil
	}
	if name, _ := portal.Refusal(p); name != "" {
		return nil // wall says so
	}
	err := w.writer.Event(report.EventPageHollow, report.PageHollow{Run: w.id, Record: c.RecordID, URL: c.URL, Kind: h.kind, Evidence: h.evidence})
	if err != nil {
		return faultf(report.OutcomeError, "archive that %s holds nothing: %w", c.URL, err)
	}
	w.past.hollow[c.RecordID] = h
	return nil
}

// refused is the kind of a page under status 200 that a wall gave.
const refused = "refused"

// spoilt is the kind of an archived answer under status 200 that is no page: a wall's,
// or a hollow one; "" for a page. Only captures since the last sound run are read for
// that: it would have ended as blocked over an earlier wall, and noted what was hollow.
func (w *walk) spoilt(c archive.Capture) string {
	if h, noted := w.past.hollow[c.RecordID]; noted || !c.At.After(w.past.sound) {
		return h.kind
	}
	p := w.readable(c)
	if p == nil {
		return ""
	}
	if name, _ := portal.Refusal(p); name != "" {
		return refused
	}
	return hollowOf(p).kind
}
