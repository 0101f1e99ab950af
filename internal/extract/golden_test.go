package extract

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"crawl/internal/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden is a report as a golden file shows it: cells as printed, with the state
// of those that are no number and the value of those that print more than it.
type golden struct {
	Title      string            `json:"title"`
	Agency     string            `json:"agency"`
	Year       int               `json:"year"`
	Published  string            `json:"published"`
	Views      string            `json:"views"`
	Forms      string            `json:"forms"`
	Sections   []string          `json:"sections"`
	Disclosure []string          `json:"disclosure"`
	Rows       []string          `json:"applications"`
	Disputes   []string          `json:"disputes"`
	Statistics []string          `json:"statistics,omitempty"`
	Remarks    []string          `json:"remarks"`
	Findings   []string          `json:"findings"`
	Places     map[string]string `json:"places"`
}

func goldenOf(r *report.Report) golden {
	g := golden{
		Title: r.Title, Agency: r.Agency, Year: r.Year,
		Published: r.Published.Value + " " + r.Published.Label,
		Views:     string(r.ViewsState),
		Forms:     fmt.Sprintf("t2 %s, t3 %s, t4 %s", r.FormT2, r.FormT3, r.FormT4),
		Places:    map[string]string{},
	}
	if r.FormStatistics != "" {
		g.Forms += ", statistics " + r.FormStatistics
	}
	for _, s := range r.Statistics {
		g.Statistics = append(g.Statistics, fmt.Sprintf("%s [%s] %s %s %s", s.Period, s.Item, s.Label, show(s.Cell), s.Unit))
	}
	if r.Views != nil {
		g.Views += fmt.Sprintf(" %d", *r.Views)
	}
	for _, s := range r.Sections {
		g.Sections = append(g.Sections, fmt.Sprintf("%d %s (%d)", s.No, s.Heading, utf8.RuneCountInString(s.Text)))
	}
	for _, d := range r.Disclosure {
		line := fmt.Sprintf("%s.%s %s", d.Item, d.Measure, show(d.Cell))
		if d.Unit != "" {
			line += " in " + d.Unit
		}
		if d.ValueWan != nil {
			line += fmt.Sprintf(" = %v wan", *d.ValueWan)
		}
		g.Disclosure = append(g.Disclosure, line)
	}
	for _, a := range r.Applications {
		g.Rows = append(g.Rows, a.Item+": "+showAll(a.Cells[:]))
	}
	for _, d := range r.Disputes {
		g.Disputes = append(g.Disputes, d.Route+": "+showAll(d.Cells[:]))
	}
	for _, m := range r.Remarks {
		g.Remarks = append(g.Remarks, fmt.Sprintf("%s.%s.%s %c %s", m.Table, m.Item, m.Col, m.State, m.Raw))
	}
	for _, f := range r.Findings {
		g.Findings = append(g.Findings, fmt.Sprintf("%s %s %s: %s", f.Verdict, f.Rule, f.Place, f.Note))
	}
	for name, c := range printedCells(r) {
		if strings.HasSuffix(name, ".total") || strings.HasPrefix(name, "t2.") {
			g.Places[name] = fmt.Sprintf("table %d row %d col %d", c.At.Table, c.At.Row, c.At.Col)
		}
	}
	return g
}

func show(c report.Cell) string {
	switch {
	case c.State != report.Number:
		return fmt.Sprintf("%q(%c)", c.Raw, c.State)
	case fmt.Sprint(*c.Value) != c.Raw:
		return fmt.Sprintf("%q=%v", c.Raw, *c.Value)
	}
	return c.Raw
}

func showAll(cells []report.Cell) string {
	var out []string
	for _, c := range cells {
		out = append(out, show(c))
	}
	return strings.Join(out, " | ")
}

// TestGolden reads every page under testdata; the folder names the form.
func TestGolden(t *testing.T) {
	pages, err := filepath.Glob("testdata/*/*.[ht]*") // html and txt
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages: %v", err)
	}
	for _, path := range pages {
		t.Run(strings.TrimPrefix(path, "testdata/"), func(t *testing.T) {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			r, err := Extract(exchange("http://www.linjiang.example/zwgk/nb/202401/t20240119_5512.html", body), Hint{})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			enc := json.NewEncoder(&b)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(goldenOf(r)); err != nil {
				t.Fatal(err)
			}
			file := strings.TrimSuffix(path, filepath.Ext(path)) + ".json"
			if *update {
				if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("%s differs; got\n%s", file, b.String())
			}
		})
	}
}

// BenchmarkExtract reads a page of about 60 KB.
func BenchmarkExtract(b *testing.B) {
	body, err := os.ReadFile("testdata/f2021/word.html")
	if err != nil {
		b.Fatal(err)
	}
	ex := exchange("http://www.linjiang.example/a.html", body)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Extract(ex, Hint{}); err != nil {
			b.Fatal(err)
		}
	}
}
