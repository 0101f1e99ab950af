package archive

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Replay returns a transport that answers from the source and never from a network:
// the newest answer to the same method, URL and request body, as Record handed it
// on. Without one the error wraps ErrNotArchived.
func (s *Source) Replay() http.RoundTripper {
	return &replayer{source: s}
}

// Since returns a transport that answers from captures made at or after t, and has
// next answer the rest: a run that goes on does not ask again for what it holds.
func (w *Writer) Since(t time.Time, next http.RoundTripper) http.RoundTripper {
	return &replayer{source: w.Source, since: t.Truncate(time.Microsecond), next: next}
}

type replayer struct {
	source *Source
	since  time.Time
	next   http.RoundTripper // nil: offline
}

// maxReplay bounds what an archived body may decode to. It was recorded under a
// limit; this one is against an archive that was tampered with.
const maxReplay = 1 << 30

func (t *replayer) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := takeBody(req)
	if err != nil {
		return nil, fmt.Errorf("read request body of %s: %w", req.URL, err)
	}
	if err := req.Context().Err(); err != nil {
		return nil, err
	}
	key := exchangeKey{req.Method, archivedURL(req.URL), bodyDigest(body)}
	c, ok := t.source.newest(key, func(c Capture) bool { return !c.At.Before(t.since) })
	if ok {
		return t.answer(req, c)
	}
	if t.next == nil {
		return nil, fmt.Errorf("%s %s: %w", req.Method, key.url, ErrNotArchived)
	}
	onward := req.Clone(req.Context())
	if body != nil {
		setBody(onward, body)
	}
	return t.next.RoundTrip(onward)
}

func (t *replayer) answer(req *http.Request, c Capture) (*http.Response, error) {
	ex, err := t.source.Read(c)
	if err != nil {
		return nil, err
	}
	status := ex.Status
	if status == http.StatusNotModified && c.RefersTo != "" {
		if conditional(req) {
			ex.Body = nil
		} else {
			status = http.StatusOK // what was not modified
		}
	}
	decoded, err := ex.Payload(maxReplay)
	if err != nil {
		return nil, err
	}
	proto, _, _ := strings.Cut(c.Transport, " ")
	major, minor, _ := http.ParseHTTPVersion(proto)
	resp := &http.Response{
		Status: fmt.Sprintf("%d %s", status, http.StatusText(status)), StatusCode: status,
		Proto: proto, ProtoMajor: major, ProtoMinor: minor, Header: ex.Header,
	}
	return handOn(resp, req, decoded), nil
}

func conditional(req *http.Request) bool {
	return req.Header.Get("If-None-Match") != "" || req.Header.Get("If-Modified-Since") != ""
}
