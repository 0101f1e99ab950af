package extract

import (
	"slices"
	"strings"

	"crawl/internal/report"
)

// BasisHand marks a fact that a person decided.
const BasisHand = "hand"

// Decided is what people decided about one page; a zero field decides nothing. A
// year or date that the page itself prints is not replaced: the report then keeps
// the basis of what is printed.
type Decided struct {
	IsReport   bool   // the page is a report though the extractor would refuse it
	Agency     string // level and scope are derived from it, AgencyRaw stays as printed
	AgencyID   string
	RegionCode string
	Level      string
	Scope      string
	Year       int
	Published  string // a day, 2024-01-09
}

// YearPrinted says whether a report year of that basis stands on the page in so many
// words. A column's name, an address and a publish date only hint at it.
func YearPrinted(basis string) bool { return basis == "title" || basis == "period" }

// DatePrinted says whether a publish date of that basis stands on the page itself, and
// not in its listing or address.
func DatePrinted(basis string) bool { return basis != "" && basis != "list" && basis != "url" }

// apply puts the decisions in the place of what was read. Findings that a decision
// answers are dropped, those about dates are made anew.
func (d Decided) apply(p *Page, h Hint, r *report.Report) {
	if d.Agency != "" {
		r.Agency, r.AgencyBasis = d.Agency, BasisHand
		answered(r, "agency_missing", "agency_generic")
	}
	d.place(p, h, r)
	if d.Level != "" {
		r.Level = d.Level
	}
	if d.Scope != "" {
		r.Scope = d.Scope
	}
	year := d.Year != 0 && !YearPrinted(r.YearBasis)
	date := d.Published != "" && !DatePrinted(r.Published.Basis)
	if date {
		r.Published = report.Date{Label: BasisHand, Raw: d.Published, Value: d.Published, Basis: BasisHand}
	}
	if year {
		r.Year, r.YearBasis = d.Year, BasisHand
		answered(r, "year_guessed")
	}
	if year || date {
		answered(r, "date_implausible")
		dateFindings(r)
	}
}

// place finds the region of a decided agency anew, or takes the decided one.
func (d Decided) place(p *Page, h Hint, r *report.Report) {
	if d.Agency == "" && d.RegionCode == "" && d.AgencyID == "" {
		return
	}
	answered(r, "region_ambiguous", "region_conflict", "region_unknown", "region_outdated")
	r.AgencyID, r.RegionCode, r.RegionBasis = "", "", ""
	if d.RegionCode != "" {
		h.Region = d.RegionCode
	}
	placeAgency(p, h, r)
	if d.RegionCode != "" {
		r.RegionCode, r.RegionBasis = d.RegionCode, BasisHand
		if !strings.HasPrefix(r.AgencyID, d.RegionCode+"/") && r.Agency != "" {
			r.AgencyID = d.RegionCode + "/" + r.Agency
		}
		answered(r, "region_ambiguous", "region_conflict", "region_unknown", "region_outdated")
	}
	if d.AgencyID != "" {
		r.AgencyID, r.RegionBasis = d.AgencyID, BasisHand
		if code, _, _ := strings.Cut(d.AgencyID, "/"); d.RegionCode == "" && code != centralCode {
			r.RegionCode = code
		}
		answered(r, "region_ambiguous", "region_conflict", "region_unknown", "region_outdated")
	}
}

func answered(r *report.Report, rules ...string) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f report.Finding) bool { return slices.Contains(rules, f.Rule) })
}

// Levels are the words a report's level can be.
func Levels() []string {
	levels := []string{levelCentral, levelOffice, levelTownship, levelStreet, levelZone, levelZoneDept, levelVertical}
	for _, l := range []string{levelProvince, levelPrefecture, levelCounty} {
		levels = append(levels, l+suffixGov, l+suffixDept)
	}
	slices.Sort(levels)
	return levels
}

// Scopes are the words a report's scope can be.
func Scopes() []string { return []string{"region_wide", "own_organ", "unknown"} }
