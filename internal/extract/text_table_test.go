package extract

import (
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crawl/internal/report"
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

// layouts print a grid as lines of text, as portals and text dumps do.
var layouts = map[string]func(g *Grid) []string{
	"a cell a line": func(g *Grid) []string {
		var out []string
		for i := range g.Cells {
			out = append(out, strings.Split(g.Cells[i].Text, "\n")...)
		}
		return out
	},
	"a row a line": func(g *Grid) []string {
		return rowLines(g, func(cells []string) string { return strings.Join(cells, "  ") })
	},
	"markdown": func(g *Grid) []string {
		lines := rowLines(g, func(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" })
		return append([]string{lines[0], "|" + strings.Repeat("---|", g.Cols)}, lines[1:]...)
	},
	"boxes": func(g *Grid) []string {
		rule := "├" + strings.Repeat("────┼", max(g.Cols-1, 0)) + "────┤"
		out := []string{"┌" + strings.Repeat("────┬", max(g.Cols-1, 0)) + "────┐"}
		for _, l := range rowLines(g, func(cells []string) string { return "│" + strings.Join(cells, "│") + "│" }) {
			out = append(out, l, rule)
		}
		return out
	},
}

// rowLines prints the slots of a grid's rows: spanned ones are empty.
func rowLines(g *Grid, line func(cells []string) string) []string {
	var out []string
	for row := range g.Rows {
		cells := make([]string, g.Cols)
		for col := range cells {
			if c := g.At(row, col); c != nil && c.Row == row && c.Col == col {
				cells[col] = strings.ReplaceAll(c.Text, "\n", "")
			}
		}
		out = append(out, line(cells))
	}
	return out
}

// TestTextLayouts prints the tables of every page as text and compares what is read
// then with what was read from the tables themselves. No cell may get another
// number; where blanks are printed or none are lost, none may get lost either.
func TestTextLayouts(t *testing.T) {
	pages, _ := filepath.Glob("testdata/f20*/*.html")
	if dir := os.Getenv("CRAWL_CORPUS"); dir != "" {
		more, _ := filepath.Glob(filepath.Join(dir, "reports", "*.html"))
		pages = append(pages, more...)
	}
	if len(pages) == 0 {
		t.Fatal("no pages")
	}
	for _, path := range pages {
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for name, print := range layouts {
			t.Run(filepath.Base(path)+"/"+name, func(t *testing.T) {
				want, got := &report.Report{}, &report.Report{}
				page, err := readHTML(string(body), "")
				if err != nil {
					t.Fatal(err)
				}
				readTables(page.Blocks, want)
				var blocks []Block
				for _, b := range page.Blocks {
					if b.Grid == nil {
						blocks = append(blocks, b)
						continue
					}
					for _, line := range print(b.Grid) {
						blocks = append(blocks, Block{Text: tidy(line)})
					}
				}
				readTables(textTables(blocks), got)
				compareLayout(t, want, got, strings.Contains("markdown boxes", name))
			})
		}
	}
}

func compareLayout(t *testing.T, want, got *report.Report, blanksPrinted bool) {
	cells := printedCells(got)
	same, numbers, lost := 0, 0, 0
	refused := func(name string) bool {
		for _, f := range got.Findings {
			if (f.Rule == "row_shape" || f.Rule == "row_missing" || f.Rule == "head_unread") && strings.HasPrefix(name, f.Place) {
				return true
			}
		}
		return name[:2] == "t3" && got.FormT3 == "" // a column of row numbers in front
	}
	for name, w := range printedCells(want) {
		c := cells[name]
		if w.State == report.Number {
			numbers++
		}
		switch {
		case c.Value != nil && (w.Value == nil || *w.Value != *c.Value):
			t.Errorf("%s: %q, want %q", name, c.Raw, w.Raw)
		case c.State == w.State && c.Raw == w.Raw:
			same++
		case w.Value != nil:
			lost++
		}
		if blanksPrinted && c.State != w.State && !refused(name) {
			t.Errorf("%s: %q (%c), want %q (%c)", name, c.Raw, c.State, w.Raw, w.State)
		}
	}
	if len(cells) > len(printedCells(want)) {
		t.Errorf("%d cells, want %d", len(cells), len(printedCells(want)))
	}
	if lost > 0 && len(got.Findings) <= len(want.Findings) {
		t.Errorf("%d numbers are gone without a finding", lost)
	}
	t.Logf("%d of %d cells the same, %d of %d numbers lost, forms %s %s %s", same, len(printedCells(want)), lost, numbers, got.FormT2, got.FormT3, got.FormT4)
	for _, f := range got.Findings {
		t.Logf("%s %s: %s", f.Rule, f.Place, f.Note)
	}
}

// TestTextDamage takes, doubles and inserts single lines in a page of one cell a
// line. Whatever is damaged, no cell may get a number that the page does not print
// there, and none may vanish without a finding.
func TestTextDamage(t *testing.T) {
	body, err := os.ReadFile("testdata/f2021/word.html")
	if err != nil {
		t.Fatal(err)
	}
	page, err := readHTML(string(body), "")
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, b := range page.Blocks {
		if b.Grid != nil {
			lines = append(lines, layouts["a cell a line"](b.Grid)...)
		} else {
			lines = append(lines, b.Text)
		}
	}
	read := func(lines []string) *report.Report {
		var blocks []Block
		for _, l := range lines {
			blocks = append(blocks, Block{Text: tidy(l)})
		}
		r := &report.Report{}
		readTables(textTables(blocks), r)
		return r
	}
	whole := read(lines)
	want := printedCells(whole)
	for i := range lines {
		if i > 80 && i < len(lines)-60 { // the middle of table 3: rows like those before
			continue
		}
		for name, damaged := range map[string][]string{
			"taken":      append(append([]string{}, lines[:i]...), lines[i+1:]...),
			"doubled":    append(append([]string{}, lines[:i+1]...), lines[i:]...),
			"a number":   append(append(append([]string{}, lines[:i]...), "7"), lines[i:]...),
			"a page":     append(append(append([]string{}, lines[:i]...), "- 7 -"), lines[i:]...),
			"a sentence": append(append(append([]string{}, lines[:i]...), "全年作出行政许可112件，行政处罚7件。"), lines[i:]...),
		} {
			r := read(damaged)
			got := printedCells(r)
			lost := false
			for cell, w := range want {
				c := got[cell]
				lost = lost || c.Value == nil && c.State != report.Blank // a whole row without values is blank
				if c.Value != nil && *c.Value != *w.Value {
					t.Errorf("%s before line %d (%q): %s is %v, want %v", name, i, lines[i], cell, *c.Value, *w.Value)
				}
			}
			if lost && len(r.Findings) <= len(whole.Findings) && r.FormT2 != "" && r.FormT3 != "" && r.FormT4 != "" {
				t.Errorf("%s before line %d (%q): cells are gone without a finding", name, i, lines[i])
			}
		}
	}
}

// TestTextHeadTurnedRound: a head whose two lines may be in the text's order only is
// unreadable in all its lines, so that no row fits half of it.
func TestTextHeadTurnedRound(t *testing.T) {
	lines := []string{"申请人情况", "总计", "自然人", "法人或其他组织", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"}
	for i, row := range applicationRows(report.Form2021) {
		lines = append(lines, row.Label, "9", "4", "1", "1", "1")
		if i%2 == 0 {
			lines = append(lines, "1", "1")
		} else {
			lines = append(lines, "约1", "约1") // words, where a row has five values left
		}
	}
	var blocks []Block
	for _, l := range lines {
		blocks = append(blocks, Block{Text: l})
	}
	r := &report.Report{}
	readTables(textTables(blocks), r)
	for name, c := range printedCells(r) {
		if c.Value != nil {
			t.Errorf("%s is read as %v", name, *c.Value)
		}
	}
	if len(r.Findings) == 0 {
		t.Error("no finding")
	}
}
