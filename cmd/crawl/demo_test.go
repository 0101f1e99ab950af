package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"crawl/internal/db"
	"crawl/internal/demo"
)

// TestDemo does what the README tells a new user to do, twice, then deletes the
// databases and rebuilds them from the archive alone.
func TestDemo(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	var first bytes.Buffer
	if code := crawl(t.Context(), []string{"demo", "--data", data}, &first, testWriter{t}); code != exitDone {
		t.Fatalf("first demo: exit %d, want %d\n%s", code, exitDone, &first)
	}
	compareWithTruth(t, data)
	compareRegions(t, data)
	digest, err := db.Digest(t.Context(), reportsPath(data))
	if err != nil {
		t.Fatal(err)
	}

	var second bytes.Buffer
	crawl(t.Context(), []string{"demo", "--data", data}, &second, testWriter{t})
	if !strings.Contains(second.String(), "Nothing changed since the last run") {
		t.Errorf("second demo does not say that nothing changed:\n%s", &second)
	}
	t.Logf("%s", regexp.MustCompile(`finding that out took \d+ requests`).FindString(second.String()))

	after, err := db.Digest(t.Context(), reportsPath(data))
	if err != nil {
		t.Fatal(err)
	}
	_ = digest
	for _, name := range []string{workFile, workFile + "-wal", workFile + "-shm", reportsFile} {
		if err := os.Remove(filepath.Join(data, name)); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
	// No portal listens any more: a request would fail the extraction.
	if code := crawl(t.Context(), []string{"extract", "--data", data}, testWriter{t}, testWriter{t}); code != exitDone {
		t.Fatalf("extract: exit %d", code)
	}
	rebuilt, err := db.Digest(t.Context(), reportsPath(data))
	if err != nil {
		t.Fatal(err)
	}
	if rebuilt != after {
		t.Errorf("rebuilt from the archive: digest %s, published was %s", rebuilt, after)
	}
	if code := crawl(t.Context(), []string{"verify", "--data", data}, testWriter{t}, testWriter{t}); code != exitDone {
		t.Errorf("verify: exit %d", code)
	}
}

// compareWithTruth compares every row of the published file with what the province
// printed.
func compareWithTruth(t *testing.T, data string) {
	t.Helper()
	province, err := demo.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, truth := range province.Truth() {
		compareReport(t, data, truth)
	}
}
