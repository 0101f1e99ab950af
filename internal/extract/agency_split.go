package extract

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"crawl/internal/report"
)

// agencyName is an agency's name taken apart: the region it names, a zone in it,
// and the organ.
type agencyName struct {
	head   string            // what stands before the region: a central organ (国家税务总局) or the party
	places []report.Division // what the innermost region named may be; several if its name is not unique
	chain  string            // the regions as printed
	stem   string            // the last of them where printed without the word for its kind
	sure   bool              // the words prove that places are meant (岳阳市, not 南湖 before a zone's name)
	dated  bool              // places were in force in the report year
	region string            // level of the innermost region named or hinted at; "" for none or undecided
	named  bool              // the region has a name (岳阳市), not only a rank (市)
	other  string            // a region's name that the lists do not have (某县)
	rank   string            // a rank without a name
	zone   string            // 高新区, 经济技术开发区
	rest   string            // folded, without all of these
}

// party stands before the region in names of the party's organs: 中共岳阳市委办公室.
const party = "中共"

// splitAgency takes the chain of regions off a name, from the left, by the names
// that were in force in a report year (0: today), never across the opening word of
// a department.
func splitAgency(name string, year int) agencyName {
	a := agencyName{rest: folded(name), dated: true}
	if rest, ok := strings.CutPrefix(a.rest, party); ok {
		a.head, a.rest = party, rest
	}
	for _, parent := range centralParents {
		if rest, ok := strings.CutPrefix(a.rest, parent); ok && rest != "" {
			a.head, a.rest = parent, rest
			break
		}
	}
	a.takeListed(year)
	if len(a.places) == 0 && a.takeRank() {
		a.takeZone()
		return a
	}
	a.takeOther()
	a.takeZone()
	return a
}

// takeListed takes the longest chain of listed divisions off the front.
func (a *agencyName) takeListed(year int) {
	text := []rune(a.rest)
	branch := a.head != "" && a.head != party
	c := longestChain(text, chain{}, branch)
	if c.end == 0 {
		return
	}
	a.named, a.sure = true, true
	if c.bare {
		a.stem = string(text[c.start:c.end])
		// A zone or a branch is named after a city rather than after the city's county.
		outer := slices.DeleteFunc(slices.Clone(c.last), func(d report.DivisionName) bool { return d.Level == report.County })
		if len(outer) > 0 {
			c.last = outer
		}
		a.sure = c.links > 1 || branch || len(outer) > 0 && len(report.DivisionsNamed(string(text[:c.end]))) == 0
	} else if c.links == 1 && c.end == 2 && text[1] == '区' {
		a.sure = false // 东区, 城区: as often a part of any city as the division
	}
	a.places, a.dated = inForce(c.last, year)
	a.region = string(a.places[0].Level)
	for _, d := range a.places {
		if string(d.Level) != a.region {
			a.region = ""
		}
	}
	a.chain, a.rest = string(text[:c.end]), string(text[c.end:])
	if text[c.end-1] == '市' && startsWithAny(a.rest, cutWords) {
		a.rest = "市" + a.rest
	}
}

// cutWords are what is left of 市场监督, 市容 and 市政 where a name omits the 市 of its
// region (汉中|市场监督管理局).
var cutWords = []string{"场监", "容", "政管理", "政公用", "政工程", "政设施"}

// chain is a run of divisions' names at the front of a text, each within the one before.
type chain struct {
	start int // of the last name, in runes
	end   int
	links int                   // names in the chain
	last  []report.DivisionName // what the last name may stand for
	bare  bool                  // the last is without the word for its kind
}

// longestChain goes on with a chain as far as the text does, and is without an end
// where the text names none. A name without the word for its kind counts only
// before a division within it, before a zone, or in the name of a branch.
func longestChain(text []rune, c chain, branch bool) chain {
	for n := min(len(text)-c.end, report.LongestDivisionName); n >= 2; n-- {
		word := string(text[c.end : c.end+n])
		var full, bare []report.DivisionName
		for _, d := range report.WrittenDivisions(word) {
			switch {
			case c.links > 0 && !slices.ContainsFunc(c.last, func(o report.DivisionName) bool { return o.Level != d.Level && o.Holds(d.Division) }):
			case d.Form == report.BareName:
				bare = append(bare, d)
			default:
				full = append(full, d)
			}
		}
		rest := string(text[c.end+n:])
		for _, found := range [][]report.DivisionName{full, bare} {
			if len(found) == 0 {
				continue
			}
			next := chain{start: c.end, end: c.end + n, links: c.links + 1, last: found, bare: found[0].Form == report.BareName}
			if longer := longestChain(text, next, branch); longer.end > 0 {
				return longer
			}
			if !next.bare && endsName(rest, word) || next.bare && (branch && rest != "" || zoneAt(rest) != "") {
				return next
			}
		}
	}
	return chain{}
}

// townWords go on after what looks like a division: 湖南|镇, 东区|街道; notTowns begin
// the names of departments all the same.
var (
	townWords = []string{"镇", "乡", "街道", "苏木", "街", "路", "村", "社区", "办事处", "大道"}
	notTowns  = []string{"乡村", "乡镇", "村镇", "镇村", "镇街", "路政", "路桥"}
)

// isCut says that rest goes on with a name that seemed to end before it.
func isCut(rest string) bool { return startsWithAny(rest, townWords) && !startsWithAny(rest, notTowns) }

// endsName says that a division's name may end before rest. Of the short names of
// provinces many are parts of other names, so a department must follow.
func endsName(rest, name string) bool {
	if isCut(rest) {
		return false
	}
	if strings.ContainsAny(name[len(name)-len("市"):], "省市区县旗盟州") {
		return true
	}
	return zoneAt(rest) == "" && (startsWithAny(rest, departmentOpeners) || startsWithAny(rest, verticalWords)) || rest == ""
}

// inForce keeps the divisions in force at the end of a report year or of the next,
// when the report was written. If none was, those nearest in time are kept, and
// dated is false.
func inForce(names []report.DivisionName, year int) (found []report.Division, dated bool) {
	days := []string{"9999-12-31"}
	if year > 0 {
		days = []string{fmt.Sprintf("%04d-12-31", year), fmt.Sprintf("%04d-12-31", year+1), fmt.Sprintf("%04d-01-01", year)}
	}
	for _, day := range days {
		for _, d := range names {
			if d.In(day) {
				found = append(found, d.Division)
			}
		}
		if len(found) > 0 {
			return found, true
		}
	}
	// Days as text sort by time; the years apart are near enough to compare.
	apart := func(d report.DivisionName) int {
		switch day := days[0]; {
		case d.From > day:
			return yearOf(d.From) - yearOf(day)
		default:
			return yearOf(day) - yearOf(d.To)
		}
	}
	nearest := apart(slices.MinFunc(names, func(a, b report.DivisionName) int { return cmp.Compare(apart(a), apart(b)) }))
	for _, d := range names {
		if apart(d) == nearest {
			found = append(found, d.Division)
		}
	}
	return found, false
}

func yearOf(day string) int {
	n := 0
	for _, c := range day[:4] {
		n = n*10 + int(c-'0')
	}
	return n
}

// rankWords hint at a region without naming it.
var rankWords = []struct{ word, level string }{
	{"自治区", levelProvince}, {"自治州", levelPrefecture}, {"自治县", levelCounty}, {"自治旗", levelCounty},
	{"省", levelProvince}, {"州", levelPrefecture}, {"盟", levelPrefecture}, {"县", levelCounty}, {"区", levelCounty}, {"旗", levelCounty}, {"市", ""},
}

// takeRank takes a rank without a name: 市|应急局.
func (a *agencyName) takeRank() bool {
	for _, rank := range rankWords {
		rest, ok := strings.CutPrefix(a.rest, rank.word)
		if ok && (startsWithAny(rest, departmentOpeners) || rest == "" || strings.HasPrefix(rest, rank.word) || zoneAt(rest) != "") {
			a.rank, a.region, a.rest = rank.word, rank.level, rest
			return true
		}
	}
	return false
}

var (
	otherProvinceRE   = regexp.MustCompile(`^[^市县区]{2,3}省|^新疆生产建设兵团`)
	otherPrefectureRE = regexp.MustCompile(`^[^市县区]{2,12}?(?:自治州|地区)|^[^市县区]{2,4}盟`)
	countyRE          = regexp.MustCompile(`^.{1,15}?(?:自治县|自治旗|县|旗|区|市)`)
)

// takeOther takes a region that no list has: a new one, a misprint, or one made up.
func (a *agencyName) takeOther() {
	if a.region == "" && !a.named {
		for _, other := range []struct {
			re    *regexp.Regexp
			level string
		}{{otherProvinceRE, levelProvince}, {otherPrefectureRE, levelPrefecture}} {
			if m := other.re.FindString(a.rest); m != "" {
				a.takeOtherName(m, other.level)
			}
		}
	}
	if a.named && a.region == "" || a.region == levelCounty || townshipRE.MatchString(a.rest) && !countyRE.MatchString(a.rest) || zoneAt(a.rest) != "" {
		return
	}
	runes := []rune(a.rest)
	for n := 2; n <= min(len(runes), 18); n++ {
		last := runes[n-1]
		if strings.ContainsRune("局厅委院处", last) {
			return // an organ begins before any region ends (公安局高新区分局)
		}
		name := string(runes[:n])
		if !strings.ContainsRune("县旗区市", last) || endsInAny(name, noDivisions) || startsWithAny(a.rest, departmentOpeners) || last == '市' && n < 3 ||
			isCut(string(runes[n:])) { // 东区|街道 is a town
			continue
		}
		a.takeOtherName(name, levelCounty)
		return
	}
}

// takeOtherName takes a region whose code nobody knows; a known region around it
// says nothing about its own.
func (a *agencyName) takeOtherName(name, level string) {
	a.places, a.named, a.sure = nil, true, false
	a.other += name
	a.region, a.rest = level, strings.TrimPrefix(a.rest, name)
}

// takeZone takes a zone's name off the front.
func (a *agencyName) takeZone() {
	if zone := zoneAt(a.rest); zone != "" {
		a.zone, a.rest = zone, strings.TrimPrefix(a.rest, zone)
		a.named = a.named || !genericZoneRE.MatchString(zone)
		a.region = levelZone
	}
}

// genericZoneRE matches a zone's words without a name of its own.
var genericZoneRE = regexp.MustCompile(`^(?:国家|省|市|级|高新|技术|经济|经开|产业|开发|工业|综合|保税|示范|旅游|度假|合作|管理|城乡|一体化|新|园|港|区)+$`)

// zoneAt is the zone that a text begins with, "" if none.
func zoneAt(text string) string {
	runes := []rune(text)
	for n := 2; n <= min(len(runes), 18); n++ {
		name := string(runes[:n])
		switch {
		case strings.ContainsRune("局厅委院处", runes[n-1]):
			return ""
		case endsInAny(name, zoneWords) && !continuesName(runes[n:]):
			return name
		case strings.ContainsRune("县旗市区", runes[n-1]) && !endsInAny(name, zoneWords):
			return "" // a region ends before any zone does
		}
	}
	return ""
}

// continuesName says that a zone word is only the first part of a longer one
// (工业园|区, 保税|港区).
func continuesName(rest []rune) bool { return len(rest) > 0 && rest[0] == '区' }
