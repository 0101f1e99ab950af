package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// The Fujian portals of TRS: static first pages, later ones by a model of avalon scripts.
//
// Recognised by: a live call listModel({…}) with pagebar and listArgs, after requiring
// list2.trsapi or list.trsapi; or an address …dzapp/search.
//
// Pages by: page, from 1, of /fjdzapp/search (list2.trsapi) with channelid, sortfield, classsql,
// classcol=publishyear, classnum=100, classsort=0, cache=true and prepage [2+ by POST, 1 by
// GET]; of GET /was5/web/search?…&templet=docs.jsp (list.trsapi) [2+].
//
// Counts by: nothing known: counters are each portal's own script.
//
// Assumptions:
//   - The request is tried by GET with the parameters in the query, then by POST with them in
//     query and body: the query tells the pages apart.
//   - {pagebar.recordCount} is the number of items of the list [2+]; the page itself holds
//     the first prepage × maxStaticIndex of them, in the order of the endpoint [1], so that
//     prepage of the requests is what the page holds and their page counts on from 2. A page
//     that holds less than it should makes requests overlap, never leave gaps.
//   - fjdzapp/search answers {data: [{doctitle, chnldocurl, docpuburl, docreltime}], pageCount}
//     [2+]; recordCount, count or total is the number of items [G].
//   - A filter by year or words in the page's form is not sent: the list is asked whole.

// trsAvalon is the adapter for the Fujian portals.
func trsAvalon() Adapter {
	return Adapter{
		Name:   "trs-avalon",
		Detect: detectAvalon,
		List:   listAvalon,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	listModelCall = regexp.MustCompile(`\blistModel\s*\(\s*\{`)
	avalonAddress = regexp.MustCompile(`/\w*dzapp/search$`)
	avalon        = endpoint{page: "page", size: "prepage", total: []string{"recordcount", "count", "total"}, pages: []string{"pagecount"}}
)

func detectAvalon(p *Page) string {
	if m := avalonAddress.FindString(p.URL.Path); m != "" {
		return m
	}
	if m := avalonModel(p); m != nil {
		return "listModel, recordCount " + m["recordCount"]
	}
	return ""
}

// avalonModel are the settings of the page's list, nil if it has none: channelid, classsql,
// sortfield, prepage, recordCount, maxStaticIndex.
func avalonModel(p *Page) map[string]string {
	code := p.liveCode()
	m := listModelCall.FindStringIndex(code)
	if m == nil || !strings.Contains(code, ".trsapi") {
		return nil
	}
	v := p.vars()
	model := map[string]string{}
	var read func(list []property)
	read = func(list []property) {
		for _, p := range list {
			if inner, ok := strings.CutPrefix(p.expr, "{"); ok {
				read(properties(inner))
			} else if value, ok := v.value(p.expr); ok {
				model[p.key] = value
			}
		}
	}
	read(properties(ahead(code, m[1], maxExpression)))
	return model
}

func listAvalon(p *Page) (Listing, error) {
	switch {
	case avalonAddress.MatchString(p.URL.Path):
		return avalon.list(p)
	case wasAddress.MatchString(p.URL.Path):
		return was.list(p)
	}
	l, _ := p.read()
	model := avalonModel(p)
	if model == nil {
		return l, nil
	}
	l.Total = number(model["recordCount"])
	shown := len(l.Items)
	if l.Total >= 0 && shown >= l.Total {
		return l, nil
	}
	step, of := number(model["prepage"]), max(number(model["maxStaticIndex"]), 1)
	if step <= 0 || model["channelid"] == "" || model["classsql"] == "" {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("listModel of %s items without prepage, channelid or classsql", model["recordCount"])}
	}
	size, page := min(shown, step*of), 2
	if size == 0 {
		size, page = step, 1
	}
	l.Next = []Request{avalonRequest(p, model, page, size)}
	return l, nil
}

// avalonRequest asks for a page of the model's list.
func avalonRequest(p *Page, model map[string]string, page, size int) Request {
	was5 := !strings.Contains(p.liveCode(), "list2.trsapi")
	address := "/fjdzapp/search"
	query := []property{{"channelid", model["channelid"]}}
	if was5 {
		address = "/was5/web/search"
		query = append(query, property{"templet", "docs.jsp"})
	}
	query = append(query, property{"sortfield", model["sortfield"]}, property{"classsql", model["classsql"]})
	if !was5 {
		query = append(query, property{"classcol", "publishyear"}, property{"classnum", "100"}, property{"classsort", "0"}, property{"cache", "true"})
	}
	query = append(query, property{"prepage", fmt.Sprint(size)}, property{"page", fmt.Sprint(page)})
	var parts []string
	for _, q := range query {
		parts = append(parts, q.key+"="+url.QueryEscape(q.expr))
	}
	r := p.asks(p.resolve(address + "?" + strings.Join(parts, "&")))
	if !was5 {
		post := posted(r)
		r.Else = &post
	}
	return r
}
