package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// The reading of a view counter that an interruption cut off between a page and its
// counter was lost until the page's next visit, up to a year later. A counter that gives
// no answer is asked again once a night; one that answers with an error is not.
func TestCountThatWasCutOffIsMadeUp(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2021, 4)
		pages := map[string]string{}
		for year := 2021; year <= 2023; year++ {
			path := "/nb/" + strings.TrimPrefix(reportRow(year).href, "./")
			counter := fmt.Sprintf("/system/resource/code/news/click/dynclicks.jsp?clickid=%d&owner=2&clicktype=wbnews", year)
			pages[path], pages[counter] = fmt.Sprintf("page %d", year), fmt.Sprintf("count %d", year)
			whole := s.pages[path]
			s.set(path, func(w http.ResponseWriter, r *http.Request) {
				whole(w, r)
				fmt.Fprintf(w, `<script>_showDynClicks("wbnews", 2, %d)</script>`, year)
			})
			s.set(counter, html("17"))
		}
		opt := options(n.dial)
		opt.Delay = 10 * time.Second
		// crawl cuts the run off in the pause after the page of 2023, if it is told to.
		crawl := func(run string, cut bool) (asked []string) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			const path = "/nb/2024/t20240115_3023.html"
			whole := s.pages[path]
			s.set(path, func(w http.ResponseWriter, r *http.Request) {
				if whole(w, r); cut {
					time.AfterFunc(5*time.Second, cancel)
				}
			})
			defer s.set(path, whole)
			opt.Run = run
			results, err := Crawl(ctx, a, []report.Source{at("a", "a.example")}, opt)
			if err != nil {
				t.Fatal(err)
			}
			if got := results[0].Outcome; cut != (got == report.OutcomeInterrupted) {
				t.Errorf("%s ends as %s: %s", run, got, results[0].Detail)
			}
			for _, path := range s.paths() {
				if what := pages[path]; what != "" {
					asked = append(asked, what)
				}
			}
			return asked
		}
		all := []string{"page 2023", "count 2023", "page 2022", "count 2022", "page 2021", "count 2021"}
		want := map[int][]string{
			0: all, 1: all,
			8:  {"page 2023"},
			9:  {"count 2023", "page 2022", "count 2022", "page 2021", "count 2021"},
			10: {"count 2022"}, 11: {"count 2022"}, 12: {"count 2022"},
			38: {"page 2023"},
			39: {"page 2022", "count 2022", "page 2021", "count 2021"}, // visited in night 9
		}
		for night := range 50 {
			const counter = "/system/resource/code/news/click/dynclicks.jsp?clickid=%d&owner=2&clicktype=wbnews"
			s.set(fmt.Sprintf(counter, 2021), html("17"))
			s.set(fmt.Sprintf(counter, 2022), html("17"))
			if night >= 8 && night < 20 {
				s.set(fmt.Sprintf(counter, 2021), status(http.StatusInternalServerError))
			}
			if night >= 8 && night < 12 {
				s.set(fmt.Sprintf(counter, 2022), reset)
			}
			cut := night == 8 || night == 38
			asked := crawl(fmt.Sprintf("night-%d", night), cut)
			if diff := cmp.Diff(want[night], asked); diff != "" {
				t.Errorf("night %d:\n%s", night, diff)
			}
			if night == 38 { // gone on with in the same night
				time.Sleep(time.Hour)
				if diff := cmp.Diff([]string{"count 2023"}, crawl("later", false)); diff != "" {
					t.Errorf("the rest of night %d:\n%s", night, diff)
				}
			}
			time.Sleep(24*time.Hour - time.Minute)
		}
	})
}
