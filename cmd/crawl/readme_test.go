package main

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

var update = flag.Bool("update", false, "write what docs show anew")

const readme = "../../README.md"

var summaryBlock = regexp.MustCompile(`(?s)(<!-- summary:[^\n]*-->\n).*?(<!-- end of summary -->)`)

// TestReadme keeps the README's excerpt of the demo's summary true.
func TestReadme(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	var out bytes.Buffer
	crawl(t.Context(), []string{"demo", "--data", data}, &out, testWriter{t})
	summary := out.String()
	// Addresses, places and times differ from machine to machine.
	summary = regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(summary, "127.0.0.1:43210")
	summary = strings.ReplaceAll(summary, data, demoData)
	summary = regexp.MustCompile(`in \d+\.\d s`).ReplaceAllString(summary, "in 2.1 s")
	shown := "\n    " + strings.ReplaceAll(strings.TrimSpace(summary), "\n", "\n    ") + "\n\n"
	shown = strings.ReplaceAll(shown, "    \n", "\n")

	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		next := summaryBlock.ReplaceAllString(string(text), "${1}"+strings.ReplaceAll(shown, "$", "$$")+"${2}")
		if err := os.WriteFile(readme, []byte(next), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !strings.Contains(string(text), shown) {
		t.Errorf("README.md does not show what the demo prints (go test ./cmd/crawl -run TestReadme -update):\n%s", shown)
	}
}

// TestReadmeNamesEveryCommand fails when a command exists that the README does not
// mention.
func TestReadmeNamesEveryCommand(t *testing.T) {
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	parser, err := kong.New(&options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range parser.Model.Children {
		if !strings.Contains(string(text), "`crawl "+command.Name) {
			t.Errorf("README.md does not say what crawl %s does", command.Name)
		}
	}
}

var probeBlock = regexp.MustCompile(`(?s)(<!-- probe:[^\n]*-->\n).*?(<!-- end of probe -->)`)

// TestReadmeProbe keeps the README's excerpt of a probe true.
func TestReadmeProbe(t *testing.T) {
	p := newProber(t)
	out, code := p.run(&probeCommand{URL: "http://www.linjiang.example/"})
	if code != exitDone {
		t.Fatalf("exit %d\n%s", code, out)
	}
	out = probedOn.ReplaceAllString(out, "probed 2026-02-01")
	shown := "\n    " + strings.ReplaceAll(strings.TrimSpace(out), "\n", "\n    ") + "\n\n"
	shown = strings.ReplaceAll(shown, "    \n", "\n")
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		next := probeBlock.ReplaceAllString(string(text), "${1}"+strings.ReplaceAll(shown, "$", "$$")+"${2}")
		if err := os.WriteFile(readme, []byte(next), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !strings.Contains(string(text), shown) {
		t.Errorf("README.md does not show what a probe prints (go test ./cmd/crawl -run TestReadmeProbe -update):\n%s", shown)
	}
}
