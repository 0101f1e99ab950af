package archive

import (
	"bytes"
	"fmt"
	"slices"
)

// recordSeen is what a reference to a record is held against.
type recordSeen struct {
	kind   string
	digest string // of the payload
	url    string
}

// promise is a reference to another record.
type promise struct {
	from   Fault // filled but for the problem
	field  string
	to     string
	digest string // that the payload must have, "" for any
}

// record checks one record on its own and keeps what others may refer to.
func (v *verifier) record(file string, rec *inRecord) {
	v.sum.Records++
	where := Fault{File: file, Offset: rec.offset, RecordID: rec.id(), URL: rec.get("WARC-Target-URI")}
	complain := func(format string, args ...any) {
		f := where
		f.Problem = fmt.Sprintf(format, args...)
		v.fault(f)
	}
	kind := rec.kind()
	switch kind {
	case typeResponse:
		v.sum.Responses++
	case typeRevisit:
		v.sum.Revisits++
	case typeRequest, typeMetadata, typeWarcinfo:
	default:
		complain("record of type %q", kind)
	}
	if _, err := rec.at(); err != nil {
		complain("date: %v", err)
	}
	if got, want := digestPrefix+hexDigest(rec.block), rec.get("WARC-Block-Digest"); got != want {
		complain("block digest is %s, %s is recorded", got, want)
	}
	if kind == typeResponse || kind == typeRequest {
		v.checkPayload(rec, complain)
	}
	seen := recordSeen{kind, rec.payloadSHA256(), where.URL}
	switch _, twice := v.ids[where.RecordID]; {
	case where.RecordID == "":
		complain("no record id")
	case twice:
		complain("record id used twice")
	default:
		v.ids[where.RecordID] = seen
	}
	v.promise(rec, where, complain)
}

func (v *verifier) checkPayload(rec *inRecord, complain func(string, ...any)) {
	_, _, body, ok := splitHead(rec.block)
	if !ok {
		complain("block has no HTTP head")
		return
	}
	want := rec.get("WARC-Payload-Digest")
	if want == "" && rec.kind() == typeRequest && len(body) == 0 {
		return
	}
	if got := digestPrefix + hexDigest(body); got != want {
		complain("payload digest is %s, %s is recorded", got, want)
	}
}

func (v *verifier) promise(rec *inRecord, where Fault, complain func(string, ...any)) {
	if to := rec.get("WARC-Concurrent-To"); to != "" {
		v.promises = append(v.promises, promise{from: where, field: "WARC-Concurrent-To", to: unbracketed(to)})
	}
	if rec.kind() != typeRevisit {
		return
	}
	to := rec.get("WARC-Refers-To")
	if to == "" {
		complain("revisit refers to nothing")
		return
	}
	v.promises = append(v.promises, promise{where, "WARC-Refers-To", unbracketed(to), rec.payloadSHA256()})
}

// checkPromises looks up every record referred to.
func (v *verifier) checkPromises() {
	for _, p := range v.promises {
		f := p.from
		seen, ok := v.ids[p.to]
		switch {
		case !ok:
			f.Problem = fmt.Sprintf("%s %s, which is not in the source", p.field, p.to)
		case p.digest != "" && (seen.kind != typeResponse || seen.digest != p.digest):
			f.Problem = fmt.Sprintf("%s %s, a %s of another payload", p.field, p.to, seen.kind)
		case p.digest == "" && seen.url != f.URL:
			f.Problem = fmt.Sprintf("%s %s, which is about %s", p.field, p.to, seen.url)
		default:
			continue
		}
		v.fault(f)
	}
}

// compareIndex holds the index on disk against the one made anew, as far as it
// covers the files: being behind is no fault.
func (v *verifier) compareIndex(files []string) {
	if v.old == nil {
		return
	}
	covered := map[string]int64{}
	for _, c := range v.old.files {
		covered[c.Name] = c.Size
		if !slices.Contains(files, c.Name) {
			v.fault(Fault{File: c.Name, Problem: "file is in the index and not on the disk"})
		}
	}
	old := map[string]entry{}
	for _, e := range v.old.captures {
		old[e.RecordID] = e
	}
	for _, e := range v.fresh.captures {
		was, ok := old[e.RecordID]
		delete(old, e.RecordID)
		if e.Offset < covered[e.File] && (!ok || was != e) {
			v.fault(Fault{File: e.File, Offset: e.Offset, RecordID: e.RecordID, URL: e.URL, Problem: "index says otherwise"})
		}
	}
	for _, e := range old {
		v.fault(Fault{File: e.File, Offset: e.Offset, RecordID: e.RecordID, URL: e.URL, Problem: "is in the index only"})
	}
	events := map[string]Event{}
	for _, e := range v.old.events {
		events[e.RecordID] = e
	}
	for _, e := range v.fresh.events {
		was, ok := events[e.RecordID]
		delete(events, e.RecordID)
		if e.Offset < covered[e.File] && (!ok || was.Offset != e.Offset || was.File != e.File || was.Kind != e.Kind || !was.At.Equal(e.At) || !bytes.Equal(was.Data, e.Data)) {
			v.fault(Fault{File: e.File, Offset: e.Offset, RecordID: e.RecordID, Problem: "index says otherwise of event " + e.Kind})
		}
	}
	for _, e := range events {
		v.fault(Fault{File: e.File, Offset: e.Offset, RecordID: e.RecordID, Problem: "event " + e.Kind + " is in the index only"})
	}
}
