package portal

import (
	"fmt"
	"regexp"
	"strings"
)

// TRS IGS (海云 search): lists that a script fills from /igs/front/search/….
//
// Recognised by: a call of /igs/front/search/…list.html in live script; or an address of the
// endpoint itself. The site's search form (search.jhtml), which most TRS pages carry, says
// nothing.
//
// Pages by: pageNumber, from 1, of GET …/list.html?index=&type=&pageNumber=&pageSize=&filter[…]=
// [2+]; the same parameter of search.jhtml [2+].
//
// Counts by: nothing known: counters are each portal's own script.
//
// Assumptions:
//   - Rows are page.content, rows or data, with DOCTITLE, DOCPUBURL and DOCRELTIME or PUBDATE,
//     or title, url and date, in any case of letters [2+]; totals are page.total and
//     page.totalPages [2+], total and totalPages beside rows [G].
//   - Times with a zone are turned into days in China [1].
//   - The parameters of a page's call are the query of its address and its data object [G]:
//     one that only running the script would tell, other than the page number and the cache
//     breakers _, t and r, is a PagingError.
//   - A page that shows as many rows as the call's pageSize shows the first page of the list
//     itself; the second is asked then. A page without rows is a shell.

// trsIGS is the adapter for lists of TRS IGS.
func trsIGS() Adapter {
	return Adapter{
		Name:   "trs-igs",
		Detect: detectIGS,
		List:   listIGS,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	igsAddress = regexp.MustCompile(`/igs/front/search(?:/[\w/]*list\.html|\.jhtml)$`)
	igsCall    = regexp.MustCompile(`/igs/front/search/[\w/]*list\.html`)
	igs        = endpoint{page: "pageNumber", size: "pageSize",
		total: []string{"total", "totalelements", "totalcount", "totalhits"}, pages: []string{"totalpages", "totalpage"}}
)

func detectIGS(p *Page) string {
	if m := igsAddress.FindString(p.URL.Path); m != "" {
		return m
	}
	if trsCallOf(p).evidence != "" {
		return "" // the list is static, the call another's: a search box, a side column
	}
	if c, ok := p.scriptCall(igsCall); ok {
		return cut(strings.ReplaceAll(c.address, hole, "…"))
	}
	return ""
}

func listIGS(p *Page) (Listing, error) {
	if igsAddress.MatchString(p.URL.Path) {
		return igs.list(p)
	}
	l, _ := p.read()
	c, ok := p.scriptCall(igsCall)
	if !ok {
		return l, nil // pinned to this family, but a page without its call
	}
	return l, igs.firstBy(p, c, &l)
}

// firstBy sets the request for the first page that a shell's script asks for, or for the
// second where the shell shows the first.
func (e endpoint) firstBy(p *Page, c scriptCall, l *Listing) error {
	size := e.usual
	var known []property
	for _, m := range c.params {
		switch {
		case m.key == "_" || m.key == "t" || m.key == "r":
			continue // breaks caches
		case m.key == e.size && number(m.expr) > 0:
			size = number(m.expr)
		}
		known = append(known, m)
	}
	c.params = known
	n := 1
	if len(l.Items) > 0 && len(l.Items) == size {
		n = 2
	}
	r, unknown := c.request(p, e.page, fmt.Sprint(n))
	if len(unknown) > 0 {
		return &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("script asks %s with %s, which only running it would tell",
			cut(strings.ReplaceAll(c.address, hole, "…")), strings.Join(unknown, ", "))}
	}
	l.Next = []Request{r}
	return nil
}
