package archive

import (
	"errors"
	"fmt"
	"iter"
	"net/http"
	"os"
	"path/filepath"
	"sync"
)

// Source is a source opened for reading. It may be used by several goroutines.
type Source struct {
	id  string
	dir string

	mu    sync.RWMutex
	index *index

	filesMu sync.Mutex
	files   map[string]*os.File
	closed  bool
}

// Source opens a source for reading; one that holds nothing yet is empty. Several
// readers may be open beside one writer, in other processes too. An index that is
// missing, behind or damaged is made good in memory, and on disk where possible.
func (a *Archive) Source(id string) (*Source, error) {
	s, loaded, err := a.load(id)
	if err != nil {
		return nil, err
	}
	if loaded.changed {
		// Only a cache: on a read-only disk it stays as it is. A writer may replace it
		// at any time; either version is right in what it says it covers.
		_ = writeIndex(s.dir, id, s.index)
	}
	return s, nil
}

// loaded is what loading found out beside the index.
type loaded struct {
	files   []string
	changed bool    // the index on disk does not say all of it
	newest  scanned // of the newest file
}

func (a *Archive) load(id string) (*Source, loaded, error) {
	if err := checkSourceID(id); err != nil {
		return nil, loaded{}, err
	}
	dir := a.sourceDir(id)
	files, err := listFiles(dir, id)
	if err != nil {
		return nil, loaded{}, fmt.Errorf("open source %s: %w", id, err)
	}
	found := loaded{files: files}
	x, err := readIndex(dir, id, files)
	if errors.Is(err, errIndex) {
		x, err, found.changed = newIndex(), nil, len(files) > 0
	}
	if err != nil {
		return nil, loaded{}, fmt.Errorf("open source %s: %w", id, err)
	}
	for _, name := range files {
		before := x.covered(name).Size
		found.newest, err = x.scan(dir, id, name)
		if err != nil {
			return nil, loaded{}, fmt.Errorf("open source %s: index %s: %w", id, name, err)
		}
		found.changed = found.changed || found.newest.whole != before
	}
	x.sort(files)
	return &Source{id: id, dir: dir, index: x, files: map[string]*os.File{}}, found, nil
}

// readIndex reads index.cdxj and holds it against the files: errIndex unless every
// file it covers is there with at least the bytes it covers.
func readIndex(dir, source string, files []string) (*index, error) {
	b, err := os.ReadFile(filepath.Join(dir, indexName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: missing", errIndex)
	}
	if err != nil {
		return nil, err
	}
	x, err := parseIndex(b, source)
	if err != nil {
		return nil, err
	}
	there := make(map[string]bool, len(files))
	for _, name := range files {
		there[name] = true
	}
	for _, c := range x.files {
		if !there[c.Name] {
			return nil, fmt.Errorf("%w: %s is gone", errIndex, c.Name)
		}
		if err := c.agrees(dir); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// agrees says whether the file still has, at the end of what is covered, the bytes
// that were there.
func (c coverage) agrees(dir string) error {
	f, err := os.Open(filepath.Join(dir, c.Name))
	if err != nil {
		return err
	}
	defer f.Close()
	tail, err := tailAt(f, c.Size)
	if err != nil || tail != c.Tail {
		return fmt.Errorf("%w: %s is not the file it covers", errIndex, c.Name)
	}
	return nil
}

// Captures lists the exchanges, failed ones too, in the order they were written.
// Those written while it runs are left out.
func (s *Source) Captures() iter.Seq2[Capture, error] {
	return func(yield func(Capture, error) bool) {
		s.mu.RLock()
		captures := s.index.captures
		s.mu.RUnlock()
		for i := range captures {
			if !yield(captures[i].Capture, nil) {
				return
			}
		}
	}
}

// Events lists the run events in the order they were written. One that cannot be
// read is yielded with its error and without its data.
func (s *Source) Events() iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		s.mu.RLock()
		events := s.index.events
		s.mu.RUnlock()
		for _, e := range events {
			var err error
			if e.Data == nil {
				err = s.readEvent(&e)
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// Latest is the newest exchange with an answer.
func (s *Source) Latest(method, url, requestSHA256 string) (Capture, bool) {
	return s.newest(exchangeKey{method, url, requestSHA256}, func(Capture) bool { return true })
}

// Erased says whether an address was erased from the source.
func (s *Source) Erased(url string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.index.erased[url]
}

// newest is the newest answered exchange that fits.
func (s *Source) newest(k exchangeKey, fits func(Capture) bool) (Capture, bool) {
	if k.method == "" {
		k.method = http.MethodGet
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.index.newest(k, func(c Capture) bool { return c.Outcome == OutcomeOK && fits(c) })
}

// Close lets go of the source's files.
func (s *Source) Close() error {
	s.filesMu.Lock()
	defer s.filesMu.Unlock()
	s.closed = true
	var errs []error
	for name, f := range s.files {
		errs = append(errs, f.Close())
		delete(s.files, name)
	}
	return errors.Join(errs...)
}

// open returns a file of the source; it stays open until Close.
func (s *Source) open(name string) (*os.File, error) {
	s.filesMu.Lock()
	defer s.filesMu.Unlock()
	if f := s.files[name]; f != nil {
		return f, nil
	}
	if s.closed {
		return nil, os.ErrClosed
	}
	if _, ok := fileSerial(s.id, name); !ok {
		return nil, fmt.Errorf("%q is not a WARC file of source %s", name, s.id)
	}
	f, err := os.Open(filepath.Join(s.dir, name))
	if err != nil {
		return nil, err
	}
	s.files[name] = f
	return f, nil
}
