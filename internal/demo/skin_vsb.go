package demo

import (
	"fmt"
	"strings"
	"time"

	"crawl/internal/report"
)

// vsbOwner is the portal's number in its counter's address.
const vsbOwner = 1768654345

// vsbSkin is a portal in the manner of VSB site groups: articles at
// /info/column/no.htm, list pages counted down to 1, and a counter that a script
// asks and that only displays. It compresses for clients that ask.
var vsbSkin = skin{
	look: look{colour: "#2a7a4b", wide: 1200, assets: "/css/", ext: ".htm",
		clockLine: "<script language=\"javascript\">document.write('今天是 ' + new Date().toLocaleDateString());</script>",
		search:    "<div class=\"search\"><form action=\"/search.jsp?wbtreeid=1001\" method=\"post\"><input type=\"hidden\" name=\"lucenenewssearchkey1\" value=\"\" /><input type=\"text\" name=\"showkeycode\" /><input type=\"image\" src=\"/images/so.png\" alt=\"搜索\" /></form></div>"},
	markup: markup{
		para:      "<p class=\"vsbcontent_start\" style=\"text-indent:37px;line-height:37px\"><span style=\"font-size:21px;font-family:仿宋_GB2312\">%s</span></p>",
		heading:   "<p style=\"text-indent:37px;line-height:37px\"><span style=\"font-size:21px;font-family:黑体\">%s</span></p>",
		signature: "<p class=\"vsbcontent_end\" style=\"text-align:right;line-height:37px\"><span style=\"font-size:21px;font-family:仿宋_GB2312\">%s</span></p>",
		table:     "<table width=\"624\" cellspacing=\"0\" cellpadding=\"0\" style=\"border:none\">",
		td:        "td",
		cell: func(c cell) string {
			if c.value {
				return " width=\"48\" style=\"border:1px solid windowtext\""
			}
			return " style=\"border:1px solid windowtext\""
		},
		blank: "<p style=\"text-align:center\"><span style=\"font-size:16px\">&nbsp;</span></p>",
		wrap:  within("<p style=\"text-align:center\"><span style=\"font-size:16px\">", "</span></p>"),
	},
	pageSize: 8,
	listPath: vsbListPath,
	itemPath: func(_ *site, e *entry) string { return fmt.Sprintf("/info/1095/%d.htm", e.no) },
	listing:  vsbListing,
	article:  vsbArticle,
	counter: func(_ *site, e *entry) string {
		return fmt.Sprintf("/system/resource/code/news/click/dynclicks.jsp?clickid=%d&owner=%d&clicktype=wbnews", e.no, vsbOwner)
	},
	date:        func(t time.Time) (raw, iso string) { return t.Format("2006-01-02"), t.Format("2006-01-02") },
	dateLabel:   "发布时间",
	views:       report.ViewsCounter,
	contentType: "text/html",
	validators:  true,
	gzip:        true,
	robots:      "User-agent: *\nDisallow: /system/_owners/\nDisallow: /search.jsp\n",
}

// vsbListPath counts down: of n pages, the second is n-1 and the last is 1.
func vsbListPath(page, pages int) string {
	if page == 0 {
		return "/zfxxgk/zfxxgknb.htm"
	}
	return fmt.Sprintf("/zfxxgk/zfxxgknb/%d.htm", pages-page)
}

func vsbListing(l listing) string {
	up := ""
	if l.page > 0 {
		up = "../"
	}
	var rows strings.Builder
	for i, e := range l.items {
		href := e.url
		if e.kind != aStranger {
			href = up + ".." + l.skin.itemPath(l.site, e)
		}
		fmt.Fprintf(&rows, "<li id=\"line_u9_%d\"><a href=\"%s\" target=\"_blank\" title=\"%s\">%s</a><span>%s</span></li>\n",
			i, href, e.joined(), e.joined(), e.published.Format("2006-01-02"))
	}
	next := "<span class=\"p_next_d p_fun_d\">下页</span>"
	if !l.last() {
		next = "<span class=\"p_next p_fun\"><a href=\"" + up + "." + strings.TrimPrefix(vsbListPath(l.page+1, l.pages), "/zfxxgk") + "\">下页</a></span>"
	}
	return vsbHead(l.site, "", l.column) + "<div class=\"wrap\">\n" + vsbCrumb(l.site) + "<div class=\"list\"><ul>\n" + rows.String() + "</ul>\n" +
		fmt.Sprintf("<div class=\"pages pb_sys_common\"><span class=\"p_t\">共%d条</span> <span class=\"p_no_d\">%d</span>/<span class=\"p_t\">%d</span> %s</div>\n", l.total, l.page+1, l.pages, next) +
		"</div></div>\n" + l.skin.look.bottom(l.site) + "</body>\n</html>\n"
}

func vsbArticle(s *site, e *entry) string {
	raw, _ := s.skin.date(e.published)
	return vsbHead(s, metaTags(s, e), e.joined()) + "<div class=\"wrap\">\n" + vsbCrumb(s) +
		"<form name=\"_newscontent_fromname\"><div class=\"article\">\n<h1 class=\"title\" align=\"center\">" + strings.Join(e.title, "<br>") + "</h1>\n" +
		"<div class=\"info\">发布时间：" + raw + " &nbsp; &nbsp; 信息来源：" + e.agency.name + " &nbsp; &nbsp; 点击数：" +
		fmt.Sprintf("<script>_showDynClicks(\"wbnews\", %d, %d)</script></div>\n", vsbOwner, e.no) +
		"<div id=\"vsb_content\"><div class=\"v_news_content\">\n" + s.content(e) + "</div></div>\n</div></form>\n" +
		s.related(e) + "</div>\n" + s.skin.look.bottom(s) + "</body>\n</html>\n"
}

func vsbHead(s *site, meta, title string) string {
	l := s.skin.look
	if meta == "" {
		meta = "<meta name=\"ColumnName\" content=\"" + s.column + "\">\n"
	}
	return "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<title>" + title + "-" + s.name + "</title>\n<META Name=\"keywords\" Content=\"" + s.name + "\" />\n" + meta +
		"<script language=\"javascript\" src=\"/system/resource/js/dynclicks.js\"></script>\n<link rel=\"stylesheet\" type=\"text/css\" href=\"/_sitegray/_sitegray_d.css\" />\n<link href=\"" + l.assets + "base.css\" rel=\"stylesheet\">\n" +
		l.style() + "</head>\n<body>\n" + l.top(s)
}

func vsbCrumb(s *site) string {
	return "<div class=\"crumb\">当前位置：<a href=\"/\">首页</a> &gt; <a href=\"/lm02/\">政务公开</a> &gt; <a href=\"/zfxxgk/zfxxgknb.htm\">" + s.column + "</a></div>\n"
}
