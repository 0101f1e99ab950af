package extract

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"crawl/internal/report"
)

// evidencePages are the pages of testdata and, if it is there, of the corpus.
func evidencePages(t *testing.T) []string {
	t.Helper()
	pages, err := filepath.Glob("testdata/*/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	if dir := os.Getenv("CRAWL_CORPUS"); dir != "" {
		more, _ := filepath.Glob(filepath.Join(dir, "reports", "*.html"))
		pages = append(pages, more...)
	}
	return pages
}

func evidenceOf(t *testing.T, path string) (*Evidence, string) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	e, err := EvidenceOf(exchange("http://www.linjiang.example/zwgk/nb/202401/t20240119_5512.html", body), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	return e, string(body)
}

// TestEvidenceOfEveryCell: every cell of every page is found by its name, and its
// row, its head and its selector lead to the printed text.
func TestEvidenceOfEveryCell(t *testing.T) {
	for _, path := range evidencePages(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			e, body := evidenceOf(t, path)
			for _, fault := range evidenceFaults(t, e, body) {
				t.Error(fault)
			}
		})
	}
}

// TestEvidenceRoundTrip does the same with random reports, printed with the habits
// of real portals.
func TestEvidenceRoundTrip(t *testing.T) {
	const draws = 60
	cells := 0
	for s := uint64(1); s <= draws; s++ {
		page, _, used := draw(s)
		e, err := EvidenceOf(exchange("http://www.linjiang.example/nb/202401/t20240109_1.html", []byte(page)), Hint{})
		if err != nil {
			t.Fatalf("seed %d, %q: %v", s, used, err)
		}
		cells += len(e.placed)
		if faults := evidenceFaults(t, e, page); len(faults) > 0 {
			t.Errorf("seed %d, %q: %d faults\n%s", s, used, len(faults), strings.Join(faults[:min(4, len(faults))], "\n"))
		}
	}
	t.Logf("%d cells in %d reports", cells, draws)
}

func evidenceFaults(t *testing.T, e *Evidence, page string) (faults []string) {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	for i := range e.placed {
		c := &e.placed[i]
		wrong := func(format string, args ...any) {
			faults = append(faults, c.name()+": "+fmt.Sprintf(format, args...))
		}
		got, err := e.Cells(c.name())
		if err != nil || len(got) != 1 {
			wrong("%d cells, %v", len(got), err)
			continue
		}
		ev := got[0]
		if ev.Raw != c.cell.Raw || ev.State != c.cell.State || ev.Table == 0 && c.table != "statistics" {
			wrong("%+v", ev)
		}
		if ev.LabelZH == "" {
			wrong("no Chinese label")
		}
		if ev.Col == 0 {
			if !c.unplaced() && c.table != "statistics" {
				wrong("no place")
			}
			continue
		}
		here := slices.IndexFunc(ev.Printed, func(r RowCell) bool { return r.Here })
		if here < 0 || strings.TrimSpace(ev.Printed[here].Text) != ev.Raw || ev.Printed[here].Col != ev.Col {
			wrong("the printed row does not show it: %+v", ev.Printed)
		}
		misprinted := c.table == "t2" && slices.Contains(ruleNames(e.Report.Findings), "label_misprinted")
		if c.table != "statistics" && ev.ColumnHead != "" && !c.means(lastLabel(ev.ColumnHead)) && !misprinted {
			wrong("the head is %q", ev.ColumnHead)
		}
		if c.table != "statistics" && ev.ColumnHead == "" && !headElsewhere(e, c) {
			wrong("no head")
		}
		if (c.table == "t2" || c.table == "t3") && ev.RowLabel == "" {
			wrong("no row label")
		}
		if len(e.nodes[ev.Table-1]) == 0 { // printed as text, of which no element can be named
			if ev.Path != "" {
				wrong("a selector for lines of text: %q", ev.Path)
			}
			continue
		}
		found := doc.Find(ev.Path)
		if ev.Path == "" || found.Length() != 1 {
			wrong("%q fits %d elements", ev.Path, found.Length())
			continue
		}
		if lines, _ := linesOf(found.Nodes[0]); strings.TrimSpace(strings.Join(lines, "\n")) != ev.Raw {
			wrong("%s shows %q, want %q", ev.Path, lines, ev.Raw)
		}
	}
	return faults
}

// headElsewhere: a page break cut the table, and its head stands in an earlier part.
func headElsewhere(e *Evidence, c *placedCell) bool {
	for i := range e.placed {
		if o := &e.placed[i]; o.table == c.table && !o.unplaced() && o.cell.At.Table < c.cell.At.Table {
			return true
		}
	}
	return false
}

func lastLabel(head string) string {
	parts := strings.Split(head, " / ")
	return parts[len(parts)-1]
}

// TestEvidenceInWords: what a person is shown of single cells.
func TestEvidenceInWords(t *testing.T) {
	e, _ := evidenceOf(t, "testdata/f2021/word.html")
	for _, want := range []struct{ place, row, head string }{
		{"t2.norm.issued", "行政规范性文件", "本年制发件数"},
		{"t3.granted.total", "三、本年度办理结果 / （一）予以公开", "总计"},
		{"t3.denied_state_secret.org_commercial", "三、本年度办理结果 / （三）不予公开 / 1.属于国家秘密", "商业企业"},
		{"t4.litigation_direct.upheld", "", "结果维持"},
	} {
		got, err := e.Cells(want.place)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != 1 || !strings.HasSuffix(got[0].ColumnHead, want.head) || got[0].RowLabel != want.row {
			t.Errorf("%s: row %q, head %q", want.place, got[0].RowLabel, got[0].ColumnHead)
		}
	}
}

// TestEvidenceOfRefusedRow: of a row that lost a cell no number is read; the row is
// shown, and none of its cells is claimed to be the one.
func TestEvidenceOfRefusedRow(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	d := newDocument(randomValues(rng))
	for i, row := range d.t3[0] {
		for _, c := range row {
			if len(c.lines) > 0 && strings.HasPrefix(c.lines[0], "（二）部分公开") {
				d.t3[0][i] = row[:len(row)-1]
			}
		}
	}
	e, err := EvidenceOf(exchange("http://www.linjiang.example/a.html", []byte(d.render(rng))), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	cells, err := e.Cells("t3.granted_partial")
	if err != nil || len(cells) != len(report.Applicants) {
		t.Fatalf("%d cells, %v", len(cells), err)
	}
	for _, c := range cells {
		if c.State != report.Unparsed || c.Value != nil || c.Row == 0 || c.Col != 0 || len(c.Printed) < 6 || c.Path != "" {
			t.Errorf("%+v", c)
		}
		if slices.ContainsFunc(c.Printed, func(r RowCell) bool { return r.Here }) {
			t.Errorf("%s: a cell is claimed to be the one", c.Place)
		}
	}
}

// TestEvidenceSelectorIsCertain: when the elements of a table do not show what was
// read from it, none of them is pointed at.
func TestEvidenceSelectorIsCertain(t *testing.T) {
	e, body := evidenceOf(t, "testdata/f2021/word.html")
	at := e.placed[0].cell.At
	if nodes := tableNodes(body, e.grids); len(nodes[at.Table]) == 0 {
		t.Fatal("the page's own table has no elements")
	}
	other := strings.Replace(body, e.placed[0].label[:len("规章")], "章规", 1)
	if nodes := tableNodes(other, e.grids); other == body || len(nodes[at.Table]) != 0 {
		t.Error("elements of another table are pointed at")
	}
}

func TestEvidenceOfRowsAndTables(t *testing.T) {
	e, _ := evidenceOf(t, "testdata/f2021/word.html")
	for place, n := range map[string]int{"t3.granted": 7, "t3": 25 * 7, "t2": 10, "t4": 15, "t4.review": 5} {
		if got, err := e.Cells(place); err != nil || len(got) != n {
			t.Errorf("%s: %d cells, want %d: %v", place, len(got), n, err)
		}
	}
	var unknown *UnknownPlace
	if _, err := e.Cells("t3.grantd.total"); !errors.As(err, &unknown) || len(unknown.Near) == 0 {
		t.Errorf("a misspelt row: %v", err)
	}
	if _, err := e.Cells("t3.granted.totl"); !errors.As(err, &unknown) || !slices.Contains(unknown.Near, "t3.granted.total") {
		t.Errorf("a misspelt column: %v", err)
	}
	if _, err := e.Cells("granted"); !errors.As(err, &unknown) {
		t.Errorf("no table: %v", err)
	}
	var not *NotPrinted
	if _, err := e.Cells("t3.other_total.total"); !errors.As(err, &not) || !strings.Contains(err.Error(), report.Form2021) {
		t.Errorf("a row of the other form: %v", err)
	}
}

// TestEvidenceOfFacts: the printed string is given, and it is where the fact came from.
func TestEvidenceOfFacts(t *testing.T) {
	for _, path := range evidencePages(t) {
		e, _ := evidenceOf(t, path)
		for _, name := range FactNames {
			f, err := e.Fact(name)
			if err != nil {
				t.Fatal(err)
			}
			if f.Value != "" && (f.Raw == "" || f.Basis == "") {
				t.Errorf("%s: %s is %q from nowhere: %+v", path, name, f.Value, f)
			}
			if f.Value == "" && f.Basis != "" && name != "views" {
				t.Errorf("%s: %s has a basis and no value: %+v", path, name, f)
			}
		}
	}
	e, _ := evidenceOf(t, "testdata/f2021/word.html")
	if _, err := e.Fact("colour"); err == nil || !strings.Contains(err.Error(), "published") {
		t.Errorf("unknown fact: %v", err)
	}
}
