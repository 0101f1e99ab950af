package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"crawl/internal/archive"
	"crawl/internal/demo"
)

// provincePass is a pass over a whole made-up province.
func provincePass(province *demo.Province, data string, dial func(ctx context.Context, network, addr string) (net.Conn, error)) pass {
	settings := defaults()
	settings.UserAgent = "crawl/1.0 (test)"
	settings.Delay = 0
	settings.AllowPrivate = true
	p := pass{data: data, sources: province.Sources(), crawl: settings.crawlOptions("run")}
	p.crawl.Dial = dial
	return p
}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(b []byte) (int, error) {
	w.t.Logf("%s", b)
	return len(b), nil
}

// TestKilledAnywhere kills a pass with SIGKILL at random moments, ten times in a
// row over the same data, then lets one end: nothing may be lost or doubled, and
// the archive must verify.
func TestKilledAnywhere(t *testing.T) {
	province, err := demo.New()
	if err != nil {
		t.Fatal(err)
	}
	server, err := province.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()

	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)

	whole := filepath.Join(t.TempDir(), "whole")
	started := time.Now()
	if code := pass1(t, whole, server.Addr(), 0); code != exitDone && code != exitSourceFault {
		t.Fatalf("undisturbed pass: exit %d", code)
	}
	full := time.Since(started)

	data := filepath.Join(t.TempDir(), "killed")
	kills := 0
	for range 10 {
		if pass1(t, data, server.Addr(), time.Duration(random.Int64N(int64(full)))) < 0 {
			kills++
		}
	}
	t.Logf("%d of 10 passes were killed before their end; an undisturbed one takes %s", kills, full)
	if code := pass1(t, data, server.Addr(), 0); code != exitDone && code != exitSourceFault {
		t.Fatalf("last pass: exit %d", code)
	}

	a, err := archive.Open(archivePath(data))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := a.Verify(t.Context(), "", func(f archive.Fault) { t.Errorf("archive: %+v", f) })
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("archive: %+v", sum)

	const rows = `SELECT key, url, title, agency, report_year, published_at, revision, is_current, is_preferred FROM reports ORDER BY key`
	if got, want := ask(t, data, rows), ask(t, whole, rows); got != want {
		t.Errorf("reports after ten kills differ from an undisturbed crawl's:\n%s\n---\n%s", got, want)
	}
	const cells = `SELECT r.key, d.item, d.measure, d.raw FROM disclosure d JOIN reports r ON r.id = d.report_id ORDER BY 1, 2, 3`
	if got, want := ask(t, data, cells), ask(t, whole, cells); got != want {
		t.Error("cells after ten kills differ from an undisturbed crawl's")
	}
}

// pass1 runs one pass as a process of its own and returns its exit code, -1 if it
// was killed. kill 0 lets it end.
func pass1(t *testing.T, data, address string, kill time.Duration) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "crashpass", data) // TestMain put it on the PATH
	cmd.Env = append(os.Environ(), "CRAWL_TEST_PROVINCE="+address)
	out := &tail{}
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if kill > 0 {
		defer time.AfterFunc(kill, func() { _ = cmd.Process.Kill() }).Stop()
	}
	err := cmd.Wait()
	code := cmd.ProcessState.ExitCode()
	if err != nil && code != exitSourceFault && code >= 0 {
		t.Errorf("pass ended with %d: %s", code, out)
	}
	return code
}

// tail keeps the last lines a process printed.
type tail struct{ b []byte }

func (w *tail) Write(b []byte) (int, error) {
	w.b = append(w.b, b...)
	if over := len(w.b) - 4000; over > 0 {
		w.b = w.b[over:]
	}
	return len(b), nil
}

func (w *tail) String() string { return string(w.b) }

// ask returns the rows of a query on the published file as one string.
func ask(t *testing.T, data, sql string) string {
	t.Helper()
	_, rows, err := query(t.Context(), reportsPath(data), sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return fmt.Sprint(rows)
}
