package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"

	"crawl/internal/archive"
	"crawl/internal/demo"
)

const faultyHost = "www.linjiang.example"

func TestFaultPortal(t *testing.T) {
	for _, name := range demo.Faults() {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			rows := faultyNight(t, name+"@"+faultyHost)
			for _, r := range rows {
				t.Logf("%s", strings.ReplaceAll(fmt.Sprint(r), "\n", " | "))
			}
			t.Log(time.Since(start))
		})
	}
}

func faultyNight(t *testing.T, faults ...string) (rows [][]string) {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, time.March, 6, 4, 0, 0, 0, time.UTC)))
		province, err := demo.New(faults...)
		if err != nil {
			t.Fatal(err)
		}
		dial, stop := province.Pipe()
		defer stop()
		settings := defaults()
		settings.UserAgent = "crawl/1.0 (test)"
		p := pass{data: data, sources: province.Sources()[:2], crawl: settings.crawlOptions("run")}
		p.crawl.Dial = dial
		if _, err := p.run(&session{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.NewNop()}); err != nil {
			t.Fatal(err)
		}
	})
	_, rows, err := query(t.Context(), reportsPath(data), "SELECT source, outcome, listed, new, failed, requests, detail FROM source_runs ORDER BY source")
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(archivePath(data))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Verify(t.Context(), "", func(f archive.Fault) { t.Errorf("archive: %+v", f) }); err != nil {
		t.Fatal(err)
	}
	return rows
}
