package crawler

import (
	"context"
	"fmt"
	"time"

	"crawl/internal/report"
)

// Quiet are hours of the day, Beijing time, in which no host is asked: from From to
// To, over midnight if To is the smaller. Both 0: none.
type Quiet struct {
	From, To time.Duration // since midnight
	Wait     bool          // wait them out, as a backfill does; else stop, for the next run to go on
}

// beijing has no summer time, so the offset is all there is to know.
var beijing = time.FixedZone("CST", 8*3600)

// until is when the quiet hours that hold now end, the zero time outside them.
func (q Quiet) until(now time.Time) time.Time {
	if q.From == q.To {
		return time.Time{}
	}
	local := now.In(beijing)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, beijing)
	clock := local.Sub(midnight)
	switch {
	case q.From < q.To && clock >= q.From && clock < q.To, q.From > q.To && clock < q.To:
		return midnight.Add(q.To)
	case q.From > q.To && clock >= q.From:
		return midnight.Add(24*time.Hour + q.To)
	}
	return time.Time{}
}

// wait returns when something may be asked, or with the fault of quiet hours that are
// not waited out.
func (q Quiet) wait(ctx context.Context) error {
	end := q.until(time.Now())
	if end.IsZero() {
		return nil
	}
	if !q.Wait {
		return &fault{outcome: report.OutcomeInterrupted, err: fmt.Errorf("quiet hours until %s", end.Format("15:04"))}
	}
	return sleep(ctx, time.Until(end))
}
