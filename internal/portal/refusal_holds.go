package portal

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	articleDate = regexp.MustCompile(`(?:发布|发文|生成|公开|成文)(?:时间|日期)\s?[:：]\s?(?:19|20)\d{2}`)
	htmlTags    = regexp.MustCompile(`(?i)<(?:!doctype html|html|head|body|frameset)\b`)
)

// data says whether the page is an answer of an endpoint (JSON, JSONP, XML, a bare
// number), not a page or a part of one.
func (p *Page) data() bool {
	text := strings.TrimSpace(strings.TrimPrefix(p.Text, "\ufeff"))
	if strings.HasPrefix(text, "<?xml") || strings.HasPrefix(text, "<datastore") {
		return !htmlTags.MatchString(text)
	}
	return !strings.HasPrefix(text, "<")
}

// pageTitle is the text of the title element.
func (p *Page) pageTitle() string { return tidy(p.Doc.Find("title").First().Text()) }

// said is what the page says itself: its visible text without the links of lists, whose
// titles may speak of anything.
func (p *Page) said() string {
	var b strings.Builder
	for _, n := range p.Doc.Nodes {
		texts(n, func(t *html.Node) bool {
			if !within(t, nil, atom.A) || !within(t, nil, atom.Li, atom.Td, atom.Dd, atom.Dt) {
				b.WriteString(t.Data)
				b.WriteByte(' ')
			}
			return true
		})
	}
	return tidy(b.String())
}

// whole says whether a short page has what only a portal's page has: an article's date,
// or the title of an annual report outside lists. says is its title and what it said.
func (p *Page) whole(text, says string) bool {
	if p.data() {
		return reportWords.MatchString(p.Text)
	}
	return p.meta("PubDate") != "" || p.meta("ArticleTitle") != "" || articleDate.MatchString(text) ||
		reportWords.MatchString(says) && reportYear.MatchString(says)
}

// rowTitle is the number of characters from which on a link in a list is a row, not an
// entry of a menu.
const rowTitle = 10

// hasRows says whether the page has rows of a list: two links in list or table cells that
// are long or name a year.
func (p *Page) hasRows() bool {
	n := 0
	for _, a := range p.Doc.Find("li a[href], td a[href], dd a[href]").Nodes {
		if t := squeeze(textOf(a)); runes(t) >= rowTitle || reportYear.MatchString(t) {
			n++
		}
	}
	return n > 1
}

// place finds what a page shows something in, now or by a script: links, frames, lists,
// tables, forms, and the elements that applications draw into.
const place = `a[href], iframe, frame, body ul, body table, body form, body img, body embed, body object, body div[id], body main, body section, script[type="text/xml"]`

// scriptWords are the words of an entry that a script writes.
var scriptWords = regexp.MustCompile(`\p{Han}{4,}`)

// silent says whether a page shows next to nothing, not even that there is nothing, and
// has no place to show anything.
func (p *Page) silent(text string) bool {
	length := runes(squeeze(text))
	if length >= shellText || p.data() && length > 0 || nothingYet.MatchString(text) || p.Doc.Find(place).Length() > 0 {
		return false
	}
	if len(scriptWords.FindAllString(p.liveCode(), 2)) == 2 { // a script that writes what there is to read
		return false
	}
	for _, n := range p.Doc.Find("body *").Nodes {
		if n.DataAtom == 0 && strings.Contains(n.Data, "-") { // an element of an application
			return false
		}
	}
	return true
}

// shows says whether a page shows a picture or a file, which may be all there is of a
// report.
func (p *Page) shows() bool {
	for _, n := range p.Doc.Find("body img[src], iframe[src], frame[src], embed[src], object[data], body a[href]").Nodes {
		address := attr(n, "src") + attr(n, "data") + attr(n, "href")
		if n.DataAtom == atom.Img || fileName.MatchString(address) || downloads.MatchString(address) {
			return true
		}
	}
	return false
}
