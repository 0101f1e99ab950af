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

// forms are the forms that are read. A table of none of them is reported as
// report.FormOther, without cells.
var forms = []Form{form2021}

// table is one official table of a page, in as many parts as the page prints it.
type table struct {
	name  string // t2 | t3 | t4
	parts []part
	// siblings are the forms of tables 2 and 3. Table 4 is the same in every
	// generation, so that its neighbours tell its form.
	siblings []string
}

// readTables finds the official tables of a page, chooses their forms and reads them.
func readTables(blocks []Block, r *report.Report) {
	tables := map[string]*table{}
	for _, p := range tableParts(blocks) {
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
		form := formOf(t)
		siblings = append(siblings, form)
		switch name {
		case "t2":
			r.FormT2 = form
		case "t3":
			r.FormT3 = form
		case "t4":
			r.FormT4 = form
		}
		if i := slices.IndexFunc(forms, func(f Form) bool { return f.Name == form }); i >= 0 {
			forms[i].Read(t, r)
		} else {
			find(r, "form_unread", name, report.NotTestable, "the table is of a form that is not read")
		}
	}
}

func formOf(t *table) string {
	for _, f := range forms {
		if f.Detect(t) {
			return f.Name
		}
	}
	return report.FormOther
}

// measuresOf counts the column labels of table 2 that only form prints, and those
// that it does not print.
func measuresOf(t *table, form string) (own, foreign int) {
	for _, p := range t.parts {
		for r := p.from; r < p.to; r++ {
			for _, i := range p.rows[r] {
				printed := measureLabels[labelKey(p.grid.Cells[i].Text)]
				switch {
				case printed == nil:
				case slices.Contains(printed, form):
					own++
				default:
					foreign++
				}
			}
		}
	}
	return own, foreign
}
