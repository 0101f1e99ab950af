package crawler

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// TestBackfillGoesOn interrupts a backfill again and again, days apart: in the end
// every page is there, and none was asked for twice.
func TestBackfillGoesOn(t *testing.T) {
	for seed := range uint64(10) {
		simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
			rng := rand.New(rand.NewPCG(seed, 1))
			s.fill("/nb/", 2024, 2004, 4)
			opt := options(n.dial)
			opt.Command, opt.Backfill, opt.Delay = "backfill", true, 10*time.Second
			got := Result{RunEnd: report.RunEnd{Outcome: report.OutcomeInterrupted}}
			for try := 0; got.Outcome == report.OutcomeInterrupted; try++ {
				if try > 200 {
					t.Fatal("no end")
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(rng.Int64N(int64(90*time.Second))))
				opt.Run = fmt.Sprintf("run-%d", try)
				results, err := Crawl(ctx, a, []report.Source{at("a", "a.example")}, opt)
				cancel()
				if err != nil {
					t.Fatal(err)
				}
				got = results[0]
				time.Sleep(time.Duration(rng.Int64N(int64(3 * day))))
			}
			if got.Outcome != report.OutcomeOK || got.New != 21 {
				t.Errorf("seed %d: %+v", seed, got)
			}
			asked := map[string]int{}
			for _, path := range s.paths() {
				if path != "/robots.txt" { // good for a day only
					asked[path]++
				}
			}
			twice := 0
			for _, times := range asked {
				twice += times - 1
			}
			// An exchange that the interruption itself cut off is made again.
			if len(asked) != 27 || twice > 0 {
				t.Errorf("seed %d: %d addresses, %d asked for twice", seed, len(asked), twice)
			}
		})
	}
}

func TestBackfillOfSomeYears(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2024, 2005, 4)
	s.set("/nb/index_5.html", nil)
	server := loopback(t, s)
	a := openArchive(t)
	opt := allowPrivate()
	opt.Command, opt.Backfill, opt.Years = "backfill", true, Years{From: 2010, To: 2012}
	if got := mustCrawl(t, a, opt, source(server))[0]; got.New != 3 || got.Pages != 5 {
		t.Errorf("%+v", got)
	}
	for _, path := range s.paths() {
		if strings.HasSuffix(path, ".html") && !strings.Contains(path, "index") && !slices.Contains([]string{"/nb/2011/t20110115_3010.html", "/nb/2012/t20120115_3011.html", "/nb/2013/t20130115_3012.html"}, path) {
			t.Errorf("fetched %s", path)
		}
	}
	// The nightly run must not believe that the rest is known.
	opt = allowPrivate()
	opt.Run = "night"
	if got := mustCrawl(t, a, opt, source(server))[0]; got.New != 17 {
		t.Errorf("the night after: %+v", got)
	}
}

func TestYears(t *testing.T) {
	for title, want := range map[string]bool{
		"临江市民政局2011年政府信息公开工作年度报告": true, "2009年临江市民政局政府信息公开工作年度报告": false,
		"政府信息公开年报": true, "2009年度报告（2010年1月修订）": true, "20110": true, "二〇〇九年度报告": true,
	} {
		if got := (Years{From: 2010, To: 2012}).include(title); got != want {
			t.Errorf("%s: %t", title, got)
		}
	}
	if !(Years{}).include("2009") || (Years{To: 2008}).include("2009年") || !(Years{From: 2008}).include("2009年") {
		t.Error("open ends")
	}
}
