package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"crawl/internal/archive"
	"crawl/internal/crawler"
	"crawl/internal/db"
	"crawl/internal/extract"
	"crawl/internal/report"
)

type runCommand struct {
	Source []string `help:"Only this source (may be repeated)." placeholder:"ID"`
	Full   bool     `help:"Walk every listing to its end, also where newest-first order would let the crawl stop early."`
}

// Run is the nightly pass.
func (c *runCommand) Run(s *session) error {
	cfg, p, err := s.prepare("run", c.Source)
	if err != nil {
		return err
	}
	p.crawl.Full, p.limit = c.Full, cfg.TimeLimit
	return s.carryOut(cfg, p)
}

// prepare is the pass that the config asks of a command, over the sources named, or all.
func (s *session) prepare(command string, ids []string) (cfg config, p pass, err error) {
	cfg, sources, err := s.config()
	if err != nil {
		return cfg, p, err
	}
	lines, err := s.decisions()
	if err != nil {
		return cfg, p, err
	}
	if sources, err = chosen(sources, ids); err != nil {
		return cfg, p, exit{exitUsage, fmt.Errorf("%s: %w", s.opts.Config, err)}
	}
	s.warnOfContact(cfg)
	return cfg, pass{data: cfg.Data, sources: sources, decisions: lines, crawl: cfg.crawlOptions(command), publish: cfg.Publish.options()}, nil
}

// warnOfContact says so where portals would be told nobody's address.
func (s *session) warnOfContact(cfg config) {
	if strings.Contains(cfg.UserAgent, "example.org") && !cfg.AllowPrivate {
		fmt.Fprintf(s.stderr, "crawl: user_agent in %s still names example.org: put your own address there, so that portals can reach you\n", s.opts.Config)
	}
}

// carryOut makes a pass, and tells whom the config says what became of it.
func (s *session) carryOut(cfg config, p pass) error {
	result, err := p.run(s)
	s.tell(cfg.Notify, result, err)
	if err != nil {
		return err
	}
	result.print(s.stdout)
	return errors.Join(result.verdict(), s.measure(cfg.Metrics, result))
}

// crawlOptions are the settings of the config, for a crawl that starts now.
func (c config) crawlOptions(command string) crawler.Options {
	quiet, _ := parseQuiet(c.Quiet) // validated when it was loaded
	return crawler.Options{
		Reconcile: time.Duration(c.Reconcile) * 24 * time.Hour, Quiet: quiet,
		Budget: crawler.Budget{Requests: c.Budget.Requests, Bytes: int64(c.Budget.MB) << 20, Time: c.Budget.Time},
		Run:    uuid.NewString(), Command: command,
		UserAgent: c.UserAgent, Delay: c.Delay, Timeout: c.Timeout, Hosts: c.Hosts,
		MaxBody: int64(c.MaxBodyMB) << 20, Counters: c.Counters, AllowPrivate: c.AllowPrivate,
	}
}

// chosen picks sources by id, all of them when none is named.
func chosen(sources []report.Source, ids []string) ([]report.Source, error) {
	if len(sources) == 0 {
		return nil, fmt.Errorf("no sources: add one below `sources:`")
	}
	if len(ids) == 0 {
		return sources, nil
	}
	var picked []report.Source
	for _, id := range ids {
		i := slices.IndexFunc(sources, func(src report.Source) bool { return src.ID == id })
		if i < 0 {
			return nil, fmt.Errorf("no source %q", id)
		}
		picked = append(picked, sources[i])
	}
	return picked, nil
}

// pass is one run of the main job: crawl, extract, check, publish.
type pass struct {
	data      string
	sources   []report.Source
	decisions []decision
	crawl     crawler.Options
	limit     time.Duration // of the crawl, 0 for none; what is left over goes first the next time
	publish   db.PublishOptions
}

// passed is what a pass did.
type passed struct {
	data      string
	crawled   []crawler.Result
	ingested  ingested
	published db.Published
	below     map[string]*db.Standing // what is published of each source
	counts    db.Counts
	seconds   float64
}

func (p pass) run(s *session) (passed, error) {
	started := time.Now()
	done := passed{data: p.data}
	if err := writable(p.data); err != nil {
		return done, err
	}
	a, err := openArchive(p.data)
	if err != nil {
		return done, err
	}
	line := newLine(s.stderr)
	p.crawl.Log = s.log
	line.sources, line.pace.hosts = len(p.sources), p.crawl.Hosts
	p.crawl.Progress = line.crawl
	ctx := s.ctx
	if p.limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, p.limit)
		defer cancel()
	}
	done.crawled, err = crawler.Crawl(ctx, a, p.sources, p.crawl)
	line.clear()
	if err != nil {
		return done, fmt.Errorf("crawl: %w", err)
	}
	if s.ctx.Err() != nil {
		return done, s.ctx.Err()
	}
	s.step("crawl: everything is archived")
	err = bringUp(s, a, p.data, p.decisions, false, p.publish, &done)
	done.seconds = time.Since(started).Seconds()
	return done, err
}

// bringUp brings work.db up to date with the archive and publishes reports.db.
func bringUp(s *session, a *archive.Archive, data string, lines []decision, all bool, opt db.PublishOptions, done *passed) (err error) {
	unlock, err := lockExtract(data)
	if err != nil {
		return err
	}
	defer func() {
		if e := unlock(); err == nil {
			err = e
		}
	}()
	return bringUpLocked(s, a, data, lines, all, opt, done)
}

func bringUpLocked(s *session, a *archive.Archive, data string, lines []decision, all bool, opt db.PublishOptions, done *passed) (err error) {
	work, err := db.Open(s.ctx, workPath(data), extract.Version)
	if err != nil {
		return err
	}
	defer func() {
		if e := work.Close(); err == nil {
			err = e
		}
	}()
	line := newLine(s.stderr)
	done.ingested, err = ingest(s.ctx, a, work, lines, all, line.extract)
	line.clear()
	s.logBroken(done.ingested.Broken)
	if err != nil {
		return fmt.Errorf("fill %s: %w", workPath(data), err)
	}
	s.step("crawl: everything is extracted")
	done.published, err = work.Publish(s.ctx, reportsPath(data), opt)
	if err != nil {
		return fmt.Errorf("publish %s: %w", reportsPath(data), err)
	}
	s.step("crawl: everything is published")
	if done.counts, err = counts(s, workPath(data)); err != nil {
		return err
	}
	done.below, err = s.below(data)
	return err
}

func counts(s *session, path string) (c db.Counts, err error) {
	r, err := db.OpenReader(s.ctx, path)
	if err != nil {
		return c, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return r.Counts(s.ctx)
}

// below is what the published file says of each source.
func (s *session) below(data string) (all map[string]*db.Standing, err error) {
	r, err := s.openIfThere(reportsPath(data))
	if err != nil || r == nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return r.Standings(s.ctx)
}

// verdict is the exit: an outcome other than ok of any source, a source below its own
// assertions, a publication held back, or a decision that did nothing, is told to
// whoever started us.
func (p passed) verdict() error {
	var faults []string
	for _, r := range p.crawled {
		if r.Outcome != report.OutcomeOK {
			faults = append(faults, fmt.Sprintf("%s: %s", r.Source.ID, words(r.Outcome, r.Detail)))
		}
	}
	for _, k := range p.published.Kept {
		faults = append(faults, k.Source+": below its own assertions, its last good rows stay ("+k.Why+"); look, then crawl publish --accept")
	}
	for _, r := range p.crawled {
		if st := p.below[r.Source.ID]; st != nil && p.published.Held == "" {
			for _, f := range st.Findings {
				if f.Rule == "source_minimum" || f.Rule == "source_years" {
					faults = append(faults, r.Source.ID+": "+f.Note)
				}
			}
		}
	}
	if p.published.Held != "" {
		faults = append(faults, "publication held back, the last good reports.db stays: "+p.published.Held+" (look, then crawl publish --accept)")
	}
	faults = append(faults, p.ingested.brokenFaults()...)
	code := exitSourceFault
	for _, idle := range p.ingested.Idle {
		code = exitUsage // only a person can put it right
		faults = append(faults, idle.Error())
	}
	if len(faults) == 0 {
		return nil
	}
	return exit{code, fmt.Errorf("done, with faults:\n  %s", strings.Join(faults, "\n  "))}
}

func words(outcome report.Outcome, detail string) string {
	if detail == "" {
		return string(outcome)
	}
	return string(outcome) + " (" + detail + ")"
}

// print is the summary of a pass for a reader in a hurry.
func (p passed) print(w io.Writer) {
	var pages, fetched, fresh, requests, failed int
	ok := 0
	for _, r := range p.crawled {
		pages += r.Pages
		fetched += r.Fetched
		fresh += r.New
		requests += r.Requests
		failed += r.Failed
		if r.Outcome == report.OutcomeOK {
			ok++
		}
	}
	fmt.Fprintf(w, "portals      %d walked, %d in order\n", len(p.crawled), ok)
	fmt.Fprintf(w, "listings     %d pages\n", pages)
	fmt.Fprintf(w, "pages        %d fetched, %d of them never seen before, %d failed\n", fetched, fresh, failed)
	fmt.Fprintf(w, "reports      %d found, %d with findings\n", p.counts.Reports, p.counts.WithFindings)
	fmt.Fprintf(w, "requests     %d in %.1f s\n", requests, p.seconds)
	if p.ingested.Rebuilt != "" {
		fmt.Fprintf(w, "rebuilt      work.db: %s\n", p.ingested.Rebuilt)
	}
	p.printPublished(w)
}
