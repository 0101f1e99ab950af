package portal

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// trsCall is what the paging script of a TRS page says.
type trsCall struct {
	pages, index int    // index as written; -1 if the page does not say
	total, size  int    // items, -1 if the page does not say; items of a full page, 0 if it does not
	name, ext    string // "" where the page does not say
	classic      bool   // script that joins "_" with the next index stands in the page
	evidence     string
}

var (
	createPage   = regexp.MustCompile(`(?i)(function\s+)?\bcreatePage\w*\s*\(`)
	pagerObject  = regexp.MustCompile(`\bPager\s*\(\s*\{`)
	countPageSet = regexp.MustCompile(`\bcountPage\s*=\s*["']?\d{1,5}`)
	pageExt      = regexp.MustCompile(`(?i)^(?:s?html?|jhtml|aspx?|jspx?|php)$`)
	// joinsNext is "index"+"_" + nextPage + "."+"html" in any quoting.
	joinsNext  = regexp.MustCompile(`([A-Za-z]\w*)\\?["']?\s*\+?\s*\\?["']?_\\?["']\s*\+\s*(nextPage|\(?\s*currentPage\s*\+\s*1\s*\)?|prevPage|i)\b`)
	joinsExt   = regexp.MustCompile(`\+\s*["']\.["']?\s*\+?\s*["']?(s?html?)\b`)
	trsNumber  = regexp.MustCompile(`^(.+)_(\d{1,4})\.(s?html?)$`)
	trsSegment = regexp.MustCompile(`^(\w+)\.(s?html?)$`)
)

// maxCalls is how many calls of a page are looked at for one that pages.
const maxCalls = 20

// pageIndexNames are the variables that hold the index of the page shown.
var pageIndexNames = []string{"currentPage", "currPage", "nowPage", "currIndex", "nCurrIndex"}

func trsCallOf(p *Page) trsCall {
	none := trsCall{pages: -1, index: -1, total: -1}
	if strings.Contains(p.Text, "pager.offset") {
		return none // a dynamic list of another family
	}
	code := p.liveCode()
	v := p.vars()
	for _, m := range createPage.FindAllStringSubmatchIndex(code, maxCalls) {
		args, n, _ := commaParts(ahead(code, m[1], maxExpression))
		if c, ok := callFrom(v, args); ok && m[2] < 0 {
			c.evidence = cut(code[m[0] : m[1]+n])
			return c
		}
	}
	if m := pagerObject.FindStringIndex(code); m != nil {
		of := map[string]string{}
		for _, p := range properties(ahead(code, m[1], maxExpression)) {
			of[p.key], _ = v.value(p.expr)
		}
		if c := (trsCall{pages: number(of["size"]), index: number(of["current"]), total: -1, name: of["prefix"], ext: of["suffix"]}); c.pages >= 0 && c.index >= 0 && pageExt.MatchString(c.ext) {
			c.evidence = cut(code[m[0]:])
			return c
		}
	}
	if c := henanCall(p); c.evidence != "" {
		return c
	}
	pages, ok := v["countPage"]
	if !ok || number(pages) < 0 {
		return none
	}
	c := trsCall{pages: number(pages), index: -1, total: -1, evidence: countPageSet.FindString(code)}
	if c.evidence == "" {
		c.evidence = "countPage = " + pages
	}
	for _, name := range pageIndexNames {
		if index, ok := v[name]; ok && number(index) >= 0 {
			c.index = number(index)
			break
		}
	}
	if m := joinsNext.FindStringSubmatch(code); m != nil {
		c.name, c.classic = m[1], true
	}
	if m := joinsExt.FindStringSubmatch(code); m != nil {
		c.ext = m[1]
	}
	return c
}

// callFrom reads the arguments of a call: pages, index, name, extension, perhaps the total.
func callFrom(v scope, args []string) (trsCall, bool) {
	if len(args) < 4 {
		return trsCall{}, false
	}
	var values [5]string
	for i := range min(len(args), len(values)) {
		values[i], _ = v.value(args[i])
	}
	c := trsCall{pages: number(values[0]), index: number(values[1]), total: number(values[4]), ext: values[3]}
	c.name = values[2][strings.LastIndexByte(values[2], '/')+1:]
	return c, c.pages >= 0 && c.index >= 0 && c.name != "" && pageExt.MatchString(c.ext)
}

// henanCall reads what the Henan templates state: <div id="pageDec" pagesize="24" pagecount="51">,
// where pagecount is the number of items.
func henanCall(p *Page) trsCall {
	s := p.Doc.Find("#pageDec[pagesize][pagecount]").First()
	size, total := number(s.AttrOr("pagesize", "")), number(s.AttrOr("pagecount", ""))
	if size <= 0 || total < 0 {
		return trsCall{}
	}
	return trsCall{pages: (total + size - 1) / size, index: -1, total: total, size: size,
		evidence: "pagesize " + strconv.Itoa(size) + ", pagecount " + strconv.Itoa(total)}
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
