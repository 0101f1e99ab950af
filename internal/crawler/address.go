package crawler

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	whatwg "github.com/nlnwa/whatwg-url/url"
)

// maxAddress is the longest URL that is requested, in bytes. Longer ones come from
// paging traps and session parameters that pile up, not from publishers.
const maxAddress = 4096

// browserParser is set up like Colly's own, so that an address is already in the
// form in which Colly sends it and the archive files it.
var browserParser = whatwg.NewParser(whatwg.WithPercentEncodeSinglePercentSign())

// address reads a URL as browsers do (backslashes, spaces, Chinese characters, dot
// segments), without user name, password and fragment.
func address(raw string) (*url.URL, error) {
	if len(raw) > maxAddress {
		return nil, fmt.Errorf("address of %d bytes, more than %d: %.80s…", len(raw), maxAddress, raw)
	}
	parsed, err := browserParser.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", raw, err)
	}
	u, err := url.Parse(parsed.Href(true))
	if err != nil {
		return nil, fmt.Errorf("address %q: %w", raw, err)
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("address %q: scheme %s, want http or https", raw, u.Scheme)
	}
	if u.Hostname() == "" {
		return nil, fmt.Errorf("address %q: no host", raw)
	}
	u.User = nil
	if n := len(u.String()); n > maxAddress {
		return nil, fmt.Errorf("address of %d bytes, more than %d: %.80s…", n, maxAddress, raw)
	}
	return u, nil
}

// Canonical is the form in which an address, as it stands in a listing or a config, is
// requested and archived; what is no address stays as it is.
func Canonical(raw string) string {
	u, err := address(raw)
	if err != nil {
		return raw
	}
	return u.String()
}

// hostKey names the machine a URL is asked from: host and port, with 80 standing for
// both standard ports, since http and https of a name are one server to be polite to.
func hostKey(u *url.URL) string {
	port := u.Port()
	if port == "" || port == "443" {
		port = "80"
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}

// hostKeyOf is hostKey of a host as it stands in a source's `also`, with or without port.
func hostKeyOf(host string) (string, error) {
	u, err := address("http://" + host)
	if err != nil {
		return "", err
	}
	return hostKey(u), nil
}
