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

// Walk walks a listing as a crawl of the source would, to its end or for at most so many
// pages, and fetches no item. turned is called with each page and what was read from it.
// The error is one after which nothing more can be asked; what else went wrong is in
// Walked.
type Walk func(src report.Source, most int, turned func(*portal.Page, portal.Listing)) (Walked, error)

// Walked is how a walk ended.
type Walked struct {
	Ended   bool  // at the listing's end
	Trouble error // why it did not come to its end, nil if it did or was to go no further
}

// look is what is done by hand instead of crawling a source.
type look struct {
	near   func(*url.URL) bool
	do     func(Ask, Walk) error
	most   int // pages that the walk at hand may turn
	turned func(*portal.Page, portal.Listing)
}

// Look lets do ask for single addresses and walk listings where Crawl would crawl: on the
// source's own host, on those of `also`, and on every further host that near agrees to, to
// which redirects may lead as well. What was asked for once is answered from the archive.
// The exchanges land in the archive under the source's id, in a run of opt.Command. An
// error of do is the result's outcome; an error of Look means that nothing was begun
// because the options or the source make no sense.
func Look(ctx context.Context, a *archive.Archive, src report.Source, opt Options, near func(*url.URL) bool, do func(Ask, Walk) error) (Result, error) {
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
	w := &walk{job: j, src: src, id: opt.Run, began: time.Now(), look: &look{near: near, do: do}}
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
	w.since = w.began
	w.resumed = w.writer.Since(w.since, w.live)
	err := w.look.do(func(why archive.Why, r portal.Request) (*archive.Exchange, error) {
		ex, f := w.answer(ctx, why, r)
		if f != nil { // a nil *fault is no nil error
			return nil, f
		}
		return ex, nil
	}, func(src report.Source, most int, turned func(*portal.Page, portal.Listing)) (Walked, error) {
		return w.some(ctx, src, most, turned)
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

// some walks the first pages of a listing, on the hosts that a crawl of it might ask.
func (w *walk) some(ctx context.Context, src report.Source, most int, turned func(*portal.Page, portal.Listing)) (_ Walked, err error) {
	src.ID = w.src.ID
	hosts, err := hostsOf(src)
	if err != nil {
		return Walked{}, err
	}
	if u, err := address(src.URL); err != nil {
		return Walked{}, err
	} else if f := w.admit(u); f != nil {
		return Walked{Trouble: f}, nil
	}
	asked, near := w.hosts, w.look.near
	defer func(src report.Source) { w.hosts, w.look.near, w.src = asked, near, src }(w.src)
	w.hosts, w.look.near = make(map[string]bool), func(*url.URL) bool { return false }
	for _, key := range hosts {
		w.hosts[key] = asked[key]
	}
	w.src, w.listing, w.memory = src, listing{}, memory{}
	w.look.most, w.look.turned = most, turned
	if w.rule, err = RuleOf(src); err != nil {
		return Walked{}, err
	}
	f := w.list(ctx)
	if f == nil {
		f = w.listing.trouble
	}
	switch {
	case f == nil:
		return Walked{Ended: !w.listing.partial}, nil
	case f.ends():
		return Walked{}, f
	}
	return Walked{Trouble: f}, nil
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
