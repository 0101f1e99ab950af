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
		own, foreign := measuresOf(t, report.Form2021)
		return own > 0 && foreign == 0
	case "t3":
		switch otherProcessing(t) {
		case splitRow:
			return true
		case singleRow:
			return false
		default: // the rows that tell are missing; table 2 is the better witness
			return !slices.Contains(t.siblings, report.FormOther)
		}
	default:
		return len(t.siblings) == 0 || slices.Contains(t.siblings, report.Form2021)
	}
}

func read2021(t *table, r *report.Report) {
	switch t.name {
	case "t2":
		readDisclosure(t, disclosureRows(report.Form2021), r)
	case "t3":
		readApplications(t, applicationRows(report.Form2021), r)
	case "t4":
		readDisputes(t, r)
	}
}

// disclosureRows are the rows of table 2 that a form prints.
func disclosureRows(form string) []report.DisclosureRow {
	var out []report.DisclosureRow
	for _, row := range report.DisclosureRows {
		if slices.Contains(row.Forms, form) {
			out = append(out, row)
		}
	}
	return out
}

// applicationRows are the rows of table 3 that a form prints.
func applicationRows(form string) []report.ApplicationRow {
	var out []report.ApplicationRow
	for _, row := range report.ApplicationRows {
		if slices.Contains(row.Forms, form) {
			out = append(out, row)
		}
	}
	return out
}
