package extract

import (
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestCorpusText reads the corpus's pages of plain text.
func TestCorpusText(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(corpusDir(t), "reports", "*.txt"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages of text: %v", err)
	}
	for _, path := range pages {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var truth corpusTruth
		readJSON(t, strings.TrimSuffix(path, ".txt")+".truth.json", &truth)
		lines := strings.Split(string(body), "\n")
		for i, l := range lines {
			lines[i] = html.EscapeString(l)
		}
		for name, page := range map[string]string{
			"text":       string(body),
			"pre":        "<html><head><title>x</title></head><body><pre>" + strings.Join(lines, "\n") + "</pre></body></html>",
			"paragraphs": "<html><body><p>" + strings.Join(lines, "</p><p>") + "</p></body></html>",
			"breaks":     "<html><body><div>" + strings.Join(lines, "<br>") + "</div></body></html>",
		} {
			t.Run(filepath.Base(path)+"/"+name, func(t *testing.T) {
				r, err := Extract(exchange(truth.URL, []byte(page)), Hint{})
				if err != nil {
					t.Fatal(err)
				}
				checkHeader(t, truth, r)
				if truth.Views != nil && (r.Views == nil || *r.Views != 1) {
					t.Errorf("views %v, want %s", r.Views, *truth.Views)
				}
				t.Logf("%d cells compared", checkCells(t, truth, r))
				for _, s := range r.Sections {
					t.Logf("section %d %q, %d characters", s.No, s.Heading, len([]rune(s.Text)))
				}
				for _, f := range r.Findings {
					t.Logf("%s %s %s: %s", f.Verdict, f.Rule, f.Place, f.Note)
				}
			})
		}
	}
}

var _ = regexp.MustCompile
