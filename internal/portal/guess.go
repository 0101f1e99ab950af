package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Where a plain page states more pages but gives no way there, usual addresses are tried.
// {name}_1 comes before {name}_2: where pages count from 0, the second would skip a page;
// where they count from 1, the first does not exist or repeats the page itself. What came
// back is held against the page before: see Guess.

// pageKeys are query parameters that number the page from 1, as portals name them.
var pageKeys = []string{"page", "pageno", "pageindex", "pagenum", "pagenumber", "currentpage", "currpage", "curpage", "cpage", "pn"}

// scriptPager are calls of plugins that turn pages in place.
var scriptPager = regexp.MustCompile(`\.(?:pagination|twbsPagination|bootstrapPaginator|jqPaginator|paging|pager)\(|\bnew\s+(?:Vue|Pagination)\b`)

var staticName = regexp.MustCompile(`^(.*?)(?:_(\d{1,4}))?\.(s?html?|jhtml)$`)

// walk completes a plain listing by the request for the next page, or by the error that more
// pages are evident and none of the ways there fits.
func (p *Page) walk(l Listing, s stated) (Listing, error) {
	g := p.Asked.Guess
	if g != nil && !p.answers(g, l.Items) {
		return Listing{Total: -1, Pages: -1}, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("%s; the guessed page brings no item below %s", g.Evidence, g.Under)}
	}
	pg := p.pager()
	if pg.next == "" {
		pg.next = p.nextOption()
	}
	if pg.next == "" && g != nil {
		l.Next = p.guessAfter(g)
		return l, nil
	}
	// Where scripts turn the pages, their addresses are not those of files.
	code := p.liveCode()
	byScript := pg.dead != "" || unknownPagers.MatchString(p.Text) || sixCall.MatchString(code) || scriptPager.MatchString(code)
	if pg.next == "" && !pg.ended && !byScript {
		if pages := statedPages(s, len(l.Items)); pages > 1 && len(l.Items) > 0 {
			if l.Next = p.guesses(l, s, pages); len(l.Next) > 0 {
				return l, nil
			}
		}
	}
	return p.withNext(l, s, pg)
}

// statedPages is the number of pages that the page states or its total comes to.
func statedPages(s stated, items int) int {
	if s.pages < 0 && s.total > items {
		return (s.total + items - 1) / items
	}
	return s.pages
}

// guesses are the requests for the second page of a listing, or for the one after the page
// that the query numbers.
func (p *Page) guesses(l Listing, s stated, pages int) []Request {
	for part := range strings.SplitSeq(p.URL.RawQuery, "&") {
		key, value, _ := strings.Cut(part, "=")
		n := number(value)
		if slices.Contains(pageKeys, strings.ToLower(key)) && n >= 1 && (s.current < 0 || s.current == n) && n < pages {
			return []Request{{URL: withParam(p.URL, key, fmt.Sprint(n+1))}}
		}
	}
	if p.URL.RawQuery != "" || ownNumber.MatchString(p.URL.Path) || s.current > 1 {
		return nil // which page this is, is not known
	}
	g := Guess{Evidence: s.evidence, Under: p.common(l.Items), Pages: pages}
	var first *Request
	for _, try := range slices.Backward(p.secondPages(l.Items)) {
		g.First = try.first
		first = &Request{URL: try.address, Else: first, Guess: new(g)}
	}
	if first == nil {
		return nil
	}
	return []Request{*first}
}

type secondPage struct {
	address string
	first   int
}

// secondPages are the addresses at which the second page may be.
func (p *Page) secondPages(items []Item) []secondPage {
	file := p.URL.Path[strings.LastIndexByte(p.URL.Path, '/')+1:]
	name, ext := "index", "html"
	switch m := staticName.FindStringSubmatch(file); {
	case m != nil:
		name, ext = m[1], m[3]
	case file != "":
		return []secondPage{{p.under(file + "/2"), 2}} // /nb → /nb/2
	case len(items) > 0:
		if m := staticName.FindStringSubmatch(items[0].URL); m != nil {
			ext = m[3]
		}
	}
	tries := []secondPage{{p.under(name + "_1." + ext), 1}, {p.under(name + "_2." + ext), 2}}
	if file != "" && name != "index" {
		tries = append(tries, secondPage{p.under(name + "/2." + ext), 2})
	}
	return tries
}

// under is the address of a file beside the page: what a list is numbered by follows the
// page, not its base.
func (p *Page) under(file string) string {
	u := *p.URL
	u.Path = u.Path[:strings.LastIndexByte(u.Path, '/')+1] + file
	u.RawPath, u.RawQuery, u.Fragment = "", "", ""
	return u.String()
}

// guessAfter is the request for the page after a guessed one, none after the last.
func (p *Page) guessAfter(g *Guess) []Request {
	number, at := lastNumber(p.URL.Path)
	if at < 0 || number-g.First+2 >= g.Pages {
		return nil
	}
	u := *p.URL
	u.Path = strings.Replace(u.Path[:at]+fmt.Sprint(number+1)+u.Path[at+len(fmt.Sprint(number)):], "//", "/", 1)
	return []Request{{URL: u.String(), Guess: g}}
}

var numberAtEnd = regexp.MustCompile(`[_/](\d{1,4})(?:\.[a-z]+)?$`)

// lastNumber is the page number at the end of a path, and where it stands; -1 for none.
func lastNumber(path string) (n, at int) {
	m := numberAtEnd.FindStringSubmatchIndex(path)
	if m == nil {
		return -1, -1
	}
	return number(path[m[2]:m[3]]), m[2]
}

// answers says whether a page is what was guessed: numbered as asked, with an item below
// the same path.
func (p *Page) answers(g *Guess, items []Item) bool {
	if n, _ := lastNumber(p.URL.Path); n < 0 {
		return false // led elsewhere
	}
	return slices.ContainsFunc(items, func(it Item) bool {
		u, err := url.Parse(it.URL)
		return err == nil && u.Host == p.URL.Host && strings.HasPrefix(u.Path, g.Under)
	})
}

// datedFolder are folders by year, month and day at the end of a path.
var datedFolder = regexp.MustCompile(`(?:/(?:(?:19|20)\d{2}(?:-?\d{2}){0,2}|\d{1,2}(?:-\d{1,2})?))+/$`)

// common is the folder that all items of the page's own host lie below, dates aside, which
// change from page to page.
func (p *Page) common(items []Item) string {
	folder, found := "", false
	for _, it := range items {
		u, err := url.Parse(it.URL)
		if err != nil || u.Host != p.URL.Host {
			continue
		}
		path := u.Path[:strings.LastIndexByte(u.Path, '/')+1]
		for found && !strings.HasPrefix(path, folder) {
			folder = folder[:strings.LastIndexByte(strings.TrimSuffix(folder, "/"), '/')+1]
		}
		if !found {
			folder, found = path, true
		}
	}
	return datedFolder.ReplaceAllString(folder, "/")
}
