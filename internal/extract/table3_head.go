package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

// applicantHead is the head of table 3: which applicant each value cell of a row is
// for, in printed order. The head's spans often disagree with those of the rows
// below it, so its labels are read in reading order and not by grid column.
type applicantHead struct {
	row   int   // its last row
	order []int // indexes into report.Applicants
	fault string
}

// Tokens of the head beside indexes into report.Applicants.
const (
	organisations = -1 // 法人或其他组织, until the labels under it are met in the next row
	applicants    = -2 // 申请人情况 beside a label of its own row: the columns below stand here
	asideColumn   = -3 // a column that is none of the form
)

// asideHead are labels of columns that organs add to an official table: figures of
// another year, subtotals, remarks. What they print is nobody's value.
var asideHead = regexp.MustCompile(`^(上一?年度?|去年度?|往年)(的?(同期|总计|合计|总数|数量?|数据|情况))?$|^(与|比|较)?(上一?年度?|去年)(同期)?(相比|比较|对比|增减)|^同比|^增减(情况|幅度|数|率)?$|^增长率?$|^(小计|备注|说明)$`)

// asideBegins are the characters that they begin with.
const asideBegins = "上去往与比较同增小备说"

// isAside says whether a label, folded, is one of asideHead.
func isAside(key string) bool {
	first, _ := utf8.DecodeRuneInString(key)
	return strings.ContainsRune(asideBegins, first) && asideHead.MatchString(key)
}

// headRow tells whether a row belongs to the head: it has a head's label and no
// row's. tokens are its columns in order. 申请人情况 is a token only beside labels of
// other columns, which stand before or behind all those of the rows below.
func headRow(g *Grid, cells []int) (tokens, claimed []int, unknown string, ok bool) {
	for _, i := range cells {
		text := g.Cells[i].Text
		key := labelKey(text)
		switch column := applicantColumn(key); {
		case strings.Contains(fold(text), "勾稽关系"), key == "申请人":
			claimed = append(claimed, i)
			ok = true
		case key == "申请人情况":
			tokens, claimed = append(tokens, applicants), append(claimed, i)
			ok = true
		case key == "":
		case strings.HasPrefix(key, "法人"):
			tokens, claimed = append(tokens, organisations), append(claimed, i)
			ok = true
		case column >= 0:
			tokens, claimed = append(tokens, column), append(claimed, i)
			ok = ok || key != "其他" && key != "总计" && key != "合计"
		case isAside(key) && underApplicant(g, &g.Cells[i]):
			unknown = text
		case isAside(key):
			tokens, claimed = append(tokens, asideColumn), append(claimed, i)
		case overLabels(g, i):
			claimed = append(claimed, i)
		default:
			unknown = text
		}
	}
	columns := slices.ContainsFunc(tokens, func(c int) bool { return c == organisations || c >= 0 })
	if columns || !slices.Contains(tokens, asideColumn) {
		tokens = slices.DeleteFunc(tokens, func(c int) bool { return c == applicants })
	}
	return tokens, claimed, unknown, ok
}

// underApplicant: the cell stands below the label of one column, which it divides.
func underApplicant(g *Grid, c *GridCell) bool {
	above := g.At(c.Row-1, c.Col)
	return above != nil && applicantColumn(labelKey(above.Text)) >= 0
}

// overLabels: labels of rows stand below the cell, up to its right edge, so that it
// names no column of values, whatever it says (项目, 办理情况).
func overLabels(g *Grid, cell int) bool {
	c := &g.Cells[cell]
	for r := c.Row + c.RowSpan; r < g.Rows; r++ {
		if below := g.At(r, c.Col+c.ColSpan-1); below != nil && len(below.Text) <= longestLabel && outcomeLabels[labelKey(below.Text)] {
			return true
		}
	}
	return false
}

// applicantColumn recognises a column label; -1 for none.
func applicantColumn(key string) int {
	if key == "" {
		return -1
	}
	if i, ok := applicantHeads[key]; ok {
		return i
	}
	switch key {
	case "合计", "本年总计", "本年度总计", "本年合计", "本年度合计":
		return 6
	case "商业":
		return 1
	case "科研":
		return 2
	}
	if hanCount(key, 3) < 3 {
		return -1
	}
	return closest(key, applicantWords, 0.65)
}

// extend takes the next row of the head: its labels stand for the organisations
// announced in the row above, or are the first labels met.
func (h *applicantHead) extend(row int, tokens []int, unknown string) {
	h.row = row
	if unknown != "" {
		h.fault = "a column label is not known: " + brief(unknown)
	}
	if len(tokens) == 0 {
		return
	}
	if len(h.order) == 0 {
		h.order = tokens
		return
	}
	for i, c := range h.order {
		if c == applicants || c == organisations {
			if c == organisations && (i > 0 && besideOrganisations(tokens[0]) ||
				i+1 < len(h.order) && besideOrganisations(tokens[len(tokens)-1])) {
				h.fault = "the column labels of two rows cannot be put into one order"
				return
			}
			order := append([]int{}, h.order[:i]...)
			order = append(order, tokens...)
			h.order = append(order, h.order[i+1:]...)
			return
		}
	}
	h.fault = "column labels stand where none are announced"
}

// besideOrganisations: the column stands beside 法人或其他组织 (自然人, 总计). Where
// its label stands at an end of the row below, the row above must have none beyond
// that end: 法人或其他组织, 自然人 over 商业企业 ... 总计 would turn the columns round.
func besideOrganisations(column int) bool { return column == 0 || column == 6 }

// check says why the head cannot be trusted, "" if it can.
func (h *applicantHead) check() string {
	switch {
	case h == nil || len(h.order) == 0:
		return "no column labels stand above the rows"
	case h.fault != "":
		return h.fault
	}
	seen := map[int]bool{}
	for _, c := range h.order {
		switch {
		case c == organisations:
			return "the kinds of organisations are not named"
		case c == applicants:
			return "the applicants are not named"
		case c == asideColumn:
			continue
		case seen[c]:
			return "a column label is printed twice: " + report.Applicants[c].Label
		}
		seen[c] = true
	}
	return ""
}
