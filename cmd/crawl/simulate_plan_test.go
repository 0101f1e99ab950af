package main

import (
	"time"

	"crawl/internal/demo"
	"crawl/internal/report"
)

// raced says whether the race detector is on, under which everything takes long.
var raced bool

// simFault is a fault of a portal and the outcome it must have.
type simFault struct {
	name    string
	outcome report.Outcome
}

var simFaults = []simFault{
	{"500", report.OutcomeHTTP},
	{"503-retry-after", report.OutcomeHTTP},
	{"timeout", report.OutcomeUnreachable},
	{"down", report.OutcomeUnreachable},
	{"truncated", report.OutcomeUnreachable},
	{"robots-500", report.OutcomeRobots},
	{"robots-deny", report.OutcomeRobots},
	{"challenge", report.OutcomeBlocked},
	{"429", report.OutcomeBlocked},
	{"empty-listing", report.OutcomeEmpty},
	{"redirect-off-host", report.OutcomeHTTP},
	{"redirect-loop", report.OutcomeHTTP},
	{"flaky", report.OutcomeOK},
	{"soft-404", report.OutcomeOK},
	{"counter-500", report.OutcomeOK},
}

// evening is what the editors and the machines of the province do before the night.
func (s *simulation) evening() {
	s.province.Change(func(portals []*demo.Portal) {
		for i, q := range portals {
			if s.night == 0 {
				for range 2 * q.Drafts() / 3 {
					q.Publish(s.random.IntN(q.Drafts()), time.Time{})
				}
				continue
			}
			s.edit(q, s.portals[i])
			s.relaunch(q, i)
		}
	})
	var faults []string
	for _, p := range s.portals {
		if s.night >= p.faultUntil {
			p.fault = simFault{outcome: report.OutcomeOK}
			if s.night > 0 && s.chance(4) {
				p.fault = simFaults[s.random.IntN(len(simFaults))]
				p.faultUntil = s.night + 1 + s.random.IntN(6)
			}
		}
		if p.fault.name != "" {
			faults = append(faults, p.fault.name+"@"+p.host)
		}
	}
	if err := s.province.Set(faults...); err != nil {
		s.t.Fatal(err)
	}
}

func (s *simulation) chance(percent int) bool { return s.random.IntN(100) < percent }

// edit is a portal's day.
func (s *simulation) edit(q *demo.Portal, p *simPortal) {
	q.Count(func() int { return s.random.IntN(6) })
	if q.Drafts() > 0 && s.chance(6) {
		q.Publish(s.random.IntN(q.Drafts()), time.Now()) // on top
	}
	if q.Drafts() > 0 && s.chance(2) {
		q.Publish(s.random.IntN(q.Drafts()), time.Time{}) // somewhere in between
	}
	pick := func() string {
		urls := q.URLs()
		return urls[s.random.IntN(len(urls))]
	}
	if s.chance(6) {
		url := pick()
		by := 1 + s.random.IntN(9)
		if p.edits[url] != 0 && s.chance(60) {
			by = -p.edits[url] // and back again
		}
		p.edits[url] += by
		q.Edit(url, by)
	}
	if len(q.URLs()) > 3 && s.chance(2) {
		q.Withdraw(pick(), s.chance(40))
	}
	if s.chance(2) {
		old := pick()
		moved := q.Move(old, s.chance(50))
		p.edits[moved] = p.edits[old]
	}
	if s.chance(1) {
		q.Pin(pick())
	}
}

// relaunch gives some portals new software: the listing's old address redirects, or
// it is gone and the config names the new one some nights later.
func (s *simulation) relaunch(q *demo.Portal, i int) {
	p := s.portals[i]
	switch {
	case p.reconfigure == s.night && s.night > 0:
		s.pass.sources[i].URL = q.Source().URL
		p.gone = false
	case i%12 == 3 && s.night%200 == 20:
		q.Relaunch(true)
		p.reconfigure = s.night + 30 // the operator reads that the listing has moved
	case i%12 == 5 && s.night%200 == 12:
		q.Relaunch(false)
		p.gone = true
		p.reconfigure = s.night + 4
	}
}
