package archive

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The list is of the whole archive: a source that never held an address is refused it.
func TestErasuresHoldForEverySource(t *testing.T) {
	dir := t.TempDir()
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	const first, second = "http://www.linjiang.example/a.html?x=1&y=2", "http://www.linjiang.example/b.html"
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, urls := range [][]string{{first}, {second, first}} {
		if err := a.PutErasures("asked", urls...); err != nil {
			t.Fatal(err)
		}
	}
	list, err := a.Erasures()
	if err != nil || len(list) != 2 || list[0].URL != first || list[1].URL != second || list[0].Why != "asked" || list[0].At.IsZero() {
		t.Fatalf("%+v, %v", list, err)
	}
	if ids, err := a.Sources(); err != nil || len(ids) != 0 {
		t.Errorf("sources %v, %v", ids, err)
	}
	w, err := a.Writer("other")
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, second, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Record(http.DefaultTransport, 0).RoundTrip(req); !errors.Is(err, ErrErased) {
		t.Errorf("asked for what was erased: %v", err)
	}
	for c := range w.Captures() {
		t.Errorf("archived %s", c.URL)
	}
}

// Without the list nobody knows what must not be fetched, so nothing is.
func TestDamagedErasuresStopTheCrawl(t *testing.T) {
	dir := t.TempDir()
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.PutErasures("asked", "http://www.linjiang.example/a.html"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, erasuresName)
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(`{"url":"http://www.linji`); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Writer("other"); err == nil || !strings.Contains(err.Error(), erasuresName+":2") {
		t.Errorf("opened for writing beside a damaged list: %v", err)
	}
	if err := a.PutErasures("asked", "http://www.linjiang.example/b.html"); err == nil {
		t.Error("a damaged list was written over")
	}
}
