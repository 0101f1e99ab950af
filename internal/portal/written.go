package portal

import (
	"regexp"
	"strings"
)

var (
	scriptElement = regexp.MustCompile(`(?is)<script\b([^>]*)>(.*?)</script>`)
	writeCall     = regexp.MustCompile(`\bdocument\.write(?:ln)?\(`)
	writtenLink   = regexp.MustCompile(`(?i)<a\s[^>]*\bhref\s*=\s*["']?([^"'\s>]+)`)
)

// written is the page with the rows that its scripts write into it, as some templates
// do: var dUrl='./t1.html'; document.writeln("<a href='"+dUrl+"'>"). It is the page itself
// where no script writes a link to a document. What branches and loops would do is not
// known: every write whose text is known counts, one with an unknown part does not. So
// it tells of rows only, never of pagers.
func (p *Page) written() *Page {
	if !strings.Contains(p.Text, "document.write") {
		return p
	}
	v, links := scope{}, false
	text := scriptElement.ReplaceAllStringFunc(p.Text, func(script string) string {
		m := scriptElement.FindStringSubmatch(script)
		if strings.Contains(strings.ToLower(m[1]), "src") {
			return script
		}
		html := v.writes(uncomment(m[2]))
		documents := false
		for _, a := range writtenLink.FindAllStringSubmatch(html, -1) {
			documents = documents || looksLikeArticle(p.resolve(a[1]))
		}
		if !documents {
			return script
		}
		links = true
		return html
	})
	if !links {
		return p
	}
	q, err := parse(p.URL.String(), text)
	if err != nil {
		return p // cannot happen: the address was parsed before
	}
	q.Capture, q.Header = p.Capture, p.Header
	return q
}

// writes joins what a script writes into the page, following its assignments in order.
func (v scope) writes(code string) string {
	var b strings.Builder
	unknown := changing(code)
	sets, at := assigns.FindAllStringSubmatchIndex(code, -1), 0
	for _, write := range writeCall.FindAllStringIndex(code, -1) {
		for ; len(sets) > 0 && sets[0][0] < write[0]; sets = sets[1:] {
			if set := sets[0]; set[0] >= at {
				at = set[1] + v.set(code[set[2]:set[3]], ahead(code, set[1], maxExpression/8), unknown)
			}
		}
		if write[0] < at {
			continue // within a string
		}
		args, n, _ := commaParts(ahead(code, write[1], 16*maxExpression))
		for _, arg := range args {
			if value, ok := v.value(arg); ok {
				b.WriteString(value)
			}
		}
		at = write[1] + n
	}
	return b.String()
}

// set follows an assignment and returns the length of its expression as far as it is known.
func (v scope) set(name, rest string, unknown map[string]bool) int {
	if strings.HasPrefix(rest, "=") {
		return 0 // a comparison
	}
	value, n, ok := v.leading(rest)
	if !ok || unknown[name] {
		delete(v, name)
	} else {
		v[name] = value
	}
	return n
}
