package extract

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// tidy removes zero-width characters, makes every run of white space one blank and
// trims. Line breaks are white space too: callers split lines before.
func tidy(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for _, r := range s {
		switch {
		case isZeroWidth(r):
		case isSpace(r):
			gap = b.Len() > 0
		default:
			if gap {
				b.WriteByte(' ')
				gap = false
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isSpace takes control characters for space: Word ends cells and lines with them, and
// what stands on both sides is not one number.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r == '\u3000' || r == '\u2800' || r < ' ' || r == 0x7f
}

func isZeroWidth(r rune) bool {
	return r >= '\u200b' && r <= '\u200f' || r == '\u2060' || r == '\ufeff' || r == '\u00ad'
}

// fold makes a label comparable: compatibility forms unified, traditional characters
// made simplified, and only letters and digits kept, so that white space,
// punctuation, quotes and brackets never matter.
func fold(s string) string {
	s = norm.NFKC.String(s)
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(plainHan(r))
		}
	}
	return b.String()
}

// ordinal is the number a label starts with: style says how it was written.
type ordinal struct {
	n     int
	style byte // 'a' 1.  'h' 一、  'p' （一）; 0 for none
}

var hanDigits = map[rune]int{'一': 1, '二': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '十': 10}

// splitOrdinal takes the ordinal off the front of a label. A Chinese numeral counts
// only in brackets or before punctuation (三安全 is no ordinal).
func splitOrdinal(s string) (ordinal, string) {
	rs := []rune(strings.Join(strings.Fields(norm.NFKC.String(s)), ""))
	i, bracket := 0, false
	if i < len(rs) && rs[i] == '(' {
		bracket = true
		i++
	}
	o := ordinal{}
	start := i
	for i < len(rs) && i-start < 2 && rs[i] >= '0' && rs[i] <= '9' {
		o.n = o.n*10 + int(rs[i]-'0')
		i++
	}
	switch {
	case i > start:
		o.style = 'a'
	case i < len(rs) && hanDigits[rs[i]] > 0:
		o.n, o.style = hanDigits[rs[i]], 'h'
		i++
	default:
		return ordinal{}, string(rs)
	}
	marked := false
	for i < len(rs) && strings.ContainsRune(")、,.。:;．", rs[i]) {
		marked = true
		i++
	}
	if o.style == 'h' {
		if !marked {
			return ordinal{}, string(rs)
		}
		if bracket || i > start+1 && rs[start+1] == ')' {
			o.style = 'p'
		}
	}
	return o, string(rs[i:])
}

// withoutBrackets drops bracketed explanations: 部分公开（区分处理的，…） is 部分公开.
// A text that is all brackets is returned whole.
func withoutBrackets(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
		switch r {
		case '(', '（', '[', '【', '〔':
			depth++
		case ')', '）', ']', '】', '〕':
			if depth > 0 {
				depth--
			}
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	if strings.TrimSpace(b.String()) == "" {
		return s
	}
	return b.String()
}

// likeness of two folded labels: 1 for equal, 0 for nothing in common; edit
// distance against the longer one.
func likeness(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	longer := max(len(x), len(y))
	if longer == 0 {
		return 1
	}
	if d := len(x) - len(y); d > 2*longer/3 || -d > 2*longer/3 {
		return 0
	}
	return 1 - float64(editDistance(x, y))/float64(longer)
}

func editDistance(x, y []rune) int {
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(x); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			diagonal, row[j] = row[j], min(row[j]+1, row[j-1]+1, diagonal+cost)
		}
	}
	return row[len(y)]
}

// hanCount counts Chinese characters, up to limit.
func hanCount(s string, limit int) int {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			if n++; n >= limit {
				break
			}
		}
	}
	return n
}

// joinLines joins the lines of a broken title or label: no blank where a Chinese
// character stands on either side of the break.
func joinLines(lines []string) string {
	var b strings.Builder
	for _, line := range lines {
		if b.Len() > 0 && !(endsHan(b.String()) || startsHan(line)) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

func startsHan(s string) bool {
	for _, r := range s {
		return r > unicode.MaxLatin1
	}
	return false
}

func endsHan(s string) bool {
	rs := []rune(s)
	return len(rs) > 0 && rs[len(rs)-1] > unicode.MaxLatin1
}
