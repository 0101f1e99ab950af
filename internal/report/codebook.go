package report

import "fmt"

// Var names one cell of an official form: what researchers see in the dictionary.
type Var struct {
	Table      string // t2 | t3 | t4 | statistics
	Item       string // row code; for t4 the route
	Col        string // column code; "value" for statistics
	Forms      []string
	LabelZH    string // row label / column label
	LabelEN    string
	Unit       string // 件, 项, 万元 ...; "" where the form names none
	LegalBasis string
	StataName  string // at most 32 characters: t3_r01_c7
	Note       string // what may not be compared with what
}

// Name is the variable's name in wide tables: t3_received_new__total.
func (v Var) Name() string {
	if v.Table == "statistics" {
		return "st_" + v.Item
	}
	return v.Table + "_" + v.Item + "__" + v.Col
}

// Codebook lists every cell of every form that has codes, each once, in the order
// of the forms.
func Codebook() []Var {
	vars := disclosureVars()
	vars = append(vars, applicationVars()...)
	vars = append(vars, disputeVars()...)
	for i, s := range StatisticRows {
		vars = append(vars, Var{
			Table: "statistics", Item: s.Code, Col: "value", Forms: []string{Form2014, FormLocal},
			LabelZH: s.Label, LabelEN: s.EN, Unit: s.Unit, LegalBasis: "国办发〔2014〕32号",
			StataName: fmt.Sprintf("st_r%02d", i+1), Note: noteStatistics(s),
		})
	}
	return vars
}

const (
	noteDisclosure = "the 2019 and 2021 forms count different things here: never join the two series"
	noteItems      = "counts items on the list of powers, not cases; some organs print case counts instead"
	noteOther2021  = "compare with other_total of the 2019 form only as the sum of the three other_* rows"
	noteOther2019  = "compare with the sum of the three other_* rows of the 2021 form"
)

// noteStatistics says what holds for every figure of the forms before 2019, and for
// money besides.
func noteStatistics(s StatisticRow) string {
	note := "wide tables have the year's figures of form s2014 only; in statistics, period is year (the year reported on) or cumulative " +
		"(all years since the Regulation came into force, printed by local forms): never add or compare the two"
	if s.Unit == "万元" {
		note += "; statistics.value is in the printed unit, wide tables convert 元 and leave out what has no unit"
	}
	return note
}

// disclosureVars merges rows that several forms share: a variable is its row and
// its column, whatever form printed it.
func disclosureVars() []Var {
	var vars []Var
	at := map[string]int{}
	rows := map[string]int{}
	cols := map[string]int{}
	number := func(m map[string]int, key string) int {
		if _, ok := m[key]; !ok {
			m[key] = len(m) + 1
		}
		return m[key]
	}
	for _, row := range DisclosureRows {
		for _, m := range row.Measures {
			name := row.Code + "/" + m.Code
			if i, ok := at[name]; ok {
				vars[i].Forms = append(vars[i].Forms, row.Forms...)
				continue
			}
			at[name] = len(vars)
			note := noteDisclosure
			if m.Code == "prev_items" || m.Code == "change" {
				note = noteItems
			}
			if row.Code == "procurement" && m.Code == "amount" {
				note = "the form names no unit: use value_wan, which is filled only where a unit is printed"
			}
			vars = append(vars, Var{
				Table: "t2", Item: row.Code, Col: m.Code, Forms: append([]string(nil), row.Forms...),
				LabelZH: row.Label + " / " + m.Label, LabelEN: row.EN + ": " + m.EN,
				Unit: m.Unit, LegalBasis: "条例 " + row.Article,
				StataName: fmt.Sprintf("t2_r%02d_c%d", number(rows, row.Code), number(cols, m.Code)),
				Note:      note,
			})
		}
	}
	return vars
}

func applicationVars() []Var {
	var vars []Var
	for i, row := range ApplicationRows {
		label, note := row.Label, ""
		if row.Group != "" {
			label = row.Group + " / " + row.Label
		}
		switch row.Code {
		case "other_no_correction", "other_fee_unpaid", "other_misc":
			note = noteOther2021
		case "other_total":
			note = noteOther2019
		}
		basis := ""
		if row.Article != "" {
			basis = "条例 " + row.Article
		}
		for j, c := range Applicants {
			vars = append(vars, Var{
				Table: "t3", Item: row.Code, Col: c.Code, Forms: row.Forms,
				LabelZH: label + " / " + c.Label, LabelEN: row.EN + ": " + c.EN,
				Unit: "件", LegalBasis: basis,
				StataName: fmt.Sprintf("t3_r%02d_c%d", i+1, j+1), Note: note,
			})
		}
	}
	return vars
}

func disputeVars() []Var {
	var vars []Var
	for i, route := range DisputeRoutes {
		for j, c := range DisputeResults {
			vars = append(vars, Var{
				Table: "t4", Item: route.Code, Col: c.Code, Forms: allForms,
				LabelZH: route.Label + " / " + c.Label, LabelEN: route.EN + ": " + c.EN,
				Unit: "件", StataName: fmt.Sprintf("t4_r%02d_c%d", i+1, j+1),
			})
		}
	}
	return vars
}
