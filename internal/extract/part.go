package extract

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"crawl/internal/report"
)

// part is a run of rows of one grid that belong to one official table. The form
// prints a table as one grid; portals cut tables apart and glue them together.
type part struct {
	table    string // t2 | t3 | t4
	grid     *Grid
	rows     [][]int // the grid's cells by row, whole grid
	from, to int     // rows; rows in front of a grid's first label count as the first part's
	first    int     // first row with a label
	// hits counts labels by the role they prove.
	labels, heads int
	stacked       int // rows with a label, and cells enough to be one of table 3
}

// longestLabel, in bytes: a Hubei label explains itself in two hundred characters.
const longestLabel = 1200

// vocabulary of the official tables of every generation, folded.
var (
	measureLabels                = measureVocabulary()
	measureWords                 = slices.Sorted(maps.Keys(measureLabels))
	measureCodes, likelyMeasures = measureCodeVocabulary()
	itemCodes, itemWords         = itemVocabulary()
	applicantHeads               = columnVocabulary(report.Applicants[:])
	applicantWords               = columnWords(report.Applicants[:])
	resultHeads                  = columnVocabulary(report.DisputeResults[:])
	resultWords                  = columnWords(report.DisputeResults[:])
	outcomeLabels                = outcomeVocabulary()
)

// measureVocabulary maps a column label of table 2 to the forms that print it.
func measureVocabulary() map[string][]string {
	out := map[string][]string{}
	for _, row := range report.DisclosureRows {
		for _, m := range row.Measures {
			key := fold(withoutBrackets(m.Label))
			out[key] = append(out[key], row.Forms...)
		}
	}
	return out
}

// measureCodeVocabulary maps a column label of table 2 to its code; likely are the first
// labels of each code, which misprints are compared with.
func measureCodeVocabulary() (codes map[string]string, likely []string) {
	codes, met := map[string]string{}, map[string]bool{}
	for _, row := range report.DisclosureRows {
		for _, m := range row.Measures {
			label := fold(withoutBrackets(m.Label))
			if codes[label] != "" {
				continue
			}
			codes[label] = m.Code
			if !met[m.Code] {
				met[m.Code], likely = true, append(likely, label)
			}
		}
	}
	return codes, likely
}

// itemVocabulary maps a row label of table 2 to its code; words are the labels in the
// forms' order.
func itemVocabulary() (codes map[string]string, words []string) {
	codes = map[string]string{}
	for _, row := range report.DisclosureRows {
		if label := fold(withoutBrackets(row.Label)); codes[label] == "" {
			codes[label], words = row.Code, append(words, label)
		}
	}
	return codes, words
}

func columnVocabulary(columns []report.Column) map[string]int {
	out := map[string]int{}
	for i, label := range columnWords(columns) {
		out[label] = i
	}
	return out
}

func columnWords(columns []report.Column) []string {
	var out []string
	for _, c := range columns {
		out = append(out, fold(c.Label))
	}
	return out
}

// outcomeVocabulary holds the labels of table 3, ordinal and explanation removed.
// 其他 and 总计 are also column heads and prove nothing without an ordinal.
func outcomeVocabulary() map[string]bool {
	out := map[string]bool{}
	for _, row := range report.ApplicationRows {
		if key := labelKey(row.Label); key != "其他" && key != "总计" {
			out[key] = true
		}
		if row.Group != "" {
			out[labelKey(row.Group)] = true
		}
	}
	return out
}

// labelKey is a label without its ordinal and bracketed explanation, folded.
func labelKey(label string) string {
	if strings.IndexFunc(label, func(r rune) bool { return !isDigit(r) }) < 0 {
		return label[min(len(label), 2):] // most cells: nothing, or a number, which as a label is a bare ordinal
	}
	if key, ok := printedKeys()[label]; ok {
		return key
	}
	return keyOf(label)
}

func keyOf(label string) string {
	_, rest := splitOrdinal(label)
	return fold(withoutBrackets(rest))
}

// printedKeys are the keys of the labels as the forms print them, which most tables do:
// folding one takes far longer than finding it.
var printedKeys = sync.OnceValue(func() map[string]string {
	keys := map[string]string{}
	add := func(labels ...string) {
		for _, l := range labels {
			keys[l] = keyOf(l)
		}
	}
	for _, row := range report.ApplicationRows {
		add(row.Label, row.Group)
	}
	for _, row := range report.DisclosureRows {
		add(row.Label)
		for _, m := range row.Measures {
			add(m.Label)
		}
	}
	for _, row := range report.StatisticRows {
		add(row.Label)
	}
	for _, c := range report.Applicants {
		add(c.Label)
	}
	for _, c := range report.DisputeResults {
		add(c.Label)
	}
	add("申请人情况", "法人或其他组织", "三、本年度办理结果", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "信息内容",
		"第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项", "第二十条第（九）项")
	return keys
})

// partsOf finds the official tables in a grid. A grid without enough of one table's
// labels is none, whatever single words it shares with it.
func partsOf(g *Grid) []part {
	return slices.DeleteFunc(candidates(g), func(p part) bool { return !p.proven() })
}

// tableParts finds the official tables of a page, in page order. What a page break
// cut off the end of a table has few labels; it counts when it follows the table
// that it continues and begins with one of its rows.
func tableParts(blocks []Block) []part {
	var parts []part
	for _, b := range blocks {
		if b.Grid == nil {
			continue
		}
		for _, p := range candidates(b.Grid) {
			if p.proven() || len(parts) > 0 && p.continues(&parts[len(parts)-1]) {
				parts = append(parts, p)
			}
		}
	}
	return parts
}

// candidates cuts a grid into runs of rows by the table their labels speak for.
func candidates(g *Grid) []part {
	var parts []part
	for r, cells := range g.rows {
		table, labels, heads := rowRole(g, cells)
		if table == "" {
			if len(parts) > 0 {
				parts[len(parts)-1].to = r + 1
			}
			continue
		}
		if len(parts) == 0 || parts[len(parts)-1].table != table {
			from := r
			if len(parts) == 0 {
				from = 0
			}
			parts = append(parts, part{table: table, grid: g, rows: g.rows, from: from, first: r})
		}
		p := &parts[len(parts)-1]
		p.to = r + 1
		p.labels += labels
		p.heads += heads
		if labels > 0 && len(cells) > len(report.Applicants) {
			p.stacked++
		}
	}
	return parts
}

// proven: table 2 needs a column label and a row label of the form, table 3 three
// rows with labels (a page break can cut the head off), table 4 most of its heads.
func (p *part) proven() bool {
	switch p.table {
	case "t2":
		return p.labels > 0 && p.heads > 0
	case "t3":
		return p.stacked >= 3 || p.labels > 0 && p.heads >= 3
	default:
		return p.heads >= 4 && p.labels > 0
	}
}

// continues: the part goes on with the table of the part before it. Its first row
// must be one of the table's, or at least as long as its rows are.
func (p *part) continues(before *part) bool {
	if p.table != before.table || p.labels == 0 {
		return false
	}
	for r := range p.first {
		if !emptyRow(p.grid, p.rows[r]) {
			return p.table == "t3" && len(p.rows[r]) > len(report.Applicants)
		}
	}
	return true
}

// rowRole says which table the labels of a row belong to, "" if they do not tell.
func rowRole(g *Grid, cells []int) (table string, labels, heads int) {
	var t2, t2heads, t3, t3heads, t4, t4heads int
	for _, i := range cells {
		text := g.Cells[i].Text
		if text == "" || len(text) > longestLabel {
			continue
		}
		key := labelKey(text)
		switch {
		case key == "":
		case strings.HasPrefix(key, "第二十条"), key == "信息内容":
			t2++
			t2heads++
		case measureLabels[key] != nil:
			t2heads += 2
		case itemCodes[key] != "":
			t2++
		case outcomeLabels[key], strings.HasPrefix(key, groupResults), key == "其他" && numberedLabel(text), key == "总计" && numberedLabel(text):
			t3++
		case strings.Contains(fold(text), "本列数据的勾稽关系"), key == "申请人情况", key == "法人或其他组织":
			t3heads += 3
		case key == "行政复议", key == "行政诉讼", key == "未经复议直接起诉", key == "复议后起诉":
			t4++
		default:
			if _, ok := resultHeads[key]; ok && key != "总计" {
				t4heads++
			} else if _, ok := applicantHeads[key]; ok && key != "总计" && key != "其他" {
				t3heads++
			}
		}
	}
	if t3 > nestedLabels { // 予以公开, 部分公开 and so on side by side: a summary
		t3 = 0
	}
	switch {
	case t4+t4heads > t2+t2heads && t4+t4heads > t3+t3heads:
		return "t4", t4, t4heads
	case t3+t3heads > t2+t2heads:
		return "t3", t3, t3heads
	case t2+t2heads > 0:
		return "t2", t2, t2heads
	}
	return "", 0, 0
}

// nestedLabels is how many labels a row of table 3 has at the most: the results', its
// group's and its own.
const nestedLabels = 3

func numberedLabel(text string) bool {
	ord, _ := splitOrdinal(text)
	return ord.style != 0
}
