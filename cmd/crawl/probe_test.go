package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"crawl/internal/demo"
)

// prober is a config and the made-up province to be probed.
type prober struct {
	t      *testing.T
	dir    string
	config string
	serve  *demo.Server
}

const probeConfig = "# ours\nuser_agent: \"crawl (+mailto:a@b.example)\"   # reach us\nallow_private_addresses: true\ndelay: 0s\n"

func newProber(t *testing.T, faults ...string) *prober {
	t.Helper()
	province, err := demo.New(faults...)
	if err != nil {
		t.Fatal(err)
	}
	p := &prober{t: t, dir: t.TempDir()}
	if p.serve, err = province.Listen(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.serve.Close() })
	p.config = filepath.Join(p.dir, "config.yaml")
	p.write(p.config, probeConfig)
	return p
}

func (p *prober) write(path, text string) {
	p.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func (p *prober) read(path string) string {
	p.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(text)
}

// probe runs the command and returns all it printed, and its exit code.
func (p *prober) probe(c probeCommand) (string, int) {
	var out bytes.Buffer
	s := &session{ctx: p.t.Context(), opts: options{Config: p.config}, stdout: &out, stderr: &out, log: logger("error", &out), dial: p.serve.Dial}
	return out.String(), s.code(c.Run(s))
}

func TestProbeX(t *testing.T) {
	p := newProber(t)
	for _, u := range []string{"http://www.linjiang.example/", "http://www.qingtong.example/", "http://www.yueyang.example/", "http://www.baiyu.example/", "http://xxgk.linjiang.example/"} {
		var out bytes.Buffer
		s := &session{ctx: p.t.Context(), opts: options{Config: p.config}, stdout: &out, stderr: &out, log: logger("error", &out), dial: p.serve.Dial}
		c := probeCommand{URL: u}
		code := s.code(c.Run(s))
		t.Log(code, "\n", out.String())
	}
	_ = regexp.MustCompile
	_ = strings.Contains
}
