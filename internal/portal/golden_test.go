package portal

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// fixtureOf is the last line of a fixture and no part of the page: where it would stand,
// that it was the answer to a POST, and, for what List reads by the request that brought
// it, that request as JSON.
var fixtureOf = regexp.MustCompile(`\n?<!-- fixture of (POST )?(\S+)(?: asked by (\{.*\}))? -->\s*$`)

// fixtures calls f with every page below testdata, by family: HTML pages, and what list
// endpoints answer (.answer). A new file needs no code.
func fixtures(t *testing.T, f func(t *testing.T, family, file string, p *Page)) {
	t.Helper()
	for _, family := range Names() {
		files, err := filepath.Glob(filepath.Join("testdata", family, "*"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s: no fixtures (%v)", family, err)
		}
		for _, file := range files {
			if filepath.Ext(file) == ".json" {
				continue // what a fixture reads as
			}
			t.Run(family+"/"+stem(filepath.Base(file)), func(t *testing.T) {
				body, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				m := fixtureOf.FindStringSubmatch(string(body))
				if m == nil {
					t.Fatal("no line <!-- fixture of URL -->")
				}
				p := page(t, m[2], strings.TrimSuffix(string(body), m[0]))
				p.Capture.Method = strings.TrimSpace(m[1])
				if m[3] != "" {
					if err := json.Unmarshal([]byte(m[3]), &p.Asked); err != nil {
						t.Fatal(err)
					}
				}
				f(t, family, file, p)
			})
		}
	}
}

// stem is a fixture's name without its kind.
func stem(file string) string { return strings.TrimSuffix(file, filepath.Ext(file)) }

// golden is what a fixture must read as.
type golden struct {
	Items  []Item
	Next   []string
	Total  int
	Pages  int
	Column string
	Paging string `json:",omitempty"` // evidence of a PagingError
	Error  string `json:",omitempty"` // any other

	// Of an article, which is a fixture named article...
	Counter string `json:",omitempty"` // name, request, and whether asking it counts
	Files   []Item `json:",omitempty"`
}

func TestFixtures(t *testing.T) {
	fixtures(t, func(t *testing.T, family, file string, p *Page) {
		a, err := Named(family)
		if err != nil {
			t.Fatal(err)
		}
		l, err := a.List(p)
		got := golden{Items: l.Items, Next: addresses(l.Next), Total: l.Total, Pages: l.Pages, Column: l.Column}
		if pe, ok := errors.AsType[*PagingError](err); ok {
			got.Paging = pe.Evidence
		} else if err != nil {
			got.Error = err.Error()
		}
		if strings.HasPrefix(filepath.Base(file), "article") {
			if c, ok := FindCounter(p); ok {
				got.Counter = fmt.Sprintf("%s, counts %v: %s", c.Name, c.Counts, addresses([]Request{c.Request})[0])
			}
			got.Files = a.Files(p)
		}
		name := stem(file) + ".json"
		if *update {
			if err := os.WriteFile(name, indented(t, got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var want golden
		if err := json.Unmarshal(raw, &want); err != nil {
			t.Fatal(err)
		}
		equal(t, want, got)
	})
}

// TestDetectionMatrix asks every family about every page: the page's own family claims it
// and no other does; a plain page nobody claims.
func TestDetectionMatrix(t *testing.T) {
	fixtures(t, func(t *testing.T, family, _ string, p *Page) {
		for _, a := range families() {
			evidence := a.Detect(p)
			if want := a.Name == family && family != "plain"; (evidence != "") != want {
				t.Errorf("%s claims the page: %v (%q), want %v", a.Name, evidence != "", evidence, want)
			}
		}
		if a, evidence := Detect(p); a.Name != family || evidence == "" {
			t.Errorf("detected as %s (%q)", a.Name, evidence)
		}
	})
}
