package main

import (
	"fmt"
	"time"

	"crawl/internal/crawler"
)

type backfillCommand struct {
	From   int      `help:"First report year; open if not given." placeholder:"YEAR"`
	To     int      `help:"Last report year; open if not given." placeholder:"YEAR"`
	Source []string `help:"Only this source (may be repeated)." placeholder:"ID"`
}

// Run walks the history. It may be stopped at any point: what is archived is not
// asked for again, and a run that was not ended goes on under its id.
func (c *backfillCommand) Run(s *session) error {
	cfg, p, err := s.prepare("backfill", c.Source)
	if err != nil {
		return err
	}
	if err := c.years(); err != nil {
		return exit{exitUsage, err}
	}
	p.crawl.Backfill = true
	p.crawl.Quiet.Wait = true
	p.crawl.Years = crawler.Years{From: c.From, To: c.To}
	return s.carryOut(cfg, p)
}

// years refuses a range in which no report can lie.
func (c *backfillCommand) years() error {
	const first = 2003 // cities had rules of their own before the regulation of 2007
	last := time.Now().Year()
	for flag, year := range map[string]int{"--from": c.From, "--to": c.To} {
		if year != 0 && (year < first || year > last) {
			return fmt.Errorf("%s %d: report years are %d to %d", flag, year, first, last)
		}
	}
	if c.From != 0 && c.To != 0 && c.From > c.To {
		return fmt.Errorf("--from %d is later than --to %d", c.From, c.To)
	}
	return nil
}
