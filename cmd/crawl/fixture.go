package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"crawl/internal/archive"
	"crawl/internal/crawler"
	"crawl/internal/extract"
	"crawl/internal/portal"
)

type fixtureCommand struct {
	Name  string `arg:"" help:"Name of the file, without folder and kind."`
	URL   string `arg:"" help:"Address of an archived page."`
	As    string `help:"What it is a fixture of: listing, report, or auto for what it reads as." enum:"auto,listing,report" default:"auto"`
	Out   string `help:"The repository." default:"." placeholder:"DIR"`
	Force bool   `help:"Replace a fixture of that name."`
}

var fixtureName = regexp.MustCompile(`^[a-z0-9][a-z0-9_]*$`)

// Run copies the newest answered capture of an address into the testdata of the room that
// reads it. The golden file is written by the room's own -update.
func (c *fixtureCommand) Run(s *session) error {
	if !fixtureName.MatchString(c.Name) {
		return exit{exitUsage, fmt.Errorf("fixture: name must be lower-case letters, digits and _ (got %q)", c.Name)}
	}
	data, err := s.data()
	if err != nil {
		return err
	}
	ex, src, err := newestAnswer(data, crawler.Canonical(c.URL))
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }() // only read
	f, err := c.fixtureOf(src, ex)
	if err != nil {
		return fmt.Errorf("fixture %s: %w", ex.URL, err)
	}
	path := filepath.Join(c.Out, f.room, "testdata", f.folder, c.Name+f.kind)
	if _, err := os.Stat(filepath.Dir(filepath.Dir(path))); err != nil {
		return exit{exitUsage, fmt.Errorf("fixture: %w: --out must name the repository", err)}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("fixture: %w", err)
	}
	mode := os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if c.Force {
		mode = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	}
	file, err := os.OpenFile(path, mode, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return exit{exitUsage, fmt.Errorf("fixture: %s is there already; --force replaces it", path)}
	}
	if err != nil {
		return fmt.Errorf("fixture: %w", err)
	}
	_, err = file.Write(f.body)
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("fixture: write %s: %w", path, err)
	}
	fmt.Fprintf(s.stdout, "%s: %s, captured %s\n", path, f.what, ex.At.Format("2006-01-02"))
	fmt.Fprintf(s.stdout, "now: go test ./%s -run %s -update, and read the golden file\n", f.room, f.test)
	return nil
}

// newestAnswer is the newest answered exchange about an address in any source, and that
// source, open.
func newestAnswer(data, address string) (*archive.Exchange, *archive.Source, error) {
	a, err := openArchive(data)
	if err != nil {
		return nil, nil, err
	}
	ids, err := a.Sources()
	if err != nil {
		return nil, nil, fmt.Errorf("fixture: %w", err)
	}
	var best archive.Capture
	for _, id := range ids {
		src, err := a.Source(id)
		if err != nil {
			return nil, nil, fmt.Errorf("fixture: %w", err)
		}
		for c, err := range src.Captures() {
			if err != nil {
				return nil, nil, errors.Join(fmt.Errorf("fixture: captures of %s: %w", id, err), src.Close())
			}
			if c.URL == address && c.OK() && !c.At.Before(best.At) {
				best = c
			}
		}
		_ = src.Close()
	}
	if best.RecordID == "" {
		return nil, nil, exit{exitUsage, fmt.Errorf("fixture: %s holds no answer to %s", archivePath(data), address)}
	}
	src, err := a.Source(best.Source)
	if err != nil {
		return nil, nil, fmt.Errorf("fixture: %w", err)
	}
	ex, err := src.Read(best)
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("fixture: read %s: %w", address, err), src.Close())
	}
	return ex, src, nil
}

// made is a fixture about to be written.
type made struct {
	room, folder, kind string
	what, test         string
	body               []byte
}

// fixtureOf turns an exchange into the form the tests of its room read: listings as UTF-8
// text under their family, reports as the bytes that came under the form of their table 3.
func (c *fixtureCommand) fixtureOf(src *archive.Source, ex *archive.Exchange) (made, error) {
	r, notReport := extract.Extract(ex, extract.Hint{})
	as := c.As
	if as == "auto" {
		as = "listing"
		if notReport == nil && ex.Why.Kind == archive.KindPage {
			as = "report"
		}
	}
	mark := "fixture of "
	if ex.Method == http.MethodPost {
		mark += "POST "
	}
	mark += ex.URL
	if as == "report" {
		if notReport != nil {
			return made{}, fmt.Errorf("no fixture of a report: %w", notReport)
		}
		body, err := ex.Payload(64 << 20)
		if err != nil {
			return made{}, err
		}
		folder := cmp.Or(r.FormT3, r.FormT2, r.FormT4, r.FormStatistics, "free")
		m := made{room: "internal/extract", folder: folder, kind: ".html", what: "report " + r.Title, test: "TestGolden", body: body}
		if strings.Contains(ex.MediaType, "html") || ex.MediaType == "" {
			m.body = append(m.body, "\n<!-- "+mark+" -->\n"...)
		} else {
			m.kind = ".txt"
		}
		return m, nil
	}
	p, family, err := asWalked(src, ex, 100)
	if err != nil {
		return made{}, err
	}
	m := made{room: "internal/portal", folder: family.Name, kind: ".html", what: "listing of family " + family.Name, test: "TestFixtures"}
	if !strings.Contains(strings.ToLower(p.Text), "<html") || json.Valid([]byte(p.Text)) {
		m.kind = ".answer"
	}
	if p.Asked.URL != "" && m.kind == ".answer" { // it may be read by what it answers
		asked, err := json.Marshal(p.Asked)
		if err != nil {
			return made{}, fmt.Errorf("the request of %s: %w", ex.URL, err)
		}
		mark += " asked by " + string(asked)
	}
	m.body = append([]byte(p.Text), "\n<!-- "+mark+" -->\n"...)
	return m, nil
}

// asWalked reads a list page as the walk that brought it did: with the request it answers,
// and by the family of the page that led to it. At most so many pages back are looked at.
func asWalked(src *archive.Source, ex *archive.Exchange, back int) (*portal.Page, portal.Adapter, error) {
	p, err := portal.Read(ex)
	if err != nil {
		return nil, portal.Adapter{}, err
	}
	family, _ := portal.Detect(p)
	if back == 0 || ex.Why.Kind != archive.KindList || ex.Why.Of == "" {
		return p, family, nil
	}
	var before archive.Capture
	for c, err := range src.Captures() {
		if err != nil {
			return nil, family, fmt.Errorf("captures of %s: %w", ex.Source, err)
		}
		if c.RecordID == ex.RecordID {
			break
		}
		if c.URL == ex.Why.Of && c.Why.Kind == archive.KindList && c.OK() {
			before = c
		}
	}
	if before.RecordID == "" {
		return p, family, nil
	}
	led, err := src.Read(before)
	if err != nil {
		return nil, family, fmt.Errorf("read %s: %w", before.URL, err)
	}
	from, its, err := asWalked(src, led, back-1)
	if err != nil {
		return nil, family, err
	}
	l, _ := its.List(from) // where its paging is not understood it led nowhere
	for _, next := range l.Next {
		for r := &next; r != nil; r = r.Else {
			if crawler.Canonical(r.URL) == ex.URL && cmp.Or(r.Method, http.MethodGet) == ex.Method && bodySHA256(r.Body) == ex.RequestSHA256 {
				p.Asked, family = *r, its
				p.Asked.Else = nil
			}
		}
	}
	return p, family, nil
}

// bodySHA256 is the digest by which the archive knows a request's body, "" for none.
func bodySHA256(body string) string {
	if body == "" {
		return ""
	}
	return fmt.Sprintf("%x", sha256.Sum256([]byte(body)))
}
