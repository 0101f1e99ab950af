package report

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Division is one name that one code of GB/T 2260 had for a time. The days are
// those of the published lists: the change itself came after the list before.
type Division struct {
	Code      string // six digits
	Name      string // official
	From      string // day of the first list with it, ISO 8601; 2002-12-31 is the oldest
	To        string // day of the first list without it; "" while it is in force
	Level     DivisionLevel
	Parent    string // code of the prefecture, or else of the province; "" for a province
	Successor string // code that took its place, "" unless one revision makes that certain
}

// DivisionLevel is the rank of a division.
type DivisionLevel string

// The ranks that have codes; towns have none here.
const (
	Province   DivisionLevel = "province"
	Prefecture DivisionLevel = "prefecture"
	County     DivisionLevel = "county"
)

// In says whether the division was in force on a day, ISO 8601.
func (d Division) In(day string) bool {
	return d.From <= day && (d.To == "" || day < d.To)
}

// Holds says that e lies within d or is d, by their codes.
func (d Division) Holds(e Division) bool {
	return strings.HasPrefix(e.Code, significant(d.Code))
}

// significant is a code without the zeros that stand for whole regions.
func significant(code string) string {
	switch DivisionLevelOf(code) {
	case Province:
		return code[:2]
	case Prefecture:
		return code[:4]
	case County:
	}
	return code
}

// DivisionLevelOf is the rank that a code's digits stand for.
func DivisionLevelOf(code string) DivisionLevel {
	switch {
	case strings.HasSuffix(code, "0000"):
		return Province
	case strings.HasSuffix(code, "00"):
		return Prefecture
	}
	return County
}

// divisionsTSV is written by divisions_gen.go.
//
//go:embed divisions.tsv
var divisionsTSV string

type divisionIndex struct {
	all    []Division
	byCode map[string][]Division
}

var divisions = sync.OnceValue(func() divisionIndex {
	x := divisionIndex{byCode: map[string][]Division{}}
	_, body, _ := strings.Cut(divisionsTSV, "\n")
	for line := range strings.Lines(body) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) != 5 || len(f[0]) != 6 {
			panic(fmt.Sprintf("report: divisions.tsv: %q is no division", line))
		}
		d := Division{Code: f[0], Name: f[1], From: f[2], To: f[3], Level: DivisionLevelOf(f[0]), Successor: f[4]}
		x.all = append(x.all, d)
		x.byCode[d.Code] = append(x.byCode[d.Code], d)
	}
	for i := range x.all {
		d := &x.all[i]
		d.Parent = x.parent(d.Code)
	}
	for code, ds := range x.byCode {
		for i := range ds {
			x.byCode[code][i].Parent = x.parent(code)
		}
	}
	return x
})

func (x divisionIndex) parent(code string) string {
	switch DivisionLevelOf(code) {
	case Province:
		return ""
	case County:
		if prefecture := code[:4] + "00"; len(x.byCode[prefecture]) > 0 {
			return prefecture
		}
	case Prefecture:
	}
	return code[:2] + "0000"
}

// Divisions are the provinces, prefectures and counties that were in force on any
// day since 2008, by code and then by From. The caller must not change them.
func Divisions() []Division { return divisions().all }

// DivisionAt is what a code stood for on a day, ISO 8601; an empty day asks for
// the newest name. A code that was not in force then is not found.
func DivisionAt(code, day string) (Division, bool) {
	for _, d := range slices.Backward(divisions().byCode[code]) {
		if day == "" || d.In(day) {
			return d, true
		}
	}
	return Division{}, false
}

// DivisionChain is the division of a code and those it lies in, outermost first,
// on a day as for DivisionAt. It is empty for a code that was not in force.
func DivisionChain(code, day string) []Division {
	var chain []Division
	for code != "" {
		d, ok := DivisionAt(code, day)
		if !ok {
			break
		}
		chain = append(chain, d)
		code = d.Parent
	}
	slices.Reverse(chain)
	return chain
}

// DivisionsNamed are the divisions that a name is the official or a customary
// short name of, at any time, in the order of Divisions.
func DivisionsNamed(name string) []Division {
	var found []Division
	for _, n := range divisionNames()[name] {
		if n.Form != BareName {
			found = append(found, n.Division)
		}
	}
	return found
}
