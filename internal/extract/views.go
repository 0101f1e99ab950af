package extract

import (
	"slices"
	"strconv"
	"strings"

	"crawl/internal/report"
)

// views reads the view count from the strip: digits directly behind a view
// label. Body text is never looked at, since reports quote their site's totals.
func views(lines [][]field, counter string) (n *int64, state report.ViewsState, rounded string) {
	state = report.ViewsNone
	for _, fields := range lines {
		for _, f := range fields {
			if f.kind != viewsLabel {
				continue
			}
			if n == nil {
				var inexact bool
				if n, inexact = readCount(f.value); inexact && rounded == "" {
					rounded = f.label + " " + f.value.String()
				}
			}
			state = report.ViewsLabelOnly
		}
	}
	switch {
	case n != nil:
		return n, report.ViewsInline, ""
	case counter != "":
		return nil, report.ViewsCounterOff, rounded
	}
	return nil, state, rounded
}

// isViewLabel says whether the word from i to end announces this page's views.
// A bare verb (阅读) needs its colon or a digit, else it is a button (点击查看).
func isViewLabel(l line, i, end, runes int) bool {
	before := string(l.folded[max(0, i-3):i])
	if slices.ContainsFunc(notThisPage, func(word string) bool { return strings.HasSuffix(before, word) && !atBorder(l, i) }) {
		return false
	}
	if runes > 2 || l.at(l.skip(end, " ")) == ':' {
		return true
	}
	return isDigit(l.at(l.skip(end, " [("))) && atBorder(l, i)
}

// readCount reads a count at the start of a label's value; inexact means that a
// rounded number (1.2万, 1000+) stands there, which is none.
func readCount(value line) (n *int64, inexact bool) {
	i := value.skip(0, " [(<:")
	start := i
	for isDigit(value.at(i)) || (value.at(i) == ',' && i > start && isDigit(value.at(i+1))) {
		i++
	}
	digits := string(value.folded[start:i])
	if digits == "" || !thousandsFit(digits) {
		return nil, false
	}
	whole := i // where the integer part ends
	if value.at(i) == '.' && isDigit(value.at(i+1)) {
		for i++; isDigit(value.at(i)); i++ {
		}
	}
	next, after := value.at(i), value.at(value.skip(i, " "))
	switch {
	case strings.ContainsRune("万千百亿", after), strings.ContainsRune("wWkK+", next):
		return nil, true
	case i > whole, strings.ContainsRune("年月日号时点分", after), strings.ContainsRune("-/.:%~", next):
		return nil, false // a date, a time, a share
	case isHan(next) && !strings.ContainsRune("次人", next), isLatin(next):
		return nil, false // 14px
	case isDigit(after) && i < value.skip(i, " "):
		if _, _, ok := scanDate(value, value.skip(i, " ")); !ok {
			return nil, false // 1 530: one number or two
		}
	}
	v, err := strconv.ParseInt(strings.ReplaceAll(digits, ",", ""), 10, 64)
	if err != nil || v > maxViews {
		return nil, false
	}
	return &v, false
}

// maxViews bounds what a page's count can be; dates and index numbers written
// as one run of digits lie above it.
const maxViews = 1e7

// thousandsFit refuses commas that are no thousands separators.
func thousandsFit(digits string) bool {
	groups := strings.Split(digits, ",")
	if len(groups) == 1 {
		return true
	}
	if len(groups[0]) > 3 {
		return false
	}
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return false
		}
	}
	return true
}
