package demo

import (
	"fmt"
	"strings"
	"time"

	"crawl/internal/report"
)

// trsTwoSkin is the same family with the other numbering habit: page 2 is index_2,
// and index_1 does not exist. Its articles carry the metadata table of the
// disclosure catalogue instead of a header line, dates without a time, no views.
var trsTwoSkin = skin{
	look: look{colour: "#1c6fb8", wide: 1180, assets: "/xhtml/", ext: ".shtml",
		clockLine: "<span>今天是" + clockMark + "</span>",
		search:    "<div class=\"search\"><form action=\"/was5/web/search\"><input name=\"channelid\" type=\"hidden\" value=\"231\"><input name=\"searchword\" value=\"请输入关键字\"><button type=\"submit\">检索</button></form></div>"},
	markup: markup{
		para:      "<p style=\"text-align:justify;text-indent:2em;line-height:2\"><span style=\"font-family:仿宋;font-size:16pt\">%s</span></p>",
		heading:   "<p style=\"text-indent:2em;line-height:2\"><strong><span style=\"font-family:黑体;font-size:16pt\">%s</span></strong></p>",
		signature: "<p style=\"text-align:right;line-height:2\"><span style=\"font-family:仿宋;font-size:16pt\">%s</span></p>",
		table:     "<table style=\"border-collapse:collapse;border:none\" border=\"1\" cellspacing=\"0\" cellpadding=\"2\" align=\"center\">",
		td:        "td",
		cell: func(c cell) string {
			if c.value {
				return " style=\"border:1px solid #000\" width=\"46\""
			}
			return " style=\"border:1px solid #000\" valign=\"center\""
		},
		blank: "<p><span><o:p> </o:p></span></p>",
		wrap:  within("<p style=\"text-align:center\"><span>", "</span><span><o:p></o:p></span></p>"),
	},
	pageSize: 8,
	listPath: func(page, _ int) string {
		if page == 0 {
			return "/xxgk/fdzdgknr/zfxxgknb/index.shtml"
		}
		return fmt.Sprintf("/xxgk/fdzdgknr/zfxxgknb/index_%d.shtml", page+1)
	},
	itemPath:    func(_ *site, e *entry) string { return "/xxgk/fdzdgknr/zfxxgknb/" + trsDocument(e) + ".shtml" },
	listing:     trsListing,
	article:     trsCatalogueArticle,
	date:        func(t time.Time) (raw, iso string) { return t.Format("2006-01-02"), t.Format("2006-01-02") },
	dateLabel:   "发布日期",
	views:       report.ViewsNone,
	contentType: "text/html; charset=utf-8",
	validators:  true,
	robots:      "User-agent: *\nAllow: /\n\nSitemap: http://www.qingtong.example/sitemap.xml\n",
}

func trsCatalogueArticle(s *site, e *entry) string {
	raw, _ := s.skin.date(e.published)
	written := e.published.AddDate(0, 0, -6).Format("2006-01-02")
	row := func(a, b, c, d string) string {
		return "<tr><th>" + a + "</th><td>" + b + "</td><th>" + c + "</th><td>" + d + "</td></tr>\n"
	}
	return trsHead(s, metaTags(s, e), e.joined()) + "<div class=\"wrap\">\n" + trsCrumb(s, "../") +
		"<div class=\"article\">\n<div class=\"info\"><table class=\"xxgk_table\" width=\"100%\"><tbody>\n" +
		row("索引号", fmt.Sprintf("00000000-X/%d-%05d", e.published.Year(), e.no), "主题分类", "政务公开") +
		row("发布机构", e.agency.name, "成文日期", written) +
		row("文号", "", "发布日期", raw) +
		row("名称", e.joined(), "有效性", "有效") +
		"</tbody></table></div>\n<h2 class=\"title\">" + strings.Join(e.title, "<br>") + "</h2>\n" +
		"<div class=\"view TRS_UEDITOR trs_paper_default\" id=\"zoom\">\n" + s.content(e) + "</div>\n" +
		s.related(e) + "</div></div>\n" + s.skin.look.bottom(s) + "</body>\n</html>\n"
}
