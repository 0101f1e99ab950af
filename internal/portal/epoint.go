package portal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// 国泰新点 Epoint WebBuilder (Xuzhou and its districts, Yingkou, Fushun and others).
//
// Recognised by: classes ewb-, the script webBuilderCommon.js, the element
// categorypagingcontent, or an own address below /dynamic/ with a categorynum; its script
// by siteInfo, its answers by custom with infourl.
//
// Pages by, dynamic lists (govInfoPub.html?categorynum=): the page is empty. The number of
// the site and the path of its services stand in the script it loads (webBuilderCommon.js,
// in districts ajaxReq.js), so that script is the page's Next; its Next is POST {projectName}/rest/lightfrontaction/getgovinfolist
// (or the path the script names) with a JSON body, whose pageIndex counts from 0. The older
// form of the body, wrapped in params, stands in Request.Else.
//
// Pages by, static lists (moreinfo.html): the next link, else {n}.html in the same folder.
//
// Assumptions:
//   - Both the script and the answers are read by the request that brought them
//     (Page.Asked): the Referer names the list's page, the body the category and number.
//   - pageIndex counts from 0. Portals that count from 1 answer 1 for 0, so the request
//     for 1 has 2 as its Else; which of the two holds shows at the end, where the last
//     page has the rows that are left.
//   - An answer without rows before the stated total is a PagingError.
//   - Portals leave {n}.html of an older day beside a fresh moreinfo.html (seen in
//     Xuzhou). Such pages state fewer pages than the first, so that the walk ends before
//     the number the first one states; a page {n}.html that does not say which page it is
//     is a PagingError.
//
// Counts by: addPageView, which counts the reading and wants the site's number, which the
// article does not have: not asked. No reading without counting is known.

// epoint is the adapter for Epoint WebBuilder lists.
func epoint() Adapter {
	return Adapter{
		Name:   "epoint",
		Detect: detectEpoint,
		List:   listEpoint,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	epointScript  = regexp.MustCompile(`/(?:webBuilderCommon|ajaxReq)\.js(?:$|\?)`)
	epointSite    = regexp.MustCompile(`["']?siteGuid["']?\s*:\s*["']([0-9A-Fa-f-]{32,36})["']`)
	epointProject = regexp.MustCompile(`["']?projectName["']?\s*:\s*["'](/[\w./-]+)["']`)
	epointService = regexp.MustCompile(`["'](/[\w.-]+)/rest/`)
	epointPath    = regexp.MustCompile(`/rest/\w+/getgovinfolist\b`)
	epointIndex   = regexp.MustCompile(`("pageIndex"\s*:\s*"?)(\d{1,5})`)
	epointNumber  = regexp.MustCompile(`/([2-9]|[1-9]\d{1,2})\.html?$`) // of a page after the first, which may be 1.html
	epointShown   = regexp.MustCompile(`^(\d{1,5})\s*/\s*(\d{1,5})$`)
)

// epointSize is the number of rows asked for, which the portals' own pages ask for too.
const epointSize = 20

func detectEpoint(p *Page) string {
	switch text := strings.TrimSpace(p.Text); {
	case strings.HasPrefix(text, "{"):
		if strings.Contains(text, `"custom"`) && (strings.Contains(text, `"infourl"`) || strings.HasSuffix(p.URL.Path, "/getgovinfolist")) {
			return "custom with infourl"
		}
	case epointScript.MatchString(p.URL.Path):
		return p.URL.Path
	case strings.HasPrefix(p.URL.Path, "/dynamic/") && p.URL.Query().Get("categorynum") != "":
		return p.URL.Path + "?categorynum=" + p.URL.Query().Get("categorynum")
	}
	for _, mark := range []string{`script[src*="webBuilderCommon.js"]`, "#categorypagingcontent", `[class^="ewb-"], [class*=" ewb-"]`} {
		if p.Doc.Find(mark).Length() > 0 {
			return mark
		}
	}
	return ""
}

func listEpoint(p *Page) (Listing, error) {
	switch {
	case strings.HasPrefix(strings.TrimSpace(p.Text), "{"):
		return epointAnswer(p)
	case epointScript.MatchString(p.URL.Path):
		return epointFirst(p, p.Text, p.Asked.Header.Get("Referer"))
	}
	l, s := p.read()
	if p.URL.Query().Get("categorynum") == "" || len(l.Items) > 0 && !strings.HasPrefix(p.URL.Path, "/dynamic/") {
		return epointStatic(p, l, s)
	}
	if epointSite.MatchString(p.liveCode()) {
		first, err := epointFirst(p, p.liveCode(), p.URL.String())
		first.Column = l.Column
		return first, err
	}
	return Listing{Next: []Request{p.scriptRequest()}, Total: -1, Pages: -1, Column: l.Column}, nil
}

// scriptRequest is the request for the script that names the site: the one the page loads,
// by default the one of the software. The query marks the address as an endpoint of this
// list, no page of its folder.
func (p *Page) scriptRequest() Request {
	script := "/js/webBuilderCommon.js"
	for _, n := range p.Doc.Find("script[src]").Nodes {
		if address := attr(n, "src"); epointScript.MatchString(p.resolve(address)) {
			script = address
			break
		}
	}
	return epointAsk(p.resolve(script), p.URL)
}

// epointAsk is the request for a script of the list's page.
func epointAsk(script string, list *url.URL) Request {
	if !strings.Contains(script, "?") {
		script += "?categorynum=" + url.QueryEscape(list.Query().Get("categorynum"))
	}
	return Request{URL: script, Header: http.Header{"Referer": {list.String()}}}
}

// epointQuery is the body of getgovinfolist.
type epointQuery struct {
	DeptCode    string `json:"deptcode"`
	CategoryNum string `json:"categorynum"`
	PageIndex   int    `json:"pageIndex"`
	PageSize    int    `json:"pageSize"`
	SiteGUID    string `json:"siteGuid"`
}

// epointFirst is the request for the first rows of the list at address, by the numbers in
// code.
func epointFirst(p *Page, code, address string) (Listing, error) {
	l := Listing{Total: -1, Pages: -1}
	fail := func(evidence string) (Listing, error) {
		return l, &PagingError{URL: p.URL.String(), Evidence: evidence}
	}
	list, err := p.URL.Parse(address)
	if err != nil || address == "" || list.Query().Get("categorynum") == "" {
		return fail(fmt.Sprintf("the script was not asked for by a list with a categorynum, but by %q", address))
	}
	site := epointSite.FindStringSubmatch(code)
	project := epointProject.FindStringSubmatch(code)
	if project == nil {
		project = epointService.FindStringSubmatch(code)
	}
	switch {
	case (site == nil || project == nil) && strings.HasSuffix(p.URL.Path, "/webBuilderCommon.js"):
		l.Next = []Request{epointAsk(p.resolve("ajaxReq.js"), list)} // where districts keep the numbers
		return l, nil
	case site == nil || project == nil:
		return fail("the script names no siteGuid and projectName")
	}
	query, err := json.Marshal(epointQuery{list.Query().Get("deptcode"), list.Query().Get("categorynum"), 0, epointSize, site[1]})
	if err != nil {
		return l, fmt.Errorf("list %s: writing the query: %w", p.URL, err)
	}
	u, err := list.Parse(strings.TrimSuffix(project[1], "/") + cmp.Or(epointPath.FindString(code), "/rest/lightfrontaction/getgovinfolist"))
	if err != nil {
		return fail("projectName " + project[1] + " is no path")
	}
	header := http.Header{"Content-Type": {"application/json;charset=UTF-8"}, "X-Requested-With": {"XMLHttpRequest"}, "Referer": {list.String()}}
	l.Next = []Request{{Method: http.MethodPost, URL: u.String(), Body: string(query), Header: header,
		Else: &Request{Method: http.MethodPost, URL: u.String(), Body: `{"token":"","params":` + string(query) + `}`, Header: header}}}
	return l, nil
}

// epointRow is a row of an answer. Addresses are relative to the host.
type epointRow struct {
	Title     string `json:"title"`
	RealTitle string `json:"realtitle"`
	InfoURL   string `json:"infourl"`
	VisitURL  string `json:"visiturl"`
	LinkURL   string `json:"linkurl"`
	InfoDate  string `json:"infodate"`
	Category  string `json:"categoryname"`
	HandsDate string `json:"handsdate"`
}

func (r epointRow) item(p *Page) Item {
	return Item{
		URL:   p.resolve(cmp.Or(r.InfoURL, r.VisitURL, r.LinkURL)),
		Title: plainTitle(cmp.Or(r.RealTitle, r.Title)),
		Date:  isoDate(cmp.Or(r.InfoDate, r.HandsDate)),
	}
}

func epointAnswer(p *Page) (Listing, error) {
	rows, total, err := epointRows(p.Text)
	if err != nil {
		return Listing{Total: -1, Pages: -1}, fmt.Errorf("list %s: %w", p.URL, err)
	}
	l := Listing{Total: total, Pages: -1}
	var read []row
	var columns []string
	for _, r := range rows {
		if it := r.item(p); it.URL != "" && it.Title != "" { // else the total does not come out
			read = append(read, row{items: []Item{it}})
		}
		columns = append(columns, r.Category)
	}
	l.Items = merged(read)
	l.Column, l.Mixed = shared(columns)
	index := epointIndex.FindStringSubmatch(p.Asked.Body)
	if index == nil {
		if total >= 0 && total <= len(rows) {
			return l, nil
		}
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("%d of %d rows, and the request that asked for them is not known", len(rows), total)}
	}
	n := number(index[2])
	switch before := n * epointSize; {
	case len(rows) == 0 && total > before:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("no rows at pageIndex %d, but a total of %d", n, total)}
	case len(rows) == 0, total < 0 && len(rows) < epointSize, before+len(rows) == total,
		n > 0 && before+len(rows) > total && before-epointSize+len(rows) == total: // counted from 1
		return l, nil
	case n == 0 && total >= 0 && len(rows) >= total:
		return l, nil
	}
	l.Next = []Request{epointTurn(p.Asked, n+1)}
	if n == 0 {
		second := epointTurn(p.Asked, 2)
		l.Next[0].Else = &second
	}
	return l, nil
}

// epointTurn is the same request for another page.
func epointTurn(r Request, n int) Request {
	r.Body = epointIndex.ReplaceAllString(r.Body, fmt.Sprintf("${1}%d", n))
	r.Else = nil
	return r
}

// epointRows reads an answer: custom is an object, or a text that holds one; total is a
// number or a text, -1 where it is missing.
func epointRows(text string) ([]epointRow, int, error) {
	var answer struct {
		Custom json.RawMessage `json:"custom"`
	}
	if err := json.Unmarshal([]byte(text), &answer); err != nil {
		return nil, -1, fmt.Errorf("reading the answer: %w", err)
	}
	var inner string
	if json.Unmarshal(answer.Custom, &inner) == nil {
		answer.Custom = json.RawMessage(inner)
	}
	var custom struct {
		Data  *[]epointRow    `json:"data"`
		Total json.RawMessage `json:"total"`
	}
	if err := json.Unmarshal(answer.Custom, &custom); err != nil && len(answer.Custom) > 0 {
		return nil, -1, fmt.Errorf("reading custom of the answer %q: %w", cut(text), err)
	}
	if custom.Data == nil {
		return nil, -1, fmt.Errorf("the answer has no custom.data: %q", cut(text))
	}
	return *custom.Data, number(strings.Trim(string(custom.Total), `"`)), nil
}

// epointStatic completes a list that is HTML. Its pager shows 2/12 in an element of its
// own.
func epointStatic(p *Page, l Listing, s stated) (Listing, error) {
	for _, n := range p.Doc.Find(".ewb-page span, .ewb-page-num, .wb-page-number, #index, .huifont").Nodes {
		if m := epointShown.FindStringSubmatch(textOf(n)); m != nil {
			s.current, s.pages, s.evidence = number(m[1]), number(m[2]), m[0]
			l.Pages = s.pages
			break
		}
	}
	pg := p.pager()
	own := epointNumber.FindStringSubmatch(p.URL.Path)
	if own != nil && s.current < 0 {
		s.current = currentNumber(p.numbers(), p.resolve(p.URL.String()))
	}
	switch {
	case own != nil && s.pages < 0:
		return l, &PagingError{URL: p.URL.String(), Evidence: own[1] + ".html does not say of how many pages it is one; it may be of an older day than the first"}
	case own != nil && s.current > 0 && number(own[1]) != s.current:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("%s says it is page %d of %d", own[1]+".html", s.current, s.pages)}
	case s.pages >= 0 && s.current >= s.pages:
		return l, nil
	}
	if pg.next == "" && s.current > 0 && s.pages > s.current {
		u := *p.URL
		u.Path, u.RawPath = fmt.Sprintf("%s%d.html", u.Path[:strings.LastIndexByte(u.Path, '/')+1], s.current+1), ""
		pg.next = u.String()
	}
	return p.withNext(l, s, pg)
}
