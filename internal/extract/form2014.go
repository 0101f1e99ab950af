package extract

import (
	"slices"

	"crawl/internal/report"
)

// form2014 is the 《政府信息公开情况统计表》 of 国办发〔2014〕32号, annexed to many
// reports on 2014 to 2018: nine blocks of 统计指标, 单位 and 统计数.
var form2014 = Form{Name: report.Form2014, Detect: detect2014, Read: read2014}

// detect2014: most labels are worded as in the table of 2014, and they are many or
// stand under its head.
func detect2014(t *table) bool {
	if t.name != "statistics" {
		return false
	}
	rows, sure, own := statisticsHits(t)
	fewest := 15
	if p := &t.parts[0]; slices.ContainsFunc(p.rows[p.from], func(i int) bool { return fold(p.grid.Cells[i].Text) == "统计指标" }) {
		fewest = fewestUnderOther
	}
	return own >= fewest && own*10 >= sure*8 && own*2 >= rows
}

func read2014(t *table, r *report.Report) { readStatisticsTable(t, report.Form2014, r) }
