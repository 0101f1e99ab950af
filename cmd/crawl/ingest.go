package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"crawl/internal/archive"
	"crawl/internal/db"
	"crawl/internal/extract"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// batchRows is how many captures share one transaction: enough to make commits
// cheap, few enough that an interruption loses a second of work.
const batchRows = 200

// ingested counts what an extraction did.
type ingested struct {
	Captures int // taken from the archive
	Reports  int // pages read as reports
	Rejected int // pages that are no report, with a reason in listing_items
	Rebuilt  string
	Lines    int     // of decisions.csv
	Idle     []error // lines that did nothing, and why

	Broken  []brokenPage // could not be read; each cost only itself
	Damaged int          // records of the archive that are damaged, run events included
}

// ingest brings the working database up to date with the archive. Every write is
// idempotent and order does not matter, so what is derived in the end is the same
// whether the archive was read in one go or night by night. Pages whose decisions
// changed are read again.
func ingest(ctx context.Context, a *archive.Archive, work *db.DB, lines []decision, all bool, progress func(done, of int)) (ingested, error) {
	total := ingested{Rebuilt: work.Rebuilt(), Lines: len(lines)}
	rules, err := resolve(a, lines)
	if err != nil {
		return total, fmt.Errorf("match %s with the archive: %w", decisionsFile, err)
	}
	if err := rules.enforce(ctx, work); err != nil {
		return total, err
	}
	ids, err := a.Sources()
	if err != nil {
		return total, fmt.Errorf("list archived sources: %w", err)
	}
	again := map[string]bool{} // sources that hold what another has erased
	for todo := ids; len(todo) > 0; {
		for _, id := range todo {
			n, of, err := ingestSource(ctx, a, work, id, rules, all, progress)
			if err != nil {
				return total, fmt.Errorf("extract source %s: %w", id, err)
			}
			total.Captures += n.Captures
			total.Reports += n.Reports
			total.Rejected += n.Rejected
			total.Broken = append(total.Broken, n.Broken...)
			total.Damaged += n.Damaged
			for _, other := range of {
				again[other] = true
			}
			delete(again, id)
		}
		todo, all = slices.Sorted(maps.Keys(again)), false
	}
	if err := work.Finish(ctx); err != nil {
		return total, fmt.Errorf("derive columns: %w", err)
	}
	total.Idle, err = rules.idle(ctx, work)
	return total, err
}

// write is a step to be done in a transaction, and what it adds to the counts.
type write struct {
	put   func(*db.Tx) error
	count ingested
}

// ingestSource takes in what a source's archive holds beyond done. What was erased from
// it is forgotten first; forgotten are the sources that held it, to be taken in again.
func ingestSource(ctx context.Context, a *archive.Archive, work *db.DB, id string, rules *rulings, all bool, progress func(done, of int)) (sum ingested, forgotten []string, err error) {
	src, err := a.Source(id)
	if err != nil {
		return sum, nil, err
	}
	defer func() { err = errors.Join(err, src.Close()) }()

	listings, err := newListings(src)
	if err != nil {
		return sum, nil, err
	}
	if forgotten, err = work.Forget(ctx, slices.Sorted(maps.Keys(listings.erased))); err != nil {
		return sum, nil, err
	}
	if len(listings.erased) > 0 {
		if err := work.Relocate(ctx, src.Captures()); err != nil {
			return sum, nil, err
		}
	}
	done := map[string]bool{}
	if !all {
		if done, err = work.Done(ctx, id); err != nil {
			return sum, nil, err
		}
	}
	var todo []archive.Capture
	for c, err := range src.Captures() {
		if err != nil {
			return sum, nil, err
		}
		if !done[c.RecordID] {
			todo = append(todo, c)
		}
	}
	lost, err := ingestEvents(ctx, src, work, done)
	if err != nil {
		return sum, nil, err
	}

	group, ctx := errgroup.WithContext(ctx)
	pages := make(chan archived, 8)
	writes := make(chan write, 8)
	group.Go(func() error {
		defer close(pages)
		for _, c := range todo {
			read, err := fromArchive(src, c)
			if err != nil {
				return err
			}
			select {
			case pages <- read:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return nil
	})
	readers, rctx := errgroup.WithContext(ctx)
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() error {
			for page := range pages {
				w, err := page.read(listings, rules)
				if err != nil {
					return err
				}
				select {
				case writes <- w:
				case <-rctx.Done():
					return rctx.Err()
				}
			}
			return nil
		})
	}
	group.Go(func() error {
		defer close(writes)
		return readers.Wait()
	})
	group.Go(func() error {
		n, err := writeAll(ctx, work, writes, len(todo), progress)
		sum = n
		sum.Damaged += lost
		return err
	})
	err = group.Wait()
	return sum, forgotten, err
}

// ingestEvents takes the run events and counts those whose records are damaged.
func ingestEvents(ctx context.Context, src *archive.Source, work *db.DB, done map[string]bool) (lost int, err error) {
	err = work.Write(ctx, func(tx *db.Tx) error {
		for e, err := range src.Events() {
			if _, ok := errors.AsType[*unreadable](damaged(err)); err != nil && ok {
				lost++
				continue
			}
			if err != nil {
				return err
			}
			if done[e.RecordID] {
				continue
			}
			if err := tx.PutEvent(e); err != nil {
				return fmt.Errorf("run event %s at %s:%d: %w", e.Kind, e.File, e.Offset, err)
			}
		}
		return nil
	})
	return lost, err
}

// writeAll drains writes in batches, one transaction each.
func writeAll(ctx context.Context, work *db.DB, writes <-chan write, of int, progress func(done, of int)) (sum ingested, err error) {
	for open := true; open; {
		err := work.Write(ctx, func(tx *db.Tx) error {
			for range batchRows {
				w, ok := <-writes
				if !ok {
					open = false
					return nil
				}
				if err := w.put(tx); err != nil {
					return err
				}
				sum.Captures++
				sum.Reports += w.count.Reports
				sum.Rejected += w.count.Rejected
				sum.Broken = append(sum.Broken, w.count.Broken...)
				sum.Damaged += w.count.Damaged
			}
			return nil
		})
		if err != nil {
			return sum, err
		}
		if progress != nil {
			progress(sum.Captures, of)
		}
	}
	return sum, nil
}

// readCapture turns one capture into the rows it means. Extraction faults are
// data (a reason, a finding); an error here is a fault of ours or of the disk.
func readCapture(ex *archive.Exchange, l *listings, rules *rulings) (write, error) {
	capture := ex.Capture
	keep := write{put: func(tx *db.Tx) error { return tx.PutCapture(capture) }}
	// A source that was being crawled during the erasure may hold the page all the same.
	if ex.Why.Kind == archive.KindPage && (capture.Outcome == archive.OutcomeErased || rules.erased[capture.URL]) {
		item, err := l.itemOf(capture)
		return rejected(capture, item, db.ReasonErased, func(tx *db.Tx) error { return rules.put(tx, capture, nil, "") }), err
	}
	if !capture.OK() {
		return keep, nil
	}
	switch ex.Why.Kind {
	case archive.KindList:
		return readList(ex, l)
	case archive.KindPage:
		return readPage(ex, l, rules)
	case archive.KindViews:
		if l.erased[ex.Why.Of] || rules.erased[ex.Why.Of] {
			return keep, nil
		}
		return readViews(ex, rules)
	}
	return keep, nil
}

func readList(ex *archive.Exchange, l *listings) (write, error) {
	capture := ex.Capture
	items, err := l.items(ex)
	if err != nil {
		return write{}, err
	}
	return write{put: func(tx *db.Tx) error {
		for _, it := range items {
			if err := tx.PutItem(it); err != nil {
				return err
			}
		}
		return tx.PutCapture(capture)
	}}, nil
}

func readPage(ex *archive.Exchange, l *listings, rules *rulings) (write, error) {
	capture := ex.Capture
	if rules.withheld(capture.URL) {
		return write{count: ingested{Rejected: 1}, put: func(tx *db.Tx) error {
			return errors.Join(tx.PutCapture(capture), rules.put(tx, capture, nil, ""))
		}}, nil
	}
	item, err := l.itemOf(capture)
	if err != nil {
		return write{}, err
	}
	if rules.notReport(capture.URL) {
		return rejected(capture, item, "decided by hand", func(tx *db.Tx) error { return rules.put(tx, capture, nil, "") }), nil
	}
	item.hint.Decided = rules.decided(capture.URL)
	r, err := extract.Extract(ex, item.hint)
	var no *extract.NotReport
	if errors.As(err, &no) || err == nil && r.FormT2+r.FormT3+r.FormT4+r.FormStatistics == "" {
		err = cmp.Or(holdsNothing(ex), err)
	}
	switch {
	case errors.As(err, &no):
		return rejected(capture, item, no.Reason, func(tx *db.Tx) error { return rules.put(tx, capture, nil, no.Reason) }), nil
	case err != nil:
		return write{}, fmt.Errorf("extract %s: %w", capture.URL, err)
	}
	return write{count: ingested{Reports: 1}, put: func(tx *db.Tx) error {
		return errors.Join(putReport(tx, capture, r), rules.put(tx, capture, r, ""))
	}}, nil
}

// holdsNothing says of a page without a report's tables, which may give it as a picture or
// a file, if the portal says instead that it cannot be had: below such words stand
// pictures and links to files as well.
func holdsNothing(ex *archive.Exchange) error {
	p, err := portal.Read(ex)
	if err != nil { // why, Extract has said
		return nil
	}
	if name, evidence := portal.Refusal(p); name != "" {
		return &extract.NotReport{Reason: fmt.Sprintf("refused: %s (%s)", name, evidence)}
	}
	if kind, evidence := portal.Hollow(p); kind != "" {
		return &extract.NotReport{Reason: fmt.Sprintf("%s (%s)", kind, evidence)}
	}
	return nil
}

// rejected is a page that is no report, for a reason.
func rejected(c archive.Capture, item listed, reason string, ruled func(*db.Tx) error) write {
	return write{count: ingested{Rejected: 1}, put: func(tx *db.Tx) error {
		return errors.Join(tx.PutNotReport(c.Source, item.url, c.RecordID, reason, c.At), tx.PutCapture(c), ruled(tx))
	}}
}

func putReport(tx *db.Tx, capture archive.Capture, r *report.Report) error {
	if err := tx.PutCapture(capture); err != nil {
		return err
	}
	if err := tx.PutReport(r); err != nil {
		return err
	}
	if r.Views == nil {
		return nil
	}
	return tx.PutView(r.URL, capture.At, *r.Views, string(report.ViewsInline), capture.RecordID)
}

// readViews takes a counter's answer. An answer that is no number is kept as a
// failed reading, never as zero.
func readViews(ex *archive.Exchange, rules *rulings) (write, error) {
	capture := ex.Capture
	n, err := countOf(ex)
	return write{put: func(tx *db.Tx) error {
		if putErr := tx.PutCapture(capture); putErr != nil || err != nil || rules.withheld(capture.Why.Of) {
			return putErr
		}
		return tx.PutView(capture.Why.Of, capture.At, n, string(report.ViewsCounter), capture.RecordID)
	}}, nil
}

func countOf(ex *archive.Exchange) (int64, error) {
	p, err := portal.Read(ex)
	if err != nil {
		return 0, err
	}
	return portal.Count(p)
}
