package main

import (
	"fmt"

	"crawl/internal/archive"
)

type verifyCommand struct {
	Source string `help:"Only this source." placeholder:"ID"`
}

// Run reads the whole archive and compares it with its own digests.
func (c *verifyCommand) Run(s *session) error {
	data, err := s.data()
	if err != nil {
		return err
	}
	a, err := openArchive(data)
	if err != nil {
		return err
	}
	sum, err := a.Verify(s.ctx, c.Source, func(f archive.Fault) {
		fmt.Fprintf(s.stdout, "%s/%s at %d: %s %s: %s\n", f.Source, f.File, f.Offset, f.RecordID, f.URL, f.Problem)
	})
	if err != nil {
		return fmt.Errorf("verify %s: %w", archivePath(data), err)
	}
	if sum.Files == 0 {
		return fmt.Errorf("%s holds no WARC file: nothing to verify", archivePath(data))
	}
	erased := ""
	if sum.Erased > 0 {
		erased = fmt.Sprintf(", %d erased", sum.Erased)
	}
	fmt.Fprintf(s.stdout, "%d sources, %d files, %d records (%d responses, %d revisits%s), %.1f MB: %d faults\n",
		sum.Sources, sum.Files, sum.Records, sum.Responses, sum.Revisits, erased, float64(sum.Bytes)/1e6, sum.Faults)
	if sum.Faults > 0 {
		return exit{exitSourceFault, fmt.Errorf("%d records do not match their digests: restore the files named above from a backup", sum.Faults)}
	}
	return nil
}
