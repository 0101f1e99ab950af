package extract

import (
	"flag"
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crawl/internal/report"
)

var (
	roundTrips = flag.Int("roundtrips", 300, "random reports that TestRoundTrip draws")
	seed       = flag.Uint64("seed", 0, "seed of the first random report; 0 for a fixed one")
)

// want is what a random report must be read as: cell name -> printed text.
type want map[string]string

func (v values2021) want() want {
	w := want{}
	i := 0
	for _, row := range disclosureRows(report.Form2021) {
		for _, m := range row.Measures {
			w["t2."+row.Code+"_"+m.Code] = v.t2[i]
			i++
		}
	}
	for i, row := range applicationRows(report.Form2021) {
		for j, c := range report.Applicants {
			w["t3."+row.Code+"."+c.Code] = v.t3[i][j]
		}
	}
	for i, route := range report.DisputeRoutes {
		for j, c := range report.DisputeResults {
			w["t4."+route.Code+"_"+c.Code] = v.t4[5*i+j]
		}
	}
	return w
}

// habit is one way of printing a report that real pages show. It must not change
// what the report says, except through w.
type habit struct {
	name  string
	apply func(rng *rand.Rand, d *document2021, w want)
}

// some applies do to each value cell with one chance in n.
func some(rng *rand.Rand, d *document2021, n int, do func(c *td)) {
	for _, s := range d.sheets() {
		s.values(func(c *td) {
			if rng.IntN(n) == 0 && c.markup == "" {
				do(c)
			}
		})
	}
}

var habits = []habit{
	{"Word paragraphs and spans", func(_ *rand.Rand, d *document2021, _ want) {
		d.cell = func(_ *rand.Rand, c *td) string {
			return `<p class="MsoNormal" align="center"><span lang="EN-US">` + strings.Join(escaped(c.lines), "<br>") + `</span><span><o:p></o:p></span></p>`
		}
	}},
	{"text cut into spans and fonts anywhere", func(_ *rand.Rand, d *document2021, _ want) {
		d.cell = func(rng *rand.Rand, c *td) string {
			var b strings.Builder
			for i, l := range c.lines {
				if i > 0 {
					b.WriteString("<br/>")
				}
				rs := []rune(l)
				cut := rng.IntN(len(rs) + 1)
				b.WriteString("<span>" + html.EscapeString(string(rs[:cut])) + `</span><font face="仿宋"><b>` + html.EscapeString(string(rs[cut:])) + "</b></font>")
			}
			return b.String()
		}
	}},
	{"cells padded with blanks and line breaks of the source", func(rng *rand.Rand, d *document2021, _ want) {
		pads := []string{"&nbsp;", "\n      ", "　", "&nbsp;&nbsp;&nbsp;", "&#8203;", " "}
		some(rng, d, 3, func(c *td) {
			c.markup = pads[rng.IntN(len(pads))] + html.EscapeString(c.lines[0]) + pads[rng.IntN(len(pads))]
		})
	}},
	{"full-width digits", func(rng *rand.Rand, d *document2021, _ want) {
		some(rng, d, 5, func(c *td) {
			c.lines = []string{strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return r - '0' + '０'
				}
				return r
			}, c.lines[0])}
		})
	}},
	{"thousands separators", func(rng *rand.Rand, d *document2021, _ want) {
		comma := []string{",", "，"}[rng.IntN(2)]
		some(rng, d, 1, func(c *td) {
			whole, decimals, _ := strings.Cut(c.lines[0], ".")
			if n := len(whole); n > 3 && decimals == "" && whole[0] <= '9' {
				c.lines = []string{whole[:n-3] + comma + whole[n-3:]}
				if n > 6 {
					c.lines = []string{whole[:n-6] + comma + whole[n-6:n-3] + comma + whole[n-3:]}
				}
			}
		})
	}},
	{"units behind counts", func(rng *rand.Rand, d *document2021, _ want) {
		for _, s := range d.t2 {
			for _, row := range s {
				for i := range row {
					if c := &row[i]; c.value && c.cols != 3 && !strings.ContainsAny(c.lines[0], "-—－") && rng.IntN(3) == 0 {
						c.lines = []string{c.lines[0] + "件"}
					}
				}
			}
		}
	}},
	{"blank cells", func(rng *rand.Rand, d *document2021, w want) {
		blank := []string{"", "&nbsp;", "<p></p>", "<span><o:p>&nbsp;</o:p></span>", "　"}
		blankOut(rng, d, w, "", func(c *td) { c.markup = blank[rng.IntN(len(blank))] + "<!-- -->" })
	}},
	{"dashes for nothing", func(rng *rand.Rand, d *document2021, w want) {
		dash := []string{"-", "—", "——", "－"}[rng.IntN(4)]
		blankOut(rng, d, w, dash, func(c *td) { c.lines = []string{dash} })
	}},
	{"a head whose spans disagree with its rows", func(_ *rand.Rand, d *document2021, _ want) {
		s := d.t3[0]
		s[0][1].cols = 8
		s[1][0].rows, s[1][0].cols = 1, 2
		s[2] = append([]td{plain("")}, s[2]...)
		s[2][1].cols = 2
		for _, row := range s[3:] {
			row[len(row)-6].cols = 2
		}
	}},
	{"block labels again after a page break", func(_ *rand.Rand, d *document2021, _ want) {
		s := d.t3[0]
		if c := s.starting("三、"); c != nil {
			c.rows = 10
		}
		for i, row := range s {
			if strings.HasPrefix(row[0].lines[0], "（四）") {
				s[i] = append([]td{broad("三、本年度办理结果", 12, 1)}, row...)
			}
		}
	}},
	{"a group's label again in the middle of its block", func(_ *rand.Rand, d *document2021, _ want) {
		s := d.t3[0]
		for i, row := range s {
			if row[0].lines[0] == "5.属于三类内部事务信息" {
				s.starting("（三）").rows = 4
				s[i] = append([]td{broad("（三）\n不予公开", 4, 1)}, row...)
			}
		}
	}},
	{"table 2 as four tables", func(_ *rand.Rand, d *document2021, _ want) {
		s := d.t2[0]
		d.t2 = []sheet{s[0:4], s[4:7], s[7:11], s[11:]}
	}},
	{"table 3 cut in two, the head not repeated", func(rng *rand.Rand, d *document2021, _ want) {
		s := d.t3[0]
		cut := 6 + rng.IntN(len(s)-8)
		d.t3 = []sheet{s[:cut], s[cut:]}
	}},
	{"the head of table 3 again on the next page", func(_ *rand.Rand, d *document2021, _ want) {
		if s := d.t3[0]; len(s) > 20 {
			again := append(sheet{}, s[:3]...)
			d.t3[0] = append(append(append(sheet{}, s[:14]...), again...), s[14:]...)
		}
	}},
	{"empty rows behind and between", func(_ *rand.Rand, d *document2021, _ want) {
		blank := func(n int) []td {
			out := make([]td, n)
			for i := range out {
				out[i] = plain("")
			}
			return out
		}
		d.t4[0] = append(d.t4[0], blank(15))
		last := len(d.t3) - 1
		d.t3[last] = append(d.t3[last], blank(9), blank(1))
		d.t2[0] = slices.Insert(d.t2[0], 2, blank(4))
	}},
	{"row spans that count wrong", func(rng *rand.Rand, d *document2021, _ want) {
		for _, prefix := range []string{"三、", "（三）", "（五）"} {
			for _, s := range d.t3 {
				if c := s.starting(prefix); c != nil {
					c.rows = max(1, c.rows-1-rng.IntN(2))
				}
			}
		}
	}},
	{"labels broken over lines, one character a line", func(_ *rand.Rand, d *document2021, _ want) {
		s := d.t4[0]
		for _, row := range s[1:3] {
			for i := range row {
				if text := row[i].lines[0]; text != "" {
					row[i].lines = strings.Split(text, "")
				}
			}
		}
		if c := d.t3[0].starting("商业企业"); c != nil {
			c.lines = []string{"商业", "企业"}
		}
	}},
	{"other punctuation and brackets in labels", func(_ *rand.Rand, d *document2021, _ want) {
		r := strings.NewReplacer("（", "(", "）", ")", "“", "\"", "”", "", "，", ",", "1.", "1、", "2.", "2．", "、行政机关", "，行政机关")
		for _, s := range d.sheets() {
			s.each(func(c *td) {
				if !c.value {
					for i := range c.lines {
						c.lines[i] = r.Replace(c.lines[i])
					}
				}
			})
		}
	}},
	{"explanations left out of labels", func(_ *rand.Rand, d *document2021, _ want) {
		for _, s := range d.t3 {
			if c := s.starting("（二）部分公开"); c != nil {
				c.lines = []string{"（二）部分公开"}
			}
		}
	}},
	{"labels with lost characters", func(_ *rand.Rand, d *document2021, _ want) {
		for _, s := range d.sheets() {
			for printed, lossy := range map[string]string{
				"2.其他法律": "2.其他法律行政止公开", "5.要求行政": "5.要求行政机关确认或重新出具已获信息",
				"现行有效": "现行有效件", "行政规范": "规范性文件", "4.无正当": "4.无正当理由大量反复",
			} {
				if c := s.starting(printed); c != nil && len(c.lines) == 1 {
					c.lines = []string{lossy}
				}
			}
		}
	}},
	{"columns of table 3 in another order", func(_ *rand.Rand, d *document2021, _ want) {
		for _, s := range d.t3 {
			for _, row := range s {
				n := len(row)
				head := n >= 5 && row[n-4].lines[0] == "科研机构"
				if values := n >= 8 && row[n-1].value; values {
					row[n-5], row[n-4] = row[n-4], row[n-5]
				} else if head {
					row[n-4], row[n-3] = row[n-3], row[n-4]
				}
			}
		}
	}},
	{"columns of table 2 in another order", func(_ *rand.Rand, d *document2021, _ want) {
		for _, row := range d.t2[0] {
			if len(row) == 4 {
				row[1], row[3] = row[3], row[1]
			}
		}
	}},
	{"the article laid out in a table", func(_ *rand.Rand, d *document2021, _ want) { d.layout = true }},
	{"a table before its heading", func(_ *rand.Rand, d *document2021, _ want) { d.headFirst = true }},
	{"a second document inside the body", func(_ *rand.Rand, d *document2021, _ want) { d.second = true }},
	{"another table in the text", func(_ *rand.Rand, d *document2021, _ want) {
		other := `<table><tr><td>公开类别</td><td>数量</td></tr><tr><td>行政许可</td><td>991</td></tr><tr><td>行政处罚</td><td>992</td></tr><tr><td>其他</td><td>993</td></tr></table>`
		d.decoy += other
		d.after2 += other
	}},
	{"a hidden template of the table", func(_ *rand.Rand, d *document2021, _ want) {
		d.decoy += `<div style="display: none">` + d.table(rand.New(rand.NewPCG(1, 1)), sheet2(values2021{t2: [10]string{"9", "9", "9", "9", "9", "9", "9", "9", "9", "9"}})) + `</div>`
	}},
	{"a title line over the table in the table", func(_ *rand.Rand, d *document2021, _ want) {
		d.t4[0] = append(sheet{{broad("四、政府信息公开行政复议、行政诉讼情况", 1, 15)}}, d.t4[0]...)
	}},
}

// blankOut empties about a tenth of the cells. Cells are found by a mark in place of
// their value, so that w follows whatever order the cells are printed in.
func blankOut(rng *rand.Rand, d *document2021, w want, printed string, do func(c *td)) {
	names := d.names(w)
	some(rng, d, 10, func(c *td) {
		if name, ok := names[c]; ok {
			w[name] = printed
			do(c)
		}
	})
}

// names maps the value cells of a document in its first shape to their names.
func (d *document2021) names(w want) map[*td]string {
	out := map[*td]string{}
	if len(d.t2) != 1 || len(d.t3) != 1 {
		return out
	}
	i := 0
	var t2 []string
	for _, row := range disclosureRows(report.Form2021) {
		for _, m := range row.Measures {
			t2 = append(t2, "t2."+row.Code+"_"+m.Code)
		}
	}
	d.t2[0].values(func(c *td) { out[c] = t2[i]; i++ })
	i = 0
	rows := applicationRows(report.Form2021)
	d.t3[0].values(func(c *td) { out[c] = "t3." + rows[i/7].Code + "." + report.Applicants[i%7].Code; i++ })
	i = 0
	d.t4[0].values(func(c *td) {
		out[c] = "t4." + report.DisputeRoutes[i/5].Code + "_" + report.DisputeResults[i%5].Code
		i++
	})
	return out
}

// draw makes one random report: its page, what must be read, and the habits used.
// Habits that empty cells come first, while the cells can still be told apart.
func draw(seed uint64) (page string, w want, used []string) {
	rng := rand.New(rand.NewPCG(seed, 7))
	v := randomValues(rng)
	w = v.want()
	d := newDocument(v)
	chosen := rng.Perm(len(habits))[:rng.IntN(7)]
	slices.SortFunc(chosen, func(a, b int) int { return emptiesFirst(a) - emptiesFirst(b) })
	for _, i := range chosen {
		habits[i].apply(rng, d, w)
		used = append(used, habits[i].name)
	}
	return d.render(rng), w, used
}

func emptiesFirst(i int) int {
	if name := habits[i].name; strings.HasPrefix(name, "blank") || strings.HasPrefix(name, "dashes") {
		return -1
	}
	return i
}

func compare(r *report.Report, w want) (faults []string) {
	got := printedCells(r)
	for name, printed := range w {
		cell, ok := got[name]
		expect := readNumber(printed, money)
		switch {
		case !ok:
			faults = append(faults, fmt.Sprintf("%s: missing, printed %q", name, printed))
		case cell.State != expect.state || (cell.Value != nil) != (expect.state == report.Number):
			faults = append(faults, fmt.Sprintf("%s: read %q (%c), printed %q (%c)", name, cell.Raw, cell.State, printed, expect.state))
		case cell.Value != nil && *cell.Value != expect.value:
			faults = append(faults, fmt.Sprintf("%s: WRONG %v, printed %q", name, *cell.Value, printed))
		}
	}
	for name := range got {
		if _, ok := w[name]; !ok {
			faults = append(faults, name+": invented")
		}
	}
	slices.Sort(faults)
	return faults
}

// TestRoundTrip prints random values in random ways and reads them back: no cell may
// be wrong, invented or lost.
func TestRoundTrip(t *testing.T) {
	first := *seed
	if first == 0 {
		first = 1
	}
	for s := first; s < first+uint64(*roundTrips); s++ {
		page, w, used := draw(s)
		r, err := Extract(exchange("http://www.linjiang.example/nb/202401/t20240109_1.html", []byte(page)), Hint{})
		if err != nil {
			t.Fatalf("seed %d, %q: %v", s, used, err)
		}
		faults := compare(r, w)
		if len(faults) > 0 {
			t.Errorf("seed %d, %q: %d faults\n%s", s, used, len(faults), strings.Join(faults[:min(6, len(faults))], "\n"))
		}
		if len(r.Sections) != 6 {
			t.Errorf("seed %d, %q: %d sections", s, used, len(r.Sections))
		}
		for _, f := range r.Findings {
			if structural(f.Rule) {
				t.Errorf("seed %d, %q: false finding %s %s: %s", s, used, f.Rule, f.Place, f.Note)
			}
		}
		if t.Failed() && s > first+20 {
			break
		}
	}
	t.Logf("%d reports, %d habits, seeds from %d", *roundTrips, len(habits), first)
}

// TestEachHabit applies each habit alone, so that a fault names its cause.
func TestEachHabit(t *testing.T) {
	for _, h := range habits {
		t.Run(h.name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(3, 4))
			v := randomValues(rng)
			w, d := v.want(), newDocument(v)
			h.apply(rng, d, w)
			r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(d.render(rng))), Hint{})
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range compare(r, w) {
				t.Error(fault)
			}
		})
	}
}

// structural rules are the findings of a table that could not be read as a whole.
func structural(rule string) bool {
	switch rule {
	case "cell_unclaimed", "row_shape", "row_twice", "row_missing", "head_unread", "column_missing":
		return true
	}
	return false
}

func ruleNames(findings []report.Finding) []string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Rule)
	}
	return out
}
