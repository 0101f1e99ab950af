package crawler

import (
	"slices"
	"testing"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// TestGuessesAreTriedToTheLast: a listing that states two pages and leads nowhere has its
// second page at the last of the usual addresses.
func TestGuessesAreTriedToTheLast(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2016, 4)
		stated := `<div class="page">共8条 共2页</div>`
		var first, second []row
		for year := 2023; year > 2019; year-- {
			first, second = append(first, reportRow(year)), append(second, reportRow(year-4))
		}
		s.set("/nb/list.html", listPageWith(stated, first...))
		s.set("/nb/list/2.html", listPageWith(`<base href="/nb/">`+stated, second...))
		src := at("a", "a.example")
		src.URL = "http://a.example/nb/list.html"
		got := mustCrawl(t, a, options(n.dial), src)[0]
		if got.Outcome != report.OutcomeOK || got.New != 8 {
			t.Errorf("%+v, want 8 new pages", got)
		}
		asked := s.paths()
		for _, path := range []string{"/nb/list_1.html", "/nb/list_2.html", "/nb/list/2.html"} {
			if !slices.Contains(asked, path) {
				t.Errorf("%s was not asked for: %q", path, asked)
			}
		}
	})
}
