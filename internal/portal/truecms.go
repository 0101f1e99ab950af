package portal

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// TrueCMS (Nantong and its counties, Lianyungang, the People's Congress of Shanghai):
// columns /{site}/{column}/{column}.html, articles /{site}/{column}/content/{uuid}.html.
//
// Recognised by: messageController/getMessage.do in script or as the answer's address.
//
// Pages by: the plugin jpage (jpage.go) over rows that stand hidden in #initData; further
// groups come from getMessage.do as a store of records in JSON or JSONP.
//
// Counts by: none known; 累计次数 is filled by a script.
//
// Assumptions:
//   - startrecord= and endrecord= are obeyed. A group is as long as the page's own script
//     asks for (perPage times groupSize), since portals refuse longer ones, some with 404;
//     where that one is refused too, a page of perPage is asked for.
//   - An answer of fewer records than its window, before the last, is a PagingError.
//   - Portals exist that have switched the endpoint off: its 404 then shows, and the rows
//     of the first page are kept.
//   - Rows of answers are addressed from the root of the host or absolutely.

// trueCMS is the adapter for TrueCMS.
func trueCMS() Adapter {
	return Adapter{
		Name:   "truecms",
		Detect: detectTrueCMS,
		List:   listTrueCMS,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

const trueCMSProxy = "messageController/getMessage.do"

func isTrueCMS(p *Page) bool { return detectTrueCMS(p) != "" }

func detectTrueCMS(p *Page) string {
	if strings.HasSuffix(p.URL.Path, trueCMSProxy) || strings.Contains(p.liveCode(), trueCMSProxy) {
		return trueCMSProxy
	}
	return ""
}

var groupCount = regexp.MustCompile(`\bgroupSize\s*:\s*(\d{1,3})`)

func listTrueCMS(p *Page) (Listing, error) {
	if strings.HasSuffix(p.URL.Path, trueCMSProxy) {
		return listMessages(p)
	}
	l := Listing{Total: -1, Pages: -1, Column: p.column()}
	var own *jpage
	for _, j := range p.jpages() {
		if strings.Contains(j.proxy, trueCMSProxy) {
			own = &j
			break
		}
	}
	if own == nil {
		l, s := p.read() // pinned to this family, or paged by script of the site's own
		return p.withNext(l, s, p.pager())
	}
	l.Total = own.total
	links := p.links()
	var rows []row
	for _, n := range p.Doc.Find("#initData li, #initData tr").Nodes {
		if r, ok := recordRow(n, links); ok {
			rows = append(rows, r)
		}
	}
	l.Items = merged(rows)
	if rows == nil {
		l.Items = p.listing(l.Column)
	}
	here := max(len(rows), len(l.Items))
	switch {
	case own.total >= 0 && own.total <= here:
		return l, nil
	case own.total < 0 || member(own.params, "columnId") == "":
		return l, &PagingError{URL: p.URL.String(), Evidence: trueCMSProxy + " without a total or a columnId"}
	}
	groups := 1
	if m := groupCount.FindStringSubmatch(p.liveCode()); m != nil {
		groups = max(1, number(m[1]))
	}
	perPage := own.perPage
	if perPage == 0 {
		perPage = 10 // the plugin's own
	}
	u, err := url.Parse(p.resolve(own.proxy))
	if err != nil {
		return l, fmt.Errorf("list %s: proxy %q: %w", p.URL, own.proxy, err)
	}
	u.RawQuery = withParams("callback=cb", append(
		[]param{{"startrecord", ""}, {"endrecord", ""}, {"perpage", strconv.Itoa(perPage)}, {"contentTemplate", ""}},
		escaped(own.params)...)...)
	next, shorter := p.messages(u, here+1, here+perPage*groups), p.messages(u, here+1, here+perPage)
	if groups > 1 {
		next.Else = &shorter
	}
	l.Next = []Request{next}
	return l, nil
}

// messages is the request for the records first to last.
func (p *Page) messages(u *url.URL, first, last int) Request {
	next := *u
	next.RawQuery = withParams(u.RawQuery, param{"startrecord", strconv.Itoa(first)}, param{"endrecord", strconv.Itoa(last)})
	return Request{URL: next.String(), Header: http.Header{"Referer": {p.URL.String()}}}
}

// listMessages reads an answer of the endpoint: {"result":"<datastore>..."}, bare or as a
// call.
func listMessages(p *Page) (Listing, error) {
	l := Listing{Total: -1, Pages: -1}
	var answer struct {
		Result string `json:"result"`
	}
	if err := json.Unmarshal([]byte(unwrapped(p.Text)), &answer); err != nil {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the answer is no JSON: %v", err)}
	}
	j := p.store(answer.Result)
	rows, err := p.rows(j.records)
	if err != nil {
		return l, err
	}
	l.Items, l.Total = merged(rows), j.total
	first, last := intOf(p.URL.RawQuery, "startrecord"), intOf(p.URL.RawQuery, "endrecord")
	want := last - first + 1
	if j.total >= 0 {
		want = min(want, j.total-first+1)
	}
	got := len(j.records)
	switch {
	case j.total == 0:
		return l, nil
	case got == 0 || got < want && j.total >= 0:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("%d records instead of %d, from number %d", got, want, first)}
	case j.total >= 0 && last >= j.total || got < want:
		return l, nil
	}
	l.Next = []Request{p.messages(p.URL, last+1, last+last-first+1)}
	return l, nil
}

var jsonp = regexp.MustCompile(`(?s)^[\w.$]+\((.*)\)\s*;?$`)

// unwrapped is the argument of an answer that is a call, else the answer itself.
func unwrapped(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if m := jsonp.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return text
}
