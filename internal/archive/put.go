package archive

import "net/http"

// putExchange writes an exchange in one call: request, metadata, answer. The answer
// comes last, so that whatever a crash tears off, no answer is left without what it
// was asked for.
func (w *Writer) putExchange(x *exchange) error {
	requestID, err := newRecordID()
	if err != nil {
		return err
	}
	metaID, err := newRecordID()
	if err != nil {
		return err
	}
	id := metaID // of the capture
	var answer *outRecord
	var original Capture
	if x.answered {
		if id, err = newRecordID(); err != nil {
			return err
		}
		answer, original = w.answerRecord(x, id)
	}
	doc, err := marshal(metadataDoc{Exchange: &x.meta})
	if err != nil {
		return err
	}
	common := []field{{"WARC-Target-URI", x.url}}
	if x.ip != "" {
		common = append(common, field{"WARC-IP-Address", x.ip})
	}
	about := common
	if x.answered {
		about = append(common[:len(common):len(common)], field{"WARC-Concurrent-To", bracketed(id)})
	}
	group := &recordGroup{}
	group.add(&outRecord{
		kind: typeRequest, id: requestID, at: x.at, contentType: "application/http; msgtype=request",
		head: x.requestHead, body: x.requestBody, payload: x.meta.RequestSHA256,
		fields: append(common[:len(common):len(common)], field{"WARC-Concurrent-To", bracketed(id)}),
	})
	group.add(&outRecord{
		kind: typeMetadata, id: metaID, at: x.at, contentType: "application/json", body: doc, fields: about,
	})
	c := entry{Capture: x.meta.capture(w.id, id, x.url, x.at)}
	if x.answered {
		answer.fields = append(common[:len(common):len(common)], answer.fields...)
		group.add(answer)
		c.SHA256, c.RefersTo = answer.payload, original.RecordID
	}
	return w.append(group, false, func(ix *index, file string, offset, length int64) {
		c.File, c.Offset, c.length = file, offset, length
		ix.addCapture(c)
	})
}

// answerRecord is the record of the answer: a revisit if the archive holds the same
// payload as an answer to the same request, or if the server said that it does.
func (w *Writer) answerRecord(x *exchange, id string) (*outRecord, Capture) {
	r := &outRecord{
		kind: typeResponse, id: id, at: x.at, contentType: "application/http; msgtype=response",
		head: x.head, body: x.wire, payload: hexDigest(x.wire),
	}
	original, profile, ok := w.original(x, r.payload)
	if !ok {
		return r, Capture{}
	}
	if profile == profileNotModified {
		x.meta.MediaType, x.meta.Charset = original.MediaType, original.Charset
	}
	r.kind, r.body, r.payload = typeRevisit, nil, original.SHA256
	r.fields = []field{
		{"WARC-Profile", profile},
		{"WARC-Refers-To", bracketed(original.RecordID)},
		{"WARC-Refers-To-Target-URI", original.URL},
		{"WARC-Refers-To-Date", original.At.Format(dateFormat)},
		{"WARC-Truncated", "length"},
	}
	return r, original
}

// original is the full response that an answer repeats.
func (w *Writer) original(x *exchange, digest string) (c Capture, profile string, ok bool) {
	if x.meta.Outcome != OutcomeOK {
		return Capture{}, "", false
	}
	key := exchangeKey{x.meta.Method, x.url, x.meta.RequestSHA256}
	if x.meta.Status != http.StatusNotModified {
		// nothing would be saved by a revisit of an empty body
		c, ok = w.newest(key, func(c Capture) bool { return c.RefersTo == "" && c.SHA256 == digest && len(x.wire) > 0 })
		return c, profileIdentical, ok
	}
	c, ok = w.newest(key, func(c Capture) bool { return c.Status == http.StatusOK })
	if ok && c.RefersTo != "" {
		w.mu.RLock()
		c, ok = w.index.byID(key, c.RefersTo)
		w.mu.RUnlock()
	}
	return c, profileNotModified, ok
}
