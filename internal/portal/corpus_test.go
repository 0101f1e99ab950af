package portal

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpusPage is what a corpus listing says, derived by hand; stored without titles of
// rows between the first and the last.
type corpusPage struct {
	URL    string   `json:"url"`    // where the page was, for relative addresses
	Family string   `json:"family"` // that Detect takes
	Items  int      `json:"items"`
	First  Item     `json:"first"`
	Last   Item     `json:"last"`
	Next   []string `json:"next"` // addresses; "or ..." is an Else
	Total  int      `json:"total"`
	Pages  int      `json:"pages"`
	Column string   `json:"column"`
	Paging string   `json:"paging"` // evidence of a PagingError, "" for none
}

// corpusDir is the directory of real pages that CRAWL_CORPUS names.
func corpusDir(t *testing.T) string {
	dir := os.Getenv("CRAWL_CORPUS")
	if dir == "" {
		if os.Getenv("CRAWL_REQUIRE_ALL") == "1" {
			t.Fatal("CRAWL_CORPUS is unset")
		}
		t.Skip("CRAWL_CORPUS is unset")
	}
	return dir
}

// TestCorpusListings reads every real listing for which an expectation is stored. The
// expectations were read off the pages by hand, so there is no -update for them.
func TestCorpusListings(t *testing.T) {
	dir := filepath.Join(corpusDir(t), "listings")
	files, err := filepath.Glob(filepath.Join("testdata", "corpus", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no expectations: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".json")
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var want corpusPage
			if err := json.Unmarshal(raw, &want); err != nil {
				t.Fatal(err)
			}
			body, err := os.ReadFile(filepath.Join(dir, name+".html"))
			if err != nil {
				t.Fatal(err)
			}
			p := page(t, want.URL, string(body))
			equal(t, want, describe(t, p))
		})
	}
}

// describe lists a page with the family that Detect takes.
func describe(t *testing.T, p *Page) corpusPage {
	t.Helper()
	a, _ := Detect(p)
	l, err := a.List(p)
	got := corpusPage{URL: p.URL.String(), Family: a.Name, Items: len(l.Items), Next: addresses(l.Next), Total: l.Total, Pages: l.Pages, Column: l.Column}
	if len(l.Items) > 0 {
		got.First, got.Last = l.Items[0], l.Items[len(l.Items)-1]
	}
	if pe, ok := errors.AsType[*PagingError](err); ok {
		got.Paging = pe.Evidence
	} else if err != nil {
		t.Fatal(err)
	}
	return got
}
