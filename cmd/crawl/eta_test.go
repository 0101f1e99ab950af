package main

import (
	"testing"
	"time"

	"crawl/internal/crawler"
)

func TestTimeLeft(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	p := newPace()
	p.hosts = 2
	if got := p.leftAt(3, start); got != "" {
		t.Errorf("before anything was had: %q", got)
	}
	// One page every ten seconds, 90 still to come.
	for i := 1; i <= 10; i++ {
		p.take(crawler.Progress{Source: "a", Phase: crawler.PhasePages, Fetched: i, Todo: 100 - i}, start.Add(time.Duration(i)*10*time.Second))
	}
	now := start.Add(100 * time.Second)
	if got := p.leftAt(0, now); got != ", about 15 min left" {
		t.Errorf("at work: %q", got)
	}
	if got := p.leftAt(40, now); got != ", at least 15 min left" {
		t.Errorf("with sources of unknown size: %q", got)
	}
	// Five sources took six minutes each; forty more on two hosts, and the one at work.
	for _, id := range []string{"b", "c", "d", "e", "f"} {
		p.take(crawler.Progress{Source: id, Phase: crawler.PhaseList}, now.Add(-6*time.Minute))
		p.take(crawler.Progress{Source: id, Phase: crawler.PhaseDone, Fetched: 30}, now)
	}
	if got := p.leftAt(40, now); got != ", about 2.1 h left" {
		t.Errorf("with sources of known size: %q", got)
	}
}
