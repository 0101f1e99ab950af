package portal

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// UCAP (开普云) static lists, and the lists its script asks from a search endpoint.
//
// Recognised by: a live call createPageHTML with six arguments (element, pages, number, name,
// extension, items), a script that asks /common/search/, /searchList/ or /search/ for _isJson,
// an address of such an endpoint, the vendor's meta elements with websiteId and channelId, or
// items {yyyymm}/{32 hex digits}.shtml or c{number}/c{number}/content.shtml.
//
// Pages by: static lists {name}_{n}.{ext} as the call says, or page= of the endpoint.
//
// Counts by: none known.
//
// Assumptions:
//   - Static pages count from 1: the first is {name}.{ext} or the bare folder, page n is
//     {name}_{n}.{ext}. Portals are reported whose second page is {name}_1: it is tried where
//     _2 does not exist or brings nothing new, and a page _2 that calls itself the third,
//     reached from the first, sends back to _1 before going on.
//   - A number in the address that is neither the page's own nor one less is a PagingError.
//   - The endpoint counts from 1 and may cap _pageSize: the size is what its first page
//     holds. An answer that calls itself another page than asked for, that is empty before
//     total is reached, or that is no JSON is a PagingError.
//   - The endpoint's address is in the page's script, or its last part is the page's
//     channelid. Portals that put a browser's token into it cannot be asked: PagingError.
//   - Rows of a page that stands before an endpoint are its first page if they are as many as
//     _pageSize says. Else they are left to the endpoint, which has them all.

// ucap is the adapter for UCAP lists.
func ucap() Adapter {
	return Adapter{
		Name:   "ucap",
		Detect: detectUCAP,
		List:   listUCAP,
		Views:  views, // the vendor's own counter only counts
		Count:  Count,
		Files:  files,
	}
}

var (
	ucapEndpoint = regexp.MustCompile(`["'](?:(?:https?:)?//[\w.:-]+)?/(?:common/search|searchList|search)/([0-9a-f]{32})?(\?[^"']*)?["']`)
	ucapPath     = regexp.MustCompile(`^/(?:common/search|searchList|search)/[0-9a-f]{32}$`)
	ucapArticle  = regexp.MustCompile(`/(?:\d{6}|\d{4}/\d{1,2}/\d{1,2})/c?[0-9a-f]{32}\.s?html$|/c\d{5,}/c\d{5,}/content\.s?html$`)
	ucapSize     = regexp.MustCompile(`_pageSize["']?\s*[:=]\s*["']?(\d{1,4})`)
	ucapChannel  = regexp.MustCompile(`\bchannel_?[iI]d["']?\s*[:=]\s*["']([0-9a-f]{32})["']`)
)

func detectUCAP(p *Page) string {
	code := p.liveCode()
	switch {
	case ucapPath.MatchString(p.URL.Path) && p.URL.Query().Get("_isJson") != "":
		return "endpoint " + p.URL.Path
	case sixCall.MatchString(code):
		return sixCall.FindString(code)
	case trsCallOf(p).evidence != "":
		return ""
	case strings.Contains(code, "_isJson") && ucapEndpoint.MatchString(code):
		return ucapEndpoint.FindString(code)
	}
	if id := p.Doc.Find("meta[channelid]").AttrOr("channelid", ""); id != "" {
		return "meta channelId " + id
	}
	return p.mostItems(ucapArticle)
}

func listUCAP(p *Page) (Listing, error) {
	if ucapPath.MatchString(p.URL.Path) {
		return ucapRows(p)
	}
	l, s := p.read()
	code := p.liveCode()
	if m := sixCall.FindStringSubmatch(code); m != nil {
		return ucapStatic(p, l, m)
	}
	if m := ucapEndpoint.FindStringSubmatch(code); m != nil && strings.Contains(code, "_isJson") {
		return ucapScripted(p, l, m)
	}
	if _, own, _ := listFileOf(p.URL); own > 1 && len(l.Items) == 0 {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d has neither items nor the call the pages before it have", own)}
	}
	return p.withNext(l, s, p.pager())
}

// ucapStatic finds the page after one with a call; m are the submatches of sixCall.
func ucapStatic(p *Page, l Listing, m []string) (Listing, error) {
	pages, index, name, ext := number(m[1]), number(m[2]), m[3], m[4]
	l.Pages, l.Total = pages, number(m[5])
	own := ucapNumber(p.URL, name, ext)
	first := own == 0 && index <= 1
	if !first && (own == 0 || index != own && index != own+1) {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("%s), but the address is number %d", m[0], own)}
	}
	if index >= pages {
		return l, nil
	}
	at := func(n int) string { return p.resolve(fmt.Sprintf("%s_%d.%s", name, n, ext)) }
	before := -1
	if of, err := url.Parse(p.Capture.Why.Of); err == nil && of.Path != "" {
		before = ucapNumber(of, name, ext)
	}
	switch {
	case first:
		l.Next = []Request{{URL: cmp.Or(p.pager().next, at(2)), Else: &Request{URL: at(1)}}}
	case index == own+1 && own == 2 && before == 0: // the second page was passed over
		l.Next = []Request{{URL: at(1)}}
	case index == own+1 && own == 1 && before == 2: // and has been read now
		l.Next = []Request{{URL: at(3)}}
	default:
		l.Next = []Request{{URL: at(own + 1)}}
	}
	return l, nil
}

// ucapNumber is the number in the address of a static page, 0 for the first one.
func ucapNumber(u *url.URL, name, ext string) int {
	file := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	file, found := strings.CutPrefix(file, name+"_")
	file, whole := strings.CutSuffix(file, "."+ext)
	if n := number(file); found && whole && n > 0 {
		return n
	}
	return 0
}

// ucapScripted finds the endpoint a page's script asks; m are the submatches of ucapEndpoint.
func ucapScripted(p *Page, l Listing, m []string) (Listing, error) {
	code := p.liveCode()
	channel, query := m[1], m[2]
	if channel == "" {
		if v := ucapChannel.FindStringSubmatch(code); v != nil {
			channel = v[1]
		}
	}
	channel = cmp.Or(channel, p.meta("channelid"), p.Doc.Find("meta[channelid]").AttrOr("channelid", ""))
	if channel == "" {
		return l, &PagingError{URL: p.URL.String(), Evidence: m[0] + " names no channel"}
	}
	if !strings.Contains(query, "_isJson") {
		size := "20"
		if v := ucapSize.FindStringSubmatch(code); v != nil {
			size = v[1]
		}
		query = "?_isAgg=true&_isJson=true&_pageSize=" + size + "&_template=index&_rangeTimeGte=&_channelName="
	}
	base, _, _ := strings.Cut(strings.Trim(m[0], `"'`), "?")
	r, ok := p.ask(http.MethodGet, strings.TrimSuffix(base, m[1])+channel+query, "")
	u, err := url.Parse(r.URL)
	if !ok || err != nil || !ucapPath.MatchString(u.Path) {
		return l, &PagingError{URL: p.URL.String(), Evidence: m[0] + " is no address"}
	}
	page := 2
	if size := queryNumber(u.RawQuery, "_pageSize"); size < 1 || len(l.Items) != size {
		page, l.Items = 1, nil
	}
	r.URL = withParam(u, "page", fmt.Sprint(page))
	l.Next = []Request{r}
	return l, nil
}

// ucapRows reads an answer of the endpoint.
func ucapRows(p *Page) (Listing, error) {
	l := Listing{Total: -1, Pages: -1}
	var a struct {
		Data *struct {
			Total   *whole
			Page    whole
			Results []struct {
				Title, URL, ChannelName string
				Published               day `json:"publishedTimeStr"`
			}
		}
	}
	if err := p.answer(&a); err != nil {
		return l, err
	}
	if a.Data == nil || a.Data.Total == nil {
		return l, &PagingError{URL: p.URL.String(), Evidence: "the answer has no data.total: " + cut(p.Text)}
	}
	l.Total = int(*a.Data.Total)
	var rows []row
	var columns []string
	for _, it := range a.Data.Results {
		columns = append(columns, it.ChannelName)
		if address := p.resolve(it.URL); address != "" {
			rows = append(rows, row{items: []Item{{URL: address, Title: plainTitle(it.Title), Date: string(it.Published)}}})
		}
	}
	l.Items = merged(rows)
	l.Column, l.Mixed = shared(columns) // the endpoint may join several

	page, size, got := max(queryNumber(p.URL.RawQuery, "page"), 1), queryNumber(p.URL.RawQuery, "_pageSize"), len(a.Data.Results)
	if page == 1 && got < l.Total && got > 0 {
		size = got
	}
	switch seen := (page-1)*max(size, 0) + got; {
	case a.Data.Page > 0 && int(a.Data.Page) != page:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d was asked for, the answer says it is page %d", page, a.Data.Page)}
	case size < 1 && l.Total > got:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("%d of %d items, and the address has no _pageSize", got, l.Total)}
	case seen >= l.Total:
		return l, nil
	case got == 0:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d is empty, %d of %d items were before it", page, seen, l.Total)}
	}
	next := *p.URL
	if u, err := url.Parse(withParam(&next, "_pageSize", fmt.Sprint(size))); err == nil {
		next = *u
	}
	r, _ := p.ask(http.MethodGet, withParam(&next, "page", fmt.Sprint(page+1)), "")
	l.Next = []Request{r}
	return l, nil
}
