package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestCorpusTitles puts the titles of real reports over the headings of the forms:
// none may be refused.
func TestCorpusTitles(t *testing.T) {
	f, err := os.Open(filepath.Join(corpusDir(t), "headers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var page struct {
			Title string
			URL   string
		}
		if err := json.Unmarshal(lines.Bytes(), &page); err != nil {
			t.Fatal(err)
		}
		if page.Title == "" {
			continue
		}
		n++
		for name, body := range map[string]string{"of the forms": sixHeadings, "of before": oldHeadings} {
			if _, err := Extract(exchange(page.URL, []byte(titled(page.Title, body))), Hint{}); err != nil {
				t.Errorf("%s, headings %s: %v", page.Title, name, err)
			}
		}
	}
	if err := lines.Err(); err != nil || n == 0 {
		t.Fatalf("%d titles read: %v", n, err)
	}
	t.Logf("%d titles", n)
}
