//go:build linux

package main

import (
	"bytes"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/alecthomas/kong"
)

const deployDir = "../../deploy"

func deployed(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(deployDir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// parses fails unless the command line is one that crawl understands.
func parses(t *testing.T, where string, args []string) {
	t.Helper()
	var opts options
	parser, err := kong.New(&opts)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		t.Errorf("%s: crawl %s: %v", where, strings.Join(args, " "), err)
	}
}

// static is the binary that the Containerfile's own command builds.
func static(t *testing.T) string {
	t.Helper()
	line := regexp.MustCompile(`(?m)^RUN (CGO_ENABLED=0 go build .*) -o /crawl (.*)$`).FindStringSubmatch(deployed(t, "Containerfile"))
	if line == nil {
		t.Fatal("the Containerfile builds no static binary")
	}
	out := filepath.Join(t.TempDir(), "crawl")
	cmd := exec.Command("sh", "-c", line[1]+" -o "+out+" "+line[2])
	cmd.Dir = "../.."
	if b, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("build as the Containerfile does: %v\n%s", err, b)
	}
	return out
}

// TestStaticBinary runs the binary of the Containerfile where there is nothing else: in
// an empty directory as its root, if the test may do that.
func TestStaticBinary(t *testing.T) {
	path := static(t)
	f, err := elf.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type == elf.PT_INTERP {
			t.Error("the binary wants a loader: it is not static")
		}
	}
	root := t.TempDir()
	if err := os.Rename(path, filepath.Join(root, "crawl")); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--help"}, {"demo", "--data", "data"}, {"verify", "--data", "data"}} {
		cmd := exec.Command(filepath.Join(root, "crawl"), args...)
		cmd.Dir, cmd.Env = root, []string{}
		if os.Geteuid() == 0 {
			cmd.Path, cmd.Dir = "/crawl", "/"
			cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root}
		}
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}

func TestContainerfile(t *testing.T) {
	text := deployed(t, "Containerfile")
	for _, m := range regexp.MustCompile(`(?m)^COPY ([^-\n]+) \S+$`).FindAllStringSubmatch(text, -1) {
		for _, name := range strings.Fields(m[1]) {
			if _, err := os.Stat(filepath.Join("../..", name)); err != nil {
				t.Errorf("copies what is not there: %v", err)
			}
		}
	}
	for _, want := range []string{"FROM scratch\n", "ca-certificates.crt", "USER 65532", `ENTRYPOINT ["/crawl"]`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q", want)
		}
	}
	mod, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	version := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindSubmatch(mod)
	if !strings.Contains(text, "golang:"+string(version[1])+" ") {
		t.Errorf("does not build with the Go of go.mod, %s", version[1])
	}
	parses(t, "Containerfile", []string{"run"})
}

func TestCronLine(t *testing.T) {
	const number = `(\*|\d+)(-\d+)?(,\d+)*(/\d+)?`
	line := regexp.MustCompile(`(?m)^` + strings.Repeat(number+` `, 5) + `(\w+) /usr/local/bin/crawl (.+)$`).FindStringSubmatch(deployed(t, "crawl.cron"))
	if line == nil {
		t.Fatal("no line of five times, a user and a command")
	}
	parses(t, "crawl.cron", strings.Fields(line[len(line)-1]))
}

// TestSystemdUnits has systemd judge the units, with a binary that exists.
func TestSystemdUnits(t *testing.T) {
	service := deployed(t, "crawl.service")
	start := regexp.MustCompile(`(?m)^ExecStart=/usr/local/bin/crawl (.+)$`).FindStringSubmatch(service)
	if start == nil {
		t.Fatal("the service starts no crawl")
	}
	parses(t, "crawl.service", strings.Fields(start[1]))

	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		if os.Getenv("CRAWL_REQUIRE_ALL") == "1" {
			t.Fatal("systemd-analyze is not installed (Debian: systemd)")
		}
		t.Skip("systemd-analyze is not installed (Debian: systemd)")
	}
	dir := t.TempDir()
	units := []string{filepath.Join(dir, "crawl.service"), filepath.Join(dir, "crawl.timer")}
	texts := []string{strings.Replace(service, "/usr/local/bin/crawl", static(t), 1), deployed(t, "crawl.timer")}
	for i, path := range units {
		if err := os.WriteFile(path, []byte(texts[i]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(analyze, append([]string{"verify", "--man=no"}, units...)...).CombinedOutput()
	if err != nil || len(bytes.TrimSpace(out)) > 0 { // it only warns of unknown settings
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
	// 0 is a service that can do nothing, 10 one that may do all; times ten
	out, err = exec.Command(analyze, "security", "--offline=true", "--threshold=20", units[0]).CombinedOutput()
	if err != nil {
		t.Errorf("systemd-analyze security: %v\n%s", err, out)
	}
	for _, m := range regexp.MustCompile(`(?m)^OnCalendar=(.+)$`).FindAllStringSubmatch(texts[1], -1) {
		if out, err := exec.Command(analyze, "calendar", m[1]).CombinedOutput(); err != nil {
			t.Errorf("OnCalendar=%s: %v\n%s", m[1], err, out)
		}
	}
}
