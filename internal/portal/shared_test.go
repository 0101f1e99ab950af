package portal

import "testing"

// TestShared: rows of several columns have none in common, and are told from rows that
// name no column.
func TestShared(t *testing.T) {
	for _, c := range []struct {
		names  []string
		column string
		mixed  bool
	}{
		{nil, "", false},
		{[]string{"", ""}, "", false},
		{[]string{"年报", "年报"}, "年报", false},
		{[]string{"年报", "通知", "年报"}, "", true},
		{[]string{"年报", ""}, "", true},
	} {
		if column, mixed := shared(c.names); column != c.column || mixed != c.mixed {
			t.Errorf("%q: %q, %v", c.names, column, mixed)
		}
	}
	first := Listing{Column: "政府信息公开年报"}
	if got := (Listing{Mixed: true}).Under(first); got.Column != "" {
		t.Errorf("rows of several columns stand under %q", got.Column)
	}
	if got := (Listing{}).Under(first); got.Column != first.Column {
		t.Errorf("rows without a column stand under %q", got.Column)
	}
}
