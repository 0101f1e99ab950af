package main

import (
	"fmt"
	"time"

	"crawl/internal/crawler"
)

// pace estimates how long a crawl still takes, from how fast its sources go: each is
// as slow as its host is to be treated, so the slowest one at work decides, or the
// ones that have not begun.
type pace struct {
	hosts    int // walked side by side
	walks    map[string]*walkPace
	finished int
	took     time.Duration // by the finished ones, together
}

// walkPace is the speed of one source.
type walkPace struct {
	began   time.Time
	first   time.Time // when the first page was had
	fetched int
	todo    int
	done    bool
}

func newPace() pace { return pace{walks: map[string]*walkPace{}} }

func (p *pace) take(at crawler.Progress, now time.Time) {
	w := p.walks[at.Source]
	if w == nil {
		w = &walkPace{began: now}
		p.walks[at.Source] = w
	}
	if at.Fetched > 0 && w.first.IsZero() {
		w.first = now
	}
	w.fetched, w.todo = at.Fetched, at.Todo
	if at.Phase == crawler.PhaseDone && !w.done {
		w.done = true
		p.finished++
		p.took += now.Sub(w.began)
	}
}

// enough is how many pages a source must have brought before its speed says anything.
const enough = 5

// left says how long it still takes, with what the estimate goes by; "" while there is
// nothing to go by. queued is the number of sources that have not begun.
func (p *pace) left(queued int) string {
	return p.leftAt(queued, time.Now())
}

func (p *pace) leftAt(queued int, now time.Time) string {
	var slowest, sum time.Duration
	for _, w := range p.walks {
		if w.done || w.todo == 0 || w.fetched < enough {
			continue
		}
		rest := now.Sub(w.first) / time.Duration(w.fetched-1) * time.Duration(w.todo)
		slowest = max(slowest, rest)
		sum += rest
	}
	if queued > 0 {
		if p.finished < enough {
			if sum == 0 {
				return ""
			}
			return fmt.Sprintf(", at least %s left", rounded(slowest))
		}
		sum += p.took / time.Duration(p.finished) * time.Duration(queued)
		slowest = max(slowest, sum/time.Duration(max(p.hosts, 1)))
	}
	if slowest == 0 {
		return ""
	}
	return fmt.Sprintf(", about %s left", rounded(slowest))
}

// rounded is a time as exact as an estimate is.
func rounded(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "a minute"
	case d < time.Hour:
		return fmt.Sprintf("%d min", d.Round(time.Minute)/time.Minute)
	case d < 48*time.Hour:
		return fmt.Sprintf("%.1f h", d.Hours())
	}
	return fmt.Sprintf("%.0f days", d.Hours()/24)
}
