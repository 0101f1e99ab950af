package extract

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"crawl/internal/report"
)

// fact is what one cell must be read as. The operators that change what is printed
// keep it true.
type fact struct {
	name    string // t2.reg_issued, t3.granted.total, t4.review_upheld, st.app_received.year
	kind    quantity
	printed string
	state   report.State
	value   float64
	unit    string // printed in the cell or in the column's label; tables 2 and statistics only
	noted   bool   // the printed text matters and must be kept as a remark
	lost    bool   // the number cannot be told from what is printed: none may be given
	// doubtful: what stands around the number lost so much that it need not be read;
	// if it is not, a finding says so.
	doubtful bool
	// shifted: a blank is lost and a number is in two, so that the row has as many
	// values as ever: it may be read as it stands, and is counted.
	shifted bool
	alias   string // another name that is as good, for a row whose label is misprinted
}

func newFact(name string, kind quantity, n float64) *fact {
	return &fact{name: name, kind: kind, printed: strconv.FormatFloat(n, 'f', -1, 64), state: report.Number, value: n}
}

// empty makes the cell hold no number but say so (blank, dash, slash, text).
func (f *fact) empty(state report.State, printed string) {
	f.state, f.printed, f.value, f.unit, f.noted = state, printed, 0, "", state == report.Text
}

// want is what a report must be read as.
type want struct {
	form          string
	facts         map[string]*fact
	agency, title string
	year          int
	published     string
	views         int64 // -1 for none
	viewsState    report.ViewsState
	forms         map[string]string // t2 | t3 | t4 | statistics -> form
	sections      int               // 0: not compared
	findings      map[string]bool   // rules that may be reported, because a table is printed so
}

func (w *want) add(f *fact) *fact {
	w.facts[f.name] = f
	return f
}

// losesAll destroys every fact with a prefix.
func (w *want) losesAll(prefix string) {
	for name, f := range w.facts {
		f.lost = f.lost || strings.HasPrefix(name, prefix)
	}
}

// gotCell is a cell as it was read.
type gotCell struct {
	report.Cell
	unit  string
	wan   *float64
	noted bool
}

func readCells(r *report.Report) map[string]gotCell {
	out := map[string]gotCell{}
	for _, d := range r.Disclosure {
		out["t2."+d.Item+"_"+d.Measure] = gotCell{Cell: d.Cell, unit: d.Unit, wan: d.ValueWan}
	}
	for _, a := range r.Applications {
		for j, c := range report.Applicants {
			out["t3."+a.Item+"."+c.Code] = gotCell{Cell: a.Cells[j]}
		}
	}
	for _, d := range r.Disputes {
		for j, c := range report.DisputeResults {
			out["t4."+d.Route+"_"+c.Code] = gotCell{Cell: d.Cells[j]}
		}
	}
	for _, s := range r.Statistics {
		name := statName(s.Item, s.Label) + "." + s.Period
		if c, again := out[name]; again && c.Raw != s.Cell.Raw { // told apart by their place only
			s.Cell.Value = nil
		}
		out[name] = gotCell{Cell: s.Cell, unit: s.Unit}
	}
	codes := map[string]bool{}
	for _, s := range report.StatisticRows {
		codes[s.Code] = true
	}
	for _, m := range r.Remarks {
		name := m.Table + "." + m.Item + "_" + m.Col
		switch {
		case m.Table == "t3":
			name = m.Table + "." + m.Item + "." + m.Col
		case m.Table == "statistics" && codes[m.Item]:
			name = "st." + m.Item + "." + m.Col
		case m.Table == "statistics":
			name = statName("", m.Item) + "." + m.Col
		}
		if c, ok := out[name]; ok {
			c.noted = true
			out[name] = c
		}
	}
	return out
}

// statName names a row of a statistical table: by its code, or by its label.
func statName(item, label string) string {
	if item == "" {
		item = fold(label)
	}
	return "st." + item
}

// faultKind is how bad a fault is, the worst first.
type faultKind int

const (
	faultWrong    faultKind = iota // a number that is not the printed one
	faultInvented                  // a number where none is printed
	faultMissing                   // a number that is printed and not read
	faultOther                     // states, units, remarks, forms, sections, findings
	noFault
)

func (k faultKind) String() string { return [...]string{"WRONG", "INVENTED", "MISSING", "OTHER"}[k] }

type fault struct {
	kind faultKind
	text string
}

func (f fault) String() string { return f.kind.String() + " " + f.text }

// compare lists where a report differs from what it must be read as.
func compare(r *report.Report, w *want) []fault {
	var faults []fault
	add := func(kind faultKind, format string, args ...any) {
		faults = append(faults, fault{kind, fmt.Sprintf(format, args...)})
	}
	got := readCells(r)
	for _, name := range sortedKeys(w.facts) {
		f := w.facts[name]
		cell, ok := got[name]
		if other, found := got[f.alias]; found && !ok {
			cell, ok = other, true
			delete(got, f.alias)
		}
		if kind, text := f.compare(cell, ok); kind != noFault {
			add(kind, "%s: printed %q: %s", name, f.printed, text)
		}
		if (f.lost || f.doubtful) && !f.shifted && f.state == report.Number && cell.Value == nil && !explained(r, name) {
			add(faultMissing, "%s: printed %q, lost without a finding", name, f.printed)
		}
	}
	for _, name := range sortedKeys(got) {
		if c := got[name]; w.facts[name] == nil && c.Value != nil {
			add(faultInvented, "%s: %v", name, *c.Value)
		}
	}
	faults = append(faults, compareHeader(r, w)...)
	for table, form := range w.forms {
		if got := map[string]string{"t2": r.FormT2, "t3": r.FormT3, "t4": r.FormT4, "statistics": r.FormStatistics}[table]; got != form {
			add(faultOther, "form of %s: %q, want %q", table, got, form)
		}
	}
	if w.sections > 0 && len(r.Sections) != w.sections {
		add(faultOther, "%d sections, want %d", len(r.Sections), w.sections)
	}
	for _, f := range r.Findings {
		if structural[f.Rule] && !w.findings[f.Rule] && (f.Rule != "date_missing" || w.published != "") && !w.expects(f.Place) {
			add(faultOther, "false finding %s %s: %s", f.Rule, f.Place, f.Note)
		}
	}
	slices.SortStableFunc(faults, func(a, b fault) int { return int(a.kind - b.kind) })
	return faults
}

// compare judges one cell.
func (f *fact) compare(c gotCell, ok bool) (kind faultKind, text string) {
	switch {
	case f.shifted:
		return noFault, ""
	case c.Value != nil && f.lost:
		return faultWrong, fmt.Sprintf("read as %v, which cannot be told", *c.Value)
	case f.lost, f.doubtful && c.Value == nil:
		return noFault, ""
	case c.Value != nil && f.state != report.Number:
		return faultInvented, fmt.Sprintf("read as %v", *c.Value)
	case c.Value != nil && *c.Value != f.value:
		return faultWrong, fmt.Sprintf("read as %v", *c.Value)
	case !ok:
		return faultMissing, "no such cell"
	case c.Value == nil && f.state == report.Number:
		return faultMissing, fmt.Sprintf("read as %q (%c)", c.Raw, c.State)
	case c.State != f.state:
		return faultOther, fmt.Sprintf("state %c of %q, want %c", c.State, c.Raw, f.state)
	case c.noted != f.noted:
		return faultOther, fmt.Sprintf("kept as a remark: %v, want %v", c.noted, f.noted)
	case !strings.HasPrefix(f.name, "t3") && !strings.HasPrefix(f.name, "t4") && c.State == report.Number && c.unit != f.unit:
		return faultOther, fmt.Sprintf("unit %q, want %q", c.unit, f.unit)
	case strings.HasPrefix(f.name, "t2") && f.kind == money && f.state == report.Number:
		return compareWan(f, c)
	}
	return noFault, ""
}

func compareWan(f *fact, c gotCell) (kind faultKind, text string) {
	per, known := map[string]float64{"元": 1e-4, "万元": 1, "亿元": 1e4}[f.unit]
	switch {
	case known != (c.wan != nil):
		return faultOther, fmt.Sprintf("in 万元 given: %v, unit %q", c.wan != nil, f.unit)
	case known && (*c.wan-f.value*per > 1e-6 || f.value*per-*c.wan > 1e-6):
		return faultWrong, fmt.Sprintf("%v 万元", *c.wan)
	}
	return noFault, ""
}

// explained: a finding names the cell, its row or its table, or tells of a fault in
// the table's make.
func explained(r *report.Report, name string) bool {
	table, rest := name[:2], name[3:]
	if table == "st" {
		table = "statistics"
	}
	cell := fold(table + rest)
	return slices.ContainsFunc(r.Findings, func(f report.Finding) bool {
		return f.Place == table || strings.HasPrefix(f.Place, table+".") && (strings.HasPrefix(cell, fold(f.Place)) || structural[f.Rule] && !aboutCell[f.Rule])
	})
}

// aboutCell are the findings that speak of one cell only.
var aboutCell = map[string]bool{"cell_unparsed": true, "count_not_integer": true, "count_negative": true, "unit_misplaced": true}

// expects: something at this place was destroyed, so that a finding is due.
func (w *want) expects(place string) bool {
	for name, f := range w.facts {
		if (f.lost || f.doubtful) && (strings.HasPrefix(place, name[:2]) || strings.HasPrefix(place, "statistics") && name[:2] == "st") {
			return true
		}
	}
	return false
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func compareHeader(r *report.Report, w *want) []fault {
	var faults []fault
	check := func(what, got, want string) {
		if got == want {
			return
		}
		kind := faultWrong
		switch {
		case got == "" || got == "0":
			kind = faultMissing
		case want == "" || want == "0":
			kind = faultInvented
		}
		faults = append(faults, fault{kind, fmt.Sprintf("%s %q, want %q", what, got, want)})
	}
	check("title", r.Title, w.title)
	check("agency", r.Agency, w.agency)
	check("year", strconv.Itoa(r.Year), strconv.Itoa(w.year))
	check("published", r.Published.Value, w.published)
	if reasons := []string{"date_missing", "date_unreadable"}; w.published == "" &&
		!slices.ContainsFunc(r.Findings, func(f report.Finding) bool { return slices.Contains(reasons, f.Rule) }) {
		faults = append(faults, fault{faultMissing, "no publish date, and no reason"})
	}
	views := int64(-1)
	if r.Views != nil {
		views = *r.Views
	}
	switch {
	case views != w.views && w.views < 0:
		faults = append(faults, fault{faultInvented, fmt.Sprintf("views %d", views)})
	case views != w.views && views < 0:
		faults = append(faults, fault{faultMissing, fmt.Sprintf("views, want %d", w.views)})
	case views != w.views:
		faults = append(faults, fault{faultWrong, fmt.Sprintf("views %d, want %d", views, w.views)})
	case r.ViewsState != w.viewsState:
		faults = append(faults, fault{faultOther, fmt.Sprintf("views state %q, want %q", r.ViewsState, w.viewsState)})
	}
	return faults
}

// structural are the findings of a page that could not be read as it should; those
// about the printed numbers themselves (identities) are none.
var structural = map[string]bool{
	"cell_unclaimed": true, "row_shape": true, "row_twice": true, "row_missing": true, "head_unread": true, "column_missing": true,
	"cell_unparsed": true, "count_not_integer": true, "count_negative": true, "unit_misplaced": true, "form_unread": true, "table_missing": true, "table_is_image": true,
	"agency_missing": true, "agency_generic": true, "year_implausible": true, "year_conflict": true, "year_guessed": true,
	"date_implausible": true, "date_missing": true, "views_rounded": true,
}
