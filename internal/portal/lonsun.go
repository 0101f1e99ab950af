package portal

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// Lonsun (龙讯), most of Anhui's portals and some of Sichuan's and Jiangxi's.
//
// Recognised by: Ls.pagination( or Ls.ajax( in a live script, an address /site/label/{n} asked
// by one or asked itself, year frames (#timeFrame), an address /public/column/{organ}, or
// items /public/{organ}/{id}.html.
//
// Pages by: pageIndex= of the label's endpoint /site/label/{n} or of the column's address;
// year frames are items.
//
// Counts by: none: what fills i.j-info-hit is not known.
//
// Assumptions:
//   - Annual reports by year are no list: column pages with year frames show the report of
//     one year each, and the frames are the items (lonsunyears.go).
//   - Other columns show their first page, with pageCount in its script, or none, and ask
//     /site/label/{n} for a fragment of HTML. All parameters stand in the call, pageIndex is
//     the page, from 1; GET does what the page's own request does. A parameter that is
//     computed is a PagingError.
//   - Columns outside disclosure page by location.href = '...?pageIndex=' + pageIndex.
//   - currPage is the page shown. Another one than asked for, or a fragment without rows
//     before pageCount is reached, is a PagingError.
//   - A fragment without pageCount is the last one if it has fewer rows than pageSize.

// lonsun is the adapter for Lonsun columns.
func lonsun() Adapter {
	return Adapter{
		Name:   "lonsun",
		Detect: detectLonsun,
		List:   listLonsun,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	lonsunCode    = regexp.MustCompile(`\bLs\.(?:pagination|ajax)\(`)
	lonsunLabel   = regexp.MustCompile(`/site/label/\d+`)
	lonsunColumn  = regexp.MustCompile(`/public/column/\d+$`)
	lonsunArticle = regexp.MustCompile(`/public/(?:content/\d+|\d+/\d+\.html)$`)
	lonsunPages   = regexp.MustCompile(`\bpageCount\s*:\s*["']?(\d{1,5})`)
	lonsunPage    = regexp.MustCompile(`\bcurrPage\s*:\s*\(?\s*(\d{1,5})\s*(\+\s*1\b)?`)
	lonsunTotal   = regexp.MustCompile(`(?s)\bLs\.pagination\(.*?[{,\s]total\s*:\s*["']?(\d{1,6})`)
	lonsunHref    = regexp.MustCompile(`\blocation\.href\s*=\s*["']([^"']*[?&]pageIndex=)["']\s*\+\s*pageIndex`)
)

func detectLonsun(p *Page) string {
	if m := lonsunLabel.FindString(p.URL.Path); m != "" {
		return "endpoint " + m
	}
	if m := lonsunColumn.FindString(p.URL.Path); m != "" {
		return "address " + m
	}
	code := p.liveCode()
	for _, re := range []*regexp.Regexp{lonsunCode, lonsunLabel} {
		if m := re.FindString(code); m != "" {
			return m
		}
	}
	if p.Doc.Find(yearFrames+" a[href*='timeFrame=']").Length() > 0 {
		return yearFrames
	}
	return p.mostItems(lonsunArticle)
}

func listLonsun(p *Page) (Listing, error) {
	l, s := p.read()
	if l, ok, err := lonsunYears(p, l); ok {
		return l, err
	}
	code := p.liveCode()
	own := max(queryNumber(p.URL.RawQuery, "pageIndex"), 1)
	s.pages, s.current = -1, own
	if m := lonsunPages.FindStringSubmatch(code); m != nil {
		s.pages, s.evidence = number(m[1]), m[0]
	}
	if m := lonsunPage.FindStringSubmatch(code); m != nil {
		s.current = number(m[1])
		if m[2] != "" {
			s.current++
		}
	}
	if m := lonsunTotal.FindStringSubmatch(code); m != nil && l.Total < 0 {
		l.Total = number(m[1])
	}
	l.Pages = s.pages
	switch {
	case s.current != own:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d was asked for, currPage says %d", own, s.current)}
	case lonsunLabel.MatchString(p.URL.Path):
		return lonsunFragment(p, l, s)
	}
	return lonsunShown(p, l, s)
}

// lonsunFragment finds the page after a fragment, which is the same request once more.
func lonsunFragment(p *Page, l Listing, s stated) (Listing, error) {
	rows := len(l.Items)
	switch {
	case rows == 0 && s.pages > 1 && s.current <= s.pages:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d has no rows, though %s", s.current, s.evidence)}
	case s.pages >= 0 && s.current >= s.pages, s.pages < 0 && (rows == 0 || rows < queryNumber(p.URL.RawQuery, "pageSize")):
		return l, nil
	}
	r, _ := p.ask(http.MethodGet, withParam(p.URL, "pageIndex", fmt.Sprint(s.current+1)), "")
	l.Next = []Request{r}
	return l, nil
}

// lonsunShown finds the page after one that a browser shows. Rows without pageCount beside
// them are not believed to be the listing where a label would bring them.
func lonsunShown(p *Page, l Listing, s stated) (Listing, error) {
	next := s.current + 1
	switch {
	case s.pages == 0, s.pages > 0 && s.current >= s.pages && len(l.Items) > 0:
		return l, nil
	case s.pages < 0 || len(l.Items) == 0:
		next = 1
	}
	if m := lonsunHref.FindStringSubmatch(p.liveCode()); m != nil && next > 1 {
		l.Next = []Request{{URL: p.resolve(m[1] + fmt.Sprint(next))}}
		return l, nil
	}
	r, err := lonsunCall(p, next)
	switch {
	case err != nil:
		return l, &PagingError{URL: p.URL.String(), Evidence: err.Error()}
	case r.URL == "": // no label: what the page shows is all there is
		return p.withNext(l, s, p.pager())
	case next == 1:
		l.Items = nil
	}
	l.Next = []Request{r}
	return l, nil
}

// lonsunCall is the request of the page's label call for one page of rows; without URL if the
// page calls no label by page.
func lonsunCall(p *Page, page int) (Request, error) {
	address, params := labelCall(p.liveCode())
	if address == "" {
		return Request{}, nil
	}
	var query []string
	if !strings.Contains(address, "IsAjax") {
		query = append(query, "IsAjax=1", "dataType=html")
	}
	for _, kv := range params {
		value, err := kv.query(p.liveCode(), page)
		if err != nil {
			return Request{}, err
		}
		query = append(query, value)
	}
	mark := "?"
	if strings.Contains(address, "?") {
		mark = "&"
	}
	r, ok := p.ask(http.MethodGet, address+mark+strings.Join(query, "&"), "")
	if !ok {
		return Request{}, fmt.Errorf("%s is no address", address)
	}
	return r, nil
}
