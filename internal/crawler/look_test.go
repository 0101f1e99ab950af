package crawler

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crawl/internal/archive"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// TestLook asks by hand: near hosts with their own robots.txt and pace, far ones not at
// all, neither directly nor by a redirect.
func TestLook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite()
		s.set("www.near.example/", html("首页"))
		s.set("www.near.example/moved", status(http.StatusFound, "Location", "http://xxgk.near.example/nb/"))
		s.set("www.near.example/away", status(http.StatusFound, "Location", "http://www.far.example/"))
		s.set("www.near.example/wall", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusPreconditionFailed) })
		s.set("xxgk.near.example/nb/", html("年报"))
		s.set("xxgk.near.example/no/", html("secret"))
		s.set("xxgk.near.example/robots.txt", html("User-agent: *\nDisallow: /no/\n"))
		opt := options(serve(t, s).dial)
		opt.Command, opt.Delay = "probe", 5*time.Second
		a := openArchive(t)
		src := report.Source{ID: "near", URL: "http://www.near.example/"}
		near := func(u *url.URL) bool { return strings.HasSuffix(u.Hostname(), ".near.example") }
		type answer struct {
			at      string
			outcome report.Outcome
		}
		got := map[string]answer{}
		res, err := Look(t.Context(), a, src, opt, near, func(ask Ask, _ Walk) error {
			for _, address := range []string{"http://www.near.example/", "http://www.near.example/moved", "http://xxgk.near.example/no/",
				"http://www.far.example/", "http://www.near.example/away", "http://www.near.example/missing", "http://www.near.example/wall", "http://www.near.example/again"} {
				ex, err := ask(archive.Why{Kind: archive.KindList}, portal.Request{URL: address})
				if err != nil {
					got[address] = answer{outcome: OutcomeOf(err)}
					continue
				}
				got[address] = answer{at: ex.URL}
			}
			return nil
		})
		if err != nil || res.Outcome != report.OutcomeOK {
			t.Fatalf("%v %+v", err, res)
		}
		for address, want := range map[string]answer{
			"http://www.near.example/":        {at: "http://www.near.example/"},
			"http://www.near.example/moved":   {at: "http://xxgk.near.example/nb/"},
			"http://xxgk.near.example/no/":    {outcome: report.OutcomeRobots},
			"http://www.far.example/":         {outcome: report.OutcomeHTTP},
			"http://www.near.example/away":    {outcome: report.OutcomeHTTP},
			"http://www.near.example/missing": {at: "http://www.near.example/missing"},
			"http://www.near.example/wall":    {outcome: report.OutcomeBlocked},
			"http://www.near.example/again":   {outcome: report.OutcomeBlocked}, // a wall's host is left alone
		} {
			if got[address] != want {
				t.Errorf("%s: %+v, want %+v", address, got[address], want)
			}
		}
		if at := s.times("www.far.example"); len(at) > 0 {
			t.Errorf("a far host was asked %d times", len(at))
		}
		for _, host := range []string{"www.near.example", "xxgk.near.example"} {
			at := s.times(host)
			for i := range at[1:] {
				if gap := at[i+1].Sub(at[i]); gap < opt.Delay {
					t.Errorf("%s: %s between two requests", host, gap)
				}
			}
		}
		var kinds []string
		for _, e := range events(t, a, "near") {
			kinds = append(kinds, e.Kind)
		}
		if strings.Join(kinds, " ") != "run-start host-state run-end" {
			t.Errorf("events %v", kinds)
		}
		if n := len(captures(t, a, "near")); n != res.Requests {
			t.Errorf("%d captures of %d requests", n, res.Requests)
		}
	})
}

// TestLookWalks walks the first pages of a listing: as a crawl would, without an item, and
// without asking twice for what was asked for by hand.
func TestLookWalks(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2012, 3)
	s.set("/off/index.html", listPage("http://elsewhere.example/2.html", reportRow(2023), reportRow(2022)))
	server := loopback(t, s)
	src := source(server)
	off := src
	off.URL = server.URL + "/off/index.html"
	_, err := Look(t.Context(), openArchive(t), src, allowPrivate(), func(*url.URL) bool { return true }, func(ask Ask, walk Walk) error {
		if _, err := ask(archive.Why{Kind: archive.KindList}, portal.Request{URL: src.URL}); err != nil {
			t.Error(err)
		}
		for most, want := range map[int]int{2: 2, 9: 4} {
			rows, pages := 0, 0
			walked, err := walk(src, most, func(_ *portal.Page, l portal.Listing) { pages, rows = pages+1, rows+len(l.Items) })
			if err != nil || walked.Trouble != nil || walked.Ended != (most > 4) || pages != want || rows != 3*want {
				t.Errorf("%d pages at most: %d pages, %d rows, %+v (%v)", most, pages, rows, walked, err)
			}
		}
		walked, err := walk(off, 9, func(*portal.Page, portal.Listing) {})
		if err != nil || walked.Ended || walked.Trouble == nil || OutcomeOf(walked.Trouble) != report.OutcomePaging {
			t.Errorf("off the host: %+v (%v)", walked, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "/robots.txt /nb/index.html /nb/index_1.html /nb/index_2.html /nb/index_3.html /off/index.html"
	if got := strings.Join(s.paths(), " "); got != want {
		t.Errorf("asked for %s, want %s", got, want)
	}
}

// TestLookEnds gives an error of the one who looks as the outcome.
func TestLookEnds(t *testing.T) {
	server := loopback(t, newSite())
	res, err := Look(t.Context(), openArchive(t), source(server), allowPrivate(), func(*url.URL) bool { return false }, func(Ask, Walk) error {
		return errors.New("no rows")
	})
	if err != nil || res.Outcome != report.OutcomeHTTP || res.Detail != "no rows" {
		t.Errorf("%v %+v", err, res)
	}
	if _, err := Look(t.Context(), openArchive(t), report.Source{ID: "a", URL: "ftp://a.example/"}, allowPrivate(), nil, nil); err == nil {
		t.Error("an address that is none")
	}
}
