package extract

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

const (
	substance  = 300 // characters of running text that a report has at the least
	headerOnly = 150 // below this a page says nothing

	excerpt     = 100  // characters that a listing may print of each report
	longestRead = 4096 // bytes of a paragraph or title that are looked through for words
)

// notReport says why a page is no annual report, "" if it is one. Headings and
// tables of the forms prove a report, whatever its title; only pages about reports
// carry them as well, and say so in their titles. A report of before 2019, or one
// that lies in a file or in pictures, is known by its title.
func notReport(p *Page, h Hint, r *report.Report) string {
	titles := titlesOf(p, h, r)
	title := titles[0]
	proven := formHeadings(p.Blocks) || r.FormT2 != "" || r.FormT3 != "" || r.FormT4 != ""
	if reason := aboutReports(p, titles, proven); reason != "" {
		return reason
	}
	switch {
	case periodic.MatchString(title), partOfYear(title):
		return "statistics of a part of a year"
	case proven && statistics.MatchString(title) && !formHeadings(p.Blocks) && parseTitle(title).kind < fullTitle:
		return "a statistical table without its report"
	case proven:
		return ""
	}
	switch {
	case news.MatchString(title) && topics(p.Blocks) < 3:
		return "news about a report"
	case institution.MatchString(title) && !strings.Contains(title, "政府信息公开"):
		return "another matter: a public institution or a company on itself"
	}
	prose, items, reports := bulk(p.Blocks, p.Links)
	full, filed := parseTitle(title).kind == fullTitle, named(titles) && reportFile(p.Links, prose)
	if prose < headerOnly && !filed {
		if reason := noPage(p, named(titles) && pictured(p.Blocks)); reason != "" {
			return reason
		}
	}
	n := topics(p.Blocks)
	switch {
	case otherMatter.MatchString(title) && !(n >= 3 && announcement.MatchString(title)):
		return "its title is that of another matter: " + brief(title)
	case otherReport.MatchString(title) && !full && n < 5:
		return "a report on another matter: " + brief(title)
	case reports >= 3 && n < 3 && prose < excerpt*reports:
		return "a list of reports"
	case items >= 5 && prose < substance && !filed:
		return "a list of links"
	}
	return ofOldOrElsewhere(p, titles, prose, n, r)
}

// partOfYear: the title names a month of the year, or some, but not all of them.
func partOfYear(title string) bool {
	for _, m := range months.FindAllStringSubmatch(title, -1) {
		first, last := monthNumber(m[1]), monthNumber(m[2])
		if m[3] != "" && parseTitle(title).kind < fullTitle || m[2] != "" && (first > 1 || last < 12) && first < last && last <= 12 {
			return true
		}
	}
	return false
}

func monthNumber(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return hanNumber(s)
}

// ofOldOrElsewhere judges a page without headings and tables of the forms: a report
// of before 2019, whose headings go into n topics, or one that the page gives as a
// file or as pictures.
func ofOldOrElsewhere(p *Page, titles []string, prose, n int, r *report.Report) string {
	bare := false
	for _, t := range titles {
		bare = bare || parseTitle(t).kind >= bareTitle
	}
	counted := r.FormStatistics != "" && r.FormStatistics != report.FormOther
	switch {
	case named(titles) && (n >= 2 || counted) || bare && n >= 3 || n >= 4 && periodYear(opening(p)) != 0 || n >= 5:
		return ""
	case !named(titles):
		return "neither the headings of a report nor its title"
	case reportFile(p.Links, prose):
		find(r, "body_is_attachment", "page", report.NotTestable, "the page gives the report as a file only")
		return ""
	case prose >= substance && mentioned(p.Blocks) >= 2:
		return ""
	case prose >= substance:
		return "the title of a report over another text"
	}
	if pictured(p.Blocks) {
		find(r, "body_is_image", "page", report.NotTestable, "the page gives the report as pictures only")
		return ""
	}
	return fmt.Sprintf("the title of a report without its text (%d characters)", prose)
}

func named(titles []string) bool {
	for _, t := range titles {
		if parseTitle(t).kind == fullTitle {
			return true
		}
	}
	return false
}

func pictured(blocks []Block) bool {
	for _, b := range blocks {
		if b.Image || b.Grid != nil && imageGrid(b.Grid) {
			return true
		}
	}
	return false
}

// listTitle is the index of the listing's title among titlesOf.
const listTitle = 1

// titlesOf are the page's own title and those that listing and document give it.
func titlesOf(p *Page, h Hint, r *report.Report) []string {
	document := tidyTitle(p.DocTitle)
	if at := strings.IndexAny(document, siteSuffix); at > 0 {
		document = strings.TrimSpace(document[:at])
	}
	titles := []string{r.Title, tidyTitle(h.Title), tidyTitle(p.Meta["articletitle"]), document}
	for i, t := range titles {
		titles[i] = t[:min(len(t), longestRead)]
	}
	return titles
}

// aboutReports recognises pages that quote or imitate a report. What the listing
// calls the page counts only where the page itself proves nothing: links beside a
// report's go to its interpretation, and are mixed up with it.
func aboutReports(p *Page, titles []string, proven bool) string {
	for i, t := range titles {
		switch {
		case i == listTitle && proven, t == "", i > 0 && t == titles[0]:
		case advertisesBetting(t):
			return "a hijacked page: its title advertises betting"
		case interpretation.MatchString(t):
			return "an interpretation of a report"
		}
	}
	switch title := titles[0]; {
	case schoolYear.MatchString(title):
		return "a report of another kind: a school's, on its school year"
	case writing.MatchString(title):
		return "a notice on writing the report, or its form"
	case leftBlank(title) || blocksMatching(p.Blocks, leftBlank) >= 3:
		return "a template: names and numbers are left out"
	case blocksMatching(p.Blocks, advertisesBetting) >= 3:
		return "a hijacked page: its text advertises betting"
	}
	if n := len(p.Breadcrumb); n > 0 && breadInterpretation.MatchString(tidy(p.Breadcrumb[n-1])) && !formHeadings(p.Blocks) {
		return "an interpretation of a report"
	}
	return ""
}

// noPage recognises answers that are no document at all. Beside pictures only an
// error counts: the words of the others stand in the head of many pages.
func noPage(p *Page, pictures bool) string {
	text := strings.Join(append(firstTexts(p.Blocks, 12), p.Headings...), "\n")
	text = p.DocTitle[:min(len(p.DocTitle), longestRead)] + "\n" + text[:min(len(text), 4*longestRead)]
	switch {
	case soft404.MatchString(text):
		return "an error page"
	case pictures:
	case challenge.MatchString(text):
		return "a login or challenge page"
	case shell.MatchString(text) && !reportFile(p.Links, 0):
		return "an empty page that a script fills"
	}
	return ""
}

// formHeadings: three of the six headings of the forms since 2019, one of them on
// disclosure. General situation, problems and other matters head any report.
func formHeadings(blocks []Block) bool {
	n, own := 0, false
	for no, seen := range officialNumbers(blocks) {
		if seen {
			n++
			own = own || no >= 2 && no <= 4
		}
	}
	return n >= 3 && own
}

func officialNumbers(blocks []Block) (seen [7]bool) {
	for _, b := range blocks {
		if b.Grid == nil && !b.Image {
			if no, _, _ := officialHeading(b.Text); no > 0 {
				seen[no] = true
			}
		}
	}
	return seen
}

// bulk counts the running text, the links that look like an item of a listing, and
// those among them that name different reports.
func bulk(blocks []Block, links []Link) (prose, items, reports int) {
	for _, b := range blocks {
		if n := utf8.RuneCountInString(b.Text); b.Grid == nil && n >= 20 {
			prose += n
		}
	}
	seen := map[string]bool{}
	for _, l := range links {
		if isFileLink(l.URL) {
			continue
		}
		n := utf8.RuneCountInString(l.Text)
		if n >= 6 {
			items++
		}
		if n >= 20 {
			prose -= n
		}
		if parseTitle(tidyTitle(l.Text)).kind == fullTitle && !seen[l.Text] {
			seen[l.Text] = true
			reports++
		}
	}
	return max(prose, 0), items, reports
}

func firstTexts(blocks []Block, n int) []string {
	var out []string
	for _, b := range blocks {
		if b.Text != "" && len(out) < n {
			out = append(out, b.Text[:min(len(b.Text), longestRead)])
		}
	}
	return out
}

// blocksMatching counts the lines that a match is found in.
func blocksMatching(blocks []Block, matches func(string) bool) int {
	n := 0
	for _, b := range blocks {
		if b.Grid == nil && matches(b.Text[:min(len(b.Text), longestRead)]) {
			n++
		}
	}
	return n
}

// topics counts what the headings of a body without forms go into.
func topics(blocks []Block) int {
	n, heads := 0, freeHeads(blocks)
	for _, topic := range disclosureTopics {
		for _, h := range heads {
			if topic.MatchString(h.heading) {
				n++
				break
			}
		}
	}
	return n
}

// mentioned counts what a text goes into, with or without headings.
func mentioned(blocks []Block) int {
	n := 0
	for _, topic := range disclosureTopics[:5] {
		if blocksMatching(blocks, topic.MatchString) > 0 {
			n++
		}
	}
	return n
}

var reportFileText = regexp.MustCompile(`报告|年报|附件|下载|\.(pdf|docx?|wps|ofd)`)

// reportFile: a file is linked that can be the report. Beside a long text it must
// be named like one.
func reportFile(links []Link, prose int) bool {
	for _, l := range links {
		if isFileLink(l.URL) && (prose < substance || reportFileText.MatchString(l.Text)) {
			return true
		}
	}
	return false
}
