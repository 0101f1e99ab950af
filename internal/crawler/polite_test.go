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
		{name: "504 for good", page: status(504), outcome: report.OutcomePartial, asked: 2, wait: backoff, fetched: 3, detail: "status 504"},
		{name: "500 is no use", page: answers(status(500), good), outcome: report.OutcomePartial, asked: 1, fetched: 3, detail: "status 500"},
		{name: "reset once", page: answers(reset, good), outcome: report.OutcomeOK, asked: 2, wait: backoff, fetched: 4},
		{name: "reset for good", page: reset, outcome: report.OutcomePartial, asked: 2, wait: backoff, fetched: 3, detail: "EOF"},
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
					if wait := asked[1].Sub(asked[0]).Truncate(time.Second); wait != tc.wait {
						t.Errorf("waited %s, want %s", wait, tc.wait)
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
		{"unavailable", status(503), report.OutcomeRobots, "could not be had: status 503", 2},
		{"too many requests", status(429), report.OutcomeRobots, "could not be had: status 429", 1},
		{"no answer", reset, report.OutcomeRobots, "could not be had", 2},
		{"times out", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, report.OutcomeRobots, "could not be had", 2},
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
		if dials != 2 || !strings.Contains(results[0].Detail, "connection refused") {
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
		if got.Outcome != report.OutcomeUnreachable || got.Fetched != 3 || got.Failed != 17 || got.Requests != 5+3+2*maxFailures {
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
		if got.Run != "run-1" || got.Outcome != report.OutcomeOK || got.Listed != 4 || got.Fetched != 4 || got.Requests != 4 {
			t.Errorf("%+v", got)
		}
	})
}
