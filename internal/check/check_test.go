package check

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crawl/internal/db"
)

// filled is a work.db with the rows of testdata/clean.sql and what the statements of
// violation do to them.
func filled(t *testing.T, violation string) *db.Reader {
	t.Helper()
	path := filepath.Join(t.TempDir(), "work.db")
	work, err := db.Open(context.Background(), path, "1")
	if err != nil {
		t.Fatal(err)
	}
	if err := work.Close(); err != nil {
		t.Fatal(err)
	}
	clean, err := os.ReadFile("testdata/clean.sql")
	if err != nil {
		t.Fatal(err)
	}
	pool, err := sql.Open("sqlite", path) // without foreign keys: rows may cite captures that are not there
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	for _, statements := range []string{string(clean), violation} {
		if _, err := pool.Exec(statements); err != nil {
			t.Fatalf("%v in %s", err, statements)
		}
	}
	r, err := db.OpenReader(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestCleanDatabase(t *testing.T) {
	r := filled(t, "")
	for _, c := range All() {
		hits, err := c.Ask(context.Background(), r, "")
		if err != nil {
			t.Fatal(err)
		}
		if len(hits) > 0 {
			t.Errorf("%s objects to clean rows: %v", c.Name, hits)
		}
	}
}

// TestViolations: each question has rows in testdata/<its name>.sql that violate it,
// and finds them.
func TestViolations(t *testing.T) {
	known := map[string]bool{"clean": true}
	for _, c := range All() {
		known[c.Name] = true
		t.Run(c.Name, func(t *testing.T) {
			violation, err := os.ReadFile(filepath.Join("testdata", c.Name+".sql"))
			if err != nil {
				t.Fatalf("a question without a row that violates it: %v", err)
			}
			r := filled(t, string(violation))
			hits, err := c.Ask(context.Background(), r, "")
			if err != nil {
				t.Fatal(err)
			}
			if len(hits) == 0 {
				t.Fatal("found nothing")
			}
			for _, h := range hits {
				if h.Source == "" || h.Subject == "" || h.Detail == "" {
					t.Errorf("a hit must say source, subject and detail: %+v", h)
				}
			}
			all := len(hits)
			for _, source := range []string{"east", "west"} {
				hits, err := c.Ask(context.Background(), r, source)
				if err != nil {
					t.Fatal(err)
				}
				for _, h := range hits {
					if h.Source != source {
						t.Errorf("asked about %s, answered %+v", source, h)
					}
				}
				all -= len(hits)
			}
			if all != 0 {
				t.Errorf("%d hits of no source", all)
			}
		})
	}
	files, err := filepath.Glob("testdata/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if name := strings.TrimSuffix(filepath.Base(f), ".sql"); !known[name] {
			t.Errorf("%s violates no question", f)
		}
	}
}

// TestPublishedFile: reports.db has no run events; every other question can be put to it.
func TestPublishedFile(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	work, err := db.Open(ctx, filepath.Join(dir, "work.db"), "1")
	if err != nil {
		t.Fatal(err)
	}
	defer work.Close()
	published := filepath.Join(dir, "reports.db")
	if _, err := work.Publish(ctx, published, db.PublishOptions{}); err != nil {
		t.Fatal(err)
	}
	r, err := db.OpenReader(ctx, published)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for reader, want := range map[*db.Reader]bool{work.Reader: true, r: false} {
		if has, err := HasRuns(ctx, reader); err != nil || has != want {
			t.Errorf("has run events: %v, %v, want %v", has, err, want)
		}
	}
	for _, c := range All() {
		if _, err := c.Ask(ctx, r, ""); (err != nil) != c.NeedsRun {
			t.Errorf("%s: %v, needs run events: %v", c.Name, err, c.NeedsRun)
		}
	}
}

func TestParse(t *testing.T) {
	for _, text := range []string{"SELECT 1", "-- what is wrong\nSELECT 1", "-- warning: x\nSELECT 1", "assertion: x\n"} {
		if _, err := parse("questions/x.sql", text); err == nil {
			t.Errorf("%q: taken", text)
		}
	}
	for _, c := range All() {
		if len(c.Explain) > 130 || strings.HasSuffix(c.Explain, ".") {
			t.Errorf("%s: %q is not one line without a full stop", c.Name, c.Explain)
		}
	}
}
