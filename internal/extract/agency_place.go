package extract

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"crawl/internal/report"
)

// placeAgency fills region, level, scope and id of the agency that was found. A
// name that is certain wins over every hint; one that several divisions share, or
// that names none, is decided by the source's region and by what the page says of
// its site, if they leave one division, and else has no region and no id.
func placeAgency(p *Page, h Hint, r *report.Report) {
	if r.Agency == "" {
		r.Scope = agencyScope("", "")
		return
	}
	year := agencyYear(r)
	a, basis := completed(p, splitAgency(r.Agency, year), year)
	w := where{agency: a, basis: basis, hints: regionHints(p, h, year), r: r}
	d, ok := w.region()
	r.Level = a.level()
	if ok {
		w.settle(d)
	} else if a.central() {
		r.AgencyID, r.RegionBasis = centralCode+"/"+a.rest, "name"
	}
	r.Scope = agencyScope(r.Level, opening(p))
	if r.Level == levelZone && !strings.HasSuffix(a.rest, "会") {
		r.Scope = "region_wide" // the zone itself is named, not its committee
	}
}

// centralCode stands for the whole state in ids; GB/T 2260 has no code for it.
const centralCode = "000000"

// agencyYear is the year whose divisions a name is of, 0 if nothing tells it.
func agencyYear(r *report.Report) int {
	if r.Year > 0 || len(r.Published.Value) < 4 {
		return r.Year
	}
	year, err := strconv.Atoi(r.Published.Value[:4])
	if err != nil {
		return 0
	}
	return year - 1
}

// where is one agency's search for its region.
type where struct {
	agency agencyName
	hints  []regionHint
	r      *report.Report
	basis  string // of the region found; before that, what says the name
}

// settle writes what follows from a region. A zone has no code; it gets that of
// the prefecture it lies in, as its county cannot be told from its name.
func (w *where) settle(d report.Division) {
	a, r := w.agency, w.r
	if a.zone == "" {
		a.region = string(d.Level)
	}
	r.Level = a.level()
	r.RegionCode, r.RegionBasis = d.Code, w.basis
	if a.zone != "" && !isTown(r.Level) && d.Level == report.County && strings.HasSuffix(d.Parent, "00") && !strings.HasSuffix(d.Parent, "0000") {
		r.RegionCode = d.Parent
	}
	if isTown(r.Level) && d.Level != report.County && hasCounties(d) {
		r.RegionCode, r.RegionBasis = "", ""
		w.find("region_unknown", "the page does not say which county of "+d.Name+" the town is in")
		return
	}
	if !startsWithAny(a.rest, []string{"我", "本"}) {
		r.AgencyID = r.RegionCode + "/" + a.fullName(d)
	}
}

func isTown(level string) bool { return level == levelTownship || level == levelStreet }

// hasCounties is false for the few prefectures whose towns answer to them.
func hasCounties(d report.Division) bool {
	for _, c := range report.Divisions() {
		if c.Level == report.County && d.Holds(c) {
			return true
		}
	}
	return false
}

// region is the division that the agency is an organ of.
func (w *where) region() (report.Division, bool) {
	a := w.agency
	switch {
	case a.central():
		return report.Division{}, false
	case a.customs():
		w.find("region_unknown", "the city in the name is not the region that the organ serves")
		return report.Division{}, false
	case a.other != "":
		return w.unlisted()
	case len(a.places) == 0:
		return w.unnamed()
	}
	d, ok := w.named()
	if !ok {
		return d, false
	}
	if !a.dated {
		w.find("region_outdated", fmt.Sprintf("the lists have %s as %s from %s to %s only", d.Code, d.Name, d.From, cmp.Or(d.To, "now")))
	}
	if isTown(a.level()) && d.Level != report.County {
		var counties []regionHint
		for _, h := range w.hints {
			if h.Level == report.County && d.Holds(h.Division) && (len(counties) == 0 || counties[0].Code != h.Code) {
				counties = append(counties, h)
			}
		}
		if len(counties) == 1 {
			d, w.basis = counties[0].Division, counties[0].basis
		}
	}
	return d, true
}

// named decides between the divisions that the name may mean.
func (w *where) named() (report.Division, bool) {
	places := w.agency.places
	if len(places) == 1 && w.agency.sure {
		for _, h := range w.hints {
			if (h.basis == "source" || h.basis == "site") && h.Name != "" && !related(h.Division, places[0]) {
				w.find("region_conflict", fmt.Sprintf("the name says %s (%s), the %s is of %s (%s)", places[0].Name, places[0].Code, h.basis, h.Name, h.Code))
			}
		}
		return places[0], true
	}
	var fit []report.Division
	for _, d := range places {
		for _, h := range w.hints {
			if related(h.Division, d) {
				fit = append(fit, d)
				w.basis = h.basis
				break
			}
		}
	}
	if len(fit) == 1 {
		return fit[0], true
	}
	if a := w.agency; len(fit) == 0 && len(w.hints) > 0 && !a.sure && a.zone != "" {
		// No place of that name is near: it is part of the zone's own (南湖|新区).
		w.agency.zone, w.agency.stem, w.agency.places = a.chain+a.zone, "", nil
		return w.unnamed()
	}
	var codes []string
	for _, d := range places {
		codes = append(codes, d.Code)
	}
	w.find("region_ambiguous", fmt.Sprintf("%s may be %s or a place without a code; nothing on the page decides", places[0].Name, strings.Join(codes, ", ")))
	return report.Division{}, false
}

// related says that one division lies in the other.
func related(a, b report.Division) bool { return a.Holds(b) || b.Holds(a) }

// unlisted is the source's own region for a name that no list has, if no list has
// the source's region either: then they may be one, as in a made-up province. A
// name beside a known region is a new division or a misprint, and has no code.
func (w *where) unlisted() (report.Division, bool) {
	for _, h := range w.hints {
		if h.basis == "source" && h.Name == "" && fitsRank(lastRank(w.agency.other), h.Division, w.agency) {
			w.basis = h.basis
			h.Name = w.agency.other
			return h.Division, true
		}
	}
	w.find("region_unknown", w.agency.other+" is in no list of divisions")
	return report.Division{}, false
}

// lastRank is the rank that a region's name ends with.
func lastRank(name string) string {
	for _, rank := range rankWords {
		if strings.HasSuffix(name, rank.word) {
			return rank.word
		}
	}
	return ""
}

// unnamed takes the region of an organ that names none (市应急局, 水务局, 鸭南乡)
// from the hints of a level that fits: the innermost, if each lies in the others.
func (w *where) unnamed() (report.Division, bool) {
	var found report.Division
	for _, h := range w.hints {
		switch {
		case !fitsRank(w.agency.rank, h.Division, w.agency):
		case found.Code == "" || found.Code != h.Code && found.Holds(h.Division):
			found, w.basis = h.Division, h.basis
		case !h.Holds(found):
			w.find("region_ambiguous", fmt.Sprintf("the name has no region; the page and its source speak of %s and of %s", found.Code, h.Code))
			return report.Division{}, false
		}
	}
	if found.Code == "" {
		w.find("region_unknown", "neither the name nor the page nor its source says which region this is an organ of")
	}
	return found, found.Code != ""
}

// fitsRank says that an organ of a rank (市, 县) may be that of a division. One
// without a rank may be of any, except that a town lies in a county and a 厅 is a
// province's.
func fitsRank(rank string, d report.Division, a agencyName) bool {
	level := d.Level
	municipality := level == report.Province && strings.HasSuffix(d.Name, "市")
	switch rank {
	case "省", "自治区":
		return level == report.Province && (d.Name == "" || strings.HasSuffix(d.Name, rank))
	case "州", "自治州", "盟":
		return level == report.Prefecture && (d.Name == "" || strings.HasSuffix(d.Name, rank))
	case "市":
		return municipality || level != report.Province && (d.Name == "" || strings.HasSuffix(d.Name, "市"))
	case "":
		switch {
		case isTown(a.level()):
			return level == report.County || level == report.Prefecture && !hasCounties(d)
		case a.zone != "":
			return level != report.Province || municipality
		case strings.HasSuffix(a.rest, "厅"):
			return level == report.Province
		}
		return level != report.Province || municipality || !strings.HasSuffix(a.rest, "局")
	}
	return level == report.County && (d.Name == "" || strings.HasSuffix(d.Name, rank))
}

func (w *where) find(rule, note string) {
	find(w.r, rule, "agency", report.NotTestable, note)
}
