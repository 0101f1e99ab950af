package main

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"crawl/internal/demo"
	"crawl/internal/report"
)

// TestNightsOfHollowPages: for a week some portals answer with success and say that there
// is nothing, one from the first night on. What was read before stays as it is: no
// revision, no removal, no number lost; what comes back is read.
func TestNightsOfHollowPages(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	faults := []string{"upkeep-pages", "soft-404", "soft-404-listing", "upkeep", "upkeep-pages"}
	late := len(faults) - 1 // in the place of the pages that were never read
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, time.April, 8, 4, 0, 0, 0, time.UTC)))
		province := demo.NewSized(5*len(faults), 3, 2021, 2024)
		var sources []report.Source
		for i := range faults {
			sources = append(sources, province.Sources()[5*i])
			faults[i] += "@" + province.Hosts()[5*i]
		}
		dial, stop := province.Pipe()
		defer stop()
		settings := defaults()
		settings.UserAgent = "crawl/1.0 (test)"
		s := &session{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.NewNop()}
		night := func(faults ...string) (outcomes []string) {
			if err := province.Set(faults...); err != nil {
				t.Fatal(err)
			}
			p := pass{data: data, sources: sources, crawl: settings.crawlOptions("run")}
			p.crawl.Dial = dial
			done, err := p.run(s)
			if err != nil {
				t.Fatal(err)
			}
			if done.published.Held != "" {
				t.Errorf("held back: %s", done.published.Held)
			}
			for _, r := range done.crawled {
				outcomes = append(outcomes, string(r.Outcome)+" "+r.Detail)
			}
			time.Sleep(24 * time.Hour)
			return outcomes
		}
		rows := func(where string) string {
			return ask(t, data, "SELECT key, url, revision, is_current, is_preferred, removed_at, form_t3, views FROM reports WHERE "+where+" ORDER BY key")
		}
		known := "source <> " + quoted(sources[late].ID)

		night(faults[late])
		before := rows(known)
		if !strings.Contains(before, "f2021") || rows("NOT "+known) != "[]" {
			t.Fatalf("before: %s; %s", before, rows("NOT "+known))
		}
		for n := 1; n <= 7; n++ {
			outcomes := night(faults...)
			for i, want := range []string{"partial ", "ok ", "http ", "http ", "partial "} {
				told := n <= 3 && (i != 1 || n <= 2) // later they wait for their next visit
				if words := []string{"maintenance (", "soft_404 (", "soft_404 (", "maintenance (", "maintenance ("}[i]; told &&
					(!strings.HasPrefix(outcomes[i], want) || !strings.Contains(outcomes[i], words)) {
					t.Errorf("night %d, %s: %s", n, faults[i], outcomes[i])
				}
			}
			if got := rows(known); got != before {
				t.Errorf("night %d: rows %s, before %s", n, got, before)
			}
		}
		if got := ask(t, data, "SELECT count(*), count(removed_at) FROM listing_items WHERE decision = 'followed' AND "+known); !strings.HasSuffix(got, " 0]]") {
			t.Errorf("items and those removed: %s", got)
		}
		if got := ask(t, data, "SELECT DISTINCT substr(reason, 1, 27) FROM listing_items WHERE decision = 'followed' AND NOT "+known); got != "[[not a report: maintenance (]]" {
			t.Errorf("reasons of what was never read: %s", got)
		}
		for range 12 {
			night()
		}
		if got := rows(known); got != before {
			t.Errorf("in the end: rows %s, before %s", got, before)
		}
		if got := rows("NOT " + known); strings.Count(got, "f2021") < 3 {
			t.Errorf("what came late: %s", got)
		}
	})
	checkArchive(t, data)
}
