package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// What was erased is never asked for again: not as a new page, not as one to be
// visited again, not through a redirect, not by a full walk. Nor does it keep the walk
// from stopping early, or make a source fail.
func TestErasedIsNeverFetchedAgain(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2018, 2)
		const (
			page   = "/nb/2024/t20240115_3023.html" // erased itself
			moved  = "/nb/2023/t20230115_3022.html" // redirects to what is erased
			target = "/moved/3022.html"
			later  = "/nb/2022/t20220115_3021.html" // redirects there only later
		)
		s.set(target, s.pages[moved])
		s.set(moved, status(http.StatusMovedPermanently, "Location", target))
		opt := options(n.dial)
		opt.Run = "first"
		mustCrawl(t, a, opt, at("a", "a.example"))
		if asked := s.paths(); !slices.Contains(asked, page) || !slices.Contains(asked, target) {
			t.Fatalf("the first night asked for %v", asked)
		}
		w, err := a.Writer("a")
		if err != nil {
			t.Fatal(err)
		}
		if n, err := w.Erase("asked for", "http://a.example"+page, "http://a.example"+target); err != nil || n != 2 {
			t.Fatalf("%d erased: %v", n, err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := a.PutErasures("asked for", "http://a.example/of/another/source.html"); err != nil {
			t.Fatal(err)
		}
		s.set(later, status(http.StatusFound, "Location", target))
		ends := 0 // nights that walked to the end of the listing
		for night := range 40 {
			opt.Run, opt.Full = fmt.Sprintf("night-%d", night), night == 35
			result := mustCrawl(t, a, opt, at("a", "a.example"))[0]
			if result.Outcome != report.OutcomeOK || result.Failed != 0 {
				t.Errorf("night %d ends as %s, %d failed: %s", night, result.Outcome, result.Failed, result.Detail)
			}
			asked := s.paths()
			for _, gone := range []string{page, moved, target} {
				if slices.Contains(asked, gone) {
					t.Errorf("night %d asked for %s", night, gone)
				}
			}
			if slices.Contains(asked, "/nb/index_2.html") {
				ends++
			}
			time.Sleep(24*time.Hour - time.Minute)
		}
		if ends != 3 { // the one a month after the first, the one after 31 January, the full walk
			t.Errorf("%d of 40 nights walked the listing to its end", ends)
		}
	})
}
