package report

// cells2 are the cells of table 2 by item and measure. Only printed ones are there.
func cells2(r *Report) map[[2]string]Cell {
	cells := make(map[[2]string]Cell, len(r.Disclosure))
	for _, d := range r.Disclosure {
		cells[[2]string{d.Item, d.Measure}] = d.Cell
	}
	return cells
}

// printed is a cell of table 2; one that is not printed has no number.
func printed(cells map[[2]string]Cell, item, measure string) Cell {
	if c, ok := cells[[2]string{item, measure}]; ok {
		return c
	}
	return Cell{State: Absent}
}

// disclosedInstances are the rows of documents of the 2019 form that a table prints.
func disclosedInstances(r *Report) []Instance {
	cells := cells2(r)
	var out []Instance
	for _, item := range []string{"reg", "norm", "other_doc"} {
		total, fresh := printed(cells, item, "disclosed_total"), printed(cells, item, "newly_disclosed")
		if total.State == Absent && fresh.State == Absent {
			continue
		}
		out = append(out, Instance{Place: "t2." + item, LHS: []Cell{total}, RHS: []Cell{fresh}})
	}
	return out
}
