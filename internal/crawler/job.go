package crawler

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/gocolly/colly/v2"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// job walks the sources of one group of hosts, one request at a time.
type job struct {
	archive   *archive.Archive
	opt       Options
	hosts     map[string]*host
	robots    map[string]robotsAnswer // by origin, for the whole run
	wire      *http.Transport
	collector *colly.Collector
	walk      *walk // the source at hand, for redirects
}

// newJob locks the hosts and builds the collector. Hosts that cannot be locked are
// kept with the reason: only the sources that need them are given up.
func newJob(a *archive.Archive, opt Options, hosts []string) *job {
	j := &job{
		archive: a,
		opt:     opt,
		hosts:   make(map[string]*host, len(hosts)),
		robots:  make(map[string]robotsAnswer),
		wire:    wire(opt),
	}
	for _, key := range hosts {
		j.hosts[key] = j.lock(key)
	}

	j.collector = colly.NewCollector(
		colly.UserAgent(opt.UserAgent),
		// The archive remembers what was visited. With Colly's memory a redirect onto a
		// visited page fails.
		colly.AllowURLRevisit(),
		// Colly cuts longer bodies without a word. Record has the limit and errs.
		colly.MaxBodySize(0),
		// An error status is an answer: it is archived and judged like any other.
		colly.ParseHTTPErrorResponse(),
		// Colly's own robots.txt request carries neither our context nor its Why, takes
		// 429 for permission, gives up over one malformed line, never tells the
		// crawl-delay and is not made for redirects. So fetch asks allowed itself.
		colly.IgnoreRobotsTxt(),
	)
	j.collector.SetRequestTimeout(0) // pace sets the limit, after the wait
	j.collector.SetRedirectHandler(j.redirect)
	return j
}

// lock takes a host for this job.
func (j *job) lock(key string) *host {
	h := &host{floor: j.opt.Delay, delay: j.opt.Delay}
	unlock, err := j.archive.LockHost(key)
	switch {
	case err == nil:
		h.unlock = unlock
	case errors.Is(err, archive.ErrBusy):
		h.refusal = faultf(report.OutcomeBusy, "host %s is being crawled by another process", key)
	default:
		h.refusal = faultf(report.OutcomeError, "lock host %s: %w", key, err)
	}
	return h
}

// close frees the hosts and the connections. Unlocking can fail only for a lock that
// dies with the process anyway.
func (j *job) close() {
	j.wire.CloseIdleConnections()
	for _, h := range j.hosts {
		if h.unlock != nil {
			_ = h.unlock()
		}
	}
}

// at returns the host of an address, nil if the job has no business there.
func (j *job) at(u *url.URL) *host { return j.hosts[hostKey(u)] }

// maxRedirects is how many hops one request may take.
const maxRedirects = 10

// redirect judges a redirect's target like any other address: its form, its host and
// that host's robots.txt.
func (j *job) redirect(req *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return faultf(report.OutcomeHTTP, "more than %d redirects", maxRedirects)
	}
	target, err := address(req.URL.String())
	if err != nil {
		return faultf(report.OutcomeHTTP, "redirect: %w", err)
	}
	if !j.walk.allowed(target) {
		return faultf(report.OutcomeHTTP, "redirected off host to %s", target.Host)
	}
	req.URL = target
	// Conditions are about the address that was asked for, and http.Client carries them on.
	req.Header.Del("If-None-Match")
	req.Header.Del("If-Modified-Since")
	if archive.WhyOf(req.Context()).Kind == archive.KindRobots {
		return nil
	}
	return j.walk.permitted(req.Context(), target)
}
