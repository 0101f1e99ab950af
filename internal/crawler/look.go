package crawler

import (
	"context"
	"errors"
	"net/url"
	"time"

	"crawl/internal/archive"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// Ask asks for one address with all the manners of a crawl (robots.txt, pace, locks,
// archive) and returns the answer whatever its status. The error tells why there is none,
// a wall in front of the portal included; OutcomeOf puts it into one word.
type Ask func(why archive.Why, r portal.Request) (*archive.Exchange, error)

// look is what is asked by hand instead of walking a source.
type look struct {
	near func(*url.URL) bool
	do   func(Ask) error
}

// Look lets do ask for single addresses where Crawl would walk: on the source's own host,
// on those of `also`, and on every further host that near agrees to, to which redirects
// may lead as well. The exchanges land in the archive under the source's id, in a run of
// opt.Command. An error of do is the result's outcome; an error of Look means that
// nothing was begun because the options or the source make no sense.
func Look(ctx context.Context, a *archive.Archive, src report.Source, opt Options, near func(*url.URL) bool, do func(Ask) error) (Result, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return Result{}, err
	}
	hosts, err := hostsOf(src)
	if err != nil {
		return Result{}, err
	}
	j := newJob(a, opt, hosts)
	defer j.close()
	w := &walk{job: j, src: src, id: opt.Run, began: time.Now(), look: &look{near, do}}
	return j.finish(ctx, w), nil
}

// OutcomeOf is what an error of Ask, or of reading what it answered, means for a source
// whose listing it hits. After OutcomeInterrupted and OutcomeError nothing more can be asked.
func OutcomeOf(err error) report.Outcome {
	if f, ok := errors.AsType[*fault](err); ok {
		return f.outcome
	}
	return report.OutcomeHTTP
}

// lookAround has the caller ask.
func (w *walk) lookAround(ctx context.Context) *fault {
	err := w.look.do(func(why archive.Why, r portal.Request) (*archive.Exchange, error) {
		ex, f := w.answer(ctx, why, r)
		if f != nil { // a nil *fault is no nil error
			return nil, f
		}
		return ex, nil
	})
	switch {
	case ctx.Err() != nil:
		return &fault{outcome: report.OutcomeInterrupted, err: ctx.Err()}
	case err != nil:
		return &fault{outcome: OutcomeOf(err), err: err}
	}
	w.result.Outcome = report.OutcomeOK
	return nil
}

// answer is one exchange, unless a wall answered.
func (w *walk) answer(ctx context.Context, why archive.Why, r portal.Request) (*archive.Exchange, *fault) {
	u, err := address(r.URL)
	if err != nil {
		return nil, &fault{outcome: report.OutcomeHTTP, err: err}
	}
	if f := w.admit(u); f != nil {
		return nil, f
	}
	capture, f := w.fetch(ctx, why, r)
	if f != nil {
		return nil, f
	}
	if p := w.readable(capture); p != nil {
		if f := w.wall(p); f != nil {
			return nil, f
		}
	}
	w.result.Fetched++
	ex, err := w.writer.Read(capture)
	if err != nil {
		return nil, faultf(report.OutcomeError, "read the archived %s: %w", capture.URL, err)
	}
	return ex, nil
}

// admit takes a host into a look around. In a crawl the hosts are fixed beforehand: jobs
// that wait for each other's hosts would hang.
func (w *walk) admit(u *url.URL) *fault {
	key := hostKey(u)
	switch {
	case w.hosts[key]:
		return nil
	case w.look == nil || !w.look.near(u):
		return faultf(report.OutcomeHTTP, "%s is no host of this source", u.Host)
	}
	h := w.job.hosts[key]
	if h == nil {
		h = w.job.lock(key)
		w.job.hosts[key] = h
	}
	if h.refusal != nil {
		return h.refusal
	}
	w.hosts[key] = true
	return nil
}
