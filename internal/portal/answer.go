package portal

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Some families list by an endpoint that answers JSON. Its answers come back to the same
// adapter as pages with the answer in Text.

// answer reads a JSON answer into v. Anything else in its place (a wall, an error page, the
// stub some portals give beyond the last page) is a PagingError.
func (p *Page) answer(v any) error {
	text := strings.TrimSpace(strings.TrimPrefix(p.Text, "\ufeff"))
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the answer is no list (%v): %q", err, cut(text))}
	}
	return nil
}

// whole is a number of an answer, written 12 or "12".
type whole int

// UnmarshalJSON takes the number with or without quotes; null leaves it as it is.
func (w *whole) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	if s == "null" {
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return fmt.Errorf("%s is no whole number", b)
	}
	*w = whole(n)
	return nil
}

// china is the one time zone of the portals.
var china = time.FixedZone("CST", 8*60*60)

// day is a date of an answer, ISO 8601, "" for none.
type day string

// UnmarshalJSON takes what it can read for a date; a listing does without the rest.
func (d *day) UnmarshalJSON(b []byte) error {
	*d = day(moment(strings.Trim(string(b), `"`)))
	return nil
}

var zoned = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$`)

// moment is the day of a time in an answer: as printed, or in China where it is given with a
// zone, or in seconds or milliseconds.
func moment(s string) string {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && len(s) >= 9 {
		if len(s) >= 12 {
			n /= 1000
		}
		return time.Unix(n, 0).In(china).Format(time.DateOnly)
	}
	if zoned.MatchString(s) {
		for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700"} {
			if t, err := time.Parse(form, s); err == nil {
				return t.In(china).Format(time.DateOnly)
			}
		}
	}
	return isoDate(s)
}

var lineBreak = regexp.MustCompile(`(?i)<br\s*/?>`)

// plainTitle is a title of an answer without the tags that some carry.
func plainTitle(s string) string {
	return tidy(html.UnescapeString(tags.ReplaceAllString(lineBreak.ReplaceAllString(s, " "), "")))
}
