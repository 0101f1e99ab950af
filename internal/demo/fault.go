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
var faultTable = []fault{
	{"new-report", "one more report appears on the portal", nil},
	{"edited", "one report is silently changed: a number, not its date", nil},
	{"removed", "one item vanishes from the listing, its page answers 404", nil},
	{"empty-listing", "listing pages are there but list nothing", nil},
	{"counter-grow", "the script's counter answers one more each time it is asked", nil},
	{"wrong-charset", "pages are declared as iso-8859-1 in the header", wrongCharset},

	{"down", "connections are refused", drop},
	{"timeout", "pages never answer, until the client goes", hang},
	{"robots-500", "robots.txt answers 500", robotsError},
	{"robots-deny", "robots.txt forbids everything", robotsDeny},
	{"500", "pages answer 500", internalError},
	{"503-retry-after", "pages answer 503 with Retry-After: 2", unavailable},
	{"429", "pages answer 429 without Retry-After", tooMany},
	{"flaky", "each page answers 503 the first time, then as usual", flaky},
	{"redirect-loop", "pages redirect to themselves", redirectLoop},
	{"redirect-off-host", "pages redirect to a host outside the province", redirectAway},
	{"challenge", "pages answer 412 with a script challenge", challenge},
	{"soft-404", "report pages answer 200 with a page that says there is none", softMissing},
	{"counter-500", "the script's counter answers 500", counterError},
	{"gzip-bomb", "pages are 300 KB of gzip that unpack to 256 MiB", gzipBomb},
	{"huge", "pages are 64 MiB long, without a Content-Length", huge},
	{"truncated", "pages break off half-way through their Content-Length", truncated},
	{"slow", "pages come 1 KiB every 250 ms", slow},
}

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
