package main

import (
	"bufio"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var (
	sampleLine = regexp.MustCompile(`^([a-z][a-z0-9_]*)(\{[a-z_]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\["\\n])*")*\})? (\S+)$`)
	headLine   = regexp.MustCompile(`^# (HELP|TYPE) ([a-z][a-z0-9_]*) (.+)$`)
	units      = regexp.MustCompile(`_(milliseconds|minutes|hours|days|kilobytes|megabytes|percent)\b`)
)

// parseMetrics reads the exposition format as strictly as promtool check metrics does:
// HELP and TYPE once and before the samples, counters in _total and nothing else, base
// units, no sample twice, an end of line at the end.
func parseMetrics(t *testing.T, text string) map[string]float64 {
	t.Helper()
	if !strings.HasSuffix(text, "\n") {
		t.Error("the last line has no end")
	}
	samples := map[string]float64{}
	help, kind := map[string]string{}, map[string]string{}
	current := ""
	for in := bufio.NewScanner(strings.NewReader(text)); in.Scan(); {
		line := in.Text()
		if h := headLine.FindStringSubmatch(line); h != nil {
			of := map[string]map[string]string{"HELP": help, "TYPE": kind}[h[1]]
			if of[h[2]] != "" {
				t.Errorf("%s of %s twice", h[1], h[2])
			}
			of[h[2]], current = h[3], h[2]
			continue
		}
		m := sampleLine.FindStringSubmatch(line)
		if m == nil {
			t.Errorf("no line of the format: %q", line)
			continue
		}
		name := m[1]
		if name != current || help[name] == "" || kind[name] == "" {
			t.Errorf("%s stands apart from its HELP and TYPE", line)
		}
		if (kind[name] == "counter") != strings.HasSuffix(name, "_total") || !slices.Contains([]string{"counter", "gauge"}, kind[name]) {
			t.Errorf("%s is a %s", name, kind[name])
		}
		if !strings.HasPrefix(name, "crawl_") || units.MatchString(name) {
			t.Errorf("name %s", name)
		}
		if _, twice := samples[m[1]+m[2]]; twice {
			t.Errorf("%s twice", m[1]+m[2])
		}
		value, err := strconv.ParseFloat(m[3], 64)
		if err != nil || math.IsNaN(value) {
			t.Errorf("%s: %v", line, err)
		}
		samples[m[1]+m[2]] = value
	}
	return samples
}

func TestMetrics(t *testing.T) {
	o := newOffice(t)
	path := filepath.Join(o.dir, "crawl.prom")
	text, err := os.ReadFile(o.config)
	if err != nil {
		t.Fatal(err)
	}
	o.write(o.config, "metrics: "+path+"\n"+string(text))
	before := time.Now()
	requests := 0.0
	for _, command := range []string{"run", "backfill"} {
		if out, code := o.crawl(command); code != exitDone {
			t.Fatalf("%s: exit %d\n%s", command, code, out)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m := parseMetrics(t, string(b))
		for name, want := range map[string]float64{
			`crawl_source_reports{source="office"}`: 5, `crawl_run_sources{outcome="ok"}`: 1, `crawl_run_sources{outcome="blocked"}`: 0,
			`crawl_publication_held`: 0, `crawl_reports`: 5, `crawl_run_pages{result="new"}`: 0,
		} {
			if got, ok := m[name]; !ok || got != want {
				t.Errorf("%s after %s: %v (%v), want %v", name, command, got, ok, want)
			}
		}
		for _, name := range []string{`crawl_source_last_success_timestamp_seconds{source="office"}`, `crawl_run_end_timestamp_seconds`} {
			if at := m[name]; at < seconds(before)-1 || at > seconds(time.Now())+1 {
				t.Errorf("%s after %s: %v", name, command, at)
			}
		}
		if n := m["crawl_run_requests_total"]; n <= requests {
			t.Errorf("%v requests in all after %s, %v before", n, command, requests)
		}
		requests = m["crawl_run_requests_total"]
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("the collector reads it as somebody else: %v %v", info.Mode(), err)
	}
	left, err := filepath.Glob(filepath.Join(o.dir, "*.tmp-*"))
	if more, _ := filepath.Glob(filepath.Join(o.dir, ".*.tmp-*")); err != nil || len(left)+len(more) > 0 {
		t.Errorf("left behind: %v %v", left, more)
	}

	// A file that cannot be written is told; the run itself was done.
	o.write(o.config, "metrics: "+filepath.Join(o.dir, "nowhere", "crawl.prom")+"\n"+string(text))
	if out, code := o.crawl("run"); code != exitError || !strings.Contains(out, "metrics:") || !strings.Contains(out, "portals ") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestMetricLabelsAreEscaped(t *testing.T) {
	var e exposition
	e.metric("crawl_x", "gauge", "A test.")
	e.sample("crawl_x", 0.25, "source", "a\"b\\c\nd", "outcome", "岳阳")
	if got, want := parseMetrics(t, e.String()), `crawl_x{source="a\"b\\c\nd",outcome="岳阳"}`; got[want] != 0.25 {
		t.Errorf("%v", got)
	}
}

// TestMetricsDocumented fails when a metric is not explained.
func TestMetricsDocumented(t *testing.T) {
	doc, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("metrics.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range regexp.MustCompile(`"(crawl_[a-z_]+)"`).FindAllStringSubmatch(string(source), -1) {
		if !strings.Contains(string(doc), "`"+name[1]) {
			t.Errorf("docs/operations.md does not explain %s", name[1])
		}
	}
}
