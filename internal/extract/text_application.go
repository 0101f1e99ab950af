package extract

import (
	"slices"
	"strings"

	"crawl/internal/report"
)

// applicationText makes the rows of table 3.
func applicationText(tokens []token) []textRow {
	var b rowBuilder
	inHead, organisations, second := true, false, false
	for _, t := range tokens {
		kind := t.kind
		if t.key == "其他" || t.key == "总计" || t.key == "合计" {
			if kind = outcomeLabel; inHead && t.table == "" {
				kind = applicantLabel
			}
		}
		switch kind {
		case cornerLabel, organisationsLabel, applicantLabel:
			if !inHead {
				inHead, organisations, second, b.promised = true, false, false, 0
				b.open(t, true, 0)
			}
			column := applicantColumn(t.key)
			if b.last() == nil || organisations && !second && column >= 1 && column <= 5 {
				second = organisations
				b.open(t, true, 0)
			}
			organisations = organisations || kind == organisationsLabel
			if kind == applicantLabel {
				b.promised++
			}
			row := b.last()
			row.label(t)
		case groupOutcome, outcomeLabel:
			inHead = false
			row := b.last()
			if row == nil || row.group == "" || len(row.values) > 0 || !standsUnder(t, row.group) {
				row = b.open(t, true, b.promised)
			}
			row.label(t)
			row.group = ""
			if kind == groupOutcome {
				row.group = t.key
			}
		case valueToken, blankToken:
			b.value(t)
		default:
			known := closest(labelKey(t.text), keysOf(outcomeLabel), 0.75) >= 0
			if b.goesOn(t) {
				if row := b.last(); known && len(row.values) == 0 { // misprinted, behind its block's name
					row.label(t)
					row.group = ""
					continue
				}
				b.value(t)
				continue
			}
			if row := b.last(); inHead && row != nil && !known {
				row.label(t)
				continue
			}
			inHead = inHead && !known
			b.open(t, known, b.promised).labels = []string{t.text}
		}
	}
	b.checkApplicants()
	for i := range b.rows { // a block's name alone is no row, except where it is one
		if g := b.rows[i].group; g != "" && g != groupOther && len(b.rows[i].values) == 0 {
			b.rows[i].promised = 0
		}
	}
	return b.rows
}

// checkApplicants makes heads unreadable that do not print all seven columns: a row
// that lost a blank would fit a head that lost a label. So it does with a head whose
// labels are not in the form's order: text puts a label that spans two lines above or
// below its neighbours, so another order may be the table's or only the text's.
// Borders tell, as long as 法人或其他组织 is not lost.
func (b *rowBuilder) checkApplicants() {
	for from := 0; from < len(b.rows); from++ {
		to, columns := from, 0
		for to < len(b.rows) && b.rows[to].known && b.rows[to].promised == 0 && b.rows[to].group == "" {
			columns += b.rows[to].applicants()
			to++
		}
		unreadable := columns != len(report.Applicants) || !formOrder(b.rows[from:to])
		for i := from; i < to; i++ {
			if unreadable {
				b.rows[i].labels = []string{strings.Join(b.rows[i].labels, " ")}
			}
		}
		from = max(from, to)
	}
}

// applicants counts the columns of table 3 that a row names.
func (r *textRow) applicants() int {
	n := 0
	for _, label := range r.labels {
		if applicantColumn(labelKey(label)) >= 0 {
			n++
		}
	}
	return n
}

// formOrder: the labels of the head's rows name the columns in the form's order, or
// in one that borders show.
func formOrder(head []textRow) bool {
	var h applicantHead
	ruled, spanned := true, false
	for i := range head {
		var columns []int
		ruled = ruled && head[i].ruled
		for _, label := range head[i].labels {
			key := labelKey(label)
			column := applicantColumn(key)
			if textLabels[key].kind == organisationsLabel {
				column, spanned = organisations, true
			} else if column < 0 {
				continue
			}
			columns = append(columns, column)
		}
		h.extend(i, columns, "")
	}
	if h.check() != "" {
		return false
	}
	return slices.IsSorted(h.order) || ruled && spanned
}

// standsUnder: the form prints the label in the block of that name.
func standsUnder(t token, group string) bool {
	if group == groupResults {
		return t.key != groupResults
	}
	for _, row := range report.ApplicationRows {
		if row.Group != "" && labelKey(row.Group) == group && labelKey(row.Label) == t.key {
			return true
		}
	}
	return false
}
