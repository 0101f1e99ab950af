package demo

import (
	"fmt"
	"path"
	"strings"

	"crawl/internal/report"
)

// trsSkin is a static portal written by a TRS publishing system: createPageHTML
// with page 2 at index_1, articles as relative ./yyyymm/tyyyymmdd_no.html, word
// processor markup, and a view label that only a script would fill.
var trsSkin = skin{
	look: look{colour: "#b5121b", wide: 1200, assets: "/images/", ext: ".html",
		clockLine: "<span id=\"clock\"></span><script type=\"text/javascript\">var d = new Date(); document.getElementById('clock').innerHTML = '今天是' + d.getFullYear() + '年' + (d.getMonth() + 1) + '月' + d.getDate() + '日';</script>",
		search:    "<form class=\"search\" action=\"/igs/front/search.jhtml\" target=\"_blank\"><input type=\"hidden\" name=\"code\" value=\"0000\" /><input type=\"text\" name=\"searchWord\" placeholder=\"请输入关键词\" /><input type=\"submit\" value=\"搜索\" /></form>"},
	markup: markup{
		para:      "<p class=\"MsoNormal\" style=\"text-indent:32.0pt;line-height:28.0pt;mso-line-height-rule:exactly\"><span style=\"font-size:16.0pt;font-family:仿宋_GB2312\">%s<span lang=\"EN-US\"><o:p></o:p></span></span></p>",
		heading:   "<p class=\"MsoNormal\" style=\"text-indent:32.0pt;line-height:28.0pt\"><span style=\"font-size:16.0pt;font-family:黑体\">%s<span lang=\"EN-US\"><o:p></o:p></span></span></p>",
		signature: "<p class=\"MsoNormal\" align=\"right\" style=\"text-align:right\"><span style=\"font-size:16.0pt;font-family:仿宋_GB2312\">%s</span></p>",
		table:     "<table class=\"MsoNormalTable\" border=\"1\" cellspacing=\"0\" cellpadding=\"0\" width=\"100%\">",
		td:        "td",
		cell:      func(cell) string { return " style=\"border:solid windowtext 1.0pt\"" },
		blank:     "<p><span lang=\"EN-US\"><o:p>&nbsp;</o:p></span></p>",
		wrap:      torn("<p align=\"center\"><span style=\"font-size:12.0pt\">", "</span></p>"),
	},
	pageSize: 10,
	listPath: func(page, _ int) string {
		if page == 0 {
			return "/zwgk/zfxxgk/zfxxgknb/index.html"
		}
		return fmt.Sprintf("/zwgk/zfxxgk/zfxxgknb/index_%d.html", page)
	},
	itemPath:    func(_ *site, e *entry) string { return "/zwgk/zfxxgk/zfxxgknb/" + trsDocument(e) + ".html" },
	listing:     trsListing,
	article:     trsArticle,
	date:        dateTime,
	dateLabel:   "发布时间",
	views:       report.ViewsLabelOnly,
	contentType: "text/html",
	validators:  true,
	robots:      "User-agent: *\nDisallow: /igs/\nDisallow: /was5/\nCrawl-delay: 0\n",
}

// trsDocument is the family's address of a document, relative to its column.
func trsDocument(e *entry) string {
	return fmt.Sprintf("%s/t%s_%d", e.published.Format("200601"), e.published.Format("20060102"), e.no)
}

func trsListing(l listing) string {
	var rows strings.Builder
	for _, e := range l.items {
		href := e.url
		if e.kind != aStranger {
			rel := l.skin.itemPath(l.site, e)
			href = "./" + strings.TrimPrefix(rel, path.Dir(l.skin.listPath(0, l.pages))+"/")
		}
		fmt.Fprintf(&rows, "<li><a href=\"%s\" target=\"_blank\" title=\"%s\">%s</a>\n<span>%s</span></li>\n", href, e.joined(), e.joined(), e.published.Format("2006-01-02"))
	}
	file := path.Base(l.skin.listPath(0, l.pages))
	stem, ext, _ := strings.Cut(file, ".")
	return trsHead(l.site, "", l.column) + "<div class=\"wrap\">\n" + trsCrumb(l.site, "./") +
		"<div class=\"side\"><h3>政府信息公开</h3><ul class=\"sidebox\"><li><a href=\"../zfxxgkzn/\">政府信息公开指南</a></li><li><a href=\"../zfxxgkzd/\">政府信息公开制度</a></li><li><a href=\"../fdzdgknr/\">法定主动公开内容</a></li><li class=\"on\"><a href=\"./\">" + l.column + "</a></li></ul></div>\n" +
		"<div class=\"list\"><ul class=\"u-list\">\n" + rows.String() + "</ul>\n" +
		fmt.Sprintf("<div class=\"pages\"><script type=\"text/javascript\">\n<!--\ncreatePageHTML(%d, %d, \"%s\", \"%s\");\n//-->\n</script></div>\n", l.pages, l.page, stem, ext) +
		"</div></div>\n" + l.skin.look.bottom(l.site) + "</body>\n</html>\n"
}

func trsArticle(s *site, e *entry) string {
	raw, _ := s.skin.date(e.published)
	return trsHead(s, metaTags(s, e), e.joined()+"_"+s.column) + "<div class=\"wrap\">\n" + trsCrumb(s, "../") +
		"<div class=\"article\">\n<h1 class=\"title\">" + strings.Join(e.title, "<br />\n") + "</h1>\n" +
		"<div class=\"info\"><span>来源：" + e.agency.name + "</span>　<span>发布时间：" + raw + "</span>　<span>点击数：<span id=\"hits\"></span></span>　<span>字体：【<a href=\"javascript:doZoom(18)\">大</a> <a href=\"javascript:doZoom(16)\">中</a> <a href=\"javascript:doZoom(14)\">小</a>】</span> <a href=\"javascript:printPage()\">打印</a></div>\n" +
		"<div id=\"zoom\" class=\"zoom\"><div class=\"TRS_Editor\"><style type=\"text/css\">.TRS_Editor P{margin-top:0;margin-bottom:0;line-height:2}.TRS_Editor TD{font-size:14px}</style>\n" +
		s.content(e) + "</div></div>\n" + s.related(e) + "</div></div>\n" + s.skin.look.bottom(s) + "</body>\n</html>\n"
}

func trsHead(s *site, meta, title string) string {
	l := s.skin.look
	if meta == "" {
		meta = "<meta name=\"SiteName\" content=\"" + s.name + "\">\n<meta name=\"ColumnName\" content=\"" + s.column + "\">\n<meta name=\"ColumnDescription\" content=\"" + s.column + "栏目发布各单位年度报告。\">\n"
	}
	return "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"UTF-8\">\n<meta http-equiv=\"X-UA-Compatible\" content=\"IE=edge,chrome=1\"/>\n<meta name=\"renderer\" content=\"webkit\"/>\n<title>" + title + "_" + s.name + "</title>\n" + meta +
		"<link rel=\"stylesheet\" href=\"" + l.assets + "common.css\">\n<link rel=\"stylesheet\" href=\"" + l.assets + "detail.css\">\n<script src=\"" + l.assets + "jquery.min.js\"></script>\n<script src=\"" + l.assets + "fenye.js\"></script>\n" +
		l.style() + "</head>\n<body>\n" + l.top(s)
}

func trsCrumb(s *site, up string) string {
	return "<div class=\"crumb\">当前位置：<a href=\"/\" class=\"CurrChnlCls\">首页</a>&nbsp;&gt;&nbsp;<a href=\"/lm02/\" class=\"CurrChnlCls\">政务公开</a>&nbsp;&gt;&nbsp;<a href=\"" + up + "\" class=\"CurrChnlCls\">" + s.column + "</a></div>\n"
}
