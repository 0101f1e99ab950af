package portal

import (
	"fmt"
	"regexp"
	"strings"
)

// The Hunan i-number family (Zhuzhou, Hengyang, Zhangjiajie, Anxiang); vendor unknown.
//
// Recognised by: an own address /c{column}/pages/{n}.html, or items most of which are
// {yyyymmdd}/i{number}.html.
//
// Pages by: the next link, else the number after the current one in #pages, else
// pages/{n}.html beside the first page index.html.
//
// Assumptions:
//   - The highest pages/{n}.html that the pager links to is the last page (its 尾页).
//   - The number in the address is the page's own number: anything else the pager shows
//     is a PagingError.
//
// Counts by: unknown; 浏览次数 is blank until a script fills it. Files: links, and the
// viewers span.edui-pdf[data-pdf].

// inumber is the adapter for the i-number lists.
func inumber() Adapter {
	return Adapter{
		Name:   "inumber",
		Detect: detectINumber,
		List:   listINumber,
		Views:  views,
		Count:  Count,
		Files:  inumberFiles,
	}
}

var (
	inumberPage = regexp.MustCompile(`^(.*/)pages/(\d{1,4})\.html$`)
	inumberItem = regexp.MustCompile(`/(?:19|20)\d{6}/i\d{3,}\.html$`)
)

func detectINumber(p *Page) string {
	if inumberPage.MatchString(p.URL.Path) && p.Doc.Find("#pages").Length() > 0 {
		return p.URL.Path
	}
	if inumberItem.MatchString(p.URL.Path) {
		return p.URL.Path // an article
	}
	return p.mostItems(inumberItem)
}

func listINumber(p *Page) (Listing, error) {
	l, s := p.read()
	folder, page := p.URL.Path, 1
	if m := inumberPage.FindStringSubmatch(p.URL.Path); m != nil {
		folder, page = m[1], number(m[2])
	}
	last := 0
	for _, a := range p.Doc.Find("#pages a[href], .pages a[href]").Nodes {
		if m := inumberPage.FindStringSubmatch(p.resolve(attr(a, "href"))); m != nil {
			last = max(last, number(m[2]))
		}
	}
	if marked := currentNumber(p.numbers(), p.resolve(p.URL.String())); s.current < 1 && marked > 0 {
		s.current = marked
	}
	if s.current > 0 && s.current != page {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the page says it is number %d, its address is number %d", s.current, page)}
	}
	if last > 0 && s.pages < 0 {
		s.pages, s.evidence = max(last, page), fmt.Sprintf("link to pages/%d.html", last)
		l.Pages = s.pages
	}
	s.current = page
	if s.pages > 0 && page >= s.pages {
		return l, nil
	}
	pg := p.pager()
	if pg.next == "" && last > page {
		u := *p.URL
		u.Path, u.RawPath = fmt.Sprintf("%spages/%d.html", folder[:strings.LastIndexByte(folder, '/')+1], page+1), ""
		pg.next = u.String()
	}
	return p.withNext(l, s, pg)
}

// inumberFiles adds the documents that the editor's viewer shows to the linked ones.
func inumberFiles(p *Page) []Item {
	items := files(p)
	for _, n := range p.Doc.Find("span.edui-pdf[data-pdf]").Nodes {
		if address := p.resolve(attr(n, "data-pdf")); address != "" {
			items = append(items, Item{URL: address, Title: textOf(n)})
		}
	}
	return items
}
