package report

import (
	"fmt"
	"strings"
	"testing"
)

// row2 is a row of table 2 with its measures as cells writes them.
func row2(item, measures, values string) []Disclosure {
	var out []Disclosure
	vs := cells(values)
	for i, m := range strings.Fields(measures) {
		out = append(out, Disclosure{Item: item, Measure: m, Cell: vs[i]})
	}
	return out
}

// checked runs Check over a report with this table 2 and gives findings and counts
// of one rule.
func checked(r *Report, rule string) (findings []string, count RuleCount) {
	Check(r)
	for _, f := range r.Findings {
		if f.Rule == rule {
			findings = append(findings, f.Place+" "+string(f.Verdict))
		}
	}
	for _, c := range r.Checks {
		if c.Rule == rule {
			count = c
		}
	}
	return findings, count
}

func TestDisclosedTotal(t *testing.T) {
	const measures = "made newly_disclosed disclosed_total"
	for _, c := range []struct {
		values, want          string
		tested, failed, blank int
	}{
		{"9 3 3", "[]", 1, 0, 0}, // made may be anything
		{"0 3 9", "[]", 1, 0, 0},
		{"0 4 3", "[t2.norm fail]", 1, 1, 0},
		{"0 . 3", "[t2.norm fail_unless_blank_is_zero]", 0, 0, 1},
		{"0 3 .", "[t2 not_testable]", 0, 0, 1},
		{"0 0 .", "[]", 0, 0, 1}, // no total is less than nothing
		{". . .", "[t2 not_testable]", 0, 0, 1},
	} {
		findings, count := checked(&Report{Disclosure: row2("norm", measures, c.values)}, "t2_disc")
		if fmt.Sprint(findings) != c.want || count.Tested != c.tested || count.Failed != c.failed || count.Blank != c.blank {
			t.Errorf("%s: %v, %+v", c.values, findings, count)
		}
	}
	findings, count := checked(&Report{Disclosure: row2("norm", "issued abolished in_force", "3 1 2")}, "t2_disc")
	if findings != nil || count.Rule != "" {
		t.Errorf("the 2021 form has no such rows: %v, %+v", findings, count)
	}
}

func TestItemsThatLookLikeCases(t *testing.T) {
	const measures = "prev_items change decisions"
	minus := -1942.0
	down := row2("licence", measures, "8249 0 6307")
	down[1].Cell.Value = &minus
	for name, c := range map[string]struct {
		rows                  []Disclosure
		tested, failed, blank int
	}{
		"added":        {row2("licence", measures, "8 10 18"), 1, 1, 0},
		"taken away":   {down, 1, 1, 0},
		"items":        {row2("licence", measures, "8 10 350"), 1, 0, 0},
		"no change":    {row2("licence", measures, "8 0 8"), 1, 0, 0},
		"blank":        {row2("licence", measures, "8 . 18"), 0, 0, 1},
		"fees":         {row2("fee", "prev_items change", "8 10"), 0, 0, 0},
		"another form": {row2("licence", "decisions", "18"), 0, 0, 0},
	} {
		findings, count := checked(&Report{Disclosure: c.rows}, "t2_items_look_like_cases")
		if len(findings) != c.failed || count.Tested != c.tested || count.Failed != c.failed || count.Blank != c.blank {
			t.Errorf("%s: %v, %+v", name, findings, count)
		}
	}
}

func TestFormUnexpected(t *testing.T) {
	for _, c := range []struct {
		year       int
		basis      string
		t2, t3, st string
		want       string
		tested     int
	}{
		{2023, "title", Form2021, Form2021, "", "[]", 2},
		{2021, "title", Form2021, Form2021, "", "[]", 2},
		{2020, "title", Form2019HB, Form2019, "", "[]", 2},
		{2022, "title", Form2019, Form2021, "", "[t2 fail]", 2},
		{2023, "title", Form2021, Form2019, "", "[t3 fail]", 2},
		{2020, "title", Form2021, Form2021, "", "[t2 fail t3 fail]", 2},
		{2018, "title", "", "", Form2014, "[]", 1},
		{2018, "title", Form2019, "", "", "[t2 fail]", 1},
		{2024, "title", Form2021, Form2021, Form2014, "[statistics fail]", 3},
		{2023, "published", Form2019, Form2019, "", "[]", 0}, // the year is a guess
		{0, "", Form2019, Form2019, "", "[]", 0},
		{2023, "title", FormOther, "", "", "[]", 0},
	} {
		r := &Report{Year: c.year, YearBasis: c.basis, FormT2: c.t2, FormT3: c.t3, FormT4: c.t2, FormStatistics: c.st}
		findings, count := checked(r, "form_unexpected")
		if fmt.Sprint(findings) != c.want || count.Tested != c.tested {
			t.Errorf("%+v: %v, %+v", c, findings, count)
		}
	}
}

// A table whose organisations are blank in every row is one finding, not one a row;
// where single rows are complete, each other row stands for itself.
func TestBlankColumnsAreOneFinding(t *testing.T) {
	blank := func(keep int) *Report {
		r := complete("other_total")
		for i := range r.Applications {
			a := &r.Applications[i]
			for j := 1; j < 6 && i != keep; j++ {
				*a.Cells[6].Value -= *a.Cells[j].Value
				a.Cells[j] = Cell{State: Blank}
			}
		}
		return r
	}
	findings, count := checked(blank(-1), "t3_cols")
	if len(findings) != 1 || findings[0] != "t3 fail_unless_blank_is_zero" || count.Blank != 23 || count.Tested != 0 {
		t.Errorf("all blank: %v, %+v", findings, count)
	}
	findings, count = checked(blank(4), "t3_cols")
	if len(findings) != 22 || findings[0] != "t3.received_new fail_unless_blank_is_zero" || count.Blank != 22 || count.Tested != 1 {
		t.Errorf("one complete: %v, %+v", findings, count)
	}
}
