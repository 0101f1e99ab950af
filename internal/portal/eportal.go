package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// EasySite eportal (慧点/汇蓝; customs, central bank, Liaoning, Yunnan, old Hebei).
//
// Recognised by: the hidden input article_paging_list_hidden, the hidden input
// eprotalCurrentPageId (sic), a handler queryArticleByCondition(this,'...'), or an own
// address /eportal/ui?pageId=.
//
// Pages by: the address in the handler or the attribute tagname of 下一页. The first pages
// are static, {module}-{n}.html beside index.html; later ones
// /eportal/ui?pageId=&currentPage=n&moduleId=&staticRequest=yes. The hidden input states
// the pages (totalpage) and the module.
//
// Assumptions:
//   - Of several lists on a page the one around the items is meant.
//   - Without such a link the dynamic address answers for every n; where it does not, the
//     static one is tried, with the first eight characters of the module's number.
//   - The number in the address is the number the page shows (当前页:2/6): anything else is
//     a PagingError.
//
// Counts by: POST counting-front!saveInfo.action, which counts the reading; the address's
// last parameter has two spellings in two generations of the script, the older is asked.

// eportal is the adapter for EasySite lists.
func eportal() Adapter {
	return Adapter{
		Name:   "eportal",
		Detect: detectEportal,
		List:   listEportal,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	eportalCondition = regexp.MustCompile(`queryArticleByCondition\(\s*this\s*,\s*['"]([^'"]+)['"]`)
	eportalShown     = regexp.MustCompile(`当前页\s*[:：]\s*(\d{1,5})\s*/\s*(\d{1,5})`)
	eportalDynamic   = regexp.MustCompile(`(?:^|&)currentPage=(\d{1,5})(?:&|$)`)
	eportalStatic    = regexp.MustCompile(`/[0-9a-f]{4,8}-(\d{1,5})\.s?html?$`)
)

// eportalPaging is the hidden input beside a list.
const eportalPaging = `input[name="article_paging_list_hidden"]`

func detectEportal(p *Page) string {
	switch {
	case strings.HasSuffix(p.URL.Path, "/eportal/ui") && p.URL.Query().Has("pageId"):
		return p.URL.Path + "?pageId=" + p.URL.Query().Get("pageId")
	case p.Doc.Find(eportalPaging).Length() > 0:
		return "article_paging_list_hidden"
	case p.Doc.Find("#eprotalCurrentPageId").Length() > 0:
		return "eprotalCurrentPageId"
	case p.Doc.Find(`a[onclick*="queryArticleByCondition("]`).Length() > 0:
		return "queryArticleByCondition"
	}
	return ""
}

func listEportal(p *Page) (Listing, error) {
	l, s := p.read()
	paging := p.nearest(p.Doc.Find(eportalPaging).Nodes, l.Items)
	if paging != nil && pageSign.MatchString(attr(paging, "totalpage")) {
		s.pages, s.evidence = number(attr(paging, "totalpage")), "totalpage="+attr(paging, "totalpage")
	}
	if p.Doc.Find(eportalPaging).Length() > 1 {
		l.Total, s.current = -1, -1 // whose they are is not known
	} else if m := eportalShown.FindStringSubmatch(p.pagerText()); m != nil {
		s.current = number(m[1])
		if s.pages < 0 {
			s.pages, s.evidence = number(m[2]), m[0]
		}
	}
	l.Pages = s.pages
	if l.Total == 0 {
		l.Items = nil // what was taken for the listing is furniture
	}
	own := eportalOwn(p.URL)
	if s.current > 0 && own != s.current {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the page says it is number %d, its address is number %d", s.current, own)}
	}
	s.current = own
	if s.pages >= 0 {
		s.evidence = fmt.Sprintf("page %d of %d (%s)", own, s.pages, s.evidence)
	}
	if s.pages >= 0 && own >= s.pages {
		return l, nil
	}
	if next := p.eportalNext(paging); next != "" {
		l.Next = []Request{{URL: next}}
		return l, nil
	}
	if s.pages > own && paging != nil {
		if r, ok := p.eportalDerived(attr(paging, "moduleid"), own+1); ok {
			l.Next = []Request{r}
			return l, nil
		}
	}
	return p.withNext(l, s, p.pager())
}

// eportalOwn is the page number in an address, 1 if it has none.
func eportalOwn(u *url.URL) int {
	if m := eportalDynamic.FindStringSubmatch(u.RawQuery); m != nil {
		return max(1, number(m[1]))
	}
	if m := eportalStatic.FindStringSubmatch(u.Path); m != nil {
		return max(1, number(m[1]))
	}
	return 1
}

// eportalNext is where 下一页 leads in the smallest element around the hidden input that
// has such a link, or on the page where there is no input.
func (p *Page) eportalNext(paging *html.Node) string {
	around := paging
	if around == nil {
		around = p.Doc.Get(0)
	}
	for ; around != nil; around = around.Parent {
		found := false
		for n := range around.Descendants() {
			if n.DataAtom != atom.A || !nextWord.MatchString(textOf(n)) && !nextWord.MatchString(tidy(attr(n, "title"))) {
				continue
			}
			found = true
			if address := p.eportalTarget(n); address != "" {
				return address
			}
		}
		if found {
			return "" // switched off
		}
	}
	return ""
}

// eportalTarget is the address of a pager's link: in its handler, its href or its tagname,
// which is [NEXTPAGE] where the link is switched off.
func (p *Page) eportalTarget(a *html.Node) string {
	if m := eportalCondition.FindStringSubmatch(attr(a, "onclick")); m != nil {
		return p.resolve(m[1])
	}
	if address := p.target(a); address != "" {
		return address
	}
	if tag := attr(a, "tagname"); tag != "" && !strings.HasPrefix(tag, "[") {
		return p.resolve(tag)
	}
	return ""
}

// eportalDerived is the request for page n by the family's own addresses.
func (p *Page) eportalDerived(module string, n int) (Request, bool) {
	page := p.eportalInput("eprotalCurrentPageId")
	if page == "" {
		page = p.URL.Query().Get("pageId")
	}
	if page == "" || module == "" {
		return Request{}, false
	}
	r := Request{URL: p.resolve(fmt.Sprintf("/eportal/ui?pageId=%s&currentPage=%d&moduleId=%s&staticRequest=yes", url.QueryEscape(page), n, url.QueryEscape(module)))}
	if p.URL.RawQuery == "" {
		u := *p.URL
		u.Path, u.RawPath = fmt.Sprintf("%s%s-%d.html", u.Path[:strings.LastIndexByte(u.Path, '/')+1], module[:min(8, len(module))], n), ""
		r.Else = &Request{URL: u.String()}
	}
	return r, true
}

// eportalInput is the value of one of the hidden inputs every page of the software has.
func (p *Page) eportalInput(id string) string {
	return strings.TrimSpace(p.Doc.Find("input#"+id).First().AttrOr("value", ""))
}

// eportalCounter is the request by which an article counts its readings.
func eportalCounter(p *Page, _ []string) (Request, bool) {
	key := p.eportalInput("eprotalCurrentArticleKey")
	if key == "" {
		key = p.eportalInput("articleKey")
	}
	page, module := p.eportalInput("eprotalCurrentPageId"), p.eportalInput("eportalappPortletId")
	if key == "" || page == "" {
		return Request{}, false
	}
	query := fmt.Sprintf("pageId=%s&moduleId=%s&columnId=%s&articleKey=%s", url.QueryEscape(page), url.QueryEscape(module),
		url.QueryEscape(p.eportalInput("eprotalCurrentColumnId")), url.QueryEscape(key))
	return p.ask(http.MethodPost, "/eportal/ui?"+query+"&struts.portlet.action=/app/counting-front!saveInfo.action", "")
}
