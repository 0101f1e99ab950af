package crawler

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// visitsTo lists the nights in which a path was asked for.
func visitsTo(asked [][]string, path string) (nights []int) {
	for night, paths := range asked {
		if slices.Contains(paths, path) {
			nights = append(nights, night)
		}
	}
	return nights
}

// A page that was first reached through a redirect was never revisited once the old
// address was gone.
func TestMovedPageIsVisitedWhenItsOldAddressIsGone(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2022, 4)
		const old, moved = "/nb/2024/t20240115_3023.html", "/nb/2024/t20240115_9023.html"
		page := s.pages[old]
		asked := nights(t, s, a, options(n.dial), 45, at("a", "a.example"), func(night int) {
			switch night {
			case 1: // the listing names the new address only
				s.set(old, status(http.StatusMovedPermanently, "Location", moved))
				s.set(moved, page)
				row := reportRow(2023)
				row.href = "./2024/t20240115_9023.html"
				s.set("/nb/index.html", listPage("", row, reportRow(2022)))
			case 5:
				s.set(old, nil)
			}
		})
		if diff := cmp.Diff([]int{1, 2, 9, 39}, visitsTo(asked, moved)); diff != "" {
			t.Errorf("nights of the visits to the new address:\n%s", diff)
		}
		if diff := cmp.Diff([]int{0, 1, 8}, visitsTo(asked, old)); diff != "" {
			t.Errorf("nights of the visits to the old address:\n%s", diff)
		}
		// In night 1 nobody can know that the old address leads to what is new.
		for night, paths := range asked {
			if slices.Sort(paths); night > 1 && len(slices.Compact(slices.Clone(paths))) != len(paths) {
				t.Errorf("night %d asked twice: %v", night, paths)
			}
		}
	})
}

// A revisit that was answered with an error was taken for a visit, and the page for
// one that had never been there.
func TestFailedRevisitIsNoVisit(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2016, 4)
		const path = "/nb/2024/t20240115_3023.html"
		page := s.pages[path]
		asked := nights(t, s, a, options(n.dial), 30, at("a", "a.example"), func(night int) {
			switch night {
			case 1:
				s.set(path, status(http.StatusInternalServerError))
			case 20:
				s.set(path, page)
			}
		})
		if diff := cmp.Diff([]int{0, 1, 2, 3, 4, 5, 12}, visitsTo(asked, path)); diff != "" {
			t.Errorf("nights of the visits:\n%s", diff)
		}
		if walks := visitsTo(asked, "/nb/index_1.html"); slices.ContainsFunc(walks, func(n int) bool { return n > 0 && n < 20 }) {
			t.Errorf("the failing page kept the listing from being cut short: walked to the end in %v", walks)
		}
	})
}

// A page that was cut off in the middle is asked for once more, and is no page that was
// had.
func TestPageCutOffIsAskedForOnceMore(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2021, 4)
		half := html("<html><head><title>年报</title></head><body><h1>年报</h1><p>本年度报告根据《中华人民共和国政府信息公开条例》编制，新收申请12" + strings.Repeat("件，均已按期答复", 40))
		const once, always = "/nb/2024/t20240115_3023.html", "/nb/2023/t20230115_3022.html"
		s.set(once, answers(half, s.pages[once]))
		s.set(always, half)
		got := mustCrawl(t, a, options(n.dial), at("a", "a.example"))[0]
		if got.Outcome != report.OutcomePartial || got.Fetched != 2 || got.Failed != 1 || !strings.Contains(got.Detail, always+": cut off") {
			t.Errorf("%+v", got)
		}
		asked := map[string]int{}
		for _, path := range s.paths() {
			asked[path]++
		}
		if asked[once] != 2 || asked[always] != 2 {
			t.Errorf("asked: %v", asked)
		}
	})
}

// The wait for a dead link counted the visits from before it was dead: a report that
// was taken down and put back could be missing for a year.
func TestPageThatComesBackIsFetchedTheNextNight(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2022, 4)
		const path = "/nb/2024/t20240115_3023.html"
		page := s.pages[path]
		whole := s.pages["/nb/index.html"]
		asked := nights(t, s, a, options(n.dial), 45, at("a", "a.example"), func(night int) {
			switch night {
			case 37: // the third revisit is due tomorrow
				s.set(path, nil)
				s.set("/nb/index.html", listPage("", reportRow(2022)))
			case 41:
				s.set(path, page)
				s.set("/nb/index.html", whole)
			}
		})
		if diff := cmp.Diff([]int{0, 1, 8, 38, 41, 42}, visitsTo(asked, path)); diff != "" {
			t.Errorf("nights of the visits:\n%s", diff)
		}
	})
}

// Tombstones want three complete listings. Where a page turns out to be gone they are
// walked at once; at the pace of the schedule they would take three months.
func TestWhatIsGoneIsConfirmedAtOnce(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2016, 4)
		asked := nights(t, s, a, options(n.dial), 20, at("a", "a.example"), func(night int) {
			if night == 5 { // seen at the revisit in night 8
				s.set("/nb/2018/t20180115_3017.html", nil)
				s.set("/nb/index_1.html", listPage("", reportRow(2019), reportRow(2018), reportRow(2016)))
			}
		})
		if diff := cmp.Diff([]int{0, 9, 10, 11}, visitsTo(asked, "/nb/index_1.html")); diff != "" {
			t.Errorf("walked to the end in nights:\n%s", diff)
		}
	})
}
