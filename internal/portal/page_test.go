package portal

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// page is a page of text, as if captured with status 200.
func page(t *testing.T, address, text string) *Page {
	t.Helper()
	p, err := parse(address, text)
	if err != nil {
		t.Fatal(err)
	}
	p.Capture.URL, p.Capture.Status = address, 200
	return p
}

func equal(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("want (-), got (+):\n%s", diff)
	}
}

// addresses are the requests' addresses, with method and body where they have them, an
// Else as "or ...".
func addresses(next []Request) []string {
	out := []string{}
	for _, r := range next {
		out = append(out, wire(r))
		if r.Else != nil {
			out = append(out, "or "+wire(*r.Else))
		}
	}
	return out
}

func wire(r Request) string { return strings.TrimSpace(r.Method + " " + r.URL + " " + r.Body) }

func indented(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}
