package portal

import (
	"net/url"
	"regexp"
	"strings"
)

// hole stands for a part of an address that only running the script would tell.
const hole = "\x00"

// scriptCall is a request that a page's script makes: the address with its query, and the
// object named data beside it.
type scriptCall struct {
	address string
	params  []property // of query and data, in order; a value with a hole is not known
}

var dataObject = regexp.MustCompile(`\bdata\s*:\s*\{`)

// addedTo is what an address is added to: base + "/igs/…".
var addedTo = regexp.MustCompile(`([\w$.)\]]*)\s*\+\s*$`)

// nearby is how far from an address, in bytes, its data may stand.
const nearby = 1500

// scriptCall finds the request whose address fits. Of several the first counts.
func (p *Page) scriptCall(path *regexp.Regexp) (scriptCall, bool) {
	code := p.liveCode()
	v := p.vars()
	for at := 0; at < len(code); at++ {
		if c := code[at]; c != '"' && c != '\'' && c != '`' {
			continue
		}
		n := literalEnd(code[at:])
		if !path.MatchString(code[at : at+n]) {
			at += n - 1
			continue
		}
		address, end := v.sum(ahead(code, at, maxExpression))
		if m := addedTo.FindStringSubmatch(code[max(0, at-200):at]); m != nil {
			front, ok := v.value(m[1])
			if !ok {
				front = hole
			}
			address = front + address
		}
		call := scriptCall{}
		var query string
		call.address, query, _ = strings.Cut(address, "?")
		for part := range strings.SplitSeq(query, "&") {
			if key, value, _ := strings.Cut(part, "="); key != "" {
				call.params = append(call.params, property{decode(key), decode(value)})
			}
		}
		call.params = append(call.params, v.dataNear(code, at, at+end)...)
		return call, true
	}
	return scriptCall{}, false
}

func decode(s string) string {
	if d, err := url.QueryUnescape(s); err == nil {
		return d
	}
	return s
}

// dataNear are the members of the data object closest to an address.
func (v scope) dataNear(code string, from, to int) []property {
	best, distance := -1, nearby
	for _, m := range dataObject.FindAllStringIndex(code, -1) {
		d := m[0] - to
		if d < 0 {
			d = from - m[1]
		}
		if d >= 0 && d < distance {
			best, distance = m[1], d
		}
	}
	if best < 0 {
		return nil
	}
	list := properties(ahead(code, best, maxExpression))
	for i, p := range list {
		if value, ok := v.value(p.expr); ok {
			list[i].expr = value
		} else {
			list[i].expr = hole
		}
	}
	return list
}

// sum is what the expression at the start of s comes to, with holes for what is unknown,
// and where it ends.
func (v scope) sum(s string) (value string, end int) {
	var b strings.Builder
	for at := blank(s, 0); ; {
		term, n, _, ok := v.term(s[at:])
		if !ok {
			term, n = hole, len(identifier.FindString(s[at:]))
			for n > 0 && at+n < len(s) && (s[at+n] == '(' || s[at+n] == '[') {
				_, size, _ := commaParts(s[at+n+1:])
				n += 1 + size
			}
		}
		b.WriteString(term)
		at += n
		next := blank(s, at)
		if n == 0 || next == len(s) || s[next] != '+' {
			return b.String(), at
		}
		at = blank(s, next+1)
	}
}

// request is the call for the n-th page: page is set, what is unknown is named.
func (c scriptCall) request(p *Page, page string, n string) (r Request, unknown []string) {
	var query []string
	paged := false
	for _, m := range c.params {
		switch {
		case m.key == page:
			m.expr, paged = n, true
		case strings.Contains(m.expr, hole):
			unknown = append(unknown, m.key)
			continue
		}
		query = append(query, url.QueryEscape(m.key)+"="+url.QueryEscape(m.expr))
	}
	if !paged {
		query = append(query, page+"="+n)
	}
	address := p.resolve(c.address)
	if address == "" || strings.Contains(c.address, hole) {
		unknown = append(unknown, "address")
	}
	return p.asks(address + "?" + strings.Join(query, "&")), unknown
}
