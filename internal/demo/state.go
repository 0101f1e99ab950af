package demo

import (
	"slices"
	"strconv"
)

// state is the province under a set of faults. It never changes: Set makes a new one.
type state struct {
	faults []switched
	views  []*view
	byHost map[string]*view
}

// view is a portal as its visitors see it.
type view struct {
	*site
	entries []*entry // newest first
	pages   int      // of the listing
	routes  map[string]target
}

// target is what stands at an address.
type target struct {
	kind  pageKind
	page  int    // of the listing
	entry *entry // of an item or counter
	to    string // of a moved page
}

type pageKind int

const (
	nothing pageKind = iota
	robotsPage
	homePage
	listPage
	itemPage
	counterPage
	assetPage
	movedPage
)

func newState(sites []*site, faults []switched) *state {
	st := &state{faults: faults, byHost: map[string]*view{}}
	for _, s := range sites {
		v := &view{site: s, entries: st.entries(s)}
		v.pages = max(1, (len(v.entries)+s.skin.pageSize-1)/s.skin.pageSize)
		v.route()
		st.views = append(st.views, v)
		st.byHost[s.host] = v
	}
	return st
}

// has tells whether a fault covers an address of a host.
func (st *state) has(name, host, address string) bool {
	return slices.ContainsFunc(st.faults, func(f switched) bool { return f.name == name && f.covers(host, address) })
}

// on tells whether a fault of content is switched on for a host.
func (st *state) on(name, host string) bool {
	return slices.ContainsFunc(st.faults, func(f switched) bool { return f.name == name && (f.host == "" || f.host == host) })
}

// entries are a portal's entries as the faults of content leave them.
func (st *state) entries(s *site) []*entry {
	shown := slices.Clone(s.entries)
	if !st.on("new-report", s.host) {
		shown = slices.DeleteFunc(shown, func(e *entry) bool { return e.late })
	}
	plain := func(e *entry) bool { return e.kind == aReport && e.odd == "" && !e.late }
	if st.on("removed", s.host) {
		for i, e := range slices.Backward(shown) {
			if plain(e) {
				shown = slices.Delete(shown, i, i+1)
				break
			}
		}
	}
	if st.on("edited", s.host) {
		if i := slices.IndexFunc(shown, plain); i >= 0 {
			shown[i] = edited(shown[i])
		}
	}
	return shown
}

// edited is a report with one number changed and all else, its date too, the same.
func edited(e *entry) *entry {
	const place = "t2.licence.decisions"
	changed := *e
	changed.touched = true
	changed.figures = e.figures.clone()
	n, _ := strconv.Atoi(e.figures[place])
	changed.figures[place] = digits(n + 10)
	return &changed
}

func (v *view) route() {
	v.routes = map[string]target{"/": {kind: homePage}, "/robots.txt": {kind: robotsPage}}
	for page := range v.pages {
		v.routes[v.skin.listPath(page, v.pages)] = target{kind: listPage, page: page}
	}
	for path, to := range v.moved {
		v.routes[path] = target{kind: movedPage, to: to}
	}
	for _, e := range slices.Concat(v.entries, v.unlisted) {
		if e.kind == aStranger || e.kind == aDeadLink {
			continue
		}
		v.routes[v.skin.itemPath(v.site, e)] = target{kind: itemPage, entry: e}
		if v.skin.counter != nil {
			v.routes[v.skin.counter(v.site, e)] = target{kind: counterPage, entry: e}
		}
	}
}
