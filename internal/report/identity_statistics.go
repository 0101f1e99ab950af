package report

// statisticsSums are the sums within the table of 2014, total first. Received, closed
// and replied applications differ in general, since the table has no rows for those
// carried over; channels count the same information several times.
var statisticsSums = [][]string{
	{"app_received", "app_in_person", "app_fax", "app_online", "app_letter"},
	{"app_closed", "app_closed_on_time", "app_closed_extended"},
	{
		"app_replied", "rep_already_public", "rep_granted", "rep_partial", "rep_denied", "rep_not_this_organ",
		"rep_not_exist", "rep_told_amend", "rep_other_channel",
	},
	{
		"rep_denied", "rep_denied_secret", "rep_denied_commercial", "rep_denied_privacy", "rep_denied_security",
		"rep_denied_not_gov_info", "rep_denied_law_other",
	},
	{"review_total", "review_upheld", "review_corrected", "review_other"},
	{"suit_total", "suit_upheld", "suit_corrected", "suit_other"},
	{"staff_total", "staff_full", "staff_part"},
}

// statisticsInstances compares each printed total with its parts, period by period.
// A part that is not printed, and a row without a code among or behind the parts, may
// hold any number: then only parts above their total contradict it.
func statisticsInstances(r *Report) []Instance {
	var out []Instance
	for _, period := range []string{"year", "cumulative"} {
		var rows []Statistic
		at := map[string]int{}
		for _, s := range r.Statistics {
			if s.Form == Form2014 && s.Period == period {
				if s.Item != "" {
					at[s.Item] = len(rows)
				}
				rows = append(rows, s)
			}
		}
		for _, sum := range statisticsSums {
			if in, ok := statisticsSum(rows, at, sum); ok {
				in.Place = "statistics." + sum[0] + "." + period
				out = append(out, in)
			}
		}
	}
	return out
}

// statisticsSum is the sum of one total; false when the total or all of its parts are
// not printed.
func statisticsSum(rows []Statistic, at map[string]int, codes []string) (in Instance, ok bool) {
	total, printed := at[codes[0]]
	if !printed {
		return in, false
	}
	in.LHS = []Cell{rows[total].Cell}
	first, last := total, total
	for _, code := range codes[1:] {
		i, printed := at[code]
		if !printed {
			in.RHS = append(in.RHS, Cell{State: Absent})
			continue
		}
		ok = true
		in.RHS = append(in.RHS, rows[i].Cell)
		first, last = min(first, i), max(last, i)
	}
	for i := first; i < len(rows) && (i <= last || rows[i].Item == ""); i++ {
		if rows[i].Item == "" {
			in.RHS = append(in.RHS, Cell{State: Absent})
		}
	}
	return in, ok
}
