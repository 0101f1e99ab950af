package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"

	"go.uber.org/zap"

	"crawl/internal/archive"
	"crawl/internal/db"
)

// unreadable is the fault of one archived record: its bytes, its markup, or a reader
// that broke over them. It costs that record and nothing else.
type unreadable struct {
	err   error
	stack []byte // of a reader's panic, which is our own fault; nil for none
}

func (u *unreadable) Error() string { return u.err.Error() }
func (u *unreadable) Unwrap() error { return u.err }

// caught turns a panic over a page into the page's fault; deferred by whoever reads one.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = &unreadable{err: fmt.Errorf("the reader broke: %v", p), stack: debug.Stack()}
	}
}

// damaged makes a fault of the record of an error in reading it from the archive, if
// the disk itself answered: errors of files are path errors.
func damaged(err error) error {
	if _, disk := errors.AsType[*fs.PathError](err); disk || errors.Is(err, context.Canceled) {
		return err
	}
	return &unreadable{err: err}
}

// archived is a capture as the archive gave it: with its bytes, or damaged.
type archived struct {
	capture archive.Capture
	ex      *archive.Exchange
	fault   *unreadable
}

func fromArchive(src *archive.Source, c archive.Capture) (archived, error) {
	ex, err := src.Read(c)
	if err == nil {
		return archived{c, ex, nil}, nil
	}
	err = damaged(fmt.Errorf("%s at %d: %w", c.File, c.Offset, err))
	fault, ok := errors.AsType[*unreadable](err)
	if !ok {
		return archived{}, fmt.Errorf("read %s: %w", c.URL, err)
	}
	return archived{c, nil, fault}, nil
}

// read is readCapture for pages nobody has seen: whatever one of them does to its reader
// is a reason at that page. A damaged record is not noted as done, so that it is read
// once a backup has been restored.
func (a archived) read(l *listings, rules *rulings) (write, error) {
	broken := brokenPage{a.capture, a.fault}
	if a.fault != nil {
		return write{
			count: ingested{Broken: []brokenPage{broken}, Damaged: 1},
			put:   func(*db.Tx) error { return nil },
		}, nil
	}
	w, err := func() (w write, err error) {
		defer caught(&err)
		return readCapture(a.ex, l, rules)
	}()
	if broken.fault, _ = errors.AsType[*unreadable](err); broken.fault == nil {
		return w, err
	}
	c := a.capture
	return write{count: ingested{Rejected: 1, Broken: []brokenPage{broken}}, put: func(tx *db.Tx) error {
		return errors.Join(tx.PutNotReport(c.Source, c.URL, c.RecordID, "it cannot be read: "+broken.fault.Error(), c.At), tx.PutCapture(c))
	}}, nil
}

// brokenPage is a capture that could not be read, and why.
type brokenPage struct {
	capture archive.Capture
	fault   *unreadable
}

// logBroken names every page that could not be read; a reader's panic with its stack.
func (s *session) logBroken(pages []brokenPage) {
	for _, b := range pages {
		detail := fmt.Sprintf("record %s in %s at %d: %v", b.capture.RecordID, b.capture.File, b.capture.Offset, b.fault.err)
		if b.fault.stack != nil {
			detail += "\n" + string(b.fault.stack)
		}
		s.log.Error("page cannot be read", zap.String("source", b.capture.Source), zap.String("url", b.capture.URL), zap.String("detail", detail))
	}
}

// brokenFaults are what whoever started us must hear of: damage, and faults of our own
// readers. A page whose bytes are no page is data.
func (n ingested) brokenFaults() (faults []string) {
	if n.Damaged > 0 {
		faults = append(faults, fmt.Sprintf("%d archived records are damaged and were left out: crawl verify names them, restore their files from a backup", n.Damaged))
	}
	for _, b := range n.Broken {
		if b.fault.stack != nil {
			faults = append(faults, fmt.Sprintf("%s: %v (a fault of crawl; the page is kept and read again by the next version)", b.capture.URL, b.fault))
		}
	}
	return faults
}
