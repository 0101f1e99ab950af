package crawler

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"crawl/internal/archive"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// walkName parts the name of a page of a walk: walk_{name}_{n}.html.
var (
	walkName = regexp.MustCompile(`^(walk\w*?)_(\d+)\.html$`)
	walkOf   = regexp.MustCompile(`\n?<!-- fixture of (POST )?(\S+) -->\s*$`)
)

// TestFamilyWalks crawls the listings of which the families' fixtures hold every page, in
// their order: each item is seen, none is asked for twice, and a walk whose last page leads
// no further is whole.
func TestFamilyWalks(t *testing.T) {
	files, err := filepath.Glob("../portal/testdata/*/walk_*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("no walks: %v", err)
	}
	walks := map[string][]string{}
	for _, file := range files {
		m := walkName.FindStringSubmatch(filepath.Base(file))
		if m == nil {
			t.Fatalf("%s is no page of a walk", file)
		}
		name := filepath.Base(filepath.Dir(file)) + "/" + m[1]
		walks[name] = append(walks[name], file)
	}
	for name, files := range walks {
		t.Run(name, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				src := report.Source{ID: "walk", Adapter: "auto"}
				items, whole := s.walk(t, files, &src)
				got := mustCrawl(t, a, options(n.dial), src)[0]
				if got.Adapter != filepath.Dir(name) || whole && got.Outcome != report.OutcomeOK {
					t.Errorf("%+v, want a whole walk: %v", got, whole)
				}
				asked := map[string]bool{}
				for _, c := range captures(t, a, src.ID) {
					key := string(c.Why.Kind) + c.Method + c.URL + c.RequestSHA256 // a page may be report and listing
					if asked[key] {
						t.Errorf("%s %s was asked for twice", c.Method, c.URL)
					}
					asked[key] = true
				}
				var seen report.ListingComplete
				for _, e := range events(t, a, src.ID) {
					if e.Kind == report.EventListingComplete {
						unmarshal(t, e, &seen)
					}
				}
				if whole && (seen.Items != items || seen.Pages < len(files)) {
					t.Errorf("%d items on %d pages, want %d on %d", seen.Items, seen.Pages, items, len(files))
				}
			})
		})
	}
}

// walk serves the pages of a walk and of their items. whole says that the last page leads
// no further, items how many distinct ones there are.
func (s *site) walk(t *testing.T, files []string, src *report.Source) (items int, whole bool) {
	t.Helper()
	at := func(address string) string {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		return u.Host + u.RequestURI()
	}
	seen := map[string]bool{}
	for i, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(strings.TrimSuffix(file, ".html") + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var golden struct {
			Items []portal.Item
			Next  []string
		}
		if err := json.Unmarshal(raw, &golden); err != nil {
			t.Fatal(err)
		}
		for _, it := range golden.Items {
			seen[it.URL] = true
			s.set(at(it.URL), reportPage(it.Title))
		}
		body = bytes.ReplaceAll(body, []byte("https://"), []byte("http://")) // as the site serves it
		m := walkOf.FindStringSubmatch(string(body))
		if m == nil {
			t.Fatalf("%s has no line <!-- fixture of URL -->", file)
		}
		if i == 0 {
			src.URL = m[2]
		}
		page, method := html(strings.TrimSuffix(string(body), m[0])), strings.TrimSpace(m[1])
		s.set(at(m[2]), func(w http.ResponseWriter, r *http.Request) {
			if method == http.MethodPost && r.Method != method {
				http.NotFound(w, r)
				return
			}
			page(w, r)
		})
		whole = len(golden.Next) == 0
	}
	return len(seen), whole
}
