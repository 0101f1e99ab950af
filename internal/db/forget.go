package db

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"crawl/internal/archive"
)

// ReasonErased is the reason, for PutNotReport, of a page that was erased from the
// archive. Its listing item then says no more than that.
const ReasonErased = "erased"

// Forget removes what was read of pages that the archive has erased since, unless
// that is done already. It returns the sources whose captures of them it removed too:
// Done no longer names these, and they are to be taken again.
func (d *DB) Forget(ctx context.Context, urls []string) (sources []string, err error) {
	if len(urls) == 0 {
		return nil, nil
	}
	err = d.Write(ctx, func(t *Tx) error {
		for _, url := range urls {
			of, err := t.sourcesHolding(url)
			if err != nil {
				return fmt.Errorf("forget %s: %w", url, err)
			}
			if len(of) == 0 {
				continue
			}
			if err := t.forgetReadings(url); err != nil {
				return fmt.Errorf("forget %s: %w", url, err)
			}
			sources = append(sources, of...)
		}
		return nil
	})
	slices.Sort(sources)
	return slices.Compact(sources), err
}

// sourcesHolding are the sources with a capture of the page that is not erased.
func (t *Tx) sourcesHolding(url string) (sources []string, err error) {
	rows, err := t.tx.QueryContext(t.ctx, "SELECT DISTINCT source FROM captures WHERE url = ? AND outcome <> 'erased'", url)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var source string
		if err := rows.Scan(&source); err != nil {
			return nil, err
		}
		sources = append(sources, source)
	}
	return sources, rows.Err()
}

// Relocate takes the places that captures have in their files, where those of a source
// were rewritten. Captures that were never taken are left out.
func (d *DB) Relocate(ctx context.Context, captures iter.Seq2[archive.Capture, error]) error {
	return d.Write(ctx, func(t *Tx) error {
		for c, err := range captures {
			if err != nil {
				return err
			}
			const step = "UPDATE captures SET file = ?2, offset = ?3 WHERE record_id = ?1 AND (file, offset) IS NOT (?2, ?3)"
			if err := t.exec(step, c.RecordID, c.File, c.Offset); err != nil {
				return fmt.Errorf("place of capture %s: %w", c.RecordID, err)
			}
		}
		return nil
	})
}

// Compact writes the file anew without what was removed from it: SQLite leaves the
// bytes of deleted rows where they were. It takes as long as copying the file.
func (d *DB) Compact(ctx context.Context) error {
	d.writing.Lock()
	defer d.writing.Unlock()
	for _, step := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := d.writer.ExecContext(ctx, step); err != nil {
			return fmt.Errorf("compact %s: %s: %w", d.path, step, err)
		}
	}
	return nil
}
