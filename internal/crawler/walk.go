package crawler

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"crawl/internal/archive"
	"crawl/internal/portal"
	"crawl/internal/report"
)

// walk is one source being walked.
type walk struct {
	job     *job
	src     report.Source
	id      string // of the run; the unfinished run's id if one is resumed
	began   time.Time
	since   time.Time // what was fetched from then on is this run's: began, or earlier if one is resumed
	past    past
	todo    int             // pages still to be fetched
	probing bool            // the host was dead for days: one request, no second try
	hosts   map[string]bool // host keys this source may ask
	rule    portal.Rule
	result  Result

	writer  *archive.Writer
	live    *pace             // to the network, archiving
	resumed http.RoundTripper // live, or answers of the unfinished run before it
	trail   *trail
	listing listing
	memory  memory
	read    *portal.Page // the page read last, of the capture wasRead
	wasRead string

	look *look // what is asked by hand, see Look; nil in a crawl
}

// run lists the source and fetches what is followed and not held. The listing is
// walked to its end first: page by page it would shift under a long walk.
func (w *walk) run(ctx context.Context) *fault {
	if f := w.askedToWait(); f != nil {
		return f
	}
	if w.look != nil {
		return w.lookAround(ctx)
	}
	if f := w.down(); f != nil {
		return f
	}
	if f := w.list(ctx); f != nil {
		return f
	}
	l := &w.listing
	w.result.Listed = len(l.items)
	if l.trouble == nil && len(l.items) == 0 {
		l.trouble = l.excuse
	}
	if l.trouble == nil {
		err := w.writer.Event(report.EventListingComplete, report.ListingComplete{
			Run: w.id, URL: w.src.URL, Adapter: l.adapter.Name, Pages: l.pages, Items: len(l.seen),
			Ordered: l.order.verified(), Partial: l.partial, Total: l.total, Missing: w.memory.missing(l.seen),
		})
		if err != nil {
			return faultf(report.OutcomeError, "archive listing: %w", err)
		}
	}
	missed, f := w.fetchItems(ctx)
	if f != nil {
		return f
	}
	w.result.Outcome, w.result.Detail = w.outcome(missed)
	return nil
}

// askedToWait returns the fault of a host that asked, in an earlier run or through
// another source, to be left alone until a time that has not come yet.
func (w *walk) askedToWait() *fault {
	u, err := address(w.src.URL)
	if err != nil {
		return &fault{outcome: report.OutcomeError, err: err}
	}
	if h := w.job.at(u); h.leftAlone != nil && !h.until.IsZero() {
		return h.leftAlone
	}
	return nil
}

// outcome sums the walk up in one word and a sentence, the gravest first.
func (w *walk) outcome(missed misses) (report.Outcome, string) {
	l := &w.listing
	var details []string
	outcome := report.OutcomeOK
	if missed.count > 0 {
		// A dead link is the publisher's fault, counted and named; whoever started us need
		// not be called for it.
		if missed.count > missed.dead {
			outcome = report.OutcomePartial
		}
		details = append(details, fmt.Sprintf("%d of %d pages failed: %s", missed.count, len(l.items), missed))
	}
	if missed.untried > 0 {
		outcome = missed.alone.outcome
		details = append([]string{fmt.Sprintf("%s; %d pages given up", missed.alone, missed.untried)}, details...)
	}
	if missed.counter != nil && missed.untried == 0 {
		details = append(details, fmt.Sprintf("view counter: %s", missed.counter))
	}
	if l.trouble != nil {
		outcome = l.trouble.outcome
		details = append([]string{l.trouble.Error()}, details...)
	}
	if len(l.items) == 0 && l.trouble == nil && !l.partial && !w.src.Expect.Empty {
		return report.OutcomeEmpty, l.emptiness()
	}
	return outcome, strings.Join(details, "; ")
}

// allowed says whether the source may ask the address's host.
func (w *walk) allowed(u *url.URL) bool { return w.hosts[hostKey(u)] || w.admit(u) == nil }

// page reads a capture from the archive as a page.
func (w *walk) page(c archive.Capture) (*portal.Page, *fault) {
	ex, err := w.writer.Read(c)
	if err != nil {
		return nil, faultf(report.OutcomeError, "read the archived %s: %w", c.URL, err)
	}
	p, err := portal.Read(ex)
	if err != nil {
		return nil, &fault{outcome: report.OutcomeHTTP, err: err}
	}
	return p, nil
}

// readable is page for captures that may be anything: nil for files and what cannot
// be read as text. Walls and counters are looked for on the same page, one after the other.
func (w *walk) readable(c archive.Capture) *portal.Page {
	if c.RecordID == w.wasRead {
		return w.read
	}
	if t := c.MediaType; t != "" && !strings.HasPrefix(t, "text/") && !textual.MatchString(t) {
		return nil
	}
	p, f := w.page(c)
	if f != nil {
		return nil
	}
	w.read, w.wasRead = p, c.RecordID
	return p
}

// textual are the media types beside text/* under which portals answer in text.
var textual = regexp.MustCompile(`html|json|javascript|[/+]xml`)

// wall returns the fault of a page by which the portal refuses us. The host of a known
// wall is left alone, since the refusal lasts the longer the more is asked; a mere 403
// may be about this page only.
func (w *walk) wall(p *portal.Page) *fault {
	name, evidence := portal.Refusal(p)
	if name == "" {
		return nil
	}
	f := faultf(report.OutcomeBlocked, "%s refused: %s (%s)", p.URL, name, evidence)
	if name == bareRefusal {
		return f
	}
	return w.leaveAlone(w.job.at(p.URL), p.URL, time.Time{}, f)
}

// bareRefusal is portal's name for a 403 without the marks of a wall.
const bareRefusal = "forbidden"

// leftAlone says whether the host of an address is not asked again in this run.
func (w *walk) leftAlone(raw string) bool {
	u, err := address(raw)
	if err != nil {
		return false
	}
	h := w.job.at(u)
	return h != nil && h.leftAlone != nil
}

func (w *walk) progress(phase string) {
	requests := 0
	if w.live != nil {
		requests = int(w.live.requests.Load())
	}
	w.job.opt.Progress(Progress{
		Source: w.src.ID, Phase: phase, Pages: w.listing.pages,
		Items: len(w.listing.items), Todo: w.todo, Fetched: w.result.Fetched, Requests: requests,
	})
}
