package portal

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// stated is what a page says of its listing in words or script variables; -1 where it
// says nothing. current counts from 1.
type stated struct {
	pages, total, current int
	evidence              string // the words for pages, else for total
}

// amount is a number of items, 1,234 too.
const amount = `\d{1,3}(?:,\d{3})+|\d{1,6}`

// Words of pagers. Where several match, the first in this order counts.
var (
	pagesWords = []*regexp.Regexp{
		regexp.MustCompile(`(?:[共总]\s*计?\s*有?|分为?)\s*(\d{1,5})\s*页`),
		regexp.MustCompile(`总页数\s*[:：]?\s*(\d{1,5})`),
		regexp.MustCompile(`第?\s*\d{1,5}\s*页?\s*/\s*[共第]?\s*(\d{1,5})\s*页`),
		regexp.MustCompile(`页次\s*[:：]?\s*\d{1,5}\s*/\s*(\d{1,5})`),
		regexp.MustCompile(`\d\s*(?:条|篇|项)(?:记录|信息|数据)?\s*[/／]\s*(\d{1,5})\s*页`),
	}
	totalWords = []*regexp.Regexp{
		regexp.MustCompile(`[共总]\s*计?\s*有?\s*(` + amount + `)\s*(?:条|篇|项|个)?\s*(?:记录|信息|数据|条)`),
		regexp.MustCompile(`共\s*计?\s*有?\s*(?:文章|信息|记录|数据|文件)\s*(` + amount + `)\s*(?:条|篇|个)`),
		regexp.MustCompile(`(?:总记录数?|记录总数|总条数|信息总数|总数)\s*[:：]?\s*(` + amount + `)`),
		regexp.MustCompile(`\d\s*页\s*[/／,，、]?\s*共?\s*(` + amount + `)\s*条(?:[^/／]|$)`),
	}
	currentWords = []*regexp.Regexp{
		regexp.MustCompile(`第\s*(\d{1,5})\s*页?\s*/`),
		regexp.MustCompile(`页次\s*[:：]?\s*(\d{1,5})\s*/`),
		regexp.MustCompile(`(?:当前|目前)(?:页|是|为)?\s*[:：]?\s*第?\s*[:：]?\s*(\d{1,5})\s*页?`),
		regexp.MustCompile(`(?:^|[^\d转到至])第\s*(\d{1,5})\s*页`),
		regexp.MustCompile(`(?:^|[^\d/])(\d{1,5})\s*页?\s*/\s*\d{1,5}\s*页`),
	}
	pagesVars = regexp.MustCompile(`(?i)\b(?:countPages?|pageCounts?|totalPages?|pageTotal|pagesTotal|nPageCount)["']?\s*[:=]\s*["']?(\d{1,5})\b["']?`)
	totalVars = regexp.MustCompile(`(?i)\b(?:totalRecords?|recordCount|totalCount|totalRows?|countRecord|rowCount|recordTotal)["']?\s*[:=]\s*["']?(\d{1,6})\b["']?`)
	// Known calls: createPageHTML(pages, index, name, ext) and createPageHTML(element, pages, number, name, ext, total).
	fourCall = regexp.MustCompile(`\bcreatePage(?:HTML)?\(\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*["']([^"']+)["']\s*,\s*["']([^"']+)["']\s*\)`)
	sixCall  = regexp.MustCompile(`\bcreatePage(?:HTML)?\(\s*["'][^"']+["']\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*,\s*["']([^"']+)["']\s*,\s*["']([^"']+)["']\s*,\s*(\d{1,6})`)
)

// stated reads what the page says of its pages and items. Words count only in short texts
// outside links: a title may well say 共10条.
func (p *Page) stated() stated {
	s := stated{pages: -1, total: -1, current: -1}
	code := p.liveCode()
	if m := sixCall.FindStringSubmatch(code); m != nil {
		s.pages, s.current, s.total, s.evidence = number(m[1]), number(m[2]), number(m[5]), m[0]
	} else if m := fourCall.FindStringSubmatch(code); m != nil {
		s.pages, s.current, s.evidence = number(m[1]), number(m[2])+1, m[0]
	}
	text := p.pagerText()
	fill := func(to *int, from string, forms ...*regexp.Regexp) {
		for _, re := range forms {
			if *to >= 0 {
				return
			}
			if m := re.FindStringSubmatch(from); m != nil {
				*to = number(m[1])
				if s.evidence == "" {
					s.evidence = strings.TrimSpace(m[0])
				}
			}
		}
	}
	fill(&s.pages, text, pagesWords...)
	fill(&s.pages, code, pagesVars)
	fill(&s.current, text, currentWords...)
	fill(&s.total, text, totalWords...)
	fill(&s.total, code, totalVars)
	if s.pages >= 0 && s.current > s.pages {
		s.current = -1 // not a page number after all
	}
	return s
}

func number(s string) int {
	n, err := strconv.Atoi(strings.ReplaceAll(s, ",", ""))
	if err != nil {
		return -1
	}
	return n
}

// pagerText joins the page's texts outside of links with real titles.
func (p *Page) pagerText() string {
	var b strings.Builder
	for _, body := range p.Doc.Find("body").Nodes {
		texts(body, func(t *html.Node) bool {
			if runes(t.Data) > 120 || within(t, body, atom.A, atom.H1, atom.H2, atom.H3) && runes(tidy(t.Data)) > 8 {
				b.WriteByte('\n')
				return true
			}
			b.WriteString(t.Data)
			return true
		})
	}
	// Words of one pager may stand in several elements, so only white space is collapsed.
	return tidy(b.String())
}
