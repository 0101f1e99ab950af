package archive

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// index.cdxj is the index on disk, in the CDXJ form other tools read: sorted lines
// of SURT key, 14-digit time and a JSON object. Two lines starting with '!' stand
// first, the digest of all that follows it and what the index covers.
const (
	indexName    = "index.cdxj"
	indexTemp    = indexName + ".tmp-*"
	indexVersion = 2
	digestLine   = "!digest " + digestPrefix
	metaLine     = "!meta "
)

var errIndex = errors.New("index is not usable")

// indexMeta is the JSON object of the !meta line.
type indexMeta struct {
	Version int        `json:"version"`
	Source  string     `json:"source"`
	Records int        `json:"records"`
	Files   []coverage `json:"files"`
}

// indexLine is the JSON object of a line. The names up to filename are those every
// CDXJ tool knows; event is set on the lines of run events only.
type indexLine struct {
	URL      string `json:"url,omitempty"`
	Mime     string `json:"mime,omitempty"`
	Status   int    `json:"status,omitempty"`
	Digest   string `json:"digest,omitempty"`
	Length   int64  `json:"length,omitempty"`
	Offset   int64  `json:"offset"`
	Filename string `json:"filename"`
	ID       string `json:"id"`
	At       string `json:"at"`
	Event    string `json:"event,omitempty"`

	// Data is the event's: every run reads all of them, and a record of its own each
	// costs ten times as much.
	Data json.RawMessage `json:"data,omitempty"`

	Method    string `json:"method,omitempty"`
	Request   string `json:"request_sha256,omitempty"`
	Kind      Kind   `json:"kind,omitempty"`
	Of        string `json:"of,omitempty"`
	Charset   string `json:"charset,omitempty"`
	Location  string `json:"location,omitempty"`
	RefersTo  string `json:"refers_to,omitempty"`
	Transport string `json:"transport,omitempty"`
	Outcome   string `json:"outcome,omitempty"`
	Detail    string `json:"detail,omitempty"`
}

func (e *entry) line() indexLine {
	l := indexLine{
		URL: e.URL, Mime: e.MediaType, Status: e.Status, Length: e.length, Offset: e.Offset, Filename: e.File,
		ID: e.RecordID, At: e.At.Format(dateFormat), Method: e.Method, Request: e.RequestSHA256,
		Kind: e.Why.Kind, Of: e.Why.Of, Charset: e.Charset, Location: e.Location, RefersTo: e.RefersTo,
		Transport: e.Transport, Outcome: e.Outcome, Detail: e.Detail,
	}
	if e.SHA256 != "" {
		l.Digest = digestPrefix + e.SHA256
	}
	return l
}

func (l *indexLine) entry(source string, at time.Time) entry {
	return entry{Capture{
		RecordID: l.ID, Source: source, URL: l.URL, Method: l.Method, RequestSHA256: l.Request,
		Why: Why{l.Kind, l.Of}, At: at, Status: l.Status, MediaType: l.Mime, Charset: l.Charset,
		SHA256: strings.TrimPrefix(l.Digest, digestPrefix), Location: l.Location, RefersTo: l.RefersTo,
		Transport: l.Transport, Outcome: l.Outcome, Detail: l.Detail, File: l.Filename, Offset: l.Offset,
	}, l.Length}
}

// marshal gives the bytes of index.cdxj. Equal archives give equal bytes. Lines that
// were there before are taken over as they are.
func (x *index) marshal(source string) ([]byte, error) {
	fresh := make([]string, 0, len(x.fresh)+len(x.news))
	add := func(key string, at time.Time, l indexLine) error {
		doc, err := marshal(l)
		if err != nil {
			return err
		}
		fresh = append(fresh, key+" "+at.Format("20060102150405")+" "+string(doc))
		return nil
	}
	for i := range x.fresh {
		e := &x.fresh[i]
		if err := add(surt(e.URL), e.At, e.line()); err != nil {
			return nil, err
		}
	}
	for _, e := range x.news {
		l := indexLine{Offset: e.Offset, Filename: e.File, ID: e.RecordID, At: e.At.Format(dateFormat), Event: e.Kind, Data: e.Data}
		if err := add(eventURI(e.Kind), e.At, l); err != nil {
			return nil, err
		}
	}
	slices.Sort(fresh)
	x.lines = merged(x.lines, fresh)
	x.fresh, x.news = nil, nil
	meta, err := marshal(indexMeta{indexVersion, source, len(x.lines), x.files})
	if err != nil {
		return nil, err
	}
	size := len(metaLine) + len(meta) + 1
	for _, l := range x.lines {
		size += len(l) + 1
	}
	var body bytes.Buffer
	body.Grow(size)
	body.WriteString(metaLine)
	body.Write(meta)
	body.WriteByte('\n')
	for _, l := range x.lines {
		body.WriteString(l)
		body.WriteByte('\n')
	}
	return append([]byte(digestLine+hexDigest(body.Bytes())+"\n"), body.Bytes()...), nil
}

// merged makes one sorted list of two.
func merged(a, b []string) []string {
	out := make([]string, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if a[0] <= b[0] {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}

// parseIndex is the inverse of marshal; what it cannot vouch for is errIndex. Captures
// and events are left in the order of their lines, without a lookup: see sort.
func parseIndex(b []byte, source string) (*index, error) {
	first, body, _ := bytes.Cut(b, []byte("\n"))
	if string(first) != digestLine+hexDigest(body) {
		return nil, fmt.Errorf("%w: digest differs", errIndex)
	}
	rest, ok := bytes.CutPrefix(body, []byte(metaLine))
	if !ok {
		return nil, fmt.Errorf("%w: no %sline", errIndex, metaLine)
	}
	doc, rest, _ := bytes.Cut(rest, []byte("\n"))
	var meta indexMeta
	if err := json.Unmarshal(doc, &meta); err != nil {
		return nil, fmt.Errorf("%w: %w", errIndex, err)
	}
	if meta.Version != indexVersion || meta.Source != source {
		return nil, fmt.Errorf("%w: version %d of source %q", errIndex, meta.Version, meta.Source)
	}
	x := newIndex()
	x.files = meta.Files
	for text := string(rest); len(text) > 0; { // its lines' strings are parts of it
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if err := x.parseLine(line, source); err != nil {
			return nil, fmt.Errorf("%w: %w", errIndex, err)
		}
	}
	if len(x.lines) != meta.Records {
		return nil, fmt.Errorf("%w: %d records of %d", errIndex, len(x.lines), meta.Records)
	}
	return x, nil
}

func (x *index) parseLine(line, source string) error {
	_, rest, _ := strings.Cut(line, " ")
	_, doc, ok := strings.Cut(rest, " ")
	if !ok {
		return fmt.Errorf("line %.40q", line)
	}
	var l indexLine
	if err := l.parse(doc); err != nil {
		return fmt.Errorf("line %.40q: %w", line, err)
	}
	at, err := time.Parse(time.RFC3339Nano, l.At)
	if err != nil {
		return err
	}
	if l.Event != "" {
		x.events = append(x.events, Event{RecordID: l.ID, Source: source, Kind: l.Event, At: at, Data: l.Data, File: l.Filename, Offset: l.Offset})
	} else {
		x.captures = append(x.captures, l.entry(source, at))
	}
	x.lines = append(x.lines, line)
	return nil
}

// writeIndex replaces index.cdxj in one step. It is not synced: what a power cut
// leaves of it fails its digest and is made anew.
func writeIndex(dir, source string, x *index) error {
	b, err := x.marshal(source)
	if err != nil {
		return fmt.Errorf("write index: %w", err)
	}
	f, err := os.CreateTemp(dir, indexTemp)
	if err != nil {
		return fmt.Errorf("write index: %w", err)
	}
	_, err = f.Write(b)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	step("archive: the new index lies beside the old")
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, indexName))
	}
	if err != nil {
		return fmt.Errorf("write index: %w", errors.Join(err, os.Remove(f.Name())))
	}
	step("archive: the index is replaced")
	return nil
}
