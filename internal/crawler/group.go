package crawler

import (
	"fmt"
	"slices"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// plan is the work of one job: sources, and all hosts they may ask.
type plan struct {
	sources []report.Source
	hosts   []string // host keys, sorted
}

// group splits sources into jobs that share no host: sources are of one job when a
// chain of common hosts (their own and `also`) joins them. Jobs and the sources in
// them have the given order. Sources whose addresses cannot be read are returned
// apart, by id.
func group(sources []report.Source) (plans []plan, broken map[string]error) {
	broken = make(map[string]error)
	joined := make(map[string]string) // host key -> another of the same job; to itself at the end of the chain
	var end func(string) string
	end = func(host string) string {
		if next, ok := joined[host]; ok && next != host {
			joined[host] = end(next)
			return joined[host]
		}
		joined[host] = host
		return host
	}
	for _, src := range sources {
		hosts, err := hostsOf(src)
		if err != nil {
			broken[src.ID] = err
			continue
		}
		for _, h := range hosts {
			joined[end(h)] = end(hosts[0])
		}
	}

	jobOf := make(map[string]int) // end of a chain -> index into plans
	for _, src := range sources {
		hosts, err := hostsOf(src)
		if err != nil {
			continue
		}
		i, ok := jobOf[end(hosts[0])]
		if !ok {
			i = len(plans)
			jobOf[end(hosts[0])] = i
			plans = append(plans, plan{})
		}
		plans[i].sources = append(plans[i].sources, src)
		plans[i].hosts = append(plans[i].hosts, hosts...)
	}
	for i := range plans {
		slices.Sort(plans[i].hosts)
		plans[i].hosts = slices.Compact(plans[i].hosts)
	}
	return plans, broken
}

// hostsOf returns the host keys a source may ask: its own first, then `also`.
func hostsOf(src report.Source) ([]string, error) {
	u, err := address(src.URL)
	if err != nil {
		return nil, err
	}
	hosts := []string{hostKey(u)}
	for _, also := range src.Also {
		key, err := hostKeyOf(also)
		if err != nil {
			return nil, fmt.Errorf("also %q: %w", also, err)
		}
		hosts = append(hosts, key)
	}
	return hosts, nil
}

// longestWaitingFirst orders jobs and the sources in them by when they were last
// crawled, so that a time limit never cuts off the same ones.
func longestWaitingFirst(a *archive.Archive, plans []plan) {
	touched := make(map[string]time.Time)
	for _, p := range plans {
		for _, src := range p.sources {
			touched[src.ID] = a.Touched(src.ID)
		}
		slices.SortStableFunc(p.sources, func(x, y report.Source) int { return touched[x.ID].Compare(touched[y.ID]) })
	}
	slices.SortStableFunc(plans, func(x, y plan) int {
		return touched[x.sources[0].ID].Compare(touched[y.sources[0].ID])
	})
}
