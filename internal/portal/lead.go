package portal

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// From a site's home page to its column of annual reports: what links are called, and
// where they lead.
//
// Assumptions:
//   - 国办公开办函〔2019〕61号 wants a column 政府信息公开 on every government site, and in it one
//     named 政府信息公开年报; older sites say 信息公开年度报告, 年度报告 or 年报.
//   - Addresses are telling where names are not: zfxxgknb, xxgkndbg, gknb, /gkmlpt/,
//     xxgkAnnualReport.jsp, /public/column/.
//   - 年报 alone also names reports of companies, statistics and budgets; those say so.
//   - Menus made by script are not run: frames, options of a select, and a page that only
//     sends on to another are followed.

// Lead is a link that may lead to the listing of annual reports.
type Lead struct {
	URL, Title string
	Rank       int    // the higher the better: LeadColumn names the column itself
	Script     string // where URL is "": the handler of a link that names the column, which is not understood
}

// LeadColumn is the least rank of a link that by its name is the column of annual reports.
const LeadColumn = 90

var (
	leadColumn  = regexp.MustCompile(`^.{0,14}信息公开.{0,6}(?:年报|年度.{0,4}报告)(?:专栏|栏目|列表|汇总)?$`)
	leadPath    = regexp.MustCompile(`(?i)/(?:\w*(?:xxgk|gkml|zwgk|gk)\w*(?:nb|nianbao|ndbg|niandu)\w*|ndbg\w*|nianbao|nb|\w*annualreport\w*)(?:/|\.|$)`)
	leadFolder  = regexp.MustCompile(`(?i)/(?:zfxxgk|xxgk|zwgk|zfxxgkzl|zfxxgkml|xxgkml|gkml|zwgkzl)\w{0,6}/?(?:index\.\w+)?$`)
	leadLonsun  = regexp.MustCompile(`/public/column/\d+\?.*\btype=3\b`)
	leadFrame   = regexp.MustCompile(`(?i)xxgk|zwgk|gkml|openness`)
	leadButton  = regexp.MustCompile(`(?i)xxgk|zwgk|zfxx|xinxigongkai|nianbao|ndbg`)
	noFrame     = regexp.MustCompile(`(?i)visit|count|stat|footer|bottom|weather|tianqi|search|login|ditu|map|video`)
	otherYearly = regexp.MustCompile(`企业|公司|工商|市场主体|个体|合作社|统计|财政|绩效|预算|决算|法治|依法行政|网站|投资|债务|环境|质量|社会组织|慈善|医院|学校|基金`)
	aboutYearly = regexp.MustCompile(`指南|制度|规定|条例|办法|解读|图解|申请|投诉|意见|通知|审查`)
	jumpTarget  = regexp.MustCompile(`(?:location(?:\.href)?\s*=\s*|location\.(?:replace|assign)\(\s*)["']([^"'\s]{1,300})["']`)
	refreshURL  = regexp.MustCompile(`(?i)url\s*=\s*["']?([^"'\s]{1,300})`)
)

// leadNames are names of columns above that of the annual reports.
var leadNames = map[string]int{
	"政府信息公开": 70, "政府信息公开专栏": 70, "政府信息公开平台": 68, "政府信息公开专区": 68,
	"信息公开": 64, "信息公开专栏": 64, "信息公开平台": 62, "政务公开": 60, "政务公开专栏": 60, "政务公开平台": 60,
	"政府信息公开目录": 58, "信息公开目录": 58, "公开目录": 52, "政府信息主动公开": 52, "主动公开": 50,
	"法定主动公开内容": 50, "公开": 44, "部门信息公开": 40, "部门信息公开目录": 40, "网站地图": 25, "站点地图": 25,
}

// Leads are the links of a page that may lead to the listing of annual reports, the most
// promising first, each address once.
func Leads(p *Page) []Lead {
	best := map[string]Lead{}
	var order []string
	self := p.resolve(p.URL.String())
	take := func(address, title string, rank int) {
		if address == "" || address == self || rank <= 0 {
			return
		}
		if known, ok := best[address]; !ok {
			order = append(order, address)
		} else if known.Rank >= rank {
			return
		}
		best[address] = Lead{URL: address, Title: title, Rank: rank}
	}
	for _, n := range p.Doc.Find("a, area, option[value], frame[src], iframe[src], meta[http-equiv], li[onclick], div[onclick], td[onclick], span[onclick]").Nodes {
		switch n.DataAtom {
		case atom.A, atom.Area, atom.Li, atom.Div, atom.Td, atom.Span:
			address := p.target(n)
			for _, title := range []string{squeeze(titleOf(n)), squeeze(textOf(n)), squeeze(attr(n, "alt"))} { // a tooltip may say more, or something else
				take(address, title, leadRank(address, title))
			}
			if textOf(n) == "" && leadPicture(n) {
				take(address, "picture", 45)
			}
		case atom.Option:
			if title := squeeze(textOf(n)); strings.Contains(attr(n, "value"), "/") {
				address := p.resolve(attr(n, "value"))
				take(address, title, leadRank(address, title)-5)
			}
		case atom.Frame, atom.Iframe:
			take(p.resolve(attr(n, "src")), "frame", frameRank(n))
		case atom.Meta:
			if m := refreshURL.FindStringSubmatch(attr(n, "content")); m != nil && strings.EqualFold(attr(n, "http-equiv"), "refresh") {
				take(p.resolve(m[1]), "refresh", 80)
			}
		}
	}
	if runes(squeeze(p.visible())) < excuseText { // a page that only sends on
		for _, m := range jumpTarget.FindAllStringSubmatch(p.liveCode(), -1) {
			take(p.resolve(m[1]), "script", 80)
		}
	}
	var leads []Lead
	for _, n := range p.Doc.Find("a").Nodes {
		title, script := squeeze(textOf(n)), cut(attr(n, "onclick")+" "+attr(n, "href"))
		if p.target(n) == "" && strings.Contains(script, "(") && !strings.Contains(script, "void(") && leadRank("", title) >= LeadColumn {
			leads = append(leads, Lead{Title: title, Rank: LeadColumn, Script: script})
		}
	}
	for _, address := range order {
		leads = append(leads, best[address])
	}
	slices.SortStableFunc(leads, func(a, b Lead) int { return cmp.Compare(b.Rank, a.Rank) })
	return leads
}

// leadRank judges a link by its name, then by its address; 0 is none.
func leadRank(address, title string) int {
	own := strings.Contains(title, "信息公开")
	title = strings.Trim(title, "【】[]（）()《》>»·•|｜ ")
	switch {
	case aboutYearly.MatchString(title), otherYearly.MatchString(title) && !own:
		return 0
	case namesReport(Item{URL: address, Title: title}):
		return 30 // a report; its breadcrumb may name the column
	case leadColumn.MatchString(title) && !reportYear.MatchString(title):
		return 100
	case columnTitle.MatchString(title), bareColumn.MatchString(title):
		return 95
	case reportWords.MatchString(title) && own:
		return LeadColumn
	}
	rank := leadNames[title]
	u, err := url.Parse(address)
	if err != nil {
		return rank
	}
	switch {
	case rank > 0 && strings.Contains(u.Path, "/gkmlpt/"):
		return 80
	case leadLonsun.MatchString(address), leadPath.MatchString(u.Path) && !looksLikeArticle(address):
		return max(rank, 85)
	case strings.Contains(u.Path, "/gkmlpt/") && !looksLikeArticle(address):
		return max(rank, 66)
	case leadFolder.MatchString(u.Path):
		return max(rank, 35)
	}
	return rank
}

// leadPicture says whether a link shows a picture that is named for the disclosure of
// information: buttons without a word are common on old portals.
func leadPicture(a *html.Node) bool {
	for d := range a.Descendants() {
		if d.DataAtom == atom.Img && leadButton.MatchString(attr(d, "src")) {
			return true
		}
	}
	return false
}

// frameRank judges a frame: lists and menus often stand in one. Frames that only count
// the visit are never asked for.
func frameRank(n *html.Node) int {
	switch src := attr(n, "src"); {
	case noFrame.MatchString(src):
		return 0
	case leadFrame.MatchString(src):
		return 75
	}
	return 20
}

// Reports says how many items of a listing are annual reports by title and address, and
// whether the column is named for them.
func (l Listing) Reports() (named int, column bool) {
	for _, it := range l.Items {
		if namesReport(it) {
			named++
		}
	}
	return named, yearlyColumn(l.Column)
}

// Years says whether most items are called by nothing but a year: pages of one report
// each, to which the page of any of them leads.
func (l Listing) Years() bool {
	n := 0
	for _, it := range l.Items {
		if yearOnly.MatchString(squeeze(it.Title)) {
			n++
		}
	}
	return n > 1 && 2*n > len(l.Items)
}
