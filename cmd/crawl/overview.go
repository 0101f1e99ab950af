package main

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"time"

	"crawl/internal/db"
	"crawl/internal/report"
)

// state is what an operator has to do with a source, the most pressing first.
type state string

const (
	stateBroken  state = "broken"  // our side: what the portal shows is not read
	stateBlocked state = "blocked" // we are kept out
	stateEmpty   state = "empty"   // the listing has no item
	stateStale   state = "stale"   // nothing was heard of it for days, or ever
	stateLate    state = "late"    // the publisher has not published
	statePartial state = "partial" // listed, but some pages failed or are not read
	stateWell    state = "ok"
)

// states in the order they are shown, with what they mean.
var states = []struct {
	state state
	means string
}{
	{stateBroken, "the portal answers, and we do not read it"},
	{stateBlocked, "the portal or the network keeps us out"},
	{stateEmpty, "the listing has no item"},
	{stateStale, "not heard of lately"},
	{stateLate, "the publisher is late"},
	{statePartial, "listed, but some pages failed or are not read"},
}

// staleAfter is how long before the newest run a source may last have been heard of.
const staleAfter = 3 * 24 * time.Hour

// head is the whole in a few numbers: what `crawl status --json` begins with, and
// what notify tells.
type head struct {
	Run       *db.RunStatus      `json:"run"` // the newest, null if there was none
	States    map[state]int      `json:"states"`
	Published db.PublishedCounts `json:"published"`
	Behind    bool               `json:"behind"`   // the newest run is not published: held back, or about to be
	Coverage  *db.YearCoverage   `json:"coverage"` // of the newest year due, null if none is
	Dropped   int                `json:"dropped"`  // sources in the data that the config no longer has
}

// sourceLine is one source as the operator sees it.
type sourceLine struct {
	db.SourceStatus
	State    state              `json:"state"`
	Words    string             `json:"words"` // what is the matter
	Begun    string             `json:"state_since"`
	Stale    int                `json:"stale"` // reports marked stale
	Missing  int                `json:"missing"`
	Findings []db.SourceFinding `json:"findings"`
}

// overview is head and every source.
type overview struct {
	head
	Sources  []sourceLine        `json:"sources"`
	Counters []db.CounterPattern `json:"unknown_counters"` // the commonest first
}

// mostCounters bounds the list of unknown counters: a long tail has a pattern a portal.
const mostCounters = 50

// overview reads runs from work.db, which has them also while a publication is held
// back, and what is published from reports.db; either may be missing.
func (s *session) overview(data string) (o overview, err error) {
	published, err := s.openIfThere(reportsPath(data))
	if err != nil {
		return o, err
	}
	if published != nil {
		defer func() { err = errors.Join(err, published.Close()) }()
	}
	work, err := s.openIfThere(workPath(data))
	if err != nil && published == nil {
		return o, err
	} // else a damaged work.db, which the next extraction builds anew
	if work != nil {
		defer func() { err = errors.Join(err, work.Close()) }()
	}
	runs := work
	if published != nil {
		// A work.db that was only just made anew has nothing to say yet.
		if work == nil {
			runs = published
		} else if last, e := work.LastRun(s.ctx); e != nil || last == nil {
			runs = published
		}
	}
	if runs == nil {
		return o, fmt.Errorf("neither %s nor %s is there: crawl run makes them", workPath(data), reportsPath(data))
	}
	if o.Run, err = runs.LastRun(s.ctx); err != nil {
		return o, err
	}
	sources, err := runs.Status(s.ctx)
	if err != nil {
		return o, err
	}
	standings := map[string]*db.Standing{}
	if published != nil {
		if standings, err = published.Standings(s.ctx); err != nil {
			return o, err
		}
		if o.Published, err = published.Published(s.ctx); err != nil {
			return o, err
		}
		if o.Coverage, err = published.Coverage(s.ctx); err != nil {
			return o, err
		}
		if o.Counters, err = published.UnknownCounters(s.ctx, mostCounters); err != nil {
			return o, err
		}
	}
	o.Behind = o.Run != nil && o.Run.ID != o.Published.LastRun
	o.States = map[state]int{stateWell: 0}
	for _, st := range states {
		o.States[st.state] = 0
	}
	o.Sources = []sourceLine{}
	if o.Counters == nil {
		o.Counters = []db.CounterPattern{}
	}
	dropped := s.dropped(sources)
	for _, src := range sources {
		if dropped[src.Source] {
			o.Dropped++
			continue
		}
		line := lineOf(src, standings[src.Source], o.Run)
		o.Sources = append(o.Sources, line)
		o.States[line.State]++
	}
	return o, nil
}

// dropped are the sources of the data that the config no longer has. A config that
// cannot be read, or has none of them, is another data's: it drops nothing.
func (s *session) dropped(sources []db.SourceStatus) map[string]bool {
	_, listed, err := s.config()
	if err != nil {
		return nil
	}
	has := map[string]bool{}
	for _, src := range listed {
		has[src.ID] = true
	}
	out := map[string]bool{}
	for _, src := range sources {
		if !has[src.Source] {
			out[src.Source] = true
		}
	}
	if len(out) == len(sources) {
		return nil
	}
	return out
}

func (s *session) openIfThere(path string) (*db.Reader, error) {
	r, err := db.OpenReader(s.ctx, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return r, err
}

// lineOf says which state a source is in, why, and since when. What the newest run
// says of it goes before what is published, which may be older.
func lineOf(src db.SourceStatus, st *db.Standing, last *db.RunStatus) sourceLine {
	line := sourceLine{SourceStatus: src, State: stateWell, Words: db.OutcomeWords(src.Outcome)}
	if st == nil {
		st = &db.Standing{}
	}
	line.Stale, line.Missing, line.Findings = st.Stale, st.Missing, st.Findings
	if line.Findings == nil {
		line.Findings = []db.SourceFinding{}
	}
	say := func(s state, since, words string) sourceLine {
		line.State, line.Begun, line.Words = s, since, words
		return line
	}
	byRun := func(s state) sourceLine { return say(s, src.Since, outcomeWords(src.Said, src.SaidDetail)) }
	note := func(rules ...string) string {
		var notes []string
		for _, rule := range rules {
			for _, f := range st.Findings {
				if f.Rule == rule {
					notes = append(notes, f.Note)
				}
			}
		}
		return strings.Join(notes, "; ")
	}
	switch src.Said {
	case report.OutcomePaging, report.OutcomeHTTP, report.OutcomeError:
		return byRun(stateBroken)
	case report.OutcomeBlocked, report.OutcomeRobots, report.OutcomeUnreachable:
		return byRun(stateBlocked)
	case report.OutcomeEmpty:
		return byRun(stateEmpty)
	}
	if reader := note("source_reader"); reader != "" {
		return say(stateBroken, st.AsOf, reader)
	}
	if src.Found > 0 && src.Reports == 0 && src.Said != "" {
		return say(stateBroken, "", fmt.Sprintf("%d items followed, none was read as a report", src.Found))
	}
	if short := note("source_minimum", "source_years"); short != "" && st.Missing == 0 {
		return say(stateBroken, "", short)
	}
	if src.Said == "" || last != nil && silentFor(src, last) > staleAfter {
		return say(stateStale, src.LastSuccess, db.OutcomeWords(src.Outcome))
	}
	if st.Missing > 0 {
		return say(stateLate, st.Due, note("source_stopped", "source_minimum", "source_years"))
	}
	if src.Said == report.OutcomePartial {
		return byRun(statePartial)
	}
	if unread := note("source_unread"); unread != "" {
		return say(statePartial, "", unread)
	}
	return line
}

// silentFor is how long before the newest run a source last said something: how old
// its last run is, or, where that one was broken off or left out, its last success.
func silentFor(src db.SourceStatus, last *db.RunStatus) time.Duration {
	heard := src.LastRun
	if src.Said != src.Outcome {
		heard = src.LastSuccess
	}
	then, err := time.Parse(time.RFC3339Nano, heard)
	now, err2 := time.Parse(time.RFC3339Nano, last.StartedAt)
	if err != nil || err2 != nil {
		return staleAfter + 1 // never
	}
	return now.Sub(then)
}

// addressed is the address that a detail names first; the source's own is known.
var addressed = regexp.MustCompile(`^(list )?https?://\S+ ?(refused: )?`)

// outcomeWords says in a line for people what became of a source.
func outcomeWords(o report.Outcome, detail string) string {
	detail = addressed.ReplaceAllString(detail, "")
	switch {
	case detail == "":
		return db.OutcomeWords(o)
	case o == report.OutcomeEmpty, o == report.OutcomePaging, o == report.OutcomePartial:
		return detail
	}
	return db.OutcomeWords(o) + ": " + detail
}
