package extract

import "crawl/internal/report"

// textRow is a row of a table printed as text.
type textRow struct {
	labels []string
	values []string
	// promised is the number of values that the head above promises; 0 for rows of
	// the head and for what is no row of the form.
	promised int
	known    bool // the row is the head's or has a label of the form
	ruled    bool
	line     int
	group    string // key of the group's label, if the row has no other label yet
}

// rowBuilder collects rows; the last one is open.
type rowBuilder struct {
	rows     []textRow
	promised int
	widths   map[int]int // line between borders -> cells
}

func (b *rowBuilder) open(t token, known bool, promised int) *textRow {
	b.rows = append(b.rows, textRow{known: known, promised: promised, ruled: t.ruled, line: t.line})
	return b.last()
}

func (b *rowBuilder) last() *textRow {
	if len(b.rows) == 0 {
		return nil
	}
	return &b.rows[len(b.rows)-1]
}

// value adds a value to the row whose label stands before it. A row between
// borders ends with its line.
func (b *rowBuilder) value(t token) {
	row := b.last()
	if row == nil || row.known && row.promised == 0 || row.ruled && row.line != t.line {
		if t.kind == blankToken {
			return // it stands in front of a label, or belongs to the head
		}
		row = b.open(t, false, 0)
	}
	if t.kind == blankToken && !row.ruled {
		return
	}
	row.values = append(row.values, t.text)
}

// completeRows gives rows without values their blanks where that is certain, and
// takes off the empty cells that a label spans.
func completeRows(rows []textRow, cut bool) {
	width, even := 0, true
	for i := range rows {
		r := &rows[i]
		if r.ruled && r.promised > 0 {
			if n := len(r.values); width == 0 {
				width = n
			} else if n != width {
				even = false
			}
		}
	}
	whole := !cut
	for i := range rows {
		r := &rows[i]
		if r.ruled {
			r.trim(even)
		}
		if n := len(r.values); !r.known || n != r.promised && n > 0 {
			whole = false
		}
	}
	for i := range rows {
		if r := &rows[i]; whole && len(r.values) == 0 {
			r.values = make([]string, r.promised)
		}
	}
}

// trim takes empty cells off a row between borders: all of them if what is left is
// as many values as promised; in a table of even lines those behind the label.
func (r *textRow) trim(even bool) {
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
	for even && len(r.values) > r.promised && r.values[0] == "" {
		r.values = r.values[1:]
	}
}

// disclosureText makes the rows of table 2.
func disclosureText(tokens []token) []textRow {
	var b rowBuilder
	head := func() bool { return b.last() != nil && b.last().known && b.last().promised == 0 && b.promised >= 0 }
	inHead := false
	for _, t := range tokens {
		kind := t.kind
		if kind == unknownToken {
			kind = misprintedDisclosure(t.text)
		}
		switch {
		case kind == articleLabel:
			b.promised, inHead = 0, false
			b.open(t, true, 0).labels = []string{t.text}
		case kind == cornerLabel, kind == measureLabel, kind == unknownToken && inHead && !t.ruled, kind == unknownToken && inHead && b.last().line == t.line:
			if !inHead || !head() {
				b.promised = 0
				b.open(t, true, 0)
			}
			inHead = true
			if kind != cornerLabel {
				b.promised++
			}
			row := b.last()
			row.labels = append(row.labels, t.text)
		case kind == itemLabel:
			inHead = false
			b.open(t, true, b.promised).labels = []string{t.text}
		case kind == valueToken, kind == blankToken:
			if kind == valueToken {
				inHead = false
			}
			b.value(t)
		default:
			inHead = false
			b.open(t, false, 0).labels = []string{t.text}
		}
	}
	return b.rows
}

// misprintedDisclosure says what an unknown cell of table 2 is most like.
func misprintedDisclosure(text string) tokenKind {
	key := labelKey(text)
	for _, kind := range []tokenKind{itemLabel, measureLabel} {
		if closest(key, keysOf(kind), 0.75) >= 0 {
			return kind
		}
	}
	return unknownToken
}

func keysOf(kind tokenKind) []string {
	var out []string
	for key, l := range textLabels {
		if l.kind == kind {
			out = append(out, key)
		}
	}
	return out
}

// applicationText makes the rows of table 3.
func applicationText(tokens []token) []textRow {
	var b rowBuilder
	inHead, organisations, second := true, false, false
	for _, t := range tokens {
		kind := t.kind
		if t.key == "其他" || t.key == "总计" || t.key == "合计" {
			if kind = outcomeLabel; inHead && t.table == "" {
				kind = applicantLabel
			}
		}
		switch kind {
		case cornerLabel, organisationsLabel, applicantLabel:
			if !inHead {
				inHead, organisations, second, b.promised = true, false, false, 0
				b.open(t, true, 0)
			}
			column := applicantColumn(t.key)
			if b.last() == nil || organisations && !second && column >= 1 && column <= 5 {
				second = organisations
				b.open(t, true, 0)
			}
			organisations = organisations || kind == organisationsLabel
			if kind == applicantLabel {
				b.promised++
			}
			row := b.last()
			row.labels = append(row.labels, t.text)
		case groupOutcome, outcomeLabel:
			inHead = false
			row := b.last()
			if row == nil || row.group == "" || len(row.values) > 0 || !standsUnder(t, row.group) {
				row = b.open(t, true, b.promised)
			}
			row.labels = append(row.labels, t.text)
			row.group = ""
			if kind == groupOutcome {
				row.group = t.key
			}
		case valueToken, blankToken:
			b.value(t)
		default:
			if row := b.last(); inHead && row != nil {
				row.labels = append(row.labels, t.text)
				continue
			}
			known := closest(labelKey(t.text), keysOf(outcomeLabel), 0.75) >= 0
			b.open(t, known, b.promised).labels = []string{t.text}
		}
	}
	for i := range b.rows { // a block's name alone is no row, except where it is one
		if g := b.rows[i].group; g != "" && g != groupOther && len(b.rows[i].values) == 0 {
			b.rows[i].promised = 0
		}
	}
	return b.rows
}

// standsUnder: the form prints the label in the block of that name.
func standsUnder(t token, group string) bool {
	if group == groupResults {
		return t.key != groupResults
	}
	for _, row := range report.ApplicationRows {
		if row.Group != "" && labelKey(row.Group) == group && labelKey(row.Label) == t.key {
			return true
		}
	}
	return false
}

// disputeText makes the rows of table 4: its head in the form's three rows,
// however its labels are spread over lines, then the numbers.
func disputeText(tokens []token) []textRow {
	var b rowBuilder
	var head []string
	headed, headLine := false, -1
	flush := func(t token) {
		if headed || len(head) == 0 {
			return
		}
		headed = true
		for _, labels := range disputeHeadRows(head) {
			b.open(t, true, 0).labels = labels
		}
	}
	for _, t := range tokens {
		switch t.kind {
		case routeLabel, resultLabel:
			if headed {
				b.open(t, false, 0).labels = []string{t.text}
				continue
			}
			head, headLine = append(head, t.text), t.line
		case valueToken, blankToken:
			if t.kind == blankToken && !headed && (len(head) < disputeLabels || t.line == headLine) {
				continue // spanned by a label of the head
			}
			flush(t)
			row := b.last()
			if row == nil || row.promised == 0 || row.ruled && row.line != t.line {
				row = b.open(t, true, len(report.DisputeRoutes)*len(report.DisputeResults))
			}
			row.values = append(row.values, t.text)
		default:
			flush(t)
			b.open(t, false, 0).labels = []string{t.text}
		}
	}
	if !headed && len(head) > 0 {
		flush(tokens[len(tokens)-1])
		b.open(tokens[len(tokens)-1], true, len(report.DisputeRoutes)*len(report.DisputeResults))
	}
	return b.rows
}

// disputeLabels is the number of labels in the head of table 4.
const disputeLabels = 19

// disputeHeadRows puts the head's labels into the three rows of the form. Labels in
// an order that is not one of the form's stay in one row, which no reader accepts.
func disputeHeadRows(labels []string) [][]string {
	var order []byte
	for _, l := range labels {
		switch disputeTokens[labelKey(l)] {
		case tokenReview:
			order = append(order, 'R')
		case tokenLitigation:
			order = append(order, 'L')
		case tokenDirect:
			order = append(order, 'D')
		case tokenAfter:
			order = append(order, 'A')
		default:
			order = append(order, '.')
		}
	}
	pick := func(ranges ...int) []string {
		var out []string
		for i := 0; i < len(ranges); i += 2 {
			out = append(out, labels[ranges[i]:ranges[i+1]]...)
		}
		return out
	}
	switch string(order) {
	case "RL.....DA..........", "RLDA...............":
		first, kinds := pick(2, 7), pick(7, 9)
		if order[2] == 'D' {
			first, kinds = pick(4, 9), pick(2, 4)
		}
		return [][]string{pick(0, 2), append(first, kinds...), pick(9, 19)}
	case "R.....LD.....A.....": // each label followed by those under it
		return [][]string{pick(0, 1, 6, 7), pick(1, 6, 7, 8, 13, 14), pick(8, 13, 14, 19)}
	}
	return [][]string{labels}
}
