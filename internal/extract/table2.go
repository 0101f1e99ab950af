package extract

import (
	"regexp"
	"strings"

	"crawl/internal/report"
)

// disclosureReader reads table 2: blocks of rows, each block under a head of its
// own that names the columns.
type disclosureReader struct {
	rows   []report.DisclosureRow
	ledger *ledger
	r      *report.Report
	head   *disclosureHead // of the block being read, nil before the first
	taken  map[string]int  // item code -> index of its first cell in r.Disclosure
}

// disclosureHead names the columns of a block in printed order.
type disclosureHead struct {
	grid     *Grid
	row      int
	measures []string // codes; "" for a column no label of which is known
	cells    []int
	units    []string
}

func readDisclosure(t *table, rows []report.DisclosureRow, r *report.Report) {
	d := &disclosureReader{rows: rows, ledger: newLedger(t), r: r, taken: map[string]int{}}
	for i := range t.parts {
		p := &t.parts[i]
		for row := p.from; row < p.to; row++ {
			d.row(i, p, row)
		}
	}
	d.ledger.audit(r)
	for _, row := range rows {
		if _, ok := d.taken[row.Code]; !ok {
			find(r, "row_missing", "t2."+row.Code, report.NotTestable, "the row "+row.Label+" is not printed")
		}
	}
}

func (d *disclosureReader) row(part int, p *part, row int) {
	cells := p.rows[row]
	if emptyRow(p.grid, cells) || captionRow(p.grid, cells) {
		d.ledger.claim(part, cells...)
		return
	}
	label := -1 // position of the last label cell
	var item *report.DisclosureRow
	var columns []int
	for k, i := range cells {
		key := labelKey(p.grid.Cells[i].Text)
		switch {
		case strings.HasPrefix(key, "第二十条"):
			d.head = nil // a new block: the head above is not its head
			d.ledger.claim(part, i)
			columns = nil
		case key == "信息内容":
			d.ledger.claim(part, i)
			columns = append(columns, cells[k+1:]...)
		case measureLabels[key] != nil && len(columns) == 0:
			columns = append(columns, cells[k:]...)
		}
		if len(columns) > 0 {
			break
		}
		if found := d.item(key); found != nil {
			label, item = k, found
			d.ledger.claim(part, i)
		}
	}
	switch {
	case len(columns) > 0:
		d.head = d.readHead(part, p, row, columns)
	case item != nil:
		d.values(part, p, row, item, cells[label+1:])
	}
}

// item recognises a row label among the form's rows. 规范性文件 and 行政规范性文件 are
// the same row in two generations and printed for each other.
func (d *disclosureReader) item(key string) *report.DisclosureRow {
	if hanCount(key, 2) < 2 {
		return nil
	}
	keys := make([]string, len(d.rows))
	for i, row := range d.rows {
		keys[i] = fold(withoutBrackets(row.Label))
		if keys[i] == key || row.Code == "norm" && (key == "规范性文件" || key == "行政规范性文件") {
			return &d.rows[i]
		}
	}
	if i := closest(key, keys, 0.75); i >= 0 {
		return &d.rows[i]
	}
	return nil
}

var headUnit = regexp.MustCompile(`[(（][^)）]*?(亿元|万元|元|件|项|个)[)）]`)

func (d *disclosureReader) readHead(part int, p *part, row int, cells []int) *disclosureHead {
	h := &disclosureHead{grid: p.grid, row: row}
	var codes, labels []string
	for _, r := range d.rows {
		for _, m := range r.Measures {
			codes, labels = append(codes, m.Code), append(labels, fold(withoutBrackets(m.Label)))
		}
	}
	codes, labels = distinctLabels(codes, labels)
	for _, i := range cells {
		text := p.grid.Cells[i].Text
		if text == "" {
			continue
		}
		code, key := "", labelKey(text)
		for k, l := range labels {
			if l == key {
				code = codes[k]
			}
		}
		if code == "" {
			if k := closest(key, labels, 0.75); k >= 0 {
				code = codes[k]
			}
		}
		unit := ""
		if m := headUnit.FindStringSubmatch(text); m != nil {
			unit = m[1]
		}
		if code != "" {
			d.ledger.claim(part, i)
		}
		h.measures, h.cells, h.units = append(h.measures, code), append(h.cells, i), append(h.units, unit)
	}
	return h
}

// distinctLabels drops repeated labels: 本年处理决定数量 heads several rows.
func distinctLabels(codes, labels []string) (outCodes, outLabels []string) {
	seen := map[string]bool{}
	for i, l := range labels {
		if !seen[l] {
			seen[l] = true
			outCodes, outLabels = append(outCodes, codes[i]), append(outLabels, l)
		}
	}
	return outCodes, outLabels
}

// values reads the cells of one row under the current head.
func (d *disclosureReader) values(part int, p *part, row int, item *report.DisclosureRow, cells []int) {
	place := "t2." + item.Code
	read, why := d.assign(p, item, cells)
	first, again := d.taken[item.Code]
	if again {
		d.ledger.claim(part, cells...)
		d.repeated(p, item, first, read)
		return
	}
	d.taken[item.Code] = len(d.r.Disclosure)
	if why != "" {
		d.ledger.claim(part, cells...)
		refuseRow(p, cells, place, why, d.r)
	}
	for _, m := range item.Measures {
		cell := report.Disclosure{Item: item.Code, Measure: m.Code, Cell: unplaced(p, row)}
		if i, ok := read[m.Code]; ok {
			d.ledger.claim(part, i.cell)
			var number reading
			cell.Cell, number = readCell(p.grid, i.cell, quantityOf(m), "t2", item.Code, m.Code, d.r)
			if cell.Unit = i.unit; number.unit != "" {
				cell.Unit = number.unit
			}
			if number.state == report.Number && quantityOf(m) == money {
				if wan, ok := inWan(number.value, cell.Unit); ok {
					cell.ValueWan = &wan
				}
			}
		} else if why == "" {
			cell.Cell.State = report.Absent
			find(d.r, "column_missing", place+"."+m.Code, report.NotTestable, "the column "+m.Label+" is not printed")
		}
		d.r.Disclosure = append(d.r.Disclosure, cell)
	}
}

// assigned is a value cell with the unit its column's label names.
type assigned struct {
	cell int
	unit string
}

// assign gives each value cell its measure, by the order of the head's labels. why
// says, if not empty, that it cannot be done.
func (d *disclosureReader) assign(p *part, item *report.DisclosureRow, cells []int) (out map[string]assigned, why string) {
	h := d.head
	if h == nil || len(h.measures) == 0 {
		return nil, "no column labels stand above the row"
	}
	headRow := h.row
	if h.grid != p.grid { // a page break cut the rows off from their head
		headRow = -1
	}
	values, ok := valueCells(p, cells, len(h.measures), headRow)
	if !ok && headRow >= 0 && len(h.measures) == 1 {
		values, ok = lone(p, cells, h.cells[0])
	}
	if !ok {
		return nil, "the row has not the number of cells its column labels promise"
	}
	out = map[string]assigned{}
	for k, code := range h.measures {
		if code == "" {
			return nil, "a column label is not known: " + brief(h.grid.Cells[h.cells[k]].Text)
		}
		if _, twice := out[code]; twice {
			return nil, "a column label is printed twice"
		}
		if !hasMeasure(item, code) {
			return nil, "the column labels do not belong to the row"
		}
		out[code] = assigned{values[k], h.units[k]}
	}
	return out, ""
}

// lone is the one filled cell among several under a single wide column label.
func lone(p *part, cells []int, head int) ([]int, bool) {
	h := &p.grid.Cells[head]
	var filled []int
	for _, i := range cells {
		c := &p.grid.Cells[i]
		if c.Col < h.Col || c.Col+c.ColSpan > h.Col+h.ColSpan {
			return nil, false
		}
		if c.Text != "" || c.Image {
			filled = append(filled, i)
		}
	}
	switch {
	case len(filled) == 1 && p.grid.Cells[filled[0]].RowSpan == 1:
		return filled, true
	case len(filled) == 0 && len(cells) > 0:
		return cells[:1], true
	}
	return nil, false
}

func hasMeasure(item *report.DisclosureRow, code string) bool {
	for _, m := range item.Measures {
		if m.Code == code {
			return true
		}
	}
	return false
}

func quantityOf(m report.Measure) quantity {
	switch m.Code {
	case "amount_wan", "amount":
		return money
	case "change":
		return change
	}
	return count
}

// repeated handles a row printed a second time: the same again says nothing new,
// anything else makes both doubtful.
func (d *disclosureReader) repeated(p *part, item *report.DisclosureRow, first int, read map[string]assigned) {
	same := true
	for k, m := range item.Measures {
		a, ok := read[m.Code]
		same = same && ok && p.grid.Cells[a.cell].Text == d.r.Disclosure[first+k].Cell.Raw
	}
	if same {
		return
	}
	find(d.r, "row_twice", "t2."+item.Code, report.Fail, "the row is printed twice with different cells")
	for k := range item.Measures {
		c := &d.r.Disclosure[first+k]
		c.Cell.State, c.Cell.Value, c.ValueWan = report.Unparsed, nil, nil
	}
}
