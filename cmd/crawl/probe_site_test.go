package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"crawl/internal/portal"
)

// smallSite serves the pages of a txtar file, whatever the port. A page is named by host
// and address, and by status and Location where those are not 200 and none. The body
// "!report TITLE" stands for a report's page.
type smallSite struct {
	mu    sync.Mutex
	pages map[string]sitePage
	asked []string
}

type sitePage struct {
	status   int
	location string
	body     string
}

func newSmallSite(t *testing.T, files []txtar.File) *smallSite {
	t.Helper()
	s := &smallSite{pages: map[string]sitePage{}}
	for _, f := range files {
		parts := strings.Fields(f.Name)
		if !strings.Contains(parts[0], "/") {
			continue
		}
		p := sitePage{status: http.StatusOK, body: string(f.Data)}
		if len(parts) > 1 {
			var err error
			if p.status, err = strconv.Atoi(parts[1]); err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		if len(parts) > 2 {
			p.location = parts[2]
		}
		if title, ok := strings.CutPrefix(strings.TrimSpace(p.body), "!report "); ok {
			p.body = strings.Replace(officePage(title, "发布时间：2024-01-10 浏览次数：<span id=\"hits\"></span>"), "<body>",
				`<body><div>当前位置：<a href="./">政府信息公开年报</a> > 正文</div>`, 1)
		}
		s.pages[parts[0]] = p
	}
	return s
}

func (s *smallSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := r.Host + r.URL.RequestURI()
	s.mu.Lock()
	p, ok := s.pages[at]
	s.asked = append(s.asked, at)
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if p.location != "" {
		w.Header().Set("Location", p.location)
	}
	w.WriteHeader(p.status)
	fmt.Fprint(w, p.body)
}

// serve serves the site for every host name.
func (s *smallSite) serve(t *testing.T) func(context.Context, string, string) (net.Conn, error) {
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, network, server.Listener.Addr().String())
	}
}

var probedOn = regexp.MustCompile(`probed 20\d\d-\d\d-\d\d`)

// TestProbeSites probes the site of each file in testdata/probe and compares all that is
// printed, the exit code, and every address that was asked for.
func TestProbeSites(t *testing.T) {
	files, err := filepath.Glob("testdata/probe/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sites: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			_, address, ok := strings.Cut(strings.TrimSpace(string(ar.Comment)), "\nprobe ")
			if !ok {
				t.Fatal("no line: probe URL")
			}
			site := newSmallSite(t, ar.Files)
			config := filepath.Join(t.TempDir(), "config.yaml")
			if err := os.WriteFile(config, []byte(probeConfig), 0o644); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			s := &session{ctx: t.Context(), opts: options{Config: config}, stdout: &out, stderr: &out, log: logger("error", &out), dial: site.serve(t)}
			code := s.code((&probeCommand{URL: address}).Run(s))
			if code == exitDone {
				defer crawlsTheSame(t, s, out.String())
			}
			got := probedOn.ReplaceAllString(out.String(), "probed DATE") + fmt.Sprintf("exit %d\nasked for\n  %s\n", code, strings.Join(site.asked, "\n  "))

			want := ""
			rest := ar.Files[:0:0]
			for _, f := range ar.Files {
				if f.Name == "want" {
					want = string(f.Data)
				} else {
					rest = append(rest, f)
				}
			}
			if *update {
				ar.Files = append(rest, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(file, txtar.Format(ar), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("%s (-update writes it anew): got\n%s\nwant\n%s", file, got, want)
			}
		})
	}
}

var followedRows = regexp.MustCompile(`(?m)^rows +\d+, of them (\d+) followed$`)

// crawlsTheSame crawls by the entry a probe printed: it lists what the probe listed, and
// the report that was read is there.
func crawlsTheSame(t *testing.T, s *session, probed string) {
	dir := t.TempDir()
	s.opts.Config = filepath.Join(dir, "config.yaml")
	entry := probed[strings.Index(probed, "\n  - id: ")+1:]
	if err := os.WriteFile(s.opts.Config, []byte(probeConfig+"sources:\n"+entry), 0o644); err != nil {
		t.Fatal(err)
	}
	cfg, sources, err := loadConfig(s.opts.Config)
	if err != nil {
		t.Fatal(err)
	}
	pass := pass{data: dir, sources: sources, crawl: cfg.crawlOptions("run"), publish: cfg.Publish.options()}
	pass.crawl.Dial = s.dial
	done, err := pass.run(s)
	if err != nil {
		t.Fatal(err)
	}
	want, err := strconv.Atoi(followedRows.FindStringSubmatch(probed)[1])
	if got := done.crawled[0]; err != nil || got.Listed < want || done.counts.Reports < 1 {
		t.Errorf("a crawl lists %d rows of %d and has %d reports: %s %s (%v)", got.Listed, want, done.counts.Reports, got.Outcome, got.Detail, err)
	}
}

// TestProbeListAddsNoDoubt keeps what one would have to look at out of a config that many
// addresses are added to.
func TestProbeListAddsNoDoubt(t *testing.T) {
	for name, words := range map[string]string{"columns_in_column": "2 columns, a source each", "column_of_another_organ": "may be another organ's"} {
		ar, err := txtar.ParseFile("testdata/probe/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		_, address, _ := strings.Cut(strings.TrimSpace(string(ar.Comment)), "\nprobe ")
		config, list := filepath.Join(t.TempDir(), "config.yaml"), filepath.Join(t.TempDir(), "list.csv")
		if err := errors.Join(os.WriteFile(config, []byte(probeConfig), 0o644), os.WriteFile(list, []byte("url\n"+address+"\n"), 0o644)); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		s := &session{ctx: t.Context(), opts: options{Config: config}, stdout: &out, stderr: &out, log: logger("error", &out), dial: newSmallSite(t, ar.Files).serve(t)}
		if code := s.code((&probeCommand{List: list, Add: true}).Run(s)); code != exitSourceFault || !strings.Contains(out.String(), words) {
			t.Errorf("%s: exit %d, want %d and %q\n%s", name, code, exitSourceFault, words, &out)
		}
		if text, _ := os.ReadFile(config); string(text) != probeConfig {
			t.Errorf("%s: added\n%s", name, text)
		}
	}
}

// TestFixtureOfAnswer makes a fixture of an endpoint's answer, which is read by the request
// that brought it: the fixture says so in the words that portal's tests understand.
func TestFixtureOfAnswer(t *testing.T) {
	ar, err := txtar.ParseFile("testdata/probe/list_by_script.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	config := filepath.Join(dir, "config.yaml")
	if err := os.WriteFile(config, []byte(probeConfig), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "internal", "portal", "testdata"), 0o755); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	s := &session{ctx: t.Context(), opts: options{Config: config, Data: dir}, stdout: &out, stderr: &out, log: logger("error", &out), dial: newSmallSite(t, ar.Files).serve(t)}
	_, address, _ := strings.Cut(strings.TrimSpace(string(ar.Comment)), "\nprobe ")
	if code := s.code((&probeCommand{URL: address, Keep: dir}).Run(s)); code != exitDone {
		t.Fatalf("probe: exit %d\n%s", code, &out)
	}
	const rows = "http://zwgk.qinghe.example/EWB-FRONT/rest/lightfrontaction/getgovinfolist"
	if code := s.code((&fixtureCommand{Name: "rows", URL: rows, As: "auto", Out: dir}).Run(s)); code != exitDone {
		t.Fatalf("fixture: exit %d\n%s", code, &out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "internal", "portal", "testdata", "epoint", "rows.answer"))
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?s)^\{.*\n<!-- fixture of POST (\S+) asked by (\{.*\}) -->\n$`).FindSubmatch(text)
	if m == nil || string(m[1]) != rows {
		t.Fatalf("no fixture: %s", text)
	}
	var asked portal.Request
	if err := json.Unmarshal(m[2], &asked); err != nil || asked.Method != http.MethodPost || !strings.Contains(asked.Body, `"categorynum":"003001012","pageIndex":0`) {
		t.Errorf("asked by %s (%v)", m[2], err)
	}
}
