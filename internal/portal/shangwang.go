package portal

import (
	"fmt"
	"regexp"
)

// 安徽商网 (Bozhou, Xuancheng, Tongling, Chizhou, Huangshan; Hulunbuir).
//
// Recognised by: an own address .../showList/{numbers}/..., or items most of which are
// {Module}/show/{number}.html. Modules are News, XxgkContent, OpennessContent,
// XxgkAnnualReport, OpennessAnnualReport and others.
//
// Pages by: the next link; else page_{n}.html in the same folder, which counts from 1 and
// is the folder itself for n = 1. The pager is drawn by script from an element
// <pagination pagesize="N">.
//
// Assumptions:
//   - pagesize is, against its name, the number of pages (three spiders of one author read
//     it so). Were it the number of rows, the walk would end before the number of pages
//     it states: a named outcome.
//   - A list with neither a pager nor that element is one page; with a pager that is
//     empty until a script fills it, it is a PagingError.
//   - Numbers of annual reports are dense; they are never enumerated.
//
// Counts by: none known.

// shangwang is the adapter for the 商网 lists.
func shangwang() Adapter {
	return Adapter{
		Name:   "shangwang",
		Detect: detectShangwang,
		List:   listShangwang,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	shangwangList = regexp.MustCompile(`^(.*/[A-Za-z]+/showList(?:/\d+)+)(?:/?|/page_(\d{1,4})\.html)$`)
	shangwangItem = regexp.MustCompile(`/[A-Z][A-Za-z]+/show/\d+\.html$`)
)

func detectShangwang(p *Page) string {
	if shangwangList.MatchString(p.URL.Path) || shangwangItem.MatchString(p.URL.Path) {
		return p.URL.Path
	}
	return p.mostItems(shangwangItem)
}

func listShangwang(p *Page) (Listing, error) {
	l, s := p.read()
	own := shangwangList.FindStringSubmatch(p.URL.Path)
	page := 0
	if own != nil {
		page = max(1, number(own[2]))
	}
	if page > 0 && s.current > 0 && s.current != page {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the page says it is number %d, its address is page_%d", s.current, page)}
	}
	element := p.Doc.Find("pagination[pagesize]").First()
	if m := pageSign.FindStringSubmatch(tidy(element.AttrOr("pagesize", ""))); m != nil && s.pages < 0 {
		s.pages, s.evidence = number(m[1]), "pagination pagesize="+m[1]
		l.Pages = s.pages
	}
	if page > 0 && s.pages >= 0 && page >= s.pages {
		return l, nil
	}
	pg := p.pager()
	if pg.next == "" && page > 0 && s.pages > page {
		u := *p.URL
		u.Path, u.RawPath = fmt.Sprintf("%s/page_%d.html", own[1], page+1), ""
		pg.next = u.String()
	}
	if box := p.Doc.Find("#pagination").First(); pg == (pager{}) && s.pages < 0 && box.Length() > 0 && tidy(box.Text()) == "" {
		pg.dead = "the pager #pagination is empty: a script fills it"
	}
	return p.withNext(l, s, pg)
}
