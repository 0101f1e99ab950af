package portal

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Endpoints that answer with records instead of HTML: JSON, JSONP, and the nearly JSON of
// hand-written templates (raw line ends in strings, single quotes, comments, commas too many).

var jsonpCall = regexp.MustCompile(`^[\w$.]+\s*\(`)

// records are the rows of an answer and what stands beside them.
type records struct {
	rows  []record
	about []record // the objects around the rows, innermost first
}

// record is one object of an answer, its keys in lower case.
type record map[string]any

// rowKeys lead from the answer to its rows, in this order where several do.
var rowKeys = []string{"docs", "content", "rows", "datas", "data", "list", "records", "results", "page", "result"}

// records reads an answer. The error says that it is none, or that it holds no list.
func (p *Page) records() (records, error) {
	text := strings.TrimSpace(strings.TrimLeft(p.Text, "\ufeff \t\r\n"))
	if m := jsonpCall.FindString(text); m != "" {
		if end := strings.LastIndexByte(text, ')'); end >= len(m) {
			text = text[len(m):end]
		}
	}
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		if json.Unmarshal([]byte(mended(text)), &v) != nil {
			return records{}, fmt.Errorf("the answer is no JSON (%w): %q", err, cut(text))
		}
	}
	var r records
	if list, ok := v.([]any); ok {
		v = map[string]any{"rows": list}
	}
	if !r.find(v) {
		return records{}, fmt.Errorf("the answer holds no list: %q", cut(text))
	}
	return r, nil
}

// find descends to the rows.
func (r *records) find(v any) bool {
	object, ok := v.(map[string]any)
	if !ok {
		return false
	}
	m := folded(object)
	for _, key := range rowKeys {
		switch inner := m[key].(type) {
		case []any:
			for _, row := range inner {
				if o, ok := row.(map[string]any); ok {
					r.rows = append(r.rows, folded(o))
				}
			}
			r.about = append(r.about, m)
			return len(r.rows) > 0 || len(inner) == 0
		case map[string]any:
			if r.find(inner) {
				r.about = append(r.about, m)
				return true
			}
		}
	}
	return false
}

func folded(o map[string]any) record {
	m := record{}
	for k, v := range o {
		m[strings.ToLower(k)] = v
	}
	return m
}

// text is the first of the keys that holds text or a number.
func (m record) text(keys ...string) string {
	for _, k := range keys {
		switch v := m[k].(type) {
		case string:
			if s := tidy(v); s != "" {
				return s
			}
		case float64:
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
	return ""
}

// number is the first number under one of the keys beside the rows, -1 if there is none.
func (r records) number(keys ...string) int {
	for _, m := range r.about {
		for _, k := range keys {
			if n := number(m.text(k)); n >= 0 {
				return n
			}
		}
	}
	return -1
}

// columns are the names of the columns that the rows give.
func (r records) columns() []string {
	var names []string
	for _, m := range r.rows {
		names = append(names, m.text("chnlname", "chnldesc"))
	}
	return names
}

// Keys of a row, best first: the address in its column before the one of its origin, the
// date shown before the one of storing.
var (
	titleKeys = []string{"doctitle", "title", "title2", "bt"}
	urlKeys   = []string{"chnldocurl", "docpuburl", "puburl", "url"}
	dateKeys  = []string{"docreltime", "pubdate", "pubtime", "time", "createdate", "trs_time", "docfirstpubtime", "docpubtime"}
)

// item reads a row; ok is false if it has no title or no address.
func (p *Page) item(m record) (it Item, ok bool) {
	it.Title = plainTitle(m.text(titleKeys...))
	it.URL = p.resolve(m.text(urlKeys...))
	it.Date = moment(m.text(dateKeys...))
	if tip, ok := m["tip"].(map[string]any); ok && it.Date == "" {
		it.Date = moment(folded(tip).text("dates"))
	}
	return it, it.Title != "" && it.URL != ""
}

// mended makes JSON of what nearly is: strings in proper quotes, no comments, no tags
// between values, no comma before a closing bracket. A quote inside a string is taken for
// one where no separator follows it.
func mended(s string) string {
	var b strings.Builder
	comma := false
	put := func(text string) {
		if comma && strings.IndexByte("]}", text[0]) < 0 {
			b.WriteByte(',')
		}
		comma = false
		b.WriteString(text)
	}
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case strings.HasPrefix(s[i:], "<!--"):
			i += after(s[i:], "-->")
		case c == '<':
			i += after(s[i:], ">")
		case c == '"' || c == '\'':
			text, n := looseString(s[i:])
			quoted, err := json.Marshal(text)
			if err != nil {
				return ""
			}
			put(string(quoted))
			i += n
		case c == ',':
			comma = b.Len() > 0
			i++
		case blank(s, i) > i:
			i = blank(s, i)
		default:
			put(s[i : i+1])
			i++
		}
	}
	return b.String()
}

func after(s, mark string) int {
	if n := strings.Index(s, mark); n >= 0 {
		return n + len(mark)
	}
	return len(s)
}

// looseString reads the string that s starts with, and its length there.
func looseString(s string) (string, int) {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == s[0]:
			if next := blank(s, i+1); next == len(s) || strings.IndexByte(",:}]<", s[next]) >= 0 {
				return tidy(unquote(s[1:i])), i + 1
			}
		}
	}
	return tidy(unquote(s[1:])), len(s)
}
