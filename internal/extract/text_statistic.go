package extract

import (
	"regexp"
	"slices"
	"strings"

	"crawl/internal/report"
)

// Columns of the statistical tables before 2019. Their rows differ from province
// to province, so that their head and their units tell them, not their labels.
var (
	statisticLabelHead = regexp.MustCompile(`^(统计|具体)?(指标|项目)(名称)?$|^(统计|指标)内容$`)
	statisticUnitHead  = regexp.MustCompile(`^(计量|统计)?单位$`)
	statisticCodeHead  = regexp.MustCompile(`^(代码|编号|序号)$`)
	statisticValueHead = regexp.MustCompile(`^(统计数|统计数据|统计数量|数量|数据|数值|合计|本期实际|本年累计|历年累计|累计|年末统计|本年度|(20\d\d)?年度?(统计)?(数据?|数量)?|(20\d\d)年)$`)
	statisticUnit      = regexp.MustCompile(`^[(（]?(条|件|次|篇|个|人|人次|万元|元|份|项|批次|场|场次|册|期|部|家|户)[)）]?$`)
	statisticBlock     = regexp.MustCompile(`^[一二三四五六七八九十]{1,2}[、.．]`)
	statisticPart      = regexp.MustCompile(`^([(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]|其中)`)
	statisticCode      = regexp.MustCompile(`^\d{1,3}$`)
)

// fewestStatistics is how many rows with a unit make a statistical table.
const fewestStatistics = 3

// cellAt is a cell of a line of text.
type cellAt struct {
	text  string
	line  int
	first bool // in its line
	end   bool // last in its line
}

// statisticSpans finds statistical tables printed as text.
func statisticSpans(run []Block, lines []textLine) []textSpan {
	var cells []cellAt
	for n, l := range lines {
		for k, c := range l.cells {
			cells = append(cells, cellAt{c, n, k == 0, k == len(l.cells)-1})
		}
	}
	var out []textSpan
	for i := 0; i < len(cells); {
		columns, n := statisticHead(cells[i:])
		if n == 0 && i > 0 && lines[cells[i].line].ruled && cells[i-1].first && rowNumberHeads[fold(cells[i-1].text)] {
			head := slices.Clone(cells[i:min(len(cells), i+6)])
			head[0].first = true // behind the numbers of the rows
			columns, n = statisticHead(head)
		}
		if n > 0 && i > 0 && !lines[cells[i].line].ruled && rowNumberHeads[fold(cells[i-1].text)] {
			n = 0 // the numbers of the rows cannot be told from values
		}
		if n == 0 {
			i++
			continue
		}
		start := lines[cells[i].line]
		var rows []textRow
		var end int
		if start.ruled {
			rows, end = ruledStatistics(lines, cells[i].line)
			for n = 0; i+n < len(cells) && cells[i+n].line < end; n++ {
			}
		} else {
			var taken int
			rows, taken = looseStatistics(run, lines, cells[i:], columns, n)
			n = max(n, taken)
			end = cells[i+n-1].line + 1
		}
		if len(rows) > fewestStatistics && onDisclosure(rows) {
			out = append(out, textSpan{table: "statistics", first: start.block, last: lines[end-1].last, rows: rows})
		}
		i += max(n, 1)
	}
	return out
}

var statisticMatter = regexp.MustCompile(`公开|申请|答复|复议|诉讼|申诉|举报`)

// onDisclosure: most rows count what the regulation on disclosure speaks of; other
// lists with units (purchases, projects) stay text.
func onDisclosure(rows []textRow) bool {
	n := 0
	for _, row := range rows {
		if len(row.labels) > 0 && statisticMatter.MatchString(fold(strings.Join(row.labels, ""))) {
			n++
		}
	}
	return n >= fewestStatistics
}

// statisticHead reads a head: the kinds of the columns behind the label (u unit, c
// code, v value), and how many cells it takes. It begins a line.
func statisticHead(cells []cellAt) (columns string, n int) {
	const longest = 6 // characters
	if !cells[0].first || hanCount(cells[0].text, longest+1) > longest || !statisticLabelHead.MatchString(fold(cells[0].text)) {
		return "", 0
	}
	for n = 1; n < len(cells) && n <= 5; n++ {
		switch key := fold(cells[n].text); {
		case statisticUnitHead.MatchString(key):
			columns += "u"
		case statisticCodeHead.MatchString(key):
			columns += "c"
		case statisticValueHead.MatchString(key):
			columns += "v"
		case key == "备注", key == "说明": // its texts cannot be told from labels
			return "", 0
		default:
			return checkedColumns(columns, n)
		}
	}
	return checkedColumns(columns, n)
}

func checkedColumns(columns string, n int) (string, int) {
	if strings.Count(columns, "u") != 1 || !strings.Contains(columns, "v") {
		return "", 0
	}
	return columns, n
}

// ruledStatistics takes the lines with borders from the head on as they are. Another
// head begins another table; the same once more stands behind a page break.
func ruledStatistics(lines []textLine, head int) (rows []textRow, end int) {
	for end = head; end < len(lines) && lines[end].ruled; end++ {
		if end > head && headsStatistics(lines[end]) && !slices.Equal(lines[end].cells, lines[head].cells) {
			break
		}
		rows = append(rows, textRow{labels: lines[end].cells})
	}
	return rows, end
}

// headsStatistics: the line is the head of a statistical table, with the numbers of its
// rows in front or without.
func headsStatistics(l textLine) bool {
	var cells []cellAt
	for _, text := range l.cells {
		cells = append(cells, cellAt{text: text, first: true})
	}
	if len(cells) > 1 && rowNumberHeads[fold(cells[0].text)] {
		cells = cells[1:]
	}
	if len(cells) == 0 {
		return false
	}
	_, n := statisticHead(cells)
	return n > 0
}

// looseStatistics reads rows without borders: the unit stands between label and
// values. A row that lacks some keeps what is printed, and its reader sees that it is
// short.
func looseStatistics(run []Block, lines []textLine, cells []cellAt, columns string, head int) (rows []textRow, taken int) {
	rows = []textRow{{known: true, labels: textsOf(cells[:head])}}
	values := strings.Count(columns, "v")
	var label []cellAt
	for i := head; i < len(cells); {
		if _, n := statisticHead(cells[i:]); n > 0 {
			break // another table
		}
		numbered := strings.HasPrefix(columns, "cu") && len(label) > 0 && statisticCode.MatchString(cells[i].text) &&
			i+1 < len(cells) && statisticUnit.MatchString(fold(cells[i+1].text)) // by its code
		if aside(cells[i].text) && !numbered { // — of a block's name, numbers of columns
			if headings, name := statisticLabel(label); name != "" {
				for _, h := range append(headings, name) {
					rows = append(rows, textRow{known: true, labels: []string{h}})
				}
				label = nil
			} else if n := len(rows); n == 1 || rows[n-1].promised > 0 {
				rows = append(rows, textRow{known: true})
			}
			last := &rows[len(rows)-1]
			last.labels = append(last.labels, cells[i].text)
			i++
			continue
		}
		if !statisticUnit.MatchString(fold(cells[i].text)) || len(label) == 0 {
			if prose(run[lines[cells[i].line].block].Text) && !statisticPart.MatchString(cells[i].text) || len(label) > mostParts {
				break
			}
			label = append(label, cells[i])
			i++
			continue
		}
		code := "" // in a column of its own between label and unit
		if last := label[len(label)-1].text; strings.HasPrefix(columns, "cu") && len(label) > 1 && statisticCode.MatchString(last) {
			code, label = last, label[:len(label)-1]
		}
		headings, name := statisticLabel(label)
		for _, h := range headings {
			rows = append(rows, textRow{known: true, labels: []string{h}})
		}
		row := textRow{labels: []string{name}, known: true}
		switch {
		case code != "":
			row.labels = append(row.labels, code)
		case strings.HasPrefix(columns, "cu"):
			row.labels = splitCode(name)
		}
		for _, c := range columns[strings.IndexByte(columns, 'u'):] {
			switch {
			case c == 'u', c == 'c' && i < len(cells) && statisticCode.MatchString(cells[i].text):
				row.labels = append(row.labels, cells[i].text)
				i++
			}
		}
		for i < len(cells) && (isValue(cells[i].text) || cells[i].line == cells[i-1].line || len(row.values) < values && hanCount(cells[i].text, 2) < 2 && !statisticPart.MatchString(cells[i].text)) { // readable or not
			row.values = append(row.values, cells[i].text)
			i++
		}
		row.values = withUnits(row.values)
		row.promised = values
		rows, label, taken = append(rows, row), nil, i
		if !cells[i-1].end { // the line goes on: not a table
			break
		}
	}
	completeRows(rows, false)
	return rows, taken
}

var columnName = regexp.MustCompile(`^[甲乙丙丁戊]$`)

// aside: the cell is neither label nor unit nor value, but names a column or stands
// for what a block's name has not.
func aside(text string) bool {
	r := readNumber(text, change)
	return columnName.MatchString(text) || r.state == report.Dash || r.state == report.Slash || r.state == report.Number
}

func splitCode(name string) []string {
	fields := strings.Fields(name)
	if n := len(fields); n > 1 && statisticCode.MatchString(fields[n-1]) {
		return []string{strings.Join(fields[:n-1], ""), fields[n-1]}
	}
	return []string{name}
}

func textsOf(cells []cellAt) []string {
	var out []string
	for _, c := range cells {
		out = append(out, c.text)
	}
	return out
}

// statisticLabel parts what stands in front of a unit into the names of blocks and
// the row's own label, which may be broken over lines.
func statisticLabel(cells []cellAt) (headings []string, label string) {
	if len(cells) == 0 {
		return nil, ""
	}
	var lines []string
	for i, c := range cells {
		if i > 0 && c.line == cells[i-1].line {
			lines[len(lines)-1] = joinLines([]string{lines[len(lines)-1], c.text})
			continue
		}
		lines = append(lines, c.text)
	}
	for n := range lines { // the longest that the form knows
		if joined := strings.Join(lines[n:], ""); statisticLabels[fold(joined)] {
			return lines[:n], joined
		}
	}
	from := len(lines) - 1
	for from > 0 && !statisticPart.MatchString(lines[from]) && !statisticBlock.MatchString(lines[from-1]) {
		from--
	}
	return lines[:from], strings.Join(lines[from:], "")
}

var statisticLabels = func() map[string]bool {
	out := map[string]bool{}
	for _, row := range report.StatisticRows {
		out[fold(row.Label)] = true
	}
	return out
}()
