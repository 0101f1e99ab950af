package portal

import "regexp"

// The static lists of Shanghai's portals (shanghai.gov.cn and its departments).
//
// Recognised by: a live call .pagination("setPage", page, pages), or $(".pagination").pagination(
// with an option totalPage, of the portals' jQuery plugin; or items
// {yyyymmdd}/{32 hex digits}.html.
//
// Pages by: index_2.html, index_3.html in the same folder, up to the stated number.
//
// Counts by: none known.
//
// Assumptions:
//   - Pages count from 1: index.html, index_2.html and so on, as many as totalPage or the
//     call says. A call whose page is not the address's is a PagingError.
//   - The last pages of long lists are known to be missing though totalPage counts them: the
//     walk then ends with their 404, which is a fault of the portal and shown as one.

// shanghai is the adapter for the lists of Shanghai's portals.
func shanghai() Adapter {
	return Adapter{
		Name:   "shanghai",
		Detect: detectShanghai,
		List:   listShanghai,
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

var (
	setPageCall     = regexp.MustCompile(`\.pagination\(\s*["']setPage["']\s*,\s*(\d{1,5})\s*,\s*(\d{1,5})\s*\)`)
	paginationCall  = regexp.MustCompile(`\(\s*["']\.pagination["']\s*\)\.pagination\(`)
	totalPageOption = regexp.MustCompile(`\btotalPage\s*:\s*(\d{1,5})`)
	shanghaiArticle = regexp.MustCompile(`/\d{8}/[0-9a-f]{32}\.html$`)
)

func detectShanghai(p *Page) string {
	code := p.liveCode()
	if m := setPageCall.FindString(code); m != "" {
		return m
	}
	if m := totalPageOption.FindString(code); m != "" && paginationCall.MatchString(code) {
		return m
	}
	if sixCall.MatchString(code) || trsCallOf(p).evidence != "" || nfcmsVar.MatchString(code) {
		return ""
	}
	return p.mostItems(shanghaiArticle)
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
