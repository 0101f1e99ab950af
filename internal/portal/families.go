package portal

import (
	"fmt"
	"strings"
)

// families is the one list of adapters, in the order in which Detect asks them. No two
// may claim the same page (TestDetectionMatrix), so the order carries no meaning beyond
// plain standing last: it takes what nobody claims.
func families() []Adapter {
	return []Adapter{
		trs(),
		trsIGS(),
		trsWAS(),
		trsAvalon(),
		pagerOffset(),
		vsb(),
		webplus(),
		epoint(),
		eportal(),
		shangwang(),
		inumber(),
		hanweb(),
		jpaas(),
		trueCMS(),
		ucap(),
		nfcms(),
		gkmlpt(),
		lonsun(),
		shanghai(),
		Plain(Selectors{}),
	}
}

// Names lists the families' names in their order.
func Names() []string {
	var names []string
	for _, a := range families() {
		names = append(names, a.Name)
	}
	return names
}

// Named returns the adapter of that name. The error lists the known names.
func Named(name string) (Adapter, error) {
	for _, a := range families() {
		if a.Name == name {
			return a, nil
		}
	}
	return Adapter{}, fmt.Errorf("adapter %q: unknown, want one of %s", name, strings.Join(Names(), ", "))
}

// Detect returns the family that claims the page and the evidence it goes by. A page
// that no family claims is a plain list.
func Detect(p *Page) (Adapter, string) {
	all := families()
	for _, a := range all {
		if evidence := a.Detect(p); evidence != "" {
			return a, evidence
		}
	}
	return all[len(all)-1], "no family claims the page"
}
