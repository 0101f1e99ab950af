package demo

import (
	"slices"
	"strings"

	"crawl/internal/report"
)

// grid is a table before it has markup: rows of cells with their spans.
type grid [][]cell

type cell struct {
	text       string
	cols, rows int  // spans; 0 is 1
	value      bool // holds a number, or would
}

// articles are the clauses of 条例 article 20 that head the blocks of table 2.
var articles = map[string]string{
	"20(1)": "第二十条第（一）项",
	"20(5)": "第二十条第（五）项",
	"20(6)": "第二十条第（六）项",
	"20(8)": "第二十条第（八）项",
	"20(9)": "第二十条第（九）项",
}

// disclosureGrid is table 2 in the form of the report's year. Blocks are four
// columns wide; the last measure of a short row spans what is left.
func disclosureGrid(e *entry) grid {
	const width = 4
	var g grid
	var before report.DisclosureRow
	for _, row := range disclosureRows(e.form()) {
		span := width - len(row.Measures)
		if row.Article != before.Article {
			head := []cell{{text: "信息内容"}}
			for i, m := range row.Measures {
				c := cell{text: m.Label}
				if i == len(row.Measures)-1 {
					c.cols = span
				}
				head = append(head, c)
			}
			g = append(g, []cell{{text: articles[row.Article], cols: width}}, head)
		}
		line := []cell{{text: row.Label}}
		for i, m := range row.Measures {
			c := cell{text: e.printed("t2." + row.Code + "." + m.Code), value: true}
			if i == len(row.Measures)-1 {
				c.cols = span
			}
			line = append(line, c)
		}
		g = append(g, line)
		before = row
	}
	return g
}

// applicationGrid is table 3: three label columns, seven value columns.
func applicationGrid(e *entry) grid {
	people := 7
	if e.odd == misalignedHeader {
		people = 8 // one wider than the table, as careless pages have it
	}
	orgs := []cell{}
	for _, c := range report.Applicants[1:6] {
		orgs = append(orgs, cell{text: c.Label})
	}
	g := grid{
		{{text: "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", cols: 3, rows: 3}, {text: "申请人情况", cols: people}},
		{{text: "自然人", rows: 2}, {text: "法人或其他组织", cols: 5}, {text: "总计", rows: 2}},
		orgs,
	}
	rows := applicationRows(e.form())
	group := func(name string) int {
		return len(slices.DeleteFunc(slices.Clone(rows), func(r report.ApplicationRow) bool { return r.Group != name }))
	}
	handled := len(rows) - 3 // all but received, carried in and carried forward
	open := ""
	for _, row := range rows {
		var line []cell
		if row.Code == "granted" {
			line = append(line, cell{text: "三、本年度办理结果", rows: handled})
		}
		inside := isOutcome(row.Code) || row.Code == "processed_total"
		switch {
		case !inside:
			line = append(line, cell{text: row.Label, cols: 3})
		case row.Group == "":
			line = append(line, cell{text: row.Label, cols: 2})
		default:
			if row.Group != open {
				line = append(line, cell{text: row.Group, rows: group(row.Group)})
			}
			line = append(line, cell{text: row.Label})
		}
		open = row.Group
		for _, c := range report.Applicants {
			line = append(line, cell{text: e.printed("t3." + row.Code + "." + c.Code), value: true})
		}
		g = append(g, line)
	}
	return g
}

// disputeGrid is table 4: three header rows over one row of fifteen values.
func disputeGrid(e *entry) grid {
	suits := 10
	if e.odd == misalignedHeader {
		suits = 8
	}
	var review, results, values []cell
	for i, route := range report.DisputeRoutes {
		for _, c := range report.DisputeResults {
			if i == 0 {
				review = append(review, cell{text: c.Label, rows: 2})
			} else {
				results = append(results, cell{text: c.Label})
			}
			values = append(values, cell{text: e.printed("t4." + route.Code + "." + c.Code), value: true})
		}
	}
	// The codebook names a suit's route with its heading: 行政诉讼 / 未经复议直接起诉.
	suit := func(i int) cell {
		_, label, _ := strings.Cut(report.DisputeRoutes[i].Label, " / ")
		return cell{text: label, cols: 5}
	}
	return grid{
		{{text: report.DisputeRoutes[0].Label, cols: 5}, {text: "行政诉讼", cols: suits}},
		append(review, suit(1), suit(2)),
		results,
		values,
	}
}
