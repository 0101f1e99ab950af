package portal

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// 苏迪 webplus (mostly universities; some bureaus and districts).
//
// Recognised by: the pager wp_paging, the scripts' attribute sudy-wp-siteid, files below
// /_upload/tpl/, the body wp_articlecontent, or a counter WP_VisitCount.
//
// Pages by: where a.next leads; else list{n}.htm after list.htm, which is how the pager's
// own jump builds addresses. The pager states records, pages and the current page in
// elements of their own.
//
// Assumptions:
//   - Of several pagers the one around the items is meant.
//   - The number in list{n} is the page's own number: anything else is a PagingError.
//   - On the last page 下一页 is javascript:void(0) like on any page whose pager is broken,
//     so the last page is only believed by its number.
//
// Counts by: POST _visitcountdisplay, which only shows; what the static page prints there
// is a placeholder.

// webplus is the adapter for webplus lists.
func webplus() Adapter {
	return Adapter{
		Name:   "webplus",
		Detect: detectWebplus,
		List:   listWebplus,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

// webplusList is the address of a list page: list.htm, list2.htm, list2.psp.
var webplusList = regexp.MustCompile(`^(.*/list)(\d{0,4})(\.\w+)$`)

func detectWebplus(p *Page) string {
	for _, mark := range []string{".wp_paging", "[sudy-wp-siteid]", ".wp_articlecontent", ".WP_VisitCount", `link[href^="/_upload/tpl/"], script[src^="/_upload/tpl/"]`} {
		if p.Doc.Find(mark).Length() > 0 {
			return mark
		}
	}
	return ""
}

func listWebplus(p *Page) (Listing, error) {
	l, s := p.read()
	box := p.nearest(p.Doc.Find(".wp_paging").Nodes, l.Items)
	if box == nil {
		return p.withNext(l, s, p.pager())
	}
	pager := goquery.NewDocumentFromNode(box)
	for name, to := range map[string]*int{"em.curr_page": &s.current, "em.all_pages": &s.pages, "em.all_count": &s.total} {
		*to = number(strings.ReplaceAll(tidy(pager.Find(name).First().Text()), ",", ""))
	}
	l.Pages, l.Total = s.pages, s.total
	s.evidence = fmt.Sprintf("page %d of %d", s.current, s.pages)
	if s.total == 0 {
		l.Items = nil // what was taken for the listing is furniture
	}
	own := webplusList.FindStringSubmatch(p.URL.Path)
	if own != nil && s.current > 0 && max(1, number(own[2])) != s.current {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the page says it is number %d, its address is list%s", s.current, own[2])}
	}
	if s.pages >= 0 && s.current >= s.pages {
		return l, nil
	}
	for _, a := range pager.Find("a.next").Nodes {
		if next := p.target(a); next != "" {
			l.Next = []Request{{URL: next}}
			return l, nil
		}
	}
	if own != nil && s.current > 0 && s.pages > s.current {
		u := *p.URL
		u.Path, u.RawPath = fmt.Sprintf("%s%d%s", own[1], s.current+1, own[3]), ""
		l.Next = []Request{{URL: u.String()}}
		return l, nil
	}
	return p.withNext(l, s, p.pager())
}
