package extract

import "crawl/internal/report"

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
			if row := b.last(); headed && row.promised > 0 && len(row.values) > 0 && t.key == fold(report.DisputeRoutes[0].Label) {
				headed, head = false, nil // the table once more
			}
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
			row.take(t)
		default:
			if b.goesOn(t) {
				b.value(t)
				continue
			}
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
