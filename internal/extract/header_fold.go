package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// line is a piece of printed text beside its folded form, rune for rune, so that
// rules match the folded form and what is kept is cut from the printed one.
type line struct {
	raw, folded []rune
}

// foldLine drops what has no width and folds the rest: full-width and
// compatibility forms, every kind of blank, dash and bracket, and traditional
// characters, each to one rune.
func foldLine(s string) line {
	n := utf8.RuneCountInString(s)
	both := make([]rune, 2*n)
	l := line{raw: both[:0:n], folded: both[n:n]}
	for _, r := range s {
		if isZeroWidth(r) {
			continue
		}
		l.raw = append(l.raw, r)
		l.folded = append(l.folded, foldRune(r))
	}
	return l
}

// folded is the folded form of s without any white space.
func folded(s string) string {
	return strings.Map(func(r rune) rune {
		if isZeroWidth(r) {
			return -1
		}
		if r = foldRune(r); r == ' ' {
			return -1
		}
		return r
	}, s)
}

func (l line) len() int            { return len(l.raw) }
func (l line) String() string      { return string(l.raw) }
func (l line) slice(i, j int) line { return line{l.raw[i:j], l.folded[i:j]} }
func (l line) without(i, j int) line {
	return line{
		append(append([]rune{}, l.raw[:i]...), l.raw[j:]...),
		append(append([]rune{}, l.folded[:i]...), l.folded[j:]...),
	}
}

// trim cuts runes of the folded cutset from both ends.
func (l line) trim(cutset string) line {
	i, j := 0, len(l.folded)
	for i < j && strings.ContainsRune(cutset, l.folded[i]) {
		i++
	}
	for j > i && strings.ContainsRune(cutset, l.folded[j-1]) {
		j--
	}
	return l.slice(i, j)
}

// skip is the first index from i on whose folded rune is not in set.
func (l line) skip(i int, set string) int {
	for i < len(l.folded) && strings.ContainsRune(set, l.folded[i]) {
		i++
	}
	return i
}

// at is the folded rune at i, 0 outside the line.
func (l line) at(i int) rune {
	if i < 0 || i >= len(l.folded) {
		return 0
	}
	return l.folded[i]
}

func foldRune(r rune) rune {
	switch {
	case r < 0x80:
		if r < ' ' {
			return ' '
		}
		return r
	case r == '丨': // a character, printed for a border
		return '|'
	case isPlainHan(r):
		return plainHan(r)
	case unicode.IsSpace(r):
		return ' '
	}
	if p, ok := punctuation[r]; ok {
		return p
	}
	if c, ok := compatible(r); ok {
		return c
	}
	if s, ok := simplified[r]; ok {
		return s
	}
	if c := norm.NFKC.String(string(r)); utf8.RuneCountInString(c) == 1 {
		f, _ := utf8.DecodeRuneInString(c)
		if p, ok := punctuation[f]; ok {
			return p
		}
		return f
	}
	return r
}

// punctuation folds what compatibility normalisation leaves apart.
var punctuation = pairs(
	"〔[〕]【[】]［[］]﹝[﹞]〖[〗]「[」]『[』]" +
		"–-—-―-‐-‑-−-﹣-" +
		"│|丨|¦|›>»>→>﹥>" +
		"○〇◯〇")

// pairs reads a table written as from-to characters, one after the other.
func pairs(s string) map[rune]rune {
	runes := []rune(s)
	m := make(map[rune]rune, len(runes)/2)
	for i := 0; i+1 < len(runes); i += 2 {
		m[runes[i]] = runes[i+1]
	}
	return m
}

func isHan(r rune) bool   { return isPlainHan(r) || unicode.Is(unicode.Han, r) || r == '〇' }
func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }
