package archive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// metadataDoc is the block of every metadata record: a JSON object with one of three
// members. It is JSON and not application/warc-fields, since events are objects.
type metadataDoc struct {
	Exchange *exchangeMeta   `json:"exchange,omitempty"`
	Erased   *erasedMeta     `json:"erased,omitempty"` // what stood here was erased
	Event    string          `json:"event,omitempty"`  // kind of a run event
	Data     json.RawMessage `json:"data,omitempty"`   // of the event
}

// exchangeMeta is what the request and response records of an exchange do not say.
// With their WARC heads it holds all of a Capture, so that an index is rebuilt
// without reading a page.
type exchangeMeta struct {
	Why           Why    `json:"why,omitzero"`
	Method        string `json:"method"`
	RequestSHA256 string `json:"request_sha256,omitempty"`
	Outcome       string `json:"outcome"`
	Detail        string `json:"detail,omitempty"`
	Status        int    `json:"status,omitempty"`
	MediaType     string `json:"media_type,omitempty"`
	Charset       string `json:"charset,omitempty"`
	CharsetBasis  string `json:"charset_basis,omitempty"` // bom | utf8 | declared | frequency
	Location      string `json:"location,omitempty"`
	Transport     string `json:"transport,omitempty"`
	DecodedSize   int64  `json:"decoded_size,omitempty"` // bytes, content coding undone
}

// capture joins the metadata with what the WARC heads say.
func (m *exchangeMeta) capture(source, id, url string, at time.Time) Capture {
	return Capture{
		RecordID: id, Source: source, URL: url, Method: m.Method, RequestSHA256: m.RequestSHA256,
		Why: m.Why, At: at, Status: m.Status, MediaType: m.MediaType, Charset: m.Charset,
		Location: m.Location, Transport: m.Transport, Outcome: m.Outcome, Detail: m.Detail,
	}
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

func parseMetadata(block []byte) (metadataDoc, error) {
	var doc metadataDoc
	if err := json.Unmarshal(block, &doc); err != nil {
		return doc, fmt.Errorf("metadata record: %w", err)
	}
	members := 0
	for _, there := range []bool{doc.Exchange != nil, doc.Event != "", doc.Erased != nil} {
		if there {
			members++
		}
	}
	if members != 1 {
		return doc, fmt.Errorf("metadata record is not about one of an exchange, an event, an erasure")
	}
	return doc, nil
}
