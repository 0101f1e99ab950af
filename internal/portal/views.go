package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// Counter is a view counter that a page asks by script.
type Counter struct {
	Name    string
	Counts  bool // asking it counts as a reading; not for counters: display
	Request Request
}

// counter is one known kind of counter: what calls it, and the request it makes.
type counter struct {
	name   string
	counts bool
	call   *regexp.Regexp                                 // in the page's live script, script addresses and url attributes
	build  func(p *Page, m []string) (r Request, ok bool) // m: the call's submatches
}

// counters are the known kinds. Pure beacons (visit.jsp, _visitcount?, addclicktimes.jsp,
// statistics.gd.gov.cn/visit) have no answer worth a request and never stand here.
var counters = []counter{
	// 博达 VSB: its own script counts elsewhere (addclicktimes.jsp), this one only shows.
	{"vsb dynclicks", false, regexp.MustCompile(`_showDynClicks\(\s*["'](\w+)["']\s*,\s*["']?(\d+)["']?\s*,\s*["']?(\d+)["']?\s*\)`), vsbCounter},
	{"vsb dynclicksbatch", false, regexp.MustCompile(`_showDynClickBatch\(\s*\[[^\]]*\]\s*,\s*\[\s*(\d+)\s*\]\s*,\s*["'](\w+)["']\s*,\s*["']?(\d+)["']?\s*\)`), vsbBatch},
	// 苏迪 webplus: the page's script POSTs the address and shows the bare number.
	{"webplus visitcountdisplay", false, regexp.MustCompile(`[^\s"'<>()]*/_visitcountdisplay\?[^\s"'<>()]+`), post},
	// 大汉 Hanweb, newer module; read by several portals and an app without counting [2+].
	{"hanweb artcount", false, regexp.MustCompile(`[^\s"'<>()]*/vc/vc/interface/artcount/artcount\.(?:jsp|html)\?[^\s"'<>()]+`), get},
	// 帝国 EmpireCMS counts only with addclick=1.
	{"empirecms viewclick display", false, regexp.MustCompile(`[^\s"'<>()]*/e/public/ViewClick/?\?[^\s"'<>()]+`), empireCounter(false)},

	{"empirecms viewclick", true, regexp.MustCompile(`[^\s"'<>()]*/e/public/ViewClick/?\?[^\s"'<>()]+`), empireCounter(true)},
	{"hanweb articlehits", true, regexp.MustCompile(`[^\s"'<>()]*/module/visitcount/articlehits\.jsp\?[^\s"'<>()]+`), get},
	{"dede count", true, regexp.MustCompile(`[^\s"'<>()]*/plus/count\.php\?[^\s"'<>()]*view=yes[^\s"'<>()]*`), get},
	{"eportal counting", true, regexp.MustCompile(`(?m)^articlecounts=yes$`), eportalCounter},
	{"phpcms count", true, regexp.MustCompile(`[^\s"'<>()]*api\.php\?op=count&[^\s"'<>()]+`), get},
}

func get(p *Page, m []string) (Request, bool) { return p.ask(http.MethodGet, m[0], "") }

func post(p *Page, m []string) (Request, bool) { return p.ask(http.MethodPost, m[0], "") }

// empireCounter is the counter of EmpireCMS, the one that counts or the one that does not.
// With down= the same address answers downloads, comments or votes, which are no readings.
func empireCounter(counts bool) func(*Page, []string) (Request, bool) {
	return func(p *Page, m []string) (Request, bool) {
		r, ok := get(p, m)
		u, err := url.Parse(r.URL)
		if !ok || err != nil {
			return Request{}, false
		}
		q := u.Query()
		own := q.Has("classid") && q.Has("id") && (q.Get("down") == "" || q.Get("down") == "0")
		return r, own && (q.Get("addclick") == "1") == counts
	}
}

// ask is a request a page's script would make: with the page as referrer, which several
// portals insist on.
func (p *Page) ask(method, address, body string) (Request, bool) {
	// Only this reference is undone: &currentPage= is no ¤tPage=.
	u := p.resolve(strings.ReplaceAll(strings.Trim(address, "\"' \t\r\n"), "&amp;", "&"))
	if u == "" {
		return Request{}, false
	}
	if method == http.MethodGet {
		method = ""
	}
	return Request{Method: method, URL: u, Body: body, Header: http.Header{"Referer": {p.URL.String()}}}, true
}

// FindCounter finds the counter a page asks. Where a page calls several (a list with a
// counter a row) none of them is known to be its own, and none is returned.
func FindCounter(p *Page) (Counter, bool) {
	calls := p.calls()
	var found Counter
	for _, c := range counters {
		for _, m := range c.call.FindAllStringSubmatch(calls, -1) {
			r, ok := c.build(p, m)
			if !ok || r.URL == found.Request.URL {
				continue
			}
			if found.Name != "" {
				return Counter{}, false
			}
			found = Counter{Name: c.name, Counts: c.counts, Request: r}
		}
	}
	return found, found.Name != ""
}

// calls joins what a browser would run or load: live inline script, addresses of script
// elements, url attributes, and the mark by which a script loaded from elsewhere counts.
func (p *Page) calls() string {
	var b strings.Builder
	b.WriteString(p.liveCode())
	for _, n := range p.Doc.Find("script[src], [url]").Nodes {
		b.WriteString(attr(n, "src") + "\n" + attr(n, "url") + "\n")
	}
	if p.Doc.Find(`[articlecounts="yes"]`).Length() > 0 {
		b.WriteString("articlecounts=yes\n")
	}
	return b.String()
}

// views is the request for a page's counter if asking it does not count.
func views(p *Page) (Request, bool) {
	c, ok := FindCounter(p)
	if !ok || c.Counts {
		return Request{}, false
	}
	return c.Request, true
}

// maxViews caps what is believed to be a count.
const maxViews = 1_000_000_000

var (
	bareCount  = regexp.MustCompile(`^["']?(\d{1,12})["']?;?$`)
	writeCount = regexp.MustCompile(`^document\.write(?:ln)?\(\s*["']?(\d{1,12})["']?\s*\)\s*;?$`)
	hitsCount  = regexp.MustCompile(`\$\(\s*["']#hits["']\s*\)\.(?:html|text)\(\s*["']?(\d{1,12})["']?\s*\)\s*;?`)
	setCounts  = regexp.MustCompile(`^(?:\$\(\s*["'][#.][\w-]+["']\s*\)\.(?:html|text)\(\s*["']?\d{0,12}["']?\s*\)\s*;?\s*)+$`)
	setCount   = regexp.MustCompile(`^\$\(\s*["'][#.][\w-]+["']\s*\)\.(?:html|text)\(\s*["']?(\d{1,12})["']?\s*\)\s*;?$`)
	callCount  = regexp.MustCompile(`^[\w.$]+\(\s*["']?(\d{1,12})["']?\s*\)\s*;?$`)
	namedCount = regexp.MustCompile(`(?i)["'](?:\w*(?:viewcount|visitcount|views?|hits?|clicks?|clickcount|readcount|pv|count|num))["']\s*:\s*["']?(\d{1,12})["']?\s*[,}]`)
)

// Count reads what a counter answered: a bare number, document.write("n"), a JSONP call,
// $('#hits').html('n') (of several such the one of #hits: phpcms sets the downloads of the
// day too), or JSON with exactly one member that names a count. Anything else (an error
// page, two numbers) is an error, never a guess.
func Count(p *Page) (int64, error) {
	text := strings.TrimSpace(strings.Trim(tidy(p.Text), ";"))
	for _, form := range []*regexp.Regexp{bareCount, writeCount, setCount, callCount} {
		if m := form.FindStringSubmatch(text); m != nil {
			return believable(p.URL, m[1])
		}
	}
	if all := hitsCount.FindAllStringSubmatch(text, -1); len(all) == 1 && setCounts.MatchString(text) {
		return believable(p.URL, all[0][1])
	}
	if all := namedCount.FindAllStringSubmatch(text, -1); len(all) == 1 {
		return believable(p.URL, all[0][1])
	}
	return 0, fmt.Errorf("count %s: no count in %q", p.URL, cut(text))
}

func believable(u *url.URL, digits string) (int64, error) {
	var n int64
	if _, err := fmt.Sscan(digits, &n); err != nil || n > maxViews {
		return 0, fmt.Errorf("count %s: %s is no believable count", u, digits)
	}
	return n, nil
}
