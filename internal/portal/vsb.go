package portal

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// 博达 VSB site groups (Gansu, Yunnan, Qinghai, Linyi, Meishan and many others).
//
// Recognised by: what the software puts into its pages itself: scripts and styles below
// /system/resource/ or _sitegray, rows line_u{n}_{n}, its pagers (pb_sys_common,
// _simple_list_gotopage_fun), its article body (vsb_content), or an own address with
// urltype=tree.TreeTempUrl or a wbtreeid.
//
// Pages by: where 下页 leads. Static lists count down: of N pages the first is
// {name}.htm, the second {name}/{N-1}.htm, the last {name}/1.htm. Dynamic lists are
// {list}.jsp?totalpage=N&PAGENUM=n&urltype=tree.TreeTempUrl&wbtreeid=.
//
// Assumptions:
//   - Number of the address and number of the page add up to N+1, also on pages that
//     were generated when N was smaller, or are the same, should a portal count up:
//     anything else is a PagingError.
//   - Without a link, the next page of a static list is the next lower number (the next
//     higher one where they are the same), that of a dynamic one PAGENUM+1.
//   - totalpage in an address is the portal's own hint, no statement: it is not read.
//
// Counts by: dynclicks.jsp or dynclicksbatch.jsp with the number in the article's address; both only
// show. A list's batch, which counts many articles, is nobody's own counter.

// vsb is the adapter for VSB site groups.
func vsb() Adapter {
	return Adapter{
		Name:   "vsb",
		Detect: detectVSB,
		List:   listVSB,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	vsbOwnAddress = regexp.MustCompile(`[?&](?:urltype=(?:tree\.TreeTempUrl|news\.NewsContentUrl)|wbtreeid=\d+)`)
	vsbScript     = regexp.MustCompile(`\b_(?:simple_list_gotopage_fun|showDynClick(?:s|Batch))\(`)
	vsbGoto       = regexp.MustCompile(`_simple_list_gotopage_fun\(\s*(\d{1,5})\s*,`)
	vsbSlash      = regexp.MustCompile(`(?:^|[^\d/-])(\d{1,5})\s*/\s*(\d{1,5})(?:[^\d/-]|$)`)
	vsbNumbered   = regexp.MustCompile(`^(.*/)(\d{1,5})(\.html?)$`)
	vsbArticle    = regexp.MustCompile(`/info/\d+/(\d+)\.html?$|[?&]wbnewsid=(\d+)(?:&|$)`)
	vsbPageNumber = regexp.MustCompile(`([?&]PAGENUM=)(\d{1,5})`)
)

// vsbMarks are elements only this software writes.
const vsbMarks = `script[src*="/system/resource/"], link[href*="/system/resource/"], link[href*="_sitegray"], [id^="line_u"], .pb_sys_common, [id^="vsb_content"], form[name="_newscontent_fromname"]`

func detectVSB(p *Page) string {
	if m := vsbOwnAddress.FindString(p.URL.String()); m != "" {
		return m
	}
	if s := p.Doc.Find(vsbMarks); s.Length() > 0 {
		n := s.Get(0)
		return cut(fmt.Sprintf("<%s %s%s%s %s>", n.Data, attr(n, "id"), attr(n, "src"), attr(n, "href"), attr(n, "class")))
	}
	return vsbScript.FindString(p.liveCode())
}

func listVSB(p *Page) (Listing, error) {
	l, s := p.read()
	s = p.vsbStated(s)
	l.Pages, l.Total = s.pages, s.total
	if s.total == 0 {
		l.Items = nil // what was taken for the listing is furniture
	}
	if err := vsbFits(p, s); err != nil {
		return l, err
	}
	if s.pages > 0 && s.current == s.pages {
		return l, nil
	}
	pg := p.pager()
	if next := vsbNext(p, s); pg.next == "" && !pg.ended && next != "" {
		pg.next = next
	}
	return p.withNext(l, s, pg)
}

// vsbStated reads what only this software's pagers show: 1/11 without further words, the
// number that is no link, the number of pages in a handler. Where the page has such a
// pager, words elsewhere say nothing.
func (p *Page) vsbStated(s stated) stated {
	var b strings.Builder
	for _, n := range p.Doc.Find(`.p_t, [id^="fanye"]`).Nodes {
		b.WriteString(textOf(n) + "\n")
	}
	words := b.String()
	if words != "" {
		s = stated{pages: -1, total: -1, current: -1}
	}
	if m := totalWords[0].FindStringSubmatch(words); m != nil {
		s.total = number(m[1])
	}
	if m := pagesWords[0].FindStringSubmatch(words); m != nil {
		s.pages, s.evidence = number(m[1]), m[0]
	}
	if m := vsbSlash.FindStringSubmatch(words); m != nil {
		s.current, s.pages, s.evidence = number(m[1]), number(m[2]), strings.TrimSpace(m[0])
	}
	if m := vsbGoto.FindStringSubmatch(p.Text); m != nil && s.pages < 0 {
		s.pages, s.evidence = number(m[1]), m[0]
	}
	if n := p.Doc.Find(".p_no_d"); n.Length() > 0 {
		if m := pageSign.FindStringSubmatch(textOf(n.Get(0))); m != nil {
			s.current = number(m[1])
		}
	}
	if s.pages >= 0 && s.current > s.pages {
		s.current = -1
	}
	return s
}

// vsbFits compares the number in the address with the one the page shows.
func vsbFits(p *Page, s stated) error {
	if s.current < 1 || s.pages < 1 {
		return nil
	}
	says := ""
	if m := vsbPageNumber.FindStringSubmatch("?" + p.URL.RawQuery); m != nil {
		if number(m[2]) != s.current {
			says = "asks for " + m[0][1:]
		}
	} else if m := vsbNumbered.FindStringSubmatch(p.URL.Path); m != nil && s.current > 1 {
		if n := number(m[2]); n+s.current != s.pages+1 && n != s.current {
			says = "is number " + m[2]
		}
	} else if s.current > 1 && p.URL.RawQuery == "" {
		says = "has no number"
	}
	if says == "" {
		return nil
	}
	return &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the page says it is number %d of %d, its address %s", s.current, s.pages, says)}
}

// vsbNext is the next page by the family's numbering, "" if the page does not tell its
// number or is the last one.
func vsbNext(p *Page, s stated) string {
	if s.pages < 2 || s.current < 1 {
		return ""
	}
	u := *p.URL
	if u.RawQuery != "" {
		query := "?" + u.RawQuery
		if vsbPageNumber.MatchString(query) {
			query = vsbPageNumber.ReplaceAllString(query, fmt.Sprintf("${1}%d", s.current+1))
		} else {
			query = fmt.Sprintf("?totalpage=%d&PAGENUM=%d&%s", s.pages, s.current+1, u.RawQuery)
		}
		u.RawQuery = query[1:]
		return p.resolve(u.String())
	}
	dot := strings.LastIndexByte(u.Path, '.')
	m := vsbNumbered.FindStringSubmatch(u.Path)
	switch {
	case s.current == 1 && dot > strings.LastIndexByte(u.Path, '/'):
		u.Path = fmt.Sprintf("%s/%d%s", u.Path[:dot], s.pages-1, u.Path[dot:])
	case s.current > 1 && m != nil && number(m[2])+s.current == s.pages+1:
		u.Path = fmt.Sprintf("%s%d%s", m[1], number(m[2])-1, m[3])
	case s.current > 1 && m != nil:
		u.Path = fmt.Sprintf("%s%d%s", m[1], s.current+1, m[3])
	default:
		return ""
	}
	u.RawPath = ""
	return u.String()
}

// vsbCounter is the counter of the article in the page's own address; a page whose address
// has no number has none but its own.
func vsbCounter(p *Page, m []string) (Request, bool) {
	own := vsbArticle.FindStringSubmatch(p.URL.RequestURI())
	if own != nil && m[1] == "wbnews" && own[1] != m[3] && own[2] != m[3] {
		return Request{}, false // of an article beside it
	}
	return p.ask(http.MethodGet, fmt.Sprintf("/system/resource/code/news/click/dynclicks.jsp?clickid=%s&owner=%s&clicktype=%s", m[3], m[2], m[1]), "")
}

// vsbBatch is the counter of one article that asks by the form for many: only if the
// number is the one in the page's own address, since a list of one related article asks
// in the same way.
func vsbBatch(p *Page, m []string) (Request, bool) {
	own := vsbArticle.FindStringSubmatch(p.URL.RequestURI())
	if own == nil || own[1] != m[1] && own[2] != m[1] || strings.Contains(p.liveCode(), "_showDynClicks(") {
		return Request{}, false
	}
	return p.ask(http.MethodGet, fmt.Sprintf("/system/resource/code/news/click/dynclicksbatch.jsp?clickids=%s&owner=%s&clicktype=%s", m[1], m[3], m[2]), "")
}
