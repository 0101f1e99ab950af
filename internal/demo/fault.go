package demo

import (
	"fmt"
	"slices"
	"strings"
)

// fault is one thing that can go wrong with a portal.
type fault struct {
	name  string
	about string
	// answer spoils an exchange. It returns true when it has answered, false when
	// the exchange goes on. nil: the fault works elsewhere, on content or when dialling.
	answer func(x *exchange) bool
}

// faultTable is every fault. "Pages" are listing and report pages; robots.txt
// answers as usual unless a fault says otherwise. Faults that change an answer
// stand before those that give one.
var faultTable = slices.Concat(contentFaults, wireFaults, statusFaults, robotsFaults, wallFaults, bodyFaults, trapFaults)

// Faults are the names of all faults.
func Faults() []string {
	var names []string
	for _, f := range faultTable {
		names = append(names, f.name)
	}
	return names
}

// About says in a line what a fault does; "" for an unknown name.
func About(name string) string {
	for _, f := range faultTable {
		if f.name == name {
			return f.about
		}
	}
	return ""
}

// switched is a fault that is on, everywhere or within a host and path prefix.
type switched struct {
	name, host, prefix string
}

func (f switched) covers(host, address string) bool {
	return f.host == "" || f.host == host && strings.HasPrefix(address, f.prefix)
}

func parseFaults(names, hosts []string) ([]switched, error) {
	var on []switched
	for _, text := range names {
		name, scope, scoped := strings.Cut(text, "@")
		if !slices.Contains(Faults(), name) {
			return nil, fmt.Errorf("fault %q: unknown, known are %s", name, strings.Join(Faults(), ", "))
		}
		host, prefix, _ := strings.Cut(scope, "/")
		if scoped && !slices.Contains(hosts, host) {
			return nil, fmt.Errorf("fault %q: unknown host %q, known are %s", text, host, strings.Join(hosts, ", "))
		}
		on = append(on, switched{name: name, host: host, prefix: "/" + prefix})
	}
	return on, nil
}
