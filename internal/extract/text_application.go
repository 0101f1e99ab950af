package extract

import (
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
			if b.goesOn(t) {
				b.value(t)
				continue
			}
			if row := b.last(); inHead && row != nil {
				row.label(t)
				continue
			}
			known := closest(labelKey(t.text), keysOf(outcomeLabel), 0.75) >= 0
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

// checkApplicants makes a head unreadable that lost 法人或其他组织 and does not print
// its columns in the form's order: in reading order 总计 comes before the columns
// under the lost label, and nothing else tells.
func (b *rowBuilder) checkApplicants() {
	for i := range b.rows {
		row := &b.rows[i]
		before, announced := -1, false
		for _, label := range row.labels {
			key := labelKey(label)
			announced = announced || textLabels[key].kind == organisationsLabel
			column := applicantColumn(key)
			if column >= 0 && column < before && row.promised == 0 && row.known {
				announced = announced || i > 0 && b.rows[i-1].known && b.rows[i-1].promised == 0
				if !announced {
					row.labels = []string{strings.Join(row.labels, " ")}
					break
				}
			}
			before = max(before, column)
		}
	}
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
