package demo

import (
	"fmt"
	"strings"
)

// Pages are mostly not the article: menus, styles, scripts, link boxes and
// footers, made here once per portal from word lists.

var menus = [][]string{
	{"走进{place}", "概况", "历史沿革", "自然地理", "行政区划", "风景名胜", "人口民族", "经济发展", "城市名片"},
	{"新闻中心", "政务要闻", "部门动态", "乡镇信息", "通知公告", "媒体聚焦", "图片新闻", "专题专栏", "视频点播"},
	{"政务公开", "领导之窗", "机构职能", "政策文件", "规划计划", "统计数据", "财政预决算", "重大项目", "人事信息", "应急管理", "建议提案", "行政权力运行", "公开指南", "公开目录", "依申请公开"},
	{"办事服务", "个人办事", "法人办事", "便民查询", "一件事一次办", "中介超市", "好差评", "证明清单", "办事大厅指引"},
	{"互动交流", "领导信箱", "在线访谈", "民意征集", "网上调查", "常见问题", "投诉举报", "新闻发布会", "回应关切"},
	{"数据开放", "数据目录", "数据图解", "经济指标", "人口数据", "开放接口", "使用说明"},
}

var neighbours = []string{
	"省人民政府", "省发展和改革委员会", "省教育厅", "省科学技术厅", "省工业和信息化厅", "省公安厅", "省民政厅", "省司法厅", "省财政厅",
	"省人力资源和社会保障厅", "省自然资源厅", "省生态环境厅", "省住房和城乡建设厅", "省交通运输厅", "省水利厅", "省农业农村厅", "省商务厅",
	"省文化和旅游厅", "省卫生健康委员会", "省应急管理厅", "省审计厅", "省市场监督管理局", "省体育局", "省统计局", "省医疗保障局",
}

var blocksOfStyle = []string{
	"header", "logo", "nav", "subnav", "banner", "search", "wrap", "crumb", "article", "title", "info", "zoom", "share", "related",
	"pages", "side", "sidebox", "qrcode", "footer", "links", "backtop", "font", "print", "list", "more", "tabs", "tabbox", "weather",
}

// clockMark stands where a page prints the day it is served. It is filled in
// when serving and is no part of what identifies the content.
const clockMark = "{{今天}}"

// look is what tells one portal's furniture from another's.
type look struct {
	colour    string
	wide      int    // page width, px
	assets    string // folder of style sheets and scripts
	clockLine string // header line with the clock
	search    string // search box
	ext       string // extension of column pages
}

func (l look) style() string {
	var b strings.Builder
	b.WriteString("<style type=\"text/css\">\nbody{margin:0;font:14px/1.8 \"Microsoft YaHei\",SimSun,sans-serif;color:#333;background:#f4f6f9}\na{color:#333;text-decoration:none}\nul{margin:0;padding:0;list-style:none}\n")
	for i, name := range blocksOfStyle {
		fmt.Fprintf(&b, ".%s{width:%dpx;margin:0 auto;padding:%dpx %dpx;position:relative;zoom:1}\n", name, l.wide-i*2, i%9, 8+i%5)
		fmt.Fprintf(&b, ".%s a:hover{color:%s;text-decoration:underline}\n.%s h3{height:%dpx;line-height:%dpx;border-bottom:2px solid %s;font-size:16px}\n", name, l.colour, name, 32+i, 32+i, l.colour)
	}
	fmt.Fprintf(&b, ".article,.wrap{background:#fff}\n.nav{background:%s}\n.nav a{color:#fff;padding:0 12px}\ntable{border-collapse:collapse;margin:10px auto}\n</style>\n", l.colour)
	return b.String()
}

func (l look) menu(s *site) string {
	var b strings.Builder
	b.WriteString("<div class=\"nav\"><ul>\n<li><a href=\"/\">首页</a></li>\n")
	for i, menu := range menus {
		for j, name := range menu {
			name = strings.ReplaceAll(name, "{place}", s.place())
			if j == 0 {
				fmt.Fprintf(&b, "<li class=\"m%d\"><a href=\"/lm%02d/\" class=\"top\">%s</a>\n<ul class=\"subnav\">\n", i, i, name)
				continue
			}
			fmt.Fprintf(&b, "<li><a href=\"/lm%02d/c%02d%02d%s\" target=\"_blank\" title=\"%s\">%s</a></li>\n", i, i, j, l.ext, name, name)
		}
		if i == 2 {
			fmt.Fprintf(&b, "<li><a href=\"%s\" title=\"%s\">%s</a></li>\n", s.skin.listPath(0, 1), s.column, s.column)
		}
		b.WriteString("</ul></li>\n")
	}
	b.WriteString("</ul></div>\n")
	return b.String()
}

// place is the portal's place name, taken from its own name.
func (s *site) place() string {
	for i, r := range s.name {
		if strings.ContainsRune("市县区", r) {
			return s.name[:i]
		}
	}
	return s.name
}

func (l look) top(s *site) string {
	return "<div class=\"header\"><div class=\"logo\"><a href=\"/\"><img src=\"" + l.assets + "logo.png\" alt=\"" + s.name + "\" /></a></div>\n" +
		"<div class=\"weather\">" + l.clockLine + " <span class=\"ipv6\">本网站支持IPv6</span> <a href=\"javascript:void(0)\" onclick=\"toggleAid()\">无障碍浏览</a> <a href=\"/wap/\">手机版</a></div>\n" +
		l.search + "</div>\n" + l.menu(s)
}

func (l look) bottom(s *site) string {
	var b strings.Builder
	b.WriteString("<div class=\"links\"><h3>友情链接</h3>\n<select onchange=\"window.open(this.value)\"><option>--省直部门--</option>\n")
	for i, name := range neighbours {
		fmt.Fprintf(&b, "<option value=\"http://d%02d.shengfu.example/\">%s网站</option>\n", i, name)
	}
	b.WriteString("</select>\n<ul>\n")
	for i, name := range neighbours {
		fmt.Fprintf(&b, "<li><a href=\"http://d%02d.shengfu.example/\" target=\"_blank\" rel=\"noopener\" title=\"%s\">%s</a></li>\n", i, name, name)
	}
	fmt.Fprintf(&b, "</ul></div>\n<div class=\"footer\"><p><a href=\"/gywm/\">关于我们</a> | <a href=\"/wzdt/\">网站地图</a> | <a href=\"/lxwm/\">联系我们</a> | <a href=\"/ysbh/\">隐私声明</a></p>\n"+
		"<p>主办：%s 承办：%s办公室 技术支持：大数据中心</p>\n<p>霖ICP备00000000号 网站标识码：0000000000 公安备案00000000000000号</p>\n"+
		"<p>建议使用1366*768分辨率浏览 网站总访问量：<span id=\"total\">8264013</span></p></div>\n", s.name, s.name)
	b.WriteString("<div class=\"backtop\"><a href=\"#\">返回顶部</a><div class=\"qrcode\"><img src=\"" + l.assets + "weixin.png\" alt=\"微信公众号二维码\" /><p>扫一扫关注</p></div></div>\n")
	b.WriteString(l.scripts())
	return b.String()
}

// scripts are the inline scripts at a page's foot. None writes anything a reader
// of the page would need.
func (l look) scripts() string {
	var b strings.Builder
	b.WriteString("<script type=\"text/javascript\">\n//<![CDATA[\nvar siteConfig = {version: \"3.2.1\", theme: \"" + l.colour + "\", width: " + digits(l.wide) + ", share: true, font: [12, 14, 16, 18]};\n")
	b.WriteString("function toggleAid() { var b = document.body; b.className = b.className == 'aid' ? '' : 'aid'; }\n" +
		"function doZoom(size) { var z = document.getElementById('zoom'); if (z) { z.style.fontSize = size + 'px'; } }\n" +
		"function printPage() { window.print(); return false; }\n")
	for i, name := range blocksOfStyle {
		fmt.Fprintf(&b, "function init_%s(el) {\n  if (!el || el.getAttribute('data-ready') === '1') { return; }\n  el.setAttribute('data-ready', '1');\n  el.onmouseover = function () { this.style.opacity = '%.2f'; };\n  el.onmouseout = function () { this.style.opacity = '1'; };\n}\n", name, 0.7+float64(i%3)/10)
	}
	b.WriteString("(function () {\n  var all = document.getElementsByTagName('div');\n  for (var i = 0; i < all.length; i++) {\n    var f = window['init_' + all[i].className];\n    if (typeof f == 'function') { f(all[i]); }\n  }\n})();\n//]]>\n</script>\n")
	return b.String()
}

// related is the box of links under or beside an article: the neighbours in the
// listing, and what the portal pushes.
func (s *site) related(e *entry) string {
	var b strings.Builder
	b.WriteString("<div class=\"related\"><h3>相关阅读</h3><ul>\n")
	r := draw("related", s.host, e.no)
	for _, theme := range []string{"召开政务公开工作推进会", "开展“政府开放日”活动", "组织政务公开业务培训", "完成网站栏目优化升级", "公布主动公开基本目录"} {
		fmt.Fprintf(&b, "<li><a href=\"/lm01/c0102/%d%s\" target=\"_blank\">%s%s</a></li>\n", between(r, 2000, 9000), ".html", s.place(), theme)
	}
	b.WriteString("</ul></div>\n<div class=\"share\"><span>分享到：</span><a class=\"bds_weixin\" href=\"javascript:void(0)\" title=\"分享到微信\">微信</a> <a class=\"bds_tsina\" href=\"javascript:void(0)\" title=\"分享到新浪微博\">新浪微博</a> <a class=\"bds_qzone\" href=\"javascript:void(0)\">QQ空间</a></div>\n")
	fmt.Fprintf(&b, "<div class=\"qrcode\"><img src=\"/qr?d=%d\" width=\"110\" height=\"110\" alt=\"扫一扫在手机打开当前页\" /><p>扫一扫在手机打开当前页</p></div>\n", e.no)
	return b.String()
}
