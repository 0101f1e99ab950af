package crawler

// order verifies from the rows' dates that a listing is newest first. Rows that a
// portal pins to the top stand before the order begins.
type order struct {
	first, last string // ISO 8601, which compare as text; first is the newest behind the pinned rows
	rows        int
	undated     bool
	broken      bool // an older row stood before a newer one, further down than pins do
}

// mostPinned is how many rows may be pinned.
const mostPinned = 10

// see takes the date of the next row, "" for none.
func (o *order) see(date string) {
	o.rows++
	switch {
	case date == "":
		o.undated = true
		return
	case o.first == "":
		o.first = date
	case date > o.last && o.rows <= mostPinned+1:
		o.first = date // what stood above was pinned
	case date > o.last:
		o.broken = true
	}
	o.last = date
}

// verified says whether every row has a date, none behind the pinned ones is newer
// than the one before, and the dates do differ: rows of one date (an import) prove
// nothing.
func (o *order) verified() bool {
	return !o.undated && !o.broken && o.first > o.last
}
