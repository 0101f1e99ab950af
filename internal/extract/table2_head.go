package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"crawl/internal/report"
)

// disclosureHead names the columns of a block of table 2 in printed order.
type disclosureHead struct {
	grid     *Grid
	row      int
	measures []string // codes; "" for a column no label of which is known
	cells    []int
	units    []string
	fault    string // why the columns cannot be trusted, "" if they can
}

// headLabel: a cell that only a head of table 2 prints.
func headLabel(key string) bool { return key == "信息内容" || measureLabels[key] != nil }

// headUnit is the unit a column label ends with or names in brackets.
var headUnit = regexp.MustCompile(`[(（][^)）]*?(亿元|万元|元|件|项|个)[)）]|(亿元|万元|元)$`)

// readHead reads the labels of a block's columns.
func (d *disclosureReader) readHead(part int, p *part, row int, cells []int) *disclosureHead {
	h := &disclosureHead{grid: p.grid, row: row}
	var keys []string
	for _, i := range cells {
		text := p.grid.Cells[i].Text
		if text == "" {
			continue
		}
		unit := ""
		if m := headUnit.FindStringSubmatch(strings.Join(strings.Fields(text), "")); m != nil {
			unit = m[1] + m[2]
		}
		key := labelKey(text)
		if key != "" && measureLabels[key] == nil { // 采购总金额万元
			key = strings.TrimSuffix(key, unit)
		}
		keys = append(keys, key)
		h.measures, h.cells, h.units = append(h.measures, measureOf(key)), append(h.cells, i), append(h.units, unit)
	}
	h.complete(keys, d.r)
	for k, code := range h.measures {
		if code != "" {
			d.ledger.claim(part, h.cells[k])
		}
	}
	return h
}

// measureVariants are column labels in other words that surely mean the same.
var measureVariants = map[string]string{
	"上年项目数": "prev_items", "上年项目数量": "prev_items", "上年度项目数": "prev_items", "上年度项目数量": "prev_items",
	"上一年度项目数": "prev_items", "上一年度项目数量": "prev_items", "去年项目数": "prev_items", "去年项目数量": "prev_items",
	"本年增减数": "change", "本年增减数量": "change", "本年度增减": "change", "本年增减情况": "change", "本年增加减少": "change",
	"制发件数": "issued", "本年制发数": "issued", "制发数量": "issued", "本年制发数量": "issued",
	"废止件数": "abolished", "本年废止数": "abolished", "废止数量": "abolished", "本年废止数量": "abolished",
	"有效件数": "in_force", "现行有效数量": "in_force",
	"收费金额": "amount_wan", "收费总金额": "amount_wan", "本年收费总金额": "amount_wan",
}

// measureOf recognises a column label of table 2 of any generation, "" for none. The
// label of another year's figures is none, however like it is.
func measureOf(key string) string {
	if code := measureVariants[key]; code != "" {
		return code
	}
	if code, ok := measureCodes[key]; ok {
		return code
	}
	k := closest(key, likelyMeasures, 0.75)
	if k < 0 {
		return ""
	}
	code := measureCodes[likelyMeasures[k]]
	if yearBefore.MatchString(key) && code != "prev_items" {
		return ""
	}
	return code
}

// yearBefore: the label speaks of the year before.
var yearBefore = regexp.MustCompile(`^(上|去|往)`)

// complete decides labels that are cut short (本年新, 本年增/) or misprinted as their
// neighbour's by their place: the head must have as many columns as one row of a
// form, and every other column must stand where that row has it.
func (h *disclosureHead) complete(keys []string, r *report.Report) {
	faulty := -1
	seen := map[string]bool{}
	for k, code := range h.measures {
		if code == "" || seen[code] {
			faulty = k
		}
		seen[code] = true
	}
	if faulty < 0 {
		return
	}
	var fits []report.Measure
	for _, row := range report.DisclosureRows {
		if h.fits(keys, row.Measures) && !slices.Equal(fits, row.Measures) {
			if fits != nil {
				fits = nil
				break
			}
			fits = row.Measures
		}
	}
	if fits == nil {
		h.fault = "a column label is not known or printed twice: " + brief(h.grid.Cells[h.cells[faulty]].Text)
		return
	}
	for k, m := range fits {
		if h.measures[k] != m.Code {
			h.measures[k] = m.Code
			find(r, "label_misprinted", "t2", report.NotTestable, fmt.Sprintf("%q is read as %s, by its place among the column labels",
				brief(h.grid.Cells[h.cells[k]].Text), m.Label))
		}
	}
}

// fits: the columns can be these measures. Of two columns with the same label the
// one that stands in its place keeps it.
func (h *disclosureHead) fits(keys []string, measures []report.Measure) bool {
	if len(measures) != len(h.measures) {
		return false
	}
	placed, wrong := 0, 0
	for k, m := range measures {
		label := fold(withoutBrackets(m.Label))
		switch code := h.measures[k]; {
		case code == m.Code:
			placed++
		case code == "" && hanCount(keys[k], 2) == 2 && strings.HasPrefix(label, keys[k]): // cut short
		case code != "" && slices.ContainsFunc(measures, func(o report.Measure) bool { return o.Code == code }):
			wrong++
		default:
			return false
		}
	}
	return placed > 0 && wrong <= 1
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
	switch {
	case h == nil || len(h.measures) == 0:
		return nil, "no column labels stand above the row"
	case h.fault != "":
		return nil, h.fault
	}
	headRow := h.row
	if h.grid != p.grid { // a page break cut the rows off from their head
		headRow = -1
	}
	values, ok := valueCells(p, cells, len(h.measures), headRow)
	if !ok && headRow >= 0 {
		values, ok = underHeads(p, cells, h.cells)
	}
	if !ok {
		return nil, "the row has not the number of cells its column labels promise"
	}
	out = map[string]assigned{}
	for k, code := range h.measures {
		if !hasMeasure(item, code) {
			return nil, "the column labels do not belong to the row"
		}
		out[code] = assigned{values[k], h.units[k]}
	}
	return out, ""
}
