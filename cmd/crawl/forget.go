package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"crawl/internal/archive"
	"crawl/internal/crawler"
	"crawl/internal/db"
	"crawl/internal/extract"
)

type forgetCommand struct {
	URL string `arg:"" help:"Address of the page, as in reports.url or listing_items.url."`
	Why string `required:"" help:"The reason; it stays in the archive in place of the page." placeholder:"TEXT"`
	Yes bool   `help:"Erase. Without it, forget only says what it would erase."`
}

// Run erases a page from the archive and from the databases. What it does cannot be
// undone here; copies elsewhere, backups too, are not its business.
func (c *forgetCommand) Run(s *session) error {
	data, err := s.data()
	if err != nil {
		return err
	}
	lines, err := s.decisions()
	if err != nil {
		return err
	}
	a, err := openArchive(data)
	if err != nil {
		return err
	}
	plan, err := planErasure(a, crawler.Canonical(c.URL))
	if err != nil {
		return exit{exitUsage, err}
	}
	plan.print(s)
	if strings.TrimSpace(c.Why) == "" {
		return exit{exitUsage, errors.New("--why is empty: say why the page is erased")}
	}
	if !c.Yes {
		return exit{exitUsage, errors.New("nothing was erased; this cannot be undone: repeat with --yes")}
	}
	unlock, err := lockExtract(data) // nobody reads the archive into a database meanwhile
	if err != nil {
		return err
	}
	defer func() { _ = unlock() }()
	if err := plan.carryOut(s, a, c.Why); err != nil {
		return err
	}
	opt, err := s.publishOptions()
	if err != nil {
		return err
	}
	done := passed{data: data}
	if err := bringUpLocked(s, a, data, lines, false, opt, &done); err != nil {
		return fmt.Errorf("erased from the archive; the databases still hold the page, crawl extract brings them up: %w", err)
	}
	if err := compact(s, data); err != nil {
		return err
	}
	done.printPublished(s.stdout)
	return done.verdict()
}

// erasure is what is to be erased: of each source, the captures of the page.
type erasure struct {
	of   map[string][]archive.Capture
	kept []string // redirect targets that other pages lead to as well
}

// planErasure finds the captures of a page in all sources: under its address, under
// those its redirects led to, and the files that were fetched for it.
func planErasure(a *archive.Archive, url string) (*erasure, error) {
	plan := &erasure{of: map[string][]archive.Capture{}}
	ids, err := a.Sources()
	if err != nil {
		return nil, fmt.Errorf("list archived sources: %w", err)
	}
	for _, id := range ids {
		if err := plan.source(a, id, url); err != nil {
			return nil, err
		}
	}
	if len(plan.of) == 0 {
		return nil, fmt.Errorf("the archive holds no page %s (it must be the address in reports.url or listing_items.url)", url)
	}
	return plan, nil
}

func (p *erasure) source(a *archive.Archive, id, url string) (err error) {
	src, err := a.Source(id)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, src.Close()) }()
	var all []archive.Capture
	to, from := map[string][]string{}, map[string][]string{}
	for c, err := range src.Captures() {
		if err != nil {
			return fmt.Errorf("captures of source %s: %w", id, err)
		}
		at := crawler.Canonical(c.URL)
		if at == url && (c.Why.Kind == archive.KindList || c.Why.Kind == archive.KindRobots) {
			return fmt.Errorf("%s is fetched as %s of source %s: without it the source cannot be crawled, take the source out of the config instead", url, c.Why.Kind, id)
		}
		if c.Why.Kind != archive.KindPage && c.Why.Kind != archive.KindFile && at != url {
			continue
		}
		all = append(all, c)
		if target := crawler.Canonical(c.Location); c.Location != "" && target != at {
			to[at] = append(to[at], target)
			from[target] = append(from[target], at)
		}
	}
	about := p.pages(to, from, url)
	for _, c := range all { // attachments
		if c.Why.Kind == archive.KindFile && about[crawler.Canonical(c.Why.Of)] {
			about[crawler.Canonical(c.URL)] = true
		}
	}
	for _, c := range all {
		if about[crawler.Canonical(c.URL)] {
			p.of[id] = append(p.of[id], c)
		}
	}
	return nil
}

// pages are the page and what its redirects led to. A target that other pages lead to
// as well, such as a portal's page for what is gone, is not this page.
func (p *erasure) pages(to, from map[string][]string, url string) map[string]bool {
	about := map[string]bool{url: true}
	for _, target := range reach(to, url) {
		mine := !slices.ContainsFunc(from[target], func(asked string) bool {
			return asked != url && !slices.Contains(reach(to, url), asked)
		})
		if mine {
			about[target] = true
		} else if !slices.Contains(p.kept, target) {
			p.kept = append(p.kept, target)
		}
	}
	return about
}

func (p *erasure) print(s *session) {
	for _, id := range slices.Sorted(maps.Keys(p.of)) {
		for _, c := range p.of[id] {
			fmt.Fprintf(s.stdout, "%s  %s  %-6s %s (%s)\n", id, c.At.Format("2006-01-02T15:04:05Z"), c.Outcome, c.URL, c.File)
		}
	}
	for _, target := range p.kept {
		fmt.Fprintf(s.stdout, "kept: %s, other pages redirect there too; to erase it, name it\n", target)
	}
}

// carryOut takes the locks of all the sources before it erases from the first, and has
// every source of the archive forbidden the addresses before any byte is gone: another
// one may list the page and not have fetched it yet.
func (p *erasure) carryOut(s *session, a *archive.Archive, why string) (err error) {
	writers := map[string]*archive.Writer{}
	defer func() {
		for _, w := range writers {
			err = errors.Join(err, w.Close())
		}
	}()
	for id := range p.of {
		w, err := a.Writer(id)
		if errors.Is(err, archive.ErrBusy) {
			return fmt.Errorf("source %s is being crawled: nothing was erased, try again when that has ended: %w", id, err)
		}
		if err != nil {
			return err
		}
		writers[id] = w
	}
	of, all := map[string][]string{}, []string{}
	for id, captures := range p.of {
		for _, c := range captures {
			of[id] = append(of[id], c.URL)
		}
		slices.Sort(of[id])
		of[id] = slices.Compact(of[id])
		all = append(all, of[id]...)
	}
	slices.Sort(all)
	if err := a.PutErasures(why, slices.Compact(all)...); err != nil {
		return err
	}
	erased := 0
	for id, urls := range of {
		n, err := writers[id].Erase(why, urls...)
		if err != nil {
			return err
		}
		erased += n
	}
	fmt.Fprintf(s.stdout, "%d captures erased\n", erased)
	return nil
}

// compact frees work.db of the bytes of what was deleted from it; reports.db is written
// whole each time.
func compact(s *session, data string) (err error) {
	work, err := db.Open(s.ctx, workPath(data), extract.Version)
	if err != nil {
		return fmt.Errorf("open %s: %w", workPath(data), err)
	}
	defer func() { err = errors.Join(err, work.Close()) }()
	return work.Compact(s.ctx)
}
