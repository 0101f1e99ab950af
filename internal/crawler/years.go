package crawler

import (
	"regexp"
	"strconv"
)

// Years are the report years that a backfill asks for; a zero end is open.
type Years struct{ From, To int }

// String is the range as the archive keeps it, "" for all years.
func (y Years) String() string {
	if y == (Years{}) {
		return ""
	}
	end := func(year int) string {
		if year == 0 {
			return ""
		}
		return strconv.Itoa(year)
	}
	return end(y.From) + "-" + end(y.To)
}

var titleYears = regexp.MustCompile(`(?:^|[^0-9])(20[0-9]{2}|19[0-9]{2})(?:[^0-9]|$)`)

// include says whether an item of a listing is to be fetched, by the year its title
// names. One that names none, or several, is fetched: only the page can tell.
func (y Years) include(title string) bool {
	if y == (Years{}) {
		return true
	}
	year := 0
	for rest := title; ; {
		m := titleYears.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		n, _ := strconv.Atoi(rest[m[2]:m[3]]) // four digits
		if year != 0 && n != year {
			return true
		}
		year, rest = n, rest[m[3]:]
	}
	return year == 0 || (y.From == 0 || year >= y.From) && (y.To == 0 || year <= y.To)
}
