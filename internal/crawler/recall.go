package crawler

import (
	"time"

	"crawl/internal/report"
)

// recall takes up what earlier runs learnt of the source's hosts: half of a delay that
// was above the floor, so that a host that complained is approached slowly.
func (w *walk) recall() {
	for key := range w.hosts {
		h := w.job.hosts[key]
		if state, known := w.past.states[key]; known {
			learnt := time.Duration(state.DelayMS) * time.Millisecond / 2
			h.delay = min(max(h.delay, learnt), slowest)
		}
	}
}

// learnt writes down the delays that are well above their floor, for the next run.
// Where an earlier one was written, a host that recovered is written down as well.
func (w *walk) learnt() *fault {
	for key := range w.hosts {
		h := w.job.hosts[key]
		before, known := w.past.states[key]
		slow := h.delay >= 2*max(h.floor, time.Second)
		if h.leftAlone != nil || !slow && (!known || before.DelayMS <= h.floor.Milliseconds()) {
			continue // leaveAlone wrote its own; nothing to tell
		}
		err := w.writer.Event(report.EventHostState, report.HostState{Run: w.id, Host: key, DelayMS: h.delay.Milliseconds()})
		if err != nil {
			return faultf(report.OutcomeError, "archive host state: %w", err)
		}
	}
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
