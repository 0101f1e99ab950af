package portal

import "testing"

// TestSecondPagePassedOver walks the numbers of a portal whose second page is _1 and whose
// _2, tried first, is the third: no page may be left out.
func TestSecondPagePassedOver(t *testing.T) {
	const folder = "http://www.linjiang.example/ljs/c100234/"
	for _, c := range []struct{ before, at, index, next string }{
		{"", "list.shtml", "1", "list_2.shtml"},
		{"list.shtml", "list_2.shtml", "3", "list_1.shtml"}, // the third page: back for the second
		{"list_2.shtml", "list_1.shtml", "2", "list_3.shtml"},
		{"list_1.shtml", "list_3.shtml", "4", "list_4.shtml"},
		{"list.shtml", "list_1.shtml", "2", "list_2.shtml"}, // _2 did not exist: no detour
		{"list_1.shtml", "list_2.shtml", "3", "list_3.shtml"},
		{"list.shtml", "list_2.shtml", "2", "list_3.shtml"}, // the usual numbers
	} {
		p := page(t, folder+c.at, `<script>createPageHTML('page_div', 9, `+c.index+`, 'list', 'shtml', 120)</script>`)
		if c.before != "" {
			p.Capture.Why.Of = folder + c.before
		}
		l, err := listUCAP(p)
		if err != nil || len(l.Next) != 1 || l.Next[0].URL != folder+c.next {
			t.Errorf("%s after %s: %v, %v, want %s", c.at, c.before, addresses(l.Next), err, c.next)
		}
	}
}
