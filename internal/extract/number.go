package extract

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

// quantity says what numbers a place of a form can hold.
type quantity byte

const (
	count  quantity = iota // whole, not negative
	money                  // not negative, decimals allowed
	change                 // whole, signed; 增10 and 减3 are numbers
)

// reading is a cell text read as a number.
type reading struct {
	state  report.State
	value  float64
	unit   string // printed behind the number: 件, 元, 万元
	fault  string // a finding's rule when the text is a number that cannot stand here
	worded bool   // the text is more than the bare number, and matters by itself
}

// isUnit: the text is a unit and nothing else.
func isUnit(text string) bool { return unitText.MatchString(strings.TrimSpace(narrow(text))) }

// largest is far above any true figure and far below what a float64 counts exactly.
const largest = 1e13

// units that are printed behind numbers, as one group of a regular expression.
const units = `(亿元|万元|元|件|条|个|项|笔|次|宗|份|起|部|家|种|例|批|人次|人|户|篇|名|期)`

var (
	numberText = regexp.MustCompile(`^([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?: ?` + units + `| ?\(` + units + `\))?$`)
	unitText   = regexp.MustCompile(`^` + units + `$`)
	dashText   = regexp.MustCompile(`^[-‐‑‒–—―−─－﹣_＿]+$`)
	slashText  = regexp.MustCompile(`^[/／\\＼]+$`)
	deltaText  = regexp.MustCompile(`^(新增|增加了?|增|减少了?|减) ?(\d.*)$`)
	letterZero = regexp.MustCompile(`^[OoОο〇○◯]$`) // Latin, Cyrillic and Greek letters
	zeroLed    = regexp.MustCompile(`^[+-]?0\d`)
)

// readNumber reads a cell's text. It never guesses: digits with anything between
// them but a well-placed thousands separator are Unparsed.
func readNumber(text string, q quantity) reading {
	if v, ok := smallNumber(text); ok { // most cells
		return reading{state: report.Number, value: v}
	}
	s := strings.TrimSpace(narrow(text))
	switch {
	case s == "":
		return reading{state: report.Blank}
	case dashText.MatchString(s):
		return reading{state: report.Dash}
	case slashText.MatchString(s):
		return reading{state: report.Slash}
	}
	worded := false
	if q == change {
		if m := deltaText.FindStringSubmatch(s); m != nil {
			sign := "+"
			if strings.HasPrefix(m[1], "减") {
				sign = "-"
			}
			s, worded = sign+m[2], true
		}
	}
	var m []string
	if first, _ := utf8.DecodeRuneInString(s); !isPlainHan(first) { // a label
		m = numberText.FindStringSubmatch(s)
	}
	if m == nil || zeroLed.MatchString(s) {
		if strings.ContainsAny(s, "0123456789") || letterZero.MatchString(s) { // a zero by its looks, but not as printed
			return reading{state: report.Unparsed, worded: true}
		}
		return reading{state: report.Text, worded: true}
	}
	v, err := strconv.ParseFloat(m[1]+strings.ReplaceAll(m[2], ",", "")+m[3], 64)
	if v == 0 {
		v = 0 // never -0
	}
	r := reading{state: report.Number, value: v, unit: m[4] + m[5], worded: worded || m[4]+m[5] != ""}
	switch {
	case err != nil || v > largest || v < -largest:
		return reading{state: report.Unparsed, worded: true}
	case m[3] != "" && q != money:
		return reading{state: report.Unparsed, fault: "count_not_integer", worded: true}
	case v < 0 && q != change:
		return reading{state: report.Unparsed, fault: "count_negative", worded: true}
	case strings.HasSuffix(r.unit, "元") != (q == money) && r.unit != "":
		return reading{state: report.Unparsed, fault: "unit_misplaced", worded: true}
	}
	return r
}

// smallNumber reads digits and nothing else, few enough for any quantity.
func smallNumber(s string) (float64, bool) {
	const most = 9
	if s == "" || len(s) > most || s[0] == '0' && len(s) > 1 {
		return 0, false
	}
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return float64(n), true
}

// narrow makes full-width ASCII forms narrow, white space plain and traditional
// characters (萬元, 減) simplified. Compatibility
// normalisation would go too far here: it turns 5² into 52.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case isPlainHan(r):
			return plainHan(r)
		case r > ' ' && r < 0x7f:
			return r
		case r == '−' || r == '﹣': // minus signs
			return '-'
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case isSpace(r):
			return ' '
		case isZeroWidth(r):
			return -1
		}
		return r
	}, s)
}

// inWan converts money to 万元; false when the unit is not one of money.
func inWan(v float64, unit string) (float64, bool) {
	switch unit {
	case "元":
		return v / 1e4, true
	case "万元":
		return v, true
	case "亿元":
		return v * 1e4, true
	}
	return 0, false
}
