package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"crawl/internal/archive"
	"crawl/internal/db"
	"crawl/internal/demo"
)

// Environment of a crash pass: the step to die at and the how-manieth time it is done,
// as in 3@db: a transaction is committed; and a file to count the steps in.
const (
	killAtEnv = "CRAWL_KILL_AT"
	stepsEnv  = "CRAWL_TEST_STEPS"
)

// stepper counts the steps of this process and kills it at one of them.
type stepper struct {
	mu    sync.Mutex
	at    string
	nth   int
	count map[string]int
}

// countSteps sets the hooks that the rooms call between their steps, if this process was
// asked to count them or to die. The function it returns writes down the counts.
func (s *session) countSteps() (write func()) {
	at, file := os.Getenv(killAtEnv), os.Getenv(stepsEnv)
	if at == "" && file == "" {
		return func() {}
	}
	st := &stepper{count: map[string]int{}}
	nth, name, _ := strings.Cut(at, "@")
	st.at = name
	st.nth, _ = strconv.Atoi(nth)
	archive.Step, db.Step, s.between = st.hit, st.hit, st.hit
	return func() {
		if file == "" {
			return
		}
		b, err := json.Marshal(st.count)
		if err == nil {
			err = os.WriteFile(file, b, 0o644)
		}
		if err != nil {
			panic(err)
		}
	}
}

func (st *stepper) hit(name string) {
	st.mu.Lock()
	st.count[name]++
	die := name == st.at && st.count[name] == st.nth
	if die {
		self, err := os.FindProcess(os.Getpid())
		if err == nil {
			err = self.Kill()
		}
		if err != nil {
			panic(err)
		}
		select {} // with the lock held, so that nobody else takes a step
	}
	st.mu.Unlock()
}

// kills is how many kills a crash test makes: ten, or as many as CRAWL_KILLS says.
func kills(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("CRAWL_KILLS"))
	switch {
	case os.Getenv("CRAWL_KILLS") == "":
		return 10
	case err != nil || n < 1:
		t.Fatalf("CRAWL_KILLS=%s: want a number", os.Getenv("CRAWL_KILLS"))
	}
	return n
}

// mustStep are the steps that a first pass takes in any case.
var mustStep = []string{
	"archive: the source is locked", "archive: an empty file is made", "archive: half a record is written",
	"archive: a record is written", "archive: an event is synced", "archive: the source is about to be closed",
	"archive: the new index lies beside the old", "archive: the index is replaced",
	"crawl: everything is archived",
	"db: the tables are made, not committed", "db: a transaction is full, not committed", "db: a transaction is committed",
	"crawl: everything is extracted",
	"db: the file to be published is built", "db: the file to be published is synced", "db: the published file is replaced",
	"crawl: everything is published",
}

// TestKilledBetweenSteps kills a pass with SIGKILL between every pair of steps, each time
// over fresh data, and lets the next one end.
func TestKilledBetweenSteps(t *testing.T) {
	c := newCrash(t, demo.NewSized(crashSize()))
	counts := c.count(t, c.whole)
	for _, name := range mustStep {
		if counts[name] == 0 {
			t.Errorf("the undisturbed pass never came to %q", name)
		}
	}
	names := slices.Clone(mustStep)
	for name := range counts {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	rounds := (kills(t) + len(names) - 1) / len(names)
	for _, name := range names {
		for range rounds {
			nth := 1 + c.random.IntN(max(1, counts[name]))
			t.Run(fmt.Sprintf("%d of %d/%s", nth, counts[name], name), func(t *testing.T) {
				data := filepath.Join(t.TempDir(), "data")
				if code := c.pass(t, data, fmt.Sprintf("%d@%s", nth, name)); code != -1 {
					t.Fatalf("exit %d, want a death", code)
				}
				c.recovers(t, data)
			})
		}
	}
}

// TestKilledWhileRepairing dies while it puts right what an earlier death left.
func TestKilledWhileRepairing(t *testing.T) {
	c := newCrash(t, demo.NewSized(crashSize()))
	data := filepath.Join(t.TempDir(), "data")
	for _, at := range []string{
		"9@archive: half a record is written",
		"1@archive: a torn tail is cut",
		"4@archive: half a record is written",
		"1@crawl: everything is extracted",
	} {
		if code := c.pass(t, data, at); code != -1 {
			t.Fatalf("%s: exit %d, want a death", at, code)
		}
	}
	if err := db.Remove(workPath(data)); err != nil { // its log could restore it
		t.Fatal(err)
	}
	if err := os.WriteFile(workPath(data), bytes.Repeat([]byte("no database "), 1000), 0o644); err != nil {
		t.Fatal(err)
	}
	if code := c.pass(t, data, "1@db: an unfit file is removed"); code != -1 {
		t.Fatalf("exit %d, want a death", code)
	}
	c.recovers(t, data)
}

// crash is a province that crash passes walk, and the data of an undisturbed one.
type crash struct {
	address string
	random  *rand.Rand
	whole   string
}

// crashSize is small enough to be crawled in a moment: a portal of two list pages, one
// with a counter.
func crashSize() (portals, organs, first, last int) { return 5, 2, 2023, 2024 }

func newCrash(t *testing.T, province *demo.Province) *crash {
	t.Helper()
	server, err := province.Listen()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return &crash{server.Addr(), rand.New(rand.NewPCG(seed, 0)), filepath.Join(t.TempDir(), "whole")}
}

// count runs an undisturbed pass and returns how often it took each step.
func (c *crash) count(t *testing.T, data string) map[string]int {
	t.Helper()
	file := filepath.Join(t.TempDir(), "steps")
	if code := c.pass(t, data, "", stepsEnv+"="+file); code != exitDone {
		t.Fatalf("undisturbed pass: exit %d", code)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	if err := json.Unmarshal(b, &counts); err != nil {
		t.Fatal(err)
	}
	return counts
}

// pass runs one pass as a process of its own, to die at a step or, for "", to end. It
// returns the exit code, -1 for one that was killed.
func (c *crash) pass(t *testing.T, data, killAt string, env ...string) int {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "crashpass", data)
	cmd.Env = append(os.Environ(), append(env, "CRAWL_TEST_PROVINCE="+c.address, "CRAWL_TEST_SIZED=1", killAtEnv+"="+killAt)...)
	out := &tail{}
	cmd.Stdout, cmd.Stderr = out, out
	err := cmd.Run()
	code := cmd.ProcessState.ExitCode()
	if err != nil && code > 0 && code != exitSourceFault {
		t.Errorf("pass ended with %d: %s", code, out)
	}
	return code
}

// recovers lets the next pass end: nothing may be lost or doubled, nothing left over, and
// the archive must verify.
func (c *crash) recovers(t *testing.T, data string) {
	t.Helper()
	if _, err := os.Stat(reportsPath(c.whole)); err != nil {
		if code := c.pass(t, c.whole, ""); code != exitDone {
			t.Fatalf("undisturbed pass: exit %d", code)
		}
	}
	if code := c.pass(t, data, ""); code != exitDone {
		t.Fatalf("the pass after the death: exit %d", code)
	}
	checkArchive(t, data)
	sameRows(t, data, c.whole)
	onceArchived(t, data)
	for _, pattern := range []string{"*/*/*.tmp-*", ".*.building*"} {
		if left, _ := filepath.Glob(filepath.Join(data, pattern)); len(left) > 0 {
			t.Errorf("left over: %v", left)
		}
	}
}

// sameRows compares all that does not depend on when it was crawled.
func sameRows(t *testing.T, data, whole string) {
	t.Helper()
	for _, sql := range []string{
		`SELECT key, url, title, agency, report_year, published_at, revision, is_current, is_preferred, views, views_state FROM reports ORDER BY key`,
		`SELECT r.key, d.item, d.measure, d.raw FROM disclosure d JOIN reports r ON r.id = d.report_id ORDER BY 1, 2, 3`,
		`SELECT r.key, a.* FROM applications a JOIN reports r ON r.id = a.report_id ORDER BY 1, 3`,
		`SELECT source, url, title, decision, reason, removed_at FROM listing_items ORDER BY 1, 2`,
		`SELECT source, outcome FROM (SELECT s.source, s.outcome, max(r.started_at) FROM source_runs s JOIN runs r ON r.id = s.run_id GROUP BY 1) ORDER BY 1`,
		`SELECT url, views, how FROM view_counts GROUP BY url ORDER BY 1`,
	} {
		sql = strings.Replace(sql, "a.*", "a.item, a.natural_person, a.org_commercial, a.total, a.states", 1)
		if got, want := ask(t, data, sql), ask(t, whole, sql); got != want {
			t.Errorf("%s differs from an undisturbed crawl's:\n%.2000s\n---\n%.2000s", sql, got, want)
		}
	}
}

// onceArchived wants no page to have been fetched twice: what an unfinished run holds, the
// next one does not ask for.
func onceArchived(t *testing.T, data string) {
	t.Helper()
	_, rows, err := query(t.Context(), workPath(data), "SELECT url, count(*) FROM captures WHERE kind = 'page' AND status = 200 GROUP BY url HAVING count(*) > 1")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		t.Errorf("%s was archived %s times", row[0], row[1])
	}
}
