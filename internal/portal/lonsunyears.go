package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// The annual reports of a Lonsun portal are pages of one column, /public/column/{organ}?type=3,
// that differ in timeFrame, the year; a box of years leads from each to the others.
//
// Assumptions:
//   - Every frame is an item, titled with the year as printed; the column's name comes from the
//     breadcrumb or, where that ends with the organ, from the menu's link to the column.
//   - The year shown may be no link: its address is that of another frame with its own year.
//   - Several years without a link, or a link without an address, are a PagingError.
//   - Pages that have pageCount too are a list that can be narrowed to a year, and no frames.

// yearFrames is the box with the years of an annual report.
const yearFrames = "#timeFrame"

var yearDigits = regexp.MustCompile(`(?:19|20)\d{2}`)

// lonsunYears reads a column whose pages are the annual reports themselves; ok is false
// where the page is another column's.
func lonsunYears(p *Page, l Listing) (_ Listing, ok bool, err error) {
	frames := p.Doc.Find(yearFrames)
	if frames.Length() == 0 || lonsunPages.MatchString(p.liveCode()) {
		return l, false, nil
	}
	var rows []row
	var bare, dead []string
	for _, frame := range frames.Nodes {
		texts(frame, func(t *html.Node) bool {
			a := linkAround(t)
			if a == nil {
				if title := tidy(t.Data); yearOnly.MatchString(title) {
					bare = append(bare, title)
				}
				return true
			}
			if address := p.target(a); address != "" {
				rows = append(rows, row{items: []Item{{URL: address, Title: titleOf(a)}}})
			} else {
				dead = append(dead, fmt.Sprintf("%s leads to %q", titleOf(a), cut(attr(a, "href")+attr(a, "onclick"))))
			}
			return true
		})
	}
	if len(rows)+len(bare)+len(dead) == 0 {
		return l, false, nil
	}
	if len(bare) == 1 {
		shown := Item{URL: p.resolve(p.URL.String()), Title: bare[0]}
		if len(rows) > 0 {
			shown.URL = frameOf(bare[0], rows[0].items[0].URL, shown.URL)
		}
		rows, bare = append([]row{{items: []Item{shown}}}, rows...), nil
	}
	for _, year := range bare {
		dead = append(dead, year+" is no link")
	}
	l.Items, l.Total, l.Pages = merged(rows), -1, -1
	if !yearlyColumn(l.Column) {
		for _, a := range p.Doc.Find("a[href*='type=3'], .on a, .active a, .current a, a.on, a.active, a.current").Nodes {
			if s := titleOf(a); yearlyColumn(s) {
				l.Column = s
				break
			}
		}
	}
	if len(dead) > 0 {
		err = &PagingError{URL: p.URL.String(), Evidence: "year frames: " + strings.Join(dead, ", ")}
	}
	return l, true, err
}

// frameOf is the address of a year's frame, made of another frame's; own where that one
// does not name its year.
func frameOf(year, other, own string) string {
	u, err := url.Parse(other)
	if err != nil || u.Query().Get("timeFrame") == "" {
		return own
	}
	return withParam(u, "timeFrame", yearDigits.FindString(year))
}
