package extract

import (
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"crawl/internal/report"
)

// statisticsSheet is the table of 2014 with values that are all different.
func statisticsSheet() (s sheet, truth map[string]float64) {
	truth = map[string]float64{}
	s = sheet{{word("统计指标", 1, 1), word("单位", 1, 1), word("统计数", 1, 1)}}
	for i, row := range report.StatisticRows {
		v := float64(1000 + 7*i)
		truth[row.Code] = v
		s = append(s, []td{word(row.Label, 1, 1), word(row.Unit, 1, 1), value(newFact("st."+row.Code+".year", count, v), 1)})
	}
	return s, truth
}

func statisticsPage(s sheet) []byte {
	var b strings.Builder
	b.WriteString("<html><head><title>青潭县人民政府2016年政府信息公开工作年度报告</title></head><body><h1>青潭县人民政府2016年政府信息公开工作年度报告</h1><div id=zoom><p>一、概述</p><p>" +
		strings.Repeat("全年主动公开和依申请公开工作平稳有序开展，各项任务按期完成。", 20) + "</p><table>")
	for _, row := range s {
		b.WriteString("<tr>")
		for _, c := range row {
			fmt.Fprintf(&b, "<td rowspan=%d colspan=%d>%s</td>", c.rows, c.cols, html.EscapeString(strings.Join(c.lines, "")))
		}
		b.WriteString("</tr>")
	}
	b.WriteString("</table></div></body></html>")
	return []byte(b.String())
}

func readStatisticsSheet(t *testing.T, s sheet) *report.Report {
	t.Helper()
	r, err := Extract(exchange("http://www.qingtan.example/nb/201701/t20170120_1.html", statisticsPage(s)), Hint{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// statisticsFaults compares what was read with the truth: wrong counts values under a
// code that is not theirs, lost the codes without a value.
func statisticsFaults(r *report.Report, truth map[string]float64) (wrong, lost []string) {
	got := map[string]bool{}
	for _, s := range r.Statistics {
		if s.Cell.State == report.Number || s.Cell.State == report.Blank {
			got[s.Item] = true
		}
		if s.Item != "" && s.Cell.Value != nil && (*s.Cell.Value != truth[s.Item] || s.Period != "year") {
			wrong = append(wrong, fmt.Sprintf("%s: %s %v, want %v", s.Item, s.Period, *s.Cell.Value, truth[s.Item]))
		}
	}
	for code := range truth {
		if !got[code] {
			lost = append(lost, code)
		}
	}
	return wrong, lost
}

// Ways of printing the table that change nothing.
var statisticsHabits = []struct {
	name  string
	apply func(s sheet) sheet
}{
	{"as in the form", func(s sheet) sheet { return s }},
	{"a label column too wide for its rows", func(s sheet) sheet {
		s[0][0].cols = 2
		return s
	}},
	{"wide labels under a narrow head", func(s sheet) sheet {
		for _, row := range s[1:] {
			row[0].cols = 3
		}
		return s
	}},
	{"no units", func(s sheet) sheet {
		for i := range s {
			s[i] = slices.Delete(s[i], 1, 2)
		}
		return s
	}},
	{"units behind the figures", func(s sheet) sheet {
		for _, row := range s {
			row[1], row[2] = row[2], row[1]
		}
		return s
	}},
	{"units in merged cells", func(s sheet) sheet {
		for i := len(s) - 1; i > 1; i-- {
			if s[i][1].lines[0] == s[i-1][1].lines[0] {
				s[i-1][1].rows = s[i][1].rows + 1
				s[i] = slices.Delete(s[i], 1, 2)
			}
		}
		return s
	}},
	{"a column that numbers the rows", func(s sheet) sheet {
		for i := range s {
			number := word("序号", 1, 1)
			if i > 0 {
				number = word(fmt.Sprint(i), 1, 1)
			}
			s[i] = append([]td{number}, s[i]...)
		}
		return s
	}},
	{"an empty column at the end", func(s sheet) sheet {
		for i := range s {
			s[i] = append(s[i], word("", 1, 1))
		}
		return s
	}},
	{"remarks", func(s sheet) sheet {
		s[0] = append(s[0], word("备注", 1, 1))
		for i := range s[1:] {
			s[i+1] = append(s[i+1], word(strings.Repeat("含下属单位", i%2), 1, 1))
		}
		return s
	}},
	{"the figures since the Regulation beside them", func(s sheet) sheet {
		s[0][2] = word("2016年度", 1, 1)
		s[0] = append(s[0], word("历年累计", 1, 1))
		for i := range s[1:] {
			s[i+1] = append(s[i+1], word("", 1, 1)) // blanks: a number would be another period's
		}
		return s
	}},
}

func TestStatisticsHabits(t *testing.T) {
	for _, h := range statisticsHabits {
		t.Run(h.name, func(t *testing.T) {
			s, truth := statisticsSheet()
			r := readStatisticsSheet(t, h.apply(s))
			wrong, lost := statisticsFaults(r, truth)
			if len(wrong)+len(lost) > 0 {
				t.Errorf("wrong: %q, lost: %q", wrong, lost)
			}
			for _, f := range r.Findings {
				if structural[f.Rule] || f.Rule == "column_unread" {
					t.Errorf("false finding %s %s: %s", f.Rule, f.Place, f.Note)
				}
			}
		})
	}
}

// TestStatisticsDamage: a damaged table gives the truth, or no number and a finding.
func TestStatisticsDamage(t *testing.T) {
	for _, h := range statisticsHabits {
		for _, damage := range damages {
			if damage.consistent {
				continue
			}
			for seed := range uint64(5) {
				s, truth := statisticsSheet()
				s = damage.apply(rand.New(rand.NewPCG(seed, 5)), h.apply(s))
				r := readStatisticsSheet(t, s)
				wrong, lost := statisticsFaults(r, truth)
				for _, w := range wrong {
					t.Errorf("%s, %s, seed %d: %s", h.name, damage.name, seed, w)
				}
				if len(lost) > 0 && damage.name != "a row is lost" && !slices.ContainsFunc(r.Findings, func(f report.Finding) bool { return structural[f.Rule] }) {
					t.Errorf("%s, %s, seed %d: %q lost without a finding", h.name, damage.name, seed, lost)
				}
			}
		}
	}
}

// Tables of other matters on the page of a report are no statistics on disclosure.
func TestStatisticsOfOtherMatters(t *testing.T) {
	for _, rows := range [][][]string{
		{{"项目", "单位", "数量"}, {"网站总访问量", "次", "1530488"}, {"信息发布总数", "条", "2450"}, {"专栏专题数量", "个", "4"}, {"行政复议", "件", "3"}, {"行政诉讼", "件", "1"}},
		{{"单位名称", "主动公开信息数", "依申请公开数"}, {"县教育局", "48", "1"}, {"县财政局", "51", "0"}},
		{{"类别", "数量"}, {"机构职能", "12"}, {"规范性文件", "9"}, {"财政信息", "7"}, {"其他", "4"}},
		{{"事项", "2016年"}, {"行政许可", "12"}, {"行政处罚", "9"}},
	} {
		var s sheet
		for _, row := range rows {
			var cells []td
			for _, text := range row {
				cells = append(cells, word(text, 1, 1))
			}
			s = append(s, cells)
		}
		r := readStatisticsSheet(t, s)
		if len(r.Statistics) > 0 || r.FormStatistics != "" {
			t.Errorf("%q: taken as %s, %d figures", rows[0], r.FormStatistics, len(r.Statistics))
		}
	}
}

// Labels that reviews and suits share are theirs only within their blocks.
func TestStatisticsItem(t *testing.T) {
	for _, c := range []struct{ label, block, want string }{
		{"（二）被依法纠错数", "review", "review_corrected"},
		{"（二）被依法纠错数", "suit", "suit_corrected"},
		{"（二）被依法纠错数", "", ""},
		{"（一）维持具体行政行为数", "suit", "suit_upheld"},
		{"（一）维持具体行政行为或者驳回原告诉讼请求数", "review", ""},
		{"其中：1.政府网站公开数（条）", "", "ch_website"},
		{"（二）1.参加或举办新闻发布会总次数", "", "resp_press_conf"},
		{"3.信函、传真申请数", "", ""},
		{"3.否决公开答复数", "", ""},
		{"主动公开文件数", "", "active_disclosed"},
		{"4.不同意公开答复数", "", "rep_denied"},
		{"2.同意公开答复数", "", "rep_granted"},
		{"網絡申請數", "", "app_online"},
	} {
		if got := statisticsItem(statisticsKey(c.label), c.block); got != c.want {
			t.Errorf("%s in %q: %q, want %q", c.label, c.block, got, c.want)
		}
	}
}
