package portal

import (
	"fmt"
	"net/url"
	"strings"
)

// TRS WCM static lists.
//
// Recognised by: a live call createPageHTML or createPage with arguments pages, index,
// name, extension, as literals or variables set to literals; Pager({size, current, prefix,
// suffix}) (Beijing and others); a script variable countPage; an element pageDec with
// pagesize and pagecount (Henan). Commented-out calls and definitions say nothing.
//
// Pages by: {name}_{n}.{ext}, or where the executed pager's 下一页 leads.
//
// Counts by: nothing known: counters are each portal's own script.
//
// Assumptions:
//   - The first page is {name}.{ext} or the bare folder; page n is {name}_{n-1}.{ext}
//     (classic), or {name}_{n}.{ext} in templates that leave out _1. Which of the two a
//     portal follows shows in the links of an executed pager, in script that joins "_" with
//     nextPage, and on every page after the first. Where it does not show, classic is tried
//     and the other habit stands in Request.Else.
//   - The index counts from 0. A first page that says 1 counts from 1; its second page is
//     tried as _2, with _1 as the other habit.
//   - From page 2 on the address's number m must be the page's index (classic, or counted
//     from 1) or one more (_2 habit): anything else is a PagingError, since the portal then
//     answers with another page than the one asked for.
//   - Where only a number of pages is known (pageDec, no index), the address counts.
//   - A fifth number in the call is the number of items [1].
//   - pagecount of pageDec is the number of items, not of pages [1]: a last page that holds
//     more items than that leaves it is a PagingError.
//   - Rows that scripts write into the page are read as written.go tells.
//   - A list whose index counts from 1 and whose numbering is classic-looking ends one page
//     early: the stated number of pages shows it to the caller.

// trs is the adapter for TRS WCM static lists.
func trs() Adapter {
	return Adapter{
		Name:   "trs",
		Detect: func(p *Page) string { return trsCallOf(p).evidence },
		List:   listTRS,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

func listTRS(p *Page) (Listing, error) {
	l, s := p.read()
	c := trsCallOf(p)
	if c.evidence == "" {
		return p.withNext(l, s, p.pager()) // pinned to this family, but a page without its paging
	}
	l.Pages = c.pages
	c.fillFrom(p.URL)
	own, err := c.own(p.URL)
	if err != nil {
		return l, &PagingError{URL: p.URL.String(), Evidence: err.Error()}
	}
	if l.Total < 0 && c.totalFits(own, len(l.Items)) {
		l.Total = c.total
	}
	if c.last(own) {
		return l, c.tooMany(p, own, len(l.Items))
	}
	if pg := p.pager(); pg.next != "" {
		l.Next = []Request{{URL: pg.next}}
		return l, nil
	}
	if c.name == "" || c.ext == "" {
		return l, &PagingError{URL: p.URL.String(), Evidence: c.evidence + " names no page"}
	}
	l.Next = []Request{c.next(p, own)}
	return l, nil
}

// own is the number in the page's address, 0 for the first page. The error says that the
// address and the script disagree.
func (c trsCall) own(u *url.URL) (int, error) {
	n := 0
	file := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	if m := trsNumber.FindStringSubmatch(file); m != nil && m[1] == c.name {
		n = number(m[2])
	}
	switch {
	case c.index < 0:
		return n, nil
	case n == 0 && c.index <= 1, n > 0 && (c.index == n || c.index == n-1):
		return n, nil
	}
	return n, fmt.Errorf("%s, but the address is number %d", c.evidence, n)
}

// last says whether no page follows.
func (c trsCall) last(own int) bool {
	index := c.index
	if index < 0 {
		index = own
	}
	if own == 0 && index == 1 { // counts from 1
		return c.pages <= 1
	}
	return index >= c.pages-1
}

// totalFits says whether the total is one: the page before the last is full, and as many
// full pages as stated hold it. In some templates the number is something else.
func (c trsCall) totalFits(own, items int) bool {
	return c.total >= 0 && (c.size > 0 || items > 0 && !c.last(own) && (c.total+items-1)/items == c.pages)
}

// tooMany is the error that the last page holds more items than the stated total leaves it,
// which shows that the number means something else.
func (c trsCall) tooMany(p *Page, own, items int) error {
	if left := c.total - own*c.size; c.size > 0 && items > left {
		return &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("%s, which leaves %d items for this page, but it has %d", c.evidence, max(left, 0), items)}
	}
	return nil
}

// next is the request for the page after the own one.
func (c trsCall) next(p *Page, own int) Request {
	at := func(n int) string {
		return p.resolve(fmt.Sprintf("%s_%d.%s", c.name, n, c.ext))
	}
	switch {
	case own > 0 || c.classic:
		return Request{URL: at(own + 1)}
	case c.index == 1:
		return Request{URL: at(2), Else: &Request{URL: at(1)}}
	}
	return Request{URL: at(1), Else: &Request{URL: at(2)}}
}
