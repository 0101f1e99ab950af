package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/db"
	"crawl/internal/report"
)

const nightly = "2025-03-05T02:00:00.000000Z"

func lastRun() *db.RunStatus {
	return &db.RunStatus{ID: "r", Command: "run", StartedAt: nightly, FinishedAt: "2025-03-05T02:12:00.000000Z", Sources: 3,
		Outcomes: map[report.Outcome]int{"ok": 1, "partial": 1, "blocked": 1}, Tally: db.Tally{New: 1, Changed: 2, Failed: 3, Seconds: 720}}
}

// TestLineOf: what a source's runs and its published rows say together.
func TestLineOf(t *testing.T) {
	said := func(o report.Outcome, detail string) db.SourceStatus {
		return db.SourceStatus{Source: "a", LastRun: nightly, LastSuccess: nightly, Since: "2025-03-01T02:00:00.000000Z",
			Outcome: o, Detail: detail, Said: o, SaidDetail: detail}
	}
	broken := said("ok", "")
	broken.Outcome = "unfinished"
	long := broken
	long.LastSuccess = "2025-02-20T02:00:00.000000Z"
	unread := said("ok", "")
	unread.Found, unread.Reports = 9, 0
	gone := said("ok", "")
	gone.LastRun = "2025-02-20T02:00:00.000000Z"
	finding := func(rule, note string) *db.Standing {
		return &db.Standing{Findings: []db.SourceFinding{{Rule: rule, Note: note}}, Stale: 8, AsOf: "2025-02-03T00:00:00.000000Z"}
	}
	late := finding("source_stopped", "on 2024, 1 of 1 due reports are not published")
	late.Missing, late.Due = 1, "2025-01-31"
	for _, c := range []struct {
		name  string
		src   db.SourceStatus
		st    *db.Standing
		state state
		since string
		words string
	}{
		{"well", said("ok", ""), nil, stateWell, "", "all well"},
		{"refused", said("blocked", "http://a.example/x refused: ruishu (412)"), nil, stateBlocked, "2025-03-01", "the portal refused us: ruishu (412)"},
		{"paging", said("paging", "7 of the 9 items the portal states: no other page"), nil, stateBroken, "2025-03-01", "7 of the 9 items the portal states: no other page"},
		{"empty", said("empty", "no items"), nil, stateEmpty, "2025-03-01", "no items"},
		{"our reader", said("ok", ""), finding("source_reader", "agency: 0 of 8"), stateBroken, "2025-02-03", "agency: 0 of 8"},
		{"blocked comes before what is published", said("robots", ""), finding("source_reader", "agency: 0 of 8"), stateBlocked, "2025-03-01", "robots.txt forbids it, or could not be had"},
		{"nothing is a report", unread, nil, stateBroken, "", "9 items followed, none was read as a report"},
		{"some are not read", said("ok", ""), finding("source_unread", "on 2024, 1 of 9"), statePartial, "", "on 2024, 1 of 9"},
		{"below its minimum", said("ok", ""), finding("source_minimum", "3 reports, expected at least 4"), stateBroken, "", "3 reports, expected at least 4"},
		{"late", said("ok", ""), late, stateLate, "2025-01-31", "on 2024, 1 of 1 due reports are not published"},
		{"some pages", said("partial", "1 of 9 pages failed: x"), nil, statePartial, "2025-03-01", "1 of 9 pages failed: x"},
		{"broken off tonight", broken, nil, stateWell, "", "not ended: under way, or broken off and to be resumed"},
		{"broken off for days", long, nil, stateStale, "2025-02-20", "not ended: under way, or broken off and to be resumed"},
		{"left out of the runs", gone, nil, stateStale, "2025-03-05", "all well"},
		{"never walked", db.SourceStatus{Source: "a"}, nil, stateStale, "", "never walked"},
	} {
		l := lineOf(c.src, c.st, lastRun())
		if since := strings.TrimSuffix(l.Begun, "T02:00:00.000000Z"); l.State != c.state || l.Words != c.words || since != c.since && !strings.HasPrefix(since, c.since) {
			t.Errorf("%s: %s since %q: %s", c.name, l.State, l.Begun, l.Words)
		}
	}
}

// TestStatusScreen: the order of what needs attention, and no line wider than the screen.
func TestStatusScreen(t *testing.T) {
	line := func(id, name string, s state, since, words string) sourceLine {
		return sourceLine{SourceStatus: db.SourceStatus{Source: id, Name: name, Reports: 3, LastSuccess: nightly}, State: s, Begun: since, Words: words}
	}
	o := overview{
		head: head{Run: lastRun(), Behind: true, States: map[state]int{stateWell: 2, stateLate: 1, stateBlocked: 1, stateBroken: 2},
			Published: db.PublishedCounts{Reports: 40, Stale: 8}, Coverage: &db.YearCoverage{Year: 2024, Published: 9, Late: 1, Blocked: 1}},
		Sources: []sourceLine{
			line("a", "某局", stateWell, "", ""),
			line("hei-long-jiang-da-xing-an-ling", "黑龙江省大兴安岭地区行政公署办公室", stateLate, "2025-01-31", "on 2024, 1 of 1 due reports are not published"),
			line("b", "", stateBlocked, nightly, "the portal refused us: "+strings.Repeat("很抱歉，您的访问被拒绝。", 9)),
			line("c", "某县财政局", stateBroken, "", "3 reports, expected at least 4"),
			line("d", "某县教育局", stateBroken, nightly, "7 of the 9 items"),
			line("e", "", stateWell, "", ""),
		},
	}
	var b strings.Builder
	if err := o.print(&b, false, time.Date(2025, 3, 7, 4, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	want := `Last run   2025-03-05 02:00 UTC, 2 days ago: run, 12 min
           3 sources: 1 ok, 1 blocked, 1 partial; 1 new report, 2 changed, 3 failed pages
Published  40 reports, 8 of them stale; THE LAST RUN IS NOT IN IT: crawl publish says why
On 2024    9 in time, 1 late, 1 blocked

BROKEN (2): the portal answers, and we do not read it
  c 某县财政局                    3 reports, expected at least 4
  d 某县教育局  since 2025-03-05  7 of the 9 items

BLOCKED (1): the portal or the network keeps us out
  b  since 2025-03-05  the portal refused us: 很抱歉，您的访问被拒绝。很抱歉，您的访问被拒绝。很抱…

LATE (1): the publisher is late
  hei-long-jiang-da-xing-an-ling …  since 2025-01-31  on 2024, 1 of 1 due reports are not published

OK (2): nothing to do (--all lists them)
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	b.Reset()
	if err := o.print(&b, true, time.Now()); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "\n  a 某局  seen 2025-03-05  3 reports\n") {
		t.Errorf("--all:\n%s", &b)
	}
	for l := range strings.Lines(b.String()) {
		if n := columnsOf(strings.TrimSuffix(l, "\n")); n > pageWidth {
			t.Errorf("%d columns: %s", n, l)
		}
	}
}

// TestStatusNamesMovedListings: a listing whose address in the config redirects is read
// all the same, and status says where it is, for people and for machines.
func TestStatusNamesMovedListings(t *testing.T) {
	mux := http.NewServeMux()
	mux.Handle("GET /old/{$}", http.RedirectHandler("/new/list/", http.StatusMovedPermanently))
	mux.HandleFunc("GET /new/list/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<html><head><title>政府信息公开年报</title></head><body><div class="list"><ul></ul></div></body></html>`)
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	dir := t.TempDir()
	config, data := filepath.Join(dir, "config.yaml"), filepath.Join(dir, "data")
	for _, path := range []string{"/old/", "/new/list/"} { // until the config is changed
		told := path == "/old/"
		text := fmt.Sprintf("user_agent: \"crawl (+mailto:a@b.example)\"\ndelay: 1ms\nallow_private_addresses: true\n"+
			"sources:\n  - {id: a, name: 某局, url: \"%s%s\", expect: {empty: true}}\n", server.URL, path)
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		night(t, config, data, exitDone)
		for flag, want := range map[string]string{
			"--all":  "\nMOVED (1): put the new address into the config\n  a  " + server.URL + "/old/ leads to " + server.URL + "/new/list/\n",
			"--json": `"rule": "source_moved",`,
		} {
			var out bytes.Buffer
			if code := crawl(t.Context(), []string{"status", flag, "--config", config, "--data", data}, &out, &out); code != exitDone {
				t.Fatalf("status: exit %d\n%s", code, &out)
			}
			if strings.Contains(out.String(), want) != told || told && !strings.Contains(out.String(), "OK (1)") && flag == "--all" {
				t.Errorf("%s, status %s:\n%s", path, flag, &out)
			}
		}
	}
}
