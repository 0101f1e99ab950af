package extract

import (
	"regexp"
	"strings"
)

// field is a label of the strip with what stands between it and the next label.
type field struct {
	kind  labelKind
	label string // as printed, without blanks; "" for the text before the first label
	word  string // the folded label
	colon bool   // a colon stands behind the label
	value line   // white space and column borders trimmed
}

const (
	maxStripLines = 400
	maxStripLine  = 600 // runes; what is longer is no strip
)

// stripFields cuts the strip's lines into fields, line by line. A label whose
// value is missing takes a following line that is nothing but text before a
// label when that line is a date, or for a view label with its colon a count
// (metadata grids and lists of definitions read cell by cell). A date behind a line
// that names it otherwise (印制日期) is joined with that name.
func stripFields(strip []string) [][]field {
	var lines [][]field
	for _, s := range strip[:min(len(strip), maxStripLines)] {
		if len(s) > 8*maxStripLine {
			continue
		}
		l := foldLine(s)
		if l.len() == 0 || l.len() > maxStripLine || isProse(l) {
			continue
		}
		lines = append(lines, lineFields(l))
	}
	for i := 0; i+1 < len(lines); i++ {
		last, next := &lines[i][len(lines[i])-1], lines[i+1]
		if len(next) > 1 || last.value.len() > 0 && len(lines[i]) > 1 {
			continue
		}
		_, end, ok := scanDate(next[0].value, 0)
		if len(lines[i]) == 1 && ok && end == next[0].value.len() && unknownDateLabel.MatchString(string(last.value.folded)) {
			last.value = foldLine(last.value.trim(": ").String() + "：" + next[0].value.String())
			lines[i+1][0].value = line{}
			continue
		}
		if last.isDate() && ok && end == next[0].value.len() || last.kind == viewsLabel && last.colon && isCount(next[0].value) {
			last.value = next[0].value
			lines[i+1][0].value = line{}
		}
	}
	return lines
}

// unknownDateLabel is the name of a date that no list of labels has.
var unknownDateLabel = regexp.MustCompile(`^[\p{Han} ]{1,10}(?:日期|时间) ?:?$`)

func (f field) isDate() bool { return f.kind >= publishLabel && f.kind <= otherDate }

// isProse tells a sentence of the body from a line of the strip.
func isProse(l line) bool { return strings.ContainsRune(string(l.folded), '。') }

// lineFields is never empty: the first field is the text before the first label.
func lineFields(l line) []field {
	fields := []field{{}}
	start := 0 // of the value of the last field
	closeField := func(end int) {
		fields[len(fields)-1].value = l.slice(start, end).trim(" |[(<,;/·*>")
	}
	for i := 0; i < l.len(); {
		kind, end := matchLabel(l, i, fields[len(fields)-1].kind, start)
		if end == 0 {
			i++
			continue
		}
		closeField(i)
		printed := strings.ReplaceAll(string(l.folded[i:end]), " ", "")
		f := field{kind: kind, label: squeeze(l.slice(i, end)), word: printed}
		start = end
		if l.at(lastPrinted(l, i)) == '[' { // [发布时间]2024-01-09
			start = l.skip(end, " ]")
		}
		f.colon = l.at(l.skip(start, " |")) == ':' || start > end
		start = l.skip(start, " |:")
		fields = append(fields, f)
		i = start
	}
	closeField(l.len())
	return fields
}

// squeeze is the printed text without its blanks.
func squeeze(l line) string {
	var b strings.Builder
	for i, r := range l.folded {
		if r != ' ' {
			b.WriteRune(l.raw[i])
		}
	}
	return b.String()
}

// matchLabel finds the longest label at i and where it ends, 0 for none. Labels
// may be stretched by blanks (索 引 号).
func matchLabel(l line, i int, inside labelKind, valueStart int) (labelKind, int) {
	for _, candidate := range labelsByRune[l.at(i)] {
		end := stretchedMatch(l, i, candidate.runes)
		if end == 0 {
			continue
		}
		if candidate.kind == viewsLabel {
			if !isViewLabel(l, i, end, len(candidate.runes)) && !(inside == sourceLabel && namesThisSite(l, valueStart, i)) {
				continue
			}
			return viewsLabel, end
		}
		if len(candidate.runes) <= 2 && !shortLabelStands(l, i, end, inside, valueStart) {
			continue
		}
		if candidate.kind == publishLabel && len(candidate.runes) <= 2 && !strings.ContainsRune(":]", l.at(l.skip(end, " "))) {
			continue // 发布 is a verb too
		}
		return candidate.kind, end
	}
	return noLabel, 0
}

func stretchedMatch(l line, i int, word []rune) int {
	for k, r := range word {
		if k > 0 {
			i = l.skip(i, " ")
		}
		if l.at(i) != r {
			return 0
		}
		i++
	}
	return i
}

// shortLabelStands says whether a two-character word is a label here. Glued to
// the name of a source (来源:县政府办时间:2024-…) it needs its colon.
func shortLabelStands(l line, i, end int, inside labelKind, valueStart int) bool {
	next := l.at(end)
	after := l.at(l.skip(end, " "))
	if next != ':' && after != ':' && next != ' ' && next != '|' && next != ']' && next != 0 {
		return false
	}
	if atBorder(l, i) {
		return true
	}
	glued := (inside == sourceLabel || inside == personLabel) && !strings.ContainsRune(string(l.folded[valueStart:i]), ' ')
	return glued && after == ':'
}

// atBorder says that no word runs into position i: no Chinese character stands
// before it, except the unit of a time or a count (17时23分浏览次数).
func atBorder(l line, i int) bool {
	before := l.at(i - 1)
	if !isHan(before) {
		return true
	}
	return strings.ContainsRune("分秒时日号次人", before) && isDigit(l.at(i-2))
}
