package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"crawl/internal/report"
)

// statisticsReader reads a statistical table: rows by their labels, columns by the
// head.
type statisticsReader struct {
	form   string
	year   int // the report's, 0 if unknown
	ledger *ledger
	labels statisticsLabels
	r      *report.Report

	shorter int // rows whose figure for the form's period is not the year's
}

func readStatisticsTable(t *table, form string, r *report.Report) {
	s := &statisticsReader{form: form, year: r.Year, ledger: newLedger(t), labels: statisticsLabels{form: form, last: -1}, r: r}
	var groups []columnGroup
	for i := range t.parts {
		p := &t.parts[i]
		for row := p.from; row < p.to; {
			if statisticsHeadRow(p.grid, p.rows[row]) {
				again := len(groups) > 0
				found, next := readStatisticsHead(p, row, s.year, r)
				for _, cells := range p.rows[row:next] {
					s.ledger.claim(i, cells...)
				}
				if !again || len(found) != len(groups) {
					s.labels = statisticsLabels{form: form, last: -1}
				}
				groups, row = found, next
			} else if len(groups) == 0 {
				if groups = impliedHead(p); groups == nil {
					find(r, "head_unread", "statistics", report.NotTestable, "no column labels stand above the rows")
					return
				}
			}
			end := row
			for end < p.to && !statisticsHeadRow(p.grid, p.rows[end]) {
				end++
			}
			for k := range groups { // side by side: the left half first
				for at := row; at < end; at++ {
					s.row(i, p, at, &groups[k])
				}
			}
			row = end
		}
	}
	s.ledger.audit(r)
	if s.shorter > 0 {
		find(r, "period_unread", "statistics", report.NotTestable,
			fmt.Sprintf("a column is for a period that is not the year: %d of its figures are others than the year's", s.shorter))
	}
}

// formFooter: who filled the form in, whom to call, and notes below the table; no
// part of the statistics, and names are not kept.
var formFooter = regexp.MustCompile(`^(填报人|填表人|制表人|经办人|审核人|审签人|单位负责人|负责人|联系人|联系电话|填报单位|填报日期|填表日期|注|备注|说明)\s*[:：]|填报人|审核人|填表人`)

func (s *statisticsReader) row(part int, p *part, row int, group *columnGroup) {
	var cells []int
	for _, i := range p.rows[row] {
		if c := &p.grid.Cells[i]; c.Col >= group.from && c.Col < group.to {
			cells = append(cells, i)
		}
	}
	if emptyRow(p.grid, cells) || columnNames(p.grid, cells) || slices.ContainsFunc(cells, func(i int) bool { return formFooter.MatchString(p.grid.Cells[i].Text) }) {
		s.ledger.claim(part, cells...)
		return
	}
	if text, ok := onlyText(p.grid, cells); ok && (len(cells) == 1 || knownHeading.MatchString(text)) {
		s.heading(part, p, cells, text, group)
		return
	}
	s.ledger.claim(part, cells...)
	found, ok := placeStatistics(p, row, cells, group)
	if !ok {
		for _, i := range cells { // the row may open a block all the same
			text := p.grid.Cells[i].Text
			if ord, _ := splitOrdinal(text); ord.style == 'h' || blockOf(statisticsKey(text)) != "" {
				s.labels.heading(text)
			}
		}
		refuseRow(p, cells, "statistics", "the cells of the row do not fit the column labels", s.r)
		return
	}
	s.values(p, row, group, found)
}

// heading takes a row of one text. A label that should have a figure is reported, and
// so is, by the audit, a text that heads nothing.
func (s *statisticsReader) heading(part int, p *part, cells []int, text string, group *columnGroup) {
	last := &p.grid.Cells[cells[len(cells)-1]]
	block := blockOf(statisticsKey(text))
	wide := last.Col+last.ColSpan > group.values
	ord, _ := splitOrdinal(text)
	if statisticsItem(statisticsKey(text), s.labels.block) != "" && !(block != "" && wide) {
		s.labels.item(text, nil)
		s.ledger.claim(part, cells...)
		refuseRow(p, cells, "statistics", "no figure stands beside the label", s.r)
		return
	}
	if ord.style != 0 || block != "" || knownHeading.MatchString(text) {
		s.labels.heading(text)
		s.ledger.claim(part, cells...)
	}
}

// columnNames: the row under a head that names its columns 甲, 乙, 丙, 1, 2.
func columnNames(g *Grid, cells []int) bool {
	n := 0
	for _, i := range cells {
		switch text := g.Cells[i].Text; {
		case text == "":
		case n == 0 && text != "甲" && text != "A", utf8.RuneCountInString(text) > 1:
			return false
		default:
			n++
		}
	}
	return n > 1
}

// onlyText is the text of the only filled cell of a row, if it is no number.
func onlyText(g *Grid, cells []int) (string, bool) {
	text := ""
	for _, i := range cells {
		switch {
		case dashText.MatchString(g.Cells[i].Text): // no unit and no figure: ——
		case g.Cells[i].Image, text != "" && g.Cells[i].Text != "":
			return "", false
		case g.Cells[i].Text != "":
			text = g.Cells[i].Text
		}
	}
	text = joinLines(strings.Split(text, "\n"))
	return text, hanCount(text, 2) == 2
}

// values reads the figures of one row.
func (s *statisticsReader) values(p *part, row int, group *columnGroup, found statisticsRow) {
	label, item := s.name(found)
	unit := found.unit
	if unit == "" {
		if m := labelUnit.FindStringSubmatch(narrow(label)); m != nil {
			unit = m[1]
		}
	}
	if item == "" && unit == "" && found.blank(p, group) && (knownHeading.MatchString(label) || lastOrdinal(label) > 0) {
		s.labels.heading(label)
		return
	}
	name := item
	if name == "" {
		name = label
	}
	q := count
	if strings.HasSuffix(unit, "元") || strings.HasSuffix(item, "_wan") {
		q = money
	}
	year := ""
	for k, col := range group.columns {
		if col.period == "" {
			continue
		}
		entry := report.Statistic{Form: s.form, Item: item, Label: label, Period: col.period, Unit: unit}
		var read reading
		entry.Cell, read = readCell(p.grid, found.cells[k], q, "statistics", name, col.period, s.r)
		if read.unit != "" {
			entry.Unit = read.unit
		}
		if col.period == "year" {
			year = entry.Cell.Raw
		}
		s.add(entry)
	}
	for k, col := range group.columns {
		if raw := p.grid.Cells[found.cells[k]].Text; col.role == rolePeriod && raw != year {
			s.shorter++
		}
	}
}

// labelUnit is a unit in brackets at the end of a label: 收到申请数（件）.
var labelUnit = regexp.MustCompile(`\((?:单位:)?` + units + `\)[:]?$`)

// name is a row's label as printed, and its code.
func (s *statisticsReader) name(found statisticsRow) (label, item string) {
	label = strings.Join(found.labels, "")
	above := found.above
	if heading, own := cutHeading(label); own != "" && statisticsItem(statisticsKey(label), s.labels.block) == "" {
		s.labels.heading(heading)
		return label, s.labels.item(own, append(above, heading))
	}
	switch last := found.labels[len(found.labels)-1]; {
	case totals[fold(last)] && len(above) > 0: // 收到申请数 | 合计
		of := above[len(above)-1]
		return of + last, s.labels.item(of, above[:len(above)-1])
	case len(found.labels) > 1 && statisticsItem(statisticsKey(label), s.labels.block) == "": // a heading of one row beside its label
		return label, s.labels.item(last, append(above, found.labels[:len(found.labels)-1]...))
	}
	return label, s.labels.item(label, above)
}

// blockEnd is where the name of a block ends and a row's own label begins.
var blockEnd = regexp.MustCompile(`情况[:：]?\s*((?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|其中).*)$`)

// cutHeading parts a label that begins with the name of its block: 二、回应解读情况
// （一）…; both are empty for any other.
func cutHeading(label string) (heading, own string) {
	m := blockEnd.FindStringSubmatchIndex(label)
	if m == nil || statisticsItem(statisticsKey(label[m[2]:]), "") == "" {
		return "", ""
	}
	return label[:m[2]], label[m[2]:]
}

var totals = map[string]bool{"合计": true, "小计": true, "总计": true, "总数": true, "计": true, "总": true}

// add appends a figure. The same again, after a page break, says nothing new; two
// different figures under one code leave both with their labels only.
func (s *statisticsReader) add(entry report.Statistic) {
	for i := range s.r.Statistics {
		old := &s.r.Statistics[i]
		if old.Item != entry.Item || old.Period != entry.Period || old.Item == "" && old.Label != entry.Label {
			continue
		}
		if old.Cell.Raw == entry.Cell.Raw && old.Label == entry.Label && old.Unit == entry.Unit {
			return
		}
		if entry.Item != "" {
			find(s.r, "row_twice", "statistics."+entry.Item, report.Fail, "the row is printed twice with different cells; neither keeps the code")
			old.Item, entry.Item = "", ""
			break
		}
		if old.Cell.Raw != entry.Cell.Raw { // perhaps of two blocks: 其他
			find(s.r, "row_twice", "statistics."+entry.Label, report.NotTestable, "the label is printed twice with different cells")
			break
		}
	}
	s.r.Statistics = append(s.r.Statistics, entry)
}
