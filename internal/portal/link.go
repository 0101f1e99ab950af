package portal

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// sessionInPath is the servlet containers' session id in a path.
var sessionInPath = regexp.MustCompile(`(?i);jsessionid=[^?#/]*`)

// sessionKeys are query parameters that only carry a session.
var sessionKeys = []string{"jsessionid", "phpsessid", "aspsessionid"}

// resolve makes an href absolute: without fragment and session id. It is "" for what is
// no page: javascript:, mailto:, an empty href, a mere fragment.
func (p *Page) resolve(href string) string {
	href = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return -1 // browsers drop these from addresses
		}
		return r
	}, strings.TrimSpace(href))
	if href == "" || strings.HasPrefix(href, "#") {
		return ""
	}
	u, err := p.Base.Parse(strings.ReplaceAll(href, `\`, "/"))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" {
		return ""
	}
	u.Fragment, u.RawFragment = "", ""
	u.Path = sessionInPath.ReplaceAllString(u.Path, "")
	u.RawPath = sessionInPath.ReplaceAllString(u.RawPath, "")
	u.RawQuery = withoutSession(u.RawQuery)
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String()
}

// withoutSession drops session parameters and leaves the rest of the query as written:
// re-encoding it would change the address.
func withoutSession(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		key, _, _ := strings.Cut(part, "=")
		session := false
		for _, k := range sessionKeys {
			session = session || strings.EqualFold(key, k)
		}
		if !session {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "&")
}

// Shapes of a path's last segment.
var (
	documentFile = regexp.MustCompile(`(?i)\.(s?html?|jsp|jspx|jhtml|php|aspx?|do|action|pdf|docx?|xlsx?|wps|ofd|zip|rar|et)$`)
	columnFile   = regexp.MustCompile(`(?i)^(index|list|default|main|home|common_list|xlist|more|moreinfo)([_-]?\d+)?\.[a-z]+$`)
	longNumber   = regexp.MustCompile(`\d{4,}`)
)

// looksLikeArticle says whether an address names a document rather than a column, a home
// page or a site.
func looksLikeArticle(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	last := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	switch {
	case columnFile.MatchString(last):
		// Some families put an article into a folder of its own: /art/2392195/index.html.
		folder := strings.TrimSuffix(u.Path, "/"+last)
		tail := folder[strings.LastIndexByte(folder, '/')+1:]
		return u.RawQuery != "" && longNumber.MatchString(u.RawQuery) || len(tail) >= 6 && strings.Trim(tail, "0123456789") == ""
	case last == "":
		return false
	case documentFile.MatchString(last):
		return true
	}
	return longNumber.MatchString(last) || longNumber.MatchString(u.RawQuery)
}

// mostItems is the first item's path if most items have such a path, else "".
func (p *Page) mostItems(shape *regexp.Regexp) string {
	items := p.listed()
	fit, first := 0, ""
	for _, it := range items {
		u, err := url.Parse(it.URL)
		if err != nil || !shape.MatchString(u.Path) {
			continue
		}
		if fit++; fit == 1 {
			first = u.Path
		}
	}
	if fit == 0 || 2*fit < len(items) {
		return ""
	}
	return "items like " + first
}

// nearest is the one of several nodes that shares the smallest element with the first
// item: the pager of the list the items stand in. nil if there are none.
func (p *Page) nearest(nodes []*html.Node, items []Item) *html.Node {
	var item *html.Node
	if len(items) > 0 {
		for _, l := range p.links() {
			if l.url == items[0].URL {
				item = l.node
				break
			}
		}
	}
	var best *html.Node
	deepest := -1
	for _, n := range nodes {
		around := n.Parent
		for around != nil && item != nil && !contains(around, item) {
			around = around.Parent
		}
		if d := depth(around); d > deepest {
			best, deepest = n, d
		}
	}
	return best
}
