package report

import (
	"fmt"
	"strconv"
	"strings"
)

// Identity is a rule the printed numbers of one report must satisfy: on each
// instance (a column, a row, a group) the cells of LHS add up to those of RHS.
// Nothing is ever repaired by it.
//
// The Explain of a soft rule starts with "soft: ": honest reports break it too, so
// that its findings say "look here", not "this is wrong". They are fail all the
// same, for the numbers do differ: whoever wants only hard rules filters by rule.
type Identity struct {
	Rule    string
	States  string // who says so
	Explain string
	AtLeast bool // the left side may also be larger
	// Instances lists the sums to compare in r; none when r has no such table.
	Instances func(r *Report) []Instance
}

// Instance is one sum of an identity.
type Instance struct {
	Place    string // t3.natural_person, t3.granted, t4.review
	LHS, RHS []Cell
	Says     string // the sentence LHS was read from, "" where it is cells of a table
}

// Identities are the rules within one report.
var Identities = []Identity{
	{
		Rule:      "t3_flow",
		States:    "printed in the head of the form",
		Explain:   "new applications + carried in = processed + carried forward, in each column of table 3",
		Instances: flowInstances,
	},
	{
		Rule:      "t3_sum7",
		States:    "implied by the row （七）总计 and by counting each application once",
		Explain:   "processed total = sum of the outcome rows, in each column of table 3",
		Instances: outcomeInstances,
	},
	{
		Rule:      "t3_cols",
		States:    "implied by the head of the form",
		Explain:   "total = natural persons + the five kinds of organisations, in each row of table 3",
		Instances: applicantInstances,
	},
	{
		Rule:      "t4_sum",
		States:    "implied by the head of the form",
		Explain:   "total = upheld + corrected + other result + pending, in each group of table 4",
		Instances: disputeInstances,
	},
	{
		Rule:      "t2_disc",
		States:    "implied by the labels of the 2019 form",
		Explain:   "soft: disclosed in total >= newly disclosed, in each row of documents of table 2 (2019 form)",
		AtLeast:   true,
		Instances: disclosedInstances,
	},
	{
		Rule:      "narr",
		States:    "the report's own text",
		Explain:   "soft: a number in the text of sections 1 to 4 = the cell of the table it plainly speaks of",
		Instances: narrativeInstances,
	},
	{
		Rule:      "statistics_sum",
		States:    "implied by the blocks of the table of 2014",
		Explain:   "total = sum of its rows, in the blocks of the table of 2014",
		Instances: statisticsInstances,
	},
}

// Check fills r.Checks with the denominators of every identity and flag that
// applies to r and appends a finding for every instance that does not hold.
func Check(r *Report) {
	for _, id := range Identities {
		if instances := id.Instances(r); len(instances) > 0 {
			id.check(r, instances)
		}
	}
	for _, f := range Flags {
		f.check(r)
	}
}

func (id Identity) check(r *Report, instances []Instance) {
	count := RuleCount{Rule: id.Rule}
	var fails, unless []Finding
	undecided := 0
	for _, in := range instances {
		verdict, blank, lhs, rhs := id.judge(in)
		if blank > 0 {
			count.Blank++
		} else {
			count.Tested++
		}
		f := Finding{Rule: id.Rule, Place: in.Place, Verdict: verdict, LHS: &lhs, RHS: &rhs}
		switch verdict {
		case Fail:
			if blank == 0 {
				count.Failed++
			}
			f.Note = id.Explain + contradiction(blank, lhs, rhs) + in.quote()
			fails = append(fails, f)
		case FailUnlessBlankIsZero:
			f.Note = fmt.Sprintf("%s: holds if the %d cells without a number are read as zero", id.Explain, blank) + in.quote()
			unless = append(unless, f)
		case NotTestable:
			if in.Says != "" { // the text then gives the only number
				f.RHS = nil
				f.Note = fmt.Sprintf("the text gives %s, the table no number", trim(lhs)) + in.quote()
				fails = append(fails, f)
			} else {
				undecided++
			}
		}
	}
	if count.Tested == 0 && len(fails) == 0 && len(unless) > 1 && instances[0].Says == "" {
		unless = []Finding{id.wholeTable(instances, len(unless))}
	}
	r.Findings = append(append(r.Findings, fails...), unless...)
	if undecided > 0 {
		r.Findings = append(r.Findings, Finding{
			Rule: id.Rule, Place: table(instances[0]), Verdict: NotTestable,
			Note: fmt.Sprintf("%s: %d of %d instances have cells without a number", id.Explain, undecided, len(instances)),
		})
	}
	r.Checks = append(r.Checks, count)
}

// wholeTable stands for n findings that say the same of one table, of which no
// instance is complete: an organ that leaves the columns of organisations blank
// leaves them blank in every row.
func (id Identity) wholeTable(instances []Instance, n int) Finding {
	return Finding{
		Rule: id.Rule, Place: table(instances[0]), Verdict: FailUnlessBlankIsZero,
		Note: fmt.Sprintf("%s: no instance is complete; %d of %d hold if cells without a number are read as zero", id.Explain, n, len(instances)),
	}
}

// quote is the sentence a number was read from, for a note.
func (in Instance) quote() string {
	if in.Says == "" {
		return ""
	}
	return ": " + in.Says
}

// table is the table an instance is about: the first part of its place.
func table(in Instance) string {
	name, _, _ := strings.Cut(in.Place, ".")
	return name
}

func contradiction(blank int, lhs, rhs float64) string {
	if blank == 0 {
		return fmt.Sprintf(": %s against %s", trim(lhs), trim(rhs))
	}
	return fmt.Sprintf(": %s against %s, whatever the %d cells without a number stand for", trim(lhs), trim(rhs), blank)
}

// trim writes a count or an amount without an exponent.
func trim(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// judge compares the two sides the way the identity wants it.
func (id Identity) judge(in Instance) (verdict Verdict, blank int, lhs, rhs float64) {
	if !id.AtLeast {
		return in.judge()
	}
	lhs, lb, ln := sum(in.LHS)
	rhs, rb, rn := sum(in.RHS)
	blank = lb + rb
	switch {
	case rb == 0 && lhs >= rhs: // a blank on the left can only add to it
		return "", blank, lhs, rhs
	case lb == 0 && lhs < rhs:
		return Fail, blank, lhs, rhs
	case ln+rn > 0 && lhs >= rhs && readable(in.LHS) && readable(in.RHS):
		return FailUnlessBlankIsZero, blank, lhs, rhs
	}
	return NotTestable, blank, lhs, rhs
}

// judge compares the two sides. The verdict is "" when they agree with every cell
// a number. Sums are those of the printed numbers; counts cannot be negative, so a
// complete side that is smaller than what is already printed on the other is
// contradicted whatever the cells without a number stand for.
func (in Instance) judge() (verdict Verdict, blank int, lhs, rhs float64) {
	lhs, lb, ln := sum(in.LHS)
	rhs, rb, rn := sum(in.RHS)
	blank = lb + rb
	switch {
	case blank == 0 && lhs == rhs:
		return "", 0, lhs, rhs
	case blank == 0:
		return Fail, 0, lhs, rhs
	case lb == 0 && rhs > lhs, rb == 0 && lhs > rhs:
		return Fail, blank, lhs, rhs
	case ln+rn > 0 && lhs == rhs && readable(in.LHS) && readable(in.RHS):
		return FailUnlessBlankIsZero, blank, lhs, rhs
	}
	return NotTestable, blank, lhs, rhs
}

// readable: the missing numbers are all cells left empty, not text or pictures
// that say something we could not read.
func readable(cells []Cell) bool {
	for _, c := range cells {
		switch c.State {
		case Number, Blank, Dash, Slash:
		default:
			return false
		}
	}
	return true
}

func sum(cells []Cell) (total float64, blank, numbers int) {
	for _, c := range cells {
		if c.State != Number || c.Value == nil {
			blank++
			continue
		}
		numbers++
		total += *c.Value
	}
	return total, blank, numbers
}
