package archive

import (
	"net/url"
	"slices"
	"strings"
)

// surt is the sort key of a URL: host names from the top-level domain down, then
// path and query, lower case. It orders the index for other tools; exact addresses
// stand in the line itself.
func surt(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Host == "" {
		return strings.ToLower(strings.ReplaceAll(raw, " ", "%20"))
	}
	labels := strings.Split(strings.TrimPrefix(strings.ToLower(u.Hostname()), "www."), ".")
	slices.Reverse(labels)
	key := strings.Join(labels, ",")
	port := u.Port()
	if port != "" && !(u.Scheme == "http" && port == "80") && !(u.Scheme == "https" && port == "443") {
		key += ":" + port
	}
	return strings.ReplaceAll(key+")"+strings.ToLower(u.RequestURI()), " ", "%20")
}

// eventURI stands for a URL in the records and index lines of run events.
func eventURI(kind string) string { return "urn:crawl:event:" + url.PathEscape(kind) }
