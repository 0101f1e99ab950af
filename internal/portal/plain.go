package portal

import (
	"fmt"
	"slices"

	"github.com/PuerkitoBio/goquery"
)

// Plain lists: the long tail that no family fits.
//
// Recognised by: nothing; it takes what no family claims.
//
// Pages by, in this order: the 下一页 link (href, or the address in its handler); the number
// after the current one, as a link or an option; the number in the query, where the page
// states more pages; addresses {name}_1, {name}_2, {name}/2 as guess.go tells, where it
// states more and gives no way there.
//
// Counts by: whatever known counter the page calls (views.go).
//
// Assumptions:
//   - The listing is the block of links that listing (block.go) chooses, or the one the
//     selectors name.
//   - A page without items around one frame of the same host is a shell of that list; what
//     the frame holds is read by the family that claims it. A static page outside the
//     shell's folder is not looked into, nor is a frame in a frame.
//   - A page that leads to more pages in a way not understood is a PagingError.

// Selectors are CSS selectors for a listing. Empty ones leave the choice to the heuristics.
type Selectors struct {
	List string // element that holds the items; "" is the whole page
	Item string // one item, with a link in it; "" with List set is every row of the element
	Date string // within the item
	Next string // link to the next page
}

// Plain is the adapter for plain lists; the zero Selectors leave everything to heuristics.
func Plain(sel Selectors) Adapter {
	return Adapter{
		Name:   "plain",
		Detect: func(*Page) string { return "" }, // takes what nobody claims
		List:   func(p *Page) (Listing, error) { return listPlain(p, sel) },
		Views:  views,
		Count:  Count,
		Files:  files,
	}
}

func listPlain(p *Page, sel Selectors) (Listing, error) {
	l, s := p.read()
	if sel.List != "" || sel.Item != "" {
		items, err := p.selected(sel)
		if err != nil {
			return l, err
		}
		l.Items = items
	}
	if sel.Next != "" {
		return p.withNext(l, s, p.selectedNext(sel.Next))
	}
	if sel == (Selectors{}) && (p.Asked.Frame || len(l.Items) == 0) {
		if framed, ok, err := p.framed(); ok {
			return framed, err
		}
		if frame, err := p.frame(); len(l.Items) == 0 && (frame != nil || err != nil) {
			l.Next = frame
			return l, err
		}
	}
	return p.walk(l, s)
}

// read is the part of a listing that is the same in every family of HTML lists.
func (p *Page) read() (Listing, stated) {
	s := p.stated()
	return Listing{Items: slices.Clone(p.listed()), Total: s.total, Pages: s.pages, Column: p.column()}, s
}

// withNext completes a listing by the pager's next link, or by the error that more pages
// are evident and no link leads there.
func (p *Page) withNext(l Listing, s stated, pg pager) (Listing, error) {
	if pg.next != "" {
		l.Next = []Request{{URL: pg.next}}
		return l, nil
	}
	if evidence := p.moreEvidence(pg, s, len(l.Items)); evidence != "" {
		return l, &PagingError{URL: p.URL.String(), Evidence: evidence}
	}
	return l, nil
}

// selected reads the items that selectors name.
func (p *Page) selected(sel Selectors) ([]Item, error) {
	scope := p.Doc.Selection
	if sel.List != "" {
		if scope = p.Doc.Find(sel.List); scope.Length() == 0 {
			return nil, fmt.Errorf("list %s: selector %q matches nothing", p.URL, sel.List)
		}
	}
	nodes := scope.Find(sel.Item)
	if sel.Item == "" {
		nodes = scope.Children()
	}
	byNode := p.links()
	var rows []row
	nodes.Each(func(_ int, s *goquery.Selection) {
		n := s.Get(0)
		var inside []link
		for _, l := range byNode {
			if contains(n, l.node) {
				inside = append(inside, l)
			}
		}
		r := readRow(n, inside)
		if sel.Date != "" {
			date := isoDate(tidy(s.Find(sel.Date).First().Text()))
			for i := range r.items {
				r.items[i].Date = date
			}
		}
		rows = append(rows, r)
	})
	return merged(rows), nil
}

// selectedNext reads the next page from the link a selector names.
func (p *Page) selectedNext(selector string) pager {
	s := p.Doc.Find(selector)
	if s.Length() == 0 {
		return pager{ended: true}
	}
	address := p.target(s.Get(0))
	switch {
	case address == p.resolve(p.URL.String()):
		return pager{ended: true}
	case address == "" && !switchedOff(s.Get(0)):
		return pager{dead: fmt.Sprintf("%s leads to %q", selector, cut(s.AttrOr("href", "")))}
	}
	return pager{next: address, ended: address == ""}
}
