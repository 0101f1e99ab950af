package portal

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// fixtureOf is the last line of a fixture: where the page would stand, and the method of
// the request for an answer that is not got.
var fixtureOf = regexp.MustCompile(`<!-- fixture of (?:(POST) )?(\S+) -->\s*$`)

// fixtures calls f with every page (.html) and every answer of an endpoint (.txt) below
// testdata, by family. A new file needs no code.
func fixtures(t *testing.T, f func(t *testing.T, family, file string, p *Page)) {
	t.Helper()
	for _, family := range Names() {
		files, err := filepath.Glob(filepath.Join("testdata", family, "*.[ht]*"))
		if err != nil || len(files) == 0 {
			t.Errorf("%s: no fixtures (%v)", family, err)
		}
		for _, file := range files {
			t.Run(family+"/"+nameOf(file), func(t *testing.T) {
				body, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				m := fixtureOf.FindStringSubmatch(string(body))
				if m == nil {
					t.Fatal("no line <!-- fixture of URL -->")
				}
				p := page(t, m[2], strings.TrimSuffix(string(body), m[0]))
				p.Capture.Method = m[1]
				f(t, family, file, p)
			})
		}
	}
}

// golden is what a fixture must read as.
type golden struct {
	Items  []Item
	Next   []string
	Total  int
	Pages  int
	Column string
	Paging string `json:",omitempty"` // evidence of a PagingError
	Error  string `json:",omitempty"` // any other error
	Views  string `json:",omitempty"` // of an article: the request that reads its counter
	Files  []Item `json:",omitempty"` // of an article
}

func nameOf(file string) string {
	return strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
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
		if strings.HasPrefix(nameOf(file), "article") {
			if r, ok := a.Views(p); ok {
				got.Views = addresses([]Request{r})[0]
			}
			got.Files = a.Files(p)
		}
		name := strings.TrimSuffix(file, filepath.Ext(file)) + ".json"
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
