package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// Queries of portals are kept as they are written: half of them are encoded in a way that
// only their own server reads, so a parameter is replaced in place and nothing else touched.

// param is one name and value of a query, both as written.
type param struct{ name, value string }

// queryValue is the decoded value of a parameter, "" if the query lacks it.
func queryValue(query, name string) string {
	for part := range strings.SplitSeq(query, "&") {
		if key, value, _ := strings.Cut(part, "="); key == name {
			if decoded, err := url.QueryUnescape(value); err == nil {
				return decoded
			}
			return value
		}
	}
	return ""
}

// queryNumber is the whole number that a parameter holds, -1 if it holds none.
func queryNumber(query, name string) int { return number(queryValue(query, name)) }

// hasParam says whether a query has a parameter, be its value empty.
func hasParam(query, name string) bool {
	for part := range strings.SplitSeq(query, "&") {
		if key, _, _ := strings.Cut(part, "="); key == name {
			return true
		}
	}
	return false
}

// withParams sets parameters: in place where the query has them, more than once too, else
// at its end. Values are taken as written.
func withParams(query string, params ...param) string {
	var parts []string
	if query != "" {
		parts = strings.Split(query, "&")
	}
	for _, p := range params {
		found := false
		for i, part := range parts {
			if key, _, _ := strings.Cut(part, "="); key == p.name {
				parts[i], found = p.name+"="+p.value, true
			}
		}
		if !found {
			parts = append(parts, p.name+"="+p.value)
		}
	}
	return strings.Join(parts, "&")
}

// withParam is an address with one parameter of its query set, without its fragment.
func withParam(u *url.URL, name, value string) string {
	next := *u
	next.Fragment, next.RawFragment = "", ""
	next.RawQuery = withParams(u.RawQuery, escaped([]param{{name, value}})...)
	return next.String()
}

// plainASCII encodes what is not ASCII, as UTF-8: browsers do, whatever the page is in.
func plainASCII(query string) string {
	var b strings.Builder
	for i := range len(query) {
		if c := query[i]; c < 0x80 && c != ' ' {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// literalPair is a member of an object literal whose value is a string or a bare word:
// 'webId':'3185', perPage:15, "rows" : "20".
var literalPair = regexp.MustCompile(`['"]?([A-Za-z_]\w*)['"]?\s*:\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([\w.-]+))`)

// members are the plain members of an object literal, in order; nested objects and what
// a name stands for are not looked into.
func members(literal string) []param {
	var out []param
	for _, m := range literalPair.FindAllStringSubmatch(literal, -1) {
		out = append(out, param{m[1], decoded(m[2] + m[3] + m[4])})
	}
	return out
}

// member is the value of the first member of that name, "" if there is none.
func member(ms []param, name string) string {
	for _, m := range ms {
		if m.name == name {
			return m.value
		}
	}
	return ""
}

// escaped are the parameters with their values encoded for a query.
func escaped(ms []param) []param {
	out := make([]param, len(ms))
	for i, m := range ms {
		out[i] = param{m.name, url.QueryEscape(m.value)}
	}
	return out
}
