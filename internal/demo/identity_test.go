package demo_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"crawl/internal/demo"
	"crawl/internal/report"
)

// number reads a printed cell: full-width digits, a blank as zero.
func number(t *testing.T, r demo.Truth, place string) int {
	t.Helper()
	raw, printed := r.Cell(place)
	if !printed {
		t.Fatalf("%s: no cell %s", r.URL, place)
	}
	raw = strings.Map(func(c rune) rune {
		if c >= '０' && c <= '９' {
			return c - '０' + '0'
		}
		return c
	}, raw)
	if raw == "" {
		return 0
	}
	n, err := strconv.Atoi(raw)
	if err != nil || n < 0 {
		t.Fatalf("%s: %s prints %q", r.URL, place, raw)
	}
	return n
}

// breaks lists the rules that a report's printed numbers break.
func breaks(t *testing.T, r demo.Truth) []string {
	var broken []string
	fail := func(rule string) {
		if !slices.Contains(broken, rule) {
			broken = append(broken, rule)
		}
	}
	for _, c := range report.Applicants {
		at := func(row string) int { return number(t, r, "t3."+row+"."+c.Code) }
		if at("received_new")+at("received_carried_in") != at("processed_total")+at("carried_forward") {
			fail("t3_flow")
		}
		sum := 0
		for _, cell := range r.Cells {
			outcome := cell.Item != "processed_total" && cell.Item != "carried_forward" && !strings.HasPrefix(cell.Item, "received")
			if cell.Table == "t3" && cell.Col == c.Code && outcome {
				sum += at(cell.Item)
			}
		}
		if sum != at("processed_total") {
			fail("t3_sum7")
		}
	}
	for _, cell := range r.Cells {
		if cell.Table == "t3" && cell.Col == "total" {
			sum := 0
			for _, c := range report.Applicants[:6] {
				sum += number(t, r, "t3."+cell.Item+"."+c.Code)
			}
			if sum != number(t, r, cell.Place()) {
				fail("t3_cols")
			}
		}
		if cell.Table == "t4" && cell.Col == "total" {
			sum := 0
			for _, c := range report.DisputeResults[:4] {
				sum += number(t, r, "t4."+cell.Item+"."+c.Code)
			}
			if sum != number(t, r, cell.Place()) {
				fail("t4_sum")
			}
		}
	}
	return broken
}

func TestIdentities(t *testing.T) {
	p, err := demo.New("new-report")
	if err != nil {
		t.Fatal(err)
	}
	type key struct {
		agency string
		year   int
	}
	by := map[key]demo.Truth{}
	planted := 0
	for _, r := range p.Truth() {
		by[key{r.Agency, r.Year}] = r
		if r.FormT3 == "" {
			continue
		}
		got := breaks(t, r)
		if !slices.Equal(got, r.Broken) {
			t.Errorf("%s: breaks %v, said to break %v", r.URL, got, r.Broken)
		}
		planted += len(r.Broken)
	}
	if planted == 0 {
		t.Error("no report breaks a rule")
	}
	carried := 0
	for k, r := range by {
		next, ok := by[key{k.agency, k.year + 1}]
		if !ok || r.FormT3 == "" {
			continue
		}
		for _, c := range report.Applicants {
			out, in := number(t, r, "t3.carried_forward."+c.Code), number(t, next, "t3.received_carried_in."+c.Code)
			if out != in {
				t.Errorf("%s %d: %d carried forward, %d carried in", k.agency, k.year, out, in)
			}
			carried += in
		}
	}
	if carried == 0 {
		t.Error("nothing is ever carried forward")
	}
}

func TestOddities(t *testing.T) {
	p, c := province(t)
	odd := map[string]demo.Truth{}
	for _, r := range p.Truth() {
		if r.Odd != "" {
			odd[r.Odd] = r
		}
	}
	if r := odd["blank-organisations"]; len(r.Cells) > 0 {
		raw, _ := r.Cell("t3.received_new.org_commercial")
		total, _ := r.Cell("t3.received_new.total")
		if raw != "" || total == "" || total == "0" {
			t.Errorf("blank-organisations prints %q and total %q", raw, total)
		}
	} else {
		t.Error("no blank-organisations")
	}
	if r := odd["published-late"]; r.Published < "2024-11" || r.Year != 2023 {
		t.Errorf("published-late: %d published %s", r.Year, r.Published)
	}
	if r := odd["full-width-digits"]; !strings.ContainsAny(strings.Join(raws(r.Cells), ""), "１２３") {
		t.Error("full-width-digits has none")
	}
	if n := read(t, c, odd["broken-title"].URL).Find("h1.title br").Length(); n != 1 {
		t.Errorf("broken-title has %d breaks", n)
	}
	if n := read(t, c, odd["misaligned-header"].URL).Find("td[colspan='8']").Length(); n != 2 {
		t.Errorf("misaligned-header has %d misaligned cells, want 2", n)
	}
	if r := odd["free-text"]; r.Year != 2012 || r.Cells != nil {
		t.Errorf("free-text: %d with %d cells", r.Year, len(r.Cells))
	}
}
