package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// Record returns a transport that archives every exchange it makes through next,
// failed ones too, before it hands on the answer. The answer's body is decoded and
// whole in memory. A body of more than maxBody bytes, counted after decompression
// (0: no limit), is an error that wraps ErrTooLarge.
//
// What was erased, from whichever source, is not asked for: ErrErased, and nothing is
// archived.
//
// next must not decompress by itself (http.Transport: DisableCompression). Errors
// of next are returned as they are, joined with that of the archive if the exchange
// could not be written.
func (w *Writer) Record(next http.RoundTripper, maxBody int64) http.RoundTripper {
	if maxBody <= 0 {
		maxBody = math.MaxInt64 >> 1
	}
	return &recorder{w: w, next: next, maxBody: maxBody}
}

type recorder struct {
	w       *Writer
	next    http.RoundTripper
	maxBody int64
}

// exchange is one on its way into the archive.
type exchange struct {
	url         string
	at          time.Time
	ip          string
	requestHead []byte
	requestBody []byte
	answered    bool // there is a whole answer: head and wire
	head        []byte
	wire        []byte
	meta        exchangeMeta
}

func (t *recorder) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := takeBody(req)
	if err != nil {
		return nil, fmt.Errorf("read request body of %s: %w", req.URL, err)
	}
	var ip atomic.Value
	trace := &httptrace.ClientTrace{GotConn: func(c httptrace.GotConnInfo) { ip.Store(ipOf(c.Conn.RemoteAddr())) }}
	sent := req.Clone(httptrace.WithClientTrace(req.Context(), trace))
	if body != nil {
		setBody(sent, body)
	}
	if sent.Method == "" {
		sent.Method = http.MethodGet
	}
	if sent.Header.Get("Accept-Encoding") == "" {
		// unasked, http.Transport would ask for gzip and undo it unseen
		sent.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
	}
	x := &exchange{url: archivedURL(req.URL), at: now(), requestHead: requestHead(sent, len(body)), requestBody: body}
	if t.w.forbidden(x.url) {
		return nil, fmt.Errorf("%s %s: %w", sent.Method, x.url, ErrErased)
	}
	x.meta = exchangeMeta{Why: WhyOf(req.Context()), Method: sent.Method, RequestSHA256: bodyDigest(body)}
	resp, decoded, err := t.exchange(sent, x)
	x.ip, _ = ip.Load().(string)
	if err != nil {
		x.meta.Outcome, x.meta.Detail = outcomeOf(err), detailOf(err)
	}
	if archiveErr := t.w.putExchange(x); archiveErr != nil {
		return nil, errors.Join(err, fmt.Errorf("archive %s: %w", x.url, archiveErr))
	}
	if err != nil {
		return nil, err
	}
	return handOn(resp, req, decoded), nil
}

// exchange has next answer and fills x with what came. The error is that of the
// exchange; x.answered says whether there is an answer to be kept all the same.
func (t *recorder) exchange(req *http.Request, x *exchange) (*http.Response, []byte, error) {
	resp, err := t.next.RoundTrip(req)
	if err != nil {
		return nil, nil, err
	}
	wire, err := readWire(resp, t.maxBody)
	if err != nil {
		return nil, nil, fmt.Errorf("%s %s: status %d: %w", req.Method, x.url, resp.StatusCode, err)
	}
	m := &x.meta
	m.Transport = transportName(resp)
	decoded, err := decode(resp.Header, wire, t.maxBody)
	if errors.Is(err, ErrTooLarge) {
		return nil, nil, fmt.Errorf("%s %s: status %d: %w", req.Method, x.url, resp.StatusCode, err)
	}
	x.answered, x.head, x.wire = true, responseHead(resp), wire
	m.Outcome, m.Status = OutcomeOK, resp.StatusCode
	m.MediaType = mediaType(resp.Header.Get("Content-Type"))
	m.Location = location(req.URL, resp.StatusCode, resp.Header)
	if err != nil {
		return nil, nil, fmt.Errorf("%s %s: status %d: %w", req.Method, x.url, resp.StatusCode, err)
	}
	m.DecodedSize = int64(len(decoded))
	if len(decoded) > 0 && isText(resp.Header.Get("Content-Type"), decoded) {
		m.Charset, m.CharsetBasis = detectCharset(decoded, resp.Header.Get("Content-Type"))
	}
	return resp, decoded, nil
}

// wireSlack is what a content coding may add to bytes it cannot make smaller.
const wireSlack = 64 << 10

// readWire reads the body as it comes and closes it.
func readWire(resp *http.Response, maxBody int64) (wire []byte, err error) {
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	limit := maxBody + maxBody>>8 + wireSlack
	if resp.ContentLength > limit {
		return nil, fmt.Errorf("%w: %d bytes announced, at most %d wanted", ErrTooLarge, resp.ContentLength, maxBody)
	}
	var b bytes.Buffer
	if n := resp.ContentLength; n > 0 {
		b.Grow(int(min(n, 8<<20)) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(io.LimitReader(resp.Body, limit+1)); err != nil {
		return nil, fmt.Errorf("after %d bytes of the body: %w", b.Len(), err)
	}
	if int64(b.Len()) > limit {
		return nil, fmt.Errorf("%w: over %d bytes", ErrTooLarge, maxBody)
	}
	return b.Bytes(), nil
}

// handOn is the answer as it is seen above: decoded, with a header that says so.
func handOn(resp *http.Response, req *http.Request, decoded []byte) *http.Response {
	up := *resp
	up.Request = req
	up.Header = resp.Header.Clone()
	up.TransferEncoding = nil
	if up.Header.Get("Content-Encoding") != "" {
		up.Header.Del("Content-Encoding")
		up.Header.Del("Content-Length")
		up.Uncompressed = true
	}
	if req.Method != http.MethodHead {
		up.ContentLength = int64(len(decoded))
	}
	up.Body = io.NopCloser(bytes.NewReader(decoded))
	return &up
}

// takeBody reads a request's body and closes it; nil if it has none.
func takeBody(req *http.Request) ([]byte, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return nil, nil
	}
	b, err := io.ReadAll(req.Body)
	return b, errors.Join(err, req.Body.Close())
}

func setBody(req *http.Request, body []byte) {
	req.ContentLength = int64(len(body))
	req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	req.Body = io.NopCloser(bytes.NewReader(body))
}

// bodyDigest is the hex digest of a request body, "" for none.
func bodyDigest(body []byte) string {
	if len(body) == 0 {
		return ""
	}
	return hexDigest(body)
}

// archivedURL is the address without the fragment, which is never sent.
func archivedURL(u *url.URL) string {
	if u.Fragment == "" {
		return u.String()
	}
	bare := *u
	bare.Fragment, bare.RawFragment = "", ""
	return bare.String()
}

// ipOf is the address of a peer, "" where a connection has none (in memory).
func ipOf(addr net.Addr) string {
	host, _, err := net.SplitHostPort(addr.String())
	if err != nil || net.ParseIP(host) == nil {
		return ""
	}
	return host
}

// detailOf is an error as one line of bounded length.
func detailOf(err error) string {
	const most = 500
	s := strings.ToValidUTF8(strings.Join(strings.Fields(err.Error()), " "), "\uFFFD")
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
