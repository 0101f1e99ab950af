package portal

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// Several families number the files of a list from 1 and leave the 1 out: index.html,
// index_2.html, index_3.html.

var listFile = regexp.MustCompile(`^(\w+?)(?:_(\d{1,4}))?\.(s?html?)$`)

// listFileOf splits the file of a list page: index_3.html is index, 3, html; index.html has
// number 1, and so has a bare folder, which names neither.
func listFileOf(u *url.URL) (name string, n int, ext string) {
	m := listFile.FindStringSubmatch(u.Path[strings.LastIndexByte(u.Path, '/')+1:])
	if m == nil {
		return "", 1, ""
	}
	if m[2] == "" {
		return m[1], 1, m[3]
	}
	return m[1], max(number(m[2]), 1), m[3]
}

// byNumber completes a listing whose files are numbered from 1: by the pager's own link,
// else by the number after the page's. A page whose own words name another number than its
// address is a PagingError: the portal then answers with another page than asked for. So is
// a section that has no rows but a column a year: each year is a listing of its own.
func (p *Page) byNumber(l Listing, s stated) (Listing, error) {
	if years := p.yearColumns(); len(l.Items) == 0 && len(years) > 1 {
		return l, &PagingError{URL: p.URL.String(), Evidence: "a column for each year, one source each: " + strings.Join(years, ", ")}
	}
	pg := p.pager()
	name, own, ext := listFileOf(p.URL)
	if s.current > 0 && s.current != own {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the page says it is number %d, its address is number %d", s.current, own)}
	}
	if pg.next != "" || s.pages < 0 {
		return p.withNext(l, s, pg)
	}
	if own < s.pages {
		l.Next = []Request{{URL: p.resolve(fmt.Sprintf("%s_%d.%s", cmp.Or(name, "index"), own+1, cmp.Or(ext, "html")))}}
	}
	return l, nil
}

// yearColumns are the links that lead to a column for one year.
func (p *Page) yearColumns() []string {
	var all []string
	for _, l := range p.links() {
		if yearOnly.MatchString(l.title) && !looksLikeArticle(l.url) {
			all = append(all, l.title+" "+l.url)
		}
	}
	return all
}
