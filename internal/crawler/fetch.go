package crawler

import (
	"cmp"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"crawl/internal/archive"
	"crawl/internal/portal"
	"crawl/internal/report"
)

const (
	// tries is how often one address is asked for in a row, backoff the wait before the
	// second time, on top of the host's delay: drawn between it and its double, so that
	// hosts that went down together are not asked again together, and four times as long
	// before each further one.
	tries   = 3
	backoff = time.Second
	// patience is the longest Retry-After that is waited out within a run.
	patience = 30 * time.Second
	// longestAway is the longest that a Retry-After keeps us away: a server whose clock or
	// arithmetic is wrong must not lose its portal for years, and a request a week hurts nobody.
	longestAway = 7 * day
	// maxFailures is how many requests in a row may fail before the host is left alone:
	// a host that went down in the middle must not cost a timeout for every page.
	maxFailures = 5
)

// fetch asks for one address, once more if that is promising, and returns the capture
// of the last answer, whatever its status.
func (w *walk) fetch(ctx context.Context, why archive.Why, r portal.Request) (archive.Capture, *fault) {
	u, err := address(r.URL)
	if err != nil {
		return archive.Capture{}, &fault{outcome: report.OutcomeHTTP, err: err}
	}
	if !w.allowed(u) {
		return archive.Capture{}, faultf(report.OutcomeHTTP, "%s is no host of this source", u.Host)
	}
	h := w.job.at(u)
	if h.leftAlone != nil {
		return archive.Capture{}, h.leftAlone
	}
	if f := h.spent(w.job.opt.Budget); f != nil {
		return archive.Capture{}, f
	}
	if why.Kind != archive.KindRobots {
		if err := w.permitted(ctx, u); err != nil {
			return archive.Capture{}, faultOf(ctx, err)
		}
	}

	w.trail.next = w.resumed
	capture, f := w.visit(ctx, why, u, r)
	for try := 1; ; try++ {
		h.slower(w.job.opt, capture, f)
		wait, again := w.promising(why, capture, f, try)
		if !again || try == tries {
			break
		}
		if err := sleep(ctx, wait); err != nil {
			return archive.Capture{}, faultOf(ctx, err)
		}
		w.trail.next = w.live // the archive would repeat the answer that was no good
		capture, f = w.visit(ctx, why, u, r)
	}
	if alone := w.judge(h, u, why, capture, f); alone != nil {
		return capture, alone
	}
	return capture, f
}

// visit sends one request through Colly and finds the answer in the archive.
func (w *walk) visit(ctx context.Context, why archive.Why, u *url.URL, r portal.Request) (archive.Capture, *fault) {
	header := r.Header.Clone()
	if header == nil {
		header = make(http.Header)
	}
	header.Set("User-Agent", w.job.opt.UserAgent)
	header.Set("Accept-Encoding", "gzip")
	if header.Get("Accept-Language") == "" {
		header.Set("Accept-Language", "zh-CN,zh;q=0.9")
	}
	w.conditions(header, why, u, r)
	var body io.Reader
	if r.Body != "" {
		body = strings.NewReader(r.Body)
	}

	c := w.job.collector.Clone()
	c.Context = archive.WithWhy(ctx, why)
	if err := c.Request(cmp.Or(r.Method, http.MethodGet), u.String(), body, nil, header); err != nil {
		return archive.Capture{}, faultOf(ctx, err)
	}
	capture, ok := w.writer.Latest(w.trail.method, w.trail.url, w.trail.digest)
	if !ok {
		return archive.Capture{}, faultf(report.OutcomeError, "%s: not in the archive after it was fetched", w.trail.url)
	}
	if why.Kind == archive.KindPage {
		return capture, w.noteHollow(capture)
	}
	return capture, nil
}

// promising says whether one more try makes sense after the try-th, and after what wait.
func (w *walk) promising(why archive.Why, c archive.Capture, f *fault, try int) (time.Duration, bool) {
	if why.Kind == archive.KindViews || w.probing {
		return 0, false // at most once per page and visit; a dead host gets one probe
	}
	jittered := backoff<<(2*(try-1)) + rand.N(backoff<<(2*(try-1)))
	if f != nil {
		return jittered, f.again
	}
	switch c.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
	case http.StatusOK: // a page that was cut off in the middle, once
		return jittered, try == 1 && why.Kind == archive.KindPage && w.cutOff(c)
	default:
		return 0, false
	}
	if until, ok := retryAfter(w.trail.header, c.At); ok {
		wait := time.Until(until)
		return wait, wait <= patience
	}
	return jittered, c.Status != http.StatusTooManyRequests
}

// cutOff says whether an archived page ends in the middle.
func (w *walk) cutOff(c archive.Capture) bool {
	p := w.readable(c)
	return p != nil && archive.CutOff(p.Text)
}

// judge draws the host's conclusions from an answer. It returns the fault with which
// the host is left alone from now on, nil if it is not.
func (w *walk) judge(h *host, u *url.URL, why archive.Why, c archive.Capture, f *fault) *fault {
	if f != nil && f.ends() {
		return nil
	}
	if f == nil && (c.Status == http.StatusTooManyRequests || c.Status == http.StatusServiceUnavailable) {
		until, ok := retryAfter(w.trail.header, c.At)
		if ok && time.Until(until) > patience {
			return w.leaveAlone(h, u, until, faultf(report.OutcomeBlocked,
				"%s answered %d and asked to come back at %s", u.Host, c.Status, until.UTC().Format(time.RFC3339)))
		}
		if c.Status == http.StatusTooManyRequests && why.Kind != archive.KindRobots {
			return w.leaveAlone(h, u, time.Time{}, faultf(report.OutcomeBlocked,
				"%s answered 429 to %s", u.Host, u))
		}
	}
	switch {
	case f != nil && f.outcome == report.OutcomeUnreachable:
		h.failures++
		if h.failures >= maxFailures {
			return w.leaveAlone(h, u, time.Time{}, faultf(report.OutcomeUnreachable,
				"%s gave no answer %d times in a row, last: %w", u.Host, h.failures, f.err))
		}
	case f == nil && (c.Status >= 500 || c.Status == http.StatusForbidden):
		h.failures++
		if h.failures >= maxFailures {
			outcome := report.OutcomeHTTP
			if c.Status == http.StatusForbidden {
				outcome = report.OutcomeBlocked
			}
			return w.leaveAlone(h, u, time.Time{}, faultf(outcome,
				"%s answered with an error %d times in a row, last: status %d", u.Host, h.failures, c.Status))
		}
	default:
		h.failures = 0
	}
	return nil
}

// leaveAlone stops all requests to a host for the rest of the run and says so in the
// archive.
func (w *walk) leaveAlone(h *host, u *url.URL, until time.Time, why *fault) *fault {
	h.leftAlone, h.until = why, until.UTC()
	if f := w.putState(hostKey(u), h); f != nil {
		return f
	}
	return why
}

// retryAfter reads the Retry-After of an answer received at a time: seconds or a date.
func retryAfter(header http.Header, received time.Time) (time.Time, bool) {
	value := strings.TrimSpace(header.Get("Retry-After"))
	if value == "" {
		return time.Time{}, false
	}
	if seconds, err := strconv.Atoi(value); err == nil && seconds >= 0 {
		return received.Add(time.Duration(min(seconds, int(longestAway/time.Second))) * time.Second), true
	}
	at, err := http.ParseTime(value)
	if latest := received.Add(longestAway); err == nil && at.After(latest) {
		at = latest
	}
	return at, err == nil
}
