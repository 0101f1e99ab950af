package portal

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
)

// furnitureFrame are addresses of frames that are no list: counters, weather, players, maps.
var furnitureFrame = regexp.MustCompile(`(?i)visit|count|stat(?:istics)?\b|weather|tianqi|login|player|video|map|share|search|footer|header|/top\.|/foot\.|nav|about:blank`)

// framed reads a page as the family that claims it does; ok is false if none does. It is for
// the pages within a frame, which may be another family's than the shell around it.
func (p *Page) framed() (l Listing, ok bool, err error) {
	a, evidence := Detect(p)
	if a.Name == "plain" || evidence == "" {
		return l, false, nil
	}
	l, err = a.List(p)
	for i := range l.Next {
		for r := &l.Next[i]; r != nil; r = r.Else {
			r.Frame = true
		}
	}
	return l, true, err
}

// frame is the request for the one frame that a page without items is a shell for, none if
// it has none or is a frame itself. Of several, those that are no list by address or size
// are left out first; where several are left, which one it is is not known.
func (p *Page) frame() ([]Request, error) {
	var found []string
	for _, f := range p.Doc.Find("iframe[src], frame[src]").Nodes {
		address := p.resolve(attr(f, "src"))
		tiny := attr(f, "width") == "0" || attr(f, "height") == "0" || attr(f, "width") == "1" || attr(f, "height") == "1" ||
			strings.Contains(strings.ReplaceAll(attr(f, "style"), " ", ""), "display:none")
		if address == "" || tiny || hostOf(address) != hostOf(p.URL.String()) || address == p.resolve(p.URL.String()) || furnitureFrame.MatchString(attr(f, "src")) {
			continue
		}
		found = append(found, address)
	}
	if p.Asked.Frame || p.Asked.Guess != nil || len(found) == 0 {
		return nil, nil
	}
	if len(found) > 1 {
		return nil, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf("no list here, but %d frames that may hold it: %s", len(found), cut(strings.Join(found, " ")))}
	}
	// A static page elsewhere is another listing, which a source may name; this one is a shell.
	u, err := url.Parse(found[0])
	folder := p.URL.Path[:strings.LastIndexByte(p.URL.Path, '/')+1]
	if err != nil || u.RawQuery == "" && !strings.HasPrefix(u.Path, folder) {
		return nil, nil
	}
	return []Request{{URL: found[0], Frame: true}}, nil
}
