package crawler

import (
	"context"
	"fmt"
	"net"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// Options are the settings of one run.
type Options struct {
	Run       string        // id of the run; an unfinished run of a source keeps its own
	Command   string        // run | backfill | demo
	UserAgent string        //
	Delay     time.Duration // from the end of an answer to the next request to that host; a robots.txt may ask for more
	Timeout   time.Duration // of one exchange, connection and body included; the wait before it is not
	Hosts     int           // host jobs side by side
	MaxBody   int64         // bytes, counted after decompression; more is an error
	Counters  string        // off | display (counters that can be read without counting) | all

	Budget Budget // for each host and run
	Quiet  Quiet  // hours in which nothing is asked

	Reconcile time.Duration // after this long a listing is walked to its end even where newest-first order would let the walk stop, as it is once after each statutory deadline; 30 days if 0

	AllowPrivate bool // let loopback, private and metadata addresses be dialled
	Full         bool // walk listings to the end even where newest-first order would let us stop
	Backfill     bool // history: walk to the end, follow what Years allows, go on with a run however old it is
	Years        Years

	// Dial replaces the guarded dialer, its private address check included.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)

	Log      *zap.Logger    // nil: silent
	Progress func(Progress) // may be nil; called from several goroutines
}

// Progress is how far the walk of one source has come.
type Progress struct {
	Source   string
	Phase    string // list | pages | done
	Pages    int    // list pages walked
	Items    int    // items followed
	Todo     int    // pages still to be fetched, as far as is known
	Fetched  int    // pages fetched and archived
	Requests int    // all requests that left this machine
}

// Phases of the walk of a source.
const (
	PhaseList  = "list"
	PhasePages = "pages"
	PhaseDone  = "done"
)

// Result is what came of one source.
type Result struct {
	Source report.Source
	report.RunEnd
	Pages   int    // list pages walked
	New     int    // pages never held before
	Resumed bool   // the run had begun before and went on under its id
	Adapter string // the family that read the listing, "" if it came to none
}

// Crawl walks the sources and returns one result each, in their order; those that
// were crawled the longest time ago are walked first. What becomes
// of a source, cancellation included, is its outcome; an error means that nothing was
// begun because the options or the sources make no sense.
func Crawl(ctx context.Context, a *archive.Archive, sources []report.Source, opt Options) ([]Result, error) {
	opt, err := opt.withDefaults()
	if err != nil {
		return nil, err
	}
	results := make([]Result, len(sources))
	index := make(map[string]int, len(sources))
	for i, src := range sources {
		if _, twice := index[src.ID]; twice {
			return nil, fmt.Errorf("source %s: listed twice", src.ID)
		}
		index[src.ID] = i
		results[i].Source = src
	}
	plans, broken := group(sources)
	longestWaitingFirst(a, plans)
	for id, err := range broken {
		results[index[id]].RunEnd = report.RunEnd{Run: opt.Run, Outcome: report.OutcomeError, Detail: err.Error()}
	}

	var g errgroup.Group
	g.SetLimit(opt.Hosts)
	for _, p := range plans {
		g.Go(func() error {
			j := newJob(a, opt, p.hosts)
			defer j.close()
			for _, src := range p.sources {
				results[index[src.ID]] = j.source(ctx, src)
			}
			return nil
		})
	}
	return results, g.Wait()
}

// withDefaults fills what is unset and refuses what would make the crawl impolite or
// its runs untraceable.
func (o Options) withDefaults() (Options, error) {
	if o.Run == "" || o.Command == "" {
		return o, fmt.Errorf("crawl options: run %q, command %q: both are needed", o.Run, o.Command)
	}
	if o.UserAgent == "" {
		return o, fmt.Errorf("crawl options: no user agent")
	}
	if o.Delay < 0 || o.Timeout < 0 || o.MaxBody < 0 {
		return o, fmt.Errorf("crawl options: negative limit (delay %s, timeout %s, body %d)", o.Delay, o.Timeout, o.MaxBody)
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	if o.Reconcile == 0 {
		o.Reconcile = 30 * day
	}
	if o.MaxBody == 0 {
		o.MaxBody = 64 << 20
	}
	if o.Hosts < 1 {
		o.Hosts = 8
	}
	switch o.Counters {
	case "":
		o.Counters = CountersDisplay
	case CountersOff, CountersDisplay, CountersAll:
	default:
		return o, fmt.Errorf("crawl options: counters %q, want off, display or all", o.Counters)
	}
	if o.Log == nil {
		o.Log = zap.NewNop()
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	return o, nil
}

// Settings of Options.Counters.
const (
	CountersOff     = "off"
	CountersDisplay = "display"
	CountersAll     = "all"
)
