package extract

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
	"unicode/utf8"
)

// Some portals send the article's HTML as a string of a script, or as the value of a
// hidden <textarea>, and an empty element that a script fills with it.
var (
	scriptContent = regexp.MustCompile(`(?i)["']?\bcontent["']?\s*:\s*("(?:[^"\\]|\\.)*")`)
	hiddenContent = regexp.MustCompile(`(?is)<textarea\b[^>]*>(.*?)</textarea\s*>`)
	emptyArticle  = regexp.MustCompile(`(?i)<(?:div|section|article)\b[^>]*\b(?:id|class)\s*=\s*["']?[^"'>]*(?:content|article|zoom|zw)[^"'>]*["']?[^>]*>(?:\s|&nbsp;|<!--.*?-->)*</`)
	bodyBegin     = regexp.MustCompile(`(?i)<body\b`)
	bodyEnd       = regexp.MustCompile(`(?i)</body\s*>`)
)

// scripted is a page with the article that a script would put there, "" if it does not
// carry just one. It goes into the element that waits for it, else where it stands.
func scripted(text string) string {
	var articles []string
	at := 0
	add := func(article, element string, from int) {
		if utf8.RuneCountInString(article) < emptyBody || !strings.Contains(article, "</") {
			return
		}
		articles = append(articles, article)
		at = max(strings.LastIndex(strings.ToLower(text[:from]), element), 0)
	}
	var contents [][]int
	if quotesContent(text) {
		contents = scriptContent.FindAllStringSubmatchIndex(text, -1)
	}
	for _, m := range contents {
		var article string
		if json.Unmarshal([]byte(text[m[2]:m[3]]), &article) == nil {
			add(article, "<script", m[0])
		}
	}
	for _, m := range hiddenContent.FindAllStringSubmatchIndex(text, -1) {
		add(html.UnescapeString(text[m[2]:m[3]]), "<textarea", m[2])
	}
	if len(articles) != 1 {
		return ""
	}
	if m := emptyArticle.FindStringIndex(text); m != nil {
		at = m[1] - len("</")
	} else if begin := bodyBegin.FindStringIndex(text); begin != nil && at < begin[0] {
		at = len(text)
		if end := bodyEnd.FindStringIndex(text); end != nil {
			at = end[0]
		}
	}
	return text[:at] + `<div class="article-content">` + articles[0] + "</div>" + text[at:]
}

// quotesContent: scriptContent may find something. It looks at the colons only, of
// which a page has few with a quoted text behind them.
func quotesContent(text string) bool {
	const space = " \t\n\f\r"
	for before, behind, found := strings.Cut(text, ":"); found; before, behind, found = strings.Cut(behind, ":") {
		if !strings.HasPrefix(strings.TrimLeft(behind, space), `"`) {
			continue
		}
		name := strings.TrimRight(strings.TrimRight(before, space), `"'`)
		if strings.HasSuffix(name, "t") || strings.HasSuffix(name, "T") {
			return true
		}
	}
	return false
}

// empty says that a page shows next to nothing of an article.
func empty(p *Page) bool {
	for _, b := range p.Blocks {
		if b.Grid != nil && len(partsOf(b.Grid)) > 0 {
			return false
		}
	}
	prose, _, _ := bulk(p.Blocks, p.Links)
	return prose < emptyBody && !formHeadings(p.Blocks)
}
