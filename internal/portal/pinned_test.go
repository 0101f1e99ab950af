package portal

import (
	"net/url"
	"strings"
	"testing"
)

// TestPinnedFamily reads every page with every family, as a source that names the wrong one
// does: what comes out may be little, but items and requests are whole, and errors are named.
func TestPinnedFamily(t *testing.T) {
	fixtures(t, func(t *testing.T, _, _ string, p *Page) {
		for _, a := range families() {
			l, err := a.List(p)
			if err != nil && !strings.Contains(err.Error(), p.URL.String()) {
				t.Errorf("%s: %v does not name the page", a.Name, err)
			}
			for _, it := range l.Items {
				if u, err := url.Parse(it.URL); err != nil || u.Host == "" {
					t.Errorf("%s: item %+v", a.Name, it)
				}
			}
			for _, r := range l.Next {
				if u, err := url.Parse(r.URL); err != nil || u.Host == "" {
					t.Errorf("%s: next %q", a.Name, r.URL)
				}
			}
		}
	})
}
