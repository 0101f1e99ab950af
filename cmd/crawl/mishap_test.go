package main

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"crawl/internal/archive"
	"crawl/internal/demo"
	"crawl/internal/report"
)

// TestTwoRunsAtOnce starts a pass while another one crawls, and one while another one
// extracts.
func TestTwoRunsAtOnce(t *testing.T) {
	province, err := demo.New("half-open")
	if err != nil {
		t.Fatal(err)
	}
	server, err := province.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	data := filepath.Join(t.TempDir(), "data")
	quiet := func() *session {
		return &session{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.NewNop()}
	}

	first := make(chan error)
	asked := make(chan bool)
	go func() {
		p := provincePass(province, data, server.Dial)
		p.crawl.Progress = nil
		_, err := p.run(quiet())
		first <- err
	}()
	go func() {
		for len(province.Requests()) < len(province.Hosts()) {
			time.Sleep(time.Millisecond) // the first pass holds its hosts when all are asked
		}
		close(asked)
	}()
	<-asked
	done, err := provincePass(province, data, server.Dial).run(quiet())
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range done.crawled {
		if r.Outcome != report.OutcomeBusy || !strings.Contains(r.Detail, "is being crawled by another process") {
			t.Errorf("%s: %s", r.Source.ID, words(r.Outcome, r.Detail))
		}
	}
	wantExit(t, done.verdict(), exitSourceFault, "busy (host www.linjiang.example:80 is being crawled by another process)")

	// Let the first one go on; meanwhile somebody else extracts.
	unlock, err := lockExtract(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := province.Set(); err != nil {
		t.Fatal(err)
	}
	server.Close() // cuts what hangs
	wantExit(t, <-first, exitSourceFault, "busy: another crawl is extracting in "+data)
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	checkArchive(t, data)
}

func wantExit(t *testing.T, err error, code int, words string) {
	t.Helper()
	var e exit
	if !errors.As(err, &e) || e.code != code || !strings.Contains(err.Error(), words) {
		t.Errorf("%v, want exit %d and %q", err, code, words)
	}
}

// TestClockJumps crawls with a clock that is five years ahead, then with the right one,
// then a night later: what was fetched in the future must not hold anything up.
func TestClockJumps(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	night := func(at time.Time, faults ...string) (done passed, warned []string) {
		synctest.Test(t, func(t *testing.T) {
			time.Sleep(time.Until(at))
			province, err := demo.New(faults...)
			if err != nil {
				t.Fatal(err)
			}
			dial, stop := province.Pipe()
			defer stop()
			log, seen := observer.New(zap.WarnLevel)
			s := &session{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.New(log)}
			if done, err = provincePass(province, data, dial).run(s); err != nil {
				t.Fatal(err)
			}
			for _, e := range seen.All() {
				warned = append(warned, e.Message)
			}
		})
		return done, warned
	}
	now := time.Date(2026, time.March, 6, 4, 0, 0, 0, time.UTC)
	count := func() string { return ask(t, data, "SELECT count(*), sum(is_current) FROM reports") }

	// Ahead: one portal asks to be left alone for hours, which are hours of the wrong year.
	night(now.AddDate(5, 0, 0), "429-date@www.qingtong.example")
	if _, warned := night(now, "new-report@www.linjiang.example", "429-date@www.yueyang.example"); !slices.ContainsFunc(warned, func(m string) bool { return strings.Contains(m, "the clock was ahead") }) {
		t.Errorf("warned of %q, want words about the clock", warned)
	}
	if got := ask(t, data, "SELECT count(*) FROM reports WHERE source = 'qingtong'"); got != "[[13]]" && got != "[[12]]" {
		t.Errorf("qingtong has %s reports: it was left alone until a future that is none", got)
	}
	before := count()
	done, _ := night(now.AddDate(0, 0, 2))
	for _, r := range done.crawled {
		if r.Outcome != report.OutcomeOK {
			t.Errorf("%s: %s", r.Source.ID, words(r.Outcome, r.Detail))
		}
		if r.Source.ID == "linjiang" && r.Revisited == 0 {
			t.Error("no page of linjiang was revisited two days later")
		}
	}
	if got := count(); got != before {
		t.Errorf("reports %s, before the last night %s", got, before)
	}
	checkArchive(t, data)
	rebuild(t, data)
}

// TestTornTails cuts the newest WARC of a source where a crash or a power cut may: at the
// borders of records and within them, with what SQLite and the index already know, and
// lets the next pass bring everything back.
func TestTornTails(t *testing.T) {
	c := newCrash(t, demo.NewSized(crashSize()))
	if code := c.pass(t, c.whole, ""); code != exitDone {
		t.Fatalf("undisturbed pass: exit %d", code)
	}
	files, err := filepath.Glob(filepath.Join(archivePath(c.whole), "city002", "*.warc.gz"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %v", files, err)
	}
	b, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var starts []int // of the records
	for at := 0; ; {
		i := bytes.Index(b[at:], []byte{0x1f, 0x8b, 8})
		if i < 0 {
			break
		}
		starts = append(starts, at+i)
		at += i + 3
	}
	last := starts[max(0, len(starts)-4):] // the last exchange and the run-end
	var cuts []int
	for _, start := range last {
		cuts = append(cuts, start, start+1, start+10, start+60)
	}
	cuts = append(cuts, starts[1], starts[1]+5, 1, len(b)-1, len(b)-8)
	for i, cut := range cuts {
		for _, how := range []string{"cut", "zeros", "no-index", "no-databases"} {
			if i%4 != map[string]int{"cut": 0, "zeros": 1, "no-index": 2, "no-databases": 3}[how] {
				continue // each cut in one of the ways
			}
			t.Run(fmt.Sprintf("%s at %d of %d", how, cut, len(b)), func(t *testing.T) {
				data := filepath.Join(t.TempDir(), "data")
				if err := os.CopyFS(data, os.DirFS(c.whole)); err != nil {
					t.Fatal(err)
				}
				torn := bytes.Clone(b[:cut])
				if how == "zeros" {
					torn = append(torn, make([]byte, 300)...)
				}
				if err := os.WriteFile(filepath.Join(archivePath(data), "city002", filepath.Base(files[0])), torn, 0o644); err != nil {
					t.Fatal(err)
				}
				var gone []string
				switch how {
				case "no-index":
					gone, _ = filepath.Glob(filepath.Join(archivePath(data), "*", "index.cdxj"))
				case "no-databases":
					gone = []string{workPath(data), reportsPath(data)}
				}
				for _, name := range gone {
					if err := os.Remove(name); err != nil {
						t.Fatal(err)
					}
				}
				if code := c.pass(t, data, ""); code != exitDone {
					t.Fatalf("the pass after the cut: exit %d", code)
				}
				checkArchive(t, data)
				sameRows(t, data, c.whole)
			})
		}
	}
}

// TestLockedDatabase: somebody holds work.db in a tool of their own; a reader of
// reports.db is in nobody's way.
func TestLockedDatabase(t *testing.T) {
	province := demo.NewSized(1, 1, 2023, 2024)
	dial, stop := province.Pipe()
	defer stop()
	data := filepath.Join(t.TempDir(), "data")
	run := func() error {
		_, err := provincePass(province, data, dial).run(&session{ctx: t.Context(), stdout: io.Discard, stderr: io.Discard, log: zap.NewNop()})
		return err
	}
	if err := run(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{reportsPath(data), workPath(data)} {
		pool, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		pool.SetMaxOpenConns(1)
		if path == reportsPath(data) {
			if _, err := pool.Exec("BEGIN; SELECT count(*) FROM reports"); err != nil {
				t.Fatal(err)
			}
			if err := run(); err != nil {
				t.Errorf("beside a reader of reports.db: %v", err)
			}
		} else {
			if _, err := pool.Exec("BEGIN EXCLUSIVE"); err != nil {
				t.Fatal(err)
			}
			if err := run(); err == nil || !strings.Contains(err.Error(), "locked") || !strings.Contains(err.Error(), workPath(data)) {
				t.Errorf("%v, want words about a locked %s", err, workPath(data))
			}
		}
		if err := pool.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := run(); err != nil {
		t.Errorf("after the lock: %v", err)
	}
}

// TestUnreadablePageCostsOnlyItself has a page whose bytes are no page, and a reader that
// breaks.
func TestUnreadablePageCostsOnlyItself(t *testing.T) {
	ex := &archive.Exchange{Capture: archive.Capture{
		RecordID: "urn:uuid:1", Source: "a", URL: "http://a.example/1.html", Status: 200, Outcome: archive.OutcomeOK,
		Why: archive.Why{Kind: archive.KindPage},
	}}
	w, err := archived{ex.Capture, ex, nil}.read(nil, nil) // without listings the reader breaks
	if err != nil {
		t.Fatal(err)
	}
	if len(w.count.Broken) != 1 || w.count.Broken[0].fault.stack == nil || w.count.Rejected != 1 {
		t.Fatalf("%+v", w.count)
	}
	if faults := w.count.brokenFaults(); len(faults) != 1 || !strings.Contains(faults[0], "http://a.example/1.html") {
		t.Errorf("told: %q", faults)
	}
	for _, disk := range []error{&os.PathError{Op: "read", Path: "x", Err: os.ErrPermission}, t.Context().Err()} {
		if _, ok := errors.AsType[*unreadable](damaged(disk)); disk != nil && ok {
			t.Errorf("%v is taken for damage of a record", disk)
		}
	}
}
