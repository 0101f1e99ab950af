package archive

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Writer is a source opened for writing; there is one at a time. It may be used by
// several goroutines. What it writes is seen at once through its Source.
type Writer struct {
	*Source
	repaired string
	unlock   func() error
	fileSize int64
	erasures map[string]bool // addresses erased from any source of the archive

	write  sync.Mutex // guards what follows and the order of records
	file   *os.File   // the newest WARC, nil before the first record
	name   string
	size   int64
	serial int
	broken error // why nothing can be written any more
}

// Writer opens a source for writing and takes its lock: ErrBusy if it is held. A
// torn tail, as a crash leaves it, is cut off the newest WARC; see Repaired.
func (a *Archive) Writer(id string) (*Writer, error) {
	if err := checkSourceID(id); err != nil {
		return nil, err
	}
	unlock, err := a.lock("source", id)
	if err != nil {
		return nil, fmt.Errorf("open source %s for writing: %w", id, err)
	}
	step("archive: the source is locked")
	w, err := a.newWriter(id)
	if err != nil {
		return nil, fmt.Errorf("open source %s for writing: %w", id, errors.Join(err, unlock()))
	}
	w.unlock = unlock
	return w, nil
}

func (a *Archive) newWriter(id string) (*Writer, error) {
	if err := os.MkdirAll(a.sourceDir(id), 0o755); err != nil {
		return nil, err
	}
	erasures, err := a.Erasures()
	if err != nil {
		return nil, err
	}
	s, found, err := a.load(id)
	if err != nil {
		return nil, err
	}
	w := &Writer{Source: s, fileSize: a.fileSize, erasures: make(map[string]bool, len(erasures))}
	for _, e := range erasures {
		w.erasures[e.URL] = true
	}
	if len(found.files) > 0 {
		if err := w.resume(found); err != nil {
			return nil, err
		}
	}
	w.removeTemps()
	if found.changed {
		if err := writeIndex(s.dir, id, s.index); err != nil {
			return nil, errors.Join(err, w.closeFile())
		}
	}
	return w, nil
}

// resume goes on with the newest file, from the end of its last whole exchange.
func (w *Writer) resume(found loaded) error {
	w.name = found.files[len(found.files)-1]
	w.serial, _ = fileSerial(w.id, w.name)
	w.size = found.newest.whole
	f, err := os.OpenFile(filepath.Join(w.dir, w.name), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	w.file = f
	if !found.newest.torn() {
		return nil
	}
	if err := errors.Join(f.Truncate(w.size), f.Sync()); err != nil {
		return errors.Join(fmt.Errorf("cut torn tail of %s: %w", w.name, err), w.closeFile())
	}
	step("archive: a torn tail is cut")
	w.repaired = fmt.Sprintf("cut %d bytes of an unfinished write off the end of %s", found.newest.size-w.size, w.name)
	return nil
}

// removeTemps removes what a crash left of files half written.
func (w *Writer) removeTemps() {
	for _, pattern := range []string{indexTemp, eraseTemp} {
		temps, _ := filepath.Glob(filepath.Join(w.dir, pattern))
		for _, name := range temps {
			_ = os.Remove(name) // no harm in it if it stays
		}
	}
}

// Repaired is one sentence on the torn tail that was cut off when the source was
// opened, with file and bytes; "" if there was none.
func (w *Writer) Repaired() string { return w.repaired }

// forbidden says whether an address was erased, from this source or from another.
func (w *Writer) forbidden(url string) bool { return w.erasures[url] || w.Erased(url) }

// Event writes a run event to stable storage, and with it all that was written
// before. The data are kept as JSON.
func (w *Writer) Event(kind string, data any) error {
	if kind == "" {
		return errors.New("event without a kind")
	}
	raw, err := marshal(data)
	if err != nil {
		return fmt.Errorf("event %s: %w", kind, err)
	}
	doc, err := marshal(metadataDoc{Event: kind, Data: raw})
	if err != nil {
		return fmt.Errorf("event %s: %w", kind, err)
	}
	id, err := newRecordID()
	if err != nil {
		return fmt.Errorf("event %s: %w", kind, err)
	}
	at := now()
	group := &recordGroup{}
	group.add(&outRecord{
		kind: typeMetadata, id: id, at: at, contentType: "application/json", body: doc,
		fields: []field{{"WARC-Target-URI", eventURI(kind)}},
	})
	err = w.append(group, true, func(x *index, file string, offset, _ int64) {
		x.addEvent(Event{RecordID: id, Source: w.id, Kind: kind, At: at, File: file, Offset: offset, Data: raw})
	})
	if err != nil {
		return fmt.Errorf("event %s: %w", kind, err)
	}
	return nil
}

// now is the time as WARC-Date keeps it.
func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// recordGroup is the bytes of records that are written in one call.
type recordGroup struct {
	bytes.Buffer
	starts []int // where the records start
	err    error // the first of add
}

func (g *recordGroup) add(r *outRecord) {
	g.starts = append(g.starts, g.Len())
	if err := r.appendTo(&g.Buffer); err != nil && g.err == nil {
		g.err = err
	}
}

// append writes a group behind the newest file's last one, and has it entered into
// the index with place and length of its last record. If it fails, the file ends
// where it ended before.
func (w *Writer) append(g *recordGroup, sync bool, enter func(x *index, file string, offset, length int64)) error {
	if g.err != nil {
		return g.err
	}
	w.write.Lock()
	defer w.write.Unlock()
	if w.broken != nil {
		return w.broken
	}
	if err := w.makeRoom(); err != nil {
		return err
	}
	if err := w.put(g, sync); err != nil {
		return err
	}
	length := int64(g.Len() - g.starts[len(g.starts)-1])
	w.mu.Lock()
	enter(w.index, w.name, w.size-length, length)
	w.mu.Unlock()
	return nil
}

// put writes a group at the end of the newest file, all of it or nothing.
func (w *Writer) put(g *recordGroup, sync bool) error {
	b := g.Bytes()
	var err error
	if Step == nil {
		_, err = w.file.WriteAt(b, w.size)
	} else {
		err = w.writeInSteps(b, g.starts)
	}
	if err == nil && sync {
		err = w.file.Sync()
		step("archive: an event is synced")
	}
	if err != nil {
		err = fmt.Errorf("write %s: %w", w.name, err)
		if cut := w.file.Truncate(w.size); cut != nil {
			// the next writer will cut it
			w.broken = errors.Join(err, fmt.Errorf("cut it back: %w", cut))
			return w.broken
		}
		return err
	}
	w.size += int64(len(b))
	w.mu.Lock()
	cov := w.index.covered(w.name)
	cov.Size, cov.CRC32C = w.size, crc32.Update(cov.CRC32C, castagnoli, b)
	cov.Tail = tailOf(b)
	w.mu.Unlock()
	return nil
}

// Close writes everything to stable storage, brings the index up to date and drops
// the lock.
func (w *Writer) Close() error {
	w.write.Lock()
	defer w.write.Unlock()
	if w.unlock == nil {
		return nil
	}
	var errs []error
	step("archive: the source is about to be closed")
	if w.file != nil {
		errs = append(errs, w.file.Sync(), w.closeFile())
		if w.index.behind() {
			errs = append(errs, writeIndex(w.dir, w.id, w.index))
		}
	}
	w.broken = fmt.Errorf("source %s: %w", w.id, os.ErrClosed)
	errs = append(errs, w.Source.Close(), w.unlock())
	w.unlock = nil
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close source %s: %w", w.id, err)
	}
	return nil
}

func (w *Writer) closeFile() error {
	if w.file == nil {
		return nil
	}
	err := w.file.Close()
	w.file = nil
	return err
}
