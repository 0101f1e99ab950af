package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"crawl/internal/report"
)

// headingText holds, per section number, what its heading says after the ordinal,
// folded. Organs vary the wording; the forms of 2019 and 2021 name the same six.
var headingText = [7]*regexp.Regexp{
	1: regexp.MustCompile(`^(?:政府信息公开)?(?:工作)?(?:(?:总体|总结|整体)(?:公开|工作)?(?:情况|概述)|(?:工作)?(?:基本|开展)情况)`),
	2: regexp.MustCompile(`^(?:行政机关)?主动公开(?:政府)*信息的?(?:工作)?情况`),
	3: regexp.MustCompile(`^收到(?:和|及)?处理(?:政府)?信息公开申请的?情况`),
	4: regexp.MustCompile(`^因?(?:政府)?信息公开(?:工作)?(?:申请)?被?(?:申请|提起)?的?行政复议(?:和|及|与)?(?:被?提起|被?申请)?行政诉讼的?情况`),
	5: regexp.MustCompile(`^(?:政府)?(?:信息公开)?(?:工作)?中?存在的?(?:主要)?(?:困难和)?问题(?:(?:及|和|与)?(?:下一步)?(?:工作)?(?:整改|改进)(?:情况|措施|的?工作|打算|方向)?|$)`),
	6: regexp.MustCompile(`^其[他它](?:需要|应当|应|需)?(?:报告|说明)的?(?:有关)?(?:事项|情况)`),
}

// headingBegins are the characters that each of them can begin with, which tells most
// lines apart.
var headingBegins = [7]string{1: "政工总整基开", 2: "行主", 3: "收", 4: "因政信", 5: "政信工中存", 6: "其"}

// looseText is what a short numbered line must mention to head a section whose
// official wording is not found.
var looseText = [7]*regexp.Regexp{
	1: regexp.MustCompile(`总体|概述|概况|基本情况`),
	2: regexp.MustCompile(`主动公开`),
	3: regexp.MustCompile(`申请`),
	4: regexp.MustCompile(`复议|诉讼`),
	5: regexp.MustCompile(`问题|不足`),
	6: regexp.MustCompile(`其[他它]|统计|附`),
}

// longestHeading, in characters: heading and text may share a paragraph, so only
// the front of a line is looked at.
const longestHeading = 60

// officialHeading recognises one of the six headings at the front of a line. rest
// is the text that follows it in the same line. A line that names several headings
// is a table of contents or the preface, not a heading.
func officialHeading(line string) (no int, heading, rest string) {
	if runningText(line) {
		return 0, "", ""
	}
	front := firstRunes(line, longestHeading)
	short := len(front) == len(line)
	front = strings.TrimLeft(front, "—–- \u00a0\u3000")
	dashed := !strings.HasPrefix(line, front)
	ord, after := splitOrdinal(front)
	if ord.style == 'p' {
		return 0, "", "" // （一）主动公开 is a heading within section one
	}
	folded := fold(after)
	first, _ := utf8.DecodeRuneInString(folded)
	for n := 1; n < len(headingText); n++ {
		if !strings.ContainsRune(headingBegins[n], first) {
			continue
		}
		m := headingText[n].FindString(folded)
		if m == "" {
			continue
		}
		whole := m == folded && short
		if !whole && !(ord.style == 'h' && ord.n == n) && !(dashed && n == 1) {
			continue
		}
		heading, rest = cutAfter(line, m)
		if namesHeading(rest) {
			return 0, "", ""
		}
		return n, heading, rest
	}
	return 0, "", ""
}

// firstRunes is the front of s, n characters long at the most.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// runningText is a long line that begins with a word: it has no ordinal in front, and is
// too long to be a heading as a whole. Most lines of a report are of this kind.
func runningText(line string) bool {
	if len(line) <= longestHeading*utf8.UTFMax {
		return false
	}
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(line, " \u00a0\u3000"))
	return first >= 0x4E00 && first <= 0x9FFF && hanDigits[first] == 0
}

// namesHeading: another of the six headings follows in the same line.
func namesHeading(rest string) bool {
	for n, name := range []string{2: "二、", 3: "三、", 4: "四、", 5: "五、", 6: "六、"} {
		if name == "" {
			continue
		}
		if _, after, found := strings.Cut(rest, name); found && headingText[n].MatchString(fold(after)) {
			return true
		}
	}
	return false
}

// cutAfter cuts a line behind the words that fold to matched (the first place
// where they end) and the punctuation that follows.
func cutAfter(line, matched string) (head, rest string) {
	want := []rune(matched)
	seen := make([]rune, 0, longestHeading)
	cut := len(line)
	for i, r := range line {
		if cut < len(line) {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return strings.TrimRight(line[:i], " "), line[i:]
			}
			continue
		}
		seen = append(seen, []rune(fold(string(r)))...)
		if len(seen) >= len(want) && string(seen[len(seen)-len(want):]) == matched {
			cut = i
		}
	}
	return line, ""
}

// readSections cuts the body at its headings. Tables' cells are not part of the
// text. Text that stands in front of the first heading belongs to no section: a
// preface, or else a finding.
func readSections(blocks []Block, r *report.Report) {
	heads := bodyHeads(blocks, r.FormT2+r.FormT3+r.FormT4 != "")
	first := len(blocks)
	if len(heads) > 0 {
		first = heads[0].block
	}
	if text := textOf(blocks[:first], ""); utf8.RuneCountInString(text) > longestPreface {
		find(r, "text_outside_sections", "sections", report.NotTestable,
			fmt.Sprintf("%d characters stand in front of the first heading, from %q", utf8.RuneCountInString(text), brief(text)))
	}
	for i, h := range heads {
		end := len(blocks)
		if i+1 < len(heads) {
			end = heads[i+1].block
		}
		r.Sections = append(r.Sections, report.Section{No: h.no, Heading: h.heading, Text: textOf(blocks[min(h.block+1, end):end], h.rest)})
	}
}

// longestPreface, in characters: it names law, period and contents.
const longestPreface = 500

// textOf joins lines, without tables and the names of pictures.
func textOf(blocks []Block, first string) string {
	var lines []string
	if first != "" {
		lines = append(lines, first)
	}
	for _, b := range blocks {
		if b.Text != "" && !b.Image {
			lines = append(lines, b.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// bodyHeads are the headings of the body. The forms since 2019 fix six, with their
// numbers; forms says that their tables are there. Reports of before are counted in
// printed order.
func bodyHeads(blocks []Block, forms bool) []head {
	heads := increasing(formHeads(blocks))
	if isForm(heads) || forms && len(heads) >= 2 {
		return heads
	}
	own := freeHeads(blocks)
	if len(own) >= fewestHeads && len(own) >= len(heads) || len(heads) == 0 {
		return own
	}
	return heads
}

// isForm: the headings are those of the forms with tables, which alone have a
// section on applications in the official wording; where that one is missing, four
// others in the official wording under their own numbers tell as much.
func isForm(heads []head) bool {
	worded := 0
	for _, h := range heads {
		ord, rest := splitOrdinal(h.heading)
		if h.no >= len(headingText) || !headingText[h.no].MatchString(fold(rest)) {
			continue
		}
		if h.no == 3 {
			return true
		}
		if ord.n == h.no {
			worded++
		}
	}
	return worded >= 4
}

// head is a heading found in the body.
type head struct {
	no            int
	heading, rest string
	block         int
}

// formHeads finds the six headings, in the official wording or, where a number has
// none so worded, in a looser one. A table of contents is none of them.
func formHeads(blocks []Block) []head {
	var heads []head
	loose := map[int]bool{} // blocks
	for i, b := range blocks {
		if b.Grid != nil || b.Image {
			continue
		}
		if no, heading, rest := officialHeading(b.Text); no > 0 {
			heads = append(heads, head{no, heading, rest, i})
		} else if n := sixth(b.Text); n > 0 && looseText[n].MatchString(fold(b.Text)) {
			heads = append(heads, head{n, b.Text, "", i})
			loose[i] = true
		}
	}
	heads = withoutContents(heads)
	worded := map[int]bool{}
	for _, h := range heads {
		worded[h.no] = worded[h.no] || !loose[h.block]
	}
	return slices.DeleteFunc(heads, func(h head) bool { return loose[h.block] && worded[h.no] })
}

// sixth is the number of a short line that starts with 一、 to 六、, else 0.
func sixth(line string) int {
	h, ok := countedLine(line)
	if !ok || h.style != 'h' || h.n > 6 {
		return 0
	}
	return h.n
}

// withoutContents drops a table of contents: headings on adjoining lines most of
// which come again later.
func withoutContents(heads []head) []head {
	last := map[int]int{}
	for i, h := range heads {
		last[h.no] = i
	}
	var out []head
	for i := 0; i < len(heads); {
		end, again := i, 0
		for end < len(heads) && heads[end].rest == "" && (end == i || heads[end].block == heads[end-1].block+1 && heads[end].no > heads[end-1].no) {
			if last[heads[end].no] > end {
				again++
			}
			end++
		}
		switch {
		case end-i >= 2 && again*2 > end-i:
			i = end
		default:
			out = append(out, heads[i])
			i++
		}
	}
	return out
}

// increasing keeps headings in the form's order; one that falls back is text.
func increasing(heads []head) []head {
	var out []head
	for _, h := range heads {
		if len(out) == 0 || h.no > out[len(out)-1].no {
			out = append(out, h)
		}
	}
	return out
}
