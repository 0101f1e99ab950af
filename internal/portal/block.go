package portal

import (
	"math"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Which block of links is the listing is decided by shape, not by names: a container is
// any element with children of one tag that hold a few links each. Its rows are judged by
// date, length of title, kind of address and the words of annual reports; a container
// counts with the mean of its rows and, slowly, with their number, so that a long menu
// does not beat a short list of reports. Names (class="nav") only weigh a block down.

// maxRowLinks is the number of links above which an element is no row.
const maxRowLinks = 6

// block is a container with its rows.
type block struct {
	container *html.Node
	tag       atom.Atom // of the rows
	depth     int
	rows      []row
}

var (
	reportWords = regexp.MustCompile(`年度.{0,4}报告|年报|信息公开.{0,4}工作.{0,4}报告`)
	columnTitle = regexp.MustCompile(`^(?:历年|本级|各部门|部门|单位|乡镇)?(?:政府|政务)?(?:信息)?(?:公开)?(?:工作)?(?:年报|年度报告|年度工作报告)$`)
	reportYear  = regexp.MustCompile(`(?:19|20)\d{2}|[二2][〇○零0Ｏ][一二〇○零\d][〇○零一二三四五六七八九\d]`)
)

// listing finds the items of the page's listing, nil if the page has none.
func (p *Page) listing(column string) []Item { return p.bestBlock(column, (*block).plausible) }

// bestBlock is the items of the best of the blocks that could be the listing.
func (p *Page) bestBlock(column string, plausible func(*block) bool) []Item {
	var best *block
	var most float64
	for _, b := range joined(p.blocks()) {
		if !plausible(b) {
			continue
		}
		s := b.score(yearlyColumn(column))
		if best == nil || s > most || s == most && b.depth > best.depth {
			best, most = b, s
		}
	}
	if best == nil {
		return nil
	}
	return merged(best.rows)
}

// joined puts together what is one listing in pieces: a list cut into several ul of five,
// or into one box a year. Pieces have the same shape two levels up and hold documents;
// one of them has several rows, since the single links of a table's cells are of one shape
// too and are rows of the table, not pieces of a list.
func joined(blocks []*block) []*block {
	type piece struct {
		outer            *html.Node
		row              atom.Atom
		container, above string
		dated            bool
	}
	keyOf := func(b *block) piece {
		k := piece{row: b.tag, container: shape(b.container), dated: b.mostlyDated()}
		if up := b.container.Parent; up != nil {
			k.above, k.outer = shape(up), up.Parent
		}
		return k
	}
	lists := map[piece]bool{}
	for _, b := range blocks {
		if len(b.rows) > 1 && b.holdsDocuments() {
			lists[keyOf(b)] = true
		}
	}
	whole := map[piece]*block{}
	var out []*block
	for _, b := range blocks {
		k := keyOf(b)
		switch {
		case !lists[k] || !b.holdsDocuments():
			out = append(out, b)
		case whole[k] == nil:
			whole[k] = b
			out = append(out, b)
		default:
			whole[k].rows = append(whole[k].rows, b.rows...)
		}
	}
	return out
}

// merged lists the items of rows, each address once: with the longer title and the date
// that one of them has.
func merged(rows []row) []Item {
	var items []Item
	at := map[string]int{}
	for _, r := range rows {
		for _, it := range r.items {
			i, known := at[it.URL]
			if !known {
				at[it.URL] = len(items)
				items = append(items, it)
				continue
			}
			if runes(it.Title) > runes(items[i].Title) {
				items[i].Title = it.Title
			}
			if items[i].Date == "" {
				items[i].Date = it.Date
			}
		}
	}
	return items
}

// blocks are all containers of the page, in document order of their first rows.
func (p *Page) blocks() []*block {
	links := p.written().links()
	count := map[*html.Node]int{}
	for _, l := range links {
		for n := l.node; n != nil; n = n.Parent {
			count[n]++
		}
	}
	type key struct {
		container *html.Node
		tag       atom.Atom
	}
	members := map[key][]*html.Node{}
	inside := map[*html.Node][]link{}
	var order []key
	for _, l := range links {
		for n := l.node; n.Parent != nil && n.Parent.Type == html.ElementNode && count[n] <= maxRowLinks; n = n.Parent {
			if len(inside[n]) == 0 {
				k := key{n.Parent, n.DataAtom}
				if len(members[k]) == 0 {
					order = append(order, k)
				}
				members[k] = append(members[k], n)
			}
			inside[n] = append(inside[n], l)
		}
	}
	var all []*block
	for _, k := range order {
		b := &block{container: k.container, tag: k.tag, depth: depth(k.container)}
		for _, n := range members[k] {
			if r := readRow(n, inside[n]); len(r.items) > 0 {
				b.rows = append(b.rows, r)
			}
		}
		if len(b.rows) > 0 {
			all = append(all, b)
		}
	}
	return all
}

func (b *block) mostlyDated() bool {
	n := 0
	for _, r := range b.rows {
		if r.dated {
			n++
		}
	}
	return 2*n >= len(b.rows)
}

// tally counts the items of a block, those that name reports, those that are documents
// with a long title, and the characters of the titles, at most 40 each.
func (b *block) tally() (items, reports, documents, length int) {
	for _, r := range b.rows {
		for _, it := range r.items {
			items++
			length += min(runes(it.Title), 40)
			if namesReport(it) {
				reports++
			}
			if looksLikeArticle(it.URL) && runes(it.Title) >= 8 {
				documents++
			}
		}
	}
	return items, reports, documents, length
}

func (b *block) holdsDocuments() bool {
	items, reports, documents, _ := b.tally()
	return 2*max(reports, documents) >= items
}

// plausible says whether a block could be a listing at all. Dated rows are believed if they
// hold documents or, several of them, long titles; rows without dates only if they name reports, or are three or more long titles of documents
// outside the page's furniture.
func (b *block) plausible() bool {
	items, reports, documents, length := b.tally()
	switch {
	case 2*reports >= items:
		return true
	case b.mostlyDated():
		return 2*documents >= items || len(b.rows) > 1 && length >= 8*items
	}
	return chromeWeight(b.container) == 1 && len(b.rows) >= 3 && 5*documents >= 3*items && length >= 10*items
}

// namesReport says whether an item is by title and address an annual report: the words
// and a year, or the words on a document. The bare words are the column's name.
func namesReport(it Item) bool {
	return reportWords.MatchString(it.Title) &&
		(reportYear.MatchString(it.Title) || looksLikeArticle(it.URL) && !columnTitle.MatchString(it.Title))
}

// score weighs a block: mean of its items times a slow function of their number.
func (b *block) score(yearly bool) float64 {
	var sum float64
	n := 0
	for _, r := range b.rows {
		for _, it := range r.items {
			sum += itemScore(it, r.dated, yearly)
			n++
		}
	}
	return sum / float64(n) * (1 + math.Log2(float64(len(b.rows)))) * chromeWeight(b.container)
}

func itemScore(it Item, dated, yearly bool) float64 {
	s := -1.0
	switch n := runes(it.Title); {
	case n >= 14:
		s = 1.5
	case n >= 8:
		s = 1
	case n >= 5:
		s = 0
	}
	if looksLikeArticle(it.URL) {
		s++
	} else {
		s--
	}
	if dated {
		s += 3
	}
	if namesReport(it) {
		s += 8
		if yearly {
			s += 8 // in such a column, what names no report is a sidebar
		}
	}
	return max(s, 0.1)
}

// chromeWords are words of class and id names that mark the page's furniture.
var chromeWords = map[string]bool{
	"nav": true, "navi": true, "navbar": true, "navigation": true, "menu": true, "submenu": true, "header": true, "head": true, "top": true,
	"footer": true, "foot": true, "bottom": true, "crumb": true, "crumbs": true, "breadcrumb": true, "breadcrumbs": true, "weizhi": true,
	"dqwz": true, "friend": true, "friendlink": true, "friendlinks": true, "yqlj": true, "copyright": true, "search": true, "share": true,
	"related": true, "xgjd": true, "jiedu": true, "popbox": true, "recommend": true, "hot": true, "side": true, "sidebar": true, "aside": true,
}

// chromeWeight is 1 for a block in the page's main area, less below furniture.
func chromeWeight(n *html.Node) float64 {
	w := 1.0
	for ; n != nil && n.DataAtom != atom.Body; n = n.Parent {
		switch n.DataAtom {
		case atom.Nav, atom.Footer, atom.Header:
			return 0.1
		case atom.Aside:
			w = min(w, 0.4)
		}
		for _, word := range words(attr(n, "class") + " " + attr(n, "id")) {
			if chromeWords[word] {
				w = min(w, 0.4)
			}
		}
	}
	return w
}

// words splits class names at anything but letters, and before capitals.
func words(s string) []string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		switch {
		case !unicode.IsLetter(r):
			b.WriteByte(' ')
		case unicode.IsUpper(r) && lower:
			b.WriteByte(' ')
			fallthrough
		default:
			b.WriteRune(unicode.ToLower(r))
		}
		lower = unicode.IsLower(r)
	}
	return strings.Fields(b.String())
}

func depth(n *html.Node) (d int) {
	for ; n != nil; n = n.Parent {
		d++
	}
	return d
}

// shape is an element's tag and class.
func shape(n *html.Node) string { return n.Data + "." + attr(n, "class") }
