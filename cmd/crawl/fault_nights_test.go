package main

import (
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/zap"

	"crawl/internal/demo"
	"crawl/internal/report"
)

// outage is what a portal that was well before does, and what must come of it in the
// first and in the fourth night it lasts: by then a host without an answer counts as dead.
type outage struct {
	fault         string
	first, fourth string // outcome, and words of the detail
	requests      int    // at most, in the fourth night
}

var outages = []outage{
	{"empty-listing", "empty no items", "empty no items", 2},
	{"dns", "unreachable no such host", "unreachable no such host", 1},
	{"timeout", "unreachable deadline exceeded", "unreachable deadline exceeded", 2},
	{"length-short", "paging is cut off", "paging is cut off", 2},
	{"500", "http status 500", "http status 500", 2},
	{"429", "blocked answered 429", "blocked answered 429", 2},
	{"retry-after-absurd", "blocked asked to come back at 2026-04-16", "blocked asked to come back at 2026-04-16", 0},
	{"redirect-login", "blocked login", "blocked login", 3},
	{"soft-404-listing", "http soft_404", "http soft_404", 2},
	{"upkeep", "http maintenance", "http maintenance", 2},
	{"robots-deny", "robots robots.txt forbids", "robots robots.txt forbids", 1},
	{"challenge", "blocked refused: ruishu", "blocked refused: ruishu", 2},
	{"403", "blocked refused: forbidden", "blocked refused: forbidden", 2},
	{"gzip-broken", "http content coding gzip", "http content coding gzip", 2},
}

// TestNightsOverAFaultyProvince: portals that were read once go bad together, stay so
// for nights, and come back. Meanwhile their rows stay and are stale, the fault is news
// once, nobody is asked more than a hurt portal can bear, and the recovery is named.
func TestNightsOverAFaultyProvince(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	var faults, bad []string
	var sources []report.Source
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, time.April, 8, 4, 0, 0, 0, time.UTC)))
		province := demo.NewSized(5*(len(outages)+1), 3, 2021, 2024)
		for i := range len(outages) + 1 {
			sources = append(sources, province.Sources()[5*i]) // the families take turns; this one pages
			if i < len(outages) {
				faults = append(faults, outages[i].fault+"@"+province.Hosts()[5*i])
				bad = append(bad, sources[i].ID)
			}
		}
		slices.Sort(bad)
		dial, stop := province.Pipe()
		defer stop()
		settings := defaults()
		settings.UserAgent = "crawl/1.0 (test)"
		s := &session{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.NewNop()}
		// night is one pass, a day after the one before it.
		night := func(faults ...string) (map[string]string, map[string]int, changes) {
			if err := province.Set(faults...); err != nil {
				t.Fatal(err)
			}
			p := pass{data: data, sources: sources, crawl: settings.crawlOptions("run")}
			p.crawl.Dial = dial
			done, err := p.run(s)
			if err != nil {
				t.Fatal(err)
			}
			m, err := s.message(done, nil)
			if err != nil {
				t.Fatal(err)
			}
			outcomes, requests := map[string]string{}, map[string]int{}
			for _, r := range done.crawled {
				outcomes[r.Source.ID], requests[r.Source.ID] = strings.TrimSpace(string(r.Outcome)+" "+r.Detail), r.Requests
			}
			time.Sleep(24 * time.Hour)
			return outcomes, requests, m.Changes
		}
		rows := func(column string) string {
			return ask(t, data, "SELECT source, count(*), sum("+column+") FROM reports WHERE is_current GROUP BY source ORDER BY source")
		}
		named := func(list []turned) (ids []string) {
			for _, l := range list {
				ids = append(ids, l.Source)
			}
			slices.Sort(ids)
			return ids
		}

		outcomes, _, _ := night()
		for id, outcome := range outcomes {
			if outcome != "ok" {
				t.Errorf("before: %s is %s", id, outcome)
			}
		}
		before := rows("is_preferred")
		began := time.Now().UTC().Format(time.DateOnly)
		for n := 1; n <= 4; n++ {
			outcomes, requests, news := night(faults...)
			var failed []string
			if n == 1 {
				failed = bad
			}
			if diff := cmp.Diff(failed, named(news.Failed)); diff != "" || len(news.Recovered) > 0 || news.Held != "" || len(news.Kept) > 0 {
				t.Errorf("night %d: told of %+v\n%s", n, news, diff)
			}
			for i, o := range outages {
				id := sources[i].ID
				want, most := o.first, 40
				if n == 4 {
					want, most = o.fourth, o.requests
				}
				outcome, words, _ := strings.Cut(want, " ")
				if got := outcomes[id]; !strings.HasPrefix(got, outcome+" ") || !strings.Contains(got, words) || requests[id] > most {
					t.Errorf("night %d, %s: %d requests, %s", n, o.fault, requests[id], got)
				}
			}
			if got := rows("is_preferred"); got != before {
				t.Errorf("night %d: rows %s, before %s", n, got, before)
			}
			fresh := []string{"[" + sources[len(outages)].ID + "]"}
			if n == 1 { // the pages of an empty listing could still be read
				fresh = append(fresh, "["+sources[0].ID+"]")
			}
			slices.Sort(fresh)
			if got := ask(t, data, "SELECT DISTINCT source FROM reports WHERE is_current AND NOT stale ORDER BY source"); got != "["+strings.Join(fresh, " ")+"]" {
				t.Errorf("night %d: rows of %s are not stale, want %v", n, got, fresh)
			}
			o, err := s.overview(data)
			if err != nil {
				t.Fatal(err)
			}
			since := map[string]bool{}
			for _, l := range o.Sources {
				if l.State != stateWell {
					since[day10(l.Since)] = true
				}
			}
			if got := slices.Collect(maps.Keys(since)); len(got) != 1 || got[0] != began {
				t.Errorf("night %d: bad since %v, want %s", n, got, began)
			}
		}

		// Only the host that asked for a week is still left alone.
		outcomes, requests, news := night()
		away := sources[slices.IndexFunc(outages, func(o outage) bool { return o.fault == "retry-after-absurd" })].ID
		if diff := cmp.Diff(slices.DeleteFunc(slices.Clone(bad), func(id string) bool { return id == away }), named(news.Recovered)); diff != "" {
			t.Errorf("recovered:\n%s", diff)
		}
		for id, outcome := range outcomes {
			if id == away && (!strings.HasPrefix(outcome, "blocked ") || requests[id] != 0) || id != away && outcome != "ok" {
				t.Errorf("after: %s is %s, %d requests", id, outcome, requests[id])
			}
		}
		if got := ask(t, data, "SELECT DISTINCT source FROM reports WHERE is_current AND stale"); got != "[["+away+"]]" {
			t.Errorf("still stale: %s", got)
		}
		for range 2 {
			night()
		}
		if _, _, news := night(); !slices.Equal(named(news.Recovered), []string{away}) {
			t.Errorf("after a week: %+v", news)
		}
		if got := rows("is_preferred"); got != before {
			t.Errorf("in the end: rows %s, before %s", got, before)
		}
		if got := ask(t, data, "SELECT sum(stale), count(removed_at) FROM reports WHERE is_current"); got != "[[0 0]]" {
			t.Errorf("in the end: stale and removed %s", got)
		}
	})
	checkArchive(t, data)
}
