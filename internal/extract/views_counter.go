package extract

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	viewLabel = regexp.MustCompile(`(浏览|阅读|点击|访问|查看|阅览|累计|人气)[\s\x{a0}\x{3000}]*(次数|量|数|率)?[\s\x{a0}\x{3000}]*[:：]?[\s\x{a0}\x{3000}【\[(（]*$`)

	// counterScript is a counter that can be asked if the config permits it.
	counterScript = regexp.MustCompile(`_showDynClick(?:s|Batch)|articlehits\.jsp|artcount\.(?:jsp|html)|infoViewCount|WP_VisitCount|_visitcountdisplay|/plus/count\.php|\bop=count|/e/public/ViewClick`)
	// counterCalled is such a counter wherever the page calls it, to fill an element elsewhere.
	counterCalled = regexp.MustCompile(`articlehits\.jsp|artcount\.(?:jsp|html)|/plus/count\.php\?\S*view=yes|\bop=count|/e/public/ViewClick/?\?\S*addclick=1`)
	counterMark   = regexp.MustCompile(`(?i)dynclicks|WP_VisitCount|infoViewCount`)
)

// metadataCells bounds what a table above an article has; those of a report have more.
const metadataCells = 40

// noteCounterIn looks for a counter in a table that is read as a grid.
func (r *flattener) noteCounterIn(table *html.Node) {
	for n := range table.Descendants() {
		switch n.Type {
		case html.TextNode:
			if n.Parent.DataAtom != atom.Script {
				r.line = append(r.line, strings.TrimSpace(n.Data)...)
			}
		case html.ElementNode:
			r.noteCounter(n, len(r.pieces)-1)
			if n.DataAtom == atom.Tr {
				r.line = r.line[:0]
			}
		}
	}
	r.line = r.line[:0]
}

// noteCounter remembers a counter that stands directly behind a view label, in the piece
// of that number. What is no counter, nearly every element, is told apart before the line
// is looked at.
func (r *flattener) noteCounter(n *html.Node, piece int) {
	const strip, label = 300, 100 // bytes: a line of prose is longer; what can be a label
	program := ""
	if n.DataAtom == atom.Script {
		if program = attr(n, "src"); n.FirstChild != nil {
			program += " " + n.FirstChild.Data
		}
		if !r.called && containsAny(program, []string{"count", "Click", "articlehits"}) { // cheaper to find than the whole
			r.called = counterCalled.MatchString(program)
		}
	}
	if r.counter != "" || len(r.line) > strip {
		return
	}
	known, script := "", n.DataAtom == atom.Script
	if !script {
		if known = counterElement(n); known == "" && !unfilled(n) {
			return
		}
	}
	before := string(r.line)
	if len(r.line) == 0 && len(r.pieces) > 0 { // 浏览次数 in a cell of its own, or a <dt>
		piece = len(r.pieces) - 1
		before = r.pieces[piece].text
	}
	if !viewLabel.MatchString(before[max(0, len(before)-label):]) {
		return
	}
	if script {
		known = counterScript.FindString(program)
	}
	if r.counter = known; known != "" {
		return
	}
	pattern := ""
	switch {
	case !script:
		pattern = elementPattern(n)
	case len(r.line) > 0: // of what follows a whole line, any library may be the first
		pattern = scriptPattern(attr(n, "src"), program)
	}
	if pattern != "" {
		r.unknown = append(r.unknown, fillerOfLabel{piece, script, before, pattern})
	}
}

// counterElement is the mark of an element that a known counter fills, "" if it has none.
func counterElement(n *html.Node) string {
	for _, a := range n.Attr {
		switch a.Key {
		case "id", "class", "name":
			if containsAny(lowerASCII(a.Val), []string{"count", "clic"}) && counterMark.MatchString(a.Val) {
				return a.Val
			}
		case "articlecounts":
			if a.Val == "yes" {
				return a.Key
			}
		}
	}
	return ""
}

// fillerOfLabel is what stands where a known counter would, and is none.
type fillerOfLabel struct {
	piece   int
	script  bool
	before  string // the line up to it
	pattern string
}

// unknownCounter is the pattern of what fills a view label of the strip, which ends at the
// body or right below it, "" if a known counter does, directly behind the label or called
// from elsewhere. A script goes before the empty element that it may fill.
func (d *document) unknownCounter(from int, body extent) string {
	const below = 8
	if d.counter != "" || d.called {
		return ""
	}
	pattern, script := "", false
	for _, u := range d.unknown {
		inStrip := u.piece >= from && u.piece < body.from || u.piece >= body.to && u.piece < body.to+below
		fields := lineFields(foldLine(u.before))
		last := fields[len(fields)-1]
		if !inStrip || last.kind != viewsLabel || last.value.len() > 0 { // the site's total, downloads
			continue
		}
		if pattern == "" || u.script && !script {
			pattern, script = u.pattern, u.script
		}
	}
	return pattern
}

var (
	quotedAddress = regexp.MustCompile(`["'\x60]((?:(?:https?:)?//|[\w.~%-]*/)[^"'\x60\s<>\\]+|[\w-]+\.(?:jspx?|do|aspx?|php|ashx|action)\b[^"'\x60\s<>\\]*)`)
	calledName    = regexp.MustCompile(`([A-Za-z_$][\w$.]*)\s*\(`)
	schemeAndHost = regexp.MustCompile(`^(?:https?:)?//[^/?#]*`)
	numbersOfPage = regexp.MustCompile(`[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{16,}|[0-9]+`)
	wordValue     = regexp.MustCompile(`^[A-Za-z]{1,16}$`)
)

// notCalls are what stands before a parenthesis and names no counter.
var notCalls = map[string]bool{"document.write": true, "document.writeln": true, "function": true, "if": true, "for": true, "while": true,
	"switch": true, "$": true, "jQuery": true, "eval": true, "parseInt": true, "Math.random": true, "Date": true, "ready": true, "document.getElementById": true}

// scriptPattern is what a script asks for, or else what it calls, without what differs
// from host to host and page to page: /hits.asp?id=, showHits(). "" if it does neither.
func scriptPattern(src, program string) string {
	if src != "" {
		return addressPattern(src)
	}
	if m := quotedAddress.FindStringSubmatch(program); m != nil {
		return addressPattern(m[1])
	}
	for _, m := range calledName.FindAllStringSubmatch(program, -1) {
		if !notCalls[m[1]] {
			return clip(m[1] + "()")
		}
	}
	return ""
}

// addressPattern is an address without host, numbers and values but words: those tell one
// action of an endpoint from another.
func addressPattern(address string) string {
	address = schemeAndHost.ReplaceAllString(strings.Join(strings.Fields(address), ""), "")
	address, _, _ = strings.Cut(address, "#")
	path, query, asks := strings.Cut(address, "?")
	for strings.HasPrefix(path, "../") || strings.HasPrefix(path, "./") {
		_, path, _ = strings.Cut(path, "/")
	}
	path = numbersOfPage.ReplaceAllString(path, "*")
	if !asks {
		return clip(path)
	}
	params := strings.Split(query, "&")
	for i, param := range params {
		key, value, ok := strings.Cut(param, "=")
		params[i] = numbersOfPage.ReplaceAllString(key, "*")
		if ok {
			params[i] += "="
		}
		if wordValue.MatchString(value) {
			params[i] += value
		}
	}
	return clip(path + "?" + strings.Join(params, "&"))
}

// clip bounds a pattern: a page may print an address of any length.
func clip(pattern string) string {
	const longest = 120
	if runes := []rune(strings.ToValidUTF8(pattern, "")); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return strings.ToValidUTF8(pattern, "")
}

var (
	unfilledText = regexp.MustCompile(`(?i)^(?:[\s\x{a0}.…—–-]*|loading\W*|(?:正在)?加载中?\W*)$`)
	elementName  = regexp.MustCompile(`^[A-Za-z_][\w-]*`)
)

// unfilled says that an element within a line holds nothing yet.
func unfilled(n *html.Node) bool {
	const longest = 24
	switch n.DataAtom {
	case atom.Span, atom.I, atom.Em, atom.B, atom.Font, atom.Strong, atom.Label, atom.Var, atom.Ins:
	default:
		return false
	}
	text := n.FirstChild
	return text == nil || text == n.LastChild && text.Type == html.TextNode && len(text.Data) <= longest && unfilledText.MatchString(text.Data)
}

// elementPattern names an element that a script elsewhere on the page may fill:
// "element #hits", "element .j-info-hit"; "" if it has no name.
func elementPattern(n *html.Node) string {
	for _, by := range []struct{ key, mark string }{{"id", "#"}, {"class", "."}} {
		if name := elementName.FindString(attr(n, by.key)); name != "" {
			return clip("element " + by.mark + numbersOfPage.ReplaceAllString(name, "*"))
		}
	}
	return ""
}
