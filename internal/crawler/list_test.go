package crawler

import (
	"testing"

	"crawl/internal/report"
)

// A page that repeats another one is none of those the portal states.
func TestShortfall(t *testing.T) {
	for _, tc := range []struct {
		l    listing
		want bool
	}{
		{listing{pages: 3, stated: 3, total: -1}, false},
		{listing{pages: 3, barren: 2, stated: 3, total: -1}, true},
		{listing{pages: 2, stated: 3, total: -1}, true},
		{listing{pages: 2, barren: 1, stated: 2, total: 20, rows: 20}, false},
		{listing{pages: 2, stated: 2, total: 30, rows: 20}, true},
		{listing{pages: 2, stated: -1, total: -1, rows: 20}, false},
	} {
		f := tc.l.shortfall("the end")
		if (f != nil) != tc.want || f != nil && f.outcome != report.OutcomePaging {
			t.Errorf("%+v: %v", tc.l, f)
		}
	}
}

func TestCutOff(t *testing.T) {
	for text, want := range map[string]bool{
		"<html><body><ul><li>一</li><li><a href=\"b.ht": true,
		"<html><body><ul><li>一</li><li>二":              true,
		"<html><body><ul><li>一</li></ul>\n":            false, // forgets to close, but is not cut
		"<html><body><p>一</p></BODY>":                  false,
		"<html><body><p>一</p></html>\n<!-- 12 ms --> ": false,
		"<li>a fragment, as an endpoint answers":       false,
		`{"code":0}`:                                   false,
		"":                                             false,
	} {
		if got := cutOff(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
