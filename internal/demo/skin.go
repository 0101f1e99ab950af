package demo

import (
	"fmt"
	"strings"
	"time"

	"crawl/internal/report"
)

// skin is one CMS family as the province has it: its addresses, its markup and
// its manners on the wire.
type skin struct {
	look     look
	markup   markup
	pageSize int

	listPath func(page, pages int) string   // absolute path with query; page counted from 0
	itemPath func(s *site, e *entry) string // absolute path with query
	listing  func(l listing) string         // a page of the listing
	article  func(s *site, e *entry) string // the page of an entry that has one
	counter  func(s *site, e *entry) string // path that answers the page's counter; nil for none
	date     func(t time.Time) (raw, iso string)

	dateLabel string
	views     report.ViewsState

	contentType string // as sent, right or wrong
	gb18030     bool   // bytes on the wire; else UTF-8
	validators  bool   // ETag and Last-Modified, answers 304
	gzip        bool   // when asked for
	robots      string // "" answers 404
}

// listing is one page of a portal's listing.
type listing struct {
	*site
	page, pages, total int
	items              []*entry
}

func (l listing) last() bool { return l.page == l.pages-1 }

// dateTime prints 2024-01-09 10:06.
func dateTime(t time.Time) (raw, iso string) {
	return t.Format("2006-01-02 15:04"), t.Format("2006-01-02T15:04-07:00")
}

// metaTags are the tags that the national guideline asks of an article page.
func metaTags(s *site, e *entry) string {
	raw, _ := s.skin.date(e.published)
	var b strings.Builder
	for _, m := range [][2]string{
		{"SiteName", s.name}, {"SiteDomain", s.host}, {"SiteIDCode", "0000000000"},
		{"ColumnName", s.column}, {"ColumnType", "政府信息公开"},
		{"ArticleTitle", e.joined()}, {"PubDate", raw}, {"ContentSource", e.agency.name},
		{"Keywords", ""}, {"Author", ""}, {"Description", ""}, {"Url", s.url(e)},
	} {
		fmt.Fprintf(&b, "<meta name=\"%s\" content=\"%s\"/>\n", m[0], m[1])
	}
	return b.String()
}

// content is what stands where a report's text stands.
func (s *site) content(e *entry) string {
	switch e.kind {
	case aPoster:
		return "<p align=\"center\"><img src=\"./W020240202331.jpg\" alt=\"\" width=\"800\" /></p>\n<p align=\"center\"><img src=\"./W020240202332.jpg\" alt=\"\" width=\"800\" /></p>\n"
	case aNotice:
		return s.skin.markup.write([]block{
			{kind: paragraph, text: "各乡镇人民政府，县直有关单位："},
			{kind: paragraph, text: "为做好政务公开工作，请各单位按照职责分工，及时梳理公开事项，于规定日期前报送材料，逾期未报的将予以通报。"},
			{kind: paragraph, text: "联系人和联系方式见内部通讯录。"},
			{kind: signature, text: e.agency.name},
		})
	}
	text := s.skin.markup.write(body(e))
	if e.odd == freeText {
		text = wordStyles() + text // was pasted from a word processor
	}
	return text
}

// home is a portal's front page: little more than its menu.
func (s *site) home() string {
	l := s.skin.look
	return "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\" />\n<title>" + s.name + "</title>\n" + l.style() + "</head>\n<body>\n" +
		l.top(s) + "<div class=\"wrap\"><h3>政务公开</h3><ul><li><a href=\"" + s.skin.listPath(0, 1) + "\">" + s.column + "</a></li></ul></div>\n" +
		l.bottom(s) + "</body>\n</html>\n"
}
