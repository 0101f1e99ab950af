package portal

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
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

// day is a date of an answer, ISO 8601, "" for none: given as seconds since 1970 or in words.
type day string

// UnmarshalJSON takes what it can read for a date; a listing does without the rest.
func (d *day) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 1e8 && n < 1e10 {
		*d = day(time.Unix(n, 0).In(china).Format(time.DateOnly))
	} else {
		*d = day(isoDate(s))
	}
	return nil
}

var lineBreak = regexp.MustCompile(`(?i)<br\s*/?>`)

// plainTitle is a title of an answer without the tags that some carry.
func plainTitle(s string) string {
	return tidy(html.UnescapeString(tags.ReplaceAllString(lineBreak.ReplaceAllString(s, " "), "")))
}

// withParam is an address with one query parameter set and the rest left as written:
// re-encoding it would make another address of it.
func withParam(u *url.URL, key, value string) string {
	next := *u
	next.Fragment, next.RawFragment = "", ""
	var parts []string
	found := false
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		if name, _, _ := strings.Cut(part, "="); name == key {
			if found {
				continue
			}
			found, part = true, key+"="+url.QueryEscape(value)
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	if !found {
		parts = append(parts, key+"="+url.QueryEscape(value))
	}
	next.RawQuery = strings.Join(parts, "&")
	return next.String()
}

// queryNumber is the whole number a query parameter holds, -1 if it holds none.
func queryNumber(u *url.URL, key string) int { return number(u.Query().Get(key)) }
