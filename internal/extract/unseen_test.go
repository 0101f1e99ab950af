package extract

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// unseenTruth is what a page under testdata/unseen prints. Cells are printed strings, "" a
// printed blank; "?" is a cell that no reader can place with certainty: NULL and a finding is
// the only right answer. A cell that the page does not print has no entry.
type unseenTruth struct {
	URL          string
	ContentType  string `json:"content_type"`
	Status       int
	IsReport     bool   `json:"is_report"`
	Reason       string // why the page is none; alternatives parted by |
	Title        unseenOneOf
	Agency       unseenOneOf
	ReportYear   int         `json:"report_year"`
	Published    unseenOneOf // as printed, 2024-01-09 10:06
	Views        *string
	ViewsState   string `json:"views_state"`
	Level        string
	RegionCode   string            `json:"region_code"`
	Sections     []string          // headings, as printed
	Form         map[string]string // t2, t3, t4, statistics
	T2           map[string]string
	T3           map[string]map[string]string
	T4           map[string]string
	Statistics   []unseenStatistic
	EitherZero   []string            `json:"either_zero"` // "?" cells under these names may also be read as 0
	Either       []string            // cells that may also stay NULL, with a finding or the printed text kept
	PublishedAny bool                `json:"published_any"` // the date stands in the address only: NULL is right as well
	ViewsOrNull  bool                `json:"views_or_null"` // an unusual spelling of the number: NULL is right as well
	StatFree     bool                `json:"stat_free"`     // a table of no form: rows without a code are no invention
	LooseCodes   bool                `json:"loose_codes"`   // labels of a form of its own: codes may stay away
	MustFind     []string            `json:"must_find"`     // places that need a finding
	ValueWan     map[string]*float64 `json:"value_wan"`     // money of table 2 in 万元; null where no unit is printed
}

type unseenStatistic struct {
	Label, Unit      string
	Item             *string
	Year, Cumulative *string
	Optional         bool // a row of no form: it may be left out, but not misread
}

// unseenOneOf is one string or several that are all right; null is the empty string.
type unseenOneOf []string

func (o *unseenOneOf) UnmarshalJSON(b []byte) error {
	var many []string
	if json.Unmarshal(b, &many) == nil && many != nil {
		*o = many
		return nil
	}
	var one string
	if err := json.Unmarshal(b, &one); err != nil {
		return err
	}
	*o = unseenOneOf{one}
	return nil
}

func (o unseenOneOf) has(s string) bool {
	for _, x := range o {
		if x == s {
			return true
		}
	}
	return len(o) == 0 && s == ""
}

// The outcomes of one fact. Wrong and invented are the ones that must never happen.
const (
	unseenExact      = "exact"
	unseenNullFound  = "null+finding"
	unseenNullSilent = "silent null"
	unseenOtherNull  = "other state" // NULL is right, the state letter is not
	unseenWrong      = "WRONG"
	unseenInvented   = "INVENTED"
)

var unseenOutcomes = []string{unseenExact, unseenNullFound, unseenNullSilent, unseenOtherNull, unseenWrong, unseenInvented}

// unseenScore counts outcomes per kind of fact.
type unseenScore map[string]map[string]int

func (s unseenScore) add(kind, outcome string) {
	if s[kind] == nil {
		s[kind] = map[string]int{}
	}
	s[kind][outcome]++
}

func (s unseenScore) String() string {
	var kinds []string
	for k := range s {
		kinds = append(kinds, k)
	}
	sort.Strings(kinds)
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s", "")
	for _, o := range unseenOutcomes {
		fmt.Fprintf(&b, "%14s", o)
	}
	for _, k := range kinds {
		fmt.Fprintf(&b, "\n%-24s", k)
		for _, o := range unseenOutcomes {
			fmt.Fprintf(&b, "%14d", s[k][o])
		}
	}
	return b.String()
}

// unseenPage is one page under examination.
type unseenPage struct {
	t     *testing.T
	truth unseenTruth
	r     *report.Report
	all   unseenScore
}

func (e *unseenPage) note(kind, fact, outcome string, got, want any) {
	e.t.Helper()
	e.all.add(kind, outcome)
	if outcome != unseenExact {
		e.t.Errorf("%s %s: got %v, want %v", outcome, fact, got, want)
	}
}

// TestUnseen examines the reader on pages written by someone who had not seen it: markup of
// many editors and portals, with the values that they print.
func TestUnseen(t *testing.T) {
	pages, err := filepath.Glob("testdata/unseen/pages/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages under testdata/unseen/pages: %v", err)
	}
	all := unseenScore{}
	for _, path := range pages {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var truth unseenTruth
			readJSON(t, strings.TrimSuffix(path, ".html")+".truth.json", &truth)
			ex := exchange(truth.URL, body)
			ex.Header.Set("Content-Type", "text/html")
			if truth.ContentType != "" {
				ex.Header.Set("Content-Type", truth.ContentType)
			}
			if truth.Status != 0 {
				ex.Status = truth.Status
			}
			r, err := extractSurely(ex)
			e := &unseenPage{t: t, truth: truth, r: r, all: all}
			if e.kind(err) {
				e.header()
				e.cells()
				e.statistics()
				e.sections()
				e.findings()
			}
			if t.Failed() && r != nil {
				for _, f := range r.Findings {
					if f.Verdict != report.FailUnlessBlankIsZero {
						t.Logf("finding %s %s %s: %s", f.Verdict, f.Rule, f.Place, f.Note)
					}
				}
			}
		})
	}
	t.Logf("%d pages\n%s", len(pages), all)
}

// extractSurely turns a panic into an error, so that the other pages are still examined.
func extractSurely(ex *archive.Exchange) (r *report.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return Extract(ex, Hint{})
}

// kind checks report or not, and is true if there is a report to compare.
func (e *unseenPage) kind(err error) bool {
	var not *NotReport
	switch {
	case err != nil && !errors.As(err, &not):
		e.note("page kind", "page", unseenWrong, err, "a page that can be read")
	case e.truth.IsReport && err != nil:
		e.note("page kind", "page", unseenNullFound, err, "a report")
	case !e.truth.IsReport && err == nil:
		e.note("page kind", "page", unseenInvented, "a report", e.truth.Reason)
	case err != nil:
		for _, word := range strings.Split(e.truth.Reason, "|") {
			if strings.Contains(not.Reason, word) {
				e.note("page kind", "page", unseenExact, nil, nil)
				return false
			}
		}
		e.note("page kind", "reason", unseenOtherNull, not.Reason, e.truth.Reason)
	default:
		e.note("page kind", "page", unseenExact, nil, nil)
		return true
	}
	return false
}

func (e *unseenPage) header() {
	t, r := e.truth, e.r
	e.fact("title", r.Title, t.Title)
	e.fact("agency", r.Agency, t.Agency)
	year, wantYear := "", ""
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	if t.ReportYear != 0 {
		wantYear = strconv.Itoa(t.ReportYear)
	}
	e.fact("year", year, unseenOneOf{wantYear})
	var published unseenOneOf
	for _, p := range t.Published {
		if day, clock, timed := strings.Cut(p, " "); timed {
			p = day + "T" + clock + "+08:00"
		}
		published = append(published, p)
	}
	if t.PublishedAny {
		published = append(published, "")
	}
	e.fact("published", r.Published.Value, published)
	views, wantViews := "", ""
	if r.Views != nil {
		views = strconv.FormatInt(*r.Views, 10)
	}
	if t.Views != nil {
		wantViews = *t.Views
	}
	states := strings.Split(t.ViewsState, "|")
	if t.ViewsOrNull && views == "" {
		wantViews, states = "", []string{string(report.ViewsLabelOnly), string(report.ViewsNone)}
	}
	if r.ViewsState == report.ViewsPlaceholder && slices.Contains(states, string(r.ViewsState)) {
		wantViews = views // a number said to be a template's own is no number of readers
	}
	e.fact("views", views, unseenOneOf{wantViews})
	e.fact("views state", string(r.ViewsState), states)
	if t.Level != "" {
		e.fact("level", r.Level, unseenOneOf{t.Level})
	}
	if t.RegionCode != "" {
		e.fact("region code", r.RegionCode, unseenOneOf{t.RegionCode})
	}
	got := map[string]string{"t2": r.FormT2, "t3": r.FormT3, "t4": r.FormT4, "statistics": r.FormStatistics}
	for _, table := range []string{"t2", "t3", "t4", "statistics"} {
		form := got[table]
		if form == report.FormOther && t.Form[table] != report.FormOther {
			form = "" // it says that it does not know
		}
		e.fact("form of "+table, form, strings.Split(t.Form[table], "|"))
	}
}

func (e *unseenPage) fact(kind, got string, want unseenOneOf) {
	e.t.Helper()
	outcome := unseenWrong
	switch {
	case want.has(got):
		outcome = unseenExact
	case got == "":
		outcome = unseenNullSilent
		for _, f := range e.r.Findings {
			if strings.Contains(f.Rule+f.Place, strings.Fields(kind)[0]) {
				outcome = unseenNullFound
			}
		}
	case want.has(""):
		outcome = unseenInvented
	}
	e.note("header: "+kind, kind, outcome, strconv.Quote(got), strconv.Quote(strings.Join(want, " | ")))
}

func (e *unseenPage) cells() {
	want, got := e.truth.cells(), unseenCells(e.r)
	var names []string
	for name := range want {
		names = append(names, name)
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	for _, name := range names {
		form, _, _ := strings.Cut(e.truth.Form[name[:2]], "|")
		kind := name[:2] + " " + form
		printed, ok := want[name]
		cell := got[name]
		if !ok {
			if cell.Value != nil {
				e.note(kind, name, unseenInvented, cell.Raw, "nothing printed")
			}
			continue
		}
		e.note(kind, name, e.judge(name, cell, printed), fmt.Sprintf("%q (%s)", cell.Raw, unseenLetter(cell)), strconv.Quote(printed))
	}
}

// unseenCells are the cells of tables 2, 3 and 4 by the names of the truth files.
func unseenCells(r *report.Report) map[string]report.Cell {
	out := map[string]report.Cell{}
	for _, d := range r.Disclosure {
		out["t2."+d.Item+"_"+d.Measure] = d.Cell
	}
	for _, a := range r.Applications {
		for j, c := range report.Applicants {
			out["t3."+a.Item+"."+c.Code] = a.Cells[j]
		}
	}
	for _, d := range r.Disputes {
		for j, c := range report.DisputeResults {
			out["t4."+d.Route+"_"+c.Code] = d.Cells[j]
		}
	}
	return out
}

func (t unseenTruth) cells() map[string]string {
	out := map[string]string{}
	for k, v := range t.T2 {
		out["t2."+k] = v
	}
	for item, row := range t.T3 {
		for col, v := range row {
			out["t3."+item+"."+col] = v
		}
	}
	for k, v := range t.T4 {
		out["t4."+k] = v
	}
	return out
}

func unseenLetter(c report.Cell) string {
	if c.State == 0 {
		return "missing"
	}
	return string(rune(c.State))
}

// judge compares one cell with what is printed.
func (e *unseenPage) judge(name string, cell report.Cell, printed string) string {
	if printed == "?" {
		switch {
		case cell.Value != nil && *cell.Value == 0 && unseenUnder(name, e.truth.EitherZero):
			return unseenExact
		case cell.Value != nil:
			return unseenWrong
		case !e.found(name):
			return unseenNullSilent
		}
		return unseenExact
	}
	state, value := unseenNumber(printed)
	switch {
	case state == report.Number && cell.Value == nil:
		switch {
		case unseenUnder(name, e.truth.Either) && (cell.Raw != "" || e.found(name)):
			return unseenExact
		case e.found(name):
			return unseenNullFound
		}
		return unseenNullSilent
	case state == report.Number && *cell.Value != value:
		return unseenWrong
	case state == report.Number:
		return unseenExact
	case cell.Value != nil:
		return unseenWrong
	case cell.State != state:
		return unseenOtherNull
	}
	return unseenExact
}

// found says whether a finding covers a cell: the cell itself, its row, or its table.
func (e *unseenPage) found(name string) bool {
	key := strings.ReplaceAll(name, ".", "_") + "_"
	for _, f := range e.r.Findings {
		place := strings.ReplaceAll(f.Place, ".", "_") + "_"
		if strings.HasPrefix(key, place) {
			return true
		}
	}
	return false
}

func unseenUnder(name string, prefixes []string) bool {
	for _, p := range prefixes {
		if name == p || strings.HasPrefix(name, p+".") || strings.HasPrefix(name, p+"_") {
			return true
		}
	}
	return false
}

var unseenUnits = regexp.MustCompile(`(亿元|万元|人次|[件条个项次元人篇笔份场期])$`)

// unseenNumber says what a printed cell means; it is deliberately not the reader's own code.
func unseenNumber(printed string) (report.State, float64) {
	s := strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - 0xfee0
		case strings.ContainsRune(" \t\n\u00a0\u3000\u200b\ufeff", r):
			return -1
		}
		return r
	}, printed)
	switch {
	case s == "":
		return report.Blank, 0
	case strings.Trim(s, "-—–－一") == "":
		return report.Dash, 0
	case strings.Trim(s, "/\\") == "":
		return report.Slash, 0
	}
	s = unseenUnits.ReplaceAllString(s, "")
	s = strings.NewReplacer("增", "+", "减", "-", "−", "-", "－", "-").Replace(s)
	if regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$`).MatchString(s) {
		s = strings.ReplaceAll(s, ",", "")
	}
	if v, err := strconv.ParseFloat(s, 64); err == nil {
		return report.Number, v
	}
	return report.Text, 0
}

// statistics compares the rows of a form before 2019: by code where the row has one, else by
// the label as printed.
func (e *unseenPage) statistics() {
	form, _, _ := strings.Cut(e.truth.Form["statistics"], "|")
	kind := "statistics " + form
	used := map[int]bool{}
	for _, row := range e.truth.Statistics {
		for period, printed := range map[string]*string{"year": row.Year, "cumulative": row.Cumulative} {
			if printed == nil {
				continue
			}
			name := period + " " + row.Label
			at := e.statistic(row, period, used)
			if at < 0 && row.Optional {
				continue
			}
			if at < 0 {
				outcome := unseenNullSilent
				if e.found("statistics") {
					outcome = unseenNullFound
					if *printed == "?" || unseenUnder("statistics", e.truth.Either) {
						outcome = unseenExact
					}
				}
				e.note(kind, name, outcome, "no such row", *printed)
				continue
			}
			used[at] = true
			s := e.r.Statistics[at]
			outcome := e.judge("statistics."+s.Item, s.Cell, *printed)
			switch {
			case outcome == unseenExact && row.Item == nil && s.Item != "":
				outcome = unseenWrong
				name += " has code " + s.Item
			case outcome == unseenExact && row.Item != nil && s.Item == "" && !e.truth.LooseCodes:
				outcome = unseenNullSilent
				name += " has no code"
			case outcome == unseenExact && row.Unit != "" && s.Unit != "" && row.Unit != s.Unit:
				outcome = unseenWrong
				name += " in " + s.Unit
			}
			e.note(kind, name, outcome, s.Cell.Raw, *printed)
		}
	}
	for i, s := range e.r.Statistics {
		if !used[i] && s.Cell.Value != nil && (s.Item != "" || !e.truth.StatFree) {
			e.note(kind, s.Period+" "+s.Item+" "+s.Label, unseenInvented, s.Cell.Raw, "nothing printed")
		}
	}
}

func (e *unseenPage) statistic(row unseenStatistic, period string, used map[int]bool) int {
	for i, s := range e.r.Statistics {
		if !used[i] && s.Period == period && row.Item != nil && s.Item == *row.Item {
			return i
		}
	}
	for i, s := range e.r.Statistics {
		if !used[i] && s.Period == period && (row.Item == nil || s.Item == "") && unseenLabel(s.Label) == unseenLabel(row.Label) {
			return i
		}
	}
	return -1
}

// unseenLabel is a label without white space, for comparing labels as printed.
func unseenLabel(s string) string {
	return strings.NewReplacer("（", "(", "）", ")", "：", ":").Replace(strings.Join(strings.Fields(s), ""))
}

// sections compares the headings of the sections; the text below them is not.
func (e *unseenPage) sections() {
	if e.truth.Sections == nil {
		return
	}
	var got []string
	for _, s := range e.r.Sections {
		got = append(got, unseenLabel(s.Heading))
	}
	for _, h := range e.truth.Sections {
		outcome := unseenExact
		if !slices.Contains(got, unseenLabel(h)) {
			outcome = unseenNullSilent
		}
		e.note("sections", "section", outcome, got, h)
	}
	for _, h := range got {
		if !slices.ContainsFunc(e.truth.Sections, func(s string) bool { return unseenLabel(s) == h }) {
			e.note("sections", "section", unseenInvented, h, "no such heading")
		}
	}
}

func (e *unseenPage) findings() {
	for _, d := range e.r.Disclosure {
		want, ok := e.truth.ValueWan[d.Item+"_"+d.Measure]
		if !ok {
			continue
		}
		outcome := unseenExact
		switch {
		case want == nil && d.ValueWan != nil:
			outcome = unseenInvented
		case want != nil && d.ValueWan == nil:
			outcome = unseenNullSilent
		case want != nil && math.Abs(*want-*d.ValueWan) > 1e-9:
			outcome = unseenWrong
		}
		e.note("value in 万元", d.Item, outcome, fmt.Sprint(d.ValueWan != nil, d.Unit, d.Cell.Raw), want)
	}
	for _, place := range e.truth.MustFind {
		outcome := unseenNullSilent
		for _, f := range e.r.Findings {
			if f.Place == place || strings.HasPrefix(f.Place, place+".") {
				outcome = unseenExact
			}
		}
		e.note("findings", "finding at "+place, outcome, len(e.r.Findings), "one")
	}
}
