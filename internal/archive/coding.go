package archive

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// maxCodings bounds how deep codings may be nested; more than two is never meant well.
const maxCodings = 3

// codings lists the content codings of a body, in the order they were applied.
// Besides those announced it names a gzip that nobody announced, which servers send
// that store their pages compressed; only for text, since a .gz file is itself.
func codings(h http.Header, wire []byte) []string {
	var list []string
	for _, c := range strings.Split(strings.Join(h.Values("Content-Encoding"), ","), ",") {
		c = strings.ToLower(strings.TrimSpace(c))
		switch c {
		case "", "identity", "none":
			continue
		case "x-gzip":
			c = "gzip"
		}
		list = append(list, c)
	}
	if len(list) == 1 && list[0] == "gzip" && !isGzip(wire) {
		return nil // announced, not done
	}
	if len(list) == 0 && isGzip(wire) && textual(h.Get("Content-Type")) {
		return []string{"gzip"}
	}
	return list
}

func isGzip(b []byte) bool { return len(b) > 2 && b[0] == 0x1f && b[1] == 0x8b && b[2] == 8 }

// textual says whether a Content-Type, or none, promises text.
func textual(contentType string) bool {
	t := mediaType(contentType)
	return t == "" || strings.HasPrefix(t, "text/") || strings.HasSuffix(t, "xml") ||
		strings.HasSuffix(t, "json") || strings.HasSuffix(t, "javascript")
}

// decode undoes the content codings of wire. It holds at most limit bytes and fails
// with ErrTooLarge where there are more.
func decode(h http.Header, wire []byte, limit int64) ([]byte, error) {
	list := codings(h, wire)
	if len(list) == 0 || len(wire) == 0 {
		if int64(len(wire)) > limit {
			return nil, fmt.Errorf("%w: over %d bytes", ErrTooLarge, limit)
		}
		return wire, nil
	}
	if len(list) > maxCodings {
		return nil, fmt.Errorf("%w: %d of them nested", ErrCoding, len(list))
	}
	var r io.Reader = bytes.NewReader(wire)
	for i := len(list) - 1; i >= 0; i-- {
		undone, done, err := undo(list[i], r)
		if err != nil {
			return nil, fmt.Errorf("%w %s: %w", ErrCoding, list[i], err)
		}
		defer done()
		r = undone
	}
	var out bytes.Buffer
	n, err := io.Copy(&out, io.LimitReader(r, limit))
	if err == nil && n == limit {
		// a byte more decides between exactly at the limit and over it
		var more int64
		if more, err = io.CopyN(io.Discard, r, 1); more > 0 {
			return nil, fmt.Errorf("%w: over %d bytes when decompressed from %d", ErrTooLarge, limit, len(wire))
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err != nil {
		return nil, fmt.Errorf("%w %s: %w", ErrCoding, strings.Join(list, ", "), err)
	}
	return out.Bytes(), nil
}

func undo(coding string, r io.Reader) (undone io.Reader, done func(), err error) {
	nothing := func() {}
	switch coding {
	case "gzip":
		br := bufio.NewReader(r)
		gz, err := gzip.NewReader(br)
		if err != nil {
			return nil, nil, err
		}
		gz.Multistream(false)
		return &gzipMembers{br, gz}, nothing, nil
	case "deflate":
		// the standard means zlib, some servers send bare deflate
		br := bufio.NewReader(r)
		if head, _ := br.Peek(2); len(head) == 2 && head[0]&0x0f == 8 && (int(head[0])<<8|int(head[1]))%31 == 0 {
			z, err := zlib.NewReader(br)
			return z, nothing, err
		}
		return flate.NewReader(br), nothing, nil
	case "br":
		return brotli.NewReader(r), nothing, nil
	case "zstd":
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20))
		if err != nil {
			return nil, nil, err
		}
		return z, z.Close, nil
	}
	return nil, nil, errors.New("unknown")
}

// gzipMembers reads one gzip member after another and ignores rubbish behind them,
// as browsers do.
type gzipMembers struct {
	br *bufio.Reader
	gz *gzip.Reader
}

func (m *gzipMembers) Read(p []byte) (int, error) {
	n, err := m.gz.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	if head, _ := m.br.Peek(3); !isGzip(head) {
		return n, io.EOF
	}
	if err := m.gz.Reset(m.br); err != nil {
		return n, err
	}
	m.gz.Multistream(false)
	return n, nil
}
