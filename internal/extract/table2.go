package extract

import (
	"slices"
	"strings"

	"crawl/internal/report"
)

// disclosureReader reads table 2: blocks of rows, each block under a head of its
// own that names the columns. The labels of a block's head decide what its rows
// count, so that a table that mixes the generations loses nothing.
type disclosureReader struct {
	form   string // the table's form
	ledger *ledger
	r      *report.Report
	head   *disclosureHead // of the block being read, nil before the first
	taken  map[string]bool // item code and first measure of the rows met
}

func readDisclosure(t *table, form string, r *report.Report) {
	d := &disclosureReader{form: form, ledger: newLedger(t), r: r, taken: map[string]bool{}}
	if measureVotes(t).mixed {
		find(r, "form_mixed", "t2", report.NotTestable, "the table prints column labels of the forms of 2019 and of 2021")
	}
	for i := range t.parts {
		p := &t.parts[i]
		for row := p.from; row < p.to; row++ {
			d.row(i, p, row)
		}
	}
	d.ledger.audit(r)
	for _, row := range disclosureRows(form) {
		if !slices.ContainsFunc(r.Disclosure, func(c report.Disclosure) bool { return c.Item == row.Code }) {
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
	item := ""
	head := slices.ContainsFunc(cells, func(i int) bool { return headLabel(labelKey(p.grid.Cells[i].Text)) })
	var columns []int
	for k, i := range cells {
		text := p.grid.Cells[i].Text
		key := labelKey(text)
		switch {
		case blockLabel(key):
			d.head = nil // a new block: the head above is not its head
			d.ledger.claim(part, i)
		case key == "信息内容":
			d.ledger.claim(part, i)
			label, item = k, ""
		case head && len(columns) == 0 && itemOf(key) != "": // a row's label beside the head
			d.ledger.claim(part, i)
		case head:
			columns = append(columns, i)
		default:
			found := itemOf(key)
			if found == "" && k > 0 && item == "" { // a label split in two cells
				if whole := labelKey(p.grid.Cells[cells[k-1]].Text + text); itemCodes[whole] != "" {
					found = itemOf(whole)
					d.ledger.claim(part, cells[k-1])
				}
			}
			if found != "" {
				label, item = k, found
				d.ledger.claim(part, i)
			}
		}
	}
	switch {
	case len(columns) > 0:
		d.head = d.readHead(part, p, row, columns)
	case item != "":
		d.values(part, p, row, item, moneyUnit(p.grid.Cells[cells[label]].Text), cells[label+1:])
	}
}

// blockLabel: 第二十条第（五）项 and its misprints (第二十条（五）项).
func blockLabel(key string) bool { return strings.HasPrefix(key, "第二十条") }

// itemOf recognises a row label of table 2 of any generation, "" for none.
// 规范性文件 and 行政规范性文件 are the same row and printed for each other.
func itemOf(key string) string {
	if hanCount(key, 2) < 2 {
		return ""
	}
	if code, ok := itemCodes[key]; ok {
		return code
	}
	if i := closest(key, itemWords, 0.75); i >= 0 {
		return itemCodes[itemWords[i]]
	}
	return ""
}

// rowUnder is the row of an item that the labels of a block's head belong to: of
// the generation that prints the most of them, the table's own for equals.
func (d *disclosureReader) rowUnder(item string) *report.DisclosureRow {
	best, most := -1, -1
	for i := range report.DisclosureRows {
		row := &report.DisclosureRows[i]
		if row.Code != item {
			continue
		}
		n := 0
		if d.head != nil {
			for _, code := range d.head.measures {
				if hasMeasure(row, code) {
					n += 2
				}
			}
			n -= len(row.Measures)
		}
		if n > most || best < 0 || n == most && slices.Contains(row.Forms, d.form) {
			best, most = i, n
		}
	}
	return &report.DisclosureRows[best]
}

// moneyUnit is the unit of money a row's label names: 政府集中采购（万元）.
func moneyUnit(label string) string {
	if m := headUnit.FindStringSubmatch(label); m != nil && strings.HasSuffix(m[1]+m[2], "元") {
		return m[1] + m[2]
	}
	return ""
}

// values reads the cells of one row under the current head. rowUnit is the unit of
// money that the row's label names, "" for none.
func (d *disclosureReader) values(part int, p *part, row int, code, rowUnit string, cells []int) {
	item := d.rowUnder(code)
	place := "t2." + item.Code
	read, why := d.assign(p, item, cells)
	key := item.Code + "/" + item.Measures[0].Code
	if d.taken[key] {
		d.ledger.claim(part, cells...)
		d.repeated(p, item, read)
		return
	}
	d.taken[key] = true
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
			switch {
			case number.unit != "":
				cell.Unit = number.unit
			case i.unit != "":
				cell.Unit = i.unit
			case quantityOf(m) == money:
				cell.Unit = rowUnit
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
		d.add(cell)
	}
}

// cell is the place of an item's measure in the report, nil while it has none.
func (d *disclosureReader) cell(item, measure string) *report.Disclosure {
	for i := range d.r.Disclosure {
		if c := &d.r.Disclosure[i]; c.Item == item && c.Measure == measure {
			return c
		}
	}
	return nil
}

// add appends a cell. Rows of both generations can print the same measure of an item;
// if they disagree, neither number is kept.
func (d *disclosureReader) add(cell report.Disclosure) {
	switch old := d.cell(cell.Item, cell.Measure); {
	case old == nil:
		d.r.Disclosure = append(d.r.Disclosure, cell)
	case old.Cell.Raw != cell.Cell.Raw || old.Cell.State != cell.Cell.State:
		find(d.r, "row_twice", "t2."+cell.Item, report.Fail, "the row is printed twice with different cells")
		old.Cell.State, old.Cell.Value, old.ValueWan = report.Unparsed, nil, nil
	}
}

func hasMeasure(item *report.DisclosureRow, code string) bool {
	return slices.ContainsFunc(item.Measures, func(m report.Measure) bool { return m.Code == code })
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
func (d *disclosureReader) repeated(p *part, item *report.DisclosureRow, read map[string]assigned) {
	same := true
	for _, m := range item.Measures {
		a, ok := read[m.Code]
		same = same && ok && p.grid.Cells[a.cell].Text == d.cell(item.Code, m.Code).Cell.Raw
	}
	if same {
		return
	}
	find(d.r, "row_twice", "t2."+item.Code, report.Fail, "the row is printed twice with different cells")
	for _, m := range item.Measures {
		c := d.cell(item.Code, m.Code)
		c.Cell.State, c.Cell.Value, c.ValueWan = report.Unparsed, nil, nil
	}
}
