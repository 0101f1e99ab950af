package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// TRS WCM static lists.
//
// Recognised by: a live call createPageHTML or createPage with four arguments (pages,
// index, name, extension), or a script variable countPage. Commented-out calls say nothing.
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
//   - A list whose index counts from 1 and whose numbering is classic-looking ends one page
//     early: the stated number of pages shows it to the caller.

// trs is the adapter for TRS WCM static lists.
func trs() Adapter {
	return Adapter{
		Name:   "trs",
		About:  "createPageHTML(pages, index, name, ext) or var countPage; pages by index_1.html, index_2.html; _2 as second page is tried where _1 does not exist",
		Detect: func(p *Page) string { return trsCallOf(p).evidence },
		List:   listTRS,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

// trsCall is what the paging script of a TRS page says.
type trsCall struct {
	pages, index int    // index as written; -1 if the page does not say
	name, ext    string // "" where the page does not say
	classic      bool   // script that joins "_" with the next index stands in the page
	evidence     string
}

var (
	countPageVar = regexp.MustCompile(`\bvar\s+countPage\s*=\s*["']?(\d{1,5})`)
	pageIndexVar = regexp.MustCompile(`\bvar\s+(?:currentPage|currPage|nowPage|currIndex|nCurrIndex)\s*=\s*["']?(\d{1,5})`)
	// joinsNext is "index"+"_" + nextPage + "."+"html" in any quoting.
	joinsNext  = regexp.MustCompile(`([A-Za-z]\w*)\\?["']?\s*\+?\s*\\?["']?_\\?["']\s*\+\s*(nextPage|\(?\s*currentPage\s*\+\s*1\s*\)?|prevPage|i)\b`)
	joinsExt   = regexp.MustCompile(`\+\s*["']\.["']?\s*\+?\s*["']?(s?html?)\b`)
	trsNumber  = regexp.MustCompile(`^(.+)_(\d{1,4})\.(s?html?)$`)
	trsSegment = regexp.MustCompile(`^(\w+)\.(s?html?)$`)
)

func trsCallOf(p *Page) trsCall {
	code := p.liveCode()
	c := trsCall{pages: -1, index: -1}
	if strings.Contains(p.Text, "pager.offset") {
		return c // a dynamic list of another family
	}
	if m := fourCall.FindStringSubmatch(code); m != nil {
		c.pages, c.index, c.name, c.ext, c.evidence = number(m[1]), number(m[2]), m[3], m[4], m[0]
		return c
	}
	m := countPageVar.FindStringSubmatch(code)
	if m == nil {
		return c
	}
	c.pages, c.evidence = number(m[1]), m[0]
	if m := pageIndexVar.FindStringSubmatch(code); m != nil {
		c.index = number(m[1])
	}
	if m := joinsNext.FindStringSubmatch(code); m != nil {
		c.name, c.classic = m[1], true
	}
	if m := joinsExt.FindStringSubmatch(code); m != nil {
		c.ext = m[1]
	}
	return c
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
	if c.last(own) {
		return l, nil
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

// fillFrom takes name and extension from the page's own address where the script does not
// give them.
func (c *trsCall) fillFrom(u *url.URL) {
	file := u.Path[strings.LastIndexByte(u.Path, '/')+1:]
	m := trsNumber.FindStringSubmatch(file)
	if m != nil {
		m = []string{"", m[1], m[3]}
	} else {
		m = trsSegment.FindStringSubmatch(file)
	}
	if m == nil {
		m = []string{"", "index", ""}
	}
	if c.name == "" {
		c.name = m[1]
	}
	if c.ext == "" {
		c.ext = m[2]
	}
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
