package extract

import (
	"fmt"
	"strings"
	"time"
)

// beijing is the time zone of every printed time.
var beijing = time.FixedZone("", 8*60*60)

// scanDate reads the date, with a time where one is printed, that begins at i,
// and returns where it ends. It knows 2024-01-09, 2024/1/9, 2018.01.25,
// 2021年01月28日, 20250127 and 二〇二五年一月二十七日 (元月 is January), and after them
// 10:06, 10:06:11 and 17时23分. The value is ISO 8601; 00:00 counts as no time. An
// impossible date is a date with the value "".
//
// Dates that begin with the day or the month are not read: which is which cannot
// be known.
func scanDate(l line, i int) (value string, end int, ok bool) {
	if before := l.at(i - 1); isDigit(before) || isLatin(before) || strings.ContainsRune("-/._", before) && before != 0 && i > 1 && !isHan(l.at(i-2)) {
		return "", i, false
	}
	year, month, day, end, ok := scanDay(l, i)
	if !ok {
		return "", i, false
	}
	date := time.Date(year, time.Month(month), day, 0, 0, 0, 0, beijing)
	possible := date.Year() == year && int(date.Month()) == month && date.Day() == day
	timeOfDay, end := scanClock(l, end)
	if !possible {
		return "", end, true
	}
	return timeOfDay.on(date), end, true
}

// scanDay reads year, month and day as printed, possible or not.
func scanDay(l line, i int) (year, month, day, end int, ok bool) {
	year, end = scanYear(l, i)
	if end == 0 {
		return 0, 0, 0, 0, false
	}
	if isDigit(l.at(end)) {
		return scanCompact(l, i)
	}
	at := l.skip(end, " ")
	switch sep := l.at(at); sep {
	case '年':
		month, end = scanMonth(l, l.skip(at+1, " "))
		at = l.skip(end, " ")
		if end == 0 || l.at(at) != '月' {
			return 0, 0, 0, 0, false
		}
		day, end = scanSmall(l, l.skip(at+1, " "))
		at = l.skip(end, " ")
		if end == 0 || l.at(at) != '日' && l.at(at) != '号' {
			return 0, 0, 0, 0, false
		}
		return year, month, day, at + 1, true
	case '-', '/', '.':
		month, end = scanDigits(l, l.skip(at+1, " "), 2)
		at = l.skip(end, " ")
		if end == 0 || l.at(at) != sep {
			return 0, 0, 0, 0, false
		}
		day, end = scanDigits(l, l.skip(at+1, " "), 2)
		if end == 0 || isDigit(l.at(end)) && !clockFollows(l, end) {
			return 0, 0, 0, 0, false
		}
		if next := l.at(end); isLatin(next) && next != 'T' || next == sep && sep != '.' && isDigit(l.at(end+1)) {
			return 0, 0, 0, 0, false // part of an index number or a path
		}
		return year, month, day, end, true
	}
	return 0, 0, 0, 0, false
}

// scanCompact reads 20250127.
func scanCompact(l line, i int) (year, month, day, end int, ok bool) {
	n, end := scanDigits(l, i, 8)
	next := l.at(end)
	if end != i+8 || isDigit(next) || isLatin(next) || next == '-' || next == '/' || next == '_' {
		return 0, 0, 0, 0, false
	}
	return n / 10000, n / 100 % 100, n % 100, end, true
}

// clockFollows says that the digits at i are a time glued to the day (2024-01-0910:06).
func clockFollows(l line, i int) bool {
	_, end := scanDigits(l, i, 2)
	return end == i+2 && strings.ContainsRune(":时", l.at(end))
}

// scanYear reads four digits, Arabic or Chinese, that make a year of 1900 to
// 2099; end is 0 if there is none.
func scanYear(l line, i int) (year, end int) {
	if year, end = scanDigits(l, i, 4); end == i+4 {
		if year >= 1900 && year <= 2099 {
			return year, end
		}
		return 0, 0
	}
	if isNumeral(l.at(i - 1)) {
		return 0, 0
	}
	for k := range 4 {
		d := numeralDigit(l.at(i + k))
		if d < 0 {
			return 0, 0
		}
		year = year*10 + d
	}
	if year < 1900 || year > 2099 || isNumeral(l.at(i+4)) {
		return 0, 0
	}
	return year, i + 4
}

// numeralDigit is the value of a Chinese digit as years are written, -1 if r is none.
func numeralDigit(r rune) int {
	switch r {
	case '〇', '零', 'O', 'o', '0':
		return 0
	}
	if r == 0 {
		return -1
	}
	if at := strings.IndexRune("一二三四五六七八九", r); at >= 0 {
		return at/len("一") + 1
	}
	return -1
}

func isNumeral(r rune) bool {
	return r != 'O' && r != 'o' && (numeralDigit(r) >= 0 || r == '十')
}

func scanMonth(l line, i int) (month, end int) {
	if l.at(i) == '元' || l.at(i) == '正' {
		return 1, i + 1
	}
	return scanSmall(l, i)
}

// scanSmall reads one or two Arabic digits, or a Chinese numeral up to 三十一.
func scanSmall(l line, i int) (n, end int) {
	if n, end = scanDigits(l, i, 2); end > i {
		return n, end
	}
	ones := func(r rune) int {
		if r == '〇' || r == '零' || isLatin(r) {
			return -1
		}
		return numeralDigit(r)
	}
	end = i
	if d := ones(l.at(end)); d > 0 {
		n, end = d, end+1
	}
	switch {
	case l.at(end) == '十':
		n, end = max(n, 1)*10, end+1
	case l.at(end) == '廿' && end == i:
		n, end = 20, end+1
	default:
		if end == i {
			return 0, 0
		}
		return n, end
	}
	if d := ones(l.at(end)); d > 0 {
		n, end = n+d, end+1
	}
	return n, end
}

// scanDigits reads up to limit Arabic digits; end is 0 if there is none.
func scanDigits(l line, i, limit int) (n, end int) {
	end = i
	for end < i+limit && isDigit(l.at(end)) {
		n, end = n*10+int(l.at(end)-'0'), end+1
	}
	if end == i {
		return 0, 0
	}
	return n, end
}

// timeOfDay is a printed time of day.
type timeOfDay struct {
	printed              bool
	hour, minute, second int
	seconds, zoned       bool
	zone                 int // minutes east of UTC
}

// scanClock reads a time of day behind a date, past a weekday; without one it
// returns i itself.
func scanClock(l line, i int) (timeOfDay, int) {
	at := l.skip(i, " ")
	if l.at(at) == 'T' {
		at++
	}
	at = skipWeekday(l, at)
	afternoon := l.at(at) == '下' && l.at(at+1) == '午'
	if afternoon || l.at(at) == '上' && l.at(at+1) == '午' {
		at = l.skip(at+2, " ")
	}
	var c timeOfDay
	var ok bool
	hour, end := scanDigits(l, at, 2)
	if end == 0 {
		return timeOfDay{}, i
	}
	c.hour = hour
	switch sep := l.at(end); {
	case sep == ':':
		if c.minute, end = scanDigits(l, end+1, 2); end == 0 {
			return timeOfDay{}, i
		}
		if l.at(end) == ':' {
			if s, e := scanDigits(l, end+1, 2); e > 0 {
				c.second, c.seconds, end = s, true, e
			}
		}
	case sep == '时' || sep == '点':
		if c.minute, end, ok = scanUnit(l, end+1, '分'); !ok {
			return timeOfDay{}, i
		}
		if s, e, ok := scanUnit(l, end, '秒'); ok {
			c.second, c.seconds, end = s, true, e
		}
	default:
		return timeOfDay{}, i
	}
	if isDigit(l.at(end)) || c.hour > 23 || c.minute > 59 || c.second > 59 {
		return timeOfDay{}, i
	}
	if afternoon && c.hour < 12 {
		c.hour += 12
	}
	c.printed = true
	return c.scanZone(l, end)
}

func scanUnit(l line, i int, unit rune) (n, end int, ok bool) {
	n, end = scanDigits(l, l.skip(i, " "), 2)
	if end == 0 || l.at(end) != unit {
		return 0, i, false
	}
	return n, end + 1, true
}

func skipWeekday(l line, i int) int {
	if l.at(i) == '(' { // （星期二）
		if end := skipWeekday(l, i+1); end > i+1 && l.at(end) == ')' {
			return l.skip(end+1, " ")
		}
		return i
	}
	if (l.at(i) == '星' && l.at(i+1) == '期') && isHan(l.at(i+2)) {
		return l.skip(i+3, " ")
	}
	if l.at(i) == '周' && strings.ContainsRune("一二三四五六日", l.at(i+1)) {
		return l.skip(i+2, " ")
	}
	return i
}

// scanZone reads fractions of a second and an offset behind a time, as machines
// write them: .000, Z, +08:00, +0800.
func (c timeOfDay) scanZone(l line, i int) (timeOfDay, int) {
	if l.at(i) == '.' && isDigit(l.at(i+1)) {
		for i++; isDigit(l.at(i)); i++ {
		}
	}
	sign := map[rune]int{'+': 1, '-': -1}[l.at(i)]
	switch {
	case l.at(i) == 'Z':
		c.zoned = true
		return c, i + 1
	case sign != 0:
		h, end := scanDigits(l, i+1, 2)
		if end != i+3 || h > 14 {
			return c, i
		}
		m, mEnd := scanDigits(l, l.skip(end, ":"), 2)
		if mEnd == 0 || m > 59 {
			return c, i
		}
		c.zoned, c.zone = true, sign*(h*60+m)
		return c, mEnd
	}
	return c, i
}

// on is the ISO 8601 value of the day with this time of day.
func (c timeOfDay) on(day time.Time) string {
	if !c.printed || !c.zoned && c.hour+c.minute+c.second == 0 {
		return day.Format(time.DateOnly)
	}
	t := day.Add(time.Duration(c.hour)*time.Hour + time.Duration(c.minute)*time.Minute + time.Duration(c.second)*time.Second)
	if c.zoned {
		t = t.Add(time.Duration(8*60-c.zone) * time.Minute)
	}
	if c.seconds && t.Second() != 0 {
		return t.Format("2006-01-02T15:04:05") + "+08:00"
	}
	return fmt.Sprintf("%s+08:00", t.Format("2006-01-02T15:04"))
}
