package extract

import (
	"flag"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"

	"crawl/internal/report"
)

var (
	roundTrips = flag.Int("roundtrips", 0, "random reports that TestRoundTrip draws; 0 for 500, or ROUNDTRIPS")
	onlyForm   = flag.String("form", "", "draw reports of this form only, as paperForms names it")
	keep       = flag.String("keep", "", "write the last report drawn to this file and show its findings")
	mostFaulty = flag.Int("faulty", 20, "how many reports with faults are shown")
	firstSeed  = flag.Uint64("seed", 1, "seed of the first random report")
)

// groups are the operators by what they change. From each at most so many are drawn
// for one report; they are applied in the order of the lists.
var groups = []struct {
	most   int
	rare   bool // in one report of eight
	messes []mess
}{
	{2, false, emptied}, {2, false, worded}, {1, true, spoilt}, {2, false, numerals}, {2, false, shapes}, {1, true, ambiguous}, {2, false, labelling},
	{1, true, textual}, {2, false, bodies}, {1, false, titling}, {1, false, dating}, {1, false, counts}, {2, false, chrome}, {2, false, source}, {1, false, coding},
}

// draw makes one random report and returns the names of the operators used. Half of
// the groups are left alone, so that reports differ in how many meet.
func draw(seed uint64) (p *paper, used []string) {
	rng := rand.New(rand.NewPCG(seed, 7))
	form := rng.IntN(len(paperForms))
	for i, f := range paperForms {
		if f.name == *onlyForm {
			form = i
		}
	}
	p = newPaper(rng, form)
	for _, g := range groups {
		n := rng.IntN(2 * (g.most + 1))
		if g.rare {
			n = rng.IntN(8) - 6
		}
		chosen := rng.Perm(len(g.messes))[:min(max(n, 0), g.most)]
		slices.Sort(chosen)
		for _, i := range chosen {
			if m := g.messes[i]; m.fits == nil || m.fits(p) {
				m.apply(p)
				used = append(used, m.name)
			}
		}
	}
	return p, used
}

// read extracts a paper and compares; an error is a fault.
func (p *paper) read(page []byte) (*report.Report, []fault) {
	ex := exchange(p.url, page)
	ex.Header.Set("Content-Type", p.media)
	r, err := Extract(ex, p.hint)
	if err != nil {
		return nil, []fault{{faultMissing, err.Error()}}
	}
	return r, compare(r, p.want)
}

func trips(t *testing.T) int {
	if *roundTrips > 0 {
		return *roundTrips
	}
	if s := os.Getenv("ROUNDTRIPS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("ROUNDTRIPS=%q: %v", s, err)
		}
		return n
	}
	if raceDetector || testing.Short() {
		return 60
	}
	return 500
}

// TestRoundTrip prints random values in random ways and reads them back: no cell or
// fact of the header may be wrong or invented, none lost but where a printing
// destroyed it, and then with a finding.
func TestRoundTrip(t *testing.T) {
	kinds, facts, lost, shifted, uses := map[faultKind]int{}, 0, 0, 0, map[string]int{}
	n, failed := trips(t), 0
	for s := *firstSeed; s < *firstSeed+uint64(n); s++ {
		p, used := draw(s)
		for _, name := range used {
			uses[name]++
		}
		page := p.print()
		if *keep != "" {
			if err := os.WriteFile(*keep, page, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		r, faults := p.read(page)
		if *keep != "" && r != nil {
			for _, f := range r.Findings {
				t.Logf("%s %s: %s", f.Rule, f.Place, f.Note)
			}
		}
		for _, f := range p.want.facts {
			facts++
			if f.lost {
				lost++
			}
			if f.shifted {
				shifted++
			}
		}
		for _, f := range faults {
			kinds[f.kind]++
		}
		if len(faults) > 0 {
			failed++
			if failed <= *mostFaulty {
				t.Errorf("seed %d, %s, %q: %d faults\n%s", s, p.want.form, used, len(faults), firstLines(faults, 5))
			}
		}
	}
	t.Logf("%d reports, %d operators (%d used), seeds %d to %d; %d cells, %d of them destroyed, %d in rows of text that hide it; %d reports with faults: wrong %d, invented %d, missing %d, other %d",
		n, operators(), len(uses), *firstSeed, *firstSeed+uint64(n)-1, facts, lost, shifted, failed, kinds[faultWrong], kinds[faultInvented], kinds[faultMissing], kinds[faultOther])
}

func operators() int {
	n := 0
	for _, g := range groups {
		n += len(g.messes)
	}
	return n
}

func firstLines(faults []fault, n int) string {
	out := ""
	for _, f := range faults[:min(n, len(faults))] {
		out += "\t" + f.String() + "\n"
	}
	return out
}

// TestEachMess applies each operator alone, to forms it fits, so that a fault names
// its cause, and sees to it that it changes the page. The long run takes every form
// and several papers of each; else the forms take turns.
func TestEachMess(t *testing.T) {
	each, forms := 1+trips(t)/5000, len(paperForms)
	switch {
	case raceDetector:
		forms = 1
	case each == 1:
		forms = 3
	}
	turn := 0
	for _, g := range groups {
		for _, m := range g.messes {
			turn++
			t.Run(m.name, func(t *testing.T) {
				changed, tried := 0, 0
				for i := range paperForms {
					form := (i + turn) % len(paperForms)
					if tried >= forms*each || *onlyForm != "" && paperForms[form].name != *onlyForm {
						continue
					}
					fitting := 0
					for s := uint64(0); s < 60 && fitting < each; s++ {
						p := newPaper(rand.New(rand.NewPCG(s, 3)), form)
						if m.fits != nil && !m.fits(p) {
							continue
						}
						plain, address := string(p.print()), p.url
						p = newPaper(rand.New(rand.NewPCG(s, 3)), form)
						fitting++
						m.apply(p)
						page := p.print()
						tried++
						if string(page) != plain || p.url != address || p.media != "text/html; charset=utf-8" {
							changed++
						}
						if _, faults := p.read(page); len(faults) > 0 {
							t.Errorf("%s, seed %d: %d faults\n%s", p.want.form, s, len(faults), firstLines(faults, 6))
						}
					}
				}
				if changed == 0 && (tried > 0 || *onlyForm == "") {
					t.Errorf("changed none of %d pages", tried)
				}
			})
		}
	}
}

// TestCleanPaper: without any mess every report is read whole, or an operator's
// fault could not be told from the form's.
func TestCleanPaper(t *testing.T) {
	for form, f := range paperForms {
		t.Run(f.name, func(t *testing.T) {
			for s := range uint64(10) {
				p := newPaper(rand.New(rand.NewPCG(s, 3)), form)
				if _, faults := p.read(p.print()); len(faults) > 0 {
					t.Errorf("seed %d: %d faults\n%s", s, len(faults), firstLines(faults, 8))
				}
			}
		})
	}
}

// TestMessNames: no two operators share a name.
func TestMessNames(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range groups {
		for _, m := range g.messes {
			if seen[m.name] {
				t.Errorf("two operators are named %q", m.name)
			}
			seen[m.name] = true
		}
	}
	if len(seen) < 40 {
		t.Errorf("%d operators, want 40 at least", len(seen))
	}
}
