package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"
	"golang.org/x/net/publicsuffix"

	"crawl/internal/archive"
	"crawl/internal/crawler"
	"crawl/internal/portal"
	"crawl/internal/report"
)

type probeCommand struct {
	URL  string `arg:"" optional:"" help:"A listing page, a site's home page, or a report."`
	Add  bool   `help:"Write the entry into the config, if the listing was understood."`
	ID   string `help:"The entry's id, instead of one made of the address." placeholder:"ID"`
	List string `help:"Probe every address of a CSV file: column url, and name and region if you know them." placeholder:"FILE" type:"existingfile"`
	Keep string `help:"Keep what was fetched as a data directory of its own, for extract, verify and fixture." placeholder:"DIR"`
}

// target is an address to be probed, with what is already known of it.
type target struct {
	url, name, region string
	id                string // "" to derive one
	where             string // file:line, "" for the command line
}

// Run probes one address, or a file of them.
func (c *probeCommand) Run(s *session) error {
	cfg, sources, err := s.config()
	if err != nil {
		return err
	}
	switch {
	case (c.URL == "") == (c.List == ""):
		return exit{exitUsage, errors.New("probe: give either an address or --list FILE.csv")}
	case c.ID != "" && (c.List != "" || !sourceID.MatchString(c.ID)):
		return exit{exitUsage, fmt.Errorf("probe: --id must be lower-case letters, digits, - and _, of one address (got %q)", c.ID)}
	}
	s.warnOfContact(cfg)
	dir := c.Keep
	if dir == "" {
		if dir, err = os.MkdirTemp("", "crawl-probe-"); err != nil {
			return fmt.Errorf("probe: %w", err)
		}
		defer func() { _ = os.RemoveAll(dir) }()
	} else if err := writable(dir); err != nil {
		return err
	}
	a, err := openArchive(dir)
	if err != nil {
		return err
	}
	opt := cfg.crawlOptions("probe")
	opt.Dial, opt.Log = s.dial, s.log
	opt.Budget.Requests = mostRequests
	opt.Timeout = min(opt.Timeout, mostPatience)
	line := newLine(s.stderr)
	p := &probe{archive: a, opt: opt, sources: sources, tell: func(url string) { line.show("asking for %s", url) }}
	defer line.clear()
	if c.List != "" {
		return c.many(s, p)
	}
	got, err := p.one(s.ctx, target{url: c.URL, id: c.ID})
	if err != nil {
		return err
	}
	line.clear()
	got.print(s.stdout)
	if !got.understood() {
		return exit{exitSourceFault, fmt.Errorf("not understood: %s", strings.Join(got.problems, "; "))}
	}
	fmt.Fprintf(s.stdout, "\n%s", got.entry.yaml("  "))
	if c.Add {
		if err := addSource(s.opts.Config, got.entry); err != nil {
			return err
		}
		fmt.Fprintf(s.stdout, "\nadded to %s\n", s.opts.Config)
	}
	return nil
}

const (
	mostFinding  = 10 // pages asked for on the way to the column
	mostPages    = 3  // of the listing that are read
	mostReports  = 3  // rows that are tried until one is a report
	mostRequests = 40 // of one host in all: robots.txt and repeated tries included

	mostPatience = 20 * time.Second // with one answer: a person waits
)

// probe looks at portals one after the other.
type probe struct {
	archive *archive.Archive
	opt     crawler.Options
	sources []report.Source // of the config, whose ids are taken
	tell    func(string)    // shows what is being asked for
}

// one looks at one portal. What a portal does is in what it returns; an error is ours, or
// of the address.
func (p *probe) one(ctx context.Context, t target) (*probed, error) {
	got := &probed{target: t, exchanges: map[*portal.Page]*archive.Exchange{}}
	host := hostID(t.url)
	// Kept beside the archives of the config's sources it must not be taken for one.
	src := report.Source{ID: "probe-" + host[:min(len(host), longestID)], URL: t.url, Adapter: "auto", Region: t.region}
	if host == "" {
		return nil, exit{exitUsage, fmt.Errorf("probe: %q is no http or https address of a page", t.url)}
	}
	hosts, opt := near(t.url), p.opt
	opt.Run = uuid.NewString()
	res, err := crawler.Look(ctx, p.archive, src, opt, hosts, func(ask crawler.Ask, walk crawler.Walk) error {
		return (&seeker{ask: ask, turn: walk, probed: got, near: hosts, tell: p.tell}).run()
	})
	got.requests = res.Requests
	switch {
	case err != nil:
		return nil, exit{exitUsage, fmt.Errorf("probe %s: %w", t.url, err)}
	case res.Outcome == report.OutcomeInterrupted:
		return nil, ctx.Err()
	case res.Outcome == report.OutcomeError:
		return nil, fmt.Errorf("probe %s: %s", t.url, res.Detail)
	case res.Outcome != report.OutcomeOK:
		got.problem("%s", words(res.Outcome, res.Detail))
	}
	if got.listing != nil {
		got.entry = got.makeEntry(p.sources)
	}
	return got, nil
}

// near says which hosts a look around may go to: those of the same domain, and from a
// government's site other government sites.
func near(start string) func(*url.URL) bool {
	from, err := url.Parse(start)
	if err != nil {
		return func(*url.URL) bool { return false }
	}
	return func(u *url.URL) bool {
		return domain(u.Hostname()) == domain(from.Hostname()) || isGovernment(u.Hostname()) && isGovernment(from.Hostname())
	}
}

func isGovernment(host string) bool { return strings.HasSuffix(strings.ToLower(host), ".gov.cn") }

// domain is the part of a host name that one owner has: changsha.gov.cn; an IP address is
// its own.
func domain(host string) string {
	host = strings.ToLower(host)
	if d, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return d
	}
	return host
}
