package extract

import (
	"fmt"
	"slices"
	"strings"

	"crawl/internal/report"
)

func blankRow(n int) []td {
	out := make([]td, n)
	for i := range out {
		out[i] = word("", 1, 1)
	}
	return out
}

func hasFact(row []td) bool {
	return slices.ContainsFunc(row, func(c td) bool { return c.fact != nil })
}

// whole3: table 3 is one grid in its official shape.
func whole3(p *paper) bool { return p.t3 != nil && len(p.t3.tables) == 1 && len(p.t3.tables[0]) >= 26 }

func whole4(p *paper) bool { return p.t4 != nil && len(p.t4.tables) == 1 }

func whole2(p *paper) bool { return p.t2 != nil && len(p.t2.tables) == 1 }

// shapes are the ways of cutting, joining and spanning tables.
var shapes = []mess{
	{"a head whose spans disagree with its rows", whole3, func(p *paper) {
		s := p.t3.tables[0]
		s[0][1].cols = 8
		s[1][0].rows, s[1][0].cols = 1, 2
		s[2] = append([]td{word("", 1, 1)}, s[2]...)
		s[2][1].cols = 2
		for _, row := range s[3:] {
			if len(row) >= 7 {
				row[len(row)-6].cols = 2
			}
		}
	}},
	{"block labels again after a page break", whole3, func(p *paper) {
		s := p.t3.tables[0]
		if c, r := s.starting("三、"), s.rowOf("（四）"); c != nil && r > 0 {
			c.rows = 10
			s[r] = append([]td{word("三、本年度办理结果", len(s)-r-1, 1)}, s[r]...)
		}
	}},
	{"a group's label again in the middle of its block", whole3, func(p *paper) {
		s := p.t3.tables[0]
		if c, r := s.starting("（三）"), s.rowOf("5.属于三类"); c != nil && r > 0 {
			c.rows = 4
			s[r] = append([]td{{key: "（三）", lines: []string{"（三）", "不予公开"}, rows: 4, cols: 1}}, s[r]...)
		}
	}},
	{"a group's label in every row of its block", whole3, func(p *paper) {
		s := p.t3.tables[0]
		for _, group := range []string{"（三）不予公开", "（四）无法提供", "（五）不予处理"} {
			c, r := s.starting(group), s.rowOf(group)
			if c == nil || r < 0 {
				continue
			}
			n := c.rows
			c.rows = 1
			for k := r + 1; k < len(s) && n > 1; k++ {
				if !hasFact(s[k]) { // a head printed again
					continue
				}
				n--
				s[k] = append([]td{word(group, 1, 1)}, s[k]...)
			}
		}
	}},
	{"the block's label in no cell of its own", whole3, func(p *paper) {
		s := p.t3.tables[0]
		if r := s.rowOf("三、本年度"); r > 0 && len(s[r]) > 1 {
			s[r] = s[r][1:]
			for k := r; k < len(s)-1; k++ {
				for i := range s[k] {
					if s[k][i].fact == nil {
						s[k][i].cols++
						break
					}
				}
			}
		}
	}},
	{"each block of table 2 a table of its own", whole2, func(p *paper) {
		s := p.t2.tables[0]
		var parts []sheet
		for r := range s {
			if strings.HasPrefix(s[r][0].key, "第二十条") {
				parts = append(parts, nil)
			}
			if len(parts) == 0 {
				parts = append(parts, nil)
			}
			parts[len(parts)-1] = append(parts[len(parts)-1], s[r])
		}
		p.t2.tables = parts
	}},
	{"articles of table 2 without a row of their own", whole2, func(p *paper) {
		s := p.t2.tables[0]
		p.t2.tables[0] = slices.DeleteFunc(s, func(row []td) bool { return strings.HasPrefix(row[0].key, "第二十条") })
	}},
	{"table 3 cut in two, the head not repeated", whole3, func(p *paper) {
		s := p.t3.tables[0]
		cut := 6 + p.rng.IntN(len(s)-8)
		p.t3.tables = []sheet{s[:cut:cut], s[cut:]}
	}},
	{"table 3 cut in two, the head repeated", whole3, func(p *paper) {
		s := p.t3.tables[0]
		cut := 6 + p.rng.IntN(len(s)-8)
		p.t3.tables = []sheet{s[:cut:cut], append(s[:3:3].clone(), s[cut:]...)}
	}},
	{"a page number between two halves of a table", whole3, func(p *paper) {
		s := p.t3.tables[0]
		cut := 6 + p.rng.IntN(len(s)-8)
		p.t3.tables = []sheet{s[:cut:cut], s[cut:]}
		p.t3.between = "<p>— 4 —</p>"
	}},
	{"the head of table 3 again on the next page", whole3, func(p *paper) {
		s := p.t3.tables[0]
		p.t3.tables[0] = slices.Concat(s[:14:14], s[:3].clone(), s[14:])
	}},
	{"stray empty rows after the values", since2019, func(p *paper) {
		for _, sec := range p.official() {
			last := len(sec.tables) - 1
			if last < 0 {
				continue
			}
			sec.tables[last] = append(sec.tables[last], blankRow(5+p.rng.IntN(11)), blankRow(1))
		}
	}},
	{"empty rows between", nil, func(p *paper) {
		for _, sec := range p.official() {
			if len(sec.tables) == 0 {
				continue
			}
			t := sec.tables[0]
			sec.tables[0] = slices.Insert(t, min(len(t)-1, 1+p.rng.IntN(len(t))), blankRow(3+p.rng.IntN(8)))
		}
	}},
	{"row spans that count wrong", since2019, func(p *paper) {
		for _, prefix := range []string{"三、", "（三）", "（五）"} {
			for _, s := range p.t3.tables {
				if c := s.starting(prefix); c != nil {
					c.rows = max(1, c.rows-1-p.rng.IntN(2))
				}
			}
		}
	}},
	{"row spans longer than the table", since2019, func(p *paper) {
		for _, s := range p.t3.tables {
			if c := s.starting("三、"); c != nil {
				c.rows = 99
			}
		}
	}},
	{"columns of table 3 in another order", whole3, func(p *paper) {
		if row := p.t3.tables[0][1]; row[len(row)-1].key != "总计" {
			return
		}
		for _, row := range p.t3.tables[0] {
			n := len(row)
			head := n >= 5 && slices.ContainsFunc(row, func(c td) bool { return c.key == "科研机构" })
			switch {
			case n >= 8 && row[n-1].fact != nil:
				row[n-5], row[n-4] = row[n-4], row[n-5]
			case head:
				row[n-4], row[n-3] = row[n-3], row[n-4]
			}
		}
	}},
	{"the total's column first", whole3, func(p *paper) {
		for _, row := range p.t3.tables[0] {
			n := len(row)
			switch {
			case n >= 8 && row[n-1].fact != nil:
				total := row[n-1]
				copy(row[n-6:], row[n-7:n-1])
				row[n-7] = total
			case n == 3 && row[2].key == "总计":
				row[0], row[1], row[2] = row[2], row[0], row[1]
			}
		}
	}},
	{"columns of table 2 in another order", whole2, func(p *paper) {
		for _, row := range p.t2.tables[0] {
			if len(row) == 4 && row[1].cols == 1 && row[3].cols == 1 {
				row[1], row[3] = row[3], row[1]
			}
		}
	}},
	{"rows of table 2's blocks in another order", whole2, func(p *paper) {
		s := p.t2.tables[0]
		if a, b := s.rowOf("行政处罚"), s.rowOf("行政强制"); a > 0 && b == a+1 {
			s[a], s[b] = s[b], s[a]
		}
	}},
	{"a wide cell printed as three of which one is filled", has2021, func(p *paper) {
		for _, s := range p.t2.tables {
			for r, row := range s {
				if last := len(row) - 1; last == 1 && row[1].fact != nil && row[1].cols == 3 {
					one := row[1]
					one.cols = 1
					s[r] = append(row[:1:1], blankRow(3)...)
					s[r][1+p.rng.IntN(3)] = one
				}
			}
		}
	}},
	{"every number two columns wide", since2019, func(p *paper) {
		for _, sec := range []*section{p.t3, p.t4} {
			for _, t := range sec.tables {
				t.each(func(c *td) { c.cols *= 2 })
			}
		}
	}},
	{"the section's heading in the table's first row", whole4, func(p *paper) {
		t := p.t4.tables[0]
		p.t4.tables[0] = slices.Insert(t, 0, []td{word("四、政府信息公开行政复议、行政诉讼情况", 1, 15)})
	}},
	{"a unit of counting over the table: 单位：件", since2019, func(p *paper) {
		p.t3.before = append(p.t3.before, "单位：件")
		p.t4.before = append(p.t4.before, "（单位：件）")
	}},
	{"a note under the table", nil, func(p *paper) {
		for _, sec := range p.official() {
			sec.after = append(sec.after, "注：以上数据统计至12月31日，共3项。")
		}
	}},
	{"a note in the table's last row", whole3, func(p *paper) {
		last := len(p.t3.tables) - 1
		p.t3.tables[last] = append(p.t3.tables[last], []td{word("注：统计截至12月31日。", 1, 10)})
		p.want.findings["cell_unclaimed"] = true
	}},
	{"the three tables in one", func(p *paper) bool { return whole3(p) && whole2(p) && len(p.t4.tables) == 1 }, func(p *paper) {
		if t := p.t4.tables[0]; strings.HasPrefix(t[0][0].key, "四、") { // its heading cannot stand in section two
			p.t4.tables[0] = t[1:]
		}
		p.t2.tables = []sheet{slices.Concat(p.t2.tables[0], p.t3.tables[0], p.t4.tables[0])}
		p.t3.tables, p.t4.tables = nil, nil
		p.t3.after, p.t4.after = append(p.t3.after, "见上表。"), append(p.t4.after, "见上表。")
		p.want.findings["table_missing"] = true
	}},
	{"rows hidden that a program would fill", nil, func(p *paper) {
		for _, sec := range p.official() {
			for i, t := range sec.tables {
				again := t[len(t)-1:].clone()
				again.each(func(c *td) {
					c.hidden = true
					if c.fact != nil {
						c.markup = "9999"
					}
				})
				sec.tables[i] = append(t, again...)
			}
		}
	}},
	{"a row printed twice the same", whole3, func(p *paper) {
		s := p.t3.tables[0]
		r := s.rowOf(pick(p.rng, "一、本年新收", "二、上年结转", "四、结转"))
		p.t3.tables[0] = slices.Insert(s, r, s[r:r+1].clone()...)
	}},
	{"a caption wider than its table", whole2, func(p *paper) {
		p.t2.tables[0].each(func(c *td) {
			if strings.HasPrefix(c.key, "第二十条") {
				c.cols = 99
			}
		})
	}},
	{"rows of the form not printed", whole3, func(p *paper) {
		s := p.t3.tables[0]
		for _, prefix := range []string{"2.重复申请", "3.要求提供"} {
			if r := s.rowOf(prefix); r > 0 {
				for _, c := range s[r] {
					if c.fact != nil {
						delete(p.want.facts, c.fact.name)
					}
				}
				s = slices.Delete(s, r, r+1)
			}
		}
		for _, prefix := range []string{"（五）", "三、"} {
			if c := s.starting(prefix); c != nil && c.rows > 3 {
				c.rows -= 2
			}
		}
		p.t3.tables[0] = s
		p.want.findings["row_missing"] = true
	}},
	{"a row of a province's own", before2019, func(p *paper) {
		t := p.st.tables[0]
		row := []td{word("其他需要统计的便民服务事项数", 1, 1), word("件", 1, 1)}
		for _, period := range []string{"year", "cumulative"}[:len(t[0])-2] {
			f := p.want.add(drawOf(p.rng, statName("", row[0].key)+"."+period, count))
			f.unit = "件"
			row = append(row, value(f, 1))
		}
		p.st.tables[0] = append(t, row)
	}},
	{"a column of codes: 01, 02", before2019, func(p *paper) {
		t := p.st.tables[0]
		n := 0
		for r := range t {
			c := word("代码", 1, 1)
			if r > 0 && !hasFact(t[r]) {
				c = word("", 1, 1)
			} else if r > 0 {
				n++
				c = word(fmt.Sprintf("%02d", n), 1, 1)
			}
			c.hidden = len(t[r]) > 0 && t[r][0].hidden
			t[r] = slices.Insert(t[r], 1, c)
		}
	}},
	{"a column of running numbers in front", before2019, func(p *paper) {
		t := p.st.tables[0]
		for r := range t {
			c := word("序号", 1, 1)
			if r > 0 {
				c = word(fmt.Sprint(r), 1, 1)
			}
			c.hidden = len(t[r]) > 0 && t[r][0].hidden
			t[r] = slices.Insert(t[r], 0, c)
		}
	}},
}

// ambiguous are the shapes after which whole rows or tables cannot be told.
var ambiguous = []mess{
	{"a table printed twice with other numbers", since2019, func(p *paper) {
		table := pick(p.rng, "t2", "t3", "t4")
		s := map[string]*section{"t2": p.t2, "t3": p.t3, "t4": p.t4}[table]
		if len(s.tables) != 1 || s.tables[0].starting("自然人") != nil && table != "t3" {
			return
		}
		again, filled := s.tables[0].clone(), false
		again.each(func(c *td) { filled = filled || c.fact != nil && c.fact.state == report.Number })
		if !filled { // an empty form beside a filled one
			return
		}
		p.want.losesAll(table + ".")
		again.each(func(c *td) {
			if c.fact != nil {
				c.lines, c.markup = []string{"7" + fmt.Sprint(p.rng.IntN(1e6))}, ""
			}
		})
		s.tables = append(s.tables, again)
	}},
	{"a column of which nobody knows what it is", whole3, func(p *paper) {
		s := p.t3.tables[0]
		for i, row := range s {
			n := len(row)
			switch {
			case hasFact(row):
				s[i] = slices.Insert(row, n-1, word("3", 1, 1))
			case slices.ContainsFunc(row, func(c td) bool { return c.key == "科研机构" }):
				s[i] = append(row, word("外国公民", 1, 1))
			}
		}
		if c := s.starting("法人"); c != nil {
			c.cols++
		}
		p.want.losesAll("t3.")
	}},
	{"pictures in place of a table", whole3, func(p *paper) {
		p.want.losesAll("t3.")
		p.want.forms["t3"] = ""
		p.want.findings["table_is_image"] = true
		p.t3.tables = nil
		p.t3.wrap = nil
		p.t3.after = append(p.t3.after, "")
		p.page = append(p.page, func(page string) string {
			return strings.Replace(page, "三、收到和处理政府信息公开申请情况</", `三、收到和处理政府信息公开申请情况<img src="/t3.png"></`, 1)
		})
		delete(p.want.forms, "t4")
	}},
	{"nothing under a section's heading", whole4, func(p *paper) {
		p.want.losesAll("t4.")
		p.want.forms["t4"] = ""
		p.want.findings["table_missing"] = true
		p.t4.tables = nil
	}},
}
