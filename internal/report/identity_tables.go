package report

// rows3 returns the rows of table 3 by code. Only printed rows are there.
func rows3(r *Report) map[string]*Application {
	rows := make(map[string]*Application, len(r.Applications))
	for i := range r.Applications {
		rows[r.Applications[i].Item] = &r.Applications[i]
	}
	return rows
}

// column picks column j of the named rows; a row that is not printed counts as a
// cell without a number, so that nothing is taken for granted.
func column(rows map[string]*Application, j int, codes ...string) []Cell {
	cells := make([]Cell, 0, len(codes))
	for _, code := range codes {
		if row := rows[code]; row != nil {
			cells = append(cells, row.Cells[j])
		} else {
			cells = append(cells, Cell{State: Absent})
		}
	}
	return cells
}

func flowInstances(r *Report) []Instance {
	if len(r.Applications) == 0 {
		return nil
	}
	rows := rows3(r)
	var out []Instance
	for j, c := range Applicants {
		out = append(out, Instance{
			Place: "t3." + c.Code,
			LHS:   column(rows, j, "received_new", "received_carried_in"),
			RHS:   column(rows, j, "processed_total", "carried_forward"),
		})
	}
	return out
}

func outcomeInstances(r *Report) []Instance {
	if len(r.Applications) == 0 {
		return nil
	}
	rows := rows3(r)
	codes := outcomeCodes(rows)
	var out []Instance
	for j, c := range Applicants {
		out = append(out, Instance{
			Place: "t3." + c.Code,
			LHS:   column(rows, j, "processed_total"),
			RHS:   column(rows, j, codes...),
		})
	}
	return out
}

// outcomeCodes are the rows that add up to the processed total: all outcome rows,
// with （六）其他处理 as the three rows of 2021 or the single row of 2019,
// whichever the table prints.
func outcomeCodes(rows map[string]*Application) []string {
	single := rows["other_total"] != nil
	var codes []string
	for _, row := range ApplicationRows {
		switch row.Code {
		case "received_new", "received_carried_in", "processed_total", "carried_forward":
		case "other_no_correction", "other_fee_unpaid", "other_misc":
			if !single {
				codes = append(codes, row.Code)
			}
		case "other_total":
			if single {
				codes = append(codes, row.Code)
			}
		default:
			codes = append(codes, row.Code)
		}
	}
	return codes
}

func applicantInstances(r *Report) []Instance {
	var out []Instance
	for i := range r.Applications {
		row := &r.Applications[i]
		out = append(out, Instance{Place: "t3." + row.Item, LHS: row.Cells[6:7], RHS: row.Cells[:6]})
	}
	return out
}

func disputeInstances(r *Report) []Instance {
	var out []Instance
	for i := range r.Disputes {
		row := &r.Disputes[i]
		out = append(out, Instance{Place: "t4." + row.Route, LHS: row.Cells[4:5], RHS: row.Cells[:4]})
	}
	return out
}
