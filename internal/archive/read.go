package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// errDamaged says that the bytes at a place are no whole record.
var errDamaged = errors.New("damaged record")

// inRecord is a record read from a file.
type inRecord struct {
	offset int64 // of the gzip member
	end    int64 // of the gzip member
	fields []field
	block  []byte // valid until the next record is read
}

func (r *inRecord) get(name string) string {
	for _, f := range r.fields {
		if strings.EqualFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

func (r *inRecord) kind() string { return r.get("WARC-Type") }

func (r *inRecord) id() string { return unbracketed(r.get("WARC-Record-ID")) }

func (r *inRecord) at() (time.Time, error) {
	return time.Parse(time.RFC3339Nano, r.get("WARC-Date"))
}

func (r *inRecord) payloadSHA256() string {
	return strings.TrimPrefix(r.get("WARC-Payload-Digest"), digestPrefix)
}

func unbracketed(id string) string {
	return strings.TrimSuffix(strings.TrimPrefix(id, "<"), ">")
}

// recordReader reads the records of one file, member by member.
type recordReader struct {
	f      io.ReaderAt
	size   int64 // read no further
	pos    int64
	rest   *io.SectionReader // of the file, from the last seek on
	br     *bufio.Reader     // over rest; the decompressor takes no byte beyond its member from it
	gz     *gzip.Reader
	buffer bytes.Buffer
}

var recordReaders = sync.Pool{New: func() any {
	return &recordReader{br: bufio.NewReaderSize(nil, 64<<10), gz: new(gzip.Reader)}
}}

func newRecordReader(f io.ReaderAt, from, size int64) *recordReader {
	r := recordReaders.Get().(*recordReader)
	r.f, r.size = f, size
	r.seek(from)
	return r
}

// release gives the reader's buffers back; records read by it must be done with.
func (r *recordReader) release() {
	r.f, r.rest = nil, nil
	if r.buffer.Cap() > 4<<20 {
		r.buffer = bytes.Buffer{}
	}
	recordReaders.Put(r)
}

func (r *recordReader) seek(pos int64) {
	r.pos = pos
	r.rest = io.NewSectionReader(r.f, pos, max(0, r.size-pos))
	r.br.Reset(r.rest)
}

// next reads the record at the current place: io.EOF at the end of the file, an
// error that wraps errDamaged where there is no whole record. After an error the
// place is that of the damage.
func (r *recordReader) next() (*inRecord, error) {
	start := r.pos
	if start >= r.size {
		return nil, io.EOF
	}
	rec, err := r.member()
	if err != nil {
		r.seek(start)
		return nil, fmt.Errorf("%w at %d: %w", errDamaged, start, err)
	}
	rec.offset, rec.end = start, r.pos
	return rec, nil
}

func (r *recordReader) member() (*inRecord, error) {
	_, base, _ := r.rest.Outer()
	if err := r.gz.Reset(r.br); err != nil {
		return nil, noEOF(err)
	}
	r.gz.Multistream(false)
	r.buffer.Reset()
	if _, err := r.buffer.ReadFrom(r.gz); err != nil {
		return nil, noEOF(err)
	}
	taken, err := r.rest.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	r.pos = base + taken - int64(r.br.Buffered())
	return parseRecord(r.buffer.Bytes())
}

func parseRecord(b []byte) (*inRecord, error) {
	first, fields, rest, ok := splitHead(b)
	if !ok || first != "WARC/1.1" {
		return nil, errors.New("no WARC/1.1 head")
	}
	rec := &inRecord{fields: fields}
	size, err := strconv.Atoi(rec.get("Content-Length"))
	if err != nil {
		return nil, fmt.Errorf("content length: %w", err)
	}
	if size < 0 || len(rest) != size+4 || string(rest[size:]) != "\r\n\r\n" {
		return nil, fmt.Errorf("content length %d, but %d bytes follow the head", size, len(rest))
	}
	rec.block = rest[:size:size]
	return rec, nil
}

// noEOF keeps the end of a torn member from looking like the end of the file.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// resync moves to the next whole record after the damage at the current place and
// says whether there is one. Without one the damage reaches to the end of the file.
func (r *recordReader) resync() (bool, error) {
	const step = 64 << 10
	magic := []byte{0x1f, 0x8b, 8}
	window := make([]byte, step+len(magic)-1)
	for from := r.pos + 1; from < r.size; from += step {
		n, err := r.f.ReadAt(window[:min(int64(len(window)), r.size-from)], from)
		if err != nil && !errors.Is(err, io.EOF) {
			return false, err
		}
		for at := 0; ; at++ {
			i := bytes.Index(window[at:n], magic)
			if i < 0 {
				break
			}
			at += i
			r.seek(from + int64(at))
			if _, err := r.member(); err == nil {
				r.seek(from + int64(at))
				return true, nil
			}
		}
	}
	return false, nil
}

// readRecordAt reads the one record at offset.
func readRecordAt(f *os.File, offset int64) (*recordReader, *inRecord, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	r := newRecordReader(f, offset, info.Size())
	rec, err := r.next()
	if err != nil {
		r.release()
		return nil, nil, noEOF(err)
	}
	return r, rec, nil
}
