package extract

import (
	"regexp"
	"slices"
	"strings"

	"crawl/internal/report"
)

// outcome is a row label of table 3 made ready for matching.
type outcome struct {
	code  string
	group string // key of the heading cell it stands under, "" for none
	ord   int    // the ordinal it is printed with
	key   string
}

// outcomes are the labels of the rows a form prints, in printed order.
func outcomes(rows []report.ApplicationRow) []outcome {
	out := make([]outcome, len(rows))
	for i, row := range rows {
		ord, _ := splitOrdinal(row.Label)
		out[i] = outcome{code: row.Code, ord: ord.n, key: labelKey(row.Label)}
		if row.Group != "" {
			out[i].group = labelKey(row.Group)
		}
	}
	return out
}

// Heading cells that span several rows of table 3.
const (
	groupResults = "本年度办理结果"
	groupOther   = "其他处理"
)

var outcomeGroups = map[string]bool{"不予公开": true, "无法提供": true, "不予处理": true, groupOther: true}

// labelReader recognises the labels of table 3 in printed order. It remembers the
// block it is in and the last row it has met, and so the row to expect next.
type labelReader struct {
	outcomes []outcome
	group    string
	next     int // index of the row that the form prints next
}

// outcomeKind is what a cell of table 3 says about its row.
type outcomeKind int

const (
	unlabelled outcomeKind = iota
	groupLabel
	rowLabel
)

// recognise tells what a cell is, and for a row label which row. It changes nothing
// but the block, since a block's name may stand in the same row as its first label.
func (l *labelReader) recognise(text string) (outcomeKind, int) {
	if text == "" || len(text) > longestLabel {
		return unlabelled, -1
	}
	ord, rest := splitOrdinal(text)
	key := labelKey(text)
	switch {
	case key == "":
		return unlabelled, -1
	case outcomeGroups[key]:
		l.group = key
		return groupLabel, -1
	case strings.HasPrefix(key, groupResults):
		if kind, i := l.behindGroup(strings.TrimPrefix(rest, groupResults)); kind != unlabelled {
			return kind, i
		}
		return groupLabel, -1
	case key == "合计" && (ord.n == 7 || ord.style == 0 && l.next < len(l.outcomes) && l.outcomes[l.next].key == "总计"):
		key = "总计" // elsewhere it may sum up a group
	}
	if kind, i := l.grouped(rest); kind != unlabelled {
		return kind, i
	}
	if joinedLabels(rest) {
		return unlabelled, -1
	}
	for i, o := range l.outcomes {
		// 其他 stands in other places too; only its block makes it a row.
		if o.key == key && (key != "其他" || l.group == o.group) {
			l.group = o.group
			return rowLabel, i
		}
	}
	if i := l.misprinted(key, ord); i >= 0 {
		return rowLabel, i
	}
	return unlabelled, -1
}

// grouped recognises a row's label behind the name of its group in one cell:
// （三）不予公开：1.属于国家秘密. rest is the text without its ordinal.
func (l *labelReader) grouped(rest string) (outcomeKind, int) {
	for group := range outcomeGroups {
		behind, ok := strings.CutPrefix(rest, group)
		if !ok {
			continue
		}
		before := l.group
		l.group = group
		if kind, i := l.behindGroup(behind); kind == rowLabel && l.outcomes[i].group == group {
			return kind, i
		}
		l.group = before
	}
	return unlabelled, -1
}

// behindGroup recognises a numbered label behind the name of a block.
func (l *labelReader) behindGroup(text string) (outcomeKind, int) {
	text = strings.TrimLeft(text, ":;,.、-—–/|>·")
	if ord, _ := splitOrdinal(text); ord.style == 0 {
		return unlabelled, -1
	}
	return l.recognise(text)
}

// secondOrdinal is the number of another label within a text.
var secondOrdinal = regexp.MustCompile(`[(][一二三四五六七八][)]|[^\d(][1-8][.．、]\D`)

// joinedLabels: the labels of two rows stand in one cell, so that its values may be
// those of either. text is a label without its ordinal, white space removed.
func joinedLabels(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return strings.ContainsRune("(.．、", r) }) && secondOrdinal.MatchString(text)
}

// whole recognises a row label printed in two cells: only in the wording of the form,
// so that two values never make a label.
func (l *labelReader) whole(left, right string) (outcomeKind, int) {
	if hanCount(left, 1) == 0 || hanCount(right, 1) == 0 {
		return unlabelled, -1
	}
	key := labelKey(left + right)
	for i, o := range l.outcomes {
		if o.key == key && hanCount(key, 4) == 4 {
			l.group = o.group
			return rowLabel, i
		}
	}
	return unlabelled, -1
}

// bareOrdinal: the cell holds a label's ordinal and nothing else (1. or （一）).
func bareOrdinal(text string) bool {
	ord, rest := splitOrdinal(text)
	return ord.style != 0 && rest == ""
}

// misprinted finds the row that a label with lost or wrong characters stands for.
// The less the label is like it, the more its ordinal, its block and the expected
// next row must speak for it.
func (l *labelReader) misprinted(key string, ord ordinal) int {
	if hanCount(key, 3) < 3 {
		return -1
	}
	best, second, at := 0.0, 0.0, -1
	for i, o := range l.outcomes {
		if o.group != "" && o.group != l.group {
			continue
		}
		like := likeness(key, o.key)
		need := 0.85
		switch ordinalFits, expected := ord.n == o.ord && ord.n > 0, i == l.next; {
		case ordinalFits && expected:
			need = 0.5
			if strings.HasPrefix(o.key, key) { // cut short
				like = max(like, 0.5)
			}
		case ordinalFits, expected && ord.n == 0:
			need = 0.65
		}
		if like < need {
			continue
		}
		if like > best {
			best, second, at = like, best, i
		} else if like > second {
			second = like
		}
	}
	if best-second < 0.15 || slices.ContainsFunc(l.outcomes, func(o outcome) bool { // or more than one row's
		return at >= 0 && o.key != l.outcomes[at].key && hanCount(o.key, 5) == 5 && strings.Contains(key, o.key)
	}) {
		return -1
	}
	return at
}

// took records that a row was read.
func (l *labelReader) took(i int) {
	l.next = i + 1
}

// How a table 3 prints （六）其他处理: what tells the generations apart.
const (
	noOtherRow = iota
	singleRow  // one row with numbers (2019)
	splitRow   // a block of three rows (2021)
)

func otherProcessing(t *table) int {
	found := noOtherRow
	for _, p := range t.parts {
		for r := p.from; r < p.to; r++ {
			cells := p.rows[r]
			for k, i := range cells {
				key := labelKey(p.grid.Cells[i].Text)
				switch {
				case strings.Contains(key, "申请人无正当理由逾期不补正"), strings.Contains(key, "申请人逾期未按收费通知"), splitLabel(key):
					return splitRow
				case key == groupOther && (k+1 == len(cells) || !rowsLabel(p.grid.Cells[cells[k+1]].Text)):
					if p.grid.Cells[i].RowSpan < 3 {
						found = singleRow
					}
				}
			}
		}
	}
	return found
}

// splitLabel: the key is a long label of the block 其他处理, if with wrong characters.
func splitLabel(key string) bool {
	const long = 20
	if len(key) > labelBytes || hanCount(key, long) < long {
		return false
	}
	return slices.ContainsFunc(report.ApplicationRows, func(row report.ApplicationRow) bool {
		label := labelKey(row.Label)
		return labelKey(row.Group) == groupOther && hanCount(label, long) >= long && likeness(key, label) >= 0.8
	})
}

// rowsLabel: the cell beside a block's name is the label of a row, not a value (无,
// 不涉及, 12件).
func rowsLabel(text string) bool {
	const words = 5
	return hanCount(text, words) >= words || labelKey(text) == "其他"
}
