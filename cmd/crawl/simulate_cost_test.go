package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"
)

// simCost adds up what the nights cost.
type simCost struct {
	requests, fresh       int
	quietNights, quiet    int // portals on nights without news, revisits, faults or reconciliation, and their requests
	worst                 int // of those, the most
	visits, walks, faulty int

	nights int // since spent was asked last
	cpu    time.Duration
	steps  []string // in the order they came first
	took   map[string]time.Duration
}

// step books the processor time since the last step on this one. The clock stands still
// while a simulated night works; the processor's does not.
func (c *simCost) step(name string) {
	now := processor()
	if c.took == nil {
		c.took = map[string]time.Duration{}
	}
	if _, known := c.took[name]; !known {
		c.steps = append(c.steps, name)
	}
	c.took[name] += now - c.cpu
	c.cpu = now
}

// spent is what each step cost for one portal and night since it was asked last.
func (c *simCost) spent(portals int) string {
	sum, parts := time.Duration(0), []string(nil)
	each := time.Duration(max(1, portals*c.nights))
	for _, name := range c.steps {
		sum += c.took[name]
		parts = append(parts, fmt.Sprintf("%.1f %s", float64((c.took[name]/each).Microseconds())/1000, name))
	}
	c.nights, c.took = 0, map[string]time.Duration{}
	for _, name := range c.steps {
		c.took[name] = 0
	}
	return fmt.Sprintf("%.1f ms of processor for each portal and night (%s)", float64((sum/each).Microseconds())/1000, strings.Join(parts, ", "))
}

// processor is the time this process has been given by the processors so far.
func processor() time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

func (c simCost) String() string {
	return fmt.Sprintf("%d requests; %.1f for each of %d new reports; %.2f for an unchanged portal and night (worst %d, of %d); %d visits to pages; %d listings walked to the end; %d nights of faults",
		c.requests, float64(c.requests)/float64(max(1, c.fresh)), c.fresh, float64(c.quiet)/float64(max(1, c.quietNights)), c.worst, c.quietNights, c.visits, c.walks, c.faulty)
}

// usage is the memory and the open files of this process.
type usage struct {
	resident int64 // bytes
	files    int
}

func (u usage) String() string {
	return fmt.Sprintf("RSS %d MB, %d open files", u.resident>>20, u.files)
}

func footprint() (u usage) {
	files, _ := os.ReadDir("/proc/self/fd")
	u.files = len(files)
	var size, resident int64
	if b, err := os.ReadFile("/proc/self/statm"); err == nil {
		_, _ = fmt.Sscan(string(b), &size, &resident)
	}
	u.resident = resident * int64(os.Getpagesize())
	return u
}
