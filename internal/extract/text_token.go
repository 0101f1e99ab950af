package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

// tokenKind says what a cell of text is in an official table.
type tokenKind int

const (
	unknownToken tokenKind = iota
	valueToken
	blankToken   // an empty cell between borders
	articleLabel // 第二十条第（一）项
	cornerLabel  // 信息内容, 申请人情况 and the note on the columns' sums
	measureLabel
	itemLabel
	applicantLabel
	organisationsLabel // 法人或其他组织
	groupOutcome       // （三）不予公开
	outcomeLabel
	routeLabel // 行政复议, 未经复议直接起诉 ...
	resultLabel
)

// formLabel is a label of an official table.
type formLabel struct {
	kind  tokenKind
	table string // "" for 其他 and 总计, which several tables print
	key   string
}

// token is a label, a value or something unknown, made of one or more cells.
type token struct {
	formLabel
	text        string
	line        int
	width       int // cells in its line
	ruled       bool
	first, last int // blocks
}

// textLabels are the labels of the official tables of every generation by their
// keys. Statistical tables have free labels and are found by their head.
var textLabels = textVocabulary()

func textVocabulary() map[string]formLabel {
	out := map[string]formLabel{}
	add := func(kind tokenKind, table, label string) {
		key := labelKey(label)
		out[key] = formLabel{kind, table, key}
	}
	add(cornerLabel, "t2", "信息内容")
	for key := range measureLabels {
		add(measureLabel, "t2", key)
	}
	for _, row := range report.DisclosureRows {
		add(itemLabel, "t2", row.Label)
	}
	add(cornerLabel, "t3", "申请人情况")
	add(organisationsLabel, "t3", "法人或其他组织")
	for _, c := range report.Applicants {
		add(applicantLabel, "t3", c.Label)
	}
	for _, row := range report.ApplicationRows {
		add(outcomeLabel, "t3", row.Label)
		if row.Group != "" {
			add(groupOutcome, "t3", row.Group)
		}
	}
	add(groupOutcome, "t3", groupOther) // a row in one generation, a block in the other
	add(groupOutcome, "t3", groupResults)
	for key := range disputeTokens {
		add(routeLabel, "t4", key)
	}
	for _, c := range report.DisputeResults {
		add(resultLabel, "t4", c.Label)
	}
	for _, key := range []string{"其他", "总计", "合计"} {
		out[key] = formLabel{kind: resultLabel, key: key} // its table says what it is
	}
	return out
}

var articleText = regexp.MustCompile(`^第?二十条第?[一二三四五六七八九十]项?$`)

// runsOn: the text has more characters than any label, and none in brackets. Those in
// which 第二十条 or 本列数据 may stand are left to be looked at.
func runsOn(text string) bool {
	return len(text) > mostHan*len("一") && hanCount(text, mostHan+1) > mostHan && !strings.ContainsFunc(text, bracketed) &&
		!strings.ContainsAny(text, "第本")
}

// mostHan is the length of the longest label without its explanation, with room for an ordinal.
var mostHan = func() int {
	n := 0
	for key := range textLabels {
		n = max(n, utf8.RuneCountInString(key))
	}
	return n + 4
}()

// formLabelOf recognises a label of an official table, printed exactly.
func formLabelOf(text string) (formLabel, bool) {
	if len(text) > labelBytes || runsOn(text) {
		return formLabel{}, false
	}
	key := labelKey(text)
	ord, _ := splitOrdinal(text)
	switch l, ok := textLabels[key]; {
	case ok && ord.style != 0 && l.kind != outcomeLabel && l.kind != groupOutcome && l.table != "":
		return formLabel{}, false // （一）行政复议 is a heading
	case ok && ord.style != 0 && l.table == "":
		return formLabel{outcomeLabel, "t3", key}, key != "合计"
	case ok:
		return l, true
	}
	switch full := fold(text); {
	case articleText.MatchString(full):
		return formLabel{articleLabel, "t2", key}, true
	case strings.HasPrefix(full, "本列数据的勾稽关系") && strings.HasSuffix(full, "之和") && !opened(text):
		return formLabel{cornerLabel, "t3", key}, true // the note above the rows' labels
	}
	return formLabel{}, false
}

// beginsLabel: a label of the tables starts like this.
func beginsLabel(text string) bool {
	if len(text) > labelBytes || runsOn(text) {
		return false
	}
	key := labelKey(text)
	if key == "" || opened(text) {
		return true
	}
	if full := fold(text); strings.HasPrefix("第二十条第", full) || strings.HasPrefix(full, "第二十条") || strings.HasPrefix(full, "本列数据") {
		return true
	}
	return labelBeginnings[key]
}

// labelBeginnings are the beginnings of all the labels.
var labelBeginnings = func() map[string]bool {
	out := map[string]bool{}
	for key := range textLabels {
		for i := range key {
			out[key[:i]] = true
		}
		out[key] = true
	}
	return out
}()

// opened: a bracket is open at the end.
func opened(text string) bool {
	depth := 0
	for _, r := range text {
		switch r {
		case '(', '（', '[', '【', '〔':
			depth++
		case ')', '）', ']', '】', '〕':
			depth--
		}
	}
	return depth > 0
}

const (
	labelBytes = 1200 // with its explanation
	mostParts  = 12   // cells of text that one label is broken into
)

// tokenise reads the cells of lines. A label may be broken over several cells and
// lines; between borders it stands in one cell.
func tokenise(lines []textLine) []token {
	var parts []token // one per cell
	for n, l := range lines {
		cells := l.cells
		if !l.ruled {
			cells = withUnits(cells)
		}
		for _, c := range cells {
			parts = append(parts, token{text: c, line: n, width: len(cells), ruled: l.ruled, first: l.block, last: l.last})
		}
	}
	var out []token
	for i := 0; i < len(parts); {
		t, n := parts[i], 1
		switch {
		case t.text == "":
			t.kind = blankToken
		case isValue(t.text) && !ordinalPart(parts[i:]):
			t.kind = valueToken
			for i+n < len(parts) && !t.ruled && !parts[i+n].ruled && brokenNumber(t.text, parts[i+n].text) {
				t.text, t.last = t.text+parts[i+n].text, parts[i+n].last
				n++
			}
		default:
			if label, text, taken := longestLabelOf(parts[i:]); taken > 0 {
				t.formLabel, t.text, t.last, n = label, text, parts[i+taken-1].last, taken
			}
		}
		out = append(out, t)
		i += n
	}
	return out
}

// ordinalPart: the digits are the ordinal of a label broken behind it (2 | .重复申请),
// which must not be taken for the value of the row before.
func ordinalPart(parts []token) bool {
	const marks = ".．、，,:：)）"
	if len(parts) < 2 || parts[0].ruled || parts[1].ruled || !ordinalDigits.MatchString(narrow(parts[0].text)) ||
		brokenNumber(parts[0].text, parts[1].text) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(parts[1].text)
	return strings.ContainsRune(marks, next)
}

// labelPart: what looks like a value is a part of the label begun: an ordinal, the
// stroke of 本年增/减, the first character of 无法提供.
func labelPart(begun string, parts []token) bool {
	switch text := parts[0].text; {
	case ordinalPart(parts), text == "/" && fold(begun) == "本年增":
		return true
	case nothingText.MatchString(text):
		_, words := splitOrdinal(begun)
		return labelBeginnings[fold(words)+text]
	}
	return false
}

var ordinalDigits = regexp.MustCompile(`^\d{1,2}$`)

// longestLabelOf joins parts to the longest label they make. An explanation that
// is cut short leaves its bracket open: then the label ends before the first value.
func longestLabelOf(parts []token) (label formLabel, text string, taken int) {
	joined, unclosed := "", 0
	var open formLabel
	for n, p := range parts[:min(len(parts), mostParts)] {
		if n > 0 && !p.joins(parts[0], taken) || p.text == "" || isValue(p.text) && !opened(joined) && !labelPart(joined, parts[n:]) {
			break
		}
		joined += p.text
		if len(joined) > labelBytes || taken > 0 && allOrdinal(joined[len(text):]) {
			break
		}
		l, ok := formLabelOf(joined)
		switch {
		case ok && !opened(joined):
			label, text, taken = l, joined, n+1
		case ok && unclosed == 0 && (n+1 == len(parts) || p.ruled || isValue(parts[n+1].text)):
			open, unclosed = l, n+1
		}
		if !beginsLabel(joined) {
			break
		}
	}
	if unclosed > taken {
		text = ""
		for _, p := range parts[:unclosed] {
			text += p.text
		}
		return open, text, unclosed
	}
	return label, text, taken
}

// allOrdinal: the text is （四） and nothing else: it explains no label but begins one.
func allOrdinal(text string) bool {
	ord, words := splitOrdinal(text)
	return ord.style != 0 && words == ""
}

// joins: the part may go on with the label that begins with first. Between borders
// only the next cell of the line does, and only if there is no label yet.
func (t token) joins(first token, taken int) bool {
	if t.ruled || first.ruled {
		return taken == 0 && t.line == first.line
	}
	return true
}

// digitsText are digits that readNumber may refuse. 1. is an ordinal.
var digitsText = regexp.MustCompile(`^[+-]?\d([\d,.Oo]*[\dOo])?%?$`)

// nothingText are the words for no value that are printed in place of one.
var nothingText = regexp.MustCompile(`^(无|暂无|未统计|不涉及|未发生|未收费|未收取)$`)

// isValue: the cell can only be a value: a number, even one that cannot be read,
// or what stands for one.
func isValue(text string) bool {
	if len(text) > 64 {
		return false
	}
	if _, ok := smallNumber(text); ok {
		return true
	}
	s := strings.TrimSpace(narrow(text))
	if s == "" || utf8.RuneCountInString(s) > 16 {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(s); isPlainHan(first) && !strings.ContainsRune("增减新无暂未不", first) { // words
		return false
	}
	switch r := readNumber(s, change); r.state {
	case report.Number, report.Dash, report.Slash:
		return true
	}
	return nothingText.MatchString(s) || s == "O" || s == "o" || readNumber(s, money).state == report.Number || digitsText.MatchString(s)
}
