package portal

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// viewLabel announces a page's views; the words before it in siteViews those of the site.
var (
	viewLabel = regexp.MustCompile(`(?:浏览|阅读|点击|访问|查看|阅览|点阅)(?:次数|数|量|率)|被阅览数|累计次数|人气`)
	siteViews = regexp.MustCompile(`(?:总|网站|本站|站点|今日|昨日|当前|累计)$`)
)

// labelEnd is what may stand between a view label and its number.
const labelEnd = " :：[【(（次"

// ViewScript is what stands where a view label wants its number and is no counter known
// here: a script's address or first words, or the empty element that some script fills.
// It is "" where the page has no view label, or a known counter answers for it.
func ViewScript(p *Page) string {
	if _, known := FindCounter(p); known {
		return ""
	}
	found := ""
	for _, body := range p.Doc.Find("body").Nodes {
		texts(body, func(t *html.Node) bool {
			s := tidy(t.Data)
			if loc := viewLabel.FindStringIndex(s); loc != nil && runes(s) < 120 && !siteViews.MatchString(s[:loc[0]]) && strings.Trim(s[loc[1]:], labelEnd) == "" {
				found = afterLabel(t)
			}
			return found == ""
		})
	}
	return found
}

// afterLabel describes the script or empty element that follows a label, within the label's
// element or the one around it.
func afterLabel(label *html.Node) string {
	for n, up := label, 0; n != nil && up < 2; n, up = n.Parent, up+1 {
		for s := n.NextSibling; s != nil; s = s.NextSibling {
			if s.Type == html.TextNode && strings.Trim(tidy(s.Data), labelEnd) != "" {
				return ""
			}
			if s.Type != html.ElementNode {
				continue
			}
			if s.DataAtom == atom.Script {
				return scriptMark(s)
			}
			for d := range s.Descendants() {
				if d.DataAtom == atom.Script {
					return scriptMark(d)
				}
			}
			if textOf(s) == "" && (attr(s, "id") != "" || attr(s, "class") != "") {
				return elementMark(s)
			}
			return ""
		}
	}
	return ""
}

func scriptMark(n *html.Node) string {
	if src := attr(n, "src"); src != "" {
		return "script " + cut(src)
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(c.Data)
	}
	return "script " + cut(tidy(b.String()))
}

func elementMark(n *html.Node) string {
	if id := attr(n, "id"); id != "" {
		return "<" + n.Data + " id=" + cut(id) + ">"
	}
	return "<" + n.Data + " class=" + cut(attr(n, "class")) + ">"
}
