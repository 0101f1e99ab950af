package extract

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// damage is a fault in a page that destroys information.
var damages = []struct {
	name  string
	apply func(rng *rand.Rand, s sheet) sheet
}{
	{"a value cell is lost", func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		s[r] = slices.Delete(slices.Clone(s[r]), i, i+1)
		return s
	}},
	{"a value cell is doubled", func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		s[r] = slices.Insert(slices.Clone(s[r]), i, s[r][i])
		return s
	}},
	{"a row is lost", func(rng *rand.Rand, s sheet) sheet {
		r, _ := anyValue(rng, s)
		return slices.Delete(slices.Clone(s), r, r+1)
	}},
	{"a row is doubled with other numbers", func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		again := slices.Clone(s[r])
		again[i].lines = []string{"77777777"}
		return slices.Insert(slices.Clone(s), r+1, again)
	}},
	{"a row loses its label", func(rng *rand.Rand, s sheet) sheet {
		r, _ := anyValue(rng, s)
		row := slices.Clone(s[r])
		for i := range row {
			if !row[i].value {
				row[i].lines = []string{""}
			}
		}
		s = slices.Clone(s)
		s[r] = row
		return s
	}},
	{"a column label is lost with its cell", func(rng *rand.Rand, s sheet) sheet {
		s = slices.Clone(s)
		for r, row := range s {
			if len(row) > 1 && !row[len(row)-1].value {
				if i := slices.IndexFunc(row, func(c td) bool {
					return c.lines[0] == "商业企业" || c.lines[0] == "本年废止件数" || c.lines[0] == "其他结果"
				}); i >= 0 {
					s[r] = slices.Delete(slices.Clone(row), i, i+1)
				}
			}
		}
		return s
	}},
	{"two cells are merged", func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		row := slices.Clone(s[r])
		if i+1 < len(row) {
			row[i].cols += row[i+1].cols
			row = slices.Delete(row, i+1, i+2)
		} else {
			row[i].rows = 2
		}
		s = slices.Clone(s)
		s[r] = row
		return s
	}},
}

func anyValue(rng *rand.Rand, s sheet) (row, cell int) {
	var at [][2]int
	for r := range s {
		for i := range s[r] {
			if s[r][i].value {
				at = append(at, [2]int{r, i})
			}
		}
	}
	x := at[rng.IntN(len(at))]
	return x[0], x[1]
}

// TestDamage: a damaged table gives the truth, or no number and a finding; never a
// wrong number.
func TestDamage(t *testing.T) {
	for _, damage := range damages {
		t.Run(damage.name, func(t *testing.T) {
			unread := 0
			for s := range uint64(60) {
				rng := rand.New(rand.NewPCG(s, 11))
				v := randomValues(rng)
				w, d := v.want(), newDocument(v)
				switch s % 3 {
				case 0:
					d.t2[0] = damage.apply(rng, d.t2[0])
				case 1:
					d.t3[0] = damage.apply(rng, d.t3[0])
				default:
					d.t4[0] = damage.apply(rng, d.t4[0])
				}
				r, err := Extract(exchange("http://www.linjiang.example/a.html", []byte(d.render(rng))), Hint{})
				if err != nil {
					t.Fatal(err)
				}
				faults := compare(r, w)
				for _, fault := range faults {
					if strings.Contains(fault, "WRONG") || strings.Contains(fault, "invented") {
						t.Errorf("seed %d: %s", s, fault)
					}
				}
				if len(faults) == 0 {
					continue
				}
				unread++
				if !slices.ContainsFunc(ruleNames(r.Findings), structural) {
					t.Errorf("seed %d: %d cells are lost without a finding, like %s", s, len(faults), faults[0])
				}
			}
			t.Logf("%d of 60 damaged tables lost cells, each with a finding", unread)
		})
	}
}
