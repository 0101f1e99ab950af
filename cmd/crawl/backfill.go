package main

import (
	"errors"
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
	cfg, sources, err := s.config()
	if err != nil {
		return err
	}
	lines, err := s.decisions()
	if err != nil {
		return err
	}
	if sources, err = chosen(sources, c.Source); err != nil {
		return exit{exitUsage, fmt.Errorf("%s: %w", s.opts.Config, err)}
	}
	if err := c.years(); err != nil {
		return exit{exitUsage, err}
	}
	p := pass{data: cfg.Data, sources: sources, decisions: lines, crawl: cfg.crawlOptions("backfill"), publish: cfg.Publish.options()}
	p.crawl.Backfill = true
	p.crawl.Quiet.Wait = true
	p.crawl.Years = crawler.Years{From: c.From, To: c.To}
	result, err := p.run(s)
	s.tell(cfg.Notify, result, err)
	if err != nil {
		return err
	}
	result.print(s.stdout)
	return errors.Join(result.verdict(), s.measure(cfg.Metrics, result))
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
