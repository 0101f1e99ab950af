package extract

import (
	"math/bits"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Names under which content systems keep an article's body, most telling first.
// From the page templates of the large families; compared without case.
var (
	containerIDs = map[string]bool{
		"ucap-content": true, "zoom": true, "zoomcon": true, "vsb_content": true, "ivs_content": true,
		"article_content": true, "articlecontent": true, "content_body": true, "textbox": true,
	}
	containerClasses = map[string]bool{
		"trs_editor_view": true, "trs_ueditor": true, "trs_editor": true, "zoom": true, "v_news_content": true,
		"wp_articlecontent": true, "article_content": true, "article-content": true, "bt_content": true,
		"wzcon": true, "newscontnet": true, "g-detailbox": true, "news_cont_d_wrap": true, "xxgk_content": true,
		"gkxl-article": true, "content_block": true, "view": true, "main-txt": true, "pages_content": true,
	}
)

func isContainer(n *html.Node) bool {
	if n.Data == "ucapcontent" {
		return true
	}
	if n.DataAtom == atom.Body {
		return false
	}
	if len(n.Attr) == 0 {
		return false
	}
	id := strings.ToLower(attr(n, "id"))
	if containerIDs[id] || strings.HasPrefix(id, "vsb_content") {
		return true
	}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if containerClasses[strings.ToLower(class)] {
			return true
		}
	}
	return false
}

var titleName = regexp.MustCompile(`(?i)^(.*[-_])?(article|news|detail|doc|xl|wz|art|content|con|info|page|main|arc|text|bt|xxgk|gk|cont|print|dbt|d)?[-_]?(title(style)?|tit|biaoti|bt|headline|subject)([-_]?\d{0,6})$|^h1$`)

// titleWords: titleName needs one of them, which few names have.
var titleWords = []string{"tit", "bt", "biaoti", "headline", "ubject", "h1"}

func namesTitle(s string) bool {
	return s != "" && containsAny(lowerASCII(s), titleWords) && titleName.MatchString(s)
}

func isTitle(n *html.Node) bool {
	switch {
	case n.DataAtom == atom.H1, n.DataAtom == atom.H2, n.DataAtom == atom.H3, n.Data == "ucaptitle":
		return true
	case namesTitle(attr(n, "id")):
		return true
	}
	for class := range strings.FieldsSeq(attr(n, "class")) {
		if namesTitle(class) {
			return true
		}
	}
	return false
}

// markCount counts, up to some piece, each of the six headings (1..6) and the
// three tables (8+2..8+4) and the tables of statistics (statisticsMark).
type markCount [13]int32

const statisticsMark = 8 + 1

type markCounts []markCount

func (d *document) marks() markCounts {
	out := make(markCounts, len(d.pieces)+1)
	for i := range d.pieces {
		p := &d.pieces[i]
		out[i+1] = out[i]
		switch {
		case p.grid != nil:
			for _, part := range partsOf(p.grid) {
				out[i+1][8+part.table[1]-'0']++
			}
			if c := newStatisticsGrid(p.grid); c.proven() {
				out[i+1][statisticsMark]++
			}
		case p.links > len(p.text)/6: // mostly link: navigation, not a heading
		default:
			if no, _, _ := officialHeading(p.text); no > 0 {
				out[i+1][no]++
			}
		}
	}
	return out
}

// union is the set of marks an extent holds, one bit each.
func (m markCounts) union(e extent) uint16 {
	var all uint16
	for k := range m[0] {
		if m[e.to][k] > m[e.from][k] {
			all |= 1 << k
		}
	}
	return all
}

// article finds the range of pieces that is the article's body. Containers with a
// known name win when they hold every mark of a report the page shows; else it is
// the smallest element that holds them all. A page without marks (a report of
// before 2019, or none) is judged by where its prose stands.
func (d *document) article() extent {
	whole := extent{node: d.root, from: 0, to: len(d.pieces)}
	marks := d.marks()
	all := marks.union(whole)
	counted := all & (1 << statisticsMark)
	if bits.OnesCount16(all&^counted) >= 3 {
		best := d.smallest(whole, func(e extent) bool { return isContainer(e.node) && marks.union(e) == all })
		if best.node != d.root {
			return best
		}
		// A stray heading elsewhere (a related interpretation) must not drag the
		// body's borders outwards.
		best = d.smallest(whole, func(e extent) bool {
			held := marks.union(e)
			return isContainer(e.node) && bits.OnesCount16(held) >= 4 && bits.OnesCount16(all)-bits.OnesCount16(held) <= 1 && held>>8 == all>>8
		})
		if best.node != d.root {
			return best
		}
		return d.smallest(whole, func(e extent) bool { return marks.union(e) == all })
	}
	prose := make([]int, len(d.pieces)+1)
	for i := range d.pieces {
		prose[i+1] = prose[i] + d.pieces[i].prose()
	}
	held := func(e extent) int { return prose[min(e.to, len(d.pieces))] - prose[e.from] }
	total := held(whole)
	best := d.smallest(whole, func(e extent) bool {
		return isContainer(e.node) && marks.union(e)&counted == counted && (held(e) >= 200 && held(e)*2 >= total || e.to > e.from && total < 200)
	})
	if best.node != d.root {
		return best
	}
	return d.smallest(whole, func(e extent) bool {
		return total > 0 && held(e)*10 >= total*9 && marks.union(e)&counted == counted
	})
}

func (d *document) smallest(best extent, ok func(extent) bool) extent {
	for _, e := range d.extents {
		e.to = min(e.to, len(d.pieces))
		if e.to > e.from && e.to-e.from <= best.to-best.from && ok(e) {
			best = e
		}
	}
	return best
}
