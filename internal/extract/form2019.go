package extract

import (
	"slices"

	"crawl/internal/report"
)

// form2019 is the trial form of 国办公开办函〔2019〕60号: table 2 counts documents made
// and disclosed, items on the list of powers and procurements; table 3 has one row
// for （六）其他处理. Table 4 is that of 2021.
var form2019 = Form{Name: report.Form2019, Detect: detect2019, Read: read2019}

// form2019HB is its Hubei variant: one more row, 其他主动公开文件, and explanations in
// the labels. Only table 2 can tell it from form2019.
var form2019HB = Form{Name: report.Form2019HB, Detect: detect2019HB, Read: read2019HB}

func detect2019(t *table) bool {
	switch t.name {
	case "t2":
		v := measureVotes(t)
		return v.of2019 > 0 && v.of2019 >= v.of2021
	case "t3":
		return otherProcessing(t) == singleRow || slices.Contains(t.siblings, report.Form2019)
	case "t4":
		return slices.Contains(t.siblings, report.Form2019)
	}
	return false
}

func detect2019HB(t *table) bool {
	switch t.name {
	case "t2":
		return detect2019(t) && printsItem(t, "other_doc")
	case "t3":
		return otherProcessing(t) != splitRow && slices.Contains(t.siblings, report.Form2019HB)
	case "t4":
		return slices.Contains(t.siblings, report.Form2019HB)
	}
	return false
}

func read2019(t *table, r *report.Report)   { readAnnual(t, report.Form2019, r) }
func read2019HB(t *table, r *report.Report) { readAnnual(t, report.Form2019HB, r) }

// votes are the column labels of a table 2 by the generation that prints them.
type votes struct {
	of2021, of2019 int
	mixed          bool // labels of both generations that are no mere variants of each other
}

// measureVotes counts the column labels of a table 2. 本年处理决定数量 (2021) and
// 处理决定数量 (2019) are printed for each other: they decide only where nothing else
// does.
func measureVotes(t *table) votes {
	const strong = 100
	var v votes
	for _, p := range t.parts {
		for r := p.from; r < p.to; r++ {
			for _, i := range p.rows[r] {
				key := labelKey(p.grid.Cells[i].Text)
				printed := measureLabels[key]
				if printed == nil {
					continue
				}
				weight := strong
				if key == "处理决定数量" || key == "本年处理决定数量" {
					weight = 1
				}
				if slices.Contains(printed, report.Form2021) {
					v.of2021 += weight
				} else {
					v.of2019 += weight
				}
			}
		}
	}
	v.mixed = v.of2021 >= strong && v.of2019 >= strong
	return v
}

// printsItem: the table has the row of an item.
func printsItem(t *table, item string) bool {
	for _, row := range report.DisclosureRows {
		if row.Code != item {
			continue
		}
		for _, p := range t.parts {
			for r := p.from; r < p.to; r++ {
				for _, i := range p.rows[r] {
					if labelKey(p.grid.Cells[i].Text) == fold(row.Label) {
						return true
					}
				}
			}
		}
	}
	return false
}
