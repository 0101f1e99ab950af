package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// statement is a number the text plainly gives.
type statement struct {
	wording *wording
	value   float64
	says    string
}

// instance compares the number with the first of the wording's sums that it equals,
// or else with the first; false when the tables have no such cell.
func (s statement) instance(t *tables) (in Instance, ok bool) {
	in = Instance{Place: s.wording.place, LHS: []Cell{{State: Number, Value: &s.value}}, Says: s.says}
	sums := s.wording.cells(t)
	if len(sums) == 0 {
		return in, false
	}
	in.RHS = sums[0]
	for _, cells := range sums {
		other := in
		other.RHS = cells
		if verdict, _, _, _ := other.judge(); verdict == "" {
			return other, true
		}
	}
	return in, true
}

// statements finds the sure wordings of a section's text.
func statements(text string, r *Report) []statement {
	var out []statement
	for _, sentence := range sentenceEnd.Split(unwrapped(plain(text)), -1) {
		if mentions(sentence, subjects) {
			out = append(out, inSentence(sentence, r)...)
		}
	}
	return out
}

var (
	sentenceEnd = regexp.MustCompile(`[。!?\n]`)
	clauseEnd   = regexp.MustCompile(`[,;:、]`)
	thousands   = regexp.MustCompile(`(\d),(\d{3})\b`)
	bracket     = regexp.MustCompile(`\([^()]*\)`)
	itemNumber  = regexp.MustCompile(`^[一二三四五六七八九十]{1,2}$`)
	// compares: a clause that sets this year's number beside another, and goes on.
	compares = regexp.MustCompile(`^(?:同比|环比|较|比|与|相|占)`)
	aMonth   = regexp.MustCompile(`[0-9一二三四五六七八九十]月`)
)

// What a clause mentions, and what follows from it. Lists of words: expressions of
// alternatives take ten times as long, over every clause of every report.
var (
	// subjects: a sentence that names none of these states no number of the tables.
	subjects = words("信息公开 依申请 规范性文件 行政许可 行政处罚 行政强制")
	// limits: what a bracket may say of the number before it.
	limits = words("含 包括 结转 万 上年 去年")
	// changes: a comparison, which goes on with this year.
	changes = words("增加 增长 减少 下降 上升 持平 %")
	// others sets the rest of a sentence apart: other times, or one part of the whole.
	others = words("去年 上年 上一年 前年 同期 近年 近两年 近二年 近三年 近四年 近五年 近几年 以来 累计 截至 截止 历年 季度 上半年 下半年 " +
		"自然人 法人 企业 组织 机构 网上 网络 信函 邮件 邮寄 当面 现场 传真 平台")
	// elsewhere: what is counted from here on may be something else.
	elsewhere = words("主动公开 信访 建议 提案 议案 热线 留言 咨询 投诉 举报 案件")
	// ofRequests: numbers that are still about applications.
	ofRequests = words("申请 答复 不予公开 无法提供 不予处理 其他处理")
)

func words(list string) []string { return strings.Fields(list) }

func mentions(s string, list []string) bool {
	return slices.ContainsFunc(list, func(word string) bool { return strings.Contains(s, word) })
}

// inSentence reads one sentence clause by clause. about is what the sentence is
// about so far; it ends with a clause that counts something else.
func inSentence(sentence string, r *Report) []statement {
	var out []statement
	about := nothing
	parts := false  // 其中 was said: only parts of a total can follow
	listed := false // the clause before was an item of a list without a number: 行政复议、行政诉讼3件
	for _, c := range clauses(sentence) {
		said, counted := c.text, strings.ContainsAny(c.text, "0123456789")
		var w *wording
		var value float64
		if counted { // most clauses give no number
			var foreign bool
			if said, foreign = subject(said, r); foreign {
				return out
			}
			w, value = match(said, about)
		}
		within := strings.HasPrefix(said, "其中")
		parts = parts || within
		switch {
		case w != nil && (listed || parts && !w.part):
			return out
		case w != nil:
			out = append(out, statement{w, value, "“" + brief(c.text) + "”"})
			about = w.mark
		case within && said != "其中":
			return out
		case mentions(said, changes) || compares.MatchString(said):
		case mentions(said, others) || strings.Contains(said, "月") && aMonth.MatchString(said):
			return out
		case mentions(said, elsewhere), counted && !mentions(said, ofRequests), about == reviews:
			about = nothing
		}
		listed = c.end == '、' && !counted && !itemNumber.MatchString(said)
	}
	return out
}

func match(words string, about clue) (*wording, float64) {
	for i, re := range compiled {
		w := &narrativeWordings[i]
		m := re.FindStringSubmatch(words)
		// A clause that itself names the applications needs no other to do so.
		if m == nil || w.needs != nothing && w.needs != about && !(w.needs == requests && strings.Contains(words, "信息公开申请")) {
			continue
		}
		if v, err := strconv.ParseFloat(m[1], 64); err == nil {
			return w, v
		}
	}
	return nil, 0
}

// clause is a piece of a sentence and the mark it ends with, 0 at the end.
type clause struct {
	text string
	end  rune
}

func clauses(sentence string) []clause {
	var out []clause
	from := 0
	for _, at := range clauseEnd.FindAllStringIndex(sentence, -1) {
		end, _ := utf8.DecodeRuneInString(sentence[at[0]:])
		out = append(out, clause{sentence[from:at[0]], end})
		from = at[1]
	}
	return append(out, clause{sentence[from:], 0})
}

// plain makes a text's digits and punctuation ASCII (except 。 and 、), drops white
// space within lines and brackets that say nothing about the number before them.
func plain(text string) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case c >= '！' && c <= '～':
			return c - '！' + '!'
		case c == ' ' || c == '\t' || c == '\u00a0' || c == '\u3000' || c == '\u200b' || c == '\ufeff' || c == '\r':
			return -1
		}
		return c
	}, text)
	text = bracket.ReplaceAllStringFunc(text, func(b string) string {
		if mentions(b, limits) {
			return "※" // which no wording has
		}
		return ""
	})
	return thousands.ReplaceAllString(text, "$1$2")
}

// unwrapped joins lines that were broken for want of room, as those of a PDF are: a
// long line that ends without a mark goes on in the next. So no line begins with
// what was cut from its time or its subject (去年 / 收到 ...).
func unwrapped(text string) string {
	const heading = 20 // characters: a shorter line may be one
	lines := strings.Split(text, "\n")
	var b strings.Builder
	for i, line := range lines {
		b.WriteString(line)
		last, _ := utf8.DecodeLastRuneInString(line)
		if i < len(lines)-1 && (strings.ContainsRune("。!?;:.)", last) || utf8.RuneCountInString(line) <= heading) {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

var (
	years = regexp.MustCompile(`(20\d\d)年`)
	// timeWords may open a clause without effect: they say the year reported on.
	timeWords = regexp.MustCompile(`^(?:自?(20\d\d)年(?:度|全年|1月1日(?:起)?(?:至|到)(?:(20\d\d)年)?12月31日(?:止|期间)?)?|全年(?:度)?|年内|本年度?|今年|报告期内)`)
	itemMark  = regexp.MustCompile(`^(?:\d{1,2}\.|[一二三四五六七八九十]{1,2}是)`)
	selves    = regexp.MustCompile(`^(?:我|本|全)(?:局|委|办|厅|镇|乡|街道|街道办|街道办事处|中心|单位|机关|部门|行政机关|分局|支队|大队|政府)`)
	regions   = regexp.MustCompile(`^(?:我|全)(?:省|市|州|区|县|旗)(?:各级)?(?:行政机关)?`)
	inTotal   = regexp.MustCompile(`^(?:一共|总共|共计|合计|共)`)
)

// subject takes off a clause's front what does not change what is counted: an item
// mark, the year reported on, the organ itself. foreign: the clause names another
// year, so that the rest of the sentence may be of that one too.
func subject(words string, r *Report) (rest string, foreign bool) {
	for _, m := range years.FindAllStringSubmatch(words, -1) {
		if m[1] != strconv.Itoa(r.Year) {
			return words, true
		}
	}
	words = itemMark.ReplaceAllString(words, "")
	for range 3 { // 2023年 / 我局 / 共, in any order
		words = timeWords.ReplaceAllString(words, "")
		if r.Scope == "region_wide" {
			words = regions.ReplaceAllString(words, "")
		} else {
			words = withoutAgency(selves.ReplaceAllString(words, ""), r.Agency)
		}
		words = inTotal.ReplaceAllString(words, "")
	}
	return words, false
}

// withoutAgency takes the agency's name off the front, whole or from 市, 区, 县 on
// (of 霖江市财政局 also 市财政局).
func withoutAgency(words, agency string) string {
	rs := []rune(agency)
	for i := range rs {
		if len(rs)-i < 3 || i > 0 && !slices.Contains([]rune("省市州区县旗"), rs[i]) {
			continue
		}
		if rest, ok := strings.CutPrefix(words, string(rs[i:])); ok {
			return rest
		}
	}
	return words
}

// brief is a clause short enough for a note.
func brief(s string) string {
	const most = 60
	if rs := []rune(s); len(rs) > most {
		return string(rs[:most]) + "…"
	}
	return s
}
