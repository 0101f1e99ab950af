package report

import (
	"strings"
	"testing"
)

// cells reads "3 . - 5 ?" as number, blank, dash, number, text.
func cells(s string) []Cell {
	var out []Cell
	for _, f := range strings.Fields(s) {
		switch f {
		case ".":
			out = append(out, Cell{State: Blank})
		case "-":
			out = append(out, Cell{State: Dash, Raw: f})
		case "?":
			out = append(out, Cell{State: Text, Raw: f})
		default:
			var v float64
			for _, d := range f {
				v = v*10 + float64(d-'0')
			}
			out = append(out, Cell{State: Number, Raw: f, Value: &v})
		}
	}
	return out
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		lhs, rhs string
		want     Verdict
		blank    int
	}{
		{"3", "1 2", "", 0},
		{"4", "1 2", Fail, 0},
		{"3", "1 2 . .", FailUnlessBlankIsZero, 2},
		{"3", "1 2 -", FailUnlessBlankIsZero, 1},
		{"3", "1 2 ?", NotTestable, 1}, // the text may say something
		{"3", "1 .", NotTestable, 1},   // the blank may be 2
		{"3", "4 .", Fail, 1},          // counts are not negative
		{".", "1 2", NotTestable, 1},
		{". 2", "1", Fail, 1},
		{".", ". .", NotTestable, 3},
		{"0", "0 .", FailUnlessBlankIsZero, 1},
	} {
		verdict, blank, _, _ := Instance{LHS: cells(c.lhs), RHS: cells(c.rhs)}.judge()
		if verdict != c.want || blank != c.blank {
			t.Errorf("%s = %s: %q with %d blank, want %q with %d", c.lhs, c.rhs, verdict, blank, c.want, c.blank)
		}
	}
}

func application(item, s string) Application {
	a := Application{Item: item}
	copy(a.Cells[:], cells(s))
	return a
}

// complete is a table 3 in which every identity holds.
func complete(other ...string) *Report {
	r := &Report{}
	for _, row := range ApplicationRows {
		switch row.Code {
		case "received_new":
			r.Applications = append(r.Applications, application(row.Code, "5 2 0 0 0 0 7"))
		case "granted":
			r.Applications = append(r.Applications, application(row.Code, "4 2 0 0 0 0 6"))
		case "processed_total":
			r.Applications = append(r.Applications, application(row.Code, "4 2 0 0 0 0 6"))
		case "carried_forward":
			r.Applications = append(r.Applications, application(row.Code, "1 0 0 0 0 0 1"))
		case "other_no_correction", "other_fee_unpaid", "other_misc", "other_total":
			for _, o := range other {
				if o == row.Code {
					r.Applications = append(r.Applications, application(row.Code, "0 0 0 0 0 0 0"))
				}
			}
		default:
			r.Applications = append(r.Applications, application(row.Code, "0 0 0 0 0 0 0"))
		}
	}
	for _, route := range DisputeRoutes {
		d := Dispute{Route: route.Code}
		copy(d.Cells[:], cells("1 0 2 0 3"))
		r.Disputes = append(r.Disputes, d)
	}
	return r
}

func TestCheckPassesBothGenerationsOfTheForm(t *testing.T) {
	for _, other := range [][]string{
		{"other_no_correction", "other_fee_unpaid", "other_misc"}, {"other_total"},
	} {
		r := complete(other...)
		Check(r)
		if len(r.Findings) != 0 {
			t.Errorf("%v: %+v", other, r.Findings)
		}
		tested := 0
		for _, c := range r.Checks {
			tested += c.Tested
		}
		if want := 7 + 7 + len(r.Applications) + 3; tested != want {
			t.Errorf("%v: %d instances tested, want %d", other, tested, want)
		}
	}
}

func TestCheckFindsEachWrongCell(t *testing.T) {
	for i := range complete("other_total").Applications {
		for j := range Applicants {
			r := complete("other_total")
			*r.Applications[i].Cells[j].Value++
			Check(r)
			if len(r.Findings) == 0 {
				t.Errorf("%s.%s off by one: nothing found", r.Applications[i].Item, Applicants[j].Code)
			}
		}
	}
	for i := range DisputeRoutes {
		for j := range DisputeResults {
			r := complete("other_total")
			*r.Disputes[i].Cells[j].Value++
			Check(r)
			if len(r.Findings) != 1 || r.Findings[0].Place != "t4."+DisputeRoutes[i].Code {
				t.Errorf("t4 %d %d off by one: %+v", i, j, r.Findings)
			}
		}
	}
}

// A row that is not printed is never taken for zero.
func TestCheckMissingRow(t *testing.T) {
	r := complete("other_total")
	r.Applications = r.Applications[1:]
	Check(r)
	for _, f := range r.Findings {
		if f.Rule == "t3_flow" && f.Verdict == NotTestable {
			return
		}
	}
	t.Errorf("received_new missing: %+v", r.Findings)
}
