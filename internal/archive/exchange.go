package archive

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/http"
)

// maxText is the most text that Text decodes, in bytes: a page is never larger.
const maxText = 64 << 20

// Read reads an exchange. A revisit is resolved: its body is that of the record it
// refers to, and for an answer 304 the header is that record's, freshened by the
// fields the 304 brought. A failed exchange has neither header nor body.
func (s *Source) Read(c Capture) (*Exchange, error) {
	ex, err := s.read(c)
	if err != nil {
		return nil, fmt.Errorf("read capture %s of %s: %w", c.RecordID, c.URL, err)
	}
	return ex, nil
}

func (s *Source) read(c Capture) (*Exchange, error) {
	ex := &Exchange{Capture: c}
	err := s.withRecord(c, func(rec *inRecord) error {
		switch rec.kind() {
		case typeMetadata:
			return nil
		case typeResponse, typeRevisit:
			_, _, h, body, err := parseResponse(rec.block)
			ex.Header, ex.Body = h, bytes.Clone(body)
			return err
		}
		return fmt.Errorf("is a %s record", rec.kind())
	})
	if err != nil || c.RefersTo == "" {
		return ex, err
	}
	return ex, s.resolve(ex)
}

// resolve completes a revisit from the response it refers to.
func (s *Source) resolve(ex *Exchange) error {
	s.mu.RLock()
	of, ok := s.index.byID(keyOf(ex.Capture), ex.RefersTo)
	s.mu.RUnlock()
	if !ok || of.RefersTo != "" {
		return fmt.Errorf("refers to %s, which is no response of source %s", ex.RefersTo, s.id)
	}
	full, err := s.read(of)
	if err != nil {
		return fmt.Errorf("refers to %s: %w", ex.RefersTo, err)
	}
	ex.Body = full.Body
	if ex.Status == http.StatusNotModified {
		h := full.Header.Clone()
		fresh := ex.Header
		fresh.Del("Content-Length") // of no body
		maps.Copy(h, fresh)
		ex.Header = h
	}
	return nil
}

// withRecord hands the record of a capture to use. File and offset are tried first;
// where they are out of date the index is asked for the record id.
func (s *Source) withRecord(c Capture, use func(*inRecord) error) error {
	err := s.at(c.File, c.Offset, c.RecordID, use)
	if !errors.Is(err, errElsewhere) {
		return err
	}
	s.mu.RLock()
	now, ok := s.index.byID(keyOf(c), c.RecordID)
	s.mu.RUnlock()
	if !ok || now.File == c.File && now.Offset == c.Offset {
		return err
	}
	return s.at(now.File, now.Offset, now.RecordID, use)
}

// errElsewhere says that a place holds no record, or another one.
var errElsewhere = errors.New("record is not where it should be")

func (s *Source) at(file string, offset int64, id string, use func(*inRecord) error) error {
	f, err := s.open(file)
	if err != nil {
		return fmt.Errorf("%w: %w", errElsewhere, err)
	}
	r, rec, err := readRecordAt(f, offset)
	if err != nil {
		return fmt.Errorf("%w: %s: %w", errElsewhere, file, err)
	}
	defer r.release()
	if rec.id() != id {
		return fmt.Errorf("%w: %s at %d holds %s", errElsewhere, file, offset, rec.id())
	}
	return use(rec)
}

func (s *Source) readEvent(e *Event) error {
	return s.at(e.File, e.Offset, e.RecordID, func(rec *inRecord) error {
		doc, err := parseMetadata(rec.block)
		e.Data = doc.Data
		return err
	})
}

// Payload is the body with its content coding undone (gzip, deflate, br, zstd; gzip
// that nobody announced is recognised): ErrTooLarge if that is over limit bytes.
func (e *Exchange) Payload(limit int64) ([]byte, error) {
	b, err := decode(e.Header, e.Body, limit)
	if err != nil {
		return nil, fmt.Errorf("payload of %s: %w", e.URL, err)
	}
	return b, nil
}

// Text is the payload decoded to UTF-8, with the charset it was found in and how:
// bom, utf8, declared or frequency. ErrTooLarge over 64 MiB.
func (e *Exchange) Text() (text, charset, basis string, err error) {
	b, err := e.Payload(maxText)
	if err != nil {
		return "", "", "", err
	}
	text, charset, basis = DecodeText(b, e.Header.Get("Content-Type"))
	return text, charset, basis, nil
}
