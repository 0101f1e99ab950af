package demo

import (
	"fmt"
	"net/http"
	"strings"
)

// visit finds the portal that a person's browser means: www.linjiang.localhost, or
// a path that begins with the portal's host. The request it returns has the
// portal's own path. nil when no portal is meant.
func visit(st *state, host string, r *http.Request) (*view, *http.Request) {
	if label, ok := strings.CutSuffix(host, ".localhost"); ok {
		if v, ok := st.byHost[label+".example"]; ok {
			return v, r
		}
	}
	name, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	v, ok := st.byHost[name]
	if !ok {
		return nil, r
	}
	inner := r.Clone(r.Context())
	inner.URL.Path, inner.URL.RawPath = "/"+rest, ""
	return v, inner
}

// index lists the portals for people.
func (p *Province) index(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" {
		http.NotFound(w, r)
		return
	}
	_, port, found := strings.Cut(r.Host, ":")
	if found {
		port = ":" + port
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, "<!DOCTYPE html>\n<title>The made-up province</title>\n<h1>The made-up province</h1>\n<ul>\n")
	for _, s := range p.sites {
		host := strings.TrimSuffix(s.host, ".example") + ".localhost" + port
		fmt.Fprintf(w, "<li><a href=\"http://%s%s\">%s</a> <code>%s</code></li>\n", host, s.skin.listPath(0, 1), s.name, s.host)
	}
	fmt.Fprint(w, "</ul>\n")
}
