package crawler

import (
	"net/http"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// host is what a job knows of one host.
type host struct {
	unlock    func() error  // nil: not locked by us, never asked
	refusal   *fault        // why it is not locked
	floor     time.Duration // the least delay: the config's, or a longer crawl-delay
	delay     time.Duration // the delay in force
	free      time.Time     // when it may be asked again
	failures  int           // requests in a row without a usable answer
	leftAlone *fault        // not asked again in this run, and why
	until     time.Time     // when the host asked us to come back, if it is left alone for that

	// spent in this run
	requests int
	bytes    int64
	since    time.Time // of the first request
}

// Budget is the most that one run may take from one host; zero fields do not bound.
type Budget struct {
	Requests int
	Bytes    int64 // of bodies, decoded
	Time     time.Duration
}

const (
	// slowest is the longest delay that complaints lead to.
	slowest = 5 * time.Minute
	// recovery is what is left of a delay above its measure after each good answer.
	recovery = 0.9
)

// answered paces the host after an exchange that took some time: at least its floor
// and at least as long as it took to answer, so that we never take more than half of
// a slow server's time; what complaints added goes down slowly.
func (h *host) answered(took time.Duration, bytes int64) {
	h.requests++
	h.bytes += bytes
	measure := min(max(h.floor, took), slowest)
	h.delay = max(measure, time.Duration(float64(h.delay)*recovery))
}

// slower doubles the delay of a host that complains: 429, 503, a broken connection or
// none in time.
func (h *host) slower(o Options, c archive.Capture, f *fault) {
	complains := f != nil && f.outcome == report.OutcomeUnreachable && !unreached(f) ||
		f == nil && (c.Status == http.StatusTooManyRequests || c.Status == http.StatusServiceUnavailable)
	if complains {
		h.delay = min(max(2*h.delay, o.Delay, time.Second), slowest)
	}
}

// spent is the fault of a host whose budget is used up: its sources stop where they
// are, and the next run goes on from there.
func (h *host) spent(b Budget) *fault {
	switch {
	case b.Requests > 0 && h.requests >= b.Requests:
		return faultf(report.OutcomeInterrupted, "the host's budget of %d requests a run is spent", b.Requests)
	case b.Bytes > 0 && h.bytes >= b.Bytes:
		return faultf(report.OutcomeInterrupted, "the host's budget of %d MB a run is spent", b.Bytes>>20)
	case b.Time > 0 && !h.since.IsZero() && time.Since(h.since) >= b.Time:
		return faultf(report.OutcomeInterrupted, "the host's budget of %s a run is spent", b.Time)
	}
	return nil
}
