package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Reports of before 2019 follow article 32 of the regulation of 2007, in sections
// of the organ's own number, order and wording.
var (
	// freeTopic is what a heading of such a report names.
	freeTopic = regexp.MustCompile(`概述|概况|综述|前言|引言|(基本|总体|主要|工作|组织)情况|公开|申请|收费|减免|费用|复议|诉讼|申诉|举报|投诉|问题|不足|困难|改进|措施|打算|设想|计划|安排|建议|附表|附件|附录|统计|其他|其它|需要说明|说明|咨询|解读|回应|机构|人员|经费|培训|保障|监督|平台|组织领导|制度`)
	// freeHeading is a heading that is known without a number.
	freeHeading = regexp.MustCompile(`^(?:(?:工作)?(?:概述|概况|综述)|(?:基本|总体|工作)情况|(?:政府信息)?主动公开(?:政府信息)?的?(?:工作)?情况|(?:政府信息)?依申请公开(?:政府信息)?的?(?:工作|办理)?情况|(?:政府信息)?申请公开(?:政府信息)?的?情况|(?:政府信息公开)?(?:的)?收费(?:情况)?(?:及|和|与)?减免(?:收费)?的?情况|(?:因?政府信息公开)?(?:申请)?(?:的)?(?:行政)?复议(?:和|及|与)?(?:提起)?(?:行政)?诉讼(?:和|及|与)?(?:有关)?(?:的)?(?:申诉)?的?情况|(?:工作中)?存在的?(?:主要)?问题(?:(?:及|和|与)?(?:今后)?(?:的)?(?:下一步)?(?:工作)?(?:改进|整改)(?:措施|情况|办法|意见|打算)?)?|(?:下一步)?(?:工作)?(?:改进措施|打算|计划)|其他需要(?:说明|报告)的(?:事项|情况)|附表|附件|附录|(?:政府)?信息公开情况统计表)$`)
	partOrdinal = regexp.MustCompile(`^第([一二三四五六七八九十]{1,3})(部分|章|节)[\s、:：.．]*`)
	hanOrdinal  = regexp.MustCompile(`^[(（]?([一二三四五六七八九十]{1,3})[)）]?\s*([、.．,，:：]|[)）]|$)?\s*`)
)

// counted is a line that starts with a number.
type counted struct {
	n     int
	style byte // h 一、  p （一）  a 1.  d 第一部分
	topic string
}

const (
	shortHeading = 40 // characters
	fewestHeads  = 2
)

// countedLine reads the number in front of a short line that is no sentence.
func countedLine(line string) (counted, bool) {
	if utf8.RuneCountInString(line) > shortHeading || strings.HasSuffix(line, "。") || strings.HasSuffix(line, "；") {
		return counted{}, false
	}
	return ordinalLine(line)
}

// ordinalLine reads the number in front of any line.
func ordinalLine(line string) (counted, bool) {
	if m := partOrdinal.FindStringSubmatch(line); m != nil {
		return counted{hanNumber(m[1]), 'd', line[len(m[0]):]}, true
	}
	if m := hanOrdinal.FindStringSubmatch(line); m != nil && utf8.RuneCountInString(m[1]) > 1 {
		c := counted{hanNumber(m[1]), 'h', line[len(m[0]):]}
		if strings.ContainsAny(m[0], ")）") {
			c.style = 'p'
		}
		return c, m[2] != "" || c.style == 'p'
	}
	ord, rest := splitOrdinal(line)
	if ord.style == 0 {
		return counted{}, false
	}
	if ord.style == 'a' && startsWithDigit(strings.TrimLeft(line, " (（"), rest) {
		return counted{}, false
	}
	return counted{ord.n, ord.style, rest}, true
}

// startsWithDigit: the digits in front of the line have no mark behind them (12条).
func startsWithDigit(line, rest string) bool {
	digits := strings.TrimRight(narrow(line), " ")
	n := 0
	for n < len(digits) && digits[n] >= '0' && digits[n] <= '9' {
		n++
	}
	return n == 0 || strings.HasPrefix(strings.Join(strings.Fields(digits[n:]), ""), rest)
}

// hanNumber reads 一 to 九十九.
func hanNumber(s string) int {
	n := 0
	for i, r := range []rune(s) {
		d := hanDigits[r]
		switch {
		case d == 10 && i == 0:
			n = 10
		case d == 10:
			n *= 10
		default:
			n += d
		}
	}
	return n
}

// freeHeads are the headings of a report of before 2019: the lines that count on
// from one, in the first way of counting that holds sections; else lines that are
// known headings. A body without any is one section without a heading.
func freeHeads(blocks []Block) []head {
	var lines []countedBlock
	for i, b := range blocks {
		if b.Grid != nil || b.Image {
			continue
		}
		if c, heading, rest, ok := countedHead(b.Text); ok {
			lines = append(lines, countedBlock{c, head{0, heading, rest, i}})
		}
	}
	for _, style := range []byte{'h', 'd', 'p', 'a'} {
		heads := countedHeads(lines, style)
		topics := 0
		for _, h := range heads {
			if freeTopic.MatchString(h.heading) {
				topics++
			}
		}
		if len(heads) >= fewestHeads && topics*2 >= len(heads) && (style == 'h' || style == 'd' || topics == len(heads)) {
			return heads
		}
	}
	var heads []head
	for i, b := range blocks {
		if b.Grid == nil && !b.Image && len(b.Text) <= 4*shortHeading && freeHeading.MatchString(fold(b.Text)) {
			heads = append(heads, head{len(heads) + 1, b.Text, "", i})
		}
	}
	if len(heads) >= fewestHeads {
		return heads
	}
	return wholeBody(blocks)
}

// wholeBody is the one section of a body without headings, from its first sentence.
func wholeBody(blocks []Block) []head {
	for i, b := range blocks {
		if b.Grid == nil && !b.Image && strings.Contains(b.Text, "。") {
			return []head{{1, "", b.Text, i}}
		}
	}
	return nil
}

// countedBlock is a block that may be a counted heading.
type countedBlock struct {
	counted
	head head
}

// countedHeads are the lines that count on from one in a style. Their section's
// number is their place, also where a number is misprinted or left out. A table of
// contents in front, whose lines adjoin, is passed over.
func countedHeads(lines []countedBlock, style byte) []head {
	var heads []head
	last, adjoining := 0, true
	for _, c := range lines {
		if c.style != style {
			continue
		}
		if c.n == 1 && len(heads) > 1 && adjoining {
			heads, last = nil, 0
		}
		if c.n != last+1 && !(last > 0 && (c.n == last || c.n == last+2) && freeTopic.MatchString(c.topic)) {
			continue
		}
		n := len(heads)
		adjoining = n == 0 || adjoining && heads[n-1].block == c.head.block-1 && heads[n-1].rest == ""
		h := c.head
		h.no = n + 1
		heads, last = append(heads, h), c.n
	}
	return heads
}

// countedHead reads a counted line as a heading, or cuts one off the front of a
// paragraph: its first clause, when that names a topic and is no sentence.
func countedHead(line string) (c counted, heading, rest string, ok bool) {
	if c, ok = countedLine(line); ok {
		return c, line, "", true
	}
	if c, ok = ordinalLine(line[:min(len(line), 4*shortHeading)]); !ok {
		return c, "", "", false
	}
	clause := line
	if at := strings.IndexAny(line, "。：:；"); at >= 0 {
		clause = line[:at]
	}
	if len(clause) > longestLine {
		return c, "", "", false
	}
	for at, r := range clause {
		if isSpace(r) && utf8.RuneCountInString(clause[:at]) > 3 { // 一、概述 2012年…
			clause = clause[:at]
			break
		}
	}
	if utf8.RuneCountInString(clause) > shortHeading || clause == line || strings.ContainsAny(clause, "，,") || !freeTopic.MatchString(clause) {
		return c, "", "", false
	}
	return c, clause, strings.TrimLeft(line[len(clause):], "。：:； \u3000"), true
}
