package demo

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strconv"

	"crawl/internal/report"
)

// figures are printed values by place (t3.granted.total).
type figures map[string]string

func (f figures) set(table, item, col string, n int) {
	f[table+"."+item+"."+col] = strconv.Itoa(n)
}

// stock is what an organ hands on from one year to the next.
type stock struct {
	carried [6]int         // applications carried forward, by applicant
	norm    int            // normative documents in force
	items   map[string]int // items on the list of powers, by row of the 2019 table 2
}

// yearly computes an organ's figures for a run of years. Every identity of the
// forms holds by construction, the carry from year to year included.
func yearly(a agency, first, last int) map[int]figures {
	r := draw("organ", a.name)
	s := stock{norm: between(r, 8, 40), items: map[string]int{}}
	for _, row := range disclosureRows(report.Form2019) {
		s.items[row.Code] = between(r, 2, 60)
	}
	all := map[int]figures{}
	for year := first; year <= last; year++ {
		form := formOf(year)
		f := figures{}
		r := draw("year", a.name, year)
		if form == report.Form2019 {
			s.disclosure2019(f, r)
		} else {
			s.disclosure2021(f, r, a)
		}
		s.applications(f, r, a, form)
		disputes(f, r, a)
		all[year] = f
	}
	return all
}

// formOf is the form in force for a report year.
func formOf(year int) string {
	switch {
	case year >= 2021:
		return report.Form2021
	case year >= 2019:
		return report.Form2019
	}
	return ""
}

func (s *stock) disclosure2021(f figures, r *rand.Rand, a agency) {
	issued, abolished := between(r, 0, 6), between(r, 0, 2)
	s.norm += issued - abolished
	f.set("t2", "reg", "issued", 0)
	f.set("t2", "reg", "abolished", 0)
	f.set("t2", "reg", "in_force", 0)
	f.set("t2", "norm", "issued", issued)
	f.set("t2", "norm", "abolished", abolished)
	f.set("t2", "norm", "in_force", s.norm)
	f.set("t2", "licence", "decisions", between(r, 0, 40*a.busy))
	f.set("t2", "penalty", "decisions", between(r, 0, 12*a.busy))
	f.set("t2", "coercion", "decisions", between(r, 0, a.busy))
	f["t2.fee.amount_wan"] = "0"
	if r.IntN(3) == 0 {
		f["t2.fee.amount_wan"] = fmt.Sprintf("%.2f", float64(between(r, 100, 90000))/100)
	}
}

func (s *stock) disclosure2019(f figures, r *rand.Rand) {
	for _, code := range []string{"reg", "norm"} {
		made := 0
		if code == "norm" {
			made = between(r, 0, 6)
			s.norm += made
		}
		f.set("t2", code, "made", made)
		f.set("t2", code, "newly_disclosed", made)
		f.set("t2", code, "disclosed_total", made*between(r, 1, 4))
	}
	for _, code := range []string{"licence", "other_service", "penalty", "coercion", "fee"} {
		change := between(r, -1, 2)
		f.set("t2", code, "prev_items", s.items[code])
		f.set("t2", code, "change", change)
		if code != "fee" {
			f.set("t2", code, "decisions", between(r, 0, 300))
		}
		s.items[code] += change
	}
	f.set("t2", "procurement", "projects", between(r, 0, 9))
	f["t2.procurement.amount"] = fmt.Sprintf("%.2f万元", float64(between(r, 0, 50000))/100)
}

// applications fills table 3: what came in is dealt out over the outcomes, the rest
// is carried forward.
func (s *stock) applications(f figures, r *rand.Rand, a agency, form string) {
	rows := map[string]*[7]int{}
	for _, row := range applicationRows(form) {
		rows[row.Code] = &[7]int{}
	}
	var outcomes []string
	for _, row := range applicationRows(form) {
		if isOutcome(row.Code) {
			outcomes = append(outcomes, row.Code)
		}
	}
	for col := range 6 {
		fresh := 0
		if col == 0 {
			fresh = between(r, 0, a.busy)
		} else if !a.personsOnly {
			fresh = between(r, 0, a.busy/4)
		}
		open := s.carried[col] + fresh
		forward := r.IntN(open/6 + 1)
		rows["received_new"][col] = fresh
		rows["received_carried_in"][col] = s.carried[col]
		rows["carried_forward"][col] = forward
		rows["processed_total"][col] = open - forward
		for range open - forward {
			// Two in three applications are granted or not held, as in real tables.
			code := outcomes[r.IntN(len(outcomes))]
			switch r.IntN(6) {
			case 0, 1:
				code = "granted"
			case 2:
				code = "granted_partial"
			case 3:
				code = "unable_not_held"
			}
			rows[code][col]++
		}
		s.carried[col] = forward
	}
	for code, row := range rows {
		for col := range 6 {
			row[6] += row[col]
		}
		for i, c := range report.Applicants {
			f.set("t3", code, c.Code, row[i])
		}
	}
}

func disputes(f figures, r *rand.Rand, a agency) {
	for _, route := range report.DisputeRoutes {
		sum := 0
		for _, c := range report.DisputeResults[:4] {
			n := 0
			if r.IntN(3) == 0 {
				n = between(r, 0, 1+a.busy/20)
			}
			sum += n
			f.set("t4", route.Code, c.Code, n)
		}
		f.set("t4", route.Code, "total", sum)
	}
}

// clone copies figures that are about to be spoilt.
func (f figures) clone() figures { return maps.Clone(f) }
