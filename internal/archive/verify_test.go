//go:build unix

package archive

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
)

func (s *site) faults() []Fault {
	s.t.Helper()
	var all []Fault
	sum, err := s.archive.Verify(context.Background(), "a", func(f Fault) { all = append(all, f) })
	if err != nil {
		s.t.Fatal(err)
	}
	if sum.Faults != len(all) {
		s.t.Errorf("%d faults counted, %d reported", sum.Faults, len(all))
	}
	return all
}

// TestVerifyFindsEveryBit changes one bit in each byte of a sample.
func TestVerifyFindsEveryBit(t *testing.T) {
	s := archiveOf(t)
	s.verify()
	name := s.newestFile()
	file, index := s.readFile(name), s.readFile(s.indexFile())
	for i := range file {
		damaged := bytes.Clone(file)
		damaged[i] ^= 1 << (i % 8)
		s.writeFile(name, damaged)
		if len(s.faults()) == 0 {
			t.Errorf("a bit changed in byte %d is not found", i)
		}
	}
	s.writeFile(name, file)
	for i := range index {
		damaged := bytes.Clone(index)
		damaged[i] ^= 1 << (i % 8)
		s.writeFile(s.indexFile(), damaged)
		if len(s.faults()) == 0 {
			t.Errorf("a bit changed in byte %d of the index is not found", i)
		}
	}
	s.writeFile(s.indexFile(), index)
	s.verify()
}

// Without an index the records alone tell: every bit that changes one is found.
func TestVerifyWithoutIndex(t *testing.T) {
	s := archiveOf(t)
	if err := os.Remove(s.indexFile()); err != nil {
		t.Fatal(err)
	}
	s.verify()
	name := s.newestFile()
	file := s.readFile(name)
	records := blocks(t, file)
	for i := range file {
		damaged := bytes.Clone(file)
		damaged[i] ^= 1 << (i % 8)
		s.writeFile(name, damaged)
		if len(s.faults()) == 0 && blocks(t, damaged) != records {
			t.Errorf("a bit changed in byte %d is not found", i)
		}
	}
}

// blocks is all records of a file in one string, as far as they can be read.
func blocks(t *testing.T, file []byte) string {
	t.Helper()
	var all strings.Builder
	r := newRecordReader(bytes.NewReader(file), 0, int64(len(file)))
	defer r.release()
	for {
		rec, err := r.next()
		if err != nil {
			return all.String()
		}
		for _, f := range rec.fields {
			all.WriteString(f.name + ":" + f.value + "\n")
		}
		all.Write(rec.block)
	}
}

// rewrite makes the file of s anew with one record changed, as no accident does.
func (s *site) rewrite(change func(i int, head []byte, block []byte) (newHead, newBlock []byte)) {
	s.t.Helper()
	file := s.readFile(s.newestFile())
	r := newRecordReader(bytes.NewReader(file), 0, int64(len(file)))
	defer r.release()
	var out bytes.Buffer
	for i := 0; ; i++ {
		rec, err := r.next()
		if err != nil {
			break
		}
		raw := r.buffer.Bytes()
		at := bytes.Index(raw, []byte("\r\n\r\n")) + 4
		head, block := change(i, bytes.Clone(raw[:at]), bytes.Clone(rec.block))
		out.Write(gzipped(s.t, bytes.Join([][]byte{head, block, []byte("\r\n\r\n")}, nil)))
	}
	s.writeFile(s.newestFile(), out.Bytes())
	if err := os.Remove(s.indexFile()); err != nil {
		s.t.Fatal(err)
	}
}

func TestVerifyFindsWrongRecords(t *testing.T) {
	replace := func(record int, old, new string) func(int, []byte, []byte) ([]byte, []byte) {
		return func(i int, head, block []byte) ([]byte, []byte) {
			if i == record {
				return bytes.ReplaceAll(head, []byte(old), []byte(new)), bytes.ReplaceAll(block, []byte(old), []byte(new))
			}
			return head, block
		}
	}
	// records: 0 warcinfo, then request, metadata, answer of /a, /b, /a again (9: revisit)
	var firstID string
	for _, c := range []struct {
		name    string
		change  func(i int, head, block []byte) ([]byte, []byte)
		problem string
	}{
		{"nothing", replace(-1, "", ""), ""},
		{"body", replace(3, "年报 /a", "年报 /c"), "digest"},
		{"payload digest", replace(3, "WARC-Payload-Digest: sha256:", "WARC-Payload-Digest: sha256:0"), "payload digest"},
		{"length", replace(3, "Content-Length: ", "Content-Length: 1"), "content length"},
		{"date", replace(1, "WARC-Date: 2", "WARC-Date: x2"), "date"},
		{"type", replace(0, "warcinfo", "resource"), "record of type"},
		{"digest of the revisit", replace(9, "WARC-Payload-Digest: sha256:", "WARC-Payload-Digest: sha256:0"), "another payload"},
		{"refers to nothing", replace(9, "WARC-Refers-To: <urn:uuid:", "WARC-Refers-To: <urn:uuid:0"), "not in the source"},
		{"no reference", replace(9, "WARC-Refers-To:", "X-Refers-To:"), "refers to nothing"},
		{"concurrent to nothing", replace(1, "WARC-Concurrent-To: <urn:uuid:", "WARC-Concurrent-To: <urn:uuid:0"), "not in the source"},
		{"no metadata", replace(2, "WARC-Type: metadata", "WARC-Type: warcinfo"), "without its metadata"},
		{"same id", func(i int, head, block []byte) ([]byte, []byte) {
			const name = "WARC-Record-ID: "
			at := bytes.Index(head, []byte(name)) + len(name)
			if i == 0 {
				firstID = string(head[at : at+47])
			}
			if i == 1 {
				copy(head[at:], firstID)
			}
			return head, block
		}, "used twice"},
	} {
		s := archiveOf(t)
		s.rewrite(c.change)
		var problems []string
		for _, f := range s.faults() {
			problems = append(problems, f.Problem)
			if f.Source != "a" || f.File == "" {
				t.Errorf("%s: fault without place: %+v", c.name, f)
			}
		}
		got := strings.Join(problems, "; ")
		if c.problem == "" && got != "" || !strings.Contains(got, c.problem) {
			t.Errorf("%s: faults %q, want one of %q", c.name, got, c.problem)
		}
	}
}

func TestVerifyBesideAWriter(t *testing.T) {
	s := archiveOf(t)
	file := s.readFile(s.newestFile())
	s.writeFile(s.newestFile(), file[:len(file)-5])
	if err := os.Remove(s.indexFile()); err != nil {
		t.Fatal(err)
	}
	if f := s.faults(); len(f) != 1 || !strings.Contains(f[0].Problem, "next writer") {
		t.Errorf("torn tail: %+v", f)
	}
	unlock, err := s.archive.lock("source", "a")
	if err != nil {
		t.Fatal(err)
	}
	if f := s.faults(); len(f) != 0 {
		t.Errorf("what is being written is taken for torn: %+v", f)
	}
	if err := unlock(); err != nil {
		t.Error(err)
	}
}

func TestVerifyStops(t *testing.T) {
	s := archiveOf(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := s.archive.Verify(ctx, "", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := s.archive.Verify(context.Background(), "../a", nil); err == nil {
		t.Error("source id ../a was taken")
	}
}
