package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// ErrErased says that an address was erased from a source; it is not asked for again.
var ErrErased = errors.New("erased from the archive, not to be fetched again")

// erasedMeta is what stands in place of an answer that was erased.
type erasedMeta struct {
	At  time.Time `json:"at"`
	Why string    `json:"why"`
}

// eraseTemp is a file on its way to take the place of a WARC file.
const eraseTemp = "erase.tmp-*"

// Erase replaces every record about the addresses, as captured, by a stub of the same
// id and time that says when and why: of an answer, of what was asked, and of how it
// went, nothing else is left. All other records keep their bytes. It returns how many
// exchanges became stubs; 0 where all of them were stubs already.
//
// Each WARC file is replaced in one step, the newest first, since an answer may be
// repeated by a later one but not by an earlier. Interrupted in between, some files
// are new and some old, and to erase again does the rest. A damaged file is an error
// and stays as it is: who knows what the damage hides.
func (w *Writer) Erase(why string, urls ...string) (int, error) {
	if why == "" || len(urls) == 0 {
		return 0, errors.New("erase: no reason or no address given")
	}
	w.write.Lock()
	defer w.write.Unlock()
	if w.broken != nil {
		return 0, w.broken
	}
	n, err := w.erase(&eraser{about: urls, erased: erasedMeta{now(), why}})
	if err != nil {
		w.mu.Lock()
		w.index = newIndex() // its places may be wrong now; the next writer makes it anew
		w.mu.Unlock()
		w.broken = fmt.Errorf("erase from source %s: %w", w.id, err)
		return n, w.broken
	}
	return n, nil
}

func (w *Writer) erase(e *eraser) (int, error) {
	names, err := listFiles(w.dir, w.id)
	if err != nil || len(names) == 0 {
		return 0, err
	}
	if w.file != nil {
		if err := w.file.Sync(); err != nil {
			return 0, err
		}
	}
	erased := 0
	for _, name := range slices.Backward(names) {
		n, err := e.file(w.dir, name)
		erased += n
		if err != nil {
			return erased, fmt.Errorf("%s: %w", name, err)
		}
	}
	if erased == 0 {
		return 0, nil
	}
	return erased, w.reload(names)
}

// reload takes up the files as they are now.
func (w *Writer) reload(names []string) error {
	if err := w.closeFile(); err != nil {
		return err
	}
	w.filesMu.Lock()
	for name, f := range w.files { // of what was replaced
		_ = f.Close() // opened for reading
		delete(w.files, name)
	}
	w.filesMu.Unlock()
	x := newIndex()
	var newest scanned
	for _, name := range names {
		var err error
		if newest, err = x.scan(w.dir, w.id, name); err != nil {
			return fmt.Errorf("index %s: %w", name, err)
		}
	}
	x.sort(names)
	w.mu.Lock()
	w.index = x
	w.mu.Unlock()
	if err := w.resume(loaded{files: names, newest: newest}); err != nil {
		return err
	}
	return writeIndex(w.dir, w.id, x)
}

// eraser rewrites files.
type eraser struct {
	about  []string
	erased erasedMeta
}

// file replaces one WARC file, if it holds anything to erase. The index goes first: it
// must never outlive the places it names.
func (e *eraser) file(dir, name string) (exchanges int, err error) {
	path := filepath.Join(dir, name)
	old, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer old.Close()
	info, err := old.Stat()
	if err != nil {
		return 0, err
	}
	temp, err := os.CreateTemp(dir, eraseTemp)
	if err != nil {
		return 0, err
	}
	defer func() {
		if left := os.Remove(temp.Name()); left != nil && !errors.Is(left, os.ErrNotExist) {
			err = errors.Join(err, left)
		}
	}()
	exchanges, err = e.copy(temp, old, info.Size())
	err = errors.Join(err, temp.Sync(), temp.Chmod(info.Mode().Perm()), temp.Close())
	if err != nil || exchanges == 0 {
		return 0, err
	}
	// when a source was crawled last is told by this time
	if err := os.Chtimes(temp.Name(), time.Time{}, info.ModTime()); err != nil {
		return 0, err
	}
	if err := os.Remove(filepath.Join(dir, indexName)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return 0, err
	}
	if err := syncDir(dir); err != nil {
		return 0, err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return 0, err
	}
	return exchanges, syncDir(dir)
}

// copy copies a file's records, those that are not to be erased byte by byte.
func (e *eraser) copy(to io.Writer, from io.ReaderAt, size int64) (exchanges int, err error) {
	out := bufio.NewWriterSize(to, 1<<20)
	r := newRecordReader(from, 0, size)
	defer r.release()
	for {
		rec, err := r.next()
		if errors.Is(err, io.EOF) {
			return exchanges, out.Flush()
		}
		if err != nil {
			return 0, fmt.Errorf("%w: nothing is erased from a damaged file (crawl verify names the damage; restore the file first)", err)
		}
		stub, ends, err := e.stub(rec)
		if err != nil {
			return 0, fmt.Errorf("record %s at %d: %w", rec.id(), rec.offset, err)
		}
		if stub == nil {
			if _, err := io.Copy(out, io.NewSectionReader(from, rec.offset, rec.end-rec.offset)); err != nil {
				return 0, err
			}
			continue
		}
		if ends {
			exchanges++
		}
		var member bytes.Buffer
		if err := stub.appendTo(&member); err != nil {
			return 0, err
		}
		if _, err := out.Write(member.Bytes()); err != nil {
			return 0, err
		}
	}
}

// stub is what takes a record's place, nil for a record that stays; ends says whether
// it is the one that an exchange ends with.
func (e *eraser) stub(rec *inRecord) (stub *outRecord, ends bool, err error) {
	url := rec.get("WARC-Target-URI")
	if !slices.Contains(e.about, url) {
		return nil, false, nil
	}
	at, err := rec.at()
	if err != nil {
		return nil, false, fmt.Errorf("date: %w", err)
	}
	stub = &outRecord{id: rec.id(), at: at, fields: []field{{"WARC-Target-URI", url}}}
	answer := rec.get("WARC-Concurrent-To")
	if answer != "" {
		stub.fields = append(stub.fields, field{"WARC-Concurrent-To", answer})
	}
	switch rec.kind() {
	case typeRequest:
		first, _, _, _ := splitHead(rec.block) // method, address, protocol
		stub.kind, stub.contentType, stub.head = typeRequest, "application/http; msgtype=request", []byte(oneLine(first)+"\r\n\r\n")
		return stub, false, nil
	case typeResponse, typeRevisit:
		stub.kind, stub.contentType = typeMetadata, "application/json"
		stub.body, err = marshal(metadataDoc{Erased: &e.erased})
		return stub, true, err
	case typeMetadata:
		doc, err := parseMetadata(rec.block)
		if err != nil || doc.Exchange == nil || doc.Exchange.Outcome == OutcomeErased {
			return nil, false, err // an event, or a stub already
		}
		x := doc.Exchange
		stub.kind, stub.contentType = typeMetadata, "application/json"
		stub.body, err = marshal(metadataDoc{Exchange: &exchangeMeta{
			Why: x.Why, Method: x.Method, Outcome: OutcomeErased, Detail: e.erased.Why,
			Location: x.Location, // what it led to must be found if the erasure is interrupted
		}})
		return stub, answer == "", err
	}
	return nil, false, nil
}
