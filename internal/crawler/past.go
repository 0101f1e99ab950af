package crawler

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// past is what the run events in a source's archive say that this run must know.
type past struct {
	unfinished string    // id of the newest run of this command, if it was never ended
	began      time.Time // when that run first started

	// reconciled is when the newest run began that walked the listing to its end under
	// the same config entry and tried every page; zero if there is none. Only then do
	// known items say that all older ones are known too.
	reconciled time.Time
	ordered    bool // that listing was newest first throughout
	missing    int  // pages that it did not name
	agreed     int  // such listings in a row that say so

	down      int       // runs in a row, up to the newest, that got no answer from the host
	downSince time.Time // when the first of them ended

	sound  time.Time // end of the newest run without a block; captures after it may be challenges
	states map[string]report.HostState
	hollow map[string]hollow // pages that held nothing, by record id

	// ahead is the newest time in the archive, if that lies in the future: the clock was
	// wrong then or is wrong now.
	ahead time.Time

	// damaged joins the errors of events that cannot be read. To go on without them
	// costs requests at worst: they only ever permit to ask for less.
	damaged error
}

// readPast reads the events of a source about to be walked by a command.
func readPast(s *archive.Source, src report.Source, command string) past {
	type run struct {
		start    report.RunStart
		began    time.Time
		complete *report.ListingComplete
		ended    bool
	}
	p := past{states: make(map[string]report.HostState), hollow: make(map[string]hollow)}
	runs := make(map[string]*run)
	var newest *run
	for e, err := range s.Events() {
		if err != nil {
			p.damaged = errors.Join(p.damaged, err)
			continue
		}
		switch e.Kind {
		case report.EventRunStart:
			start, err := decode[report.RunStart](e)
			if err != nil {
				p.damaged = errors.Join(p.damaged, err)
				continue
			}
			r := runs[start.Run]
			if r == nil {
				r = &run{began: e.At}
				runs[start.Run] = r
			}
			r.start, r.complete, r.ended = start, nil, false
			if start.Command == command {
				newest = r
			}
		case report.EventListingComplete:
			complete, err := decode[report.ListingComplete](e)
			if err != nil {
				p.damaged = errors.Join(p.damaged, err)
				continue
			}
			if r := runs[complete.Run]; r != nil {
				r.complete = &complete
			}
		case report.EventHostState:
			state, err := decode[report.HostState](e)
			if err != nil {
				p.damaged = errors.Join(p.damaged, err)
				continue
			}
			p.states[state.Host] = state
		case report.EventPageHollow:
			page, err := decode[report.PageHollow](e)
			if err != nil {
				p.damaged = errors.Join(p.damaged, err)
				continue
			}
			p.hollow[page.Record] = hollow{page.Kind, page.Evidence}
		case report.EventRunEnd:
			end, err := decode[report.RunEnd](e)
			if err != nil {
				p.damaged = errors.Join(p.damaged, err)
				continue
			}
			r := runs[end.Run]
			if r == nil {
				continue
			}
			r.ended = true
			p.alive(end.Outcome, e.At)
			if end.Outcome != report.OutcomeOK && end.Outcome != report.OutcomePartial {
				continue
			}
			p.sound = e.At
			if r.complete != nil && !r.complete.Partial && r.start.Years == "" && sameListing(r.start.Source, src) {
				p.reconciled, p.ordered = r.began, r.complete.Ordered
				p.agree(r.complete.Missing)
			}
		}
	}
	if newest != nil && !newest.ended {
		p.unfinished, p.began = newest.start.Run, newest.began
	}
	return p
}

// removedAfter is how many complete listings must agree that an item is gone.
const removedAfter = 3

// agree counts the complete listings in a row that miss the same number of pages.
func (p *past) agree(missing int) {
	if missing != p.missing {
		p.missing, p.agreed = missing, 0
	}
	p.agreed++
}

// setBack keeps events from the future, which a clock that was ahead left behind, from
// holding the source up until that future has come. newest is the time of the last capture.
func (p *past) setBack(now, newest time.Time) {
	for _, at := range []time.Time{p.reconciled, p.sound, p.downSince, newest} {
		if at.After(now.Add(nightSlack)) && at.After(p.ahead) {
			p.ahead = at
		}
	}
	if p.ahead.IsZero() {
		return
	}
	if p.reconciled.After(now) {
		p.reconciled = time.Time{}
	}
	if p.sound.After(now) {
		p.sound = time.Time{}
	}
	for host, state := range p.states {
		if state.RetryAfter.After(now.Add(longestAway)) {
			state.RetryAfter = time.Time{}
			p.states[host] = state
		}
	}
}

// newestCapture is when the source was last asked for anything, by the clock of that time.
func newestCapture(s *archive.Source) (newest time.Time) {
	for c, err := range s.Captures() {
		if err == nil && c.At.After(newest) {
			newest = c.At
		}
	}
	return newest
}

// alive counts the runs in a row without an answer.
func (p *past) alive(outcome report.Outcome, at time.Time) {
	switch outcome {
	case report.OutcomeUnreachable:
		if p.down == 0 {
			p.downSince = at
		}
		p.down++
	case report.OutcomeBusy, report.OutcomeInterrupted, report.OutcomeError:
		// say nothing of the host
	default:
		p.down = 0
	}
}

// sameListing says whether two config entries list and follow the same things.
func sameListing(a, b report.Source) bool {
	return a.URL == b.URL && a.Adapter == b.Adapter && a.Match == b.Match &&
		a.Select == b.Select && slices.Equal(a.Also, b.Also)
}

func decode[T any](e archive.Event) (T, error) {
	var v T
	if err := json.Unmarshal(e.Data, &v); err != nil {
		return v, fmt.Errorf("event %s (%s, offset %d): %w", e.RecordID, e.File, e.Offset, err)
	}
	return v, nil
}
