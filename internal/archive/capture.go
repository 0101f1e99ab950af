package archive

import (
	"context"
	"net/http"
	"time"
)

// Kind says what a request was for.
type Kind string

// The kinds of requests.
const (
	KindRobots Kind = "robots"
	KindList   Kind = "list"
	KindPage   Kind = "page"
	KindFile   Kind = "file"
	KindViews  Kind = "views"
)

// Why says why something was requested: its kind, and the URL that led to it. It
// travels in the request's context and is stored with the capture.
type Why struct {
	Kind Kind   `json:"kind"`
	Of   string `json:"of,omitempty"`
}

type whyKey struct{}

// WithWhy returns a context that carries w to the recording transport.
func WithWhy(ctx context.Context, w Why) context.Context {
	return context.WithValue(ctx, whyKey{}, w)
}

// WhyOf returns the Why that ctx carries, the zero Why if none.
func WhyOf(ctx context.Context) Why {
	w, _ := ctx.Value(whyKey{}).(Why)
	return w
}

// Outcomes of an exchange.
const (
	OutcomeOK       = "ok"        // an answer was received, whatever its status
	OutcomeDNS      = "dns"       // the name did not resolve
	OutcomeConnect  = "connect"   // no connection
	OutcomeTLS      = "tls"       // handshake or certificate
	OutcomeTimeout  = "timeout"   // no whole answer in time
	OutcomeReset    = "reset"     // the connection broke before the answer was whole
	OutcomeTooLarge = "too_large" // more than the limit, counted after decompression
	OutcomeEncoding = "encoding"  // the content coding could not be undone
	OutcomeRefused  = "refused"   // we refused: private address, disallowed by our own rules
	OutcomeCanceled = "canceled"  // our side stopped
	OutcomeErased   = "erased"    // nothing is kept but that it was erased, and why
	OutcomeOther    = "other"
)

// Capture is one archived exchange: the index line, without the bytes.
type Capture struct {
	RecordID      string    // WARC-Record-ID of the response (or of the metadata record of a failed exchange), <urn:uuid:...> without the brackets
	Source        string    // source id, the directory
	URL           string    // as requested
	Method        string    // GET or POST
	RequestSHA256 string    // hex digest of the request body, "" for none
	Why           Why       //
	At            time.Time // WARC-Date, UTC, microseconds
	Status        int       // HTTP status; 0 for a failed exchange
	MediaType     string    // of the Content-Type, lower case, without parameters
	Charset       string    // IANA name the body was found to be in, "" when not text
	SHA256        string    // hex digest of the payload as it came over the wire
	Location      string    // absolute target of a redirect, "" otherwise
	RefersTo      string    // record id of the response a revisit repeats, "" for a full response
	Transport     string    // HTTP/1.1, HTTP/2.0, with tls version where there is one
	Outcome       string    // see the outcomes
	Detail        string    // of a failure, in words
	File          string    // WARC file name within the source's directory
	Offset        int64     // of the record's gzip member
}

// OK says that the exchange brought a page: status 200, or 304 for a page that the
// archive holds and Read resolves to.
func (c Capture) OK() bool {
	return c.Outcome == OutcomeOK && (c.Status == http.StatusOK || c.Status == http.StatusNotModified && c.RefersTo != "")
}

// Exchange is a capture with its bytes.
type Exchange struct {
	Capture
	Header http.Header // of the response, as received
	Body   []byte      // as it came over the wire: content coding not undone
}

// Event is a run event: a metadata record that is not about one exchange.
type Event struct {
	RecordID string
	Source   string
	Kind     string // run-start, listing-complete, host-state, page-hollow, run-end
	At       time.Time
	Data     []byte // JSON
	File     string
	Offset   int64
}
