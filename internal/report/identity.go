package report

import (
	"fmt"
	"strings"
)

// Identity is a rule the printed numbers of one report must satisfy: on each
// instance (a column, a row, a group) the cells of LHS add up to those of RHS.
// Nothing is ever repaired by it.
type Identity struct {
	Rule    string
	States  string // who says so
	Explain string
	// Instances lists the sums to compare in r; none when r has no such table.
	Instances func(r *Report) []Instance
}

// Instance is one sum of an identity.
type Instance struct {
	Place    string // t3.natural_person, t3.granted, t4.review
	LHS, RHS []Cell
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
		Rule:      "statistics_sum",
		States:    "implied by the blocks of the table of 2014",
		Explain:   "total = sum of its rows, in the blocks of the table of 2014",
		Instances: statisticsInstances,
	},
}

// Check fills r.Checks with the denominators of every identity that applies to r
// and appends a finding for every instance that does not hold.
func Check(r *Report) {
	for _, id := range Identities {
		instances := id.Instances(r)
		if len(instances) == 0 {
			continue
		}
		count := RuleCount{Rule: id.Rule}
		undecided := 0
		for _, in := range instances {
			verdict, blank, lhs, rhs := in.judge()
			if blank > 0 {
				count.Blank++
			} else {
				count.Tested++
			}
			switch verdict {
			case Fail:
				if blank == 0 {
					count.Failed++
				}
				r.Findings = append(r.Findings, Finding{
					Rule: id.Rule, Place: in.Place, Verdict: Fail, LHS: &lhs, RHS: &rhs,
					Note: id.Explain + contradiction(blank, lhs, rhs),
				})
			case FailUnlessBlankIsZero:
				r.Findings = append(r.Findings, Finding{
					Rule: id.Rule, Place: in.Place, Verdict: FailUnlessBlankIsZero, LHS: &lhs, RHS: &rhs,
					Note: fmt.Sprintf("%s: holds if the %d cells without a number are read as zero", id.Explain, blank),
				})
			case NotTestable:
				undecided++
			}
		}
		if undecided > 0 {
			r.Findings = append(r.Findings, Finding{
				Rule: id.Rule, Place: table(instances[0]), Verdict: NotTestable,
				Note: fmt.Sprintf("%s: %d of %d instances have cells without a number", id.Explain, undecided, len(instances)),
			})
		}
		r.Checks = append(r.Checks, count)
	}
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

func trim(f float64) string { return fmt.Sprintf("%g", f) }

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

// rows3 returns the rows of table 3 by code. Only printed rows are there.
func rows3(r *Report) map[string]*Application {
	rows := make(map[string]*Application, len(r.Applications))
	for i := range r.Applications {
		rows[r.Applications[i].Item] = &r.Applications[i]
	}
	return rows
}

// column picks column j of the named rows; a row that is not printed counts as a
// cell without a number, so that nothing is taken for granted.
func column(rows map[string]*Application, j int, codes ...string) []Cell {
	cells := make([]Cell, 0, len(codes))
	for _, code := range codes {
		if row := rows[code]; row != nil {
			cells = append(cells, row.Cells[j])
		} else {
			cells = append(cells, Cell{State: Absent})
		}
	}
	return cells
}

func flowInstances(r *Report) []Instance {
	if len(r.Applications) == 0 {
		return nil
	}
	rows := rows3(r)
	var out []Instance
	for j, c := range Applicants {
		out = append(out, Instance{
			Place: "t3." + c.Code,
			LHS:   column(rows, j, "received_new", "received_carried_in"),
			RHS:   column(rows, j, "processed_total", "carried_forward"),
		})
	}
	return out
}

func outcomeInstances(r *Report) []Instance {
	if len(r.Applications) == 0 {
		return nil
	}
	rows := rows3(r)
	codes := outcomeCodes(rows)
	var out []Instance
	for j, c := range Applicants {
		out = append(out, Instance{
			Place: "t3." + c.Code,
			LHS:   column(rows, j, "processed_total"),
			RHS:   column(rows, j, codes...),
		})
	}
	return out
}

// outcomeCodes are the rows that add up to the processed total: all outcome rows,
// with （六）其他处理 as the three rows of 2021 or the single row of 2019,
// whichever the table prints.
func outcomeCodes(rows map[string]*Application) []string {
	single := rows["other_total"] != nil
	var codes []string
	for _, row := range ApplicationRows {
		switch row.Code {
		case "received_new", "received_carried_in", "processed_total", "carried_forward":
		case "other_no_correction", "other_fee_unpaid", "other_misc":
			if !single {
				codes = append(codes, row.Code)
			}
		case "other_total":
			if single {
				codes = append(codes, row.Code)
			}
		default:
			codes = append(codes, row.Code)
		}
	}
	return codes
}

func applicantInstances(r *Report) []Instance {
	var out []Instance
	for i := range r.Applications {
		row := &r.Applications[i]
		out = append(out, Instance{Place: "t3." + row.Item, LHS: row.Cells[6:7], RHS: row.Cells[:6]})
	}
	return out
}

func disputeInstances(r *Report) []Instance {
	var out []Instance
	for i := range r.Disputes {
		row := &r.Disputes[i]
		out = append(out, Instance{Place: "t4." + row.Route, LHS: row.Cells[4:5], RHS: row.Cells[:4]})
	}
	return out
}
