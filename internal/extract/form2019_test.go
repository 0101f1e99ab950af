package extract

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"crawl/internal/report"
)

// paper2019 is a clean report in the form of 2019.
func paper2019(seed uint64) *paper { return newPaper(rand.New(rand.NewPCG(seed, 2019)), 1) }

// disclosureSheet prints table 2 of a form; a row without a text for each cell is left out.
func disclosureSheet(form string, text func(item string, m report.Measure) (string, bool)) sheet {
	var s sheet
	article := ""
	for _, row := range disclosureRows(form) {
		cells := []td{word(row.Label, 1, 1)}
		for _, m := range row.Measures {
			if printed, ok := text(row.Code, m); ok {
				cells = append(cells, word(printed, 1, 1))
			}
		}
		if len(cells) <= len(row.Measures) {
			continue
		}
		if row.Article != article {
			article = row.Article
			head := []td{word("信息内容", 1, 1)}
			for _, m := range row.Measures {
				head = append(head, word(m.Label, 1, 1))
			}
			s = append(s, []td{word("第二十条第（"+string([]rune("一二三四五六七八九")[article[3]-'1'])+"）项", 1, 4)}, stretched(head))
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
				s[r] = append(row, word("", 1, 1))
			}
		}
	},
	"the unit of money in the label": func(s sheet) { s.starting("采购总金额").lines = []string{"采购总金额（万元）"} },
}

func TestHeads2019(t *testing.T) {
	for name, apply := range heads2019 {
		t.Run(name, func(t *testing.T) {
			p := paper2019(1)
			apply(p.t2.tables[0])
			if strings.Contains(name, "unit of money") {
				p.want.facts["t2.procurement_amount"].unit = "万元"
			}
			if _, faults := p.read(p.print()); len(faults) > 0 {
				t.Error(firstLines(faults, 8))
			}
		})
	}
}

// A table that counts decisions on licences in a block of each generation: where the
// two agree nothing is lost, where they do not neither number stays.
func TestBothGenerationsOfOneRow(t *testing.T) {
	for _, again := range []string{"310", "311"} {
		p := paper2019(1)
		p.t2.tables = []sheet{{
			{word("信息内容", 1, 1), word("上一年项目数量", 1, 1), word("本年增/减", 1, 1), word("处理决定数量", 1, 1)},
			{word("行政许可", 1, 1), word("65", 1, 1), word("-2", 1, 1), word("310", 1, 1)},
			{word("信息内容", 1, 1), word("本年处理决定数量", 1, 3)},
			{word("行政许可", 1, 1), word(again, 1, 3)},
		}}
		r, _ := p.read(p.print())
		if r == nil {
			t.Fatal("not read")
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
		if twice := slices.ContainsFunc(r.Findings, func(f report.Finding) bool { return f.Rule == "row_twice" }); twice != (again != "310") {
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
		p := paper2019(1)
		p.t2.tables = []sheet{disclosureSheet(form, func(item string, m report.Measure) (string, bool) {
			printed, ok := page.Table2[item+"_"+m.Code]
			return printed, ok
		})}
		r, _ := p.read(p.print())
		if r == nil {
			t.Fatalf("%s: not read", page.Title)
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
