package archive

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// grouper puts the records of a file together to exchanges. Records are fed in the
// order they stand in the file.
type grouper struct {
	source  string
	file    string
	pending *exchangeMeta // of the answer that comes next
	expects string        // that answer's record id
}

// add takes a record and returns what it completes: a capture, an event, or
// nothing. whole says that no exchange is left half read behind the record.
func (g *grouper) add(rec *inRecord) (c *entry, ev *Event, whole bool, err error) {
	switch rec.kind() {
	case typeRequest:
		g.forget()
		return nil, nil, false, nil
	case typeMetadata:
		return g.metadata(rec)
	case typeResponse, typeRevisit:
		c, err := g.answer(rec)
		g.forget()
		return c, nil, err == nil, err
	}
	g.forget()
	return nil, nil, true, nil
}

// forget drops a half-read exchange, as after damage.
func (g *grouper) forget() { g.pending, g.expects = nil, "" }

func (g *grouper) metadata(rec *inRecord) (*entry, *Event, bool, error) {
	doc, err := parseMetadata(rec.block)
	if err == nil && doc.Erased != nil { // in place of an answer
		c, err := g.answer(rec)
		g.forget()
		return c, nil, err == nil, err
	}
	g.forget()
	if err != nil {
		return nil, nil, false, err
	}
	at, err := rec.at()
	if err != nil {
		return nil, nil, false, err
	}
	if doc.Exchange == nil {
		return nil, &Event{
			RecordID: rec.id(), Source: g.source, Kind: doc.Event, At: at, Data: doc.Data, File: g.file, Offset: rec.offset,
		}, true, nil
	}
	if answer := rec.get("WARC-Concurrent-To"); answer != "" {
		g.pending, g.expects = doc.Exchange, unbracketed(answer)
		return nil, nil, false, nil
	}
	c := entry{doc.Exchange.capture(g.source, rec.id(), rec.get("WARC-Target-URI"), at), rec.end - rec.offset}
	c.File, c.Offset = g.file, rec.offset
	return &c, nil, true, nil
}

// answer makes the capture of a response or revisit. An answer whose metadata is
// lost to damage is not indexed: what it was asked for, and how, is not known.
func (g *grouper) answer(rec *inRecord) (*entry, error) {
	if g.pending == nil || g.expects != rec.id() {
		return nil, fmt.Errorf("%s %s without its metadata record", rec.kind(), rec.id())
	}
	at, err := rec.at()
	if err != nil {
		return nil, err
	}
	c := entry{g.pending.capture(g.source, rec.id(), rec.get("WARC-Target-URI"), at), rec.end - rec.offset}
	c.SHA256 = rec.payloadSHA256()
	c.RefersTo = unbracketed(rec.get("WARC-Refers-To"))
	c.File, c.Offset = g.file, rec.offset
	return &c, nil
}

// scanned is what the scan of a file found beyond its captures and events.
type scanned struct {
	whole  int64   // end of the last whole exchange
	size   int64   // of the file
	faults []error // damage with whole records behind it
}

// torn says whether the file ends in a record or exchange that is not whole.
func (s scanned) torn() bool { return s.whole < s.size }

// scan reads the file from what x covers of it to its end and adds what it finds.
func (x *index) scan(dir, source, name string) (scanned, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return scanned{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return scanned{}, err
	}
	cov := x.covered(name)
	found := scanned{whole: cov.Size, size: info.Size()}
	r := newRecordReader(f, cov.Size, found.size)
	defer r.release()
	g := grouper{source: source, file: name}
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			more, resyncErr := r.resync()
			if resyncErr != nil {
				return scanned{}, resyncErr
			}
			if !more {
				break
			}
			g.forget()
			found.faults = append(found.faults, err)
			continue
		}
		c, ev, whole, err := g.add(rec)
		if err != nil {
			found.faults = append(found.faults, fmt.Errorf("at %d: %w", rec.offset, err))
			whole = true // damage of the past, nothing to be cut
		}
		if c != nil {
			x.addCapture(*c)
		}
		if ev != nil {
			x.addEvent(*ev)
		}
		if whole {
			found.whole = rec.end
		}
	}
	return found, cov.extend(f, found.whole)
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// extend moves the coverage to size, reading the bytes in between.
func (c *coverage) extend(f io.ReaderAt, size int64) error {
	sum := crcWriter{c.CRC32C}
	if _, err := io.Copy(&sum, io.NewSectionReader(f, c.Size, size-c.Size)); err != nil {
		return fmt.Errorf("sum %s: %w", c.Name, err)
	}
	tail, err := tailAt(f, size)
	if err != nil {
		return fmt.Errorf("sum %s: %w", c.Name, err)
	}
	c.CRC32C, c.Size, c.Tail = sum.crc, size, tail
	return nil
}

type crcWriter struct{ crc uint32 }

func (w *crcWriter) Write(p []byte) (int, error) {
	w.crc = crc32.Update(w.crc, castagnoli, p)
	return len(p), nil
}

// tailSize is the size of a gzip member's trailer.
const tailSize = 8

func tailAt(f io.ReaderAt, size int64) (string, error) {
	var b [tailSize]byte
	n := min(size, tailSize)
	if _, err := f.ReadAt(b[:n], size-n); err != nil {
		return "", err
	}
	return tailOf(b[:n]), nil
}

func tailOf(b []byte) string {
	return strings.ToLower(fmt.Sprintf("%x", b[max(0, len(b)-tailSize):]))
}
