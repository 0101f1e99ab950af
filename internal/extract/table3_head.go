package extract

import (
	"strings"

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

// organisations stands for the five columns under 法人或其他组织 until their own
// labels are met in the next row.
const organisations = -1

// headRow tells whether a row belongs to the head: it has a head's label and no
// row's. tokens are its columns in order.
func headRow(g *Grid, cells []int) (tokens, claimed []int, unknown string, ok bool) {
	for _, i := range cells {
		text := g.Cells[i].Text
		key := labelKey(text)
		switch column := applicantColumn(key); {
		case strings.Contains(fold(text), "勾稽关系"), key == "申请人情况", key == "申请人":
			claimed = append(claimed, i)
			ok = true
		case key == "":
		case strings.HasPrefix(key, "法人"):
			tokens, claimed = append(tokens, organisations), append(claimed, i)
			ok = true
		case column >= 0:
			tokens, claimed = append(tokens, column), append(claimed, i)
			ok = ok || key != "其他" && key != "总计"
		default:
			unknown = text
		}
	}
	return tokens, claimed, unknown, ok
}

// applicantColumn recognises a column label; -1 for none.
func applicantColumn(key string) int {
	if key == "" {
		return -1
	}
	labels := make([]string, len(report.Applicants))
	for i, c := range report.Applicants {
		labels[i] = fold(c.Label)
		if labels[i] == key {
			return i
		}
	}
	switch key {
	case "合计":
		return 6
	case "商业":
		return 1
	case "科研":
		return 2
	}
	if hanCount(key, 3) < 3 {
		return -1
	}
	return closest(key, labels, 0.65)
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
		if c == organisations {
			if i > 0 && !kindOfOrganisation(tokens[0]) || i+1 < len(h.order) && !kindOfOrganisation(tokens[len(tokens)-1]) {
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

// kindOfOrganisation: the column stands under 法人或其他组织. Where another label
// stands at an end of the row below, the row above must have none beyond that end:
// 法人或其他组织, 自然人 over 商业企业 ... 总计 would turn the columns round.
func kindOfOrganisation(column int) bool { return column >= 1 && column <= 5 }

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
		if c == organisations {
			return "the kinds of organisations are not named"
		}
		if seen[c] {
			return "a column label is printed twice: " + report.Applicants[c].Label
		}
		seen[c] = true
	}
	return ""
}
