package extract

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"crawl/internal/report"
)

// document2019 is a report with tables 2 and 3 of the form of 2019.
func document2019(rng *rand.Rand) (*document2021, want) {
	v := randomValues(rng)
	d, w := newDocument(v), v.want()
	for name := range w {
		if strings.HasPrefix(name, "t2.") || strings.HasPrefix(name, "t3.other_") {
			delete(w, name)
		}
	}
	d.t2 = []sheet{sheet2019(rng, w)}
	single := []td{broad("（六）其他处理", 1, 2)}
	for _, c := range report.Applicants {
		w["t3.other_total."+c.Code] = strconv.Itoa(rng.IntN(50))
		single = append(single, number(w["t3.other_total."+c.Code], 1))
	}
	s := d.t3[0]
	at := slices.IndexFunc(s, func(row []td) bool { return row[0].lines[0] == "（六）其他处理" })
	d.t3[0] = slices.Replace(s, at, at+3, single)
	return d, w
}

// sheet2019 prints table 2 of 2019 and enters its values in w.
func sheet2019(rng *rand.Rand, w want) sheet {
	return disclosureSheet(report.Form2019, func(item string, m report.Measure) (string, bool) {
		text := strconv.Itoa(rng.IntN(10000))
		switch m.Code {
		case "change":
			text = []string{"0", "+" + text, "-" + text}[rng.IntN(3)]
		case "amount":
			text = fmt.Sprintf("%s.%02d", text, rng.IntN(100))
		}
		w["t2."+item+"_"+m.Code] = text
		return text, true
	})
}

// disclosureSheet prints table 2 of a form; a row without a text for each cell is left out.
func disclosureSheet(form string, text func(item string, m report.Measure) (string, bool)) sheet {
	var s sheet
	article := ""
	for _, row := range disclosureRows(form) {
		cells := []td{plain(row.Label)}
		for _, m := range row.Measures {
			if printed, ok := text(row.Code, m); ok {
				cells = append(cells, number(printed, 1))
			}
		}
		if len(cells) <= len(row.Measures) {
			continue
		}
		if row.Article != article {
			article = row.Article
			head := []td{plain("信息内容")}
			for _, m := range row.Measures {
				head = append(head, plain(m.Label))
			}
			s = append(s, []td{broad("第二十条第（"+string([]rune("一二三四五六七八九")[article[3]-'1'])+"）项", 1, 4)}, stretched(head))
		}
		s = append(s, stretched(cells))
	}
	return s
}

// stretched stretches the last cell of a short row over the table's four columns.
func stretched(cells []td) []td {
	cells[len(cells)-1].cols = 5 - len(cells)
	return cells
}

// compare2019 is compare for tables with signed numbers.
func compare2019(r *report.Report, w want) (faults []string) {
	got := printedCells(r)
	for name, printed := range w {
		q := money
		if strings.HasSuffix(name, "_change") {
			q = change
		}
		cell, ok := got[name]
		switch expect := readNumber(printed, q); {
		case !ok:
			faults = append(faults, name+": missing")
		case cell.Value == nil:
			faults = append(faults, name+": not read")
		case *cell.Value != expect.value:
			faults = append(faults, fmt.Sprintf("%s: WRONG %v, printed %q", name, *cell.Value, printed))
		}
	}
	for name := range got {
		if _, ok := w[name]; !ok {
			faults = append(faults, name+": invented")
		}
	}
	return faults
}

// heads2019 are misprints in heads of table 2 that leave no doubt.
var heads2019 = map[string]func(s sheet){
	"as in the form":              func(sheet) {},
	"本年新 twice":                   func(s sheet) { s[1][1].lines, s[1][2].lines = []string{"本年新"}, []string{"本年新"} },
	"the first label twice":       func(s sheet) { s[1][2].lines = s[1][1].lines },
	"the second label twice":      func(s sheet) { s[1][1].lines = s[1][2].lines },
	"减 lost":                      func(s sheet) { s.starting("本年增").lines = []string{"本年增/"} },
	"第 lost in the block's label": func(s sheet) { s.starting("第二十条第（五）").lines = []string{"第二十条(五)项"} },
	"labels of 2021 for the same": func(s sheet) {
		s.starting("规范性文件").lines = []string{"行政规范性文件"}
		s.starting("处理决定数量").lines = []string{"本年处理决定数量"}
	},
	"labels broken over lines": func(s sheet) {
		s[1][1].lines, s[1][2].lines = []string{"本年新", "制作数量"}, []string{"本年新", "公开数量"}
	},
	"the last label narrow and an empty cell behind": func(s sheet) {
		for r, row := range s {
			if n := len(row); n == 3 {
				row[2].cols = 1
				s[r] = append(row, plain(""))
			}
		}
	},
	"the unit of money in the label": func(s sheet) { s.starting("采购总金额").lines = []string{"采购总金额（万元）"} },
}

func TestHeads2019(t *testing.T) {
	for name, apply := range heads2019 {
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(1, 2019))
			d, w := document2019(rng)
			apply(d.t2[0])
			r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(d.render(rng))), Hint{})
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range compare2019(r, w) {
				t.Error(fault)
			}
			if forms := [3]string{r.FormT2, r.FormT3, r.FormT4}; forms != [3]string{report.Form2019, report.Form2019, report.Form2019} {
				t.Errorf("forms %q", forms)
			}
			for _, f := range r.Findings {
				if structural(f.Rule) {
					t.Errorf("false finding %s %s: %s", f.Rule, f.Place, f.Note)
				}
			}
		})
	}
}

// TestDamage2019: a damaged table gives the truth, or no number and a finding.
func TestDamage2019(t *testing.T) {
	for _, damage := range damages {
		for seed := range uint64(30) {
			rng := rand.New(rand.NewPCG(seed, 2019))
			d, w := document2019(rng)
			if seed%3 == 0 {
				d.t3[0] = damage.apply(rng, d.t3[0])
			} else {
				d.t2[0] = damage.apply(rng, d.t2[0])
			}
			r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(d.render(rng))), Hint{})
			if err != nil {
				t.Fatal(err)
			}
			faults := compare2019(r, w)
			for _, fault := range faults {
				if strings.Contains(fault, "WRONG") || strings.Contains(fault, "invented") {
					t.Errorf("%s, seed %d: %s", damage.name, seed, fault)
				}
			}
			if len(faults) > 0 && !slices.ContainsFunc(ruleNames(r.Findings), structural) {
				t.Errorf("%s, seed %d: lost without a finding: %s", damage.name, seed, faults[0])
			}
		}
	}
}

// A table that counts decisions on licences in a block of each generation: where the
// two agree nothing is lost, where they do not neither number stays.
func TestBothGenerationsOfOneRow(t *testing.T) {
	for _, again := range []string{"310", "311"} {
		s := sheet{
			{plain("信息内容"), plain("上一年项目数量"), plain("本年增/减"), plain("处理决定数量")},
			{plain("行政许可"), number("65", 1), number("-2", 1), number("310", 1)},
			{plain("信息内容"), broad("本年处理决定数量", 1, 3)},
			{plain("行政许可"), number(again, 3)},
		}
		rng := rand.New(rand.NewPCG(1, 1))
		d, _ := document2019(rng)
		d.t2 = []sheet{s}
		r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(d.render(rng))), Hint{})
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]string{}
		for _, c := range r.Disclosure {
			got[c.Measure] += show(c.Cell)
		}
		want := map[string]string{"prev_items": "65", "change": "-2", "decisions": "310"}
		if again != "310" {
			want["decisions"] = `"310"(u)`
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, want %v", again, got, want)
		}
		if twice := slices.Contains(ruleNames(r.Findings), "row_twice"); twice != (again != "310") {
			t.Errorf("%s: row_twice is %v", again, twice)
		}
	}
}

// TestCorpusTable2 prints the cells of real tables 2, as they were printed, in the
// form their measures name, and reads them back.
func TestCorpusTable2(t *testing.T) {
	f, err := os.Open(filepath.Join(corpusDir(t), "headers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	tables, cells := 0, 0
	for dec := json.NewDecoder(f); dec.More(); {
		var page struct {
			Title  string
			Table2 map[string]string
		}
		if err := dec.Decode(&page); err != nil {
			t.Fatal(err)
		}
		if page.Table2 == nil {
			continue
		}
		form := report.Form2019
		if _, ok := page.Table2["reg_issued"]; ok {
			form = report.Form2021
		} else if _, ok := page.Table2["other_doc_made"]; ok {
			form = report.Form2019HB
		}
		d := newDocument(randomValues(rand.New(rand.NewPCG(1, 1))))
		d.t2 = []sheet{disclosureSheet(form, func(item string, m report.Measure) (string, bool) {
			printed, ok := page.Table2[item+"_"+m.Code]
			return printed, ok
		})}
		r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(d.render(rand.New(rand.NewPCG(1, 1))))), Hint{})
		if err != nil {
			t.Fatal(err)
		}
		if r.FormT2 != form {
			t.Errorf("%s: form %s, want %s", page.Title, r.FormT2, form)
		}
		got := printedCells(r)
		for place, cell := range got {
			name, ok := strings.CutPrefix(place, "t2.")
			if !ok {
				continue
			}
			cells++
			printed := page.Table2[name]
			q := money
			if strings.HasSuffix(name, "_change") {
				q = change
			}
			want := readNumber(printed, q)
			if cell.Raw != printed || cell.State != want.state || cell.Value != nil && *cell.Value != want.value {
				t.Errorf("%s: %s is %q (%c), want %q", page.Title, name, cell.Raw, cell.State, printed)
			}
		}
		tables++
	}
	if tables == 0 {
		t.Error("no tables")
	}
	t.Logf("%d tables, %d cells", tables, cells)
}
