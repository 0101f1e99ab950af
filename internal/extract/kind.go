package extract

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

var (
	// Pages about a report carry its whole title; what they are stands before or behind it.
	interpretation = regexp.MustCompile(`^[\[【(（《]?(图解|一图|一张图|图文解读|文字解读|政策解读|解读|长图|动画|动漫|视频|H5)|(图解|解读|一图读懂|图表版?|长图)[\]】)）》]?$|一图读懂|一图看懂|文字解读|图文解读|政策解读`)
	otherMatter    = regexp.MustCompile(`的?(通知|通报|公开指南|公开目录|管理办法|制度|实施方案|编制说明|征求意见稿?|评估报告|会议纪要)[)）]?$|关于.{0,30}(做好|开展|报送|编制).{0,30}(报告|年报)`)
	periodic       = regexp.MustCompile(`(第?[一二三四1-4]季度|上半年|下半年|\d{1,2}月份?).{0,20}(统计|数据|情况)`)
	template       = regexp.MustCompile(`[×XxＸｘ〇○*]{2,}(省|市|县|区|镇|乡|街道|局|委|厅|办|年|单位)`)
	soft404        = regexp.MustCompile(`404|页面不存在|页面未找到|找不到(您|该|页面)|您访问的(页面|内容)|已被删除|已删除|无法访问|访问出错|页面丢失|Not Found`)
	fileLink       = regexp.MustCompile(`(?i)\.(pdf|docx?|xlsx?|wps|ofd|zip|rar|et)([?#]|$)|download\.jsp|downfile\.jsp|download\.do`)
	freeText       = []string{"概述", "主动公开", "依申请公开", "收费", "复议", "诉讼", "申诉", "存在的问题", "主要问题", "改进措施"}
)

const (
	substance  = 300 // characters of running text that a report has at the least
	headerOnly = 150 // below this a page says nothing
)

// notReport says why a page is no annual report, "" if it is one. A report shows
// three of the six headings or an official table; one of before 2019 or one whose
// text lies in a file is known by its title, and must have a body.
func notReport(p *Page, h Hint, r *report.Report) string {
	title := r.Title
	heads := 0
	for _, no := range officialNumbers(p.Blocks) {
		if no {
			heads++
		}
	}
	prose, links := bulk(p.Blocks, p.Links)
	tables := r.FormT2 != "" || r.FormT3 != "" || r.FormT4 != ""
	switch {
	case interpretation.MatchString(title), interpretation.MatchString(tidy(h.Title)):
		return "an interpretation of a report"
	case otherMatter.MatchString(title):
		return "its title is that of another matter: " + brief(title)
	case template.MatchString(title) || templated(p.Blocks):
		return "a template: names and numbers are crossed out"
	case heads >= 3 || tables:
		return ""
	case prose < headerOnly && soft404.MatchString(p.DocTitle+" "+strings.Join(firstTexts(p.Blocks, 5), " ")):
		return "an error page"
	case periodic.MatchString(title):
		return "statistics of a part of a year"
	case links >= 5 && prose < substance:
		return "a list of links"
	}
	named := parseTitle(title).kind == fullTitle || parseTitle(tidyTitle(h.Title)).kind == fullTitle
	if !named {
		return "neither the headings of a report nor its title"
	}
	if r.FormStatistics != "" && r.FormStatistics != report.FormOther {
		return ""
	}
	if prose >= substance {
		if mentions(p.Blocks, freeText) < 2 {
			return "the title of a report over another text"
		}
		return ""
	}
	if hasFile(p.Links) {
		find(r, "body_is_attachment", "page", report.NotTestable, "the page gives the report as a file only")
		return ""
	}
	for _, b := range p.Blocks {
		if b.Image {
			find(r, "body_is_image", "page", report.NotTestable, "the page gives the report as pictures only")
			return ""
		}
	}
	return fmt.Sprintf("the title of a report without its text (%d characters)", prose)
}

func officialNumbers(blocks []Block) (seen [7]bool) {
	for _, b := range blocks {
		if b.Grid == nil && !b.Image {
			no, _, _ := officialHeading(b.Text)
			seen[no] = no > 0
		}
	}
	return seen
}

// bulk counts the running text, and the links that look like an item of a listing.
func bulk(blocks []Block, links []Link) (prose, items int) {
	for _, b := range blocks {
		if n := utf8.RuneCountInString(b.Text); b.Grid == nil && n >= 20 {
			prose += n
		}
	}
	for _, l := range links {
		n := utf8.RuneCountInString(l.Text)
		if n >= 6 && !fileLink.MatchString(l.URL) {
			items++
		}
		if n >= 20 {
			prose -= n
		}
	}
	return max(prose, 0), items
}

func firstTexts(blocks []Block, n int) []string {
	var out []string
	for _, b := range blocks {
		if b.Text != "" && len(out) < n {
			out = append(out, b.Text)
		}
	}
	return out
}

// templated: crossed-out names in several paragraphs.
func templated(blocks []Block) bool {
	n := 0
	for _, b := range blocks {
		if b.Grid == nil && template.MatchString(b.Text) {
			n++
		}
	}
	return n >= 3
}

func mentions(blocks []Block, words []string) int {
	n := 0
	for _, w := range words {
		for _, b := range blocks {
			if strings.Contains(b.Text, w) {
				n++
				break
			}
		}
	}
	return n
}

func hasFile(links []Link) bool {
	for _, l := range links {
		if fileLink.MatchString(l.URL) {
			return true
		}
	}
	return false
}
