package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// endpoint is a list that is asked page by page, each page by a parameter of the query.
type endpoint struct {
	page, size   string   // names of the parameters; size may be ""
	usual        int      // rows of a full page where the query does not say; 0: not known
	total, pages []string // keys of the answer
	sentinel     string   // title of a row that templates add and that is none
}

// list reads an answer of the endpoint: its rows, and the request for the next ones.
func (e endpoint) list(p *Page) (Listing, error) {
	l := Listing{Total: -1, Pages: -1}
	r, err := p.records()
	if err != nil {
		return l, fmt.Errorf("list %s: %w", p.URL, err)
	}
	l.Total, l.Pages = r.number(e.total...), r.number(e.pages...)
	var rows []row
	count, bare := 0, 0
	for _, m := range r.rows {
		it, ok := p.item(m)
		switch {
		case e.sentinel != "" && it.Title == e.sentinel:
			continue
		case ok:
			rows = append(rows, row{items: []Item{it}})
		default:
			bare++
		}
		count++
	}
	l.Items = merged(rows)
	l.Column, l.Mixed = shared(r.columns())
	n := max(e.number(p.URL), 1)
	size := e.rowsOfPage(p.URL)
	switch {
	case bare > 0:
		err = fmt.Errorf("%d of %d rows have no title or no address", bare, count)
	case count == 0 && (l.Pages >= n || l.Total > (n-1)*size && size > 0):
		err = fmt.Errorf("the answer is empty, though %d items and %d pages are stated", l.Total, l.Pages)
	}
	if count > 0 && e.goesOn(n, count, size, l) {
		l.Next = []Request{e.turn(p, n+1)}
	}
	if err != nil {
		return l, &PagingError{URL: p.URL.String(), Evidence: err.Error()}
	}
	return l, nil
}

// goesOn says whether a page follows the n-th, which has that many rows.
func (e endpoint) goesOn(n, count, size int, l Listing) bool {
	switch {
	case l.Pages >= 0:
		return n < l.Pages
	case l.Total >= 0 && size > 0 && (n-1)*size+count == l.Total:
		return false
	case l.Total >= 0:
		return n*count < l.Total
	}
	return size == 0 || count >= size
}

// number is the page an address asks for, 0 if it does not say.
func (e endpoint) number(u *url.URL) int { return max(queryNumber(u.RawQuery, e.page), 0) }

// rowsOfPage is how many rows a full page has, 0 if that is not known.
func (e endpoint) rowsOfPage(u *url.URL) int {
	if e.size != "" {
		if n := queryNumber(u.RawQuery, e.size); n > 0 {
			return n
		}
	}
	return e.usual
}

// turn is the request for the n-th page, made as the one that brought p.
func (e endpoint) turn(p *Page, n int) Request {
	r := p.asks(withParam(p.URL, e.page, fmt.Sprint(n)))
	if column := p.Asked.Header.Get("Referer"); column != "" {
		r.Header.Set("Referer", column)
	}
	if p.Capture.Method == http.MethodPost || p.Asked.Method == http.MethodPost {
		return posted(r)
	}
	return r
}

// asks is a request that a page's script makes. Endpoints tell scripts by these headers.
func (p *Page) asks(address string) Request {
	return Request{URL: address, Header: http.Header{"Referer": {p.URL.String()}, "X-Requested-With": {"XMLHttpRequest"}}}
}

// posted is a request with its query as a form too, which servers read alike; that the
// query stays tells the answers of different pages apart.
func posted(r Request) Request {
	_, query, _ := strings.Cut(r.URL, "?")
	r.Method, r.Body, r.Header = http.MethodPost, query, r.Header.Clone()
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	return r
}
