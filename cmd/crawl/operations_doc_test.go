package main

import (
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"crawl/internal/archive"
)

const operations = "../../docs/operations.md"

var fence = regexp.MustCompile("(?ms)^```([a-z]+)\n(.*?)^```$")

// elsewhere are the programs of console blocks: each needs root, a service manager, a
// container engine, a package registry or another machine.
var elsewhere = map[string]bool{
	"install": true, "useradd": true, "cp": true, "systemctl": true, "journalctl": true,
	"podman": true, "rsync": true, "npx": true, "wb-manager": true,
}

// TestOperations executes every sh block of docs/operations.md in one directory, as a
// user would. The config is the document's own, but for the portal's address.
func TestOperations(t *testing.T) {
	text, err := os.ReadFile(operations)
	if err != nil {
		t.Fatal(err)
	}
	o := newOffice(t)
	dir := t.TempDir()
	here := func(s string) string {
		return strings.ReplaceAll(s, "http://www.example.gov.cn/nb/", o.url)
	}
	for _, name := range []string{"cmd", "internal", "go.mod", "go.sum"} { // a checkout
		path, err := filepath.Abs(filepath.Join("../..", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	ran := map[string]int{}
	for _, block := range fence.FindAllStringSubmatch(string(text), -1) {
		kind, body := block[1], block[2]
		ran[kind]++
		switch kind {
		case "yaml":
			config := strings.Replace(here(body), "delay: 2s", "delay: 0s\nallow_private_addresses: true", 1)
			if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(config), 0o644); err != nil {
				t.Fatal(err)
			}
		case "sh":
			cmd := exec.Command("sh", "-e", "-c", here(body))
			cmd.Dir = dir
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%s: %v\n%s", body, err, out)
			}
		case "console":
			for _, line := range strings.Split(strings.TrimSpace(body), "\n") {
				prompt, command, _ := strings.Cut(line, " ")
				if program := strings.Fields(command)[0]; prompt != "#" && prompt != "$" || !elsewhere[program] {
					t.Errorf("%q could be executed by this test: fence it as sh", line)
				}
			}
		default:
			t.Errorf("a block of %q is not tested", kind)
		}
	}
	if ran["sh"] < 10 || ran["yaml"] != 1 {
		t.Errorf("blocks that ran: %v", ran)
	}
	o.data = filepath.Join(dir, "data")
	if files := o.holds("临江县司法局"); len(files) > 0 {
		t.Errorf("what the document has forgotten is still in %v", files)
	}
}

// TestOperationsNamesEveryExitCode holds the table of exit codes to the constants.
func TestOperationsNamesEveryExitCode(t *testing.T) {
	text, err := os.ReadFile(operations)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, m := range regexp.MustCompile(`(?m)^\| (\d+) \|`).FindAllStringSubmatch(string(text), -1) {
		codes = append(codes, m[1])
	}
	var want []string
	for _, code := range []int{exitDone, exitError, exitUsage, exitSourceFault, exitInterrupted} {
		want = append(want, strconv.Itoa(code))
	}
	if strings.Join(codes, " ") != strings.Join(want, " ") {
		t.Errorf("exit codes %v, want %v", codes, want)
	}
}

// TestDiskSizes holds the table of sizes to what the made-up province takes, within a
// quarter; and the load that docs/ethics.md states to what it costs.
func TestDiskSizes(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	crawl(t.Context(), []string{"demo", "--data", data}, testWriter{t}, testWriter{t})
	var warc, index, exchanges int64
	a, err := archive.Open(archivePath(data))
	if err != nil {
		t.Fatal(err)
	}
	ids, err := a.Sources()
	if err != nil {
		t.Fatal(err)
	}
	size := func(path string) int64 {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	for _, id := range ids {
		files, err := filepath.Glob(filepath.Join(archivePath(data), id, "*.warc.gz"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			warc += size(f)
		}
		index += size(filepath.Join(archivePath(data), id, "index.cdxj"))
		src, err := a.Source(id)
		if err != nil {
			t.Fatal(err)
		}
		for range src.Captures() {
			exchanges++
		}
		_ = src.Close()
	}
	_, rows, err := query(t.Context(), reportsPath(data), "SELECT count(*) FROM reports")
	if err != nil {
		t.Fatal(err)
	}
	reports, err := strconv.ParseInt(rows[0][0], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(operations)
	if err != nil {
		t.Fatal(err)
	}
	for what, is := range map[string]float64{
		"archive, an exchange":                                   float64(warc) / float64(exchanges),
		"index.cdxj, an exchange":                                float64(index) / float64(exchanges),
		"archive, a report with its share of lists and counters": float64(warc) / float64(reports),
		"work.db, a report":                                      float64(size(workPath(data))) / float64(reports),
		"reports.db, a report":                                   float64(size(reportsPath(data))) / float64(reports),
	} {
		m := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(what) + ` \| ([\d.]+) \|$`).FindSubmatch(text)
		if m == nil {
			t.Errorf("no row %q", what)
			continue
		}
		said, err := strconv.ParseFloat(string(m[1]), 64)
		if err != nil || said*1000 < is*0.75 || said*1000 > is*1.25 {
			t.Errorf("%s: %s kB said, %.1f kB measured (%v)", what, m[1], is/1000, err)
		}
	}
}

// TestDocumentLinks fails on a link between documents that leads nowhere.
func TestDocumentLinks(t *testing.T) {
	names, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, "../../SECURITY.md") {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\]\(([^)#]+)(#[^)]*)?\)`).FindAllStringSubmatch(string(text), -1) {
			if u, err := url.Parse(m[1]); err != nil || u.Scheme != "" {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(name), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", name, m[1], err)
			}
		}
	}
}
