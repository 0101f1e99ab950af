package portal

import (
	"regexp"
	"strconv"
	"strings"
)

// scope is what a page's scripts set names to, as far as that can be read without running
// them: literals, sums of literals, and object literals as name.key. A name whose value
// is not known is not in it.
type scope map[string]string

// maxExpression is how far an expression is read, in bytes: broken or packed code must not
// cost its length squared.
const maxExpression = 8 << 10

// ahead is the code from a place on, as far as an expression there is read.
func ahead(code string, from, limit int) string { return code[from:min(from+limit, len(code))] }

var (
	assigns = regexp.MustCompile(`([A-Za-z_$][\w$.]*)\s*=\s*`)
	// counted are names that a loop or a sum goes on changing.
	counted    = regexp.MustCompile(`([A-Za-z_$][\w$.]*)\s*(?:\+\+|--|[-+*/]=)|(?:\+\+|--)\s*([A-Za-z_$][\w$.]*)`)
	identifier = regexp.MustCompile(`^[A-Za-z_$][\w$.]*`)
	numeral    = regexp.MustCompile(`^-?\d+(?:\.\d+)?`)
	// cuts are methods that shorten or pass on a string: the whole is what is wanted.
	cuts = regexp.MustCompile(`^(.+?)\.(?:substr|substring|slice|trim|toString|replace)$`)
	// casts are functions that pass on their argument.
	casts = regexp.MustCompile(`^(?:parseInt|Number|String|encodeURI|encodeURIComponent|escape|\$\.trim)$`)
)

// scopeOf reads the assignments of a script. A name that gets different values is unknown:
// which of them counts depends on what runs.
func scopeOf(code string) scope {
	v, unknown := scope{}, changing(code)
	set := func(name, value string, ok bool) {
		if old, known := v[name]; !ok || known && old != value {
			unknown[name] = true
		}
		v[name] = value
	}
	for _, m := range assigns.FindAllStringSubmatchIndex(code, -1) {
		name, rest := code[m[2]:m[3]], ahead(code, m[1], maxExpression)
		if strings.HasPrefix(rest, "=") {
			continue // a comparison
		}
		if strings.HasPrefix(rest, "{") {
			for _, p := range properties(rest[1:]) {
				value, ok := v.value(p.expr)
				set(name+"."+p.key, value, ok)
			}
			continue
		}
		value, _, ok := v.leading(ahead(rest, 0, maxExpression/8))
		set(name, value, ok)
	}
	for name := range unknown {
		delete(v, name)
	}
	return v
}

// changing are the names whose value at any place is not known without running the code.
func changing(code string) map[string]bool {
	names := map[string]bool{}
	for _, m := range counted.FindAllStringSubmatch(code, -1) {
		names[m[1]+m[2]] = true
	}
	return names
}

// value is what a whole expression comes to.
func (v scope) value(expr string) (string, bool) {
	value, n, ok := v.leading(expr)
	return value, ok && strings.TrimSpace(expr[n:]) == ""
}

// leading is what the expression at the start of s comes to, and where it ends. Sums of
// numbers are not computed.
func (v scope) leading(s string) (value string, end int, ok bool) {
	var b strings.Builder
	text, terms := false, 0
	at := blank(s, 0)
	for {
		term, n, quoted, ok := v.term(s[at:])
		if !ok {
			return "", at, false
		}
		b.WriteString(term)
		text, terms, at = text || quoted, terms+1, at+n
		next := blank(s, at)
		switch rest := s[next:]; {
		case strings.HasPrefix(rest, "||") && b.Len() == 0:
			at = blank(s, next+2)
		case strings.HasPrefix(rest, "||"):
			if n := strings.IndexAny(rest, ",;\n"); n >= 0 {
				return b.String(), next + n, true
			}
			return b.String(), len(s), true
		case strings.HasPrefix(rest, "+") && !strings.HasPrefix(rest, "+="):
			at = blank(s, next+1)
		case rest != "" && strings.IndexByte("-*/%?[", rest[0]) >= 0:
			return "", next, false
		default:
			return b.String(), at, terms == 1 || text
		}
	}
}

// term is the operand at the start of s.
func (v scope) term(s string) (value string, n int, quoted, ok bool) {
	if s == "" {
		return "", 0, false, false
	}
	if c := s[0]; c == '"' || c == '\'' || c == '`' {
		n = literalEnd(s)
		if n < 2 || s[n-1] != c || c == '`' && strings.Contains(s[:n], "${") {
			return "", n, true, false
		}
		return unquote(s[1 : n-1]), n, true, true
	}
	if m := numeral.FindString(s); m != "" {
		return m, len(m), false, true
	}
	name := identifier.FindString(s)
	n = len(name)
	if strings.HasPrefix(s[n:], "(") {
		args, size, closed := commaParts(s[n+1:])
		if !closed {
			return "", n, false, false
		}
		n += 1 + size
		if m := cuts.FindStringSubmatch(name); m != nil {
			value, ok = v[m[1]]
		} else if (name == "" || casts.MatchString(name)) && len(args) > 0 {
			value, ok = v.value(args[0])
		}
		return value, n, true, ok
	}
	if name == "true" || name == "false" {
		return name, n, false, true
	}
	value, ok = v[strings.TrimPrefix(name, "window.")]
	return value, n, false, ok
}

func blank(s string, at int) int {
	for at < len(s) && strings.IndexByte(" \t\r\n", s[at]) >= 0 {
		at++
	}
	return at
}

// commaParts splits s at its top-level commas up to the bracket that closes it, and says where
// that ends; closed is false where nothing closes it.
func commaParts(s string) (list []string, end int, closed bool) {
	depth, start := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '"', '\'', '`':
			i += literalEnd(s[i:]) - 1
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth == 0 {
				if last := strings.TrimSpace(s[start:i]); last != "" || len(list) > 0 {
					list = append(list, last)
				}
				return list, i + 1, true
			}
			depth--
		case ',':
			if depth == 0 {
				list = append(list, strings.TrimSpace(s[start:i]))
				start = i + 1
			}
		}
	}
	return nil, len(s), false
}

// property is a key of an object literal with its expression.
type property struct{ key, expr string }

// properties are those of the object literal whose brace was just opened.
func properties(s string) []property {
	list, _, _ := commaParts(s)
	var out []property
	for _, part := range list {
		n := 0
		if part != "" && (part[0] == '"' || part[0] == '\'') {
			n = literalEnd(part)
		}
		key, expr, found := strings.Cut(part[n:], ":")
		if key = strings.TrimSpace(strings.Trim(strings.TrimSpace(part[:n]+key), `"'`)); found && key != "" {
			out = append(out, property{key, strings.TrimSpace(expr)})
		}
	}
	return out
}

// unquote undoes the escapes of a script's string.
func unquote(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		size := map[byte]int{'u': 4, 'x': 2}[s[i]]
		if size > 0 && i+size < len(s) {
			if r, err := strconv.ParseUint(s[i+1:i+1+size], 16, 32); err == nil {
				b.WriteRune(rune(r))
				i += size
				continue
			}
		}
		switch s[i] {
		case 'n', 'r', 't':
			b.WriteByte(' ')
		case '\n':
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
