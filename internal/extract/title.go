package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pageTitle is the title a page prints and what the page's titles say together.
type pageTitle struct {
	text   string      // the visible title
	parsed parsedTitle // of the visible title; an organ's name alone is its agency
	year   int         // from the visible title, else from the best other title
	body   parsedTitle // the title lines at the head of the body
	weak   string      // where a title comes from that the page itself does not print
}

// findTitle chooses the first whole title among the visible headings; then a
// heading that is an organ's name, which some portals print instead; then the
// surest of body, listing, the page's head and the strip; then any heading.
func findTitle(p *Page, lines [][]field, h Hint) pageTitle {
	headings := visibleHeadings(p, lines)
	t := pageTitle{body: bodyTitle(p)}
	document := documentTitle(p)
	printed := stripTitle(lines)
	elsewhere := []parsedTitle{t.body, parseTitle(tidyTitle(h.Title)), document, printed}

	best := bestTitle(headings)
	if best.agency == "" && t.body.agency != "" && t.body.year != best.year && t.body.kind == fullTitle && best.year != 0 {
		best = t.body // a column's name with the year of its publishing
	}
	if best.kind < relatedTitle && document.kind < fullTitle && printed.kind < fullTitle {
		if organ := organHeading(headings, t.body); organ != "" {
			best = completedOrgan(organ, t.body)
		}
	}
	if best.kind < relatedTitle && best.agency == "" {
		heading := best.kind
		for _, other := range elsewhere {
			if other.kind > best.kind {
				best = other
			}
		}
		if best.kind > heading && best != t.body && best != printed {
			t.weak = "the document's title"
			if best != document {
				t.weak = "the listing"
			}
		}
	}
	t.text, t.parsed, t.year = best.text, best, best.year
	if t.text == "" {
		t.text = firstOf(append(headings, tidyTitle(h.Title), tidyTitle(p.DocTitle)))
		t.weak = "the nearest heading, or else the listing or the document"
	}
	for _, other := range elsewhere {
		if t.year == 0 && other.kind == fullTitle {
			t.year = other.year
		}
	}
	return t
}

// organHeading is the first heading that is the name of an organ other than a
// government, unless the body's title names another organ: banners of sites are
// headings too.
func organHeading(headings []string, body parsedTitle) string {
	for _, s := range headings {
		if isOrgan(s) && !isGovernment(s) {
			if body.agency != "" && !fits(s, candidate{name: body.agency, basis: "body"}) {
				return ""
			}
			return s
		}
	}
	return ""
}

// completedOrgan is an organ's name as a title, joined with the body's title if
// that one goes on where the name ends (2023年政府信息公开工作年度报告).
func completedOrgan(organ string, body parsedTitle) parsedTitle {
	if body.agency == "" && body.kind > noTitle {
		if joined := parseTitle(tidyTitle(organ + body.text)); joined.kind == fullTitle {
			return joined
		}
	}
	return parsedTitle{text: organ, agency: organ}
}

// stripTitle is the whole title, on one line or broken over some, that stands
// nearest to the body among the strip's lines: on portals that do not mark it as
// a heading it stands there.
func stripTitle(lines [][]field) parsedTitle {
	var texts []string
	var best parsedTitle
	for _, fields := range lines {
		s := tidyTitle(fields[0].value.String())
		if s == "" {
			continue
		}
		texts = append(texts, s)
		if t := parseTitle(s); t.kind == fullTitle && (t.agency != "" || best.agency == "") {
			best = t
		}
	}
	if best.agency != "" {
		return best
	}
	if broken := brokenTitle(texts); broken.kind == fullTitle {
		return broken
	}
	return best
}

// visibleHeadings are the headings, and behind them whole titles printed in a
// metadata table (标题：…).
func visibleHeadings(p *Page, lines [][]field) []string {
	var headings []string
	for _, s := range p.Headings {
		if s = dropControls(dropSite(tidyTitle(withoutStrip(s)), tidyTitle(p.DocTitle))); s != "" {
			headings = append(headings, s)
		}
	}
	for _, fields := range lines {
		for _, f := range fields {
			if s := tidyTitle(f.value.String()); f.kind == titleLabel && parseTitle(s).kind >= fullTitle {
				headings = append(headings, s)
			}
		}
	}
	return headings
}

// stripInTitle begins where a strip stands in the title's own element.
var stripInTitle = regexp.MustCompile(`(信息|文章|稿件|内容)?(来源|作者|(发布)?(时间|日期)|(浏览|点击|阅读|访问)(次数|量|数)?)\s*[:：]`)

func withoutStrip(heading string) string {
	if at := stripInTitle.FindStringIndex(heading); at != nil && parseTitle(tidyTitle(heading[:at[0]])).kind >= relatedTitle {
		return heading[:at[0]]
	}
	return heading
}

// bestTitle is the surest title among the headings, the first of equals. A title
// without an agency gives way to one broken over adjacent headings.
func bestTitle(headings []string) parsedTitle {
	var best parsedTitle
	for _, s := range headings {
		if t := parseTitle(s); t.kind > best.kind {
			best = t
		}
	}
	if best.agency != "" || best.kind == relatedTitle {
		return best
	}
	backwards := slices.Clone(headings) // the nearest to the body comes first
	slices.Reverse(backwards)
	for _, order := range [][]string{headings, backwards} {
		if joined := brokenTitle(order); joined.kind > noTitle && !isGovernment(joined.agency) {
			return joined
		}
	}
	return best
}

// completes says that the lines are one title broken up: the later ones bring no
// organ of their own, and the first is not a title already.
func completes(lines []string) bool {
	if parseTitle(lines[0]).kind != noTitle {
		return false
	}
	for _, s := range lines[1:] {
		if isOrgan(s) || parseTitle(s).agency != "" && isOrgan(parseTitle(s).agency) {
			return false
		}
	}
	return isOrgan(lines[0]) || startsTitle(lines[0])
}

// startsTitle says that a line is the beginning of a title: the year stands at its
// front, or it ends with the year or within the report's name.
func startsTitle(s string) bool {
	f := folded(s)
	m := titleYearRE.FindStringIndex(f)
	if m != nil && (m[0] == 0 || m[1] == len(f)) {
		return true
	}
	at := strings.LastIndex(f, "政府")
	return at > 0 && strings.HasPrefix("政府信息公开工作年度报告", f[at:])
}

const (
	titleLines   = 8  // first lines of the body among which a title may stand
	maxTitleLine = 60 // runes of a title's line; prose is longer
)

// bodyTitle reads the title lines at the head of the body: one line that says
// it all, else up to three that are one title broken up.
func bodyTitle(p *Page) parsedTitle {
	head := bodyHead(p)
	var best parsedTitle
	for _, s := range head {
		if t := parseTitle(tidyTitle(s)); t.kind == fullTitle && t.agency != "" {
			return t
		} else if t.kind > best.kind && t.kind != relatedTitle {
			best = t
		}
	}
	if joined := brokenTitle(head); joined.kind == fullTitle {
		return joined
	}
	return best
}

// brokenTitle is the first title broken over two or three of the lines, with its
// agency; noTitle if there is none.
func brokenTitle(lines []string) parsedTitle {
	for i := range lines {
		for n := 2; n <= 3 && i+n <= len(lines); n++ {
			t := parseTitle(tidyTitle(strings.Join(lines[i:i+n], "\n")))
			if t.kind == fullTitle && t.agency != "" && completes(lines[i:i+n]) {
				return t
			}
		}
	}
	return parsedTitle{}
}

// bodyHead are the body's first short lines, up to the preface or first section.
func bodyHead(p *Page) []string {
	var head []string
	for _, b := range p.Blocks {
		text := strings.TrimSpace(b.Text)
		switch {
		case b.Grid != nil:
			return head
		case text == "":
			continue
		case utf8.RuneCountInString(text) > maxTitleLine, strings.ContainsAny(text, "。；，"), len(head) == titleLines:
			return head
		}
		head = append(head, text)
	}
	return head
}

// siteSuffix are the characters that part a document's title from its site's name.
const siteSuffix = "_-|—–－"

// documentTitle reads the title in the page's head: meta ArticleTitle, else
// <title>, whole or the part of it beside the names of column and site.
func documentTitle(p *Page) parsedTitle {
	best := parseTitle(tidyTitle(p.Meta["articletitle"]))
	s := tidyTitle(p.DocTitle)
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(siteSuffix, r) })
	for _, part := range append(parts, s) {
		if t := parseTitle(strings.TrimSpace(part)); t.kind > best.kind {
			best = t
		}
	}
	return best
}

// dropSite cuts a heading's suffix (_政府信息公开_某市政府) if the document's title
// ends with the same one and what is left is a title.
func dropSite(heading, document string) string {
	for i, r := range heading {
		if strings.ContainsRune(siteSuffix, r) && strings.HasSuffix(document, heading[i:]) && parseTitle(heading[:i]).kind > noTitle {
			return strings.TrimSpace(heading[:i])
		}
	}
	return heading
}

// titleControls are the buttons that portals print into the title's element.
var titleControls = []string{"二维码", "打印", "分享", "收藏", "关闭", "字号", "字体", "纠错", "下载"}

// dropControls cuts the buttons that follow a whole title.
func dropControls(s string) string {
	for _, word := range titleControls {
		if rest, ok := strings.CutSuffix(s, word); ok && parseTitle(rest).kind >= fullTitle {
			s = rest
		}
	}
	if m := bracketedDate.FindStringIndex(s); m != nil && parseTitle(s[:m[0]]).kind >= fullTitle {
		s = s[:m[0]]
	}
	return s
}

// bracketedDate is the publish date that some portals print behind the title.
var bracketedDate = regexp.MustCompile(`[（(\[]\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?[）)\]]$`)

// tidyTitle joins lines, removes white space beside a Chinese character or
// full-width mark, and makes one blank of the rest.
func tidyTitle(s string) string {
	fields := strings.FieldsFunc(s, unicode.IsSpace)
	var b strings.Builder
	var last rune
	for _, f := range fields {
		f = strings.Map(func(r rune) rune {
			if isZeroWidth(r) {
				return -1
			}
			return r
		}, f)
		if f == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(f)
		if last != 0 && !wide(last) && !wide(first) {
			b.WriteByte(' ')
		}
		b.WriteString(f)
		last, _ = utf8.DecodeLastRuneInString(f)
	}
	return b.String()
}

// wide says that no blank belongs beside r: Chinese characters and marks.
func wide(r rune) bool {
	return isHan(r) || (r >= 0x3000 && r <= 0x303F) || (r >= 0xFF00 && r <= 0xFFEF)
}

func firstOf(texts []string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
