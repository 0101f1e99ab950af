package crawler

// order verifies from the rows' dates that a listing is newest first.
type order struct {
	first, last string // ISO 8601, which compare as text
	undated     bool
	rising      bool // an older row stood before a newer one
}

// see takes the date of the next row, "" for none.
func (o *order) see(date string) {
	switch {
	case date == "":
		o.undated = true
		return
	case o.first == "":
		o.first = date
	case date > o.last:
		o.rising = true
	}
	o.last = date
}

// verified says whether every row has a date, none is newer than the one before, and
// the dates do differ: rows of one date (an import) prove nothing.
func (o *order) verified() bool {
	return !o.undated && !o.rising && o.first > o.last
}
