package portal

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Forms of a date in a row. A two-digit year is not read: 09-01-24 has two readings.
var (
	wholeDate  = regexp.MustCompile(`(?:^|[^\d])((?:19|20)\d{2})\s*[-/.．年－]\s*(\d{1,2})\s*[-/.．月－]\s*(\d{1,2})(?:\s*日|$|[^\d])`)
	packedDate = regexp.MustCompile(`^((?:19|20)\d{2})(\d{2})(\d{2})$`)
	yearMonth  = regexp.MustCompile(`^((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?$`)
	monthDay   = regexp.MustCompile(`^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$`)
	onlyYear   = regexp.MustCompile(`^((?:19|20)\d{2})\s*年?$`)
	onlyDay    = regexp.MustCompile(`^(\d{1,2})\s*日?$`)
	// dateAlone is a text that is nothing but a date: brackets, a label and a time of day are allowed.
	dateAlone = regexp.MustCompile(`^[\[(（【〔]?\s*(?:(?:发布|发文|公开|生成|更新|印发|成文)?(?:日期|时间)\s*[:：]?\s*)?(?:19|20)\d{2}\s*[-/.．年－]\s*\d{1,2}\s*[-/.．月－]\s*\d{1,2}\s*日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*[\])）】〕]?$`)
)

// isoDate reads the first whole date in a text, "" if there is none or it does not exist.
func isoDate(s string) string {
	m := wholeDate.FindStringSubmatch(s)
	if m == nil {
		m = packedDate.FindStringSubmatch(s)
	}
	if m == nil {
		return ""
	}
	return iso(m[1], m[2], m[3])
}

// iso joins the parts of a date, "" for a date that does not exist.
func iso(year, month, day string) string {
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if y < 1990 || y > 2100 || t.Month() != time.Month(m) || t.Day() != d {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}

// rowDate reads the date of a row from the texts of its cells (everything but the title),
// outermost meaning: the last text that is nothing but a date wins, since lists print the
// publishing date last; then a date split into two cells (day large, year and month
// small); then a date inside a longer text. seen says that the row shows a date, even one
// without a year, which makes it a row but gives no value.
func rowDate(cells []string) (value string, seen bool) {
	for i := len(cells) - 1; i >= 0; i-- {
		if dateAlone.MatchString(cells[i]) || packedDate.MatchString(cells[i]) {
			if d := isoDate(cells[i]); d != "" {
				return d, true
			}
		}
	}
	if d := splitDate(cells); d != "" {
		return d, true
	}
	for i := len(cells) - 1; i >= 0; i-- {
		if d := isoDate(cells[i]); d != "" {
			return d, true
		}
	}
	for _, c := range cells {
		if m := monthAndDay(c); m != nil && iso("2000", m[1], m[2]) != "" {
			seen = true
		}
	}
	return "", seen
}

// splitDate joins "09" with "2024-01", or "01-09" with "2024". Two candidates for a part
// make the date unknown.
func splitDate(cells []string) string {
	var ym, md, year, day [][]string
	for _, c := range cells {
		if m := yearMonth.FindStringSubmatch(c); m != nil {
			ym = append(ym, m)
		}
		if m := monthAndDay(c); m != nil {
			md = append(md, m)
		}
		if m := onlyYear.FindStringSubmatch(c); m != nil {
			year = append(year, m)
		}
		if m := onlyDay.FindStringSubmatch(c); m != nil {
			day = append(day, m)
		}
	}
	switch {
	case len(ym) == 1 && len(day) == 1:
		return iso(ym[0][1], ym[0][2], day[0][1])
	case len(md) == 1 && len(year) == 1:
		return iso(year[0][1], md[0][1], md[0][2])
	}
	return ""
}

// monthAndDay splits a date without a year, nil for other texts: 1/4 is the first of four
// pages.
func monthAndDay(s string) []string {
	m := monthDay.FindStringSubmatch(s)
	if m != nil && strings.Contains(s, "/") && len(m[1])+len(m[2]) < 4 {
		return nil
	}
	return m
}
