//go:build unix

package archive

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// reportPage is a page of about 60 KB: navigation, style and a table of numbers.
func reportPage(n int) []byte {
	rnd := rand.New(rand.NewPCG(1, uint64(n)))
	var b bytes.Buffer
	fmt.Fprintf(&b, "<html><head><title>某市某局%d年政府信息公开工作年度报告</title></head><body>", 2000+n%30)
	for i := 0; b.Len() < 60<<10; i++ {
		fmt.Fprintf(&b, `<tr><td class="c%d" style="width:%dpt">本年度受理申请%d件，予以公开%d件</td><td>%d</td></tr>`+"\n",
			i%7, rnd.IntN(90), rnd.IntN(999), rnd.IntN(99), rnd.IntN(99999))
	}
	b.WriteString("</body></html>")
	return b.Bytes()
}

// fixed answers every request with its bytes, without a network.
type fixed []byte

func (f fixed) RoundTrip(req *http.Request) (*http.Response, error) {
	return &http.Response{
		Status: "200 OK", StatusCode: 200, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: req,
		Header:        http.Header{"Content-Type": {"text/html"}, "Server": {"nginx"}},
		ContentLength: int64(len(f)), Body: io.NopCloser(bytes.NewReader(f)),
	}, nil
}

func benchWriter(b *testing.B) *Writer {
	b.Helper()
	a, err := Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	w, err := a.Writer("bench")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := w.Close(); err != nil {
			b.Error(err)
		}
	})
	return w
}

func record(b *testing.B, w *Writer, page []byte, i int) {
	b.Helper()
	req, err := http.NewRequest(http.MethodGet, fmt.Sprintf("http://www.example.gov.cn/%d.html", i), nil)
	if err != nil {
		b.Fatal(err)
	}
	if _, err := w.Record(fixed(page), 16<<20).RoundTrip(req); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkRecord(b *testing.B) {
	w := benchWriter(b)
	page := reportPage(1)
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		record(b, w, page, i)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

func BenchmarkRead(b *testing.B) {
	w := benchWriter(b)
	page := reportPage(1)
	for i := range 100 {
		record(b, w, page, i)
	}
	captures := w.index.captures
	b.SetBytes(int64(len(page)))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := w.Read(captures[i%len(captures)].Capture); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

func BenchmarkOpenWithIndex(b *testing.B)    { benchOpen(b, true) }
func BenchmarkOpenWithoutIndex(b *testing.B) { benchOpen(b, false) }

func benchOpen(b *testing.B, indexed bool) {
	w := benchWriter(b)
	page := reportPage(1)
	for i := range 1000 {
		record(b, w, page, i)
	}
	if indexed {
		if err := writeIndex(w.dir, w.id, w.index); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		x, err := readIndex(w.dir, w.id, []string{w.name})
		if !indexed {
			x = newIndex()
			_, err = x.scan(w.dir, w.id, w.name)
		}
		if err != nil || len(x.captures) != 1000 {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecodeText(b *testing.B) {
	page := reportPage(1)
	gbk, err := simplifiedchinese.GB18030.NewEncoder().Bytes(page)
	if err != nil {
		b.Fatal(err)
	}
	for name, body := range map[string][]byte{"utf8": page, "gb18030": gbk} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if text, _, _ := DecodeText(body, "text/html"); !strings.Contains(text, "年度报告") {
					b.Fatal("not decoded")
				}
			}
		})
	}
}
