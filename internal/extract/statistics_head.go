package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"crawl/internal/report"
)

// columnRole is what a column of a statistical table holds.
type columnRole int

const (
	roleUnknown columnRole = iota
	roleLabel
	roleUnit
	roleNumber // numbers the rows
	roleRemark // 备注, and comparisons with another year
	roleYear   // the figure of the year reported on
	roleSince  // the figure since the Regulation came into force
	rolePeriod // 本期实际: the period the form was filled in for, see settle
)

// columnHeads say what the columns under each printed label hold. Two periods are
// never mixed up: 本年累计 adds up the months of one year and so is the year's
// figure, 历年累计 adds up the years. A bare 累计 may be either and is not listed.
// 年末统计 is what was counted at the end of the year.
var columnHeads = map[string]columnRole{
	"统计指标": roleLabel, "指标名称": roleLabel, "统计指标名称": roleLabel, "指标": roleLabel, "指标项目": roleLabel,
	"统计项目": roleLabel, "项目名称": roleLabel, "项目": roleLabel, "统计内容": roleLabel, "指标内容": roleLabel, "内容": roleLabel,
	"名称": roleLabel, "统计名称": roleLabel, "类别": roleLabel, "统计类别": roleLabel,

	"单位": roleUnit, "计量单位": roleUnit, "计数单位": roleUnit, "统计单位": roleUnit, "数量单位": roleUnit,

	"序号": roleNumber, "代码": roleNumber, "编号": roleNumber, "行次": roleNumber, "行号": roleNumber, "指标代码": roleNumber,
	"项目代码": roleNumber,

	"备注": roleRemark, "说明": roleRemark, "增减": roleRemark, "同比": roleRemark, "同比增减": roleRemark, "同比增长": roleRemark,
	"增长率": roleRemark, "占比": roleRemark, "比例": roleRemark, "上年": roleRemark, "上年数": roleRemark, "上年度": roleRemark,
	"去年": roleRemark, "上年同期": roleRemark, "去年同期": roleRemark,

	"统计数": roleYear, "统计数据": roleYear, "统计数字": roleYear, "统计数量": roleYear, "统计结果": roleYear, "统计值": roleYear,
	"数量": roleYear, "数值": roleYear, "数据": roleYear, "数": roleYear, "数目": roleYear, "统计": roleYear,
	"本年": roleYear, "本年度": roleYear, "年度": roleYear, "年度数": roleYear, "年度统计": roleYear, "本年数": roleYear,
	"本年度数": roleYear, "本年实际": roleYear, "本年累计": roleYear, "本年累计数": roleYear, "本年度累计": roleYear, "年度累计": roleYear,
	"当年": roleYear, "当年数": roleYear, "全年": roleYear, "全年数": roleYear, "全年累计": roleYear,
	"年末统计": roleYear, "年终统计": roleYear, "年末数": roleYear, "年末统计数": roleYear,

	"历年累计": roleSince, "历年累计数": roleSince, "历年": roleSince, "历年总计": roleSince, "历年合计": roleSince, "总累计": roleSince,

	"本期实际": rolePeriod, "本期": rolePeriod, "本期数": rolePeriod, "本期实际数": rolePeriod,
}

// yearHead is a label that names the year: 2018年度, 2016年统计数.
var yearHead = regexp.MustCompile(`^(20\d\d)年?度?(112月)?(统计|累计|全年|实际)?(数|数量|数据|情况)?$`)

// statisticsColumn is one column of a head.
type statisticsColumn struct {
	role     columnRole
	label    string
	from, to int    // grid columns of its label
	period   string // of the figures in it; "" if it has none that are read
}

// columnGroup is one set of columns that begins with labels; wide tables print two
// sets side by side.
type columnGroup struct {
	from, to int // grid columns
	numbers  int // labels begin here, behind a column that numbers the rows
	values   int // first grid column behind the labels
	columns  []statisticsColumn
}

// sinceHead is a label, folded, of figures since the Regulation came into force on
// 2008-05-01, in words that can mean no single year: 累计（自2008年5月1日起）.
var sinceHead = regexp.MustCompile(`(自|从)?2008年(5月(1日)?)?(起|以来|开始|至今)|条例(正式)?(施行|实施)以来|^历年`)

// headRole says what the column under a label holds; year is the report's, 0 if unknown.
func headRole(text string, year int) columnRole {
	key := fold(withoutBrackets(text))
	if role, ok := columnHeads[key]; ok {
		return role
	}
	var m []string
	if strings.HasPrefix(key, "20") {
		m = yearHead.FindStringSubmatch(key)
	}
	if m == nil && strings.Contains(key, "累计") && sinceHead.MatchString(fold(text)) {
		return roleSince
	}
	if m == nil {
		return roleUnknown
	}
	if n, err := strconv.Atoi(m[1]); err == nil && year != 0 && n != year {
		return roleUnknown // another year's figure
	}
	return roleYear
}

// statisticsHeadRow: a row of labels for a label column and a column of figures.
func statisticsHeadRow(g *Grid, cells []int) bool {
	label, figures := false, false
	for _, i := range cells {
		if g.Cells[i].Text == "" {
			continue
		}
		switch headRole(g.Cells[i].Text, 0) {
		case roleLabel:
			label = true
		case roleYear, roleSince, rolePeriod:
			figures = true
		}
	}
	return label && figures
}

// namesIndicators: the head names indicators, or a unit for each, as hardly any other
// table on such a page does; with words given, one of its labels is among them.
func namesIndicators(g *Grid, cells []int, words ...string) bool {
	return slices.ContainsFunc(cells, func(i int) bool {
		key := fold(g.Cells[i].Text)
		if len(words) > 0 {
			return slices.Contains(words, key)
		}
		return strings.Contains(key, "指标") || headRole(g.Cells[i].Text, 0) == roleUnit
	})
}

// readStatisticsHead reads the head in a row, and its second row where a wide label
// is split below. It returns the row behind the head.
func readStatisticsHead(p *part, row, year int, r *report.Report) (groups []columnGroup, next int) {
	g := p.grid
	cells := p.rows[row]
	next = row + 1
	if next < p.to && secondHeadRow(g, p.rows[next]) {
		cells = splitHeads(g, cells, p.rows[next])
		next++
	}
	for k, i := range cells {
		c := &g.Cells[i]
		role := headRole(c.Text, year)
		if c.Text == "" && len(groups) == 0 {
			role = roleLabel
		}
		opens := role == roleLabel || role == roleNumber && k+1 < len(cells) && headRole(g.Cells[cells[k+1]].Text, year) == roleLabel
		last := len(groups) - 1
		if last < 0 || opens && len(groups[last].columns) > 0 && figures(groups[last].columns) {
			if last >= 0 {
				groups[last].to = c.Col
			}
			groups = append(groups, columnGroup{from: c.Col, to: g.Cols, numbers: c.Col, values: c.Col})
			last++
		}
		group := &groups[last]
		end := c.Col + c.ColSpan
		switch {
		case role == roleLabel:
			group.values = end
			continue
		case role == roleNumber && group.values == group.numbers:
			group.numbers, group.values = end, end
			continue
		case c.Text == "":
			continue
		}
		group.columns = append(group.columns, statisticsColumn{role: role, label: c.Text, from: c.Col, to: end})
	}
	for i := range groups {
		groups[i].settle(r)
	}
	return groups, next
}

// ambiguous: an empty cell too many in a row could have shifted its figures.
func (c *columnGroup) ambiguous() bool {
	n := 0
	for _, col := range c.columns {
		if col.role != roleUnit && col.role != roleNumber && col.role != roleRemark {
			n++
		}
	}
	return n > 1
}

func figures(columns []statisticsColumn) bool {
	for _, c := range columns {
		if c.role == roleYear || c.role == roleSince || c.role == rolePeriod {
			return true
		}
	}
	return false
}

// secondHeadRow: nothing but labels of columns of figures.
func secondHeadRow(g *Grid, cells []int) bool {
	n := 0
	for _, i := range cells {
		if g.Cells[i].Text == "" {
			continue
		}
		switch headRole(g.Cells[i].Text, 0) {
		case roleYear, roleSince, rolePeriod:
			n++
		default:
			return false
		}
	}
	return n > 0
}

// splitHeads puts the labels of the second row in place of the one they stand under.
func splitHeads(g *Grid, cells, below []int) []int {
	var out []int
	for _, i := range cells {
		c := &g.Cells[i]
		n := len(out)
		for _, j := range below {
			if b := &g.Cells[j]; b.Col >= c.Col && b.Col < c.Col+c.ColSpan && b.Text != "" {
				out = append(out, j)
			}
		}
		if len(out) == n {
			out = append(out, i)
		}
	}
	return out
}

// settle decides the periods. 本期实际 is the year's figure where it stands alone; beside
// 本年累计 it may be that of a shorter period and is only compared with it. Two columns
// for the same period cannot be told apart and are not read.
func (c *columnGroup) settle(r *report.Report) {
	count := map[columnRole]int{}
	for _, col := range c.columns {
		count[col.role]++
	}
	for i := range c.columns {
		col := &c.columns[i]
		if col.role == rolePeriod && count[roleYear] == 0 && count[rolePeriod] == 1 {
			col.role = roleYear
		}
		if col.role == roleSince && count[roleYear]+count[rolePeriod] == 0 { // no form counts the years without the year
			col.role = roleUnknown
		}
		twice := (col.role == roleYear || col.role == roleSince) && count[col.role] > 1
		switch {
		case twice:
			col.role = roleUnknown
			find(r, "column_unread", "statistics", report.NotTestable,
				fmt.Sprintf("more than one column is for the same period: %q", brief(col.label)))
		case col.role == roleYear:
			col.period = "year"
		case col.role == roleSince:
			col.period = "cumulative"
		case col.role == roleUnknown:
			find(r, "column_unread", "statistics", report.NotTestable,
				fmt.Sprintf("the column %q is not known to be for the year reported on", brief(col.label)))
		}
	}
}
