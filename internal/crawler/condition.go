package crawler

import (
	"cmp"
	"net/http"
	"net/url"

	"crawl/internal/archive"
	"crawl/internal/portal"
)

// conditions asks a server to answer 304 if a page is still the one the archive
// holds. Portals exist that answer 304 whatever happened, so a full walk asks for
// everything anew; and a counter's answer is new by its nature.
func (w *walk) conditions(header http.Header, why archive.Why, u *url.URL, r portal.Request) {
	if w.job.opt.Full || why.Kind == archive.KindViews || r.Body != "" || cmp.Or(r.Method, http.MethodGet) != http.MethodGet {
		return
	}
	c, ok := w.writer.Latest(http.MethodGet, u.String(), "")
	if !ok || !c.OK() || w.spoilt(c) != "" {
		return
	}
	ex, err := w.writer.Read(c)
	if err != nil {
		return // verify reports it; asking without conditions is always right
	}
	if tag := ex.Header.Get("ETag"); tag != "" {
		header.Set("If-None-Match", tag)
	}
	if at := ex.Header.Get("Last-Modified"); at != "" {
		header.Set("If-Modified-Since", at)
	}
}
