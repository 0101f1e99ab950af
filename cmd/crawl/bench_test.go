package main

import (
	"io"
	"path/filepath"
	"testing"

	"go.uber.org/zap"

	"crawl/internal/db"
	"crawl/internal/demo"
	"crawl/internal/extract"
)

func benchSession(b *testing.B) *session {
	return &session{ctx: b.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.NewNop()}
}

// BenchmarkPass is the whole main job over the made-up province: walk, archive,
// extract, check, publish.
func BenchmarkPass(b *testing.B) {
	province, err := demo.New()
	if err != nil {
		b.Fatal(err)
	}
	server, err := province.Listen()
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	b.ReportAllocs()
	pages := 0
	for b.Loop() {
		p := provincePass(province, filepath.Join(b.TempDir(), "data"), server.Dial)
		done, err := p.run(benchSession(b))
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range done.crawled {
			pages += r.Fetched
		}
	}
	b.ReportMetric(float64(pages)/b.Elapsed().Seconds(), "pages/s")
}

// BenchmarkRebuild extracts the province's archive into empty databases.
func BenchmarkRebuild(b *testing.B) {
	province, err := demo.New()
	if err != nil {
		b.Fatal(err)
	}
	server, err := province.Listen()
	if err != nil {
		b.Fatal(err)
	}
	data := filepath.Join(b.TempDir(), "data")
	s := benchSession(b)
	if _, err := provincePass(province, data, server.Dial).run(s); err != nil {
		b.Fatal(err)
	}
	if err := server.Close(); err != nil {
		b.Fatal(err)
	}
	a, err := openArchive(data)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	reports := 0
	for b.Loop() {
		work, err := db.Open(s.ctx, filepath.Join(b.TempDir(), workFile), extract.Version)
		if err != nil {
			b.Fatal(err)
		}
		n, err := ingest(s.ctx, a, work, nil, true, nil)
		if err != nil {
			b.Fatal(err)
		}
		reports += n.Reports
		if err := work.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(reports)/b.Elapsed().Seconds(), "reports/s")
}
