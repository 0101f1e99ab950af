package crawler

import (
	"strings"
	"time"

	"crawl/internal/report"
)

// recall takes up what earlier runs learnt of the source's hosts: whether one asked to be
// left alone until a time that has not come, and half of a delay that was above the
// floor, so that a host that complained is approached slowly.
func (w *walk) recall() {
	for key := range w.hosts {
		h := w.job.hosts[key]
		state, known := w.past.states[key]
		if !known {
			continue
		}
		learnt := time.Duration(state.DelayMS) * time.Millisecond / 2
		h.delay = min(max(h.delay, learnt), slowest)
		if h.leftAlone == nil && time.Now().Before(state.RetryAfter) {
			h.until = state.RetryAfter
			h.leftAlone = faultf(report.OutcomeBlocked, "%s asked to come back at %s", strings.TrimSuffix(key, ":80"), h.until.UTC().Format(time.RFC3339))
		}
	}
}

// learnt writes down what the next run must know: of a host that asked to be left alone,
// until when, if that came through another source; and delays that are well above their
// floor. Where an earlier one was written, a host that recovered is written down as well.
func (w *walk) learnt() *fault {
	for key := range w.hosts {
		h := w.job.hosts[key]
		before, known := w.past.states[key]
		slow := h.delay >= 2*max(h.floor, time.Second)
		switch {
		case h.leftAlone != nil && (h.until.IsZero() || before.RetryAfter.Equal(h.until)):
			continue // it is written, or for this run only
		case h.leftAlone == nil && h.requests == 0:
			continue // nobody asked it
		case h.leftAlone == nil && !slow && (!known || before.DelayMS <= h.floor.Milliseconds()):
			continue
		}
		if f := w.putState(key, h); f != nil {
			return f
		}
	}
	return nil
}

// putState archives what is known of a host.
func (w *walk) putState(key string, h *host) *fault {
	state := report.HostState{Run: w.id, Host: key, DelayMS: h.delay.Milliseconds()}
	if h.leftAlone != nil {
		state.RetryAfter, state.Blocked = h.until, h.leftAlone.Error()
	}
	if err := w.writer.Event(report.EventHostState, state); err != nil {
		return faultf(report.OutcomeError, "archive host state: %w", err)
	}
	w.past.states[key] = state
	return nil
}

const (
	// downAfter is after how many runs in a row without an answer a host counts as dead.
	downAfter = 3
	// probeEvery is how often a dead host is asked, with one request.
	probeEvery = day
)

// down returns the fault of a host that has been dead for several runs and was probed
// within a day; else it says whether this run is the probe.
func (w *walk) down() *fault {
	p := &w.past
	if p.down < downAfter {
		return nil
	}
	var asked time.Time // when the host was last asked, in vain
	for c, err := range w.writer.Captures() {
		if err != nil {
			return faultf(report.OutcomeError, "read captures: %w", err)
		}
		asked = c.At
	}
	if asked.After(w.began) {
		asked = time.Time{} // by a clock that was ahead
	}
	if next := asked.Add(probeEvery - nightSlack); w.began.Before(next) {
		return faultf(report.OutcomeUnreachable, "no answer in the last %d runs, since %s; not asked before %s",
			p.down, p.downSince.Format(time.DateOnly), next.UTC().Format(time.RFC3339))
	}
	w.probing = true
	return nil
}
