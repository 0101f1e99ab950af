package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tidy removes zero-width characters, makes every run of white space one blank and
// trims. Line breaks are white space too: callers split lines before.
func tidy(s string) string {
	if isTidy(s) {
		return s
	}
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

// isTidy says that tidy would change nothing.
func isTidy(s string) bool {
	last := ' '
	for _, r := range s {
		if r == ' ' && last == ' ' || r != ' ' && !isPlainHan(r) && (isSpace(r) || isZeroWidth(r) || r == utf8.RuneError) {
			return false
		}
		last = r
	}
	return s == "" || last != ' '
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
	if plain, ok := rewritten(s, foldedOrNone); ok {
		return plain
	}
	return foldAny(s)
}

// foldedOrNone folds a character in its compatibility form, to -1 if it is dropped.
func foldedOrNone(c rune) rune {
	if isPlainHan(c) || isLatin(c) || isDigit(c) {
		return plainHan(c)
	}
	return -1
}

// foldAny is fold for text of any characters.
func foldAny(s string) string {
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

// isPlainHan: the character is of the one block that nearly all text is printed in.
func isPlainHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }

// compatible is the compatibility form of a character. ok is false for all that pages
// seldom print: these may have longer forms, or join with the characters beside them.
func compatible(r rune) (c rune, ok bool) {
	switch {
	case r < 0x80, isPlainHan(r), r >= '\u3001' && r <= '\u3003', r >= '\u3008' && r <= '\u3011', // 、。〃 and brackets
		r >= '\u2013' && r <= '\u2015', r >= '\u2018' && r <= '\u201d': // dashes and quotes
		return r, true
	case r >= '！' && r <= '～':
		return r - '！' + '!', true
	case r == '\u3000', r == '\u00a0':
		return ' ', true
	}
	return 0, false
}

// rewritten is the compatibility form of s with each character replaced by form, or left
// out where that is -1. ok is false if s has characters that pages seldom print.
func rewritten(s string, form func(rune) rune) (plain string, ok bool) {
	var b []byte
	kept := 0 // of s, while b is nil: most text stays as it is, or loses its end only
	for i, r := range s {
		c, ok := compatible(r)
		if !ok {
			return "", false
		}
		if c = form(c); c < 0 {
			continue
		}
		if b == nil && kept == i && c == r {
			kept += utf8.RuneLen(r)
			continue
		}
		if b == nil {
			b = append(make([]byte, 0, len(s)), s[:kept]...)
		}
		b = utf8.AppendRune(b, c)
	}
	if b == nil {
		return s[:kept], true
	}
	return string(b), true
}

// squeezed is the compatibility form of s without white space.
func squeezed(s string) string {
	if plain, ok := rewritten(s, printedOrNone); ok {
		return plain
	}
	return string([]rune(strings.Join(strings.Fields(norm.NFKC.String(s)), "")))
}

// printedOrNone is -1 for white space.
func printedOrNone(c rune) rune {
	if c == ' ' || c >= '\t' && c <= '\r' {
		return -1
	}
	return c
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
	s = squeezed(s)
	o, i := ordinal{}, 0
	bracket := strings.HasPrefix(s, "(")
	if bracket {
		i++
	}
	digits := i
	for i < len(s) && i-digits < 2 && s[i] >= '0' && s[i] <= '9' {
		o.n = o.n*10 + int(s[i]-'0')
		i++
	}
	if i > digits {
		o.style = 'a'
	} else {
		first, size := utf8.DecodeRuneInString(s[i:])
		if hanDigits[first] == 0 {
			return ordinal{}, s
		}
		o.n, o.style = hanDigits[first], 'h'
		i += size
	}
	marks := s[i:]
	rest := strings.TrimLeft(marks, ")、,.。:;．")
	if o.style == 'h' {
		if rest == marks {
			return ordinal{}, s
		}
		if bracket || marks[0] == ')' {
			o.style = 'p'
		}
	}
	return o, rest
}

// withoutBrackets drops bracketed explanations: 部分公开（区分处理的，…） is 部分公开.
// A text that is all brackets is returned whole.
func withoutBrackets(s string) string {
	if !strings.ContainsFunc(s, bracketed) {
		return s
	}
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

func bracketed(r rune) bool {
	switch r {
	case '(', '（', '[', '【', '〔', ')', '）', ']', '】', '〕':
		return true
	}
	return r == utf8.RuneError
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
	var short [64]int // on the stack, long enough for nearly all labels
	row := short[:]
	if len(y) >= len(short) {
		row = make([]int, len(y)+1)
	}
	row = row[:len(y)+1]
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
		if isPlainHan(r) || unicode.Is(unicode.Han, r) {
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
