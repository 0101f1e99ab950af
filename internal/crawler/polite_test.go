package crawler

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// at is a source on a made-up host.
func at(id, host string) report.Source {
	return report.Source{ID: id, URL: "http://" + host + "/nb/index.html", Adapter: "auto"}
}

// simulate runs a test in a bubble with a fake clock, a site and a network to it.
func simulate(t *testing.T, test func(t *testing.T, s *site, n *network, a *archive.Archive)) {
	t.Helper()
	a := openArchive(t)
	synctest.Test(t, func(t *testing.T) {
		s := newSite()
		test(t, s, serve(t, s), a)
	})
}

func TestDelayIsKeptOnEachHostAndHostsRunSideBySide(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2016, 4)
		slow := s.pages["/nb/2024/t20240115_3023.html"]
		s.set("/nb/2024/t20240115_3023.html", func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(3 * time.Second)
			slow(w, r)
		})
		s.set("b.example/robots.txt", html("User-agent: *\nCrawl-delay: 5"))
		opt := options(n.dial)
		opt.Delay = 2 * time.Second
		began := time.Now()
		second := at("a2", "a.example")
		second.URL += "?second"
		s.set("/nb/index.html?second", listPage("", reportRow(2023), reportRow(2022)))
		results := mustCrawl(t, a, opt, at("a", "a.example"), second, at("b", "b.example"))
		for i, want := range []int{11, 3, 11} {
			if got := results[i]; got.Outcome != report.OutcomeOK || got.Requests != want {
				t.Errorf("%s: %+v, want %d requests", got.Source.ID, got, want)
			}
		}

		// 14 requests to a.example with 13 waits of 2 s, two pages that take 3 s; 11 to
		// b.example with 10 waits of 5 s, one page of 3 s: side by side, not in a row.
		if took := time.Since(began); took != 53*time.Second {
			t.Errorf("took %s, want 53s", took)
		}
		for host, delay := range map[string]time.Duration{"a.example": 2 * time.Second, "b.example": 5 * time.Second} {
			times := s.times(host)
			for i := 1; i < len(times); i++ {
				if gap := times[i].Sub(times[i-1]); gap < delay {
					t.Errorf("%s: requests %d and %d are %s apart, want %s", host, i-1, i, gap, delay)
				}
			}
			if got := len(s.conns[host]); got != 1 {
				t.Errorf("%s: %d connections, want 1", host, got)
			}
		}
	})
}

func TestHostsBoundsHowManyRunSideBySide(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		opt := options(n.dial)
		opt.Delay, opt.Hosts = time.Second, 2
		began := time.Now()
		var sources []report.Source
		for i := range 4 {
			sources = append(sources, at(fmt.Sprintf("s%d", i), fmt.Sprintf("h%d.example", i)))
		}
		mustCrawl(t, a, opt, sources...)
		if took := time.Since(began); took != 10*time.Second { // twice 6 requests with 5 waits
			t.Errorf("took %s, want 10s", took)
		}
	})
}

func TestCancelEndsWaitsAndRequestsWithinASecond(t *testing.T) {
	for name, after := range map[string]time.Duration{
		"in the delay":         65 * time.Second,
		"in a hanging request": 150 * time.Second, // the first page is asked for at 120 s
	} {
		t.Run(name, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2016, 4)
				s.set("/nb/2024/t20240115_3023.html", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
				opt := options(n.dial)
				opt.Delay, opt.Timeout = time.Minute, time.Minute
				ctx, cancel := context.WithTimeout(t.Context(), after)
				defer cancel()
				began := time.Now()
				results, err := Crawl(ctx, a, []report.Source{at("a", "a.example"), at("a2", "a.example")}, opt)
				if err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took < after || took > after+time.Second {
					t.Errorf("took %s, want to end within a second of %s", took, after)
				}
				for _, r := range results {
					if r.Outcome != report.OutcomeInterrupted {
						t.Errorf("%s: %+v", r.Source.ID, r)
					}
				}
			})
		})
	}
}

// answers serves one handler after the other, the last one for good.
func answers(list ...http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := list[0]
		if len(list) > 1 {
			list = list[1:]
		}
		h(w, r)
	}
}

// reset breaks the connection in the middle of the answer. (A kept connection that
// breaks before the first byte is taken for one that was closed while idle, and
// net/http itself asks again on a new one.)
func reset(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	fmt.Fprint(w, "<html>")
	w.(http.Flusher).Flush()
	panic(http.ErrAbortHandler)
}

func TestRetries(t *testing.T) {
	const path = "/nb/2023/t20230115_3022.html"
	good := reportPage("2022")
	for _, tc := range []struct {
		name    string
		page    http.HandlerFunc
		outcome report.Outcome
		asked   int           // requests for the page
		wait    time.Duration // between the first two
		fetched int
		detail  string
	}{
		{name: "503 once", page: answers(status(503), good), outcome: report.OutcomeOK, asked: 2, wait: backoff, fetched: 4},
		{name: "504 for good", page: status(504), outcome: report.OutcomePartial, asked: tries, wait: backoff, fetched: 3, detail: "status 504"},
		{name: "500 is no use", page: answers(status(500), good), outcome: report.OutcomePartial, asked: 1, fetched: 3, detail: "status 500"},
		{name: "reset once", page: answers(reset, good), outcome: report.OutcomeOK, asked: 2, wait: backoff, fetched: 4},
		{name: "reset for good", page: reset, outcome: report.OutcomePartial, asked: tries, wait: backoff, fetched: 3, detail: "EOF"},
		{name: "Retry-After in seconds", page: answers(status(503, "Retry-After", "20"), good), outcome: report.OutcomeOK, asked: 2, wait: 20 * time.Second, fetched: 4},
		{name: "429 with Retry-After", page: answers(status(429, "Retry-After", "7"), good), outcome: report.OutcomeOK, asked: 2, wait: 7 * time.Second, fetched: 4},
		{name: "429 without", page: answers(status(429), good), outcome: report.OutcomeBlocked, asked: 1, fetched: 1, detail: "answered 429"},
		{name: "Retry-After an hour", page: answers(status(503, "Retry-After", "3600"), good), outcome: report.OutcomeBlocked, asked: 1, fetched: 1, detail: "asked to come back at 2000-01-01T01:00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2020, 4)
				s.set(path, tc.page)
				got := mustCrawl(t, a, options(n.dial), at("a", "a.example"))[0]
				if got.Outcome != tc.outcome || got.Fetched != tc.fetched || got.Failed != 4-tc.fetched || !strings.Contains(got.Detail, tc.detail) {
					t.Errorf("%+v", got)
				}
				var asked []time.Time
				for _, h := range s.hits {
					if h.path == path {
						asked = append(asked, h.at)
					}
				}
				if len(asked) != tc.asked {
					t.Fatalf("asked %d times, want %d", len(asked), tc.asked)
				}
				if len(asked) > 1 {
					if wait := asked[1].Sub(asked[0]); wait < tc.wait || wait > 2*tc.wait+2*time.Second {
						t.Errorf("waited %s, want %s and at most as much again", wait, tc.wait)
					}
				}
			})
		})
	}
}

func TestRetryInAResumedRunAsksTheHostNotTheArchive(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		ctx, cancel := context.WithCancel(t.Context())
		s.set("/nb/2024/t20240115_3023.html", answers(
			func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }, status(503), reportPage("2023")))
		if _, err := Crawl(ctx, a, []report.Source{at("a", "a.example")}, options(n.dial)); err != nil {
			t.Fatal(err)
		}
		if got := mustCrawl(t, a, options(n.dial), at("a", "a.example"))[0]; !got.Resumed || got.Outcome != report.OutcomeOK || got.New != 4 {
			t.Errorf("%+v", got)
		}
	})
}

func TestForbiddenPages(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2004, 50)
		forbid := func(from, to int) {
			for year := from; year <= to; year++ {
				s.set(fmt.Sprintf("/nb/%d/t%d0115_%d.html", year+1, year+1, 1000+year), status(403))
			}
		}
		forbid(2021, 2022) // two in a row are about these pages
		if got := mustCrawl(t, a, options(n.dial), at("a", "a.example"))[0]; got.Outcome != report.OutcomePartial || got.Fetched != 18 || got.Failed != 2 {
			t.Errorf("%+v", got)
		}
		forbid(2005, 2022) // many in a row are about us
		if got := mustCrawl(t, a, options(n.dial), at("b", "b.example"))[0]; got.Outcome != report.OutcomeBlocked || got.Fetched != 1 || got.Requests != 3+maxFailures {
			t.Errorf("%+v", got)
		}
	})
}

func TestRedirectIntoForbiddenFolderIsNotFollowed(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		s.set("/robots.txt", html("User-agent: *\nDisallow: /inner/"))
		s.set("/inner/1.html", reportPage("inner"))
		s.set("/nb/2024/t20240115_3023.html", http.RedirectHandler("/inner/1.html", http.StatusFound).ServeHTTP)
		got := mustCrawl(t, a, options(n.dial), at("a", "a.example"))[0]
		if got.Outcome != report.OutcomePartial || got.Failed != 1 || !strings.Contains(got.Detail, "robots.txt forbids /inner/1.html") {
			t.Errorf("%+v", got)
		}
	})
}

func TestRetryAfterIsKeptAcrossRuns(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		until := time.Now().Add(2 * time.Hour).UTC().Truncate(time.Second)
		s.set("/nb/index.html", answers(status(503, "Retry-After", until.Format(http.TimeFormat)), s.pages["/nb/index.html"]))
		opt := options(n.dial)
		results := mustCrawl(t, a, opt, at("a", "a.example"), at("b", "a.example"))
		if results[0].Outcome != report.OutcomeBlocked || results[1].Outcome != report.OutcomeBlocked {
			t.Errorf("%+v", results)
		}
		if got := s.paths(); len(got) != 2 {
			t.Errorf("asked for %v, want robots and one list page for both sources", got)
		}
		var states []report.HostState
		for _, e := range events(t, a, "a") {
			if e.Kind == report.EventHostState {
				states = append(states, report.HostState{})
				unmarshal(t, e, &states[0])
			}
		}
		if len(states) != 1 || !states[0].RetryAfter.Equal(until) || states[0].Host != "a.example:80" {
			t.Errorf("host states: %+v", states)
		}

		time.Sleep(time.Hour)
		opt.Run = "run-2"
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeBlocked || got.Requests != 0 {
			t.Errorf("too early: %+v", got)
		}
		time.Sleep(time.Hour)
		opt.Run = "run-3"
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeOK || got.New != 4 {
			t.Errorf("after the time: %+v", got)
		}
	})
}

// A host that asks for days was asked again after one night: the run that left it alone
// wrote its delay down without them. Nor did the other sources of the host know.
func TestRetryAfterOfDaysIsKeptByEverySourceOfTheHost(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		whole := s.pages["/nb/index.html"]
		s.set("/nb/index.html", status(503, "Retry-After", "432000")) // five days
		opt := options(n.dial)
		elsewhere := at("c", "c.example")
		elsewhere.Also = []string{"a.example"}
		s.set("c.example/nb/index.html", listPage("", row{"http://a.example/nb/2024/t20240115_3023.html", reportRow(2023).title, "2024-01-15"}))
		for night := range 8 {
			opt.Run = fmt.Sprintf("night-%d", night)
			results := mustCrawl(t, a, opt, at("a", "a.example"), at("b", "a.example"), elsewhere)
			asked := s.times("a.example")
			if left := results[0].Outcome == report.OutcomeBlocked && results[1].Outcome == report.OutcomeBlocked && results[2].Outcome == report.OutcomeBlocked; left != (night < 5) {
				t.Errorf("night %d: %s, %s, %s", night, results[0].Outcome, results[1].Outcome, results[2].Outcome)
			}
			if most := map[int]int{0: 2}[night]; night < 5 && len(asked) > most {
				t.Errorf("night %d: %d requests to the host that asked to be left alone", night, len(asked))
			}
			s.paths()
			s.set("/nb/index.html", whole)
			time.Sleep(24*time.Hour + time.Minute)
		}
	})
}

func TestRobotsDecidesTheSource(t *testing.T) {
	for _, tc := range []struct {
		name     string
		robots   http.HandlerFunc
		outcome  report.Outcome
		detail   string
		requests int
	}{
		{"forbids all", html("User-agent: *\nDisallow: /"), report.OutcomeRobots, "robots.txt forbids /nb/index.html", 1},
		{"forbids us", html("User-agent: Crawl\nDisallow: /nb/"), report.OutcomeRobots, "forbids", 1},
		{"forbids some pages", html("User-agent: *\nDisallow: /nb/2023/"), report.OutcomePartial, "1 of 4 pages failed: http://a.example/nb/2023/t20230115_3022.html: robots.txt forbids", 5},
		{"missing", status(404), report.OutcomeOK, "", 6},
		{"unauthorised", status(401), report.OutcomeOK, "", 6},
		{"an error", status(500), report.OutcomeRobots, "could not be had: status 500", 1},
		{"unavailable", status(503), report.OutcomeRobots, "could not be had: status 503", tries},
		{"too many requests", status(429), report.OutcomeRobots, "could not be had: status 429", 1},
		{"no answer", reset, report.OutcomeRobots, "could not be had", tries},
		{"times out", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, report.OutcomeRobots, "could not be had", tries},
		{"elsewhere", http.RedirectHandler("http://login.example/", http.StatusFound).ServeHTTP, report.OutcomeOK, "", 6},
		{"in a circle", http.RedirectHandler("/robots.txt", http.StatusFound).ServeHTTP, report.OutcomeOK, "", 16},
	} {
		t.Run(tc.name, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2020, 4)
				s.set("/robots.txt", tc.robots)
				results := mustCrawl(t, a, options(n.dial), at("a", "a.example"), at("b", "a.example"))
				got := results[0]
				if got.Outcome != tc.outcome || !strings.Contains(got.Detail, tc.detail) || got.Requests != tc.requests {
					t.Errorf("%+v, want %s after %d requests", got, tc.outcome, tc.requests)
				}
				if results[1].Outcome != got.Outcome || results[1].Requests > 5 {
					t.Errorf("second source of the host: %+v: robots.txt is asked for once a run", results[1])
				}
				for _, c := range captures(t, a, "a") {
					if strings.HasSuffix(c.URL, "/robots.txt") && c.Why.Kind != archive.KindRobots {
						t.Errorf("robots.txt archived as %s", c.Why.Kind)
					}
				}
			})
		})
	}
}

func TestDeadHostIsGivenUpAtOnce(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		dials := 0
		opt := options(func(ctx context.Context, network, addr string) (net.Conn, error) {
			if addr == "dead.example:80" {
				dials++
				return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
			}
			return n.dial(ctx, network, addr)
		})
		results := mustCrawl(t, a, opt, at("a", "dead.example"), at("b", "dead.example"), at("c", "alive.example"))
		for i, want := range []report.Outcome{report.OutcomeUnreachable, report.OutcomeUnreachable, report.OutcomeOK} {
			if results[i].Outcome != want {
				t.Errorf("%+v, want %s", results[i], want)
			}
		}
		if dials != tries || !strings.Contains(results[0].Detail, "connection refused") {
			t.Errorf("%d dials, detail %q", dials, results[0].Detail)
		}
	})
}

func TestHostThatDiesInTheMiddleIsLeftAlone(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2004, 5)
		for year := 2004; year <= 2020; year++ {
			s.set(fmt.Sprintf("/nb/%d/t%d0115_%d.html", year+1, year+1, 1000+year), func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		}
		opt := options(n.dial)
		got := mustCrawl(t, a, opt, at("a", "a.example"))[0]
		if got.Outcome != report.OutcomeUnreachable || got.Fetched != 3 || got.Failed != 17 || got.Requests != 5+3+tries*maxFailures {
			t.Errorf("%+v", got)
		}

		// What was not tried must not count as known.
		for year := 2004; year <= 2020; year++ {
			s.set(fmt.Sprintf("/nb/%d/t%d0115_%d.html", year+1, year+1, 1000+year), reportPage("x"))
		}
		opt.Run = "run-2"
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeOK || got.New != 17 {
			t.Errorf("next run: %+v", got)
		}
	})
}

func TestWalledPageIsNotHeld(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		const path = "/nb/2023/t20230115_3022.html"
		s.set(path, html(`<html><script>document.cookie="__jsl_clearance=1"</script></html>`))
		opt := options(n.dial)
		got := mustCrawl(t, a, opt, at("a", "a.example"))[0]
		if got.Outcome != report.OutcomeBlocked || got.Fetched != 1 || got.Failed != 3 || !strings.Contains(got.Detail, "jsl") {
			t.Errorf("%+v", got)
		}
		s.set(path, reportPage("2022"))
		opt.Run = "run-2"
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeOK || got.New != 3 {
			t.Errorf("next run: %+v", got)
		}
	})
}

func TestEndlessListingIsCut(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		page := 0
		calendar := func(w http.ResponseWriter, _ *http.Request) {
			page++
			title := fmt.Sprintf("第%d号通知公告，请各单位遵照执行", page)
			listPage(fmt.Sprintf("index.html?page=%d", page+1),
				row{fmt.Sprintf("t%d_1.html", 100000+page), title, ""}, row{fmt.Sprintf("t%d_2.html", 100000+page), title + "二", ""},
				row{fmt.Sprintf("t%d_3.html", 100000+page), title + "三", ""})(w, nil)
		}
		s.set("/nb/index.html", calendar)
		for i := 2; i <= maxPages+5; i++ {
			s.set(fmt.Sprintf("/nb/index.html?page=%d", i), calendar)
		}
		got := mustCrawl(t, a, options(n.dial), at("a", "a.example"))[0]
		if got.Outcome != report.OutcomePaging || got.Requests != maxPages+1 || !strings.Contains(got.Detail, "more than 2000 list pages") {
			t.Errorf("%+v", got)
		}
	})
}

func TestOldListPagesAreNotResumed(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2022, 2020, 4)
		ctx, cancel := context.WithCancel(t.Context())
		s.set("/nb/2021/t20210115_3020.html", func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
		opt := options(n.dial)
		results, err := Crawl(ctx, a, []report.Source{at("a", "a.example")}, opt)
		if err != nil || results[0].Outcome != report.OutcomeInterrupted {
			t.Fatalf("%+v, %v", results, err)
		}
		time.Sleep(30 * 24 * time.Hour)
		s.fill("/nb/", 2023, 2020, 4)
		opt.Run = "run-2"
		got := mustCrawl(t, a, opt, at("a", "a.example"))[0]
		if got.Run != "run-1" || got.Outcome != report.OutcomeOK || got.Listed != 4 || got.New != 2 || got.Revisited != 2 || got.Requests != 6 {
			t.Errorf("%+v", got)
		}
	})
}

func TestDelayGrowsWithComplaintsAndLatencyAndRecovers(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2000, 30)
		slow := s.pages["/nb/2024/t20240115_3023.html"]
		s.set("/nb/2024/t20240115_3023.html", func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(20 * time.Second)
			slow(w, r)
		})
		s.set("/nb/2023/t20230115_3022.html", answers(status(503), reset, s.pages["/nb/2023/t20230115_3022.html"]))
		opt := options(n.dial)
		opt.Delay = time.Second
		mustCrawl(t, a, opt, at("a", "a.example"))
		times := s.times("a.example")
		gap := func(i int) time.Duration { return times[i+1].Sub(times[i]).Round(time.Second) }
		// robots, list, the slow page, then its follower after as long as the slow page took.
		if got := gap(2); got < 40*time.Second {
			t.Errorf("after an answer that took 20 s the next request came %s later", got)
		}
		last := len(times) - 2
		if got := gap(last); got > 20*time.Second || got < time.Second {
			t.Errorf("at the end the delay was %s", got)
		}
		worst := 0
		for i := range times[:len(times)-1] {
			if gap(i) > gap(worst) {
				worst = i
			}
		}
		for i := worst + 1; i < last; i++ {
			if gap(i+1) > gap(i) && gap(i) > 2*time.Second {
				t.Errorf("the delay grew again without cause: %s, then %s", gap(i), gap(i+1))
			}
		}
	})
}

func TestLearntDelayIsKept(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		opt := options(n.dial)
		opt.Delay = time.Second
		s.set("/nb/2021/t20210115_3020.html", status(503))
		mustCrawl(t, a, opt, at("a", "a.example"))
		s.times("a.example")
		s.paths()
		time.Sleep(2 * day)
		opt.Run = "run-2"
		mustCrawl(t, a, opt, at("a", "a.example"))
		times := s.times("a.example")
		if len(times) < 3 {
			t.Fatalf("%d requests", len(times))
		}
		if gap := times[1].Sub(times[0]); gap < 1500*time.Millisecond {
			t.Errorf("the second run began with a delay of %s", gap)
		}
	})
}

func TestBudgetEndsTheRunAndTheNextGoesOn(t *testing.T) {
	for name, budget := range map[string]Budget{"requests": {Requests: 6}, "bytes": {Bytes: 9000}, "time": {Time: 50 * time.Second}} {
		t.Run(name, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2014, 4)
				opt := options(n.dial)
				opt.Delay, opt.Budget = 10*time.Second, budget
				got := mustCrawl(t, a, opt, at("a", "a.example"))[0]
				if got.Outcome != report.OutcomeInterrupted || !strings.Contains(got.Detail, "budget") || got.Fetched == 0 || got.Fetched > 9 {
					t.Fatalf("%+v", got)
				}
				runs := 1
				for ; got.Outcome == report.OutcomeInterrupted && runs < 20; runs++ {
					time.Sleep(time.Hour)
					opt.Run = fmt.Sprintf("run-%d", runs+1)
					got = mustCrawl(t, a, opt, at("a", "a.example"))[0]
				}
				if got.Outcome != report.OutcomeOK || got.Run != "run-1" {
					t.Errorf("after %d runs: %+v", runs, got)
				}
				asked := map[string]int{}
				for _, path := range s.paths() {
					asked[path]++
				}
				for path, times := range asked {
					if times > 1 {
						t.Errorf("%s was asked for %d times", path, times)
					}
				}
				if len(asked) != 14 {
					t.Errorf("%d addresses asked for", len(asked))
				}
			})
		})
	}
}

func TestQuietHours(t *testing.T) {
	quiet := Quiet{From: 8 * time.Hour, To: 18 * time.Hour}
	for clock, end := range map[string]string{"07:59": "", "08:00": "18:00", "17:59": "18:00", "18:00": ""} {
		now, err := time.ParseInLocation("2006-01-02 15:04", "2026-03-01 "+clock, beijing)
		if err != nil {
			t.Fatal(err)
		}
		if got := quiet.until(now); got.IsZero() != (end == "") || !got.IsZero() && got.Format("15:04") != end {
			t.Errorf("at %s quiet until %s, want %q", clock, got, end)
		}
	}
	over := Quiet{From: 22 * time.Hour, To: 6 * time.Hour}
	if got := over.until(time.Date(2026, 3, 1, 23, 0, 0, 0, beijing)); got.Format("02 15:04") != "02 06:00" {
		t.Errorf("over midnight: %s", got)
	}

	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		opt := options(n.dial)
		opt.Delay = time.Minute
		now := time.Now().In(beijing) // a bubble begins at a fixed time
		clock := time.Duration(now.Hour())*time.Hour + time.Duration(now.Minute())*time.Minute
		opt.Quiet = Quiet{From: clock + 2*time.Minute, To: clock + 62*time.Minute}
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeInterrupted || !strings.Contains(got.Detail, "quiet hours") {
			t.Errorf("%+v", got)
		}
		opt.Quiet.Wait = true
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeOK || time.Since(now) < time.Hour {
			t.Errorf("after %s: %+v", time.Since(now), got)
		}
	})
}

func TestDeadHostGetsOneProbeADay(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2020, 4)
		dials, alive := 0, false
		opt := options(func(ctx context.Context, network, addr string) (net.Conn, error) {
			if dials++; !alive {
				return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
			}
			return n.dial(ctx, network, addr)
		})
		var perRun []int
		for i := range 10 { // every eight hours
			dials = 0
			opt.Run = fmt.Sprintf("run-%d", i)
			if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeUnreachable {
				t.Errorf("run %d: %+v", i, got)
			}
			perRun = append(perRun, dials)
			time.Sleep(8 * time.Hour)
		}
		if diff := cmp.Diff([]int{tries, tries, tries, 0, 0, 1, 0, 0, 1, 0}, perRun); diff != "" {
			t.Errorf("dials a run:\n%s", diff)
		}
		alive = true
		time.Sleep(day)
		opt.Run = "back"
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeOK || got.New != 4 {
			t.Errorf("when it was back: %+v", got)
		}
	})
}
