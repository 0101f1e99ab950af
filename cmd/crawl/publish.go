package main

import (
	"fmt"
	"io"

	"crawl/internal/db"
	"crawl/internal/extract"
)

type publishCommand struct {
	Accept bool `help:"Publish what an assertion holds back, about the whole or about a source."`
}

// Run writes reports.db from work.db as it stands.
func (c *publishCommand) Run(s *session) error {
	data, err := s.data()
	if err != nil {
		return err
	}
	unlock, err := lockExtract(data)
	if err != nil {
		return err
	}
	defer func() { _ = unlock() }()
	work, err := db.Open(s.ctx, workPath(data), extract.Version)
	if err != nil {
		return err
	}
	defer func() { _ = work.Close() }()
	if why := work.Rebuilt(); why != "" {
		return fmt.Errorf("%s is empty (%s): run crawl extract first", workPath(data), why)
	}
	opt, err := s.publishOptions()
	if err != nil {
		return err
	}
	opt.Accept = c.Accept
	done := passed{data: data}
	if done.published, err = work.Publish(s.ctx, reportsPath(data), opt); err != nil {
		return fmt.Errorf("publish %s: %w", reportsPath(data), err)
	}
	done.printPublished(s.stdout)
	return done.verdict()
}

func (p passed) printPublished(w io.Writer) {
	if n := p.ingested; n.Lines > 0 {
		fmt.Fprintf(w, "decisions    %d lines, %d of them did nothing\n", n.Lines, len(n.Idle))
	}
	switch {
	case p.published.Held != "":
		fmt.Fprintf(w, "data         %s (held back, the last good one stays)\n", reportsPath(p.data))
	case p.published.Changed:
		fmt.Fprintf(w, "data         %s (published)\n", reportsPath(p.data))
	default:
		fmt.Fprintf(w, "data         %s (nothing changed)\n", reportsPath(p.data))
	}
	fmt.Fprintf(w, "             %s\n", archivePath(p.data))
}
