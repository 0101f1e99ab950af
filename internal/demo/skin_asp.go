package demo

import (
	"fmt"
	"strings"
	"time"

	"crawl/internal/report"
)

// aspSkin is an old home-made portal: dynamic addresses, upper-case tags, a plain
// list with a 下一页 link. Its bytes are GB18030 while the header says UTF-8 and the
// page itself iso-8859-1.
var aspSkin = skin{
	look: look{colour: "#c00", wide: 1002, assets: "/images/", ext: ".asp",
		clockLine: "<FONT color=red>今天是：" + clockMark + "</FONT>",
		search:    "<FORM name=sform action=/search.asp method=get class=search><INPUT name=keyword size=18> <SELECT name=t><OPTION value=1>标题</OPTION><OPTION value=2>内容</OPTION></SELECT> <INPUT type=submit value=搜索></FORM>"},
	markup: markup{
		para:      "<P style=\"TEXT-INDENT: 32pt; LINE-HEIGHT: 200%%\"><FONT face=仿宋_GB2312 size=4>%s</FONT></P>",
		heading:   "<P style=\"TEXT-INDENT: 32pt; LINE-HEIGHT: 200%%\"><FONT face=黑体 size=4><B>%s</B></FONT></P>",
		signature: "<P align=right><FONT face=仿宋_GB2312 size=4>%s</FONT></P>",
		table:     "<TABLE cellSpacing=0 cellPadding=0 width=\"98%\" align=center border=1 borderColor=#000000>",
		td:        "TD",
		cell: func(c cell) string {
			return " style=\"BORDER-RIGHT: windowtext 1pt solid; PADDING-LEFT: 5pt\" vAlign=center align=middle"
		},
		blank: "&nbsp;",
		wrap:  within("<P align=center><FONT face=宋体 size=3>", "</FONT></P>"),
	},
	pageSize: 10,
	listPath: func(page, _ int) string {
		if page == 0 {
			return "/gkxx/list.asp?cid=37"
		}
		return fmt.Sprintf("/gkxx/list.asp?cid=37&page=%d", page+1)
	},
	itemPath:    func(_ *site, e *entry) string { return fmt.Sprintf("/gkxx/show.asp?id=%d", e.no) },
	listing:     aspListing,
	article:     aspArticle,
	date:        func(t time.Time) (raw, iso string) { return t.Format("2006年01月02日"), t.Format("2006-01-02") },
	dateLabel:   "发布日期",
	views:       report.ViewsInline,
	contentType: "text/html; charset=utf-8",
	gb18030:     true,
}

func aspListing(l listing) string {
	var rows strings.Builder
	for _, e := range l.items {
		href := e.url
		if e.kind != aStranger {
			href = strings.TrimPrefix(l.skin.itemPath(l.site, e), "/gkxx/")
		}
		fmt.Fprintf(&rows, "<TR><TD width=20><IMG src=/images/dot.gif></TD><TD height=26><A href=\"%s\" target=_blank>%s</A></TD><TD width=100 align=right>%s</TD></TR>\n",
			href, e.joined(), e.published.Format("2006/1/2"))
	}
	pager := fmt.Sprintf("<DIV class=pages align=center>共 %d 条记录 页次：%d/%d ", l.total, l.page+1, l.pages)
	if l.last() {
		pager += "下一页 尾页"
	} else {
		pager += fmt.Sprintf("<A href=\"list.asp?cid=37&page=%d\">下一页</A> <A href=\"list.asp?cid=37&page=%d\">尾页</A>", l.page+2, l.pages)
	}
	return aspHead(l.site, l.column) + "<TABLE class=wrap cellSpacing=0 cellPadding=0 border=0 align=center><TR><TD>" + aspCrumb(l.site) +
		"<TABLE class=list width=\"100%\" border=0>\n" + rows.String() + "</TABLE>\n" + pager + "</DIV></TD></TR></TABLE>\n" + l.skin.look.bottom(l.site) + "</BODY>\n</HTML>\n"
}

func aspArticle(s *site, e *entry) string {
	raw, _ := s.skin.date(e.published)
	return aspHead(s, e.joined()) + "<TABLE class=wrap cellSpacing=0 cellPadding=0 border=0 align=center><TR><TD>" + aspCrumb(s) +
		"<TABLE class=article width=\"96%\" border=0 align=center><TR><TD class=title align=center><B>" + strings.Join(e.title, "<BR>") + "</B></TD></TR>\n" +
		"<TR><TD class=info align=center>信息来源：" + e.agency.name + "&nbsp;&nbsp;发布日期：" + raw + "&nbsp;&nbsp;阅读次数：" + digits(e.views) + "次</TD></TR>\n" +
		"<TR><TD class=zoom id=zoom>\n" + s.content(e) + "</TD></TR>\n<TR><TD align=right>【<A href=\"javascript:printPage()\">打印本页</A>】【<A href=\"javascript:window.close()\">关闭窗口</A>】</TD></TR></TABLE>\n" +
		s.related(e) + "</TD></TR></TABLE>\n" + s.skin.look.bottom(s) + "</BODY>\n</HTML>\n"
}

func aspHead(s *site, title string) string {
	l := s.skin.look
	return "<HTML>\n<HEAD>\n<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-1\">\n<TITLE>" + title + " - " + s.name + "</TITLE>\n<LINK href=\"" + l.assets + "css.css\" type=text/css rel=stylesheet>\n<SCRIPT language=JavaScript src=\"" + l.assets + "menu.js\"></SCRIPT>\n" +
		l.style() + "</HEAD>\n<BODY leftMargin=0 topMargin=0>\n" + l.top(s)
}

func aspCrumb(s *site) string {
	return "<DIV class=crumb>当前位置：<A href=/>首页</A> &gt;&gt; <A href=/lm02/>信息公开</A> &gt;&gt; <A href=\"list.asp?cid=37\">" + s.column + "</A></DIV>\n"
}
