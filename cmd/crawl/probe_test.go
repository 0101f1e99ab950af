package main

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"crawl/internal/demo"
)

// prober is a config and the made-up province to be probed.
type prober struct {
	t        *testing.T
	dir      string
	config   string
	province *demo.Province
	dial     func(ctx context.Context, network, addr string) (net.Conn, error)
}

const probeConfig = `# ours
user_agent: "crawl (+mailto:a@b.example)"   # reach us
allow_private_addresses: true
delay: 0s
`

func newProber(t *testing.T, faults ...string) *prober {
	t.Helper()
	province, err := demo.New(faults...)
	if err != nil {
		t.Fatal(err)
	}
	p := &prober{t: t, dir: t.TempDir(), province: province}
	dial, stop := province.Pipe() // no socket, so that waits can be in a bubble of time
	t.Cleanup(stop)
	p.dial = dial
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

// run runs a command and returns all it printed, and its exit code.
func (p *prober) run(c interface{ Run(*session) error }) (string, int) {
	var out bytes.Buffer
	s := &session{ctx: p.t.Context(), opts: options{Config: p.config}, stdout: &out, stderr: &out, log: logger("error", &out), dial: p.dial}
	code := s.code(c.Run(s))
	return out.String(), code
}

// TestProbedIsCrawled adds every portal of the made-up province by its home page alone. The
// config that comes of it brings every report there is.
func TestProbedIsCrawled(t *testing.T) {
	p := newProber(t)
	for _, host := range p.province.Hosts() {
		if out, code := p.run(&probeCommand{URL: "http://" + host + "/", Add: true}); code != exitDone {
			t.Fatalf("probe %s: exit %d\n%s", host, code, out)
		}
	}
	if !strings.HasPrefix(p.read(p.config), probeConfig) {
		t.Errorf("the config's own bytes have changed:\n%s", p.read(p.config))
	}
	cfg, sources, err := loadConfig(p.config)
	if err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(p.dir, "data")
	pass := pass{data: data, sources: sources, crawl: cfg.crawlOptions("run"), publish: cfg.Publish.options()}
	pass.crawl.Dial = p.dial
	s := &session{ctx: t.Context(), stdout: testWriter{t}, stderr: testWriter{t}, log: logger("error", testWriter{t})}
	done, err := pass.run(s)
	if err != nil {
		t.Fatal(err)
	}
	if want := len(p.province.Truth()); done.counts.Reports != want {
		t.Errorf("%d reports of the %d there are", done.counts.Reports, want)
	}
}

// TestProbeLoad holds a probe to what it promises: pages on the way, of the listing and of
// reports, and robots.txt once.
func TestProbeLoad(t *testing.T) {
	p := newProber(t)
	for _, host := range p.province.Hosts() {
		p.run(&probeCommand{URL: "http://" + host + "/"})
	}
	for host, n := range p.province.Requests() {
		if n > 1+mostFinding+mostPages+mostReports {
			t.Errorf("%s was asked %d times", host, n)
		}
	}
}

// TestProbeFaults probes portals that are out of order: none is called understood, and
// none keeps a person waiting for long.
func TestProbeFaults(t *testing.T) {
	for fault, words := range map[string]string{
		"dns": "unreachable (dial tcp: lookup", "down": "unreachable", "wrong-certificate": "unreachable (tls:", "timeout": "unreachable (context deadline",
		"500": "status 500", "429": "blocked", "404-listing": "status 404", "redirect-loop": "more than 10 redirects", "redirect-off-host": "redirected off host",
		"redirect-login": "hollow: login", "robots-deny": "robots.txt forbids", "robots-500": "robots.txt could not be had", "captcha": "refused: captcha",
		"upkeep": "hollow: maintenance", "empty-listing": "no listing of annual reports", "deep-markup": "http (", "length-short": "is cut off",
		"soft-404": "none of 3 rows that were read is a report", "paging-gone": "index_2.html: status 404", "paging-away": "lies outside the listing's folder",
		"paging-first": "1 of the 3 pages",
	} {
		t.Run(fault, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newProber(t, fault)
				began := time.Now()
				out, code := p.run(&probeCommand{URL: p.province.Sources()[0].URL, Add: true})
				if code != exitSourceFault || !strings.Contains(out, "\nPROBLEM ") || !strings.Contains(out, words) {
					t.Errorf("exit %d, want %d and %q:\n%s", code, exitSourceFault, words, out)
				}
				if p.read(p.config) != probeConfig {
					t.Error("added all the same")
				}
				if took := time.Since(began); took > 5*time.Minute {
					t.Errorf("took %s", took)
				}
			})
		})
	}
}

// TestProbeOtherScheme finds a portal that is there without TLS only.
func TestProbeOtherScheme(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newProber(t)
		out, code := p.run(&probeCommand{URL: "https://www.linjiang.example/"})
		if code != exitDone || !strings.Contains(out, "server gave HTTP response to HTTPS client") || !strings.Contains(out, "url: http://www.linjiang.example/") {
			t.Errorf("exit %d\n%s", code, out)
		}
	})
}

func TestProbeUsage(t *testing.T) {
	p := newProber(t)
	for _, c := range []probeCommand{{}, {URL: "a", List: "b"}, {URL: "ftp://www.linjiang.example/"}, {URL: "http://www.linjiang.example/", ID: "No Id"}} {
		if out, code := p.run(&c); code != exitUsage {
			t.Errorf("%+v: exit %d, want %d\n%s", c, code, exitUsage, out)
		}
	}
}

func TestProbeList(t *testing.T) { synctest.Test(t, probeList) }

func probeList(t *testing.T) {
	time.Sleep(time.Until(time.Date(2026, time.March, 1, 2, 0, 0, 0, time.UTC))) // a bubble begins in 2000
	p := newProber(t)
	list := filepath.Join(p.dir, "portals.csv")
	p.write(list, "\ufeffname,url,region\n"+
		"霖江市,http://www.linjiang.example/,990100\n"+
		"\"broken,http://www.qingtong.example/\n")
	if out, code := p.run(&probeCommand{List: list}); code != exitSourceFault || !strings.Contains(out, list+":3: ") {
		t.Errorf("an open quote: exit %d\n%s", code, out)
	}
	p.write(list, "\ufeffname,url,region\n"+
		"霖江市,http://www.linjiang.example/,990100\n"+
		"nowhere,linjiang,\n"+
		"霖江市,http://xxgk.linjiang.example/,99\n"+
		",http://nobody.example/,\n"+
		",http://xxgk.linjiang.example/,\n")
	out, code := p.run(&probeCommand{List: list, Add: true})
	if code != exitSourceFault {
		t.Errorf("exit %d, want %d\n%s", code, exitSourceFault, out)
	}
	for _, want := range []string{
		list + `:3: "linjiang" is no http or https address`, list + ":4: region must be", "no such host",
		"2025 霖江市", "3 of 5 lines were not understood",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	_, sources, err := loadConfig(p.config)
	if err != nil {
		t.Fatal(err)
	}
	if len(sources) != 2 || sources[0].ID != "linjiang" || sources[0].Name != "霖江市" || sources[0].Region != "990100" || sources[1].ID != "linjiang-2" {
		t.Errorf("added: %+v", sources)
	}
}

// TestFixture probes, keeps what was fetched and makes fixtures of it.
func TestFixture(t *testing.T) {
	p := newProber(t)
	keep, repository := filepath.Join(p.dir, "kept"), filepath.Join(p.dir, "repository")
	for _, room := range []string{"portal", "extract"} {
		if err := os.MkdirAll(filepath.Join(repository, "internal", room, "testdata"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if out, code := p.run(&probeCommand{URL: "http://www.linjiang.example/", Keep: keep}); code != exitDone {
		t.Fatalf("probe: exit %d\n%s", code, out)
	}
	p.write(p.config, "data: "+keep+"\n"+probeConfig)
	if out, code := p.run(&extractCommand{}); code != exitDone || !strings.Contains(out, "1 reports") {
		t.Errorf("extract what was kept: exit %d\n%s", code, out)
	}
	listing := "http://www.linjiang.example/zwgk/zfxxgk/zfxxgknb/index.html"
	fixture := func(c fixtureCommand, want int, words string) {
		t.Helper()
		c.Out = repository
		if out, code := p.run(&c); code != want || !strings.Contains(out, words) {
			t.Errorf("fixture %+v: exit %d, want %d and %q\n%s", c, code, want, words, out)
		}
	}
	fixture(fixtureCommand{Name: "first", URL: listing, As: "auto"}, exitDone, "go test ./internal/portal")
	fixture(fixtureCommand{Name: "first", URL: listing, As: "auto"}, exitUsage, "--force")
	fixture(fixtureCommand{Name: "first", URL: listing, As: "auto", Force: true}, exitDone, "trs")
	fixture(fixtureCommand{Name: "../first", URL: listing, As: "auto"}, exitUsage, "name")
	fixture(fixtureCommand{Name: "none", URL: listing + "x", As: "auto"}, exitUsage, "holds no answer")
	fixture(fixtureCommand{Name: "list", URL: listing, As: "report"}, exitError, "not an annual report")
	text := p.read(filepath.Join(repository, "internal/portal/testdata/trs/first.html"))
	if !strings.HasSuffix(text, "\n<!-- fixture of "+listing+" -->\n") || !strings.Contains(text, "createPageHTML(3, 0") {
		t.Errorf("the fixture is no listing: %q", text[max(0, len(text)-200):])
	}
	var page string
	for _, truth := range p.province.Truth() {
		if truth.Source == "linjiang" && truth.Year == 2025 {
			page = truth.URL
			break
		}
	}
	fixture(fixtureCommand{Name: "report", URL: page, As: "auto"}, exitDone, "go test ./internal/extract")
	if text := p.read(filepath.Join(repository, "internal/extract/testdata/f2021/report.html")); !strings.HasSuffix(text, "\n<!-- fixture of "+page+" -->\n") {
		t.Errorf("the fixture is no report: %q", text[max(0, len(text)-200):])
	}
}
