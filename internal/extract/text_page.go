package extract

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
)

// markup are the tags that a page of a portal cannot do without. Titles in angle
// brackets (<中华人民共和国政府信息公开条例>) are none.
var markup = regexp.MustCompile(`(?i)<(!doctype|html|head|body|meta|div|p|br|table|tr|td|span|a|h[1-6]|ul|li|pre|script|font|article|section)[\s/>]`)

// readText makes a Page of the text of a capture: of markup, whatever media type
// the server names, or of plain text. Plain text is a page that is one
// preformatted element; its first line is its title.
func readText(text, address string) (*Page, error) {
	const within = 64 << 10 // bytes; no page begins with more text than that
	if markup.MatchString(text[:min(len(text), within)]) {
		return readHTML(text, address)
	}
	if len(text) > longestPage {
		return nil, fmt.Errorf("%w: more than %d bytes of plain text", errBeyond, longestPage)
	}
	p, err := readHTML("<pre>\n"+html.EscapeString(text)+"</pre>", address)
	if err != nil {
		return nil, err
	}
	for _, line := range strings.Split(text, "\n") {
		if line = tidy(line); line != "" {
			if !slices.Contains(p.Headings, line) {
				p.Headings = append(p.Headings, line)
			}
			break
		}
	}
	return p, nil
}
