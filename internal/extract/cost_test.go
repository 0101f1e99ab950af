package extract

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"crawl/internal/archive"
)

// BenchmarkPages reads every page of markup under a folder, and parses the same text
// with the standard's parser alone: x-parse is how often the one takes the other's time.
func BenchmarkPages(b *testing.B) {
	for name, folder := range map[string]string{"testdata": "testdata", "corpus": os.Getenv("CRAWL_CORPUS")} {
		if folder != "" {
			b.Run(name, func(b *testing.B) { benchmarkPages(b, folder) })
		}
	}
}

func benchmarkPages(b *testing.B, folder string) {
	var pages []*archive.Exchange
	var texts []string
	size := 0
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		ex := exchange("http://www.linjiang.example/a.html", body)
		text, _, _, err := ex.Text()
		pages, texts, size = append(pages, ex), append(texts, text), size+len(body)
		return err
	})
	if err != nil || len(pages) == 0 {
		b.Fatalf("no pages under %s: %v", folder, err)
	}
	var extracting, parsing time.Duration
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		for _, ex := range pages {
			var no *NotReport
			if _, err := Extract(ex, Hint{}); err != nil && !errors.As(err, &no) {
				b.Fatal(err)
			}
		}
		extracting += time.Since(start)
		b.StopTimer()
		start = time.Now()
		for _, text := range texts {
			if _, err := html.Parse(strings.NewReader(text)); err != nil {
				b.Fatal(err)
			}
		}
		parsing += time.Since(start)
		b.StartTimer()
	}
	b.ReportMetric(float64(extracting)/float64(parsing), "x-parse")
	b.ReportMetric(float64(len(pages)), "pages")
}
