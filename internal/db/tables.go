package db

import (
	"strconv"

	"crawl/internal/report"
)

// readingTables hold what one reading of a report says, besides its own row.
var readingTables = []string{
	"report_dates", "sections", "disclosure", "applications", "disputes", "statistics",
	"cell_remarks", "report_checks", "findings", "attachments",
}

// putTables writes the rows of every reading table. The order of columns is that
// of schema.sql.
func (t *Tx) putTables(id int64, r *report.Report) error {
	rows := newReadingRows(id, r)
	for _, table := range readingTables {
		if err := t.insertRows(table, rows.of[table]); err != nil {
			return err
		}
	}
	return nil
}

// readingRows turns a report into rows. A table's row that was read twice is kept
// as first printed, with a finding: two numbers cannot both be the one, and one
// odd page must not stop all others.
type readingRows struct {
	id     int64
	source string
	of     map[string][][]any
	seen   map[string]bool
}

func newReadingRows(id int64, r *report.Report) *readingRows {
	w := &readingRows{id: id, source: r.Source, of: make(map[string][][]any, len(readingTables)), seen: make(map[string]bool)}
	for _, d := range r.Dates {
		w.add("report_dates", null(d.Label), null(d.Raw), null(d.Value))
	}
	w.tables(r)
	for _, s := range r.Statistics {
		w.add("statistics", null(s.Form), null(s.Item), null(s.Label), null(s.Period), null(s.Cell.Raw), number(s.Cell), null(s.Unit))
	}
	for _, m := range r.Remarks {
		w.add("cell_remarks", m.Table, null(m.Item), null(m.Col), string(m.State), null(m.Raw))
	}
	for _, a := range r.Attachments {
		w.add("attachments", a.URL, null(a.Name), null(a.MediaType), null(a.SHA256), null(a.Role), null(a.RecordID))
	}
	for _, c := range r.Checks {
		if w.first("report_checks."+c.Rule, "") {
			w.add("report_checks", c.Rule, c.Tested, c.Failed, c.Blank)
		}
	}
	for _, f := range r.Findings {
		w.finding(f)
	}
	return w
}

func (w *readingRows) tables(r *report.Report) {
	for _, s := range r.Sections {
		place := "section." + strconv.Itoa(s.No)
		if w.first(place, place) {
			w.add("sections", s.No, null(s.Heading), null(s.Text))
		}
	}
	for _, d := range r.Disclosure {
		place := "t2." + d.Item + "." + d.Measure
		if w.first(place, place) {
			w.add("disclosure", d.Item, d.Measure, null(d.Cell.Raw), number(d.Cell), null(d.Unit), float(d.ValueWan))
		}
	}
	for i := range r.Applications {
		a := &r.Applications[i]
		if place := "t3." + a.Item; w.first(place, place) {
			w.counts("applications", "t3", a.Item, a.Cells[:], report.Applicants[:])
		}
	}
	for i := range r.Disputes {
		d := &r.Disputes[i]
		if place := "t4." + d.Route; w.first(place, place) {
			w.counts("disputes", "t4", d.Route, d.Cells[:], report.DisputeResults[:])
		}
	}
}

func (w *readingRows) add(table string, values ...any) {
	w.of[table] = append(w.of[table], append([]any{w.id}, values...))
}

// first says whether key was not met before; if it was, and place is not "", a
// finding records it, once.
func (w *readingRows) first(key, place string) bool {
	if !w.seen[key] {
		w.seen[key] = true
		return true
	}
	if place != "" && w.first("twice."+key, "") {
		w.finding(report.Finding{
			Rule: "printed_twice", Place: place, Verdict: report.NotTestable,
			Note: "the page prints this more than once; the first is kept",
		})
	}
	return false
}

func (w *readingRows) finding(f report.Finding) {
	w.add("findings", nil, w.source, f.Rule, null(f.Place), string(f.Verdict), float(f.LHS), float(f.RHS), null(f.Note))
}

// counts adds one row of table 3 or 4. Its cells count cases, so a printed
// decimal is no number here: it is unparsed, and a remark keeps what was printed.
func (w *readingRows) counts(table, name, item string, cells []report.Cell, cols []report.Column) {
	values := make([]any, 0, len(cells)+2)
	values = append(values, item)
	states := make([]byte, len(cells))
	numbers := 0
	for i, c := range cells {
		states[i] = byte(c.State)
		n := c.Int()
		switch {
		case n != nil:
			values = append(values, *n)
			numbers++
			continue
		case c.State == report.Number:
			states[i] = byte(report.Unparsed)
			w.add("cell_remarks", name, item, cols[i].Code, string(report.Unparsed), null(c.Raw))
		case c.State == 0:
			states[i] = byte(report.Absent)
		}
		values = append(values, nil)
	}
	var letters any
	if numbers < len(cells) {
		letters = string(states)
	}
	w.add(table, append(values, letters)...)
}

// number is a cell's value, NULL unless its state is Number.
func number(c report.Cell) any {
	if n := c.Int(); n != nil {
		return *n
	}
	if c.State == report.Number {
		return float(c.Value)
	}
	return nil
}

func float(f *float64) any {
	if f == nil {
		return nil
	}
	return *f
}
