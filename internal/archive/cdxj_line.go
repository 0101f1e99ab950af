package archive

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
)

// parse reads the JSON object of a line, as marshal writes it: without white space. It
// makes no detour over reflection and copies nothing, since every night reads a line for
// every request of all the years before.
func (l *indexLine) parse(doc string) error {
	r := lineReader{rest: doc}
	r.expect('{')
	for n := 0; r.err == nil && !strings.HasPrefix(r.rest, "}"); n++ {
		if n > 0 {
			r.expect(',')
		}
		name := r.text()
		r.expect(':')
		switch name {
		case "url":
			l.URL = r.text()
		case "mime":
			l.Mime = r.text()
		case "status":
			l.Status = int(r.number())
		case "digest":
			l.Digest = r.text()
		case "length":
			l.Length = r.number()
		case "offset":
			l.Offset = r.number()
		case "filename":
			l.Filename = r.text()
		case "id":
			l.ID = r.text()
		case "at":
			l.At = r.text()
		case "event":
			l.Event = r.text()
		case "data":
			l.Data = json.RawMessage(r.value())
		case "method":
			l.Method = r.text()
		case "request_sha256":
			l.Request = r.text()
		case "kind":
			l.Kind = Kind(r.text())
		case "of":
			l.Of = r.text()
		case "charset":
			l.Charset = r.text()
		case "location":
			l.Location = r.text()
		case "refers_to":
			l.RefersTo = r.text()
		case "transport":
			l.Transport = r.text()
		case "outcome":
			l.Outcome = r.text()
		case "detail":
			l.Detail = r.text()
		default:
			r.value()
		}
	}
	r.expect('}')
	if r.err == nil && r.rest != "" {
		return errLine
	}
	return r.err
}

var errLine = errors.New("no object as it was written")

// lineReader takes values off the front of a JSON text. After an error it takes nothing.
type lineReader struct {
	rest string
	err  error
}

func (r *lineReader) expect(c byte) {
	if r.err == nil && (r.rest == "" || r.rest[0] != c) {
		r.err = errLine
	}
	if r.err == nil {
		r.rest = r.rest[1:]
	}
}

func (r *lineReader) take(n int) string {
	if r.err != nil || n <= 0 || n > len(r.rest) {
		r.err = errLine
		return ""
	}
	taken := r.rest[:n]
	r.rest = r.rest[n:]
	return taken
}

// text takes a string.
func (r *lineReader) text() string {
	quoted := r.take(stringEnd(r.rest))
	if r.err != nil {
		return ""
	}
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1]
	}
	var s string
	if err := json.Unmarshal([]byte(quoted), &s); err != nil {
		r.err = err
	}
	return s
}

// stringEnd is the length of the string that a JSON text begins with, quotes included;
// 0 for none.
func stringEnd(s string) int {
	if s == "" || s[0] != '"' {
		return 0
	}
	for i := 1; i < len(s); i++ {
		n := strings.IndexByte(s[i:], '"')
		if n < 0 {
			return 0
		}
		i += n
		before := i - 1
		for s[before] == '\\' {
			before--
		}
		if (i-before)%2 == 1 { // no backslash of its own stands before the quote
			return i + 1
		}
	}
	return 0
}

// number takes a whole number.
func (r *lineReader) number() int64 {
	end := strings.IndexAny(r.rest, ",}")
	n, err := strconv.ParseInt(r.take(end), 10, 64)
	if err != nil && r.err == nil {
		r.err = err
	}
	return n
}

// value takes anything, as it stands.
func (r *lineReader) value() string {
	depth := 0
	for i := 0; i < len(r.rest); i++ {
		switch r.rest[i] {
		case '"':
			n := stringEnd(r.rest[i:])
			if n == 0 {
				return r.take(0)
			}
			i += n - 1
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 { // of the object around it
				return r.take(i)
			}
			depth--
		case ',':
			if depth == 0 {
				return r.take(i)
			}
			continue
		}
		if depth == 0 && (r.rest[i] == '}' || r.rest[i] == ']' || r.rest[i] == '"') {
			return r.take(i + 1)
		}
	}
	return r.take(0)
}
