package extract

import (
	"fmt"
	"slices"
	"strings"

	"crawl/internal/report"
)

// UnknownPlace says that no form has a place of that name.
type UnknownPlace struct {
	Place string
	Near  []string // names like it
}

func (e *UnknownPlace) Error() string {
	s := fmt.Sprintf("no form has a place %q: a cell is named like t3.granted.total, a row t3.granted, a table t3", e.Place)
	if len(e.Near) > 0 {
		s += "; near it: " + strings.Join(e.Near, ", ")
	}
	return s
}

// NotPrinted says that a page does not print a place its forms may have.
type NotPrinted struct {
	Place, Why string
}

func (e *NotPrinted) Error() string { return e.Place + " is not in this report: " + e.Why }

// placedCell is a report's cell with its name.
type placedCell struct {
	table, item, col string
	label            string // Chinese, of the codebook; of a statistic without a code as printed
	cell             report.Cell
	// Which of a head's columns the cell is under: index into the form's columns, and
	// which of several groups that repeat them (table 4).
	column, group int
}

func (c *placedCell) name() string { return c.table + "." + c.item + "." + c.col }

// answers says whether the cell belongs to a place: itself, its row or its table.
func (c *placedCell) answers(place string) bool {
	row := c.table + "." + c.item
	return place == c.table || place == row || place == c.name()
}

// unplaced: the row is known, the cell in it is not.
func (c *placedCell) unplaced() bool {
	return c.cell.State == report.Absent || c.cell.State == report.Unparsed && c.cell.Raw == ""
}

// placedCells lists every cell of a report, in the report's order.
func placedCells(r *report.Report) []placedCell {
	labels := map[string]string{}
	for _, v := range report.Codebook() {
		labels[v.Table+"."+v.Item+"."+v.Col] = v.LabelZH
	}
	var out []placedCell
	add := func(c placedCell) {
		if l := labels[c.name()]; l != "" {
			c.label = l
		}
		out = append(out, c)
	}
	for _, d := range r.Disclosure {
		add(placedCell{table: "t2", item: d.Item, col: d.Measure, cell: d.Cell})
	}
	for i := range r.Applications {
		for j, c := range report.Applicants {
			add(placedCell{table: "t3", item: r.Applications[i].Item, col: c.Code, cell: r.Applications[i].Cells[j], column: j})
		}
	}
	for i := range r.Disputes {
		d := &r.Disputes[i]
		group := slices.IndexFunc(report.DisputeRoutes[:], func(c report.Column) bool { return c.Code == d.Route })
		for j, c := range report.DisputeResults {
			add(placedCell{table: "t4", item: d.Route, col: c.Code, cell: d.Cells[j], column: j, group: group})
		}
	}
	for _, s := range r.Statistics {
		item := s.Item
		if item == "" {
			item = s.Label
		}
		add(placedCell{table: "statistics", item: item, col: s.Period, label: s.Label, cell: s.Cell})
	}
	return out
}

// knownPlace says whether some form has a place; if none has, near are names like it.
func knownPlace(place string) (near []string, known bool) {
	tbl, rest, _ := strings.Cut(place, ".")
	if tbl == "statistics" { // labels without a code are the page's own
		return nil, true
	}
	tables, rows, cells := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, v := range report.Codebook() {
		tables[v.Table] = true
		rows[v.Table+"."+v.Item] = true
		cells[v.Table+"."+v.Item+"."+v.Col] = true
	}
	if tables[place] || rows[place] || cells[place] {
		return nil, true
	}
	if !tables[tbl] || rest == "" {
		return []string{"t2", "t3", "t4", "statistics"}, false
	}
	if item, _, ok := strings.Cut(rest, "."); ok && rows[tbl+"."+item] {
		for name := range cells {
			if strings.HasPrefix(name, tbl+"."+item+".") {
				near = append(near, name)
			}
		}
		slices.Sort(near)
		return near, false
	}
	return nearest(place, tbl+".", rows), false
}

// nearest are the few names with a prefix that are most like s, the best first.
func nearest(s, prefix string, among map[string]bool) []string {
	const most, enough = 5, 0.4
	type match struct {
		name string
		like float64
	}
	var found []match
	for name := range among {
		if like := likeness(s, name); like >= enough && strings.HasPrefix(name, prefix) {
			found = append(found, match{name, like})
		}
	}
	slices.SortFunc(found, func(a, b match) int {
		if a.like != b.like {
			if a.like > b.like {
				return -1
			}
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	var out []string
	for _, m := range found[:min(len(found), most)] {
		out = append(out, m.name)
	}
	return out
}
