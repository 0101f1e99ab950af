package portal

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// inlineCode is the code of a page's inline scripts without comments, one script after
// the other: commented-out paging calls are common in templates and say nothing.
func inlineCode(doc *goquery.Document) string {
	var b strings.Builder
	doc.Find("script").Each(func(_ int, s *goquery.Selection) {
		switch strings.ToLower(s.AttrOr("type", "")) {
		case "text/xml", "text/html", "text/template", "application/ld+json":
			return // data, not code
		}
		b.WriteString(uncomment(s.Text()))
		b.WriteByte('\n')
	})
	return b.String()
}

// uncomment drops JavaScript comments: // and /* */, and the HTML-like <!-- and --> at
// which a browser ends the line. Strings are kept as they are, so that the // of an
// address is no comment; a regular expression literal ends at its line at the latest.
func uncomment(code string) string {
	var b strings.Builder
	last := byte('\n') // last character that is not blank: tells a division from a regular expression
	for i := 0; i < len(code); {
		rest := code[i:]
		switch c := code[i]; {
		case strings.HasPrefix(rest, "//"), strings.HasPrefix(rest, "<!--"),
			strings.HasPrefix(rest, "-->") && last == '\n':
			i += lineEnd(rest)
		case strings.HasPrefix(rest, "/*"):
			end := strings.Index(rest[2:], "*/")
			if end < 0 {
				return b.String()
			}
			b.WriteByte(' ')
			i += end + 4
		case c == '"' || c == '\'' || c == '`' || c == '/' && strings.IndexByte("\n(,=:[!&|?{};", last) >= 0:
			n := literalEnd(rest)
			b.WriteString(rest[:n])
			i += n
			last = c
		default:
			b.WriteByte(c)
			if c == '\n' || c != ' ' && c != '\t' && c != '\r' {
				last = c
			}
			i++
		}
	}
	return b.String()
}

func lineEnd(s string) int {
	if n := strings.IndexByte(s, '\n'); n >= 0 {
		return n
	}
	return len(s)
}

// literalEnd is the length of the literal that s starts with: to its closing quote, which
// is the character it opens with, or to the end of the line where none closes it.
func literalEnd(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\':
			i++
		case s[i] == s[0]:
			return i + 1
		case s[i] == '\n' && s[0] != '`':
			return i
		}
	}
	return len(s)
}
