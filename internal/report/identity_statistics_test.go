package report

import (
	"strings"
	"testing"
)

// statistics reads "app_received=3 app_in_person=1" as rows of the table of 2014, in
// printed order; "?=2" is a row without a code.
func statistics(period, s string) []Statistic {
	var out []Statistic
	for _, f := range strings.Fields(s) {
		item, value, _ := strings.Cut(f, "=")
		out = append(out, Statistic{Form: Form2014, Item: strings.Trim(item, "?"), Label: item, Period: period, Cell: cells(value)[0]})
	}
	return out
}

func TestCheckStatistics(t *testing.T) {
	for _, c := range []struct{ rows, want string }{
		{"staff_total=5 staff_full=2 staff_part=3", ""},
		{"staff_total=6 staff_full=2 staff_part=3", "fail"},
		{"staff_total=5 staff_full=5 staff_part=.", "fail_unless_blank_is_zero"},
		{"staff_total=5 staff_full=5", "not_testable"}, // the part may be 0, but is not printed
		{"staff_total=4 staff_full=5", "fail"},
		{"staff_total=5", ""},
		{"staff_full=5 staff_part=1", ""},
		// a row that the form does not have may be a part of the total
		{"app_received=5 app_in_person=1 app_fax=1 app_online=1 app_letter=1 ?=1 app_closed=4", "not_testable"},
		{"app_received=3 app_in_person=1 app_fax=1 app_online=1 app_letter=1 ?=1 app_closed=4", "fail"},
		{"app_received=4 app_in_person=1 app_fax=1 app_online=1 app_letter=1 app_closed=4 ?=9", ""},
		// received, closed and replied need not agree
		{"app_received=9 app_closed=4 app_replied=3", ""},
	} {
		r := &Report{Statistics: statistics("year", c.rows)}
		Check(r)
		got := ""
		for _, f := range r.Findings {
			got = string(f.Verdict)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.rows, got, c.want)
		}
	}
}

// The year's parts are never compared with a total since the Regulation came into force.
func TestCheckStatisticsKeepsPeriodsApart(t *testing.T) {
	r := &Report{Statistics: append(statistics("year", "staff_full=2 staff_part=3"), statistics("cumulative", "staff_total=9")...)}
	Check(r)
	if len(r.Findings) > 0 || len(r.Checks) > 0 {
		t.Errorf("%+v %+v", r.Findings, r.Checks)
	}
	r = &Report{Statistics: append(statistics("year", "staff_total=5 staff_full=2 staff_part=3"),
		statistics("cumulative", "staff_total=9 staff_full=2 staff_part=6")...)}
	Check(r)
	if len(r.Findings) != 1 || r.Findings[0].Place != "statistics.staff_total.cumulative" {
		t.Errorf("%+v", r.Findings)
	}
}
