package report

import "time"

// Source is one listing that is crawled: the config entry, and what the archive
// stores of it with every run.
type Source struct {
	ID       string    `json:"id"`                 // folder name in the archive
	Name     string    `json:"name"`               // the organ's name
	URL      string    `json:"url"`                // a listing page
	Adapter  string    `json:"adapter"`            // auto, or a family's name
	Match    string    `json:"match,omitempty"`    // regular expression on the full title; "" for the default rule
	Also     []string  `json:"also,omitempty"`     // other hosts whose items may be followed
	Region   string    `json:"region,omitempty"`   // GB/T 2260 code
	Expect   Expect    `json:"expect,omitzero"`    // the source's own assertions
	Note     string    `json:"note,omitempty"`     // what is odd about this portal
	Select   Selectors `json:"selectors,omitzero"` // for portals no family fits
	Counters string    `json:"counters,omitempty"` // the counters setting the run used: off | display | all
}

// Expect is what a source promises of itself.
type Expect struct {
	Min   int    `json:"min,omitempty"`   // fewest reports
	Years string `json:"years,omitempty"` // 2019- or 2019-2024
	Empty bool   `json:"empty,omitempty"` // an empty listing is no failure
}

// Selectors are CSS selectors for a listing that no family fits.
type Selectors struct {
	List string `json:"list,omitempty"` // element that holds the items; "" for the whole page
	Item string `json:"item,omitempty"` // one item, with a link in it
	Date string `json:"date,omitempty"` // within the item
	Next string `json:"next,omitempty"` // link to the next page
}

// The run events are what the archive stores about a crawl beside the captures,
// one JSON object a WARC metadata record. Everything about runs in the database
// is read from them.

// Kinds of run events.
const (
	EventRunStart        = "run-start"
	EventListingComplete = "listing-complete"
	EventHostState       = "host-state"
	EventPageHollow      = "page-hollow"
	EventRunEnd          = "run-end"
)

// RunStart opens (or, after a crash, reopens under the same id) a run of one source.
type RunStart struct {
	Run     string `json:"run"`     // shared by all sources of one command
	Command string `json:"command"` // run | backfill | demo
	Source  Source `json:"source"`
	Resumed bool   `json:"resumed,omitempty"`
	Years   string `json:"years,omitempty"` // 2019-2023: the report years a backfill was bound to
}

// ListingComplete says that a listing was walked to its end.
type ListingComplete struct {
	Run     string `json:"run"`
	URL     string `json:"url"`     // first page
	Adapter string `json:"adapter"` // the family that read it
	Pages   int    `json:"pages"`   // pages walked
	Items   int    `json:"items"`   // distinct items seen
	Ordered bool   `json:"ordered"` // newest first, verified from the rows' dates
	Partial bool   `json:"partial"` // stopped early at known items; not evidence of removal
	Total   int    `json:"total"`   // items the portal stated, -1 if it did not
	Missing int    `json:"missing"` // pages ever asked for that this listing does not name
}

// HostState is what a host taught us and the next run must know.
type HostState struct {
	Run        string    `json:"run"`
	Host       string    `json:"host"`
	DelayMS    int64     `json:"delay_ms"`
	RetryAfter time.Time `json:"retry_after,omitzero"`
	Blocked    string    `json:"blocked,omitempty"` // why the host was left alone
}

// PageHollow says that a page was answered with success and held nothing: an error, a
// login, a shell. Beside the capture it keeps a page that was there from being replaced.
type PageHollow struct {
	Run      string `json:"run"`
	Record   string `json:"record"` // record id of the capture
	URL      string `json:"url"`
	Kind     string `json:"kind"` // soft_404: nothing stands there; every other: nobody can say
	Evidence string `json:"evidence"`
}

// RunEnd closes a run of one source.
type RunEnd struct {
	Run       string  `json:"run"`
	Outcome   Outcome `json:"outcome"`
	Detail    string  `json:"detail,omitempty"`
	Listed    int     `json:"listed"`              // items followed
	Fetched   int     `json:"fetched"`             // pages fetched and archived
	Failed    int     `json:"failed"`              // pages that gave no usable answer
	Revisited int     `json:"revisited,omitempty"` // of those fetched, pages known before
	Requests  int     `json:"requests"`            // all requests that left this machine, robots included
	Seconds   float64 `json:"seconds"`
}

// Outcome of a source's run, in one word; Detail says the rest.
type Outcome string

// The outcomes of a source's run.
const (
	OutcomeOK          Outcome = "ok"
	OutcomeUnreachable Outcome = "unreachable" // no connection, DNS, timeout
	OutcomeRobots      Outcome = "robots"      // robots.txt forbids it, or could not be had
	OutcomeBlocked     Outcome = "blocked"     // a challenge, a refusal or a login
	OutcomeEmpty       Outcome = "empty"       // a listing without an item
	OutcomePaging      Outcome = "paging"      // the listing's paging was not understood, or fell short of its stated total
	OutcomeHTTP        Outcome = "http"        // the listing answered with an error, by its status or in words
	OutcomePartial     Outcome = "partial"     // listed, but some pages failed
	OutcomeBusy        Outcome = "busy"        // another process holds the host or the source
	OutcomeInterrupted Outcome = "interrupted" // stopped by a signal or a time limit; resumed next time
	OutcomeError       Outcome = "error"       // our own fault: disk, bug
)
