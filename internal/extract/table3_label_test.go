package extract

import (
	"fmt"
	"testing"

	"crawl/internal/report"
)

// TestApplicationLabels: what a cell of table 3 says about its row, in the block it
// stands in.
func TestApplicationLabels(t *testing.T) {
	for _, c := range []struct{ group, text, code string }{
		{"", "（三）不予公开：1.属于国家秘密", "denied_state_secret"},
		{"", "（三）不予公开1.属于国家秘密", "denied_state_secret"},
		{"", "三、本年度办理结果（三）不予公开—2.其他法律行政法规禁止公开", "denied_law_prohibited"},
		{"", "（六）其他处理\n3.其他", "other_misc"},
		{"", "（四）无法提供：1.属于国家秘密", ""}, // of another group
		{"不予公开", "2.其他法律行政止公开", "denied_law_prohibited"},
		{"不予公开", "2.其他法律行政法规禁止公开3.危及“三安全一稳定”", ""},
		{"不予公开", "2.其他法律行政法规禁止公开危及三安全一稳定", ""},
		{"不予公开", "3.危及“三安全一稳定”", "denied_security_stability"},
		{"", "（七）合计", "processed_total"},
		{"不予公开", "合计", ""}, // perhaps of the group
		{"", "（一）予以公开（二）部分公开", ""},
	} {
		l := labelReader{outcomes: outcomes(applicationRows(report.Form2021)), group: c.group}
		code := ""
		if kind, i := l.recognise(c.text); kind == rowLabel {
			code = l.outcomes[i].code
		}
		if code != c.code {
			t.Errorf("%q under %q: %q, want %q", c.text, c.group, code, c.code)
		}
	}
}

// TestApplicantColumns: columns that organs add to table 3 are left out, wherever they
// stand; one of which it is not certain what it is makes the table unreadable.
func TestApplicantColumns(t *testing.T) {
	head := "商业企业|科研机构|社会公益组织|法律服务机构|其他"
	row := func(values string) []string {
		return []string{"一、本年新收政府信息公开申请数量|" + values, "二、上年结转政府信息公开申请数量|" + values, "（一）予以公开|" + values}
	}
	for name, c := range map[string]struct {
		head []string
		row  string
		read bool
	}{
		"as in the form":          {[]string{"申请处理情况^3|申请人情况>7", "自然人^2|法人或其他组织>5|总计^2", head}, "1|2|3|4|5|6|7", true},
		"a subtotal":              {[]string{"项目^3|申请人情况>8", "自然人^2|法人或其他组织>6|总计^2", head + "|小计"}, "1|2|3|4|5|6|99|7", true},
		"last year at the right":  {[]string{"项目^3|申请人情况>7|上年总计^3", "自然人^2|法人或其他组织>5|总计^2", head}, "1|2|3|4|5|6|7|99", true},
		"last year at the left":   {[]string{"项目^3|上年总计^3|申请人情况>7", "自然人^2|法人或其他组织>5|总计^2", head}, "99|1|2|3|4|5|6|7", true},
		"remarks":                 {[]string{"项目^3|申请人情况>7|备注^3", "自然人^2|法人或其他组织>5|总计^2", head}, "1|2|3|4|5|6|7|无", true},
		"a column of no name":     {[]string{"项目^3|申请人情况>7|某项^3", "自然人^2|法人或其他组织>5|总计^2", head}, "1|2|3|4|5|6|7|99", false},
		"a divided total":         {[]string{"项目^3|申请人情况>8", "自然人^2|法人或其他组织>5|总计>2", head + "|上年"}, "1|2|3|4|5|6|99|7", false},
		"a value too few":         {[]string{"项目^3|申请人情况>7|上年总计^3", "自然人^2|法人或其他组织>5|总计^2", head}, "1|2|3|4|5|6|7", false},
		"the first column's head": {[]string{"个人^3|申请人情况>7", "法人或其他组织>5|总计^2", head}, "1|2|3|4|5|6|7", false},
	} {
		rows := append(c.head, row(c.row)...)
		markup, cells := drawnTables(rows, -1, nil)
		r := tablesIn(t, markup)
		right, wrong := rightApplicants(r)
		if len(wrong) > 0 {
			t.Errorf("%s: %v", name, wrong)
		}
		for kind, damage := range cellDamages {
			for at := range cells {
				if !c.read {
					break // one more fault may well make up for the first
				}
				damaged, _ := drawnTables(rows, at, damage)
				if _, wrong := rightApplicants(tablesIn(t, damaged)); len(wrong) > 0 {
					t.Errorf("%s, cell %d %s: %v", name, at, kind, wrong)
				}
			}
		}
		if want := map[bool]int{true: 21, false: 0}[c.read]; right != want {
			t.Errorf("%s: %d right, want %d; %v", name, right, want, r.Findings)
		}
	}
}

// rightApplicants counts the values that stand in the column they name.
func rightApplicants(r *report.Report) (right int, wrong []string) {
	for _, a := range r.Applications {
		for j, cell := range a.Cells {
			switch {
			case cell.Value == nil:
			case *cell.Value != float64(j+1):
				wrong = append(wrong, fmt.Sprintf("%s.%s is %v", a.Item, report.Applicants[j].Code, *cell.Value))
			default:
				right++
			}
		}
	}
	return right, wrong
}

// TestSplitLabels: a wrong character in both of the labels that tell the generations
// apart does not make the block of three rows the single row of 2019.
func TestSplitLabels(t *testing.T) {
	for text, want := range map[string]bool{
		"1.申请曰无正当理由逾期不补正、行政机关不再处理其政府信息公开申请":   true,
		"2.申请人逾期未按收的通知要求缴纳费用、行政机关不再处理其政府信息公开": true,
		"5.要求行政机关确认或重新出具已获取信息":                false,
		"3.其他": false,
		"本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和": false,
		"申请人无正当理由逾期": false,
	} {
		if got := splitLabel(labelKey(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}
