package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Erasure is an address that was erased, and that no source fetches again.
type Erasure struct {
	URL string    `json:"url"` // as captured
	At  time.Time `json:"at"`
	Why string    `json:"why"`
}

// erasuresName is the list of the whole archive, one JSON object a line. The stubs in
// the WARC files say the same, but only to the source that held the page: one that never
// did, or that is added years later, must not bring it back.
const erasuresName = "erased.jsonl"

// Erasures lists what was erased from any source, in the order it was put down. A line
// that cannot be read is an error that names it: who knows what it forbade.
func (a *Archive) Erasures() ([]Erasure, error) {
	path := filepath.Join(a.dir, erasuresName)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read erasures: %w", err)
	}
	var list []Erasure
	n := 0
	for line := range bytes.Lines(b) {
		n++
		var e Erasure
		err := json.Unmarshal(line, &e)
		if err == nil && e.URL == "" {
			err = errors.New("no address")
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: no erasure (restore the file from a backup): %w", path, n, err)
		}
		list = append(list, e)
	}
	return list, nil
}

// PutErasures adds addresses to the list, those that are not on it yet; it is to be done
// before any bytes are erased, so that an interruption leaves too much forbidden, never
// too little. Writers that are open already do not learn of it. One caller at a time.
func (a *Archive) PutErasures(why string, urls ...string) error {
	list, err := a.Erasures()
	if err != nil {
		return err
	}
	there := make(map[string]bool, len(list))
	for _, e := range list {
		there[e.URL] = true
	}
	for _, url := range urls {
		if !there[url] {
			there[url] = true
			list = append(list, Erasure{url, now(), why})
		}
	}
	var text bytes.Buffer
	out := json.NewEncoder(&text)
	out.SetEscapeHTML(false)
	for _, e := range list {
		if err := out.Encode(e); err != nil {
			return fmt.Errorf("write erasures: %w", err)
		}
	}
	if err := a.replace(erasuresName, text.Bytes()); err != nil {
		return fmt.Errorf("write erasures: %w", err)
	}
	return nil
}

// replace puts a file of the archive in place in one step that outlives a power cut.
func (a *Archive) replace(name string, text []byte) error {
	f, err := os.CreateTemp(a.dir, name+".tmp-*")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(a.dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return syncDir(a.dir)
}
