package archive

import (
	"cmp"
	"slices"
)

// coverage is how much of a file an index knows.
type coverage struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`   // bytes from the start, whole exchanges
	CRC32C uint32 `json:"crc32c"` // of those bytes
	Tail   string `json:"tail"`   // hex of the last 8 of them: checksum and length of the last member
}

// entry is a capture with the length of its record's gzip member.
type entry struct {
	Capture
	length int64
}

// exchangeKey is what an answer is looked up by.
type exchangeKey struct{ method, url, requestSHA256 string }

func keyOf(c Capture) exchangeKey { return exchangeKey{c.Method, c.URL, c.RequestSHA256} }

// index is the list of a source's captures and events, in the order they were
// written. It is not safe for concurrent use; Source guards it.
type index struct {
	files    []coverage
	captures []entry
	events   []Event // Data nil: to be read from the file
	byKey    map[exchangeKey][]int
	erased   map[string]bool // addresses

	lines []string // of index.cdxj, as read or written last, sorted
	fresh []entry  // captures and events without a line yet
	news  []Event
}

func newIndex() *index { return &index{byKey: map[exchangeKey][]int{}, erased: map[string]bool{}} }

func (x *index) addCapture(e entry) {
	x.fresh = append(x.fresh, e)
	x.enter(e)
}

// enter takes a capture into the lookup.
func (x *index) enter(e entry) {
	k := keyOf(e.Capture)
	x.byKey[k] = append(x.byKey[k], len(x.captures))
	x.captures = append(x.captures, e)
	if e.Outcome == OutcomeErased {
		x.erased[e.URL] = true
	}
}

func (x *index) addEvent(e Event) {
	x.news = append(x.news, e)
	x.events = append(x.events, e)
}

// behind says whether something was entered since the index was read or written.
func (x *index) behind() bool { return len(x.fresh)+len(x.news) > 0 }

// covered returns the coverage of a file, a new one if nothing of it is known.
func (x *index) covered(name string) *coverage {
	for i := range x.files {
		if x.files[i].Name == name {
			return &x.files[i]
		}
	}
	x.files = append(x.files, coverage{Name: name})
	return &x.files[len(x.files)-1]
}

// newest is the newest capture of a key that fits.
func (x *index) newest(k exchangeKey, fits func(Capture) bool) (Capture, bool) {
	for _, i := range slices.Backward(x.byKey[k]) {
		if c := x.captures[i].Capture; fits(c) {
			return c, true
		}
	}
	return Capture{}, false
}

// byID finds a capture by its record id. Most are asked for with the key of the
// exchange they belong to; only for others all are looked through.
func (x *index) byID(k exchangeKey, id string) (Capture, bool) {
	for _, i := range slices.Backward(x.byKey[k]) {
		if x.captures[i].RecordID == id {
			return x.captures[i].Capture, true
		}
	}
	for i := range slices.Backward(x.captures) {
		if x.captures[i].RecordID == id {
			return x.captures[i].Capture, true
		}
	}
	return Capture{}, false
}

// sort brings captures and events into the order they were written, given the order
// of the files, and makes the lookup.
func (x *index) sort(files []string) {
	order := make(map[string]int, len(files))
	for i, name := range files {
		order[name] = i
	}
	slices.SortFunc(x.files, func(a, b coverage) int { return cmp.Compare(order[a.Name], order[b.Name]) })
	x.events = asWritten(x.events, func(e *Event) place { return place{order[e.File], e.Offset} })
	captures := asWritten(x.captures, func(e *entry) place { return place{order[e.File], e.Offset} })
	x.captures, x.byKey = make([]entry, 0, len(captures)), make(map[exchangeKey][]int, len(captures))
	for i := range captures {
		x.enter(captures[i])
	}
}

// place is where a record lies in a source's files.
type place struct {
	file   int
	offset int64
}

// asWritten returns what list holds in the order of its places. These are sorted in
// list's stead: they are a tenth of the size.
func asWritten[T any](list []T, at func(*T) place) []T {
	type ranked struct {
		place
		i int
	}
	ranks := make([]ranked, len(list))
	for i := range list {
		ranks[i] = ranked{at(&list[i]), i}
	}
	slices.SortFunc(ranks, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.offset, b.offset))
	})
	sorted := make([]T, len(list))
	for i, r := range ranks {
		sorted[i] = list[r.i]
	}
	return sorted
}
