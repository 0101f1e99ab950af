package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	"crawl/internal/report"
)

// pace is the transport that makes us polite: it waits until the host may be asked
// again, and counts the requests that leave this machine.
//
// It stands above Record, which returns only when the whole body is archived; so the
// delay runs from the end of an answer, and a wait that is cut short leaves no trace
// in the archive. Colly's own Delay is a plain sleep that a cancelled context does
// not end, and its request timeout would run during the wait.
type pace struct {
	next     http.RoundTripper
	hosts    map[string]*host
	timeout  time.Duration
	quiet    Quiet
	requests atomic.Int64 // written to a connection, those included that net/http repeats by itself
}

func (p *pace) RoundTrip(req *http.Request) (*http.Response, error) {
	h := p.hosts[hostKey(req.URL)]
	if h == nil || h.unlock == nil {
		return nil, faultf(report.OutcomeError, "%s: host is not locked by this job", req.URL.Host)
	}
	if err := sleep(req.Context(), time.Until(h.free)); err != nil {
		return nil, err
	}
	if err := p.quiet.wait(req.Context()); err != nil {
		return nil, err
	}
	if h.since.IsZero() {
		h.since = time.Now()
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(req.Context(), p.timeout)
	defer cancel()
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { p.requests.Add(1) }})
	resp, err := p.next.RoundTrip(req.WithContext(ctx))
	var size int64
	if resp != nil {
		size = resp.ContentLength
	}
	h.answered(time.Since(began), size)
	h.free = time.Now().Add(h.delay)
	return resp, err
}

// sleep waits, at most until ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// trail is the outermost transport. It notes the last exchange of a request, so that
// it can be read from the archive, and keeps the body from Colly, which would gunzip
// and recode it for nobody.
type trail struct {
	next http.RoundTripper

	method, url, digest string // key of the last exchange in the archive
	header              http.Header
}

func (t *trail) RoundTrip(req *http.Request) (*http.Response, error) {
	digest, err := bodyDigest(req)
	if err != nil {
		return nil, err
	}
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Body.Close()
	resp.Body, resp.ContentLength = http.NoBody, 0
	resp.Uncompressed = true // so that Colly does not look for gzip in the empty body
	t.method, t.url, t.digest, t.header = req.Method, req.URL.String(), digest, resp.Header
	return resp, nil
}

// bodyDigest is the hex SHA-256 of a request's body, "" for none.
func bodyDigest(req *http.Request) (string, error) {
	if req.Body == nil || req.Body == http.NoBody || req.GetBody == nil {
		return "", nil
	}
	body, err := req.GetBody()
	if err != nil {
		return "", err
	}
	defer body.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, body); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
