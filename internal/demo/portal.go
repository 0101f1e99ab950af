package demo

import (
	"maps"
	"slices"
	"strconv"
	"time"

	"crawl/internal/report"
)

// Portal is one portal while it is being changed. It is valid only inside Change.
type Portal struct {
	site     *site
	province *Province
}

// NewDrafted is a province of any size whose portals stand empty: every report that
// NewSized would show is written and waits for Publish.
func NewDrafted(portals, agenciesPerPortal, firstYear, lastYear int) *Province {
	sites := planSized(portals, agenciesPerPortal, firstYear, lastYear)
	for _, s := range sites {
		s.drafts, s.entries = s.entries, nil
	}
	return newProvince(sites)
}

// Change changes portals, all at once, as their editors do: f gets them in the order
// of Hosts. What is on their pages before is not touched; faults stay as they are,
// and Asked begins anew. It must not run beside Sources, Hosts, Set or itself.
func (p *Province) Change(f func(portals []*Portal)) {
	portals := make([]*Portal, len(p.sites))
	for i, s := range p.sites {
		draft := *s
		draft.entries, draft.drafts, draft.unlisted = slices.Clone(s.entries), slices.Clone(s.drafts), slices.Clone(s.unlisted)
		draft.moved = maps.Clone(s.moved)
		portals[i] = &Portal{&draft, p}
	}
	f(portals)
	for i, portal := range portals {
		portal.site.sort()
		p.sites[i] = portal.site
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.asked)
	p.state.Store(newState(p.sites, p.state.Load().faults))
}

// Asked counts the requests since the last Change or Set, by address without http://.
func (p *Province) Asked() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.asked)
}

// ListPage is one page of a listing.
type ListPage struct {
	URL   string
	Items []ListItem
}

// ListItem is one row of a listing.
type ListItem struct{ URL, Title string }

// Listing is what a portal lists, page by page.
func (p *Province) Listing(portal int) (pages []ListPage) {
	v := p.state.Load().views[portal]
	for page := range v.pages {
		list := ListPage{URL: "http://" + v.host + v.skin.listPath(page, v.pages)}
		for _, e := range v.listing(page, false).items {
			list.Items = append(list.Items, ListItem{v.url(e), e.joined()})
		}
		pages = append(pages, list)
	}
	return pages
}

// Shown is what stands at an address of a portal: the truth of a report, or where it
// redirects to, or neither, which is a 404.
func (p *Province) Shown(portal int, url string) (truth *Truth, redirect string) {
	v := p.state.Load().views[portal]
	at, ok := v.routes[url[len("http://"+v.host):]]
	switch {
	case ok && at.kind == itemPage:
		t := v.truth(at.entry)
		return &t, ""
	case ok && at.kind == movedPage:
		return nil, at.to
	}
	return nil, ""
}

// Counter is the address that answers a page's view counter, "" if there is none.
func (p *Province) Counter(portal int, url string) string {
	v := p.state.Load().views[portal]
	at := v.routes[url[len("http://"+v.host):]]
	if at.kind != itemPage || v.skin.counter == nil {
		return ""
	}
	return "http://" + v.host + v.skin.counter(v.site, at.entry)
}

// Drafts is how many reports wait to be published.
func (q *Portal) Drafts() int { return len(q.site.drafts) }

// Publish puts the i-th draft online, with a date of one's choice or, for the zero
// time, its own. It returns the address.
func (q *Portal) Publish(i int, at time.Time) string {
	e := *q.site.drafts[i]
	if !at.IsZero() {
		e.published = at.In(beijing).Truncate(time.Minute)
	}
	q.site.drafts = slices.Delete(q.site.drafts, i, i+1)
	q.site.entries = append(q.site.entries, &e)
	return q.site.url(&e)
}

// URLs are the addresses of the listed pages.
func (q *Portal) URLs() []string {
	var urls []string
	for _, e := range q.site.entries {
		urls = append(urls, q.site.url(e))
	}
	return urls
}

// change replaces the listed entry at an address by what f makes of a copy.
func (q *Portal) change(url string, f func(*entry)) {
	i := q.at(url)
	e := *q.site.entries[i]
	f(&e)
	q.site.entries[i] = &e
}

func (q *Portal) at(url string) int {
	i := slices.IndexFunc(q.site.entries, func(e *entry) bool { return q.site.url(e) == url })
	if i < 0 {
		panic("demo: " + url + " is not listed")
	}
	return i
}

// Edit silently changes one printed number of a report by some amount.
func (q *Portal) Edit(url string, by int) {
	q.change(url, func(e *entry) {
		const place = "t2.licence.decisions"
		e.figures = e.figures.clone()
		n, _ := strconv.Atoi(e.figures[place])
		e.figures[place] = digits(n + by)
		e.touched = true
	})
}

// Count lets the view counts of all listed pages grow by what more returns.
func (q *Portal) Count(more func() int) {
	for i, e := range q.site.entries {
		grown := *e
		grown.views += more()
		q.site.entries[i] = &grown
	}
}

// Pin puts a page on top of the listing, or back in its place.
func (q *Portal) Pin(url string) { q.change(url, func(e *entry) { e.pinned = !e.pinned }) }

// Withdraw takes a page out of the listing. It then answers 404, or, if it stays, is
// still there for those who know the address.
func (q *Portal) Withdraw(url string, stays bool) {
	i := q.at(url)
	e := q.site.entries[i]
	q.site.entries = slices.Delete(q.site.entries, i, i+1)
	if stays {
		q.site.unlisted = append(q.site.unlisted, e)
	} else {
		q.site.drafts = append(q.site.drafts, e) // may come back, at its old address
	}
}

// Move gives a page a new address, to which the old one redirects or which it does
// not tell. It returns the new address.
func (q *Portal) Move(url string, redirect bool) string {
	old := q.site.entries[q.at(url)]
	q.site.moves++
	q.change(url, func(e *entry) { e.no += 100000 * q.site.moves })
	moved := q.site.entries[slices.IndexFunc(q.site.entries, func(e *entry) bool { return e.no == old.no+100000*q.site.moves })]
	if redirect {
		q.site.redirect(q.site.skin.itemPath(q.site, old), q.site.url(moved))
	}
	return q.site.url(moved)
}

// Relaunch gives the portal another CMS: every address and every page changes, what
// the reports say does not. The listing's old address redirects to the new one, or
// is gone.
func (q *Portal) Relaunch(redirect bool) {
	s := q.site
	old := s.skin
	i := slices.Index(skins, old)
	s.skin, s.moved, s.unlisted = skins[(i+1)%len(skins)], nil, nil
	if redirect {
		s.redirect(old.listPath(0, 1), "http://"+s.host+s.skin.listPath(0, 1))
	}
}

// Source is the config entry that fits the portal now.
func (q *Portal) Source() report.Source { return q.site.source() }

func (s *site) redirect(path, to string) {
	if s.moved == nil {
		s.moved = map[string]string{}
	}
	s.moved[path] = to
}
