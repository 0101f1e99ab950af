package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"crawl/internal/report"
)

// views reads the view count from the strip: digits directly behind a view
// label. Body text is never looked at, since reports quote their site's totals.
func views(lines [][]field, counter string, r *report.Report) {
	r.ViewsState = report.ViewsNone
	for _, fields := range lines {
		for _, f := range fields {
			if f.kind != viewsLabel {
				continue
			}
			if r.ViewsState == report.ViewsNone {
				r.ViewsState = report.ViewsLabelOnly
			}
			n, doubt := readCount(f.value)
			if doubt != "" && r.Views == nil {
				find(r, doubt, "views", report.NotTestable, "the view count cannot be taken as printed: "+f.label+" "+f.value.String())
			}
			if r.Views == nil && n != nil {
				r.Views, r.ViewsState = n, report.ViewsInline
			}
		}
	}
	switch {
	case r.Views == nil && counter != "":
		r.ViewsState = report.ViewsCounterOff
	case counter != "_showDynClicks" && counterMark.MatchString(counter):
		// What stands in the element that a script fills is a leftover of the template.
		r.ViewsState = report.ViewsPlaceholder
	}
}

// unknownCounter notes what a page seems to show its count with, where no counter is known
// and no number printed. It is recorded for people to look at, never asked.
func unknownCounter(p *Page, r *report.Report) {
	doubtful := func(f report.Finding) bool { return f.Place == "views" }
	if p.UnknownCounter != "" && r.ViewsState == report.ViewsLabelOnly && !slices.ContainsFunc(r.Findings, doubtful) {
		find(r, "counter_unknown", "views", report.NotTestable, p.UnknownCounter)
	}
}

// namesThisSite says that a source's value is 本网 or the like, which before a view
// label would make it the site's count otherwise (来源：本网浏览次数：5).
func namesThisSite(l line, start, end int) bool {
	return start < end && siteRE.MatchString(string(l.folded[start:end]))
}

var siteRE = regexp.MustCompile(`^[本我]?(?:[省市县区镇局]|政府|门户|官方)*(?:网|网站|站|平台)$`)

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
	return isDigit(l.at(l.skip(end, " [("))) && (atBorder(l, i) || strings.ContainsRune("被已", l.at(i-1)))
}

// isCount says that a text is a count and nothing else.
func isCount(value line) bool {
	n, _ := readCount(value)
	return n != nil && countRE.MatchString(string(value.folded))
}

var countRE = regexp.MustCompile(`^[0-9,]+ ?(?:人?次|人)?$`)

// readCount reads a count at the start of a label's value. Digits that are no
// exact count give the rule of the finding they are: views_rounded (1.2万, 1000+)
// or views_unreadable (1 530); dates, times and sizes are none of the count's.
func readCount(value line) (n *int64, doubt string) {
	i := value.skip(0, " [(<:第")
	start := i
	for isDigit(value.at(i)) || (value.at(i) == ',' && i > start && isDigit(value.at(i+1))) {
		i++
	}
	digits := string(value.folded[start:i])
	if digits == "" {
		return nil, ""
	}
	whole := i // where the integer part ends
	if value.at(i) == '.' && isDigit(value.at(i+1)) {
		for i++; isDigit(value.at(i)); i++ {
		}
	}
	next, after := value.at(i), value.at(value.skip(i, " "))
	if _, _, ok := scanDate(value, start); ok {
		return nil, ""
	}
	switch {
	case strings.ContainsRune("万千百亿", after), strings.ContainsRune("wWkK+", next):
		return nil, "views_rounded"
	case gluedDate.MatchString(string(value.folded[start:])) && gluedDate.FindStringIndex(string(value.folded[start:]))[0] == 0:
		return nil, "views_unreadable" // 447462024-01-10: a count and a date run together
	case strings.ContainsRune("年月日号时点分", after), strings.ContainsRune("-/:", next), isLatin(next):
		return nil, "" // a date, a time, 14px
	case i > whole, strings.ContainsRune(".%~", next), !thousandsFit(digits), isHan(next) && !strings.ContainsRune("次人", next):
		return nil, "views_unreadable"
	case isDigit(after) && i < value.skip(i, " "):
		if _, _, ok := scanDate(value, value.skip(i, " ")); !ok {
			return nil, "views_unreadable" // 1 530: one number or two
		}
	}
	v, err := strconv.ParseInt(strings.ReplaceAll(digits, ",", ""), 10, 64)
	if err != nil || v > maxViews {
		return nil, "views_unreadable"
	}
	return &v, ""
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
