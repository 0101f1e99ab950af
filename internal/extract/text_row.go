package extract

import (
	"slices"

	"crawl/internal/report"
)

// textRow is a row of a table printed as text.
type textRow struct {
	labels []string
	values []string
	onLine []int // how many of the values stand on each line
	at     int   // the last of these lines
	// promised is the number of values that the head above promises; 0 for rows of
	// the head and for what is no row of the form.
	promised int
	known    bool // the row is the head's or has a label of the form
	ruled    bool
	line     int
	width    int    // cells of its line
	group    string // key of the group's label, if the row has no other label yet
	end      int    // line of its last label
	tail     bool   // an empty cell stands behind that one, in the same line
}

func (r *textRow) label(t token) {
	r.labels, r.end, r.tail = append(r.labels, t.text), t.line, false
}

// rowBuilder collects rows; the last one is open.
type rowBuilder struct {
	rows     []textRow
	promised int
}

func (b *rowBuilder) open(t token, known bool, promised int) *textRow {
	b.rows = append(b.rows, textRow{known: known, promised: promised, ruled: t.ruled, line: t.line, width: t.width})
	return b.last()
}

func (b *rowBuilder) last() *textRow {
	if len(b.rows) == 0 {
		return nil
	}
	return &b.rows[len(b.rows)-1]
}

// goesOn: the cell stands between borders in the line of a row with a label.
func (b *rowBuilder) goesOn(t token) bool {
	row := b.last()
	return row != nil && row.ruled && t.ruled && row.line == t.line && row.promised > 0
}

// value adds a value to the row whose label stands before it. A row between
// borders ends with its line.
func (b *rowBuilder) value(t token) {
	row := b.last()
	if row == nil || row.known && row.promised == 0 || row.ruled && row.line != t.line {
		if t.kind == blankToken { // it stands in front of a label, or belongs to the head
			if row != nil && row.end == t.line && len(row.labels) > 0 {
				row.tail = true
			}
			return
		}
		row = b.open(t, false, 0)
	}
	if t.kind == blankToken && !row.ruled {
		return
	}
	row.take(t)
}

func (r *textRow) take(t token) {
	r.values = append(r.values, t.text)
	if len(r.onLine) == 0 || r.at != t.line {
		r.onLine, r.at = append(r.onLine, 0), t.line
	}
	r.onLine[len(r.onLine)-1]++
}

// uneven: the row prints one value a line, but two on some line: a correction or a
// page number among its values, which may hide that another was lost.
func (r *textRow) uneven() bool {
	return !r.ruled && len(r.onLine) > 1 && slices.Contains(r.onLine, 1) && slices.Max(r.onLine) > 1
}

// completeRows gives rows without values their blanks where that is certain, and
// takes off the empty cells that a label spans.
func completeRows(rows []textRow, cut bool) {
	width, even := 0, true
	for i := range rows {
		r := &rows[i]
		if r.ruled && r.promised > 0 {
			even = even && (width == 0 || r.width == width)
			width = r.width
		}
	}
	whole, flush, short := !cut, false, false
	for i := range rows {
		r := &rows[i]
		if r.known && r.promised == 0 {
			inHead := i > 0 && rows[i-1].known && rows[i-1].promised == 0
			flush = !r.tail || inHead && flush
		}
		if r.ruled {
			r.trim(even && flush)
		}
		if r.uneven() && len(r.values) == r.promised {
			r.values = slices.Insert(r.values, 0, "") // one too many, so that no reader takes it
		}
		n := len(r.values)
		if !r.known || n != r.promised && n > 0 {
			whole = false
		}
		short = short || !r.ruled && n > 0 && n < r.promised
	}
	for i := range rows {
		r := &rows[i]
		if whole && len(r.values) == 0 && !r.ruled { // between borders blanks are seen
			r.values = make([]string, r.promised)
		}
		if short && !r.ruled && len(r.values) == r.promised && r.promised == len(report.Applicants) && !r.addsUp() {
			r.values = slices.Insert(r.values, 0, "")
		}
	}
}

// addsUp: one of the row's values is the sum of the others. In a table of text that
// lost blanks nothing else tells a whole row from one that lost a blank and won a
// number (a correction, the halves of a broken one).
func (r *textRow) addsUp() bool {
	sum, most := 0.0, 0.0
	for _, v := range r.values {
		read := readNumber(v, count)
		if read.state == report.Unparsed {
			return false
		}
		sum += read.value
		most = max(most, read.value)
	}
	return sum == 2*most
}

// trim takes empty cells off a row between borders that has too many: all of them if
// what is left is as many values as promised, or nothing; and those behind the label
// where the columns end with the line (flush), so that nothing else can be too many.
func (r *textRow) trim(flush bool) {
	if r.promised == 0 || len(r.values) <= r.promised {
		return
	}
	var filled []string
	for _, v := range r.values {
		if v != "" {
			filled = append(filled, v)
		}
	}
	if len(filled) == r.promised {
		r.values = filled
		return
	}
	if len(filled) == 0 {
		r.values = r.values[:r.promised]
	}
	if !flush && r.values[0] == "" && r.values[len(r.values)-1] == "" && len(filled) > 0 {
		r.values, r.promised = nil, 0 // too many at either end: no telling which
		return
	}
	for flush && len(r.labels) > 0 && len(r.values) > r.promised && r.values[0] == "" {
		r.values = r.values[1:]
	}
}
