package portal

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

var (
	positionLabel = regexp.MustCompile(`(?:当前|现在|目前|所在)(?:的|所在)?(?:的)?(?:位置|栏目)(?:是|为)?\s*[:：]?`)
	crumbMark     = regexp.MustCompile(`[>＞»›→/／\\|｜]+|-{2,}`)
	titleMark     = regexp.MustCompile(`\s*(?:[-_|—–·]|--)+\s*`)
	genericCrumb  = regexp.MustCompile(`^(?:首页|正文|内容|详情|列表|文章|信息|当前位置|您的位置)?$`)
	yearOnly      = regexp.MustCompile(`^(?:19|20)\d{2}\s*年?(?:度)?$`)
	yearly        = regexp.MustCompile(`年报|年度报告`)
)

// yearlyColumn says whether a column is one of annual reports.
func yearlyColumn(name string) bool { return yearly.MatchString(name) }

// column is the name of the page's column: the last step of the breadcrumb, else meta
// ColumnName, else the first part of the title that is not the site's name. A step that is
// only a year is joined to the one before it: 政府信息公开年报 2023年.
func (p *Page) column() string {
	_, steps := p.breadcrumb()
	if name := lastStep(steps); name != "" {
		return name
	}
	if name := p.meta("ColumnName"); name != "" {
		return name
	}
	site := p.meta("SiteName")
	for _, part := range titleMark.Split(tidy(p.Doc.Find("title").First().Text()), -1) {
		if part != "" && part != site && !genericCrumb.MatchString(part) {
			return part
		}
	}
	return ""
}

func lastStep(steps []string) string {
	for i := len(steps) - 1; i >= 0; i-- {
		switch {
		case genericCrumb.MatchString(steps[i]):
		case yearOnly.MatchString(steps[i]) && i > 0:
			return steps[i-1] + " " + steps[i]
		default:
			return steps[i]
		}
	}
	return ""
}

// breadcrumb is the path of columns to the page, outermost first, and the element that
// shows it; nil if none is found.
func (p *Page) breadcrumb() (box *html.Node, steps []string) {
	for _, body := range p.Doc.Find("body").Nodes {
		texts(body, func(t *html.Node) bool {
			if positionLabel.MatchString(tidy(t.Data)) {
				box, steps = stepsFrom(t)
			}
			return box == nil
		})
	}
	if box != nil {
		return box, steps
	}
	for _, n := range p.Doc.Find("[class*=crumb], [class*=Crumb], [id*=crumb], .path, .location, .position, .weizhi, .dqwz").Nodes {
		if steps := stepsIn(n); len(steps) > 1 && strings.HasSuffix(steps[0], "首页") {
			return n, steps
		}
	}
	return nil, nil
}

// stepsFrom reads the steps after a position label, in the smallest element around it
// that holds any.
func stepsFrom(label *html.Node) (*html.Node, []string) {
	n := label.Parent
	for range 4 {
		if n == nil || runes(textOf(n)) > 300 {
			return nil, nil
		}
		steps := stepsIn(n)
		for len(steps) > 0 && genericCrumb.MatchString(positionLabel.ReplaceAllString(steps[0], "")) && steps[0] != "首页" {
			steps = steps[1:]
		}
		if len(steps) > 0 {
			return n, steps
		}
		n = n.Parent
	}
	return nil, nil
}

// stepsIn splits the texts of an element into steps: at separators, and at the borders of
// elements, since a separator may be an image.
func stepsIn(n *html.Node) []string {
	var steps []string
	texts(n, func(t *html.Node) bool {
		for _, s := range crumbMark.Split(positionLabel.ReplaceAllString(tidy(t.Data), ">"), -1) {
			s = strings.Trim(tidy(s), " :：您你的-")
			if itemLike(s) {
				return false
			}
			if s != "" {
				steps = append(steps, s)
			}
		}
		return true
	})
	return steps
}

// itemLike says whether a text is too much for a step: an item of a list in the same
// element as the breadcrumb.
func itemLike(s string) bool {
	return runes(s) > 30 || runes(s) > 12 && reportWords.MatchString(s) && reportYear.MatchString(s)
}

// meta is the content of a meta element; names are compared without regard to case, and
// of several the first with content counts.
func (p *Page) meta(name string) string {
	for _, n := range p.Doc.Find("meta[name]").Nodes {
		if strings.EqualFold(attr(n, "name"), name) {
			if c := tidy(attr(n, "content")); c != "" {
				return c
			}
		}
	}
	return ""
}

// hostOf is the lower-case host name of an address, without the port.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// SiteName is the name a page gives its site: meta SiteName, else the last part of its
// title; "" if it gives none.
func SiteName(p *Page) string {
	if name := p.meta("SiteName"); name != "" {
		return name
	}
	parts := titleMark.Split(tidy(p.Doc.Find("title").First().Text()), -1)
	if name := parts[len(parts)-1]; len(parts) > 1 && !genericCrumb.MatchString(name) && name != p.column() {
		return name
	}
	return ""
}

// shared is the column that the rows of an answer give; mixed says that they give several.
func shared(names []string) (column string, mixed bool) {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	if len(names) == 1 {
		return names[0], false
	}
	return "", len(names) > 1
}
