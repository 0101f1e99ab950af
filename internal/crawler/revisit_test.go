package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// tagged answers a page with an ETag of its content, and 304 to whoever has it.
func tagged(tag *string, page http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"`+*tag+`"`)
		if r.Header.Get("If-None-Match") == `"`+*tag+`"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		page(w, r)
	}
}

// nights runs one crawl a night, a little earlier each time, and returns what was
// asked in each.
func nights(t *testing.T, s *site, a *archive.Archive, opt Options, n int, src report.Source, between func(night int)) [][]string {
	var asked [][]string
	for night := range n {
		if between != nil {
			between(night)
		}
		opt.Run = fmt.Sprintf("night-%d", night)
		mustCrawl(t, a, opt, src)
		asked = append(asked, s.paths())
		time.Sleep(24*time.Hour - time.Minute)
	}
	return asked
}

func TestKnownPagesAreRevisitedByAge(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2023, 4)
		const page = "/nb/2024/t20240115_3023.html"
		var visits []int
		most := 0
		for night, asked := range nights(t, s, a, options(n.dial), 130, at("a", "a.example"), nil) {
			others := 0
			for _, path := range asked {
				if path == page {
					visits = append(visits, night)
				} else {
					others++
				}
			}
			most = max(most, others)
		}
		if diff := cmp.Diff([]int{0, 1, 8, 38, 128}, visits); diff != "" {
			t.Errorf("nights of the visits:\n%s", diff)
		}
		if most > 2 {
			t.Errorf("a night without news cost %d requests beside the revisit", most)
		}
	})
}

func TestUnchangedAnswersAreNotSentAgain(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2022, 4)
		const page = "/nb/2024/t20240115_3023.html"
		list, text := "1", "1"
		s.set("/nb/index.html", tagged(&list, s.pages["/nb/index.html"]))
		s.set(page, tagged(&text, s.pages[page]))
		nights(t, s, a, options(n.dial), 3, at("a", "a.example"), func(night int) {
			if night == 2 {
				s.fill("/nb/", 2024, 2022, 4)
				list = "2"
				s.set("/nb/index.html", tagged(&list, s.pages["/nb/index.html"]))
			}
		})
		var lists, pages []int
		read := 0
		src, err := a.Source("a")
		if err != nil {
			t.Fatal(err)
		}
		defer src.Close()
		for _, c := range captures(t, a, "a") {
			switch c.URL {
			case "http://a.example/nb/index.html":
				lists = append(lists, c.Status)
			case "http://a.example" + page:
				pages = append(pages, c.Status)
				ex, err := src.Read(c)
				if err != nil || len(ex.Body) == 0 || !c.OK() {
					t.Errorf("capture of %s at %s: %d bytes, %v", c.URL, c.At, len(ex.Body), err)
				}
				read++
			}
		}
		if diff := cmp.Diff([][]int{{200, 304, 200}, {200, 304}}, [][]int{lists, pages}); diff != "" {
			t.Error(diff)
		}
		// The listing had a new report in the third night.
		if got := captures(t, a, "a"); got[len(got)-1].URL != "http://a.example/nb/2025/t20250115_3024.html" {
			t.Errorf("the new report was not fetched last: %s", got[len(got)-1].URL)
		}
	})
}

func TestDeadLinkIsAskedEverMoreSeldom(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2022, 4)
		const page = "/nb/2024/t20240115_3023.html"
		s.set(page, status(http.StatusNotFound))
		var tried []int
		for night, asked := range nights(t, s, a, options(n.dial), 45, at("a", "a.example"), nil) {
			for _, path := range asked {
				if path == page {
					tried = append(tried, night)
				}
			}
		}
		if diff := cmp.Diff([]int{0, 1, 8, 38}, tried); diff != "" {
			t.Error(diff)
		}
	})
}

func TestConditionsDoNotFollowARedirect(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2022, 4)
		const page = "/nb/2024/t20240115_3023.html"
		tag := "1"
		whole := s.pages[page]
		s.set(page, tagged(&tag, whole))
		moved := false
		nights(t, s, a, options(n.dial), 2, at("a", "a.example"), func(night int) {
			if night == 1 {
				s.set(page, status(http.StatusFound, "Location", "/nb/moved.html"))
				s.set("/nb/moved.html", func(w http.ResponseWriter, r *http.Request) {
					moved = true
					if r.Header.Get("If-None-Match") != "" {
						t.Error("the condition went on to another address")
					}
					whole(w, r)
				})
			}
		})
		if !moved {
			t.Error("the redirect was not followed")
		}
	})
}

func TestDueAfterTheFourthVisitIsYearly(t *testing.T) {
	v := &known{visits: 7, settled: archive.Capture{At: time.Date(2026, 1, 1, 2, 0, 0, 0, time.UTC)}}
	for at, want := range map[string]bool{"2026-12-31T02:00:00Z": false, "2027-01-01T01:59:00Z": true, "2027-06-01T00:00:00Z": true} {
		now, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if got := v.due(now); got != want {
			t.Errorf("due at %s: %t", at, got)
		}
	}
}

// A listing that stopped being read to its end would never show a report that was put
// in late, further down.
func TestListingIsReconciledOnASchedule(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2016, 4)
		opt := options(n.dial)
		opt.Reconcile = 20 * day
		time.Sleep(100 * day) // no deadline lies ahead for months
		var full []int
		for night, asked := range nights(t, s, a, opt, 45, at("a", "a.example"), nil) {
			if slices.Contains(asked, "/nb/index_1.html") {
				full = append(full, night)
			}
		}
		if len(full) < 3 || full[0] != 0 || full[1] < 15 || full[1] > 20 || full[2]-full[1] != full[1] {
			t.Errorf("walked to the end in nights %v", full)
		}
	})
}

// Right after reports are due each listing is seen whole once, however recently it was
// and however long the schedule: else a report put in further down would be missing, and
// one that is missing could not be told from one that was not looked for.
func TestListingIsWalkedWholeAfterEachDeadline(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2016, 4)
		opt := options(n.dial)
		opt.Reconcile = 1000 * day
		var began time.Time
		var whole []string
		asked := nights(t, s, a, opt, 400, at("a", "a.example"), func(night int) {
			if night == 0 {
				began = time.Now()
			}
			switch night { // nothing is walked at the first try, so it is tried again
			case 31:
				s.set("/nb/index_1.html", status(http.StatusServiceUnavailable))
			case 33:
				s.fill("/nb/", 2023, 2016, 4)
			}
		})
		for _, night := range visitsTo(asked, "/nb/index_1.html") {
			whole = append(whole, began.Add(time.Duration(night)*(24*time.Hour-time.Minute)).In(beijing).Format("01-02"))
		}
		if diff := cmp.Diff([]string{"01-01", "02-01", "02-02", "02-03", "04-01", "02-01"}, whole); diff != "" {
			t.Errorf("walked to the end on:\n%s", diff)
		}
	})
}

func TestDeadlineEndsWithItsDayInBeijing(t *testing.T) {
	for from, want := range map[string]string{
		"2026-01-31T15:59:59Z": "2026-01-31T16:00:00Z",
		"2026-01-31T16:00:00Z": "2026-03-31T16:00:00Z",
		"2026-03-31T16:00:00Z": "2027-01-31T16:00:00Z",
		"2026-12-31T20:00:00Z": "2027-01-31T16:00:00Z",
	} {
		at, err := time.Parse(time.RFC3339, from)
		if err != nil {
			t.Fatal(err)
		}
		if got := dueAfter(at).UTC().Format(time.RFC3339); got != want {
			t.Errorf("the deadline after %s ends at %s, want %s", from, got, want)
		}
	}
}

func TestPinnedRowsDoNotKeepTheWalkFromStopping(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2016, 4)
		pinned := row{"./guide.html", "临江市民政局2009年政府信息公开工作年度报告", "2010-03-01"}
		s.set("/nb/guide.html", reportPage(pinned.title))
		s.set("/nb/index.html", listPage("index_1.html", pinned, reportRow(2023), reportRow(2022), reportRow(2021), reportRow(2020)))
		s.set("/nb/index_1.html", listPage("", pinned, reportRow(2019), reportRow(2018), reportRow(2017), reportRow(2016)))
		asked := nights(t, s, a, options(n.dial), 3, at("a", "a.example"), nil)
		if slices.Contains(asked[2], "/nb/index_1.html") {
			t.Errorf("the third night asked for %v", asked[2])
		}
	})
}
