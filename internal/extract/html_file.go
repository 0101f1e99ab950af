package extract

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fileName is how the link of a document beside an empty body reads.
var fileName = regexp.MustCompile(`报告|年报|附件|下载|(?i)\.(pdf|docx?|wps|ofd|xlsx?)$`)

// shownFile is the call of a script that shows a document in the place of the body:
// showVsbpdfIframe("/__local/A/B/1.pdf","100%","600") and the like of other viewers.
var shownFile = regexp.MustCompile(`(?i)(?:show|view|open|load|embed|render)\w*\s*\(\s*["']([^"']+\.(?:pdf|docx?|ofd))["']`)

// emptyBody, in characters: below this the document may lie in a file beside it.
const emptyBody = 150

// filesBeside lists the documents that the page shows in a frame or an object,
// and, when its body says next to nothing, the files linked anywhere on it.
func (d *document) filesBeside(body extent, address string, known []Link) []Link {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	said := 0
	for i := body.from; i < body.to; i++ {
		said += utf8.RuneCountInString(d.pieces[i].text)
	}
	var out []Link
	for n := range d.root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		target, text := "", ""
		switch n.DataAtom {
		case atom.Iframe, atom.Embed:
			target = attr(n, "src")
		case atom.Object:
			target = attr(n, "data")
		case atom.Script:
			if n.FirstChild != nil && namesDocument(n.FirstChild.Data) {
				if m := shownFile.FindStringSubmatch(n.FirstChild.Data); m != nil {
					target = m[1]
				}
			}
		case atom.A:
			if said >= emptyBody {
				continue
			}
			if text = joined(n); fileName.MatchString(text) {
				target = attr(n, "href")
			}
		}
		if target == "" || !isFileLink(target) {
			continue
		}
		to, err := base.Parse(strings.TrimSpace(target))
		if err != nil || to.Scheme != "http" && to.Scheme != "https" {
			continue
		}
		if l := (Link{Text: text, URL: to.String()}); !slices.ContainsFunc(append(known, out...), func(k Link) bool { return k.URL == l.URL }) {
			out = append(out, l)
		}
	}
	return out
}

// namesDocument: an ending of shownFile's stands in the program.
func namesDocument(program string) bool {
	for {
		_, after, found := strings.Cut(program, ".")
		if !found {
			return false
		}
		if len(after) >= 3 && (strings.EqualFold(after[:3], "pdf") || strings.EqualFold(after[:3], "doc") || strings.EqualFold(after[:3], "ofd")) {
			return true
		}
		program = after
	}
}
