package crawler

import (
	"strings"
	"testing"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// What breaks in the walk of one source costs that source one night: its run is ended
// and says what happened, it is logged once, the other sources of the job and the other
// jobs go on, what was archived stays, and the next night does the rest.
func TestPanicCostsOneSourceOneNight(t *testing.T) {
	for _, phase := range []string{PhaseList, PhasePages} {
		t.Run(phase, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2021, 4)
				sources := []report.Source{at("a", "a.example"), at("b", "a.example"), at("c", "c.example")}
				opt := options(n.dial)
				log, seen := observer.New(zap.ErrorLevel)
				opt.Log = zap.New(log)
				opt.Progress = func(p Progress) { // called by the walk, as a parser is
					if p.Source == "a" && p.Phase == phase {
						panic("no such node")
					}
				}
				results := mustCrawl(t, a, opt, sources...)
				for i, want := range []report.Outcome{report.OutcomeError, report.OutcomeOK, report.OutcomeOK} {
					if results[i].Outcome != want {
						t.Errorf("%s: %s (%s), want %s", results[i].Source.ID, results[i].Outcome, results[i].Detail, want)
					}
				}
				var end report.RunEnd
				for _, e := range events(t, a, "a") {
					if e.Kind == report.EventRunEnd {
						unmarshal(t, e, &end)
					}
				}
				if end.Outcome != report.OutcomeError || end.Detail != "panic: no such node" || end.Requests == 0 {
					t.Errorf("run end: %+v", end)
				}
				if logged := seen.TakeAll(); len(logged) != 1 || !strings.Contains(logged[0].ContextMap()["detail"].(string), "panic_test.go") {
					t.Errorf("logged: %v", logged)
				}
				opt.Run, opt.Progress = "run-2", nil
				got := mustCrawl(t, a, opt, sources...)[0]
				if got.Outcome != report.OutcomeOK || got.Run != "run-2" {
					t.Errorf("the next night: %+v", got)
				}
				pages := 0
				for _, c := range captures(t, a, "a") {
					if c.Why.Kind == archive.KindPage && c.OK() {
						pages++
					}
				}
				if pages != 3 {
					t.Errorf("%d pages after the next night", pages)
				}
			})
		})
	}
}
