package db

import (
	"fmt"
	"slices"
	"strings"

	"crawl/internal/report"
)

// headColumns are the columns of report_wide before its figures, each with the
// expression over reports r that fills it.
var headColumns = []struct{ name, decl, from string }{
	{"report_id", "INTEGER PRIMARY KEY REFERENCES reports (id)", "r.id"},
	{"key", "TEXT NOT NULL", "r.key"},
	{"source", "TEXT NOT NULL", "r.source"},
	{"url", "TEXT NOT NULL", "r.url"},
	{"title", "TEXT", "r.title"},
	{"agency", "TEXT", "r.agency"},
	{"agency_id", "TEXT", "r.agency_id"},
	{"region_code", "TEXT", "r.region_code"},
	{"level", "TEXT", "r.level"},
	{"scope", "TEXT NOT NULL", "r.scope"},
	{"report_year", "INTEGER", "r.report_year"},
	{"published_date", "TEXT", "r.published_date"},
	{"days_late", "INTEGER", "r.days_late"},
	{"views_clean", "INTEGER", "CASE WHEN r.views_state <> 'placeholder' THEN r.views END"},
	{"form_t2", "TEXT", "r.form_t2"},
	{"form_t3", "TEXT", "r.form_t3"},
	{"form_t4", "TEXT", "r.form_t4"},
	{"form_statistics", "TEXT", "r.form_statistics"},
}

// splitOther are the rows that the 2021 form prints for other_total of the 2019 one.
var splitOther = []string{"other_no_correction", "other_fee_unpaid", "other_misc"}

// panelVars are the figures that may be followed from 2019 on: tables 3 and 4,
// which both forms count alike once the three other_* rows are one. Table 2
// counts different things in each form and is left out.
func panelVars() []report.Var {
	return slices.DeleteFunc(report.Codebook(), func(v report.Var) bool {
		return v.Table != "t3" && v.Table != "t4" || slices.Contains(splitOther, v.Item)
	})
}

func figureColumns(vars []report.Var) string {
	var b strings.Builder
	for _, v := range vars {
		kind := "INTEGER"
		if v.Table == "t2" || v.Table == "statistics" {
			kind = "NUMERIC" // amounts of money have decimals
		}
		fmt.Fprintf(&b, ",\n  %s %s", v.Name(), kind)
	}
	return b.String()
}

// wideSQL makes the tables whose columns follow from the codebook.
func wideSQL() string {
	head := make([]string, len(headColumns))
	for i, c := range headColumns {
		head[i] = c.name + " " + c.decl
	}
	panel := `  agency_id TEXT NOT NULL REFERENCES agencies (id),
  scope TEXT NOT NULL,
  report_year INTEGER NOT NULL,
  report_id INTEGER NOT NULL REFERENCES reports (id),
  agency TEXT,
  region_code TEXT,
  level TEXT` + figureColumns(panelVars())
	const key = ",\n  PRIMARY KEY (agency_id, scope, report_year)\n)"
	return "CREATE TABLE report_wide (\n  " + strings.Join(head, ",\n  ") + figureColumns(report.Codebook()) + "\n);\n" +
		"CREATE TABLE panel (\n" + panel + key + ";\n" +
		"CREATE TABLE panel_imputed (\n" + panel + ",\n  cells_imputed INTEGER NOT NULL" + key + ";\n"
}
