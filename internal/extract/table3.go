package extract

import (
	"slices"

	"crawl/internal/report"
)

// applicationReader reads table 3: rows by their labels, columns by the head.
type applicationReader struct {
	labels labelReader
	ledger *ledger
	r      *report.Report
	head   *applicantHead
	inHead bool
	taken  map[string]int // row code -> index in r.Applications
	again  map[string]bool
	clash  int // rows printed twice with different cells
	// The grid of the last row that had as many cells as promised, and where its
	// values began.
	firstIn  *Grid
	firstCol int
}

func readApplications(t *table, rows []report.ApplicationRow, r *report.Report) {
	a := &applicationReader{
		labels: labelReader{outcomes: outcomes(rows)},
		ledger: newLedger(t), r: r, taken: map[string]int{}, again: map[string]bool{},
	}
	for i := range t.parts {
		p := &t.parts[i]
		a.inHead = false
		for row := p.from; row < p.to; row++ {
			a.row(i, p, row)
		}
	}
	a.ledger.audit(r)
	a.doubtSingles()
	if fault := a.head.check(); fault != "" {
		find(r, "head_unread", "t3", report.NotTestable, "the columns of the table are not certain: "+fault)
	} else {
		for i, c := range report.Applicants {
			if !slices.Contains(a.head.order, i) {
				find(r, "column_missing", "t3."+c.Code, report.NotTestable, "the column "+c.Label+" is not printed")
			}
		}
		if slices.Contains(a.head.order, asideColumn) {
			find(r, "column_unread", "t3", report.NotTestable, "the table has columns beside those of the form: subtotals, another year or remarks")
		}
	}
	for _, row := range rows {
		if _, ok := a.taken[row.Code]; !ok {
			find(r, "row_missing", "t3."+row.Code, report.NotTestable, "the row "+row.Label+" is not printed")
		}
	}
	// In the form's order, whatever order or parts the page printed.
	slices.SortStableFunc(r.Applications, func(x, y report.Application) int { return rowOrder(rows, x) - rowOrder(rows, y) })
}

func rowOrder(rows []report.ApplicationRow, a report.Application) int {
	return slices.IndexFunc(rows, func(row report.ApplicationRow) bool { return row.Code == a.Item })
}

func (a *applicationReader) row(part int, p *part, row int) {
	cells := p.rows[row]
	if emptyRow(p.grid, cells) || captionRow(p.grid, cells) {
		a.ledger.claim(part, cells...)
		return
	}
	if a.headRow(part, p, row) {
		return
	}
	last, item := -1, -1
	for k, i := range cells {
		if k <= last {
			continue
		}
		text := p.grid.Cells[i].Text
		end := k
		kind, which := unlabelled, -1
		if k+1 < len(cells) { // a label split in two cells
			if kind, which = a.labels.whole(text, p.grid.Cells[cells[k+1]].Text); kind != unlabelled {
				end = k + 1
			}
		}
		if kind == unlabelled {
			kind, which = a.labels.recognise(text)
		}
		if kind == unlabelled {
			continue
		}
		if k > 0 && last < k-1 && bareOrdinal(p.grid.Cells[cells[k-1]].Text) {
			a.ledger.claim(part, cells[k-1])
		}
		a.ledger.claim(part, cells[k:end+1]...)
		last, item = end, which
		if kind == groupLabel && a.labels.group == groupOther {
			item = slices.IndexFunc(a.labels.outcomes, func(o outcome) bool { return o.key == groupOther })
		}
	}
	a.inHead = false
	if item >= 0 {
		a.values(part, p, row, item, cells[last+1:])
	}
}

// headRow takes a row of the head. 总计 is a row as well as a column, so that the
// head is looked for first and known by its other labels.
func (a *applicationReader) headRow(part int, p *part, row int) bool {
	tokens, claimed, unknown, ok := headRow(p.grid, p.rows[row])
	if !ok {
		return false
	}
	opens := !slices.ContainsFunc(tokens, func(c int) bool { return c >= organisations })
	if !a.inHead || opens && a.head.check() == "" { // or the whole head once more
		a.head = &applicantHead{}
	}
	a.inHead = true
	a.head.extend(row, tokens, unknown)
	a.ledger.claim(part, claimed...)
	return true
}

// values reads one row's cells. Whatever stands before the label cells was left
// unclaimed, and a label among the values ends up as the row's label, so that a row
// that lost or gained a cell never has the promised number of cells.
func (a *applicationReader) values(part int, p *part, row, item int, cells []int) {
	code := a.labels.outcomes[item].code
	place := "t3." + code
	a.labels.took(item)
	entry := report.Application{Item: code}
	for j := range entry.Cells {
		entry.Cells[j] = unplaced(p, row)
	}
	first, again := a.taken[code]
	a.ledger.claim(part, cells...)
	fault := a.head.check()
	columns := 0
	if fault == "" {
		columns = len(a.head.order)
	}
	values, ok := cells, fault == ""
	if ok {
		if values, ok = valueCells(p, a.withoutLabelSpace(p, cells, columns), columns, a.headRowIn(p)); !ok {
			refuseRow(p, cells, place, "the row has not the number of cells its column labels promise", a.r)
		}
	}
	if ok {
		a.firstIn, a.firstCol = p.grid, p.grid.Cells[values[0]].Col
	}
	if again {
		a.again[code] = true
		a.repeated(p, first, values, ok)
		return
	}
	if ok {
		for j := range entry.Cells {
			entry.Cells[j].State = report.Absent
		}
		for k, j := range a.head.order {
			if j == asideColumn {
				continue
			}
			entry.Cells[j], _ = readCell(p.grid, values[k], count, "t3", code, report.Applicants[j].Code, a.r)
		}
	}
	a.taken[code] = len(a.r.Applications)
	if a.r.Applications == nil {
		a.r.Applications = make([]report.Application, 0, len(a.labels.outcomes))
	}
	a.r.Applications = append(a.r.Applications, entry)
}

// withoutLabelSpace takes empty cells off the front of a row that has too many, where
// they stand beside the label, in front of the column in which the values of other
// rows begin: a label that spans two columns elsewhere and not in this row.
func (a *applicationReader) withoutLabelSpace(p *part, cells []int, columns int) []int {
	n := len(cells) - columns
	if n <= 0 || a.firstIn != p.grid || p.grid.Cells[cells[n]].Col != a.firstCol {
		return cells
	}
	for _, i := range cells[:n] {
		if c := &p.grid.Cells[i]; c.Text != "" || c.Image || c.RowSpan > 1 {
			return cells
		}
	}
	return cells[n:]
}

// headRowIn is the head's row if it stands in this part's grid, -1 if the head was
// printed with an earlier part.
func (a *applicationReader) headRowIn(p *part) int {
	if a.head.row >= p.from && a.head.row < p.to {
		return a.head.row
	}
	return -1
}

// repeated handles a row printed a second time: the same again says nothing new,
// anything else makes both doubtful.
func (a *applicationReader) repeated(p *part, first int, values []int, ok bool) {
	entry := &a.r.Applications[first]
	same := ok
	if ok {
		for k, j := range a.head.order {
			same = same && (j == asideColumn || p.grid.Cells[values[k]].Text == entry.Cells[j].Raw)
		}
	}
	if same {
		return
	}
	a.clash++
	find(a.r, "row_twice", "t3."+entry.Item, report.Fail, "the row is printed twice with different cells")
	doubt(entry)
}

func doubt(entry *report.Application) {
	for j := range entry.Cells {
		entry.Cells[j].State, entry.Cells[j].Value = report.Unparsed, nil
	}
}

// twoTables: so many rows printed twice with different cells are two tables, of two
// organs or years. Which of them a row belongs to that only one of them shows
// readably cannot be told.
const twoTables = 3

func (a *applicationReader) doubtSingles() {
	if a.clash < twoTables {
		return
	}
	for i := range a.r.Applications {
		if entry := &a.r.Applications[i]; !a.again[entry.Item] {
			doubt(entry)
			find(a.r, "row_shape", "t3."+entry.Item, report.NotTestable, "the table is printed twice with different numbers, and the row in one of them only")
		}
	}
}
