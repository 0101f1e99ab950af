package portal

import (
	"regexp"
	"strings"
)

// Guangdong's NFCMS: the static lists of the province's portals.
//
// Recognised by: a live script variable NFCMS_..., or items content/post_{id}.html and
// content/mpost_{id}.html.
//
// Pages by: the 下一页 link, else index_2.html, index_3.html in the same folder.
//
// Counts by: none: the beacon statistics.gd.gov.cn only counts, and is never asked.
//
// Assumptions:
//   - Pages count from 1: index.html, index_2.html and so on; the page's own 下一页 link comes
//     first. A page that states no number of pages and has no such link is the last one.
//   - Of a list that states its current page another number than its address has is a
//     PagingError.

// nfcms is the adapter for Guangdong's static lists.
func nfcms() Adapter {
	return Adapter{
		Name:   "nfcms",
		Detect: detectNFCMS,
		List: func(p *Page) (Listing, error) {
			l, s := p.read()
			return p.byNumber(l, s)
		},
		Views: views,
		Count: Count,
		Files: files,
	}
}

var (
	nfcmsVar     = regexp.MustCompile(`\bNFCMS_(?:SITE|CAT|POST|PAGE|PUB)_[A-Z]+\s*=\s*[^;\n]{1,40}`)
	nfcmsArticle = regexp.MustCompile(`/content/(?:\d+/\d+/)?m?post_\d+\.html$`)
)

func detectNFCMS(p *Page) string {
	if strings.Contains(p.URL.Path, "/gkmlpt/") || trsCallOf(p).evidence != "" || sixCall.MatchString(p.liveCode()) {
		return "" // the directory of the same portals, or another family's paging
	}
	if m := nfcmsVar.FindString(p.liveCode()); m != "" {
		return m
	}
	return p.mostItems(nfcmsArticle)
}
