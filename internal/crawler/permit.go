package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"crawl/internal/archive"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// robotsAnswer is what asking an origin for its robots.txt came to.
type robotsAnswer struct {
	rules rules
	fault *fault // it could not be had: nothing may be asked for now
}

// permitted returns nil if the origin's robots.txt lets us ask for u. The file is
// asked for once a run.
func (w *walk) permitted(ctx context.Context, u *url.URL) error {
	origin := u.Scheme + "://" + u.Host
	answer, known := w.job.robots[origin]
	if !known {
		answer = w.askRobots(ctx, origin, w.job.at(u))
		if answer.fault != nil && answer.fault.ends() {
			return answer.fault
		}
		w.job.robots[origin] = answer
		w.slowDown(w.job.at(u), answer.rules)
	}
	switch {
	case answer.fault != nil:
		return answer.fault
	case !answer.rules.allows(u):
		return faultf(report.OutcomeRobots, "robots.txt forbids %s", u.RequestURI())
	}
	return nil
}

// robotsDay is how long a robots.txt is good for (RFC 9309, 2.4).
const robotsDay = day

// recentRobots is the answer of this day's earlier run, if it settled the matter.
func (w *walk) recentRobots(origin string) (archive.Capture, bool) {
	c, ok := w.writer.Latest(http.MethodGet, origin+"/robots.txt", "")
	if !ok || w.job.opt.Full || w.began.Sub(c.At) >= robotsDay || c.At.After(w.began) {
		return archive.Capture{}, false
	}
	settled := c.OK() || c.Status >= 400 && c.Status < 500 && c.Status != http.StatusTooManyRequests
	return c, settled
}

// askRobots fetches and reads a robots.txt by RFC 9309: without one (4xx, endless or
// foreign redirects) all is allowed; while the server cannot say (5xx, no answer)
// nothing is. 429 is a server that cannot say, not one without the file.
func (w *walk) askRobots(ctx context.Context, origin string, h *host) robotsAnswer {
	capture, recent := w.recentRobots(origin)
	var f *fault
	if !recent {
		capture, f = w.fetch(ctx, archive.Why{Kind: archive.KindRobots}, portal.Request{URL: origin + "/robots.txt"})
	}
	if f != nil {
		switch {
		case f.ends(), f.outcome == report.OutcomeBlocked:
			return robotsAnswer{fault: f}
		case f.outcome == report.OutcomeHTTP && h.leftAlone == nil:
			return robotsAnswer{}
		case unreached(f):
			return robotsAnswer{fault: f}
		}
		return robotsAnswer{fault: faultf(report.OutcomeRobots, "robots.txt could not be had: %w", f.err)}
	}
	switch {
	case capture.Status == http.StatusTooManyRequests || capture.Status >= 500:
		return robotsAnswer{fault: faultf(report.OutcomeRobots, "robots.txt could not be had: status %d", capture.Status)}
	case !capture.OK() && (capture.Status < 200 || capture.Status > 299):
		return robotsAnswer{}
	}
	body, err := w.payload(capture)
	if err != nil {
		return robotsAnswer{fault: faultf(report.OutcomeRobots, "robots.txt could not be read: %w", err)}
	}
	return robotsAnswer{rules: readRobots(body, w.job.opt.UserAgent)}
}

// slowDown raises a host's delay to the crawl-delay, the wait already begun included.
func (w *walk) slowDown(h *host, r rules) {
	h.floor = max(h.floor, r.delay)
	if more := h.floor - h.delay; more > 0 {
		h.delay += more
		h.free = h.free.Add(more)
	}
}

// payload reads a capture's body, its content coding undone.
func (w *walk) payload(c archive.Capture) ([]byte, error) {
	ex, err := w.writer.Read(c)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", c.URL, err)
	}
	return ex.Payload(w.job.opt.MaxBody)
}
