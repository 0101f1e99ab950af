package extract

import (
	"slices"

	"crawl/internal/report"
)

// Form knows one generation of the official tables. It is chosen per table, by the
// labels the table carries, never by the year.
type Form struct {
	Name string
	// Detect says whether the labels of a table are this form's.
	Detect func(t *table) bool
	// Read takes the table's cells into r, and what it could not take as findings.
	Read func(t *table, r *report.Report)
}

// forms are the forms that are read, in the order they are asked. A table of none of
// them is reported as report.FormOther, without cells.
var forms = []Form{form2021, form2019HB, form2019, form2014, formLocal}

// table is one official table of a page, in as many parts as the page prints it.
type table struct {
	name  string // t2 | t3 | t4 | statistics
	parts []part
	// siblings are the forms of tables 2 and 3. Table 4 is the same in every
	// generation, so that its neighbours tell its form.
	siblings []string
}

// readTables finds the official tables of a page, chooses their forms and reads them.
// It returns the grids they stand in.
func readTables(blocks []Block, r *report.Report) map[*Grid]bool {
	tables := map[string]*table{}
	grids := map[*Grid]bool{}
	for _, p := range tableParts(blocks) {
		grids[p.grid] = true
		if tables[p.table] == nil {
			tables[p.table] = &table{name: p.table}
		}
		t := tables[p.table]
		t.parts = append(t.parts, p)
	}
	var siblings []string
	for _, name := range []string{"t2", "t3", "t4"} {
		t := tables[name]
		if t == nil {
			continue
		}
		t.siblings = siblings
		form := readTable(t, r)
		siblings = append(siblings, form)
		switch name {
		case "t2":
			r.FormT2 = form
		case "t3":
			r.FormT3 = form
		case "t4":
			r.FormT4 = form
		}
	}
	return grids
}

// readTable chooses a table's form, reads it and returns the form's name.
func readTable(t *table, r *report.Report) string {
	for _, f := range forms {
		if f.Detect(t) {
			f.Read(t, r)
			return f.Name
		}
	}
	find(r, "form_unread", t.name, report.NotTestable, "the table is of a form that is not read")
	return report.FormOther
}

// disclosureRows are the rows of table 2 that a form prints.
func disclosureRows(form string) []report.DisclosureRow {
	var out []report.DisclosureRow
	for _, row := range report.DisclosureRows {
		if slices.Contains(row.Forms, form) {
			out = append(out, row)
		}
	}
	return out
}

// applicationRows are the rows of table 3 that a form prints.
func applicationRows(form string) []report.ApplicationRow {
	var out []report.ApplicationRow
	for _, row := range report.ApplicationRows {
		if slices.Contains(row.Forms, form) {
			out = append(out, row)
		}
	}
	return out
}

// votes are the column labels of a table 2 by the generation that prints them.
type votes struct {
	of2021, of2019 int
	mixed          bool // labels of both generations that are no mere variants of each other
}

// measureVotes counts the column labels of a table 2. 本年处理决定数量 (2021) and
// 处理决定数量 (2019) are printed for each other: they decide only where nothing else
// does.
func measureVotes(t *table) votes {
	const strong = 100
	var v votes
	for _, p := range t.parts {
		for r := p.from; r < p.to; r++ {
			head := slices.ContainsFunc(p.rows[r], func(i int) bool { return headLabel(labelKey(p.grid.Cells[i].Text)) })
			if !head {
				continue
			}
			for _, i := range p.rows[r] {
				key := labelKey(p.grid.Cells[i].Text)
				printed := measureLabels[key]
				if printed == nil { // cut short or misspelt
					if k := closest(key, measureWords, 0.75); k >= 0 && key != "信息内容" {
						printed = measureLabels[measureWords[k]]
					}
				}
				if printed == nil {
					continue
				}
				weight := strong
				if key == "处理决定数量" || key == "本年处理决定数量" {
					weight = 1
				}
				if slices.Contains(printed, report.Form2021) {
					v.of2021 += weight
				} else {
					v.of2019 += weight
				}
			}
		}
	}
	v.mixed = v.of2021 >= strong && v.of2019 >= strong
	return v
}
