package db

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/report"
)

func TestFindings(t *testing.T) {
	earlier, later := yearReading(2022), yearReading(2023)
	earlier.Applications = []report.Application{applicationRow("carried_forward", "1 0 0 0 0 0 1")}
	later.Applications = []report.Application{applicationRow("received_carried_in", "2 0 0 0 0 . 2")}
	later.Checks = []report.RuleCount{{Rule: "t3_cols", Tested: 24, Blank: 1}}
	later.Findings = []report.Finding{{Rule: "row_missing", Place: "t3.granted", Verdict: report.NotTestable, Note: "n"}}
	d := open(t)
	var f facts
	f.runStart("run", "alpha", 0, "430600")
	f.read(earlier)
	f.read(later)
	take(t, d, f, 1)
	ctx := context.Background()
	key := ask(t, d.Reader, "SELECT key FROM reports WHERE report_year = 2023")[0]
	for _, c := range []struct {
		filter FindingFilter
		want   []string
	}{
		{FindingFilter{}, []string{
			"t3_carry fail 2 findings 1 reports 2/6 1",
			"t3_carry fail_unless_blank_is_zero 1 findings 1 reports 2/6 1",
			"row_missing not_testable 1 findings 1 reports 0/0 0",
			"published_late  0 findings 0 reports 0/2 0",
			"t3_cols  0 findings 0 reports 0/24 1",
		}},
		{FindingFilter{Verdict: report.Fail}, []string{"t3_carry fail 2 findings 1 reports 2/6 1"}},
		{FindingFilter{Rule: "t3_cols"}, []string{"t3_cols  0 findings 0 reports 0/24 1"}},
		{FindingFilter{Source: "beta"}, nil},
		{FindingFilter{Report: key, Rule: "published_late"}, []string{"published_late  0 findings 0 reports 0/1 0"}},
	} {
		groups, err := d.Findings(ctx, c.filter)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, g := range groups {
			got = append(got, fmt.Sprintf("%s %s %d findings %d reports %d/%d %d", g.Rule, g.Verdict, g.Findings, g.Reports, g.Failed, g.Tested, g.Blank))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", c.filter, diff)
		}
	}

	rows, err := d.FindingRows(ctx, FindingFilter{Rule: "t3_carry", Report: key}, 0)
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	other := ask(t, d.Reader, "SELECT key FROM reports WHERE report_year = 2022")[0]
	if rows[0].Other != other || rows[0].Key != key || rows[0].Place != "t3.natural_person" || *rows[0].LHS != 1 || *rows[0].RHS != 2 {
		t.Errorf("%+v", rows[0])
	}
	if rows, err := d.FindingRows(ctx, FindingFilter{}, 1); err != nil || len(rows) != 1 {
		t.Errorf("limit: %d rows, %v", len(rows), err)
	}
}
