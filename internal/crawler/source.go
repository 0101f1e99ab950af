package crawler

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"go.uber.org/zap"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// source walks one source from its lock to its run-end, and logs what came of it.
func (j *job) source(ctx context.Context, src report.Source) Result {
	return j.finish(ctx, &walk{job: j, src: src, id: j.opt.Run, began: time.Now()})
}

func (j *job) finish(ctx context.Context, w *walk) Result {
	src := w.src
	w.result = Result{Source: src, RunEnd: report.RunEnd{Run: j.opt.Run}}
	if f := w.sourceUnderLock(ctx); f != nil {
		w.result.Outcome, w.result.Detail = f.outcome, f.Error()
	}
	res := w.result
	res.Seconds = time.Since(w.began).Seconds()

	w.progress(PhaseDone)
	log := j.opt.Log.Info
	if res.Outcome != report.OutcomeOK {
		log = j.opt.Log.Warn
	}
	log("source finished", zap.String("source", src.ID), zap.String("run", res.Run), zap.String("outcome", string(res.Outcome)),
		zap.String("detail", res.Detail), zap.Int("requests", res.Requests), zap.Float64("seconds", res.Seconds))
	return res
}

// sourceUnderLock opens the source's archive, walks and closes. A fault it returns is
// the source's outcome, whatever the walk itself came to.
func (w *walk) sourceUnderLock(ctx context.Context) (f *fault) {
	if err := ctx.Err(); err != nil {
		return faultOf(ctx, err)
	}
	hosts, err := hostsOf(w.src)
	if err != nil {
		return &fault{outcome: report.OutcomeError, err: err}
	}
	w.hosts = make(map[string]bool, len(hosts))
	for _, key := range hosts {
		if refusal := w.job.hosts[key].refusal; refusal != nil {
			return refusal
		}
		w.hosts[key] = true
	}

	w.writer, err = w.job.archive.Writer(w.src.ID)
	switch {
	case errors.Is(err, archive.ErrBusy):
		return faultf(report.OutcomeBusy, "source %s is being crawled by another process", w.src.ID)
	case err != nil:
		return faultf(report.OutcomeError, "open archive: %w", err)
	}
	if repaired := w.writer.Repaired(); repaired != "" {
		w.job.opt.Log.Warn("archive repaired", zap.String("source", w.src.ID), zap.String("detail", repaired))
	}
	defer func() {
		if err := w.writer.Close(); err != nil && f == nil {
			f = faultf(report.OutcomeError, "close archive: %w", err)
		}
	}()
	defer w.caught(&f)
	return w.record(ctx)
}

// caught turns a panic into a fault of our own, deferred. Pages are hostile input; a
// parser that breaks over one must cost one source, not the night.
func (w *walk) caught(f **fault) {
	if p := recover(); p != nil {
		w.job.opt.Log.Error("panic", zap.String("source", w.src.ID), zap.String("run", w.id), zap.String("detail", fmt.Sprintf("%v\n%s", p, debug.Stack())))
		*f = faultf(report.OutcomeError, "panic: %v", p)
	}
}

// record brackets the walk with its run events.
func (w *walk) record(ctx context.Context) *fault {
	if err := w.prepare(); err != nil {
		return &fault{outcome: report.OutcomeError, err: err}
	}
	stored := w.src
	stored.Counters = w.job.opt.Counters
	err := w.writer.Event(report.EventRunStart, report.RunStart{
		Run: w.id, Command: w.job.opt.Command, Source: stored, Resumed: w.result.Resumed, Years: w.job.opt.Years.String(),
	})
	if err != nil {
		return faultf(report.OutcomeError, "archive run start: %w", err)
	}

	res := &w.result
	walked := func() (f *fault) {
		defer w.caught(&f) // so that the run is ended, and says so
		return w.run(ctx)
	}
	if f := walked(); f != nil {
		res.Outcome, res.Detail = f.outcome, f.Error()
	}
	if f := w.learnt(); f != nil {
		return f
	}
	res.Pages = w.listing.pages
	res.Requests = int(w.live.requests.Load())
	res.Seconds = time.Since(w.began).Seconds()
	if res.Outcome == report.OutcomeInterrupted {
		return nil // without its run-end the run is resumed
	}
	if err := w.writer.Event(report.EventRunEnd, res.RunEnd); err != nil {
		return faultf(report.OutcomeError, "archive run end: %w", err)
	}
	return nil
}

// prepare reads what the archive knows of the source, decides whether an unfinished
// run goes on, and builds the transports.
func (w *walk) prepare() error {
	j := w.job
	w.past = readPast(w.writer.Source, w.src, j.opt.Command)
	w.past.setBack(w.began, newestCapture(w.writer.Source))
	if at := w.past.ahead; !at.IsZero() {
		j.opt.Log.Warn("the clock was ahead, or is behind now: the archive holds what was fetched in the future",
			zap.String("source", w.src.ID), zap.String("detail", fmt.Sprintf("the newest is of %s, now it is %s", at.Format(time.RFC3339), w.began.Format(time.RFC3339))))
	}
	if w.past.damaged != nil {
		j.opt.Log.Warn("archive damaged", zap.String("source", w.src.ID), zap.String("detail", w.past.damaged.Error()))
	}
	var err error
	if w.rule, err = RuleOf(w.src); err != nil {
		return err
	}
	w.live = &pace{
		next:    w.writer.Record(j.wire, j.opt.MaxBody),
		hosts:   j.hosts,
		timeout: j.opt.Timeout,
		quiet:   j.opt.Quiet,
	}
	w.recall()
	w.resumed, w.since = w.live, w.began
	if w.past.unfinished != "" {
		w.id, w.result.Run, w.result.Resumed = w.past.unfinished, w.past.unfinished, true
		// Last night's list page says too little about tonight. A backfill may take weeks,
		// and what came on top meanwhile is the nightly run's.
		w.since = w.past.began
		if tonight := w.began.Add(nightSlack - day); w.since.Before(tonight) && !j.opt.Backfill {
			w.since = tonight
		}
		w.resumed = w.writer.Since(w.since, w.live)
	}
	w.trail = &trail{next: w.resumed}
	j.collector.WithTransport(w.trail)
	j.walk = w
	return nil
}
