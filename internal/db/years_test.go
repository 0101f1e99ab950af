package db

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/report"
)

// yearReading is the report of a year with nothing in its tables. Published in time.
func yearReading(year int) *report.Report {
	r := reading("alpha", fmt.Sprintf("http://alpha.example/%d.htm", year), fmt.Sprint(year), year-2000)
	r.Year = year
	r.Published = report.Date{Value: fmt.Sprintf("%d-01-20", year+1), Basis: "strip"}
	r.Disclosure, r.Applications, r.Disputes, r.Checks, r.Findings = nil, nil, nil, nil, nil
	return r
}

// cellsOf reads "3 . - ?" as number, blank, dash, text.
func cellsOf(s string) []report.Cell {
	var out []report.Cell
	for _, f := range strings.Fields(s) {
		switch f {
		case ".":
			out = append(out, blank())
		case "-":
			out = append(out, report.Cell{State: report.Dash, Raw: "—"})
		case "?":
			out = append(out, report.Cell{State: report.Text, Raw: "无"})
		default:
			var v float64
			fmt.Sscan(f, &v)
			out = append(out, num(v))
		}
	}
	return out
}

func applicationRow(item, cells string) report.Application {
	a := report.Application{Item: item}
	copy(a.Cells[:], cellsOf(cells))
	return a
}

func disclosureRow(item, measures, cells string) []report.Disclosure {
	var out []report.Disclosure
	vs := cellsOf(cells)
	for i, m := range strings.Fields(measures) {
		out = append(out, report.Disclosure{Item: item, Measure: m, Cell: vs[i]})
	}
	return out
}

const (
	yearFindings = `SELECT f.rule, f.place, f.verdict, f.lhs, f.rhs, r.report_year, o.report_year FROM findings f
		JOIN reports r ON r.id = f.report_id JOIN reports o ON o.id = f.other_report_id ORDER BY f.rowid`
	yearChecks = `SELECT rule, tested, failed, blank FROM report_checks WHERE rule <> 'published_late' ORDER BY rule`
)

func TestCarriedForward(t *testing.T) {
	for _, c := range []struct {
		name, forward, carried string
		findings, checks       []string
	}{
		{"equal", "1 0 0 0 0 0 1", "1 0 0 0 0 0 1", nil, []string{"t3_carry|7|0|0"}},
		{"differ", "1 0 0 0 0 0 1", "1 0 0 0 0 2 3",
			[]string{"t3_carry|t3.org_other|fail|0|2|2023|2022", "t3_carry|t3.total|fail|1|3|2023|2022"}, []string{"t3_carry|7|2|0"}},
		{"one blank for zero", "1 0 0 0 0 0 1", "1 0 . 0 0 0 1",
			[]string{"t3_carry|t3.org_research|fail_unless_blank_is_zero|0|0|2023|2022"}, []string{"t3_carry|6|0|1"}},
		{"several blanks for zero", "1 0 0 0 0 0 1", "1 . . . . . 1",
			[]string{"t3_carry|t3|fail_unless_blank_is_zero|||2023|2022"}, []string{"t3_carry|2|0|5"}},
		{"a blank may be anything", "1 0 0 0 0 0 1", ". 0 0 0 0 0 1",
			[]string{"t3_carry|t3|not_testable|||2023|2022"}, []string{"t3_carry|6|0|1"}},
		{"text is no blank", "1 0 0 0 0 0 1", "1 ? 0 0 0 0 1",
			[]string{"t3_carry|t3|not_testable|||2023|2022"}, []string{"t3_carry|6|0|1"}},
		{"a row of blanks", "0 0 0 0 0 0 0", ". . - . . . .",
			[]string{"t3_carry|t3|fail_unless_blank_is_zero|||2023|2022"}, []string{"t3_carry|0|0|7"}},
		{"both blank", ". . . . . . .", ". . . . . . .",
			[]string{"t3_carry|t3|not_testable|||2023|2022"}, []string{"t3_carry|0|0|7"}},
		{"a row not printed", "", "0 0 0 0 0 0 0",
			[]string{"t3_carry|t3|not_testable|||2023|2022"}, []string{"t3_carry|0|0|7"}},
	} {
		earlier, later := yearReading(2022), yearReading(2023)
		earlier.Applications = []report.Application{applicationRow("granted", "0 0 0 0 0 0 0")}
		if c.forward != "" {
			earlier.Applications = append(earlier.Applications, applicationRow("carried_forward", c.forward))
		}
		later.Applications = []report.Application{applicationRow("received_carried_in", c.carried)}
		d := open(t)
		var f facts
		f.runStart("run", "alpha", 0, "430600")
		f.read(earlier)
		f.read(later)
		take(t, d, f, 1)
		if diff := cmp.Diff(c.findings, ask(t, d.Reader, yearFindings)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(c.checks, ask(t, d.Reader, yearChecks)); diff != "" {
			t.Errorf("%s, denominators (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestStockAndItems(t *testing.T) {
	const stock, items = "issued abolished in_force", "prev_items change decisions"
	for _, c := range []struct {
		name, form, otherForm, measures, earlier, later string
		year                                            int
		findings, checks                                []string
	}{
		{"stock holds", "f2021", "f2021", stock, "5 0 5", "3 1 7", 2023, nil, []string{"t2_stock|1|0|0"}},
		{"stock differs", "f2021", "f2021", stock, "5 0 5", "3 0 9", 2023,
			[]string{"t2_stock|t2.norm|fail|9|8|2023|2022"}, []string{"t2_stock|1|1|0"}},
		{"a blank for zero", "f2021", "f2021", stock, "5 0 5", "3 - 8", 2023,
			[]string{"t2_stock|t2.norm|fail_unless_blank_is_zero|8|8|2023|2022"}, []string{"t2_stock|0|0|1"}},
		{"a blank that is not zero", "f2021", "f2021", stock, "5 0 5", "3 . 7", 2023,
			[]string{"t2_stock|t2|not_testable|||2023|2022"}, []string{"t2_stock|0|0|1"}},
		{"text", "f2021", "f2021", stock, "5 0 5", "3 ? 8", 2023,
			[]string{"t2_stock|t2|not_testable|||2023|2022"}, []string{"t2_stock|0|0|1"}},
		{"forms differ", "f2021", "f2019", stock, "5 0 5", "3 0 9", 2021, nil, nil},
		{"items hold", "f2019", "f2019_hb", items, "8 2 90", "10 0 80", 2020, nil, []string{"t2_items|1|0|0"}},
		{"items fell", "f2019", "f2019", items, "8 -3 90", "5 0 80", 2020, nil, []string{"t2_items|1|0|0"}},
		{"items differ", "f2019", "f2019", items, "8 2 90", "8 0 80", 2020,
			[]string{"t2_items|t2.licence|fail|8|10|2020|2019"}, []string{"t2_items|1|1|0"}},
	} {
		item := "norm"
		if c.measures == items {
			item = "licence"
		}
		earlier, later := yearReading(c.year-1), yearReading(c.year)
		earlier.FormT2, later.FormT2 = c.otherForm, c.form
		earlier.Disclosure, later.Disclosure = disclosureRow(item, c.measures, c.earlier), disclosureRow(item, c.measures, c.later)
		for _, r := range []*report.Report{earlier, later} {
			for _, d := range r.Disclosure {
				if d.Cell.State == report.Text {
					r.Remarks = append(r.Remarks, report.Remark{Table: "t2", Item: d.Item, Col: d.Measure, State: report.Text, Raw: d.Cell.Raw})
				}
			}
			r.Remarks = r.Remarks[1:] // that of reading
		}
		d := open(t)
		var f facts
		f.runStart("run", "alpha", 0, "430600")
		f.read(earlier)
		f.read(later)
		take(t, d, f, 1)
		if diff := cmp.Diff(c.findings, ask(t, d.Reader, yearFindings)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
		if diff := cmp.Diff(c.checks, ask(t, d.Reader, yearChecks)); diff != "" {
			t.Errorf("%s, denominators (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestYearsPairPreferred: only preferred reports of one agency, scope and year known
// for certain are compared, and what was found goes when the preferred one changes.
func TestYearsPairPreferred(t *testing.T) {
	pair := func(change func(earlier, later *report.Report)) facts {
		earlier, later := yearReading(2022), yearReading(2023)
		earlier.Applications = []report.Application{applicationRow("carried_forward", "1 0 0 0 0 0 1")}
		later.Applications = []report.Application{applicationRow("received_carried_in", "2 0 0 0 0 0 2")}
		change(earlier, later)
		var f facts
		f.runStart("run", "alpha", 0, "430600")
		f.read(earlier)
		f.read(later)
		return f
	}
	for name, c := range map[string]struct {
		change func(earlier, later *report.Report)
		want   int
	}{
		"alike":        {func(_, _ *report.Report) {}, 2},
		"scope":        {func(_, later *report.Report) { later.Scope = "region_wide" }, 0},
		"agency":       {func(_, later *report.Report) { later.Agency, later.AgencyID = "他局", "430600/他局" }, 0},
		"guessed year": {func(_, later *report.Report) { later.YearBasis = "published" }, 0},
		"a gap":        {func(earlier, _ *report.Report) { earlier.Year = 2021 }, 0},
		"no table":     {func(earlier, _ *report.Report) { earlier.Applications = nil }, 0},
	} {
		d := open(t)
		take(t, d, pair(c.change), 1)
		if got := ask(t, d.Reader, yearFindings); len(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}

	d := open(t)
	take(t, d, pair(func(_, _ *report.Report) {}), 1)
	again := yearReading(2022)
	again.URL, again.Published.Value = "http://alpha.example/again.htm", "2023-05-05"
	again.Applications = []report.Application{applicationRow("carried_forward", "2 0 0 0 0 0 2")}
	again.RecordID = "again"
	var f facts
	f.read(again)
	take(t, d, f, 1)
	if got := ask(t, d.Reader, yearFindings); len(got) != 0 {
		t.Errorf("after a corrected report: %q", got)
	}
	want := []string{"t3_carry|7|0|0"}
	if diff := cmp.Diff(want, ask(t, d.Reader, yearChecks)); diff != "" {
		t.Errorf("after a corrected report (-want +got):\n%s", diff)
	}
}

// TestYearsAnyOrder: found the same however the reports came in, also when a
// finishing lay between them, and finished once more.
func TestYearsAnyOrder(t *testing.T) {
	var want string
	for seed := range uint64(6) {
		var f facts
		f.runStart("run", "alpha", 0, "430600")
		for year := 2019; year <= 2024; year++ {
			r := yearReading(year)
			r.FormT2 = report.Form2021
			r.Applications = []report.Application{
				applicationRow("received_carried_in", fmt.Sprintf(". %d 0 - 0 0 %d", year%3, year%3)),
				applicationRow("carried_forward", fmt.Sprintf("0 %d . 0 0 0 %d", year%2, year%2)),
			}
			r.Disclosure = disclosureRow("norm", "issued abolished in_force", fmt.Sprintf("3 . %d", 2*year))
			if year%2 == 0 {
				r.Published.Value = fmt.Sprintf("%d-06-01", year+1)
			}
			f.read(r)
		}
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(f), func(i, j int) { f[i], f[j] = f[j], f[i] })
		d := open(t)
		if seed > 0 {
			take(t, d, f[:3], 1)
		}
		take(t, d, f, 2)
		take(t, d, nil, 1)
		got := strings.Join(ask(t, d.Reader, `SELECT r.key, f.rule, f.place, f.verdict, f.lhs, f.rhs, f.note
			FROM findings f JOIN reports r ON r.id = f.report_id ORDER BY r.key, f.rowid`), "\n") +
			strings.Join(ask(t, d.Reader, `SELECT r.key, c.rule, c.tested, c.failed, c.blank FROM report_checks c JOIN reports r ON r.id = c.report_id ORDER BY r.key, c.rule`), "\n")
		if want == "" {
			want = got
			if !strings.Contains(got, "t3_carry") || !strings.Contains(got, "t2_stock") || !strings.Contains(got, "published_late") {
				t.Fatalf("nothing to compare:\n%s", got)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
}
