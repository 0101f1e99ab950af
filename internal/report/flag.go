package report

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Flag marks what is allowed and yet makes numbers mean something else. It is soft
// like the soft identities: its findings are fail, and say where to look.
type Flag struct {
	Rule    string
	Explain string
	Cases   func(r *Report) []Case // none when r has nothing of the kind
}

// Case is one place a flag looks at.
type Case struct {
	Place   string
	Odd     bool
	Unknown bool // could not be decided
	Note    string
}

// Flags are the flags within one report.
var Flags = []Flag{
	{
		Rule:    "t2_items_look_like_cases",
		Explain: "soft: items of the year before + change = decisions (2019 form): the columns of items seem to count cases",
		Cases:   itemCases,
	},
	{
		Rule:    "form_unexpected",
		Explain: "soft: a table is of another generation of the form than its report year calls for",
		Cases:   formCases,
	},
}

func (f Flag) check(r *Report) {
	cases := f.Cases(r)
	if len(cases) == 0 {
		return
	}
	count := RuleCount{Rule: f.Rule}
	for _, c := range cases {
		switch {
		case c.Unknown:
			count.Blank++
			continue
		case c.Odd:
			count.Failed++
			r.Findings = append(r.Findings, Finding{Rule: f.Rule, Place: c.Place, Verdict: Fail, Note: c.Note})
		}
		count.Tested++
	}
	r.Checks = append(r.Checks, count)
}

// itemCases are the rows of table 2 in which the 2019 form asks for the items on
// the list of powers (the year before, and the change) and for this year's
// decisions. Items and decisions are different things: where they add up, with a
// change to add, cases were counted for items.
func itemCases(r *Report) []Case {
	cells := cells2(r)
	var out []Case
	for _, item := range []string{"licence", "other_service", "penalty", "coercion"} {
		before, change, decisions := printed(cells, item, "prev_items"), printed(cells, item, "change"), printed(cells, item, "decisions")
		if before.State == Absent && change.State == Absent { // another form
			continue
		}
		c := Case{Place: "t2." + item}
		if before.Value == nil || change.Value == nil || decisions.Value == nil {
			c.Unknown = true
		} else if *change.Value != 0 && *before.Value+*change.Value == *decisions.Value {
			c.Odd = true
			c.Note = fmt.Sprintf("%s items %s %s = %s decisions: items look like cases",
				trim(*before.Value), sign(*change.Value), trim(math.Abs(*change.Value)), trim(*decisions.Value))
		}
		out = append(out, c)
	}
	return out
}

func sign(f float64) string {
	if f < 0 {
		return "-"
	}
	return "+"
}

// formCases are the tables whose labels tell the generation of the form. Table 4 is
// the same in all of them, and says nothing.
func formCases(r *Report) []Case {
	var out []Case
	for _, t := range []struct{ place, form string }{
		{"t2", r.FormT2}, {"t3", r.FormT3}, {"statistics", r.FormStatistics},
	} {
		if t.form == "" {
			continue
		}
		c := Case{Place: t.place}
		wanted := formsOf(r.Year, t.place)
		switch {
		case r.Year == 0, r.YearBasis == "published", t.form == FormOther:
			c.Unknown = true
		case !slices.Contains(wanted, t.form):
			c.Odd = true
			c.Note = fmt.Sprintf("the table is of form %s; the report year %d has %s", t.form, r.Year, orNone(wanted))
		}
		out = append(out, c)
	}
	return out
}

// formsOf are the forms that a table of a report year may be of: 国办公开办函〔2021〕30号
// from 2021, 〔2019〕60号 for 2019 and 2020, statistics before.
func formsOf(year int, place string) []string {
	switch {
	case (place == "statistics") != (year < 2019):
		return nil
	case year >= 2021:
		return forms2021
	case year >= 2019:
		return forms2019
	}
	return []string{Form2014, FormLocal}
}

func orNone(forms []string) string {
	if len(forms) == 0 {
		return "no such table"
	}
	return strings.Join(forms, " or ")
}
