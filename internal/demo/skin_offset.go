package demo

import (
	"fmt"
	"strings"

	"crawl/internal/report"
)

// offsetSkin is the family of Hunan portals with all-numeric addresses and
// pager.offset lists; its counter is printed into the header line.
var offsetSkin = skin{
	look: look{colour: "#0a5aa6", wide: 1100, assets: "/35048/css/", ext: "/index.htm",
		clockLine: "今天是 " + clockMark,
		search:    "<div class=\"search\"><input type=\"text\" id=\"q\" /><a href=\"javascript:void(0)\" onclick=\"location.href='/search/?q=' + document.getElementById('q').value\">站内搜索</a></div>"},
	markup: markup{
		para:      "<p style=\"text-indent: 2em; line-height: 2em;\">　　%s</p>",
		heading:   "<p style=\"text-indent: 2em; line-height: 2em;\"><strong>　　%s</strong></p>",
		signature: "<p style=\"text-align: right; line-height: 2em;\">%s</p>",
		table:     "<table border=\"1\" cellpadding=\"0\" cellspacing=\"0\" style=\"width:100%;border-collapse:collapse;\">",
		td:        "td",
		cell: func(c cell) string {
			return " style=\"border: 1px solid rgb(0, 0, 0); word-break: break-all;\""
		},
		blank: "<p style=\"text-align: center;\"><br/></p>",
		wrap: func(text string) string {
			if text == "科研机构" { // as narrow columns make editors do
				text = "科研</p><p style=\"text-align: center;\">机构"
			}
			return "<p style=\"text-align: center;\">" + text + "</p>"
		},
	},
	pageSize: 20,
	listPath: func(page, _ int) string {
		if page == 0 {
			return "/35048/40718/40821/index.htm"
		}
		return fmt.Sprintf("/35048/40718/40821/index.jsp?pager.offset=%d&pager.desc=false", page*20)
	},
	itemPath: func(_ *site, e *entry) string {
		return fmt.Sprintf("/35048/40718/40821/content_%d.html", 1200000+e.no)
	},
	listing:     offsetListing,
	article:     offsetArticle,
	date:        dateTime,
	dateLabel:   "发布时间",
	views:       report.ViewsInline,
	contentType: "text/html;charset=UTF-8",
	robots:      "User-agent: *\nDisallow: /search/\nDisallow: /wap/\n",
}

func offsetListing(l listing) string {
	var rows strings.Builder
	for _, e := range l.items {
		href := e.url
		if e.kind != aStranger {
			href = l.skin.itemPath(l.site, e)
		}
		fmt.Fprintf(&rows, "<li><span class=\"date\">[%s]</span><a href=\"%s\" title=\"%s\" target=\"_blank\">%s</a></li>\n",
			e.published.Format("2006-01-02"), href, e.joined(), shortened(e.joined(), 18))
	}
	file := func(page int) string {
		p := l.skin.listPath(page, l.pages)
		return p[strings.LastIndex(p, "/")+1:]
	}
	pager := fmt.Sprintf("<div class=\"pages\">共%d条 第%d/%d页 <a href=\"%s\">首页</a> ", l.total, l.page+1, l.pages, file(0))
	if l.page > 0 {
		pager += "<a href=\"" + file(l.page-1) + "\">上一页</a> "
	}
	if !l.last() {
		pager += "<a href=\"" + file(l.page+1) + "\">下一页</a> "
	}
	pager += "<a href=\"" + file(l.pages-1) + "\">尾页</a></div>\n"
	return offsetHead(l.site, l.column) + "<div class=\"wrap\">\n" + offsetCrumb(l.site) +
		"<div class=\"list\"><h3>" + l.column + "</h3><ul class=\"newslist\">\n" + rows.String() + "</ul>\n" + pager + "</div></div>\n" +
		l.skin.look.bottom(l.site) + "</body>\n</html>\n"
}

// shortened cuts a title as list templates do; the whole stands in its attribute.
func shortened(title string, n int) string {
	r := []rune(title)
	if len(r) <= n {
		return title
	}
	return string(r[:n]) + "..."
}

func offsetArticle(s *site, e *entry) string {
	raw, _ := s.skin.date(e.published)
	return offsetHead(s, e.joined()) + "<div class=\"wrap\">\n" + offsetCrumb(s) +
		"<div class=\"article\">\n<div class=\"title\">" + strings.Join(e.title, "<br/>") + "</div>\n" +
		"<div class=\"info\">来源: " + e.agency.name + " &nbsp; 发布时间: " + raw + " &nbsp; 浏览次数:" + digits(e.views) + " &nbsp; <span class=\"font\">【字体：<a href=\"javascript:doZoom(18)\">大</a> <a href=\"javascript:doZoom(14)\">小</a>】</span></div>\n" +
		"<div class=\"zoom\" id=\"zoom\"><!--content begin-->\n" + s.content(e) + "<!--content end--></div>\n" +
		s.related(e) + "</div></div>\n" + s.skin.look.bottom(s) + "</body>\n</html>\n"
}

func offsetHead(s *site, title string) string {
	l := s.skin.look
	return "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" />\n<title>" + title + "-" + s.column + "-" + s.name + "</title>\n" +
		"<meta name=\"SiteName\" content=\"" + s.name + "\" />\n<meta name=\"ColumnName\" content=\"" + s.column + "\" />\n" +
		"<link href=\"" + l.assets + "style.css\" rel=\"stylesheet\" type=\"text/css\" />\n<script type=\"text/javascript\" src=\"" + l.assets + "jquery.js\"></script>\n" +
		l.style() + "</head>\n<body>\n" + l.top(s)
}

func offsetCrumb(s *site) string {
	return "<div class=\"crumb\">您现在的位置：<a href=\"/\">首页</a> &gt; <a href=\"/lm02/\">政务公开</a> &gt; <a href=\"/35048/40718/40821/index.htm\">" + s.column + "</a></div>\n"
}
