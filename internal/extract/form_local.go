package extract

import "crawl/internal/report"

// formLocal stands for the statistical tables that provinces and cities prescribed
// before the one of 2014 and beside it: 指标名称, 计量单位, and the year's figures,
// often with those since the Regulation came into force. Their labels have the codes
// of the 2014 table where they surely mean the same, and none elsewhere.
var formLocal = Form{Name: report.FormLocal, Detect: detectLocal, Read: readLocal}

func detectLocal(t *table) bool { return t.name == "statistics" }

func readLocal(t *table, r *report.Report) { readStatisticsTable(t, report.FormLocal, r) }
