package extract

import (
	"regexp"
	"strings"

	"crawl/internal/report"
)

// indicators2014 maps the labels of the 2014 table, made ready by statisticsKey, to
// their codes: two for those that stand under 行政复议 and under 行政诉讼.
var indicators2014 = func() map[string][]string {
	out := map[string][]string{}
	for _, row := range report.StatisticRows {
		key := statisticsKey(row.Label)
		out[key] = append(out[key], row.Code)
	}
	return out
}()

// indicatorVariants are other wordings, of local tables, that surely mean the same.
// What joins two items of the 2014 table (信函、传真申请数) or draws the line
// elsewhere (否决公开答复数) has no code.
var indicatorVariants = variants(map[string]string{
	"active_disclosed": "主动公开文件 主动公开信息 主动公开政府信息文件 本年度主动公开政府信息 公开政府信息 主动公开的政府信息",
	"ch_website":       "政府网站公开 网站公开 政府网站公开信息 网站公开政府信息 政府门户网站公开 门户网站公开 政府网站主动公开 政府网站公开文件",
	"ch_gazette":       "政府公报公开 公报公开 政府公报公开信息 政府公报公开文件",
	"ch_weibo":         "政务微博公开 微博公开政府信息 政务微博公开信息 微博公开",
	"ch_wechat":        "政务微信公开 微信公开政府信息 政务微信公开信息 微信公开",
	"ch_other":         "其他方式公开 其它方式公开政府信息",
	"app_received": "受理依申请公开信息 受理依申请公开 收到依申请公开 受理申请 收到政府信息公开申请 受理政府信息公开申请 收到依申请公开申请 " +
		"申请 本年度申请 依申请公开申请 收到申请件 收到公开申请",
	"app_in_person":       "当面申请 现场申请 当面提交申请",
	"app_online":          "网上申请 网络申请 网上提交申请 网络提交申请",
	"app_fax":             "传真申请",
	"app_letter":          "信函申请 书信申请",
	"app_closed":          "申请办结 办结申请",
	"app_replied":         "对申请的答复 对申请答复 答复 申请的答复 答复申请",
	"rep_already_public":  "已主动公开范围 属于已主动公开范围 已主动公开",
	"rep_granted":         "同意公开 同意公开的答复",
	"rep_partial":         "同意部分公开 部分同意公开答复 部分同意公开 同意部分公开的答复",
	"rep_denied":          "不同意公开 不予公开答复 不予公开 不予公开的答复",
	"rep_not_this_organ":  "不属于本行政机关公开范围 不属于本机关公开 不属于本机关公开范围",
	"rep_not_exist":       "信息不存在 信息不存在答复 政府信息不存在 申请的信息不存在 申请公开的信息不存在",
	"review_total":        "行政复议 申请行政复议 行政复议申请 行政复议案件 收到行政复议 被申请行政复议",
	"suit_total":          "行政诉讼 提起行政诉讼 行政诉讼案件 被提起行政诉讼",
	"complaints":          "举报投诉 投诉举报 受理举报投诉 受理投诉举报",
	"org_reading_points":  "政府信息公开查阅点 设立政府信息公开查阅点 查阅点",
	"org_offices":         "政府信息公开专门机构 政府信息公开工作机构",
	"staff_total":         "政府信息公开工作人员 从事政府信息公开工作的人员",
	"staff_full":          "专职人员 专职工作人员",
	"staff_part":          "兼职人员 兼职工作人员",
	"normative_issued":    "制发规范性文件 制定规范性文件",
	"active_normative":    "主动公开规范性文件 公开规范性文件",
	"fees_charged_wan":    "依申请公开信息收取费用 依申请公开收取的费用 依申请公开收取费用",
	"meetings":            "召开政府信息公开工作会议 召开政府信息公开专题会议",
	"trainings":           "举办培训班 举办各类培训",
	"trainees":            "接受培训人员 接受培训",
	"app_closed_extended": "延期办结",
	"app_closed_on_time":  "按时办结",
})

func variants(lists map[string]string) map[string]string {
	out := map[string]string{}
	for code, list := range lists {
		for word := range strings.FieldsSeq(list) {
			out[word] = code
		}
	}
	return out
}

var quantitySuffixes = []string{"总数量", "总次数", "总数", "数量", "次数", "数"}

// statisticsKey is an indicator's label without 其中, ordinals, bracketed
// explanations and the word for number at its end, folded.
func statisticsKey(text string) string {
	s := text
	for {
		_, rest := splitOrdinal(s)
		rest = strings.TrimPrefix(strings.TrimLeft(rest, ":;,.、-—*"), "其中")
		if rest == s {
			break
		}
		s = rest
	}
	key := fold(withoutBrackets(s))
	for _, suffix := range quantitySuffixes {
		if rest, ok := strings.CutSuffix(key, suffix); ok && hanCount(rest, 2) == 2 {
			return rest
		}
	}
	return key
}

// statisticsItem is the code of an indicator in a block: "review", "suit", or "" for
// any other. "" when the label, or its block, does not decide.
func statisticsItem(key, block string) string {
	for _, code := range indicators2014[key] {
		if fitsBlock(code, block, len(indicators2014[key]) == 1) {
			return code
		}
	}
	if key == "维持具体行政行为" && block == "suit" { // shortened, as the block shows
		return "suit_upheld"
	}
	return indicatorVariants[key]
}

// fitsBlock: the results of reviews and suits are labelled alike, so that a code of
// theirs needs its block. suit_upheld alone is worded as no other.
func fitsBlock(code, block string, only bool) bool {
	of, result, _ := strings.Cut(code, "_")
	if of != "review" && of != "suit" || result == "total" {
		return true
	}
	return of == block || only && of == "suit" && block == ""
}

// statisticsLabels reads indicators in printed order.
type statisticsLabels struct {
	form  string
	block string // review | suit | "" for every other
	last  int    // index in report.StatisticRows of the last indicator met, -1 before the first
	// Behind the block of suits, which comes last in the table of 2014, the results of
	// reviews count from one, or rows have changed places.
	suits   bool
	results int // of reviews, numbered one after the other since the block's name
}

// item is the code of a label, "" for none; above are the labels of the merged cells
// it stands under, outermost first.
func (l *statisticsLabels) item(label string, above []string) string {
	block := l.block
	for _, text := range above {
		if hanCount(text, 2) == 2 {
			block = blockOf(statisticsKey(text))
		}
	}
	ord, _ := splitOrdinal(label)
	key := statisticsKey(label)
	inBlock := block != "" && strings.HasPrefix(statisticsItem(key, block), block) // 一、维持具体行政行为数
	if own := blockOf(key); own != "" || ord.style == 'h' && !inBlock {
		block = own
	}
	code := statisticsItem(key, block)
	if code == "" && l.form == report.Form2014 {
		code = l.misprinted(key, lastOrdinal(label), block)
	}
	of, result, _ := strings.Cut(code, "_")
	l.suits = l.suits || block == "suit"
	switch {
	case of != "review" || result == "total":
		l.results = 0
	case lastOrdinal(label) == l.results+1:
		l.results++
	case l.form == report.Form2014 && l.suits:
		code = "" // whose result this is cannot be told
	}
	switch {
	case code != "" && of != "review" && of != "suit", code == "" && lastOrdinal(label) == 0:
		block = ""
	}
	l.block = block
	for i, row := range report.StatisticRows {
		if row.Code == code {
			l.last = i
		}
	}
	return code
}

// heading takes note of a label without figures.
func (l *statisticsLabels) heading(text string) { l.block = blockOf(statisticsKey(text)) }

// blockOf is the block that a label opens.
func blockOf(key string) string {
	switch strings.TrimSuffix(key, "情况") {
	case "行政复议":
		return "review"
	case "行政诉讼":
		return "suit"
	}
	return ""
}

// misprinted is the indicator that comes next in the table of 2014, when a label is
// almost worded like it and has its ordinal.
func (l *statisticsLabels) misprinted(key string, ord int, block string) string {
	next := l.last + 1
	if next >= len(report.StatisticRows) || hanCount(key, 4) < 4 {
		return ""
	}
	row := report.StatisticRows[next]
	want := statisticsKey(row.Label)
	negations := func(s string) int { return strings.Count(s, "不") + strings.Count(s, "未") + strings.Count(s, "非") }
	if ord != lastOrdinal(row.Label) || negations(key) != negations(want) || likeness(key, want) < 0.75 || !fitsBlock(row.Code, block, false) {
		return ""
	}
	return row.Code
}

// lastOrdinal is the number nearest to the words of a label: 1 in （二）1.参加, 0 for none.
func lastOrdinal(label string) int {
	n := 0
	for s := label; ; {
		ord, rest := splitOrdinal(s)
		rest = strings.TrimPrefix(strings.TrimLeft(rest, ":;,.、-—*"), "其中")
		if rest == s {
			return n
		}
		if ord.style != 0 {
			n = ord.n
		}
		s = rest
	}
}

// knownHeading: a label of a block of the table, which has no figures of its own.
var knownHeading = regexp.MustCompile(`情况[:：]?$|^(依申请公开|主动公开|答复情况|申请方式|其中)[:：]?$`)
