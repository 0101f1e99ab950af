package extract

import (
	"slices"

	"crawl/internal/report"
)

// form2021 is the form of 国办公开办函〔2021〕30号: table 2 counts documents issued,
// abolished and in force, table 3 splits （六）其他处理 in three.
var form2021 = Form{Name: report.Form2021, Detect: detect2021, Read: read2021}

func detect2021(t *table) bool {
	switch t.name {
	case "t2":
		v := measureVotes(t)
		return v.of2021 > v.of2019
	case "t3":
		switch otherProcessing(t) {
		case splitRow:
			return true
		case singleRow:
			return false
		}
		fallthrough // the rows that tell are missing; table 2 is the better witness
	case "t4":
		return slices.Contains(t.siblings, report.Form2021) ||
			!slices.Contains(t.siblings, report.Form2019) && !slices.Contains(t.siblings, report.Form2019HB)
	}
	return false
}

func read2021(t *table, r *report.Report) { readAnnual(t, report.Form2021, r) }

// readAnnual reads an official table of the forms since 2019, which differ in their
// rows and columns only.
func readAnnual(t *table, form string, r *report.Report) {
	switch t.name {
	case "t2":
		readDisclosure(t, form, r)
	case "t3":
		readApplications(t, applicationRows(form), r)
	case "t4":
		readDisputes(t, r)
	}
}
