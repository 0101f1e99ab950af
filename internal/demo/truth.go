package demo

import (
	"slices"
	"strings"

	"crawl/internal/report"
)

// Truth is what one report page prints.
type Truth struct {
	Source string // id of the portal's config entry
	URL    string
	Title  string // lines joined
	Agency string // the title's, without year and tail
	Year   int    // the year reported on

	Published      string // ISO 8601: 2024-01-09, or 2024-01-09T10:06+08:00 where a time is printed
	PublishedRaw   string // as printed
	PublishedLabel string // 发布时间, 发布日期

	Views      string            // as printed, or as the counter answers; "" for none
	ViewsState report.ViewsState // inline, counter (asks to be asked), label_only or none

	FormT2, FormT3, FormT4 string // report.Form2021 ...; "" when the page has no such table

	Cells    []Cell           // tables 2, 3, 4, row by row as printed
	Sections []report.Section // paragraphs joined by \n, tables left out; nil where the report has not the six sections

	Odd    string   // what is peculiar about the page, in a word; "" for nothing
	Broken []string // rules (t3_flow ...) that its printed numbers break, blanks read as zero
}

// Cell is one value cell.
type Cell struct {
	Table string // t2 | t3 | t4
	Item  string // row code of tables 2 and 3, route of table 4
	Col   string // measure, applicant or result code
	Raw   string // as printed, "" for a blank
}

// Place names the cell as findings do: t3.granted.total.
func (c Cell) Place() string { return c.Table + "." + c.Item + "." + c.Col }

// Cell is the printed text at a place like t3.granted.total, and whether the page
// prints that cell at all.
func (t Truth) Cell(place string) (raw string, printed bool) {
	i := slices.IndexFunc(t.Cells, func(c Cell) bool { return c.Place() == place })
	if i < 0 {
		return "", false
	}
	return t.Cells[i].Raw, true
}

// places lists the value cells of the forms in printed order, without text.
func places(form2, form3, form4 string) []Cell {
	var cells []Cell
	for _, row := range disclosureRows(form2) {
		for _, m := range row.Measures {
			cells = append(cells, Cell{Table: "t2", Item: row.Code, Col: m.Code})
		}
	}
	for _, row := range applicationRows(form3) {
		for _, c := range report.Applicants {
			cells = append(cells, Cell{Table: "t3", Item: row.Code, Col: c.Code})
		}
	}
	if form4 != "" {
		for _, route := range report.DisputeRoutes {
			for _, c := range report.DisputeResults {
				cells = append(cells, Cell{Table: "t4", Item: route.Code, Col: c.Code})
			}
		}
	}
	return cells
}

func disclosureRows(form string) []report.DisclosureRow {
	var rows []report.DisclosureRow
	for _, row := range report.DisclosureRows {
		if slices.Contains(row.Forms, form) {
			rows = append(rows, row)
		}
	}
	return rows
}

func applicationRows(form string) []report.ApplicationRow {
	var rows []report.ApplicationRow
	for _, row := range report.ApplicationRows {
		if slices.Contains(row.Forms, form) {
			rows = append(rows, row)
		}
	}
	return rows
}

// isOutcome tells whether a row of table 3 is one of the results that add up to
// the processed total.
func isOutcome(code string) bool {
	return code != "processed_total" && !strings.HasPrefix(code, "received_") && code != "carried_forward"
}
