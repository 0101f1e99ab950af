package extract

import (
	"slices"

	"crawl/internal/report"
)

// form2019 is the trial form of 国办公开办函〔2019〕60号: table 2 counts documents made
// and disclosed, items on the list of powers and procurements; table 3 has one row
// for （六）其他处理. Table 4 is that of 2021.
var form2019 = Form{Name: report.Form2019, Detect: detect2019, Read: read2019}

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

func read2019(t *table, r *report.Report) { readAnnual(t, report.Form2019, r) }
