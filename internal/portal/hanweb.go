package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// 大汉 (Hanweb) JCMS: columns /col/col{n}/index.html, articles /art/{y}/{m}/{d}/art_{col}_{art}.html.
//
// Recognised by: a store of records (<datastore>) in the page or as the answer, a call of
// the jpage plugin, dataproxy.jsp; or by the module for disclosure (xxgk.go).
//
// Pages by: the first group of rows stands in the page, the others come from the proxy
// (/module/web/jpage/dataproxy.jsp). Where the page's own rows are all, nothing is asked.
//
// Counts by: articlehits.jsp, which counts the reading; artcount.jsp, which is said to
// only show.
//
// Assumptions:
//   - The proxy knows two ways: page= (counted from 1) with perpage=, and startrecord= with
//     endrecord= and perpage=. Portals differ in which one they obey; a request that carries
//     both says the same in each, so both are sent, a hundred rows a page. The first page
//     repeats the rows of the column's page.
//   - A first answer of another length tells how long the portal's pages are; from then on
//     that length is asked for. Any later answer of another length than its window is a
//     PagingError: rows would be missing between two pages. One row more is the next page's.
//   - Where columnid or unitid are no numbers they are encrypted together with the request:
//     the address the page names is reused with nothing but page= changed.
//   - Where that brings nothing new, the second group is asked for as the page's own script
//     would: by POST, as long as the group in the page.
//   - Rows of answers are addressed from the root of the host or absolutely.
//
// Stated totals are records; pages of the plugin are none of ours and are not reported.

// hanweb is the adapter for Hanweb JCMS.
func hanweb() Adapter {
	return Adapter{
		Name:   "hanweb",
		Detect: detectHanweb,
		List:   listHanweb,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

// groupSize is how many rows are asked of the proxy at once: portals send three pages of
// ten to twenty by themselves and cut off beyond about three hundred.
const groupSize = 100

func detectHanweb(p *Page) string {
	if isTrueCMS(p) {
		return ""
	}
	if strings.HasSuffix(p.URL.Path, "dataproxy.jsp") {
		return p.URL.Path
	}
	if isStore(p.Text) {
		return "the answer is a <datastore>"
	}
	for _, j := range p.jpages() {
		switch {
		case len(j.records) > 0:
			return fmt.Sprintf("<datastore> of %d records", len(j.records))
		case j.next != "" || j.proxy != "" || j.total >= 0:
			return "jpage list #" + j.id
		}
	}
	return detectXXGK(p)
}

func listHanweb(p *Page) (Listing, error) {
	if isStore(p.Text) || strings.HasSuffix(p.URL.Path, "dataproxy.jsp") {
		return listGroup(p)
	}
	if l, ok, err := listXXGK(p); ok {
		return l, err
	}
	l := Listing{Total: -1, Pages: -1, Column: p.column()}
	j, rows, err := p.chosen(l.Column)
	if err != nil {
		return l, err
	}
	if j == nil {
		l, s := p.read() // pinned to this family, but a page without its paging
		return p.withNext(l, s, p.pager())
	}
	l.Items, l.Total = merged(rows), j.total
	if j.total >= 0 && j.total <= len(j.records) || j.total < 0 && j.next == "" {
		return l, nil
	}
	next, ok := j.first(p)
	if !ok {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("totalRecord:%d, but %d records here and no address for the others", j.total, len(j.records))}
	}
	l.Next = []Request{next}
	return l, nil
}

// chosen is the list that is the listing, of several on a page (a sidebar's, a copy for
// telephones): by the same measure as blocks of links. It is nil if the page has none.
func (p *Page) chosen(column string) (best *jpage, rows []row, err error) {
	var most float64
	for _, j := range p.jpages() {
		if len(j.records) == 0 && j.proxy == "" && j.next == "" && j.total < 0 {
			continue
		}
		r, err := p.rows(j.records)
		if err != nil {
			return nil, nil, err
		}
		score := 0.0
		if len(r) > 0 {
			score = (&block{container: j.node, rows: r}).score(yearlyColumn(column))
		}
		if best == nil || score > most {
			best, rows, most = &j, r, score
		}
	}
	return best, rows, nil
}

// first is the request for the proxy's first page, in the way the page names it, else in
// the way its script would ask.
func (j *jpage) first(p *Page) (Request, bool) {
	address := j.next
	if address == "" && len(j.params) > 0 {
		proxy := j.proxy
		if proxy == "" {
			proxy = "/module/web/jpage/dataproxy.jsp"
		}
		address = p.resolve(proxy)
		if address != "" {
			address += "?" + withParams("", escaped(j.params)...)
		}
	}
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return Request{}, false
	}
	w := window{page: 1, first: 1, size: groupSize}
	r := p.group(u, w, http.MethodGet)
	if n := len(j.records); n > 0 {
		w = window{page: 2, first: n + 1, size: n}
	}
	other := p.group(u, w, http.MethodPost)
	r.Else = &other
	return r, true
}

// window is what a request asks of the proxy: the page-th page, rows first to
// first+size-1. size is 0 where the portal decides.
type window struct{ page, first, size int }

var encryptedID = regexp.MustCompile(`[^\d]`)

// group is the request for a window. An encrypted address that is fetched keeps all but
// the page's number.
func (p *Page) group(u *url.URL, w window, method string) Request {
	query := withParams(u.RawQuery, param{"page", strconv.Itoa(w.page)})
	if w.size > 0 && (method == http.MethodPost || hasParam(query, "startrecord") || !encrypted(query)) {
		query = withParams(query,
			param{"startrecord", strconv.Itoa(w.first)},
			param{"endrecord", strconv.Itoa(w.first + w.size - 1)},
			param{"perpage", strconv.Itoa(w.size)})
	}
	query = plainASCII(query)
	next := *u
	next.RawQuery = query
	r := Request{URL: next.String(), Header: http.Header{"Referer": {p.URL.String()}}}
	if method == http.MethodPost {
		r.Method, r.Body = method, query
	}
	return r
}

func encrypted(query string) bool {
	return encryptedID.MatchString(queryValue(query, "columnid")) || encryptedID.MatchString(queryValue(query, "unitid"))
}

// listGroup reads an answer of the proxy.
func listGroup(p *Page) (Listing, error) {
	l := Listing{Total: -1, Pages: -1}
	j := p.store(p.Text)
	rows, err := p.rows(j.records)
	if err != nil {
		return l, err
	}
	l.Items, l.Total = merged(rows), j.total
	query := p.URL.RawQuery
	asked := window{page: intOf(query, "page"), first: intOf(query, "startrecord"), size: intOf(query, "perpage")}
	next, evidence := asked.after(len(j.records), j.total, pagesOf(p.Text))
	switch {
	case evidence != "":
		return l, &PagingError{URL: p.URL.String(), Evidence: evidence}
	case next.page > 0:
		l.Next = []Request{p.group(p.URL, next, p.Capture.Method)}
	}
	return l, nil
}

// intOf is a parameter's number, 0 if it is none.
func intOf(query, name string) int { return max(0, queryNumber(query, name)) }

func pagesOf(text string) int {
	if m := storePages.FindStringSubmatch(text); m != nil {
		return number(m[1])
	}
	return -1
}

// after is the window after this one, given the records it brought and the totals of
// records and pages that the answer states, -1 for unknown. It is zero on the last page;
// evidence says why the answer is not what was asked for.
func (w window) after(records, total, pages int) (next window, evidence string) {
	w.page = max(w.page, 1)
	switch {
	case total == 0:
		return window{}, ""
	case records == 0:
		return window{}, fmt.Sprintf("page %d brought an answer without records", w.page)
	case w.first == 0 || w.size == 0: // the portal decides how long its pages are
		if pages >= 0 && w.page >= pages || total >= 0 && w.page*records >= total {
			return window{}, ""
		}
		return window{page: w.page + 1}, ""
	}
	last := total >= 0 && w.first+w.size > total
	want := w.size
	if last {
		want = total - w.first + 1
	}
	switch {
	case w.page == 1 && w.first == 1 && records != w.size && records != w.size+1 && records < total:
		return window{page: 2, first: records + 1, size: records}, ""
	case records < want && total >= 0, records > w.size+1 && w.page > 1:
		return window{}, fmt.Sprintf("page %d brought %d records instead of %d, from number %d", w.page, records, want, w.first)
	case last || records < want: // without a total, the end shows in a page that is not full
		return window{}, ""
	}
	return window{page: w.page + 1, first: w.first + w.size, size: w.size}, ""
}
