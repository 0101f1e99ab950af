package extract

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// TestPageCutOff cuts pages in two at every few bytes: what is read of the rest says so,
// and no number is another than on the whole page.
func TestPageCutOff(t *testing.T) {
	files, err := filepath.Glob("testdata/f20*/*.html")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d pages: %v", len(files), err)
	}
	tried := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := Extract(exchange("http://www.linjiang.example/nb/1.html", body), Hint{})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if slices.ContainsFunc(whole.Findings, isCutOff) {
			t.Errorf("%s: the whole page is taken for one that was cut off", file)
		}
		printed := numbers(whole)
		for n := len(body) / 3; n < len(body)-20; n += 1 + len(body)/150 {
			if !archive.CutOff(string(body[:n])) {
				continue
			}
			r, err := Extract(exchange("http://www.linjiang.example/nb/1.html", body[:n]), Hint{})
			if _, no := errors.AsType[*NotReport](err); no {
				continue
			}
			if err != nil {
				t.Fatalf("%s, %d bytes: %v", file, n, err)
			}
			tried++
			if !slices.ContainsFunc(r.Findings, isCutOff) {
				t.Errorf("%s, %d bytes: nothing says that it was cut off", file, n)
			}
			for place, value := range numbers(r) {
				if printed[place] != value {
					t.Errorf("%s, %d bytes: %s is %v, on the whole page %v", file, n, place, value, printed[place])
				}
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d halves were read", tried)
	}
}

func isCutOff(f report.Finding) bool { return f.Rule == "page_cut_off" && f.Verdict == report.Fail }

// numbers are a report's numbers by their place.
func numbers(r *report.Report) map[string]float64 {
	out := map[string]float64{}
	put := func(place string, c report.Cell) {
		if c.Value != nil {
			out[place] = *c.Value
		}
	}
	for _, d := range r.Disclosure {
		put("t2."+d.Item+"."+d.Measure, d.Cell)
	}
	for _, a := range r.Applications {
		for i, c := range a.Cells {
			put(fmt.Sprintf("t3.%s.%d", a.Item, i), c)
		}
	}
	for _, d := range r.Disputes {
		for i, c := range d.Cells {
			put(fmt.Sprintf("t4.%s.%d", d.Route, i), c)
		}
	}
	return out
}
