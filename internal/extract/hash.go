package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"crawl/internal/report"
)

// contentHash identifies what a report says. Two captures of an unchanged report
// have the same hash though counters, menus and clocks around it moved; dates taken
// from the listing or the address are not the page's own and stay out, and so do the
// places of cells.
func contentHash(r *report.Report) string {
	said := struct {
		Title, Agency string
		Year          int
		Published     string
		Dates         []report.Date
		Forms         [4]string
		Sections      []report.Section
		Disclosure    []report.Disclosure
		Applications  []report.Application
		Disputes      []report.Dispute
		Statistics    []report.Statistic
	}{
		Title: r.Title, Agency: r.Agency, Year: r.Year, Forms: [4]string{r.FormT2, r.FormT3, r.FormT4, r.FormStatistics},
		Sections: r.Sections,
	}
	if ownDate(r.Published) {
		said.Published = r.Published.Value
	}
	for _, d := range r.Dates {
		if ownDate(d) {
			said.Dates = append(said.Dates, d)
		}
	}
	said.Disclosure = append(said.Disclosure, r.Disclosure...)
	for i := range said.Disclosure {
		said.Disclosure[i].Cell.At = report.Place{}
	}
	said.Applications = append(said.Applications, r.Applications...)
	for i := range said.Applications {
		for j := range said.Applications[i].Cells {
			said.Applications[i].Cells[j].At = report.Place{}
		}
	}
	said.Disputes = append(said.Disputes, r.Disputes...)
	for i := range said.Disputes {
		for j := range said.Disputes[i].Cells {
			said.Disputes[i].Cells[j].At = report.Place{}
		}
	}
	said.Statistics = append(said.Statistics, r.Statistics...)
	for i := range said.Statistics {
		said.Statistics[i].Cell.At = report.Place{}
	}
	b, err := json.Marshal(said)
	if err != nil {
		panic(err) // plain structs of strings and numbers
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func ownDate(d report.Date) bool { return d.Basis != "list" && d.Basis != "url" }
