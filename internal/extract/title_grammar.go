package extract

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// parsedTitle is what a title says, by the grammar of report titles:
// an agency and a year around 政府信息公开工作年度报告, in any of the usual orders.
type parsedTitle struct {
	kind   titleKind
	agency string // as printed, year and tail removed; "" if none
	year   int    // 0 if none
	text   string // the title without a wrapper (公告第1号：) before it
	behind bool   // the agency stands behind the report's name
	loose  bool   // and is set off no better than the name of a site
}

// titleKind is how sure a text is a report's title, the surer the greater.
type titleKind int

const (
	noTitle      titleKind = iota
	bareTitle              // the tail alone: a title, or a column's name
	relatedTitle           // an annual report with a year, but not named after disclosure
	fullTitle              // the tail with an agency or a year
)

const yearWord = `(?:` + yearPattern + `(?:年度|年|度)?)`

// tailRE is where the official name of the report begins and ends in a title.
var tailRE = regexp.MustCompile(`(?:政务公开[和与及、])?(?:政府|政务)?信息(?:(?:主动)?公开|[和与及、]政务公开)[^。;:!?,《》]{0,24}?(?:报告|年报|总结)|政务公开(?:工作)?年度(?:工作)?(?:情况)?报告`)

// relatedRE names annual reports of other wording.
var relatedRE = regexp.MustCompile(`(?:政府网站)?(?:工作)?年度?(?:工作)?(?:报告|报表)`)

// titleYearRE finds years; a number of a document or an announcement is none.
var titleYearRE = regexp.MustCompile(yearPattern + `(?:年度|年|度)?`)

// maxTitle is the longest title in runes.
const maxTitle = 120

// titleWrappers end before the title proper.
const titleWrappers = ":《"

// parseTitle reads a tidied title.
func parseTitle(title string) parsedTitle {
	if len(title) > 8*maxTitle {
		return parsedTitle{}
	}
	l := foldLine(title)
	if l.len() == 0 || l.len() > maxTitle || !namesReport(l) {
		return parsedTitle{}
	}
	whole := l
	if start := wrapperEnd(l); start > 0 {
		if neighbour.MatchString(string(l.folded[:start])) {
			return parsedTitle{} // 上一篇：
		}
		l = l.slice(start, l.len())
	}
	text := string(l.folded)
	m := tailRE.FindStringIndex(text)
	related := false
	if m == nil {
		if m = relatedRE.FindStringIndex(text); m == nil {
			return parsedTitle{}
		}
		related = true
	}
	start, end := runeIndex(text, m[0]), runeIndex(text, m[1])
	if strings.Contains(string(l.folded[:start]), ">") { // a breadcrumb
		return parsedTitle{}
	}
	behind, ok := readBehind(l.slice(end, l.len()))
	if !ok {
		return parsedTitle{}
	}
	t := parsedTitle{year: nearestYear(l, start, end), text: whole.String()}
	if t.agency = agencyInTitle(l, start); t.agency == "" {
		t.agency, t.behind, t.loose = behind.agency, behind.agency != "", behind.agency != "" && !behind.firm
	}
	if l.len() < whole.len() && !asksForReports.MatchString(string(whole.folded)) {
		t.text = l.trim("《").String()
		if close := strings.IndexRune(t.text, '》'); close > 0 {
			t.text = t.text[:close]
		}
	}
	switch {
	case related && t.year == 0:
		return parsedTitle{}
	case related:
		t.kind = relatedTitle
	case t.year == 0 && t.agency == "":
		t.kind = bareTitle
	default:
		t.kind = fullTitle
	}
	return t
}

// namesReport: one of the words that tailRE and relatedRE end with may stand in the line.
func namesReport(l line) bool {
	return slices.ContainsFunc(l.folded, func(r rune) bool { return r == '报' || r == '结' })
}

// asksForReports tells a notice to others from an announcement of the report itself;
// its title stays whole, so that it shows what the page is.
var asksForReports = regexp.MustCompile(`做好|开展|报送|编制(?:[^委办]|$)|通知`)

// wrapperEnd is where the title begins behind an announcement's wording
// (公告（2024年第1号）：…, 关于公布《…), 0 if the text is the title itself, as it is
// behind its organ (某县教育局：2023年…).
func wrapperEnd(l line) int {
	for i := l.len() - 1; i > 0; i-- {
		if strings.ContainsRune(titleWrappers, l.at(i)) && tailRE.MatchString(string(l.folded[i+1:])) {
			if l.at(i) == ':' && isOrgan(l.slice(0, i).String()) {
				return 0
			}
			return i + 1
		}
	}
	return 0
}

// endsLikeTitle says that behind the tail stands nothing, or a remark in
// brackets, or a year: a sentence goes on otherwise.
func endsLikeTitle(rest line) bool {
	text := strings.ReplaceAll(string(rest.folded), " ", "")
	return text == "" || titleEndRE.MatchString(text)
}

var titleEndRE = regexp.MustCompile(`^(?:[》>"”]|[(\[][^)\]]{0,20}[)\]]|` + yearWord + `|情况|表|书|全文|正文|文本|(?:图片|文字|完整|正式|公开|(?i:word|pdf))版|\.(?:docx?|pdf|wps|xlsx?)|的?(?:通知|公告|公示|通告))*$`)

// nearestYear is the year nearest to the tail's 信息公开, within it or around it.
func nearestYear(l line, start, end int) int {
	best, bestGap := 0, 1<<30
	mid := start
	for i := start; i < end && !(l.at(i) == '公' && l.at(i+1) == '开'); i++ {
		mid = i
	}
	for i := 0; i < l.len(); i++ {
		year, yearEnd := scanYear(l, i)
		if yearEnd == 0 || isDigit(l.at(i-1)) || isDigit(l.at(yearEnd)) {
			continue
		}
		number := l.at(yearEnd) == ']' && isDigit(l.at(yearEnd+1)) || l.at(yearEnd) == '年' && l.at(l.skip(yearEnd+1, " ")) == '第'
		gap := max(i-mid, mid-yearEnd)
		if !number && gap < bestGap {
			best, bestGap = year, gap
		}
		i = yearEnd - 1
	}
	return best
}

// titleGlue is cut from the ends of what remains of a title without year and tail.
var (
	glueBefore = []string{"关于", "公布", "发布", "印发", "公开", "附件", "图解", "的"}
	glueAfter  = []string{"关于", "公布", "发布", "年度", "年", "度", "的", "全年", "开展"}
)

// agencyInTitle is the part of the title before the tail with years and glue
// removed, cut from the printed runes; "" if nothing is left.
func agencyInTitle(l line, tail int) string {
	head := l.slice(0, tail)
	government := l.at(tail) == '政' && l.at(tail+1) == '府'
	if government && strings.HasSuffix(string(head.folded), "人民") {
		head = l.slice(0, tail+2) // 人民政府信息公开 prints 政府 once
	}
	if tag := leadingTag(head); tag > 0 {
		head = head.slice(tag, head.len())
	}
	return squeeze(withoutGlue(withoutYears(head)))
}

func withoutYears(l line) line {
	for {
		text := string(l.folded)
		m := titleYearRE.FindStringIndex(text)
		if m == nil {
			return l
		}
		l = l.without(runeIndex(text, m[0]), runeIndex(text, m[1]))
	}
}

func withoutGlue(l line) line {
	for before := -1; before != l.len(); {
		before = l.len()
		l = trimBrackets(l)
		for _, glue := range glueBefore {
			if rest, ok := strings.CutPrefix(string(l.folded), glue); ok {
				l = l.slice(l.len()-utf8.RuneCountInString(rest), l.len())
			}
		}
		for _, glue := range glueAfter {
			if rest, ok := strings.CutSuffix(string(l.folded), glue); ok {
				l = l.slice(0, utf8.RuneCountInString(rest))
			}
		}
	}
	return l
}

// trimBrackets trims borders, but keeps a bracket that closes one inside the name
// (武昌经开区(滨江)管委会).
func trimBrackets(l line) line {
	l = l.trim(" |<>\"“”'-_,.、·*#/:《》)]")
	if l.at(0) == '(' || l.at(0) == '[' {
		l = l.slice(1, l.len())
	}
	if last := l.len() - 1; l.at(last) == '(' || l.at(last) == '[' {
		l = l.slice(0, last)
	}
	return l
}

// leadingTag is the end of a bracketed tag before the title (【年报】…), 0 if none.
func leadingTag(l line) int {
	if l.at(0) != '[' {
		return 0
	}
	for i := 1; i < l.len() && i < 12; i++ {
		if l.at(i) == ']' {
			return i + 1
		}
	}
	return 0
}

// runeIndex turns a byte index into an index of runes.
func runeIndex(s string, at int) int { return utf8.RuneCountInString(s[:at]) }
