package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// TRS WAS (search server) and the infogate of Jilin: lists that are answers to a search.
//
// Recognised by: an address …/was5/web/search or …/was40/search, or …/govsearch/jsonp/…jsp; or a
// call of one of them in live script.
//
// Pages by: page, from 1, of GET /was5/web/search?channelid=&templet=docs.jsp&sortfield=&classsql=&prepage=&page=
// [2+], and of GET …/govsearch/jsonp/…jsp?page=&channelId=&lb=&callback=result [2+]. Searches
// that answer HTML page by their 下一页 links, else by the same parameter.
//
// Counts by: nothing known: counters are each portal's own script.
//
// Assumptions:
//   - WAS answers {count, pagenum, docs: [{title, url, chnldocurl, time}]}, not always proper
//     JSON [2+]; count is the number of items [1], pagenum of pages [1]; a last row titled
//     文章标题 belongs to the template [2+].
//   - Infogate answers result({num, data: [{title, puburl, tip: {dates}}]}) [2+]; num is the
//     number of items [1], 16 a page [1]. If either is wrong, one more page is asked.
//   - Infogate stands on a host of its own: the source must name it under also, or the walk
//     says that the next page lies outside.
//   - In HTML answers the number of pages stands in words or in an input pagenum_per or
//     pagenum_hd [1].

// trsWAS is the adapter for lists that TRS search servers answer.
func trsWAS() Adapter {
	return Adapter{
		Name:   "trs-was",
		Detect: detectWAS,
		List:   listWAS,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	wasAddress  = regexp.MustCompile(`/was(?:5|40)(?:/web)?/(?:search|outline)$`)
	gateAddress = regexp.MustCompile(`/govsearch/jsonp/[\w/]*\.jsp$`)
	wasCall     = regexp.MustCompile(`/was(?:5|40)(?:/web)?/search|/govsearch/jsonp/[\w/]*\.jsp`)
	was         = endpoint{page: "page", size: "prepage", total: []string{"count"}, pages: []string{"pagenum"}, sentinel: "文章标题"}
	gate        = endpoint{page: "page", size: "size", usual: 16, total: []string{"num", "total"}}
)

func detectWAS(p *Page) string {
	for _, address := range []*regexp.Regexp{wasAddress, gateAddress} {
		if m := address.FindString(p.URL.Path); m != "" {
			return m
		}
	}
	if trsCallOf(p).evidence != "" || avalonModel(p) != nil || detectIGS(p) != "" {
		return ""
	}
	if c, ok := p.scriptCall(wasCall); ok && searches(c) {
		return cut(strings.ReplaceAll(c.address, hole, "…"))
	}
	return ""
}

// searches says whether a call asks for a column; the site's search box asks for words.
func searches(c scriptCall) bool {
	channel := false
	for _, m := range c.params {
		switch strings.ToLower(m.key) {
		case "channelid", "lb", "classsql":
			channel = true
		case "searchword", "sword", "keyword":
			if strings.Contains(m.expr, hole) {
				return false
			}
		}
	}
	return channel
}

func listWAS(p *Page) (Listing, error) {
	html := strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(p.Text, "\ufeff")), "<")
	switch {
	case gateAddress.MatchString(p.URL.Path):
		return gate.list(p)
	case wasAddress.MatchString(p.URL.Path) && !html:
		return was.list(p)
	case wasAddress.MatchString(p.URL.Path):
		return listWASPage(p)
	}
	l, _ := p.read()
	c, ok := p.scriptCall(wasCall)
	if !ok {
		return l, nil
	}
	e := was
	if strings.Contains(c.address, "/govsearch/") {
		e = gate
		c.params = withCallback(c.params)
	}
	return l, e.firstBy(p, c, &l)
}

// withCallback gives the name of the function that a script leaves to its library.
func withCallback(params []property) []property {
	for i, m := range params {
		if m.key == "callback" {
			if strings.Contains(m.expr, hole) || m.expr == "?" {
				params[i].expr = "result"
			}
			return params
		}
	}
	return append(params, property{"callback", "result"})
}

// listWASPage reads a search's answer in HTML.
func listWASPage(p *Page) (Listing, error) {
	l, s := p.read()
	for _, in := range p.Doc.Find("#pagenum_per, #pagenum_hd").Nodes {
		if n := number(attr(in, "value")); n >= 0 {
			s.pages, s.evidence = n, fmt.Sprintf("%s %d", attr(in, "id"), n)
			l.Pages = n
			break
		}
	}
	pg := p.pager()
	own := max(was.number(p.URL), 1)
	if pg.next == "" && s.pages > own {
		if query := p.URL.Query(); len(query["channelid"]) > 0 {
			pg.next = withParam(p.URL, was.page, fmt.Sprint(own+1))
		}
	}
	if pg.next != "" && was.turnsBack(pg.next, own) {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d leads on to %s", own, cut(pg.next))}
	}
	return p.withNext(l, s, pg)
}

// turnsBack says whether an address asks for a page that is not after the n-th.
func (e endpoint) turnsBack(address string, n int) bool {
	u, err := url.Parse(address)
	return err == nil && e.number(u) > 0 && e.number(u) <= n
}
