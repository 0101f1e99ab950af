package extract

import (
	"fmt"
	"strings"
	"testing"

	"crawl/internal/report"
)

// Table 4 as organs print it otherwise than the form: | parts cells, ^n and >n are the
// rows and columns a cell spans, other numbers are the values (route, result).
var otherDisputes = map[string][]string{
	"turned": {"类别>2|结果维持|结果纠正|其他结果|尚未审结|总计", "行政复议>2|10|11|12|13|14",
		"行政诉讼^2|未经复议直接起诉|20|21|22|23|24", "复议后起诉|30|31|32|33|34"},
	"turned, three labels in a column": {"|结果维持|结果纠正|其他结果|尚未审结|总计", "行政复议|10|11|12|13|14",
		"行政诉讼未经|20|21|22|23|24"},
	"routes side by side, results below each other": {"结果^2|行政复议^2|行政诉讼>2", "未经复议直接起诉|复议后起诉",
		"结果维持|10|20|30", "结果纠正|11|21|31", "其他结果|12|22|32", "尚未审结|13|23|33", "总计|14|24|34"},
	"a table for each": {"行政复议>5", "结果维持|结果纠正|其他结果|尚未审结|总计", "10|11|12|13|14", "",
		"行政诉讼>10", "未经复议直接起诉>5|复议后起诉>5",
		"结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计", "20|21|22|23|24|30|31|32|33|34"},
	"below each other in one table": {"行政复议>10", "结果维持>2|结果纠正>2|其他结果>2|尚未审结>2|总计>2", "10>2|11>2|12>2|13>2|14>2",
		"行政诉讼>10", "未经复议直接起诉>5|复议后起诉>5",
		"结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计", "20|21|22|23|24|30|31|32|33|34"},
	"a column not printed": {"行政复议>5|行政诉讼>9", "结果维持^2|结果纠正^2|其他结果^2|尚未审结^2|总计^2|未经复议直接起诉>4|复议后起诉>5",
		"结果维持|结果纠正|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计", "10|11|12|13|14|20|21|23|24|30|31|32|33|34"},
	"a sum of all at the edge": {"行政复议>5|行政诉讼>10|合计^3", "结果维持^2|结果纠正^2|其他结果^2|尚未审结^2|总计^2|未经复议直接起诉>5|复议后起诉>5",
		"结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计", "10|11|12|13|14|20|21|22|23|24|30|31|32|33|34|99"},
	"last year at the edge": {"行政复议>5|行政诉讼>10|上年总计^3", "结果维持^2|结果纠正^2|其他结果^2|尚未审结^2|总计^2|未经复议直接起诉>5|复议后起诉>5",
		"结果维持|结果纠正|其他结果|尚未审结|总计|结果维持|结果纠正|其他结果|尚未审结|总计", "10|11|12|13|14|20|21|22|23|24|30|31|32|33|34|99"},
}

// drawnTables makes markup of such rows; an empty row begins another table. change is
// applied to the cell numbered at, and may give none or several.
func drawnTables(rows []string, at int, change func(cell string) []string) (markup string, cells int) {
	var b strings.Builder
	b.WriteString(sixHeadings + "<table>")
	for _, row := range rows {
		if row == "" {
			b.WriteString("</table><p>　</p><table>")
			continue
		}
		b.WriteString("<tr>")
		for cell := range strings.SplitSeq(row, "|") {
			printed := []string{cell}
			if cells++; cells-1 == at {
				printed = change(cell)
			}
			for _, c := range printed {
				text, across, _ := strings.Cut(c, ">")
				text, down, _ := strings.Cut(text, "^")
				fmt.Fprintf(&b, `<td colspan="%s" rowspan="%s">%s</td>`, across, down, text)
			}
		}
		b.WriteString("</tr>")
	}
	return b.String() + "</table>", cells
}

func tablesIn(t *testing.T, markup string) *report.Report {
	t.Helper()
	p, err := readHTML("<html><body>"+markup, "http://www.linjiang.example/a.html")
	if err != nil {
		t.Fatal(err)
	}
	r := &report.Report{}
	readTables(p.Blocks, r)
	return r
}

// wrongDisputes are the values that do not stand in the place they name.
func wrongDisputes(r *report.Report) (wrong []string, right int) {
	for i, d := range r.Disputes {
		for j, c := range d.Cells {
			switch {
			case c.Value == nil:
			case *c.Value != float64(10*(i+1)+j):
				wrong = append(wrong, fmt.Sprintf("%s.%s is %v", d.Route, report.DisputeResults[j].Code, *c.Value))
			default:
				right++
			}
		}
	}
	return wrong, right
}

func TestDisputesInOtherOrders(t *testing.T) {
	expect := map[string]int{"turned, three labels in a column": 0, "a column not printed": 14}
	for name, rows := range otherDisputes {
		t.Run(name, func(t *testing.T) {
			markup, _ := drawnTables(rows, -1, nil)
			r := tablesIn(t, markup)
			wrong, right := wrongDisputes(r)
			want, special := expect[name]
			if !special {
				want = 15
			}
			if right != want || len(wrong) > 0 || right < 15 && len(r.Findings) == 0 {
				t.Errorf("%d right, want %d; wrong: %v; %v", right, want, wrong, r.Findings)
			}
		})
	}
}

// TestDamagedDisputes takes away, doubles, empties, widens and narrows each cell: what
// is left is read in its place or not at all.
func TestDamagedDisputes(t *testing.T) {
	for name, rows := range otherDisputes {
		_, cells := drawnTables(rows, -1, nil)
		for kind, damage := range cellDamages {
			for at := range cells {
				markup, _ := drawnTables(rows, at, damage)
				if wrong, _ := wrongDisputes(tablesIn(t, markup)); len(wrong) > 0 {
					t.Errorf("%s, cell %d %s: %v", name, at, kind, wrong)
				}
			}
		}
	}
}

// cellDamages are what happens to a cell of a table that drawnTables draws.
var cellDamages = map[string]func(cell string) []string{
	"taken away":        func(string) []string { return nil },
	"doubled":           func(cell string) []string { return []string{cell, cell} },
	"emptied":           func(cell string) []string { return []string{strings.TrimLeft(cell, "0123456789")} },
	"without its label": func(string) []string { return []string{""} },
	"wider":             func(cell string) []string { return []string{respan(cell, ">", 1)} },
	"narrower":          func(cell string) []string { return []string{respan(cell, ">", -1)} },
	"taller":            func(cell string) []string { return []string{respan(cell, "^", 1)} },
	"with one before":   func(cell string) []string { return []string{"", cell} },
	"with a number":     func(cell string) []string { return []string{cell, "77"} },
}

func respan(cell, mark string, by int) string {
	text, n, found := strings.Cut(cell, mark)
	if !found {
		return fmt.Sprintf("%s%s%d", text, mark, 1+by)
	}
	var v int
	fmt.Sscan(n, &v)
	return fmt.Sprintf("%s%s%d", text, mark, max(1, v+by))
}
