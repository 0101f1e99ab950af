package report

import (
	"regexp"
	"slices"
	"testing"
)

func TestCodebookNamesAreUniqueAndUsable(t *testing.T) {
	vars := Codebook()
	wide := map[string]bool{}
	stata := map[string]bool{}
	name := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	for _, v := range vars {
		if wide[v.Name()] {
			t.Errorf("%s: twice in the codebook", v.Name())
		}
		if stata[v.StataName] {
			t.Errorf("%s: Stata name %s is taken", v.Name(), v.StataName)
		}
		wide[v.Name()], stata[v.StataName] = true, true
		if !name.MatchString(v.Name()) {
			t.Errorf("%s: not a plain column name", v.Name())
		}
		if len(v.StataName) > 32 || !name.MatchString(v.StataName) {
			t.Errorf("%s: Stata refuses %q", v.Name(), v.StataName)
		}
		if v.LabelZH == "" || len(v.Forms) == 0 {
			t.Errorf("%s: no label or no form", v.Name())
		}
	}
}

// The forms themselves fix these numbers: 10 cells of table 2, 25 rows of 7 and 3
// groups of 5 in 2021; 22 and 23 of 2019 (the Hubei variant has three cells more).
func TestCodebookCoversTheForms(t *testing.T) {
	for _, want := range []struct {
		form, table string
		cells       int
	}{
		{Form2021, "t2", 10}, {Form2021, "t3", 25 * 7}, {Form2021, "t4", 15},
		{Form2019, "t2", 2*3 + 4*3 + 2 + 2}, {Form2019, "t3", 23 * 7}, {Form2019, "t4", 15},
		{Form2019HB, "t2", 3*3 + 4*3 + 2 + 2}, {Form2014, "statistics", 58},
	} {
		n := 0
		for _, v := range Codebook() {
			if v.Table == want.table && slices.Contains(v.Forms, want.form) {
				n++
			}
		}
		if n != want.cells {
			t.Errorf("%s %s: %d cells, the form has %d", want.form, want.table, n, want.cells)
		}
	}
}
