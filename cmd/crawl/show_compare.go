package main

import (
	"fmt"
	"maps"
	"slices"

	"crawl/internal/db"
	"crawl/internal/extract"
	"crawl/internal/report"
)

// storedCells are the database's cells that a place names: name -> value, "" for NULL.
func storedCells(s db.Stored, place string) map[string]string {
	out := map[string]string{}
	add := func(table, item, col, value string) {
		row := table + "." + item
		if name := row + "." + col; place == table || place == row || place == name {
			if _, twice := out[name]; !twice { // a label without a code may stand twice
				out[name] = value
			}
		}
	}
	for _, d := range s.Disclosure {
		add("t2", d.Text("item"), d.Text("measure"), d.Text("value"))
	}
	for _, a := range s.Applications {
		for _, c := range report.Applicants {
			add("t3", a.Text("item"), c.Code, a.Text(c.Code))
		}
	}
	for _, d := range s.Disputes {
		for _, c := range report.DisputeResults {
			add("t4", d.Text("route"), c.Code, d.Text(c.Code))
		}
	}
	for _, d := range s.Statistics {
		item := d.Text("item")
		if item == "" {
			item = d.Text("label")
		}
		add("statistics", item, d.Text("period"), d.Text("value"))
	}
	return out
}

// compareCells says where the database and the page read now differ.
func compareCells(s db.Stored, place string, cells []extract.CellEvidence) (differences []string) {
	stored := storedCells(s, place)
	met := map[string]bool{}
	for _, c := range cells {
		if met[c.Place] {
			continue
		}
		met[c.Place] = true
		now := readNow(c)
		before, ok := stored[c.Place]
		switch {
		case !ok:
			differences = append(differences, fmt.Sprintf("%s: the database has no such cell, the archived page now reads %s", c.Place, known(now, "NULL")))
		case before != now:
			differences = append(differences, fmt.Sprintf("%s: the database says %s, the archived page now reads %s", c.Place, known(before, "NULL"), known(now, "NULL")))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(stored)) {
		if !met[name] {
			differences = append(differences, fmt.Sprintf("%s: the database says %s, the archived page now has no such cell", name, known(stored[name], "NULL")))
		}
	}
	return differences
}

// readNow is a cell's value as the database would hold it: tables 3 and 4 count
// cases, a decimal is no number there.
func readNow(c extract.CellEvidence) string {
	if c.Value == nil || c.State != report.Number {
		return ""
	}
	whole := (report.Cell{State: c.State, Value: c.Value}).Int() != nil
	if table := c.Place[:2]; !whole && (table == "t3" || table == "t4") {
		return ""
	}
	return printed(*c.Value)
}

// compareFact does the same for a header fact. What a person decided is meant to
// differ, and views are of another time than the capture.
func compareFact(s db.Stored, f extract.FactEvidence) []string {
	columns := map[string][2]string{
		"title": {"title", ""}, "agency": {"agency", "agency_basis"}, "year": {"report_year", "report_year_basis"}, "published": {"published_at", "published_basis"},
	}
	c, ok := columns[f.Name]
	if !ok || c[1] != "" && s.Report.Text(c[1]) == extract.BasisHand {
		return nil
	}
	if before := s.Report.Text(c[0]); before != f.Value {
		return []string{fmt.Sprintf("%s: the database says %s, the archived page now reads %s", f.Name, known(before, "NULL"), known(f.Value, "NULL"))}
	}
	return nil
}
