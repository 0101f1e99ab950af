package main

import "fmt"

type extractCommand struct {
	All bool `help:"Read the whole archive again, not only what is new."`
}

// Run reads the archive into the database; no request leaves the machine.
func (c *extractCommand) Run(s *session) error {
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
	opt, err := s.publishOptions()
	if err != nil {
		return err
	}
	done := passed{data: data}
	if err := bringUp(s, a, data, lines, c.All, opt, &done); err != nil {
		return err
	}
	if done.ingested.Rebuilt != "" {
		fmt.Fprintf(s.stdout, "work.db was built anew: %s\n", done.ingested.Rebuilt)
	}
	fmt.Fprintf(s.stdout, "captures     %d read: %d reports, %d pages that are none\n",
		done.ingested.Captures, done.ingested.Reports, done.ingested.Rejected)
	fmt.Fprintf(s.stdout, "reports      %d in the database, %d with findings\n", done.counts.Reports, done.counts.WithFindings)
	done.printPublished(s.stdout)
	return done.verdict()
}
