package archive

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestIndexLine reads every line that marshal may write as encoding/json reads it, and no
// part of one.
func TestIndexLine(t *testing.T) {
	odd := `a"b\c\\` + "\n\t\u2028\x7f<&>{}[],: 年报🙂"
	for _, l := range []indexLine{
		{},
		{Offset: 1 << 40, Filename: "a.warc.gz", ID: "urn:uuid:1", At: "2026-01-02T03:04:05.000006Z"},
		{URL: odd, Mime: odd, Digest: odd, Filename: odd, ID: odd, At: odd, Event: odd, Method: odd, Request: odd, Kind: Kind(odd), Of: odd,
			Charset: odd, Location: odd, RefersTo: odd, Transport: odd, Outcome: odd, Detail: odd, Status: 404, Length: -1, Offset: 7},
		{Event: "run-end", Data: json.RawMessage(`{"run":"a\\","n":[1,-2.5e3,{"x":"]}\""},true,null],"s":{}}`)},
		{Event: "run-end", Data: json.RawMessage(`"\\\""`)},
		{Event: "run-end", Data: json.RawMessage(`12`)},
		{Event: "run-end", Data: json.RawMessage(`[]`)},
	} {
		doc, err := marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		var got, want indexLine
		if err := json.Unmarshal(doc, &want); err != nil {
			t.Fatal(err)
		}
		if err := got.parse(string(doc)); err != nil {
			t.Errorf("%s: %v", doc, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-encoding/json +ours)\n%s", doc, diff)
		}
		for n := range doc {
			if err := new(indexLine).parse(string(doc[:n])); err == nil {
				t.Errorf("%s: read as a whole line", doc[:n])
			}
		}
	}
	for _, bad := range []string{``, `{}x`, `{"url":1}`, `{"offset":"1"}`, `{"offset":1.5}`, `{"at" :1}`, `{"data":}`, `{"data":]}`, `{"new":1,}`, `[]`, `{"url":"\q"}`} {
		if err := new(indexLine).parse(bad); err == nil {
			t.Errorf("%s: no error", bad)
		}
	}
	if err := new(indexLine).parse(`{"later":{"a":["}"]},"offset":1}`); err != nil {
		t.Errorf("a member of a later version: %v", err)
	}
}
