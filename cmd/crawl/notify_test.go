package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"crawl/internal/db"
)

// portalAndHook serve a listing that may be empty, gone while down is set, and a
// webhook that keeps what it is told.
func portalAndHook(t *testing.T) (server *httptest.Server, down *atomic.Bool, hook chan []byte) {
	down, hook = new(atomic.Bool), make(chan []byte, 10)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /list/", func(w http.ResponseWriter, _ *http.Request) {
		if down.Load() {
			http.Error(w, "gone", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<html><head><title>政府信息公开年报</title></head><body><div class="list"><ul></ul></div></body></html>`)
	})
	mux.HandleFunc("POST /hook", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Header.Get("Content-Type") != "application/json" {
			t.Errorf("content type %q", r.Header.Get("Content-Type"))
		}
		hook <- body
	})
	mux.HandleFunc("POST /refuse", func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no such room", http.StatusForbidden) })
	server = httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server, down, hook
}

// night runs `crawl run` once and returns what was logged.
func night(t *testing.T, config, data string, exit int) string {
	t.Helper()
	var errs bytes.Buffer
	if code := crawl(t.Context(), []string{"run", "--config", config, "--data", data}, io.Discard, &errs); code != exit {
		t.Fatalf("exit %d, want %d\n%s", code, exit, &errs)
	}
	return errs.String()
}

func TestNotify(t *testing.T) {
	server, down, hook := portalAndHook(t)
	dir := t.TempDir()
	config, told, data := filepath.Join(dir, "config.yaml"), filepath.Join(dir, "told"), filepath.Join(dir, "data")
	write := func(on string) {
		text := fmt.Sprintf("user_agent: \"crawl (+mailto:a@b.example)\"\ndelay: 1ms\nallow_private_addresses: true\n"+
			"notify: {command: [\"sh\", \"-c\", \"cat >> %s\"], webhook: %s/hook%s}\n"+
			"sources:\n  - id: a\n    name: 某局\n    url: %s/list/\n    expect: {empty: true}\n", told, server.URL, on, server.URL)
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// heard returns what command and webhook were told since the last time, "" for nothing.
	heard := func() (event string, m message) {
		t.Helper()
		byCommand, err := os.ReadFile(told)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		_ = os.Remove(told)
		var byHook []byte
		select {
		case byHook = <-hook:
		default:
		}
		if !bytes.Equal(byCommand, byHook) {
			t.Errorf("the command was told %q, the webhook %q", byCommand, byHook)
		}
		if len(byHook) == 0 {
			return "", m
		}
		if err := json.Unmarshal(byHook, &m); err != nil {
			t.Fatalf("%v in %s", err, byHook)
		}
		return m.Event, m
	}

	write("")
	night(t, config, data, exitDone)
	if event, m := heard(); event != "" {
		t.Errorf("a first good night: %+v", m)
	}
	down.Store(true)
	night(t, config, data, exitSourceFault)
	event, m := heard()
	if event != onFailure || len(m.Changes.Failed) != 1 || len(m.Changes.Recovered) != 0 {
		t.Fatalf("a night that failed: %q, %+v", event, m)
	}
	if f := m.Changes.Failed[0]; f.Source != "a" || f.Name != "某局" || f.Outcome != "http" || f.Before != "ok" || f.Words != "the listing answered with an error: status 404" {
		t.Errorf("%+v", f)
	}
	if m.Run == nil || m.Run.Outcomes["http"] != 1 || m.States[stateBroken] != 1 {
		t.Errorf("head: %+v", m.head)
	}
	night(t, config, data, exitSourceFault)
	if event, m := heard(); event != "" {
		t.Errorf("still failing is no news: %+v", m)
	}
	write(", on: always")
	night(t, config, data, exitSourceFault)
	if event, m := heard(); event != onAlways || len(m.Changes.Failed) != 0 {
		t.Errorf("every night: %q, %+v", event, m)
	}
	write(", on: failure")
	down.Store(false)
	night(t, config, data, exitDone)
	if event, m := heard(); event != "" {
		t.Errorf("a recovery that nobody wants to hear of: %+v", m)
	}
	down.Store(true)
	write(", on: [recovery]")
	night(t, config, data, exitSourceFault)
	if event, m := heard(); event != "" {
		t.Errorf("a failure that nobody wants to hear of: %+v", m)
	}
	down.Store(false)
	night(t, config, data, exitDone)
	if event, m := heard(); event != onRecovery || len(m.Changes.Recovered) != 1 || m.Changes.Recovered[0].Before != "http" {
		t.Errorf("a recovery: %q, %+v", event, m)
	}
}

// TestNotifyFails: whoever cannot be told costs a line in the log, and nothing else.
func TestNotifyFails(t *testing.T) {
	server, _, hook := portalAndHook(t)
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	var digests []string
	for i, c := range []struct{ notify, logged string }{
		{"{webhook: " + server.URL + "/hook, on: always}", ""},
		{"{webhook: " + server.URL + "/refuse?token=secret, on: always}", "status 403 Forbidden: no such room"},
		{"{webhook: " + dead.URL + "/?token=secret, on: always}", "connection refused"},
		{`{command: ["sh", "-c", "cat > /dev/null; echo out of paper; exit 9"], on: always}`, "exit status 9: out of paper"},
		{`{command: ["no-such-program"], on: always}`, "executable file not found"},
	} {
		dir := t.TempDir()
		config, data := filepath.Join(dir, "config.yaml"), filepath.Join(dir, "data")
		text := "user_agent: \"crawl (+mailto:a@b.example)\"\ndelay: 1ms\nallow_private_addresses: true\nnotify: " + c.notify +
			"\nsources:\n  - id: a\n    url: " + server.URL + "/list/\n    expect: {empty: true}\n"
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		logged := night(t, config, data, exitDone)
		if c.logged != "" && (!strings.Contains(logged, c.logged) || !strings.Contains(logged, "notification was not delivered")) {
			t.Errorf("%s: logged %q", c.notify, logged)
		}
		if c.logged == "" && logged != "" {
			t.Errorf("%s: logged %q", c.notify, logged)
		}
		if strings.Contains(logged, "secret") {
			t.Errorf("the webhook's address is in the log: %s", logged)
		}
		_, rows, err := db.Query(t.Context(), reportsPath(data), "SELECT source, outcome FROM source_runs")
		if err != nil {
			t.Fatal(err)
		}
		digests = append(digests, fmt.Sprint(rows))
		if digests[i] != digests[0] {
			t.Errorf("%s changed the data: %s, else %s", c.notify, digests[i], digests[0])
		}
	}
	if len(hook) != 1 {
		t.Errorf("the webhook was told %d times", len(hook))
	}
}

// TestOccasion: what counts as which occasion.
func TestOccasion(t *testing.T) {
	bad := changes{Failed: []turned{{}}}
	good := changes{Recovered: []turned{{}}}
	both := changes{Failed: []turned{{}}, Recovered: []turned{{}}}
	for _, c := range []struct {
		changes changes
		on      occasions
		want    string
	}{
		{changes{}, occasions{onFailure, onRecovery}, ""}, {changes{}, occasions{onAlways}, onAlways},
		{bad, occasions{onFailure}, onFailure}, {bad, occasions{onRecovery}, ""}, {good, occasions{onRecovery}, onRecovery},
		{both, occasions{onRecovery}, onRecovery}, {both, occasions{onRecovery, onFailure}, onFailure},
		{changes{Held: "x"}, occasions{onFailure}, onFailure}, {changes{Error: "x"}, occasions{onFailure}, onFailure},
		{changes{Kept: []db.KeptSource{{}}}, occasions{onFailure}, onFailure}, {changes{Released: []string{"a"}}, occasions{onRecovery}, onRecovery},
	} {
		if got := c.changes.occasion(c.on); got != c.want {
			t.Errorf("%+v on %v: %q, want %q", c.changes, c.on, got, c.want)
		}
	}
}

// TestBelowAssertions: a source with fewer reports than it promises, and one whose last
// good rows are kept, are the exit.
func TestBelowAssertions(t *testing.T) {
	server, _, _ := portalAndHook(t)
	dir := t.TempDir()
	config := filepath.Join(dir, "config.yaml")
	text := "user_agent: \"crawl (+mailto:a@b.example)\"\ndelay: 1ms\nallow_private_addresses: true\nsources:\n" +
		"  - id: a\n    name: 某局\n    region: \"430600\"\n    url: " + server.URL + "/list/\n    expect: {empty: true, min: 2, years: 2022-2023}\n"
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	logged := night(t, config, filepath.Join(dir, "data"), exitSourceFault)
	for _, want := range []string{"a: 0 reports, expected at least 2", "a: no report of 2022, 2023"} {
		if !strings.Contains(logged, want) {
			t.Errorf("%q is not in %s", want, logged)
		}
	}
	_, rows, err := db.Query(t.Context(), reportsPath(filepath.Join(dir, "data")), "SELECT agency_id, report_year, status FROM coverage ORDER BY 2")
	if err != nil || fmt.Sprint(rows) != "[[430600/某局 2022 missing] [430600/某局 2023 missing]]" {
		t.Errorf("%v, %v", rows, err)
	}
	kept := passed{published: db.Published{Kept: []db.KeptSource{{Source: "a", Why: "agency: 0 of 8"}}}}
	if err := kept.verdict(); err == nil || !strings.Contains(err.Error(), "a: below its own assertions, its last good rows stay (agency: 0 of 8)") {
		t.Errorf("%v", err)
	}
}
