package portal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// 大汉 JPAAS, the newer JCMS (Zhejiang, Yantai, several ministries).
//
// Recognised by: the path /jpaas-publish-server/front/page/build/unit in the address of a
// unit or of the answer, or a pager with querydata that names a pageId.
//
// Pages by: a page is built of units. A unit is a script (unitbuild.js) or a pager, with
// its address in url or uniturl and its parameters in querydata; it answers with JSON that
// holds HTML: rows and a pager with rows (a page), count (of all) and pageno. Page n is
// asked for by paramJson={"pageNo":n,"pageSize":rows}.
//
// Counts by: none known.
//
// Assumptions:
//   - The list's unit is the one whose tagId speaks of a list, of several that are not page
//     furniture; where that leaves several or none the page is a PagingError that names them.
//   - A page number in the answer other than the one asked for is a PagingError: portals
//     answer with page 1 where they do not read paramJson.
//   - An answer without a pager is the whole list.
//   - Rows of answers are addressed from the root of the host or absolutely.
//   - A catalogue chosen in the column's address (vc_xxgkarea, number) is not passed on.

// jpaas is the adapter for JPAAS.
func jpaas() Adapter {
	return Adapter{
		Name:   "jpaas",
		Detect: detectJPAAS,
		List:   listJPAAS,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

const unitPath = "/jpaas-publish-server/front/page/build/unit"

// usualRows is how long pages are where the first one has to be asked for with a length.
const usualRows = 15

// unit is a part of a page that is built on request.
type unit struct {
	address string // absolute, without parameters
	params  []param
	pager   bool // a pager names it
	chrome  bool // it stands in the page's furniture
}

func detectJPAAS(p *Page) string {
	if strings.HasSuffix(p.URL.Path, unitPath) {
		return p.URL.Path
	}
	if units := p.units(); len(units) > 0 {
		return "unit " + member(units[0].params, "tagId")
	}
	return ""
}

// units are the page's units, each once.
func (p *Page) units() []unit {
	var units []unit
	known := map[string]bool{}
	for _, n := range p.Doc.Find("[uniturl][querydata], script[url][querydata]").Nodes {
		u := unit{
			address: p.resolve(attr(n, "uniturl") + attr(n, "url")), params: members(attr(n, "querydata")),
			pager: attr(n, "uniturl") != "", chrome: chromeWeight(n) < 1,
		}
		key := fmt.Sprint(u.address, u.params, u.pager)
		if strings.HasSuffix(u.address, unitPath) && member(u.params, "pageId") != "" && !known[key] {
			known[key] = true
			units = append(units, u)
		}
	}
	return units
}

// Words of a tagId, by which a unit is told from the others of its page.
var (
	furnitureTag = regexp.MustCompile(`(?i)导航|菜单|位置|头部|顶部|底部|页脚|页眉|轮播|友情|手机|nav|menu|banner|logo|head|foot|wap|mobile`)
	listTag      = regexp.MustCompile(`(?i)列表|list|分页|信息|内容`)
	ownTag       = regexp.MustCompile(`当前|本栏目`)
)

func listJPAAS(p *Page) (Listing, error) {
	if strings.HasSuffix(p.URL.Path, unitPath) {
		return listUnit(p)
	}
	l := Listing{Total: -1, Pages: -1, Column: p.column()}
	units := p.listUnits()
	if len(units) == 0 {
		l, s := p.read() // pinned to this family, but a page without its units
		return p.withNext(l, s, p.pager())
	}
	items := p.listing(l.Column)
	pg, shown := unitPager(p)
	if shown && len(items) > 0 { // built beforehand
		l.Items, l.Total, l.Pages = items, pg.count, pg.pages()
		if max(1, pg.number) >= pg.pages() {
			return l, nil
		}
	}
	if len(units) > 1 {
		var names []string
		for _, u := range units {
			names = append(names, member(u.params, "tagId"))
		}
		l.Items = items
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("%d units could be the list: %q", len(units), names)}
	}
	address := units[0].address + "?" + withParams("", escaped(units[0].params)...)
	if len(l.Items) > 0 {
		l.Next = []Request{p.build(address, max(1, pg.number)+1, pg.rows)}
	} else {
		next, other := p.build(address, 0, 0), p.build(address, 1, usualRows)
		next.Else = &other
		l.Next = []Request{next}
	}
	return l, nil
}

// listUnits are the units that could be the list: those that a pager of the page names,
// else the scripts outside of the page's furniture whose tag speaks of a list, the page's
// own column before others.
func (p *Page) listUnits() []unit {
	units := p.units()
	for _, fit := range []func(unit) bool{
		func(u unit) bool { return u.pager },
		func(u unit) bool { return !u.chrome },
		func(u unit) bool { return !furnitureTag.MatchString(member(u.params, "tagId")) },
		func(u unit) bool { return listTag.MatchString(member(u.params, "tagId")) },
		func(u unit) bool { return ownTag.MatchString(member(u.params, "tagId")) },
	} {
		if candidates := keep(units, fit); len(candidates) > 0 {
			units = candidates
		}
	}
	return units
}

func keep(units []unit, fit func(unit) bool) []unit {
	var out []unit
	for _, u := range units {
		if fit(u) {
			out = append(out, u)
		}
	}
	return out
}

// build is the request for a unit's page; number 0 leaves it to the portal, which then
// tells how many rows it has.
func (p *Page) build(address string, number, rows int) Request {
	u, err := url.Parse(address)
	if err == nil && number > 0 {
		u.RawQuery = withParams(u.RawQuery, param{"paramJson", url.QueryEscape(fmt.Sprintf(`{"pageNo":%d,"pageSize":%d}`, number, rows))})
		address = u.String()
	}
	return Request{URL: address, Header: http.Header{"Referer": {p.URL.String()}}}
}

// unitPage is what a pager says: rows a page, count of all, its page's number, 0 if it
// does not number itself.
type unitPage struct{ rows, count, number int }

func (u unitPage) pages() int { return (u.count + u.rows - 1) / u.rows }

// unitPager reads the pager of a unit's HTML, from its attributes, its querydata or the
// script that draws it.
func unitPager(p *Page) (unitPage, bool) {
	var found unitPage
	take := func(rows, count, page string) bool {
		found = unitPage{number(rows), number(count), max(0, number(page))}
		return found.rows > 0 && found.count >= 0
	}
	for _, n := range p.Doc.Find("[rows][count]").Nodes {
		if take(attr(n, "rows"), attr(n, "count"), attr(n, "pageno")) {
			return found, true
		}
	}
	literals := []string{p.liveCode()}
	p.Doc.Find("[querydata]").Each(func(_ int, s *goquery.Selection) {
		literals = append(literals, s.AttrOr("querydata", ""))
	})
	for _, text := range literals {
		ms := members(text)
		if take(member(ms, "rows"), member(ms, "count"), member(ms, "pageNo")) {
			return found, true
		}
	}
	return unitPage{}, false
}

// listUnit reads a unit's answer.
func listUnit(p *Page) (Listing, error) {
	l := Listing{Total: -1, Pages: -1}
	var answer struct {
		Success *bool           `json:"success"`
		Message string          `json:"message"`
		Data    json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal([]byte(unwrapped(p.Text)), &answer); err != nil {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the answer is no JSON: %v", err)}
	}
	var data struct {
		HTML string `json:"html"`
	}
	if json.Unmarshal(answer.Data, &data) != nil {
		if json.Unmarshal(answer.Data, &data.HTML) != nil {
			data.HTML = ""
		}
	}
	if answer.Success != nil && !*answer.Success || data.HTML == "" {
		return l, &PagingError{URL: p.URL.String(), Evidence: "the answer holds no HTML: " + cut(p.Text)}
	}
	sub, err := p.fragment(data.HTML)
	if err != nil {
		return l, err
	}
	l.Items = sub.bestBlock("", func(*block) bool { return true })
	asked := 1
	if js := queryValue(p.URL.RawQuery, "paramJson"); js != "" {
		asked = max(1, number(member(members(js), "pageNo")))
	}
	pg, ok := unitPager(sub)
	if !ok {
		if asked > 1 {
			return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d was asked for, the answer has no pager", asked)}
		}
		return sub.withNext(l, sub.stated(), sub.pager())
	}
	l.Total, l.Pages = pg.count, pg.pages()
	switch {
	case pg.number > 0 && pg.number != asked:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d was asked for, the answer says it is number %d", asked, pg.number)}
	case asked >= pg.pages():
		return l, nil
	case len(l.Items) == 0:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d of %d has no rows", asked, pg.pages())}
	}
	l.Next = []Request{p.build(p.URL.String(), asked+1, pg.rows)}
	return l, nil
}
