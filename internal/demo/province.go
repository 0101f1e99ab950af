package demo

import (
	"fmt"
	"maps"
	"sync"
	"sync/atomic"

	"crawl/internal/report"
)

// Province is the made-up province. It is an http.Handler that picks the portal by
// the Host header, and safe for concurrent use.
type Province struct {
	sites []*site
	state atomic.Pointer[state]

	mu       sync.Mutex
	requests map[string]int // by host
	asked    map[string]int // by host and address, since the faults were last set
}

// New is the province with the given faults switched on: names of Faults, each
// alone or limited to a host or to addresses that begin so, as in
// 500@www.linjiang.example or 500@www.linjiang.example/zwgk. An unknown fault or
// host is an error that lists the known ones.
func New(faults ...string) (*Province, error) {
	p := newProvince(planProvince())
	if err := p.Set(faults...); err != nil {
		return nil, err
	}
	return p, nil
}

// NewSized is a province of any size, without faults and oddities: each portal has
// the given number of organs, each organ a report a year.
func NewSized(portals, agenciesPerPortal, firstYear, lastYear int) *Province {
	return newProvince(planSized(portals, agenciesPerPortal, firstYear, lastYear))
}

func newProvince(sites []*site) *Province {
	p := &Province{sites: sites, requests: map[string]int{}, asked: map[string]int{}}
	p.state.Store(newState(sites, nil))
	return p
}

// Set switches on exactly these faults, at any time; none switches all off.
func (p *Province) Set(faults ...string) error {
	on, err := parseFaults(faults, p.Hosts())
	if err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.asked)
	p.state.Store(newState(p.sites, on))
	return nil
}

// Hosts are the portals' host names.
func (p *Province) Hosts() []string {
	var hosts []string
	for _, s := range p.sites {
		hosts = append(hosts, s.host)
	}
	return hosts
}

// Sources are the config entries of the portals.
func (p *Province) Sources() []report.Source {
	var sources []report.Source
	for _, s := range p.sites {
		sources = append(sources, s.source())
	}
	return sources
}

func (s *site) source() report.Source {
	return report.Source{
		ID: s.id, Name: s.name, URL: "http://" + s.host + s.skin.listPath(0, 1), Adapter: "auto", Region: s.region,
		Expect: report.Expect{Min: s.last - s.first, Years: fmt.Sprintf("%d-%d", s.first, s.last)},
	}
}

// Truth is what every report page prints at present, in the order of the listings.
func (p *Province) Truth() []Truth {
	var all []Truth
	for _, v := range p.state.Load().views {
		for _, e := range v.entries {
			if e.kind == aReport {
				all = append(all, v.truth(e))
			}
		}
	}
	return all
}

// Requests counts the requests served so far, by host.
func (p *Province) Requests() map[string]int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return maps.Clone(p.requests)
}

// count notes a request and tells how often its address was asked for since the
// faults were last set, this time included.
func (p *Province) count(host, address string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests[host]++
	p.asked[host+address]++
	return p.asked[host+address]
}
