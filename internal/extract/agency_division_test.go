package extract

import (
	"strings"
	"testing"

	"crawl/internal/report"
)

// TestEveryDivision: an organ's name with the whole chain before it is that of the
// innermost division, whichever of its names is printed; with the division alone it
// is that or, for a shared name, left open; and never any other.
func TestEveryDivision(t *testing.T) {
	open := 0
	for _, d := range report.Divisions() {
		if folded(d.Name) != d.Name {
			t.Errorf("%s is never found: folded it is %s", d.Name, folded(d.Name))
		}
		if d.To != "" {
			continue
		}
		var whole string
		for _, up := range report.DivisionChain(d.Code, "") {
			whole += up.Name
		}
		for _, organ := range []string{"民政局", "乡村振兴局", "市场监督管理局", "人民政府办公室", "城关镇人民政府", "高新区管委会", ""} {
			want := string(d.Level)
			if strings.HasPrefix(organ, "高新区") {
				want = levelZone
			}
			a := splitAgency(whole+organ, 0)
			if len(a.places) != 1 || a.places[0].Code != d.Code || a.region != want || !a.sure {
				t.Errorf("%s%s: %+v", whole, organ, a)
			}
			a = splitAgency(d.Name+organ, 0)
			if len(a.places) == 0 || a.region == "" && d.Level != report.County {
				t.Errorf("%s%s: %+v", d.Name, organ, a)
			}
			self := false
			for _, p := range a.places {
				self = self || p.Code == d.Code
				if same := p.Name == d.Name; !same && len(a.places) == 1 {
					t.Errorf("%s%s is taken for %s", d.Name, organ, p.Name)
				}
			}
			if !self {
				t.Errorf("%s%s is not among %+v", d.Name, organ, a.places)
			}
			if organ == "民政局" && len(a.places) > 1 {
				open++
			}
		}
	}
	if open < 50 || open > 200 {
		t.Errorf("%d names are shared", open)
	}
	t.Logf("%d of the divisions in force share their name", open)
}

// TestFormerDivisions: in the years of a former name, an organ is that of the
// division of the time.
func TestFormerDivisions(t *testing.T) {
	former := 0
	for _, d := range report.Divisions() {
		if d.To == "" || yearOf(d.To)-2 < yearOf(d.From) {
			continue
		}
		former++
		a := splitAgency(d.Name+"民政局", yearOf(d.To)-2)
		found := false
		for _, p := range a.places {
			found = found || p.Code == d.Code && p.Name == d.Name
		}
		if !found || !a.dated {
			t.Errorf("%s %s until %s: %+v", d.Code, d.Name, d.To, a)
		}
	}
	if former < 300 {
		t.Errorf("only %d former divisions", former)
	}
}
