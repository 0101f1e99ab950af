package extract

import (
	"fmt"
	"slices"
	"strings"

	"crawl/internal/report"
)

// regionHint is a division that something beside the agency's name speaks of.
type regionHint struct {
	report.Division // without a name where no list has the source's code

	basis string
}

// regionHints are the region of the source, then those the page names of itself:
// its site, its breadcrumb and its publisher. Names that are not certain by
// themselves are no hints.
func regionHints(p *Page, h Hint, year int) []regionHint {
	var hints []regionHint
	if d, ok := sourceRegion(h.Region, year); ok {
		hints = append(hints, regionHint{d, "source"})
	}
	add := func(text, basis string) {
		if text = folded(text); text == "" {
			return
		}
		if a := splitAgency(text, year); len(a.places) == 1 && a.sure && a.dated {
			hints = append(hints, regionHint{a.places[0], basis})
		}
	}
	add(p.Meta["sitename"], "site")
	for _, part := range strings.FieldsFunc(p.DocTitle, func(r rune) bool { return strings.ContainsRune(siteSuffix, r) }) {
		if !strings.Contains(folded(part), "信息公开") {
			add(part, "site")
		}
	}
	for _, level := range p.Breadcrumb {
		add(level, "breadcrumb")
	}
	add(p.Meta["contentsource"], "publisher")
	for _, fields := range stripFields(p.Strip) {
		for _, f := range fields {
			if f.kind == sourceLabel {
				add(f.value.String(), "publisher")
			}
		}
	}
	return hints
}

// completed is the name with the region that the body or the sign-off prints with
// the same organ (鸭南乡 in the title, 某县鸭南乡人民政府 below) or with the same county,
// and what told it.
func completed(p *Page, a agencyName, year int) (agencyName, string) {
	if len(a.places) == 1 && a.sure || a.other != "" || a.central() {
		return a, "name"
	}
	same := func(text string) (agencyName, bool) {
		c := splitAgency(text, year)
		ok := len(c.places) == 1 && c.sure && c.dated && c.zone == a.zone && c.organ() == a.organ() && fitsRank(a.rank, c.places[0], a)
		return c, ok && (len(a.places) == 0 || slices.ContainsFunc(a.places, func(d report.Division) bool { return d.Code == c.places[0].Code }))
	}
	for _, s := range bodyHead(p) {
		for _, text := range []string{s, parseTitle(s).agency} {
			if c, ok := same(text); ok {
				return c, "body"
			}
		}
	}
	if c, ok := same(signOff(p).agency); ok {
		return c, "signoff"
	}
	word, rest := a.chain, a.zone+a.rest
	if isTown(a.level()) && len(a.places) == 0 {
		word, rest = townStem(a.rest), strings.TrimPrefix(a.rest, townStem(a.rest))
	}
	var only agencyName
	for _, text := range before(opening(p), word) {
		for n := range text { // the longest piece that is a chain: 汝南县, not 南县
			c, ok := same(string(text[n:]) + word + rest)
			if !ok {
				continue
			}
			if len(only.places) > 0 && only.places[0].Code != c.places[0].Code {
				return a, "name"
			}
			only = c
			break
		}
	}
	if len(only.places) > 0 {
		return only, "body"
	}
	return a, "name"
}

// townStem is a town's name without its organ: 鸭南乡, 前进街道.
func townStem(rest string) string {
	for _, word := range []string{"街道", "苏木", "镇", "乡"} {
		if i := strings.LastIndex(rest, word); i > 0 {
			return rest[:i+len(word)]
		}
	}
	return rest
}

// before is what precedes word, where it first stands in text. The name of a town
// or of a county is preceded by what it lies in (地址：南京市鼓楼区…), that of a
// department as often by another region.
func before(text, word string) [][]rune {
	const longest, most = 2 * report.LongestDivisionName, 4
	var found [][]rune
	for word != "" && len(found) < most {
		i := strings.Index(text, word)
		if i < 0 {
			break
		}
		runes := []rune(text[:i])
		found = append(found, runes[max(0, len(runes)-longest):])
		text = text[i+len(word):]
	}
	return found
}

// sourceRegion is the division of a source's code: as in force in the year, else as
// the lists have it, else the one around it (lists of zones give codes that are no
// divisions'). A code of no province at all keeps its digits.
func sourceRegion(code string, year int) (report.Division, bool) {
	if len(code) != 6 || strings.Trim(code, "0123456789") != "" {
		return report.Division{}, false
	}
	raw := report.Division{Code: code, Level: report.DivisionLevelOf(code)}
	for _, c := range []string{code, code[:4] + "00", code[:2] + "0000"} {
		for _, day := range []string{fmt.Sprintf("%04d-12-31", year), fmt.Sprintf("%04d-12-31", year+1), ""} {
			if d, ok := report.DivisionAt(c, day); ok {
				return d, true
			}
		}
	}
	return raw, true
}
