package extract

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crawl/internal/report"
)

// damage is a fault in a table that destroys information. consistent: what is left
// is a table of the form as good as any, which only says something else; nobody can
// see that by looking at it.
type damage struct {
	name       string
	consistent bool
	apply      func(rng *rand.Rand, s sheet) sheet
}

var damages = []damage{
	{"a value cell is lost", false, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		s[r] = slices.Delete(s[r], i, i+1)
		return s
	}},
	{"two value cells are lost", false, func(rng *rand.Rand, s sheet) sheet {
		for range 2 {
			r, i := anyValue(rng, s)
			s[r] = slices.Delete(s[r], i, i+1)
		}
		return s
	}},
	{"a value cell is doubled", false, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		s[r] = slices.Insert(s[r], i, s[r][i])
		return s
	}},
	{"an empty cell is put in", false, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		s[r] = slices.Insert(s[r], i, word("", 1, 1))
		return s
	}},
	{"a value cell slips into the next row", false, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		if r+1 < len(s) && hasFact(s[r+1]) {
			s[r+1] = append(s[r+1], s[r][i])
			s[r] = slices.Delete(s[r], i, i+1)
		}
		return s
	}},
	{"two cells are merged", false, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		row := s[r]
		if i+1 < len(row) && row[i+1].fact != nil {
			row[i].cols += row[i+1].cols
			s[r] = slices.Delete(row, i+1, i+2)
		} else {
			row[i].rows = 2
		}
		return s
	}},
	{"a row is lost", false, func(rng *rand.Rand, s sheet) sheet {
		r, _ := anyValue(rng, s)
		return slices.Delete(s, r, r+1)
	}},
	{"a row is doubled", false, func(rng *rand.Rand, s sheet) sheet {
		r, _ := anyValue(rng, s)
		return slices.Insert(s, r, s[r:r+1].clone()...)
	}},
	{"a row is doubled with another number", false, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		again := s[r : r+1].clone()
		again[0][i].lines = []string{"77777777"}
		return slices.Insert(s, r+1, again...)
	}},
	{"two rows change places", false, func(rng *rand.Rand, s sheet) sheet {
		a, _ := anyValue(rng, s)
		b, _ := anyValue(rng, s)
		s[a], s[b] = s[b], s[a]
		return s
	}},
	{"a row loses its label", false, func(rng *rand.Rand, s sheet) sheet {
		r, _ := anyValue(rng, s)
		for i := range s[r] {
			if s[r][i].fact == nil {
				s[r][i].lines = []string{""}
			}
		}
		return s
	}},
	{"a row's label cells are lost", false, func(rng *rand.Rand, s sheet) sheet {
		r, _ := anyValue(rng, s)
		s[r] = slices.DeleteFunc(s[r], func(c td) bool { return c.fact == nil })
		return s
	}},
	{"a row is printed under a label of another table", false, func(rng *rand.Rand, s sheet) sheet {
		r, _ := anyValue(rng, s)
		for i := range s[r] {
			if s[r][i].fact == nil {
				s[r][i].lines = []string{"行政确认"}
			}
		}
		return s
	}},
	{"a column's label is lost with its cell", false, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyHead(rng, s)
		if r >= 0 {
			s[r] = slices.Delete(s[r], i, i+1)
		}
		return s
	}},
	{"a column's label is empty", false, func(rng *rand.Rand, s sheet) sheet {
		if r, i := anyHead(rng, s); r >= 0 {
			s[r][i].lines = []string{""}
		}
		return s
	}},
	{"the head is lost", false, func(rng *rand.Rand, s sheet) sheet {
		r, _ := anyHead(rng, s)
		if r >= 0 {
			return slices.Delete(s, r, r+1)
		}
		return s
	}},
	{"two value cells of a row change places", true, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		for k := range s[r] {
			if k != i && s[r][k].fact != nil && s[r][k].cols == s[r][i].cols {
				s[r][i], s[r][k] = s[r][k], s[r][i]
				break
			}
		}
		return s
	}},
	{"the values of two rows change places", true, func(rng *rand.Rand, s sheet) sheet {
		a, i := anyValue(rng, s)
		b, k := anyValue(rng, s)
		s[a][i], s[b][k] = s[b][k], s[a][i]
		return s
	}},
	{"a cell is doubled and another of its row lost", true, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyValue(rng, s)
		first := slices.IndexFunc(s[r], func(c td) bool { return c.fact != nil })
		if i > first {
			cells := slices.Insert(slices.Clone(s[r]), i, s[r][i])
			s[r] = slices.Delete(cells, first, first+1)
		}
		return s
	}},
	{"two labels change places", true, func(rng *rand.Rand, s sheet) sheet {
		a, _ := anyValue(rng, s)
		b, _ := anyValue(rng, s)
		x, y := lastLabel(s[a]), lastLabel(s[b])
		if x != nil && y != nil {
			x.lines, y.lines = y.lines, x.lines
		}
		return s
	}},
	{"two columns' labels change places", true, func(rng *rand.Rand, s sheet) sheet {
		r, i := anyHead(rng, s)
		if r >= 0 && i+1 < len(s[r]) {
			s[r][i].lines, s[r][i+1].lines = s[r][i+1].lines, s[r][i].lines
		}
		return s
	}},
}

// unseenInLocal: a table without a fixed form may lack any row, and may call its
// rows anything.
var unseenInLocal = []string{"a row is lost", "a row is printed under a label of another table"}

// anyValue is a random cell with a value.
func anyValue(rng *rand.Rand, s sheet) (row, cell int) {
	var at [][2]int
	for r := range s {
		for i := range s[r] {
			if s[r][i].fact != nil {
				at = append(at, [2]int{r, i})
			}
		}
	}
	x := at[rng.IntN(len(at))]
	return x[0], x[1]
}

// anyHead is a random label of a column, in a row without values; -1 if there is none.
func anyHead(rng *rand.Rand, s sheet) (row, cell int) {
	var at [][2]int
	for r := range s {
		for i := 1; i < len(s[r]) && !hasFact(s[r]); i++ {
			if s[r][i].key != "" {
				at = append(at, [2]int{r, i})
			}
		}
	}
	if len(at) == 0 {
		return -1, 0
	}
	x := at[rng.IntN(len(at))]
	return x[0], x[1]
}

func lastLabel(row []td) *td {
	for i := len(row) - 1; i >= 0; i-- {
		if row[i].fact == nil {
			return &row[i]
		}
	}
	return nil
}

// labelsOf are the rows of a table without their values.
func labelsOf(s sheet) []string {
	var out []string
	for _, row := range s {
		labels := ""
		for i := range row {
			if row[i].fact == nil {
				labels += row[i].text()
			}
			labels += "|"
		}
		out = append(out, labels)
	}
	return out
}

// TestDamage damages one table of a report, some printed as text: each value is read
// as the truth, or there is no number and a finding. Where the damaged table is
// itself consistent it may be read as it stands; those cases are counted, with how
// many of them no identity of the form gave away.
func TestDamage(t *testing.T) {
	type count struct{ tables, lost, wrong, silent int }
	counts := map[string]*count{}
	for seed := *firstSeed; seed < *firstSeed+uint64(trips(t)); seed++ {
		rng := rand.New(rand.NewPCG(seed, 11))
		p := newPaper(rng, rng.IntN(len(paperForms)))
		d := damages[rng.IntN(len(damages))]
		if m := emptied[rng.IntN(len(emptied))]; rng.IntN(3) == 0 && (m.fits == nil || m.fits(p)) {
			m.apply(p)
		}
		sections := p.official()
		s := sections[rng.IntN(len(sections))]
		table := ""
		empty := true
		s.tables[0].each(func(c *td) {
			if c.fact != nil {
				c.fact.doubtful, table = true, c.fact.name[:2]
				empty = empty && c.fact.state == report.Blank
			}
		})
		before := labelsOf(s.tables[0])
		s.tables[0] = d.apply(rng, s.tables[0])
		printed, blanksUnseen := "", false
		if p.t2 != nil && rng.IntN(5) == 0 {
			m := textual[rng.IntN(len(textual))]
			m.apply(p)
			printed = ", " + m.name
			blanksUnseen = !strings.Contains(m.name, "bars") && !strings.Contains(m.name, "drawn")
		}
		consistent := d.consistent || p.want.form == "s_local" && table == "st" && slices.Contains(unseenInLocal, d.name) ||
			p.want.form == "f2019_hb" && table == "t2" && d.name == "a row is lost" || // without its own row it is the form of 2019
			d.name == "two rows change places" && slices.Equal(before, labelsOf(s.tables[0])) || // of one wording, in two blocks
			table == "t4" && empty // an empty row beside one that shows something is only empty
		r, faults := p.read(p.print())
		if r == nil {
			t.Errorf("seed %d, %s, %s of %s%s: %v", seed, d.name, table, p.want.form, printed, faults)
			continue
		}
		c := counts[d.name]
		if c == nil {
			c = &count{}
			counts[d.name] = c
		}
		c.tables++
		wrong, lost := 0, 0
		for _, f := range faults {
			switch {
			case f.kind == faultOther, f.kind == faultInvented && underItsLabel(f.text):
			case f.kind == faultMissing && blanksUnseen && table == "t2": // a row's only value: it could be blank
			case f.kind == faultMissing && consistent: // the row is not there, and need not be
			case f.kind == faultMissing:
				t.Errorf("seed %d, %s, %s of %s%s: %s", seed, d.name, table, p.want.form, printed, f)
			case consistent:
				wrong++
			default:
				t.Errorf("seed %d, %s, %s of %s%s: %s", seed, d.name, table, p.want.form, printed, f)
			}
		}
		got := readCells(r)
		for name, f := range p.want.facts {
			if f.doubtful && got[name].Value == nil {
				lost++
			}
		}
		if lost > 0 {
			c.lost++
		}
		if wrong > 0 {
			c.wrong++
			if !givenAway(r.Findings, table) {
				c.silent++
			}
		}
	}
	for _, d := range damages {
		if c := counts[d.name]; c != nil {
			note := ""
			if c.wrong > 0 {
				note = fmt.Sprintf("; consistent in itself: %d read as it stands, %d of them without a finding on that table", c.wrong, c.silent)
			}
			t.Logf("%s: %d tables, %d with cells lost, each with a finding%s", d.name, c.tables, c.lost, note)
		}
	}
	t.Logf("seeds %d to %d", *firstSeed, *firstSeed+uint64(trips(t))-1)
}

// underItsLabel: the fault is a figure that is kept with its printed label and no code.
func underItsLabel(fault string) bool {
	name, ok := strings.CutPrefix(fault, "st.")
	item, _, _ := strings.Cut(name, ".")
	return ok && !slices.ContainsFunc(report.StatisticRows, func(row report.StatisticRow) bool { return row.Code == item })
}

// givenAway: a finding speaks of the table.
func givenAway(findings []report.Finding, table string) bool {
	if table == "st" {
		table = "statistics"
	}
	return slices.ContainsFunc(findings, func(f report.Finding) bool { return strings.HasPrefix(f.Place, table) })
}
