package crawler

import (
	"fmt"
	"regexp"

	"crawl/internal/portal"
	"crawl/internal/report"
)

// RuleOf is the rule by which a source's items are followed. The error is about its
// address or its match expression.
func RuleOf(src report.Source) (portal.Rule, error) {
	own, err := address(src.URL)
	if err != nil {
		return portal.Rule{}, err
	}
	rule := portal.Rule{Hosts: append([]string{own.Hostname()}, src.Also...)}
	if src.Match != "" {
		if rule.Match, err = regexp.Compile(src.Match); err != nil {
			return portal.Rule{}, fmt.Errorf("match: %w", err)
		}
	}
	return rule, nil
}

// AdapterOf is the family that reads a source's listing: its own selectors, the one it
// names, or the one detected on the listing's first page.
func AdapterOf(src report.Source, first *portal.Page) (portal.Adapter, error) {
	switch {
	case src.Select != report.Selectors{}:
		return portal.Plain(portal.Selectors(src.Select)), nil
	case src.Adapter == "" || src.Adapter == "auto":
		a, _ := portal.Detect(first)
		return a, nil
	}
	return portal.Named(src.Adapter)
}
