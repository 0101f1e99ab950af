package portal

import (
	"regexp"
	"strings"
)

// The static lists of Shanghai's portals (shanghai.gov.cn and its departments).
//
// Recognised by: a live call .pagination("setPage", page, pages), or .pagination( with an
// option totalPage, of the portals' jQuery plugin; or items {yyyymmdd}/{32 hex digits}.html.
//
// Assumptions:
//   - Pages count from 1: index.html, index_2.html and so on, as many as totalPage or the
//     call says. A call whose page is not the address's is a PagingError.
//   - The last pages of long lists are known to be missing though totalPage counts them: the
//     walk then ends with their 404, which is a fault of the portal and shown as one.
//   - A section that only links to a column a year is no list: each year is a source.

// shanghai is the adapter for the lists of Shanghai's portals.
func shanghai() Adapter {
	return Adapter{
		Name:   "shanghai",
		About:  ".pagination(...) with totalPage, or items {yyyymmdd}/{32 hex digits}.html; pages by index_2.html, index_3.html",
		Detect: detectShanghai,
		List:   listShanghai,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	setPageCall     = regexp.MustCompile(`\.pagination\(\s*["']setPage["']\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*\)`)
	totalPageOption = regexp.MustCompile(`\btotalPage\s*:\s*(\d{1,5})`)
	shanghaiArticle = regexp.MustCompile(`/\d{8}/[0-9a-f]{32}\.html$`)
)

func detectShanghai(p *Page) string {
	code := p.liveCode()
	if m := setPageCall.FindString(code); m != "" {
		return m
	}
	if m := totalPageOption.FindString(code); m != "" && strings.Contains(code, ".pagination(") {
		return m
	}
	if sixCall.MatchString(code) || trsCallOf(p).evidence != "" || nfcmsVar.MatchString(code) {
		return ""
	}
	if path := p.mostly(shanghaiArticle); path != "" {
		return "items like " + path
	}
	return ""
}

func listShanghai(p *Page) (Listing, error) {
	l, s := p.read()
	code := p.liveCode()
	if m := totalPageOption.FindStringSubmatch(code); m != nil {
		s.pages, s.evidence = number(m[1]), m[0]
	}
	if m := setPageCall.FindStringSubmatch(code); m != nil {
		s.current, s.pages, s.evidence = number(m[1]), number(m[2]), m[0]
	}
	l.Pages = s.pages
	return p.byNumber(l, s)
}
