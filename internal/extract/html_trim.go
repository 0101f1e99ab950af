package extract

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Bounds of a page once what nobody reads is cut away. The longest reports have
// some 20,000 tags and half a megabyte; a tree of these bounds takes about 40 MB.
const (
	mostTags    = 100_000
	longestPage = 3 << 20 // bytes
)

// errBeyond says that a page is beyond what any report needs.
var errBeyond = errors.New("beyond the bounds of a page")

// trimHTML copies a page without what no rule of this package looks at: comments,
// the content of scripts and styles, attributes, and inline elements that only say
// how their text looks. What is left parses into the same lines and tables, from a
// third of the nodes; and old pages that open <font> without end no longer nest
// deeper than the parser allows.
func trimHTML(s string) (string, error) {
	t := trimmer{s: s}
	t.out.Grow(min(len(s), longestPage))
	for t.at < len(s) {
		i := strings.IndexByte(s[t.at:], '<')
		if i < 0 {
			i = len(s) - t.at
		}
		t.out.WriteString(s[t.at : t.at+i])
		t.at += i
		if t.at < len(s) {
			t.markup()
		}
		if t.tags > mostTags || t.out.Len() > longestPage {
			return "", fmt.Errorf("%w: more than %d tags or %d bytes that are not layout", errBeyond, mostTags, longestPage)
		}
	}
	return t.out.String(), nil
}

type trimmer struct {
	s     string
	at    int
	out   strings.Builder
	tags  int
	kept  map[string]*[]bool // per cosmetic element: whether its open tags were kept
	attrs []attribute        // of the last tag read
}

// markup handles what begins with the '<' at t.at, as the HTML standard's tokenizer does.
func (t *trimmer) markup() {
	rest := t.s[t.at:]
	switch {
	case len(rest) > 1 && isLatin(rune(rest[1])):
		t.open()
	case strings.HasPrefix(rest, "</") && len(rest) > 2 && isLatin(rune(rest[2])):
		t.close()
	case strings.HasPrefix(rest, "<!--"):
		t.drop(commentEnd(rest))
	case len(rest) > 9 && strings.EqualFold(rest[:9], "<!doctype"):
		end := angleEnd(rest)
		t.out.WriteString(rest[:end])
		t.at += end
	case strings.HasPrefix(rest, "<!"), strings.HasPrefix(rest, "<?"), strings.HasPrefix(rest, "</") && len(rest) > 2:
		t.drop(angleEnd(rest)) // what the standard calls a bogus comment
	default:
		t.out.WriteString("&lt;") // what follows might now make it a tag
		t.at++
	}
}

// drop skips markup. What stands before and behind it must not run together into a
// character reference.
func (t *trimmer) drop(n int) {
	const longest = 40
	before := t.s[max(0, t.at-longest):t.at]
	if at := strings.LastIndexByte(before, '&'); at >= 0 && strings.IndexByte(before[at:], ';') < 0 {
		t.out.WriteString("<!---->")
	}
	t.at += n
}

// commentEnd is the length of the comment that s begins with; one without an end
// takes everything.
func commentEnd(s string) int {
	for i := 4; ; {
		switch {
		case strings.HasPrefix(s, "<!-->"):
			return 5
		case strings.HasPrefix(s, "<!--->"):
			return 6
		}
		k := strings.Index(s[i:], "--")
		if k < 0 {
			return len(s)
		}
		i += k
		switch {
		case strings.HasPrefix(s[i:], "-->"):
			return i + 3
		case strings.HasPrefix(s[i:], "--!>"):
			return i + 4
		}
		i++
	}
}

func angleEnd(s string) int {
	if i := strings.IndexByte(s, '>'); i >= 0 {
		return i + 1
	}
	return len(s)
}

// tag is one start or end tag with the attributes that are read.
type tag struct {
	name    string // lower case
	end     int    // behind '>'
	attrs   []attribute
	selfEnd bool // it ends with />
}

// attribute is one as printed: its key, and key and value together.
type attribute struct{ key, printed string }

// open copies a start tag with the attributes that are read.
func (t *trimmer) open() {
	g, ok := t.readTag(t.at + 1)
	if !ok { // the page ends inside the tag: the standard drops it
		t.drop(g.end - t.at)
		return
	}
	if cosmetic(g.name) {
		opened := t.kept[g.name]
		if opened == nil {
			if t.kept == nil {
				t.kept = map[string]*[]bool{}
			}
			opened = new([]bool)
			t.kept[g.name] = opened
		}
		*opened = append(*opened, len(g.attrs) > 0)
		if len(g.attrs) == 0 {
			t.drop(g.end - t.at)
			return
		}
	}
	t.at = g.end
	t.tags++
	t.out.WriteByte('<')
	t.out.WriteString(g.name)
	for _, a := range g.attrs {
		t.out.WriteByte(' ')
		t.out.WriteString(a.printed)
	}
	if g.selfEnd {
		t.out.WriteString(" /")
	}
	t.out.WriteByte('>')
	if rawElements[g.name] {
		t.raw(g.name)
	}
}

func (t *trimmer) close() {
	g, ok := t.readTag(t.at + 2)
	if !ok || cosmetic(g.name) && !t.closes(g.name) {
		t.drop(g.end - t.at)
		return
	}
	t.at = g.end
	t.tags++
	t.out.WriteString("</")
	t.out.WriteString(g.name)
	t.out.WriteByte('>')
}

// closes says whether the end tag of a cosmetic element belongs to one that was kept.
func (t *trimmer) closes(name string) bool {
	opened := t.kept[name]
	if opened == nil || len(*opened) == 0 {
		return false
	}
	n := len(*opened) - 1
	kept := (*opened)[n]
	*opened = (*opened)[:n]
	return kept
}

// longestProgram is the longest script that is looked at for a view counter; what is
// longer is a library.
const longestProgram = 4 << 10

// raw copies the content of an element that holds no markup, if it is read at all.
func (t *trimmer) raw(name string) {
	end := len(t.s) - t.at
	if name != "plaintext" {
		end = rawEnd(t.s[t.at:], name)
	}
	content := t.s[t.at : t.at+end]
	switch {
	case name == "style", name == "script" && len(content) > longestProgram:
	default:
		t.out.WriteString(content)
	}
	t.at += end
}

// rawEnd is the length of a raw element's content: its end tag begins behind it. A
// script that writes a script inside a comment ends only behind that one's end tag.
func rawEnd(s, name string) int {
	commented, nested := false, false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '-':
			if commented && strings.HasPrefix(s[i:], "-->") {
				commented, nested = false, false
			}
		case '<':
			rest := s[i+1:]
			switch {
			case !commented && name == "script" && strings.HasPrefix(rest, "!--"):
				commented = true
				i++ // the dashes may be those of "-->"
			case commented && tagNamed(rest, name):
				nested = true
			case strings.HasPrefix(rest, "/") && tagNamed(rest[1:], name):
				if !nested {
					return i
				}
				nested = false
			}
		}
	}
	return len(s)
}

// tagNamed says that s goes on with a tag of this name.
func tagNamed(s, name string) bool {
	return len(s) > len(name) && strings.EqualFold(s[:len(name)], name) && breaksTag(s[len(name)])
}

func isHTMLSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// breaksTag: the byte ends a name within a tag.
func breaksTag(c byte) bool { return isHTMLSpace(c) || c == '/' || c == '>' }

// readTag reads a tag whose name begins at i; ok is false when the page ends within it.
// Its attributes stand until the next tag is read.
func (t *trimmer) readTag(i int) (g tag, ok bool) {
	s, from := t.s, i
	for i < len(s) && !breaksTag(s[i]) {
		i++
	}
	g.name, g.attrs = lowerASCII(s[from:i]), t.attrs[:0]
	defer func() { t.attrs = g.attrs }()
	valueEnd := -1
	for {
		for i < len(s) && (s[i] == '/' || isHTMLSpace(s[i])) {
			i++
		}
		if i >= len(s) {
			g.end = len(s)
			return g, false
		}
		if s[i] == '>' {
			g.selfEnd = s[i-1] == '/' && i-1 >= valueEnd
			g.end = i + 1
			return g, true
		}
		a, next := readAttribute(s, i)
		i = next
		valueEnd = i
		if g.reads(a) && !g.has(a.key) {
			g.attrs = append(g.attrs, a)
		}
	}
}

// has says whether an attribute was printed before: the first one counts.
func (g *tag) has(key string) bool {
	return slices.ContainsFunc(g.attrs, func(a attribute) bool { return strings.EqualFold(a.key, key) })
}

// lowerASCII is how names of elements and attributes are compared; other letters stay.
func lowerASCII(s string) string {
	for i := range len(s) {
		if c := s[i]; c >= 'A' && c <= 'Z' {
			return strings.Map(func(r rune) rune {
				if r >= 'A' && r <= 'Z' {
					return r + 'a' - 'A'
				}
				return r
			}, s)
		}
	}
	return s
}

// readAttribute reads the attribute that begins at i and returns the place behind it.
func readAttribute(s string, i int) (attribute, int) {
	from := i
	i++ // an equals sign in front belongs to the name
	for i < len(s) && s[i] != '=' && !breaksTag(s[i]) {
		i++
	}
	a := attribute{key: s[from:i], printed: s[from:i]}
	at := skipSpace(s, i)
	if at >= len(s) || s[at] != '=' {
		return a, i
	}
	at = skipSpace(s, at+1)
	switch {
	case at >= len(s):
		return a, at
	case s[at] == '>':
		return a, at
	case s[at] == '"' || s[at] == '\'':
		end := strings.IndexByte(s[at+1:], s[at])
		if end < 0 {
			return a, len(s)
		}
		i = at + 1 + end + 1
	default:
		for i = at; i < len(s) && s[i] != '>' && !isHTMLSpace(s[i]); {
			i++
		}
	}
	a.printed = s[from:i]
	return a, i
}

func skipSpace(s string, i int) int {
	for i < len(s) && isHTMLSpace(s[i]) {
		i++
	}
	return i
}

// reads says whether some rule looks at the attribute, or the parser does.
func (g *tag) reads(a attribute) bool {
	switch lowerASCII(a.key) {
	case "id", "class", "name", "hidden", "articlecounts":
		return true
	case "style": // shown asks whether it hides
		return hides(a.printed)
	case "rowspan", "colspan":
		return g.name == "td" || g.name == "th"
	case "href":
		return g.name == "a"
	case "src":
		return g.name == "script" || g.name == "iframe" || g.name == "embed"
	case "data":
		return g.name == "object"
	case "alt":
		return g.name == "img"
	case "content", "property":
		return g.name == "meta"
	case "type", "value": // a hidden input may stand between a table's rows, others show values
		return g.name == "input"
	case "selected":
		return g.name == "option"
	}
	return false
}

// cosmetic elements say how text looks. Names with a colon are those of Word.
func cosmetic(name string) bool {
	switch name {
	case "b", "i", "u", "em", "strong", "big", "small", "tt", "code", "nobr", "font", "span":
		return true
	}
	return strings.IndexByte(name, ':') > 0
}

// rawElements hold text only, whatever it looks like.
var rawElements = map[string]bool{
	"iframe": true, "noembed": true, "noframes": true, "noscript": true, "plaintext": true,
	"script": true, "style": true, "textarea": true, "title": true, "xmp": true,
}
