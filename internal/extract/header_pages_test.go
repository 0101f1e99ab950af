package extract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"crawl/internal/report"
)

// headerGolden is what a page's surroundings say, as a golden file shows it.
type headerGolden struct {
	NotReport string   `json:"not_report,omitempty"`
	Title     string   `json:"title"`
	AgencyRaw string   `json:"agency_raw"`
	Year      string   `json:"year"`
	Published string   `json:"published"`
	Dates     []string `json:"dates"`
	Views     string   `json:"views"`
	Counter   string   `json:"counter"`
	Findings  []string `json:"findings"`
}

// pageNote stands at the head of a fixture: its address, and what a listing said of it.
var pageNote = regexp.MustCompile(`<!-- url: (\S+)(?: listed: (\S+))?(?: column: (\S+))? -->`)

// headerPlaces are the places of findings about header facts.
var headerPlaces = []string{"title", "year", "published", "views"}

func headerOf(t *testing.T, body []byte) headerGolden {
	t.Helper()
	note := pageNote.FindSubmatch(body)
	if note == nil {
		t.Fatal("the fixture does not name its address")
	}
	ex := exchange(string(note[1]), body)
	p, err := readHTML(string(body), ex.URL)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Extract(ex, Hint{Date: string(note[2]), Column: string(note[3])})
	if not := (*NotReport)(nil); errors.As(err, &not) {
		return headerGolden{NotReport: not.Reason}
	} else if err != nil {
		t.Fatal(err)
	}
	g := headerGolden{
		Title: r.Title, AgencyRaw: r.AgencyRaw, Counter: p.Counter,
		Year:      strings.TrimSpace(fmt.Sprintf("%d %s", r.Year, r.YearBasis)),
		Published: showDate(r.Published), Views: string(r.ViewsState),
	}
	if r.Views != nil {
		g.Views += fmt.Sprintf(" %d", *r.Views)
	}
	for _, d := range r.Dates {
		g.Dates = append(g.Dates, showDate(d))
	}
	for _, f := range r.Findings {
		if slices.Contains(headerPlaces, f.Place) {
			g.Findings = append(g.Findings, fmt.Sprintf("%s %s %s: %s", f.Verdict, f.Rule, f.Place, f.Note))
		}
	}
	return g
}

func showDate(d report.Date) string {
	if d == (report.Date{}) {
		return ""
	}
	return fmt.Sprintf("%s (%s %s %q)", d.Value, d.Basis, d.Label, d.Raw)
}

// TestHeaderPages reads every page below testdata/header; the folder names the
// content system whose markup the page shows.
func TestHeaderPages(t *testing.T) {
	pages := 0
	err := filepath.WalkDir("testdata/header", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		pages++
		t.Run(strings.TrimPrefix(path, "testdata/header/"), func(t *testing.T) {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(headerOf(t, body)); err != nil {
				t.Fatal(err)
			}
			file := strings.TrimSuffix(path, ".html") + ".json"
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s differs; got\n%s", file, got.String())
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if pages == 0 {
		t.Error("no pages")
	}
}
