package extract

import (
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// exchange wraps bytes as an archived answer.
func exchange(address string, body []byte) *archive.Exchange {
	return &archive.Exchange{
		Capture: archive.Capture{
			RecordID: "urn:uuid:00000000-0000-4000-8000-000000000001", Source: "test", URL: address, Method: "GET",
			Status: 200, MediaType: "text/html", At: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC), Outcome: archive.OutcomeOK,
		},
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}},
		Body:   body,
	}
}

// corpusTruth is what a page of the corpus prints, as its truth file says.
type corpusTruth struct {
	URL        string
	Title      string
	Agency     string
	ReportYear int `json:"report_year"`
	Published  string
	Views      *string
	ViewsState string `json:"views_state"`
	T2         map[string]string
	T3         map[string]map[string]string
	T4         map[string]string
	Format     struct{ T2, T3, T4, Stat string }
	Statistics []struct {
		Label, Item, Unit string
		Year, Cumulative  *string
	}
}

// TestCorpus compares every printed cell and header fact of the real pages.
func TestCorpus(t *testing.T) {
	dir := corpusDir(t)
	pages, err := filepath.Glob(filepath.Join(dir, "reports", "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages under %s: %v", dir, err)
	}
	var total score
	for _, path := range pages {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var truth corpusTruth
			readJSON(t, strings.TrimSuffix(path, ".html")+".truth.json", &truth)
			r, err := Extract(exchange(truth.URL, body), Hint{})
			if err != nil {
				t.Fatal(err)
			}
			checkHeader(t, truth, r)
			total.add(checkCells(t, truth, r))
			for _, s := range r.Sections {
				t.Logf("section %d %q, %d characters", s.No, s.Heading, len([]rune(s.Text)))
			}
			for _, f := range r.Findings {
				t.Logf("%s %s %s: %s", f.Verdict, f.Rule, f.Place, f.Note)
			}
		})
	}
	t.Logf("%d pages, %d cells: %d exact, %d wrong, %d missing, %d invented", len(pages), total.cells, total.exact, total.wrong, total.missing, total.invented)
}

func readJSON(t *testing.T, path string, into any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
}

func checkHeader(t *testing.T, truth corpusTruth, r *report.Report) {
	t.Helper()
	if want := strings.ReplaceAll(truth.Title, " ", ""); r.Title != want {
		t.Errorf("title %q, want %q", r.Title, want)
	}
	if r.Agency != truth.Agency {
		t.Errorf("agency %q, want %q", r.Agency, truth.Agency)
	}
	if r.Year != truth.ReportYear {
		t.Errorf("year %d, want %d", r.Year, truth.ReportYear)
	}
	want := truth.Published
	if day, clock, timed := strings.Cut(want, " "); timed {
		want = day + "T" + clock + "+08:00"
	}
	if r.Published.Value != want {
		t.Errorf("published %q, want %q", r.Published.Value, want)
	}
	if truth.Views == nil && r.Views != nil {
		t.Errorf("views %d invented", *r.Views)
	}
	if string(r.ViewsState) != truth.ViewsState {
		t.Errorf("views state %q, want %q", r.ViewsState, truth.ViewsState)
	}
}

// score counts a report's cells against the true ones.
type score struct{ cells, exact, wrong, missing, invented int }

func (s *score) add(o score) {
	s.cells, s.exact, s.wrong, s.missing, s.invented = s.cells+o.cells, s.exact+o.exact, s.wrong+o.wrong, s.missing+o.missing, s.invented+o.invented
}

// printedCells are a report's cells by the names of the truth files.
func printedCells(r *report.Report) map[string]report.Cell {
	out := map[string]report.Cell{}
	for _, d := range r.Disclosure {
		out["t2."+d.Item+"_"+d.Measure] = d.Cell
	}
	for _, a := range r.Applications {
		for j, c := range report.Applicants {
			out["t3."+a.Item+"."+c.Code] = a.Cells[j]
		}
	}
	for _, d := range r.Disputes {
		for j, c := range report.DisputeResults {
			out["t4."+d.Route+"_"+c.Code] = d.Cells[j]
		}
	}
	for _, s := range r.Statistics {
		out["statistics."+s.Label+"/"+s.Item+"/"+s.Unit+"."+s.Period] = s.Cell
	}
	return out
}

func (c corpusTruth) cells() map[string]string {
	out := map[string]string{}
	for k, v := range c.T2 {
		out["t2."+k] = v
	}
	for item, row := range c.T3 {
		for col, v := range row {
			out["t3."+item+"."+col] = v
		}
	}
	for k, v := range c.T4 {
		out["t4."+k] = v
	}
	for _, s := range c.Statistics {
		for period, v := range map[string]*string{"year": s.Year, "cumulative": s.Cumulative} {
			if v != nil {
				out["statistics."+s.Label+"/"+s.Item+"/"+s.Unit+"."+period] = *v
			}
		}
	}
	return out
}

func checkCells(t *testing.T, truth corpusTruth, r *report.Report) (n score) {
	t.Helper()
	got, want := printedCells(r), truth.cells()
	forms := [4]string{r.FormT2, r.FormT3, r.FormT4, r.FormStatistics}
	printed := [4]string{truth.Format.T2, truth.Format.T3, truth.Format.T4, truth.Format.Stat}
	if _, ok := truth.T2["norm_issued"]; ok && printed[0] == "" { // the truth file names no forms
		printed = [4]string{report.Form2021, report.Form2021, report.Form2021, ""}
	}
	if forms != printed {
		t.Errorf("forms %q, want %q", forms, printed)
	}
	n.cells = len(want)
	for name, printed := range want {
		cell, ok := got[name]
		switch {
		case !ok:
			n.missing++
			t.Errorf("%s: missing, want %q", name, printed)
		case checkCell(t, name, cell, printed):
			n.exact++
		default:
			n.wrong++
		}
	}
	for name, cell := range got {
		if _, ok := want[name]; !ok {
			n.invented++
			t.Errorf("%s: invented %q", name, cell.Raw)
		}
	}
	t.Logf("%d cells: %d exact, %d wrong, %d missing, %d invented", n.cells, n.exact, n.wrong, n.missing, n.invented)
	return n
}

func checkCell(t *testing.T, name string, cell report.Cell, printed string) bool {
	t.Helper()
	want := readNumber(printed, money)
	exact := true
	if cell.Raw != strings.TrimSpace(printed) || cell.State != want.state {
		t.Errorf("%s: %q (%c), want %q (%c)", name, cell.Raw, cell.State, printed, want.state)
		exact = false
	}
	if (cell.Value != nil) != (want.state == report.Number) || cell.Value != nil && *cell.Value != want.value {
		t.Errorf("%s: value %v, want %v", name, cell.Value, want.value)
		exact = false
	}
	return exact
}

// TestCorpusOthers: the corpus's listings and other articles are no reports.
func TestCorpusOthers(t *testing.T) {
	dir := corpusDir(t)
	for _, folder := range []string{"listings", "articles"} {
		pages, _ := filepath.Glob(filepath.Join(dir, folder, "*.html"))
		for _, path := range pages {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, err = Extract(exchange("http://www.example.gov.cn/x.html", body), Hint{})
			var not *NotReport
			if !errors.As(err, &not) {
				t.Errorf("%s: %v, want a *NotReport", filepath.Base(path), err)
				continue
			}
			t.Logf("%s: %s", filepath.Base(path), not.Reason)
		}
	}
}
