package portal

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/PuerkitoBio/goquery"

	"crawl/internal/archive"
)

// Page is a capture made ready for reading: decoded once, parsed once.
type Page struct {
	URL     *url.URL // address of the capture
	Base    *url.URL // what relative links resolve against: URL with <base href> applied
	Text    string   // decoded to UTF-8
	Doc     *goquery.Document
	Header  http.Header // of the response
	Capture archive.Capture

	// Asked is the request that brought the page, where the walk has set it: an endpoint's
	// answer names neither its column nor its number. Zero where it is not known.
	Asked Request

	liveCode func() string // code of the inline scripts without comments, read once
	listed   func() []Item // items of the listing the page shows, read once
	vars     func() scope  // what that code sets names to, read once
}

// Read decodes and parses an exchange. Bodies that are not HTML (JSON, JSONP, a bare
// number) become a Page too, with the answer in Text.
func Read(ex *archive.Exchange) (*Page, error) {
	text, _, _, err := ex.Text()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", ex.URL, err)
	}
	p, err := parse(ex.URL, text)
	if err != nil {
		return nil, err
	}
	p.Capture, p.Header = ex.Capture, ex.Header
	return p, nil
}

// parse makes a page of decoded text.
func parse(address, text string) (*Page, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", address, err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read %s: parsing HTML: %w", address, err)
	}
	p := &Page{URL: u, Base: u, Text: text, Doc: doc}
	p.liveCode = sync.OnceValue(func() string { return inlineCode(doc) })
	p.listed = sync.OnceValue(func() []Item { return p.listing(p.column()) })
	p.vars = sync.OnceValue(func() scope { return scopeOf(p.liveCode()) })
	if href := strings.TrimSpace(doc.Find("base[href]").First().AttrOr("href", "")); href != "" {
		if base, err := u.Parse(href); err == nil && base.Host != "" {
			p.Base = base
		}
	}
	return p, nil
}
