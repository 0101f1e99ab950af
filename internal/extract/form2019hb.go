package extract

import (
	"slices"

	"crawl/internal/report"
)

// form2019HB is the Hubei variant of form2019: one more row, 其他主动公开文件, and explanations in
// the labels. Only table 2 can tell it from form2019.
var form2019HB = Form{Name: report.Form2019HB, Detect: detect2019HB, Read: read2019HB}

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

func read2019HB(t *table, r *report.Report) { readAnnual(t, report.Form2019HB, r) }

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
