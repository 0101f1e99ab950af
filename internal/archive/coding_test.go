//go:build unix

package archive

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// compressed runs b through a compressor.
func compressed(t testing.TB, b []byte, with func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var out bytes.Buffer
	w := with(&out)
	if _, err := w.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func gzipped(t testing.TB, b []byte) []byte {
	return compressed(t, b, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
}

func zlibbed(t testing.TB, b []byte) []byte {
	return compressed(t, b, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
}

func deflated(t testing.TB, b []byte) []byte {
	return compressed(t, b, func(w io.Writer) io.WriteCloser { f, _ := flate.NewWriter(w, 6); return f })
}

func brotlied(t testing.TB, b []byte) []byte {
	return compressed(t, b, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
}

func zstded(t testing.TB, b []byte) []byte {
	return compressed(t, b, func(w io.Writer) io.WriteCloser { z, _ := zstd.NewWriter(w); return z })
}

func TestPayload(t *testing.T) {
	page := []byte(strings.Repeat("公开 ", 500))
	zip := gzipped(t, page)
	random := make([]byte, 4000)
	for i := range random {
		random[i] = byte(rand.Uint32())
	}
	for _, c := range []struct {
		name, coding, media string
		wire, want          []byte
		err                 error
	}{
		{name: "none", wire: page, want: page},
		{name: "gzip", coding: "gzip", wire: zip, want: page},
		{name: "x-gzip", coding: "X-GZIP", wire: zip, want: page},
		{name: "zlib", coding: "deflate", wire: zlibbed(t, page), want: page},
		{name: "bare deflate", coding: "deflate", wire: deflated(t, page), want: page},
		{name: "brotli", coding: "br", wire: brotlied(t, page), want: page},
		{name: "zstd", coding: "zstd", wire: zstded(t, page), want: page},
		{name: "two", coding: "deflate, gzip", wire: gzipped(t, zlibbed(t, page)), want: page},
		{name: "identity", coding: "identity", wire: page, want: page},
		{name: "announced, not done", coding: "gzip", wire: page, want: page},
		{name: "not announced", media: "text/html", wire: zip, want: page},
		{name: "not announced, no type", wire: zip, want: page},
		{name: "a .gz file", media: "application/gzip", wire: zip, want: zip},
		{name: "a file of no type we know", media: "application/octet-stream", wire: zip, want: zip},
		{name: "rubbish behind", coding: "gzip", wire: append(bytes.Clone(zip), "\r\n\r\n"...), want: page},
		{name: "two members", coding: "gzip", wire: append(bytes.Clone(zip), zip...), want: append(bytes.Clone(page), page...)},
		{name: "empty", coding: "gzip", wire: nil, want: nil},
		{name: "torn", coding: "gzip", wire: zip[:len(zip)/2], err: errCoding},
		{name: "torn in its trailer", coding: "gzip", wire: zip[:len(zip)-3], err: errCoding},
		{name: "damaged", coding: "gzip", wire: append(bytes.Clone(zip[:20]), random...), err: errCoding},
		{name: "not brotli", coding: "br", wire: bytes.Repeat([]byte{0xff}, 4000), err: errCoding}, // random bytes can be brotli,
		{name: "unknown", coding: "sdch", wire: page, err: errCoding},
		{name: "too deep", coding: "gzip,gzip,gzip,gzip", wire: zip, err: errCoding},
	} {
		ex := Exchange{Header: http.Header{}, Body: c.wire}
		if c.coding != "" {
			ex.Header.Set("Content-Encoding", c.coding)
		}
		if c.media != "" {
			ex.Header.Set("Content-Type", c.media)
		}
		got, err := ex.Payload(int64(max(len(c.want), len(page))))
		if !errors.Is(err, c.err) || !bytes.Equal(got, c.want) {
			t.Errorf("%s: %d bytes, %v; want %d bytes, %v", c.name, len(got), err, len(c.want), c.err)
		}
		if len(c.want) > 0 {
			if _, err := ex.Payload(int64(len(c.want) - 1)); !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s: a byte over the limit: %v", c.name, err)
			}
		}
	}
}

func TestBombIsNotHeld(t *testing.T) {
	const size = 256 << 20
	for name, bomb := range map[string][]byte{"gzip": zeros(t, size, gzipWriter), "br": zeros(t, size, brotliWriter)} {
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", name)
			_, _ = w.Write(bomb)
		})
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := s.client.Get(s.URL + "/")
		runtime.ReadMemStats(&after)
		if !errors.Is(err, ErrTooLarge) {
			t.Fatalf("%s: %v", name, err)
		}
		if held := after.TotalAlloc - before.TotalAlloc; held > 64<<20 {
			t.Errorf("%s: %d bytes were allocated for a limit of %d", name, held, testLimit)
		}
		c := s.captures()[0]
		if c.Outcome != OutcomeTooLarge || c.Status != 0 || c.Detail == "" {
			t.Errorf("%s: %+v", name, c)
		}
		s.verify()
	}
}

func gzipWriter(w io.Writer) io.WriteCloser   { z, _ := gzip.NewWriterLevel(w, 9); return z }
func brotliWriter(w io.Writer) io.WriteCloser { return brotli.NewWriterLevel(w, 1) }

func zeros(t *testing.T, n int, with func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var out bytes.Buffer
	w := with(&out)
	block := make([]byte, 1<<20)
	for range n / len(block) {
		if _, err := w.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
