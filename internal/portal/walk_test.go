package portal

import (
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// walkPage is the name of a fixture that is one page of a walk: walk_{name}_{n}.html.
var walkPage = regexp.MustCompile(`^walk_(\w+)_(\d+)\.html$`)

// TestWalks follows the fixtures of a walk: each page leads to the next one, by the address
// and method of which that one is the answer, the last page to none of them, and together
// they hold the records that they state.
func TestWalks(t *testing.T) {
	type stop struct {
		page    *Page
		listing Listing
	}
	walks := map[string][]stop{}
	fixtures(t, func(t *testing.T, family, file string, p *Page) {
		m := walkPage.FindStringSubmatch(filepath.Base(file))
		if m == nil {
			return
		}
		a, err := Named(family)
		if err != nil {
			t.Fatal(err)
		}
		l, err := a.List(p)
		if _, ok := errors.AsType[*PagingError](err); err != nil && !ok {
			t.Fatal(err)
		}
		walk := family + "/" + m[1]
		if n := len(walks[walk]) + 1; fmt.Sprint(n) != m[2] {
			t.Fatalf("page %s is number %d of its walk", m[2], n)
		}
		walks[walk] = append(walks[walk], stop{p, l})
	})
	for walk, stops := range walks {
		t.Run(walk, func(t *testing.T) {
			seen, total := map[string]bool{}, -1
			for i, s := range stops {
				total = max(total, s.listing.Total)
				for _, it := range s.listing.Items {
					seen[it.URL] = true
				}
				if i == len(stops)-1 {
					break
				}
				want := stops[i+1].page
				ok := slices.ContainsFunc(s.listing.Next, func(r Request) bool {
					return leads(r, want) || r.Else != nil && leads(*r.Else, want)
				})
				if !ok {
					t.Errorf("page %d leads to %q, want %s %s", i+1, addresses(s.listing.Next), want.Capture.Method, want.URL)
				}
			}
			last := stops[len(stops)-1].listing
			if len(last.Next) == 0 && total >= 0 && total != len(seen) {
				t.Errorf("%d items, stated are %d", len(seen), total)
			}
			for _, r := range last.Next {
				if slices.ContainsFunc(stops, func(s stop) bool { return s.page.URL.String() == strings.TrimSpace(r.URL) }) {
					t.Errorf("the last page leads back to %s", r.URL)
				}
			}
		})
	}
}

// leads says whether a request is the one that a page answers.
func leads(r Request, p *Page) bool {
	return r.URL == p.URL.String() && r.Method == p.Capture.Method && (r.Method == "") == (r.Body == "")
}
