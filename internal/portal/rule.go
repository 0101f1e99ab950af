package portal

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Rule decides which items of a listing are followed.
type Rule struct {
	Match *regexp.Regexp // on the full title; nil for the default rule
	Hosts []string       // hosts whose items may be followed; empty allows any
}

// Decide says whether an item is followed, and why or why not in a short phrase.
//
// The default rule follows every item of a column of annual reports, elsewhere the items
// whose title has the words of one. Interpretations, notices and templates are not sorted
// out by title: the page itself tells better.
func (r Rule) Decide(l Listing, it Item) (follow bool, reason string) {
	host := hostOf(it.URL)
	if host == "" {
		return false, "no address"
	}
	allowed := slices.ContainsFunc(r.Hosts, func(h string) bool {
		return strings.EqualFold(h, host) || strings.EqualFold(hostOf("//"+h), host)
	})
	if len(r.Hosts) > 0 && !allowed {
		return false, "off-host: " + host
	}
	switch {
	case r.Match != nil && r.Match.MatchString(it.Title):
		return true, "title matches the source's rule"
	case r.Match != nil:
		return false, fmt.Sprintf("title does not match %s", r.Match)
	case yearlyColumn(l.Column):
		return true, "column " + l.Column
	case reportWords.MatchString(it.Title):
		return true, "title names an annual report"
	}
	return false, "title names no annual report"
}
