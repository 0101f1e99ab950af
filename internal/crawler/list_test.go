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
