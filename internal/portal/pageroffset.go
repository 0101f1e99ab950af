package portal

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// The Hunan pager.offset family (Yueyang, Xiangtan, Chenzhou, Yiyang and others).
//
// Recognised by: pager.offset in a link, a form or a script; or, for lists of one page, by
// items content_{number}.html in folders of numbers.
//
// Pages by: the 下一页 link, else index.jsp?pager.offset=(n-1)*size in the same folder.
//
// Counts by: nothing: 浏览次数 stands in the page, if at all.
//
// Assumptions:
//   - The next page is where 下一页 leads, be it a static index_{n}.htm or the portal's
//     dynamic host.
//   - Without such a link page n is index.jsp?pager.offset={(n-1)*size}&pager.desc=false in
//     the same folder; size is the smallest positive offset among the page's links, else the
//     step the own offset shows, else the number of items on the first page.
//   - An own offset that is no multiple of the size, or that does not fit the page number
//     the page states, is a PagingError: the portal then counts in another way.

// pagerOffset is the adapter for the Hunan pager.offset family.
func pagerOffset() Adapter {
	return Adapter{
		Name:   "pageroffset",
		Detect: detectPagerOffset,
		List:   listPagerOffset,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	offsetMark  = regexp.MustCompile(`pager\.offset\s*=\s*['"]?\s*\+?\s*(\d{0,6})`)
	contentPath = regexp.MustCompile(`^(?:/[\w-]+)*/content_\d{4,}\.html?$`)
	numberPath  = regexp.MustCompile(`/\d{3,}/`)
)

func detectPagerOffset(p *Page) string {
	if m := offsetMark.FindString(p.Text); m != "" {
		return m
	}
	if trsCallOf(p).evidence != "" {
		return "" // another family's static paging
	}
	var first string
	fit, all := 0, 0
	for _, it := range p.listed() {
		u, err := url.Parse(it.URL)
		if err != nil {
			continue
		}
		all++
		if contentPath.MatchString(u.Path) && (numberPath.MatchString(u.Path) || numberPath.MatchString(p.URL.Path)) {
			fit++
			first = cmp.Or(first, u.Path)
		}
	}
	if fit == 0 || 2*fit < all {
		return ""
	}
	return "items like " + first
}

func listPagerOffset(p *Page) (Listing, error) {
	l, s := p.read()
	pg := p.pager()
	if err := offsetFits(p, s); err != nil {
		return l, err
	}
	if pg.next != "" || s.pages < 2 || s.current == s.pages {
		return p.withNext(l, s, pg)
	}
	own := offsetIn(p.URL.RawQuery)
	size := pageSize(p, own, s, len(l.Items))
	page := s.current
	if page < 1 && size > 0 {
		page = max(own, 0)/size + 1
	}
	if size == 0 || page < 1 {
		return p.withNext(l, s, pg)
	}
	if page >= s.pages {
		return l, nil
	}
	l.Next = []Request{{URL: p.resolve(fmt.Sprintf("index.jsp?pager.offset=%d&pager.desc=false", page*size))}}
	return l, nil
}

// offsetIn is the value of pager.offset in a query, -1 if it has none.
func offsetIn(query string) int {
	if m := offsetMark.FindStringSubmatch(query); m != nil && m[1] != "" {
		return number(m[1])
	}
	return -1
}

// pageSize is the number of items a full page has, 0 if the page does not tell.
func pageSize(p *Page, own int, s stated, items int) int {
	var offsets []int
	for _, a := range p.Doc.Find("a[href*='pager.offset']").Nodes {
		if _, query, found := strings.Cut(attr(a, "href"), "?"); found {
			if n := offsetIn(query); n > 0 {
				offsets = append(offsets, n)
			}
		}
	}
	if own > 0 {
		offsets = append(offsets, own)
	}
	switch {
	case len(offsets) > 0 && own <= 0:
		return slices.Min(offsets)
	case own > 0 && s.current > 1 && own%(s.current-1) == 0:
		return own / (s.current - 1)
	case own > 0 && len(offsets) > 1:
		return gcd(offsets)
	case own <= 0 && s.current <= 1:
		return items
	}
	return 0
}

func gcd(ns []int) int {
	g := 0
	for _, n := range ns {
		for n != 0 {
			g, n = n, g%n
		}
	}
	return g
}

// offsetFits compares the own offset with the page number the page states.
func offsetFits(p *Page, s stated) error {
	own := offsetIn(p.URL.RawQuery)
	if own < 0 || s.current < 1 {
		return nil
	}
	if (own == 0) == (s.current == 1) && (s.current == 1 || own%(s.current-1) == 0) {
		return nil
	}
	return &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the page says it is number %d, its address asks for pager.offset=%d", s.current, own)}
}
