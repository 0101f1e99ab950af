package archive

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// Fault is one thing that Verify found wrong.
type Fault struct {
	Source   string
	File     string // "" if the fault is not in one file
	Offset   int64  // of the record's gzip member
	RecordID string
	URL      string
	Problem  string
}

// Summary counts what Verify read.
type Summary struct {
	Sources, Files, Records, Responses, Revisits int
	Erased                                       int   // exchanges of which stubs are left
	Bytes                                        int64 // of the files
	Faults                                       int
}

// Verify reads every record of one source, or of all if source is "", and reports
// each fault: damage, wrong lengths and digests, record ids used twice, references
// to records that are not there, bytes of what was erased, and an index that says
// otherwise. The error is of
// the reading itself, or that of ctx. It changes nothing and may run beside writers.
func (a *Archive) Verify(ctx context.Context, source string, report func(Fault)) (Summary, error) {
	ids := []string{source}
	if source == "" {
		var err error
		if ids, err = a.Sources(); err != nil {
			return Summary{}, fmt.Errorf("verify: %w", err)
		}
	} else if err := checkSourceID(source); err != nil {
		return Summary{}, fmt.Errorf("verify: %w", err)
	}
	list, err := a.Erasures()
	if err != nil {
		return Summary{}, fmt.Errorf("verify: %w", err)
	}
	erased := make(map[string]bool, len(list))
	for _, e := range list {
		erased[e.URL] = true
	}
	var sum Summary
	for _, id := range ids {
		v := &verifier{archive: a, source: id, dir: a.sourceDir(id), sum: &sum, report: report, fresh: newIndex(), erased: erased}
		if err := v.run(ctx); err != nil {
			return sum, fmt.Errorf("verify source %s: %w", id, err)
		}
	}
	return sum, nil
}

// verifier is Verify for one source.
type verifier struct {
	archive *Archive
	source  string
	dir     string
	sum     *Summary
	report  func(Fault)

	old      *index                // of index.cdxj, nil if there is none that can be read
	fresh    *index                // made anew
	erased   map[string]bool       // addresses, from any source
	ids      map[string]recordSeen // those of a source: more would not fit a large archive
	promises []promise
}

func (v *verifier) fault(f Fault) {
	f.Source = v.source
	v.sum.Faults++
	if v.report != nil {
		v.report(f)
	}
}

func (v *verifier) run(ctx context.Context) error {
	// The index comes before the list of files and their sizes: a writer beside us
	// only ever adds to what an older index says.
	b, err := os.ReadFile(filepath.Join(v.dir, indexName))
	if err == nil {
		if v.old, err = parseIndex(b, v.source); err != nil {
			v.fault(Fault{File: indexName, Problem: err.Error()})
		}
	} else if !errors.Is(err, os.ErrNotExist) {
		return err
	}
	files, err := listFiles(v.dir, v.source)
	if err != nil {
		return err
	}
	v.sum.Sources++
	v.ids = map[string]recordSeen{}
	for i, name := range files {
		if err := v.file(ctx, name, i == len(files)-1); err != nil {
			return err
		}
	}
	v.checkPromises()
	v.fresh.sort(files)
	v.compareIndex(files)
	return nil
}

func (v *verifier) file(ctx context.Context, name string, newest bool) error {
	f, err := os.Open(filepath.Join(v.dir, name))
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	v.sum.Files++
	v.sum.Bytes += info.Size()
	if err := v.checkSum(f, name, info.Size()); err != nil {
		return err
	}
	return v.records(ctx, f, name, info.Size(), newest)
}

func (v *verifier) records(ctx context.Context, f *os.File, name string, size int64, newest bool) error {
	r := newRecordReader(f, 0, size)
	defer r.release()
	g := grouper{source: v.source, file: name}
	var whole int64 // end of the last whole exchange
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			damage := r.pos
			more, resyncErr := r.resync()
			if resyncErr != nil {
				return resyncErr
			}
			if !more {
				break
			}
			g.forget()
			v.fault(Fault{File: name, Offset: damage, Problem: err.Error()})
			continue
		}
		v.record(name, rec)
		if v.enter(&g, name, rec) {
			whole = rec.end
		}
	}
	if whole < size {
		v.tail(name, whole, size, newest)
	}
	return nil
}

// tail reports what a file ends in that is no whole exchange, unless it is one that
// is being written just now.
func (v *verifier) tail(name string, whole, size int64, newest bool) {
	v.promises = slices.DeleteFunc(v.promises, func(p promise) bool {
		return p.from.File == name && p.from.Offset >= whole
	})
	problem := fmt.Sprintf("the last %d bytes are no whole exchange", size-whole)
	if newest {
		unlock, err := v.archive.lock("source", v.source)
		if errors.Is(err, ErrBusy) {
			return
		}
		if err == nil {
			_ = unlock() // closing the file drops the lock in any case
		}
		problem += "; the next writer cuts them off"
	}
	v.fault(Fault{File: name, Offset: whole, Problem: problem})
}

// enter puts the record into the fresh index and says whether an exchange ends with
// it.
func (v *verifier) enter(g *grouper, name string, rec *inRecord) bool {
	c, ev, whole, err := g.add(rec)
	if err != nil {
		v.fault(Fault{File: name, Offset: rec.offset, RecordID: rec.id(), URL: rec.get("WARC-Target-URI"), Problem: err.Error()})
		return true
	}
	if c != nil {
		v.fresh.addCapture(*c)
		switch {
		case c.Outcome == OutcomeErased:
			v.sum.Erased++
		case c.Outcome == OutcomeOK && v.erased[c.URL]:
			v.fault(Fault{File: name, Offset: rec.offset, RecordID: rec.id(), URL: c.URL, Problem: "holds what was erased: crawl forget erases it here too"})
		}
	}
	if ev != nil {
		v.fresh.addEvent(*ev)
	}
	return whole
}

// checkSum holds the file's bytes against their sum in the index: the one check that
// sees a change which alters no record, in the slack of the compressed form.
func (v *verifier) checkSum(f *os.File, name string, size int64) error {
	if v.old == nil {
		return nil
	}
	for _, c := range v.old.files {
		if c.Name != name {
			continue
		}
		sum := crc32.New(castagnoli)
		if _, err := io.Copy(sum, io.NewSectionReader(f, 0, c.Size)); err != nil {
			return err
		}
		if size < c.Size {
			v.fault(Fault{File: name, Problem: fmt.Sprintf("%d bytes, the index covers %d", size, c.Size)})
		} else if sum.Sum32() != c.CRC32C {
			v.fault(Fault{File: name, Problem: "bytes differ from their sum in the index"})
		}
	}
	return nil
}
