package portal

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/PuerkitoBio/goquery"
)

// The module for disclosure of 大汉 (Hanweb), /module/xxgk/, part of the family hanweb.
//
// Recognised by: a call loadDynamic('/module/xxgk/search.jsp?...'), a frame of tree.jsp,
// links to xxgkAnnualReport.jsp, or an address below /module/xxgk/.
//
// Pages by: a column's page holds no rows. Its script posts to search.jsp, which answers
// with a table of rows (tr_main_value_odd, tr_main_value_even) and 第 n 页/共 m 页; further
// pages are asked by currpage=. A page that only frames the tree of catalogues is followed
// into the tree, where the one catalogue of annual reports is taken. xxgkAnnualReport.jsp
// is the report itself, one a year by fbtime=.
//
// Assumptions:
//   - search.jsp reads the parameters of its address and of its body alike. Both carry all of
//     them, so that each answer tells by its address which page it is.
//   - A page number in the answer other than the one asked for is a PagingError.
//   - A search without a catalogue (infotypeId) answers with all of the organ's documents;
//     their titles then decide.
//   - A page of xxgkAnnualReport.jsp that links to no other year is one of a chain: the year
//     before is asked for, and where it brings nothing the one before that, down to 2008,
//     the first year reported on. Two missing years in a row end the chain unseen.
//   - A tree that names no catalogue of annual reports, or several, is a PagingError.

const (
	xxgkFolder = "/module/xxgk/"
	annualFile = "xxgkAnnualReport.jsp"
	firstYear  = 2008
)

var (
	loadCall = regexp.MustCompile(`\bloadDynamic\(`)
	treeNode = regexp.MustCompile(`funclick1?\(\s*\\*['"]([A-Za-z0-9_-]+)\\*['"][^<>]{0,120}>\s*([^<>]{1,40})<`)
	goPage   = regexp.MustCompile(`funGoPage\(\s*(?:['"][^'"]*['"]\s*,\s*)?(\d{1,5})\s*\)`)
	digits   = regexp.MustCompile(`^\d*$`)

	leadingNumber = regexp.MustCompile(`^\d+`)
	wordByte      = regexp.MustCompile(`[\w$]`)

	ownReport = regexp.MustCompile(`信息公开.{0,8}(?:年报|年度报告|年度工作报告)`)
)

func detectXXGK(p *Page) string {
	switch {
	case strings.Contains(p.URL.Path, xxgkFolder):
		return p.URL.Path
	case len(p.loadArguments()) > 0:
		return "loadDynamic(" + cut(p.loadArguments()[0])
	case p.linksYears():
		return annualFile
	}
	if tree := p.tree(); tree != "" {
		return "frame of " + cut(tree)
	}
	return ""
}

// listXXGK reads a page of the module; ok is false for any other page. A page that has a
// list of the plugin as well is the module's only if its script loads rows.
func listXXGK(p *Page) (l Listing, ok bool, err error) {
	l = Listing{Total: -1, Pages: -1, Column: p.column()}
	file := p.URL.Path[strings.LastIndexByte(p.URL.Path, '/')+1:]
	args := p.loadArguments()
	switch {
	case strings.Contains(p.URL.Path, xxgkFolder) && file == annualFile:
		return p.annualReport(l), true, nil
	case strings.Contains(p.URL.Path, xxgkFolder) && file == "tree.jsp":
		l, err = p.intoTree(l)
		return l, true, err
	case strings.Contains(p.URL.Path, xxgkFolder):
		l, err = p.searchAnswer(l)
		return l, true, err
	case len(args) > 0:
		l.Next = []Request{p.search(p.resolve(args[0]), p.loaded(args), http.MethodPost)}
		return l, true, nil
	case len(p.jpages()) > 0:
		return l, false, nil
	case p.linksYears():
		l.Items = p.years()
		return l, true, nil
	case p.tree() != "":
		l.Next = []Request{{URL: p.tree(), Header: http.Header{"Referer": {p.URL.String()}}}}
		return l, true, nil
	}
	return l, false, nil
}

// loadArguments are the arguments of the page's call that loads rows:
// loadDynamic(url, divid, cid, mid, uid, webid, method, area). What a variable gives is
// left out.
func (p *Page) loadArguments() []string {
	code := p.liveCode()
	for _, m := range loadCall.FindAllStringIndex(code, -1) {
		if strings.HasSuffix(strings.TrimSpace(code[:m[0]]), "function") {
			continue
		}
		if args := arguments(code[m[1]:]); len(args) > 1 && strings.Contains(args[0], xxgkFolder) {
			return args
		}
	}
	return nil
}

// arguments are the string literals of a call's arguments up to its closing bracket, those
// of one argument joined.
func arguments(code string) []string {
	args := []string{""}
	depth := 0
	for i := 0; i < len(code); {
		switch c := code[i]; {
		case c == '"' || c == '\'':
			n := literalEnd(code[i:])
			if depth == 0 && n >= 2 {
				args[len(args)-1] += decoded(code[i+1 : i+n-1])
			}
			i += n
			continue
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return args
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			args = append(args, "")
		case depth == 0:
			if n := len(leadingNumber.FindString(code[i:])); n > 0 {
				if i == 0 || !wordByte.MatchString(code[i-1:i]) {
					args[len(args)-1] += code[i : i+n]
				}
				i += n
				continue
			}
		}
		i++
	}
	return nil
}

// loaded are the parameters the module's script would add to the address it loads, the
// organ and the catalogue taken from the page's own address where the script does.
func (p *Page) loaded(args []string) []param {
	at := func(i int) string {
		if i < len(args) {
			return args[i]
		}
		return ""
	}
	query := ""
	if u, err := url.Parse(at(0)); err == nil {
		query = u.RawQuery
	}
	own := p.URL.RawQuery
	catalogue := cmp.Or(queryValue(query, "infotypeId"), queryValue(own, "infotypeId"), queryValue(own, "number"))
	if catalogue == "" && !digits.MatchString(at(2)) {
		catalogue = at(2)
	}
	return []param{
		{"infotypeId", catalogue}, {"jdid", cmp.Or(queryValue(query, "jdid"), at(5))},
		{"area", cmp.Or(queryValue(query, "area"), at(7), queryValue(own, "vc_xxgkarea"))},
		{"divid", cmp.Or(queryValue(query, "divid"), at(1))}, {"currpage", "1"},
	}
}

// search is a request to a page of the module with some parameters set.
func (p *Page) search(address string, ms []param, method string) Request {
	u, err := url.Parse(address)
	if err != nil {
		return Request{URL: address}
	}
	u.RawQuery = plainASCII(withParams(u.RawQuery, escaped(ms)...))
	r := Request{URL: u.String(), Header: http.Header{"Referer": {p.URL.String()}}}
	if method == http.MethodPost {
		r.Method, r.Body = method, u.RawQuery
	}
	return r
}

// searchAnswer reads a page of rows.
func (p *Page) searchAnswer(l Listing) (Listing, error) {
	l.Mixed = queryValue(p.URL.RawQuery, "infotypeId") == "" // an organ's whole catalogue
	l.Items = p.tableRows()
	if l.Items == nil {
		l.Items = p.listing(l.Column)
	}
	s := p.stated()
	l.Total, l.Pages = s.total, s.pages
	own := max(1, intOf(p.URL.RawQuery, "currpage"))
	last := s.pages
	for _, m := range goPage.FindAllStringSubmatch(p.Text, -1) {
		last = max(last, number(m[1]))
	}
	switch {
	case s.current > 0 && s.current != own:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d was asked for, the answer says it is number %d", own, s.current)}
	case len(l.Items) == 0 && last >= own && s.total != 0:
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("page %d of %d has no rows", own, last)}
	case own >= last:
		return l, nil
	}
	ms := []param{{"currpage", strconv.Itoa(own + 1)}, {"isAllList", "1"}} // as the module's script does
	for _, name := range []string{"infotypeId", "jdid", "area", "divid", "standardXxgk", "sortfield", "fields", "fieldConfigId"} {
		value := p.Doc.Find("input#"+name).AttrOr("value", "")
		if value != "" && queryValue(p.URL.RawQuery, name) == "" {
			ms = append(ms, param{name, value})
		}
	}
	l.Next = []Request{p.search(p.URL.String(), ms, p.Capture.Method)}
	return l, nil
}

// tableRows are the rows of the module's table. Their links say in attributes what a
// browser shows cut: mc the title, rq the date.
func (p *Page) tableRows() []Item {
	links := p.links()
	var rows []row
	for _, n := range p.Doc.Find(".tr_main_value_odd, .tr_main_value_even").Nodes {
		r, ok := recordRow(n, links)
		if !ok {
			continue
		}
		for i := range r.items {
			for _, l := range links {
				if l.url != r.items[i].URL || !contains(n, l.node) {
					continue
				}
				if full := tidy(attr(l.node, "mc")); runes(full) > runes(r.items[i].Title) {
					r.items[i].Title = full
				}
				r.items[i].Date = cmp.Or(r.items[i].Date, isoDate(attr(l.node, "rq")))
			}
		}
		rows = append(rows, r)
	}
	return merged(rows)
}

// tree is the address of the tree of catalogues that the page frames, "" where the page
// shows rows itself.
func (p *Page) tree() string {
	frame := p.Doc.Find("iframe[src*='/module/xxgk/tree.jsp'], frame[src*='/module/xxgk/tree.jsp']").First()
	if frame.Length() == 0 || p.listing(p.column()) != nil {
		return ""
	}
	return p.resolve(frame.AttrOr("src", ""))
}

// intoTree leads from the tree to the rows of its catalogue of annual reports.
func (p *Page) intoTree(l Listing) (Listing, error) {
	found := map[string]string{}
	var narrow, wide []string
	for _, m := range treeNode.FindAllStringSubmatch(p.Text, -1) {
		label := squeeze(m[2])
		if !yearlyColumn(label) || found[m[1]] != "" {
			continue
		}
		found[m[1]] = label
		wide = append(wide, m[1])
		if ownReport.MatchString(label) {
			narrow = append(narrow, m[1])
		}
	}
	if len(wide) > 1 && len(narrow) == 1 {
		wide = narrow
	}
	if len(wide) != 1 {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("the tree names %d catalogues of annual reports %q", len(wide), wide)}
	}
	l.Column = found[wide[0]]
	ms := []param{{"infotypeId", wide[0]}}
	for _, name := range []string{"jdid", "area", "divid"} {
		value := cmp.Or(p.Doc.Find("input#"+name+", input[name="+name+"]").First().AttrOr("value", ""), queryValue(p.URL.RawQuery, name))
		ms = append(ms, param{name, value})
	}
	address := cmp.Or(p.Doc.Find("input#strSearchUrl").AttrOr("value", ""), xxgkFolder+"search.jsp")
	l.Next = []Request{p.search(p.resolve(address), append(ms, param{"currpage", "1"}), http.MethodPost)}
	return l, nil
}

// linksYears says whether the page leads to the reports of several years. One link alone
// stands in the menu of every page of the module.
func (p *Page) linksYears() bool {
	years := map[string]bool{}
	for _, it := range p.years() {
		if u, err := url.Parse(it.URL); err == nil {
			years[queryValue(u.RawQuery, "fbtime")] = true
		}
	}
	return len(years) > 1
}

// years are the annual reports the page links to, under the names it gives them: 2023 or
// 2023年 is enough of a title there.
func (p *Page) years() []Item {
	var rows []row
	self := p.resolve(p.URL.String())
	for _, a := range p.Doc.Find("a[href*='" + annualFile + "']").Nodes {
		if address := p.resolve(attr(a, "href")); address != "" && address != self {
			rows = append(rows, row{items: []Item{{URL: address, Title: titleOf(a)}}})
		}
	}
	return merged(rows)
}

// annualReport lists the report the page is, with those of other years.
func (p *Page) annualReport(l Listing) Listing {
	year := intOf(p.URL.RawQuery, "fbtime")
	others := p.years()
	if text := p.visible(); len(others) == 0 && (!strings.Contains(text, strconv.Itoa(year)+"年") || !reportWords.MatchString(text)) {
		return l
	}
	title := cmp.Or(p.meta("ArticleTitle"), textOf1(p.Doc.Find("h1")), tidy(p.Doc.Find("title").First().Text()))
	self := Item{URL: p.resolve(p.URL.String()), Title: title, Date: isoDate(p.meta("PubDate"))}
	l.Items = append([]Item{self}, others...)
	if len(others) == 0 && year > firstYear {
		next := p.search(self.URL, []param{{"fbtime", strconv.Itoa(year - 1)}}, http.MethodGet)
		if year-1 > firstYear {
			before := p.search(self.URL, []param{{"fbtime", strconv.Itoa(year - 2)}}, http.MethodGet)
			next.Else = &before
		}
		l.Next = []Request{next}
	}
	return l
}

// textOf1 is the text of a selection's first element.
func textOf1(s *goquery.Selection) string {
	if s.Length() == 0 {
		return ""
	}
	return textOf(s.Get(0))
}
