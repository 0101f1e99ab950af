package extract

import (
	"regexp"
	"strings"

	"crawl/internal/report"
)

// Levels of agencies; "" where a name does not decide.
const (
	levelCentral    = "central"
	levelProvince   = "province"
	levelPrefecture = "prefecture"
	levelCounty     = "county"
	levelOffice     = "government_office"
	levelTownship   = "township"
	levelStreet     = "subdistrict"
	levelZone       = "zone"
	levelZoneDept   = "zone_dept"
	levelVertical   = "vertical"
	suffixGov       = "_gov"
	suffixDept      = "_dept"
)

// agencyName is an agency's name taken apart: the region it names and the rest.
type agencyName struct {
	region string // level of the innermost region named or hinted at; "" for none
	named  bool   // the region has a name (岳阳市), not only a rank (市)
	rest   string // folded, without the region
}

// rankWords hint at a region without naming it.
var rankWords = []struct{ word, level string }{
	{"自治区", levelProvince}, {"自治州", levelPrefecture}, {"自治县", levelCounty}, {"自治旗", levelCounty},
	{"省", levelProvince}, {"州", levelPrefecture}, {"盟", levelPrefecture}, {"县", levelCounty}, {"区", levelCounty}, {"旗", levelCounty}, {"市", ""},
}

// zoneWords end the names of zones, which have no division code.
var zoneWords = []string{
	"开发区", "高新区", "经开区", "经济区", "示范区", "实验区", "试验区", "园区", "合作区", "保税区", "度假区", "管理区", "风景区", "名胜区", "景区", "新区",
	"航空港区", "新港区", "空港区", "工业区", "集聚区", "聚集区", "产业区", "功能区", "加工区", "自贸区", "旅游区", "产业园", "工业园", "科技园", "科学城",
}

// countyNewAreas are the 新区 that are divisions.
var countyNewAreas = []string{"浦东新区", "滨海新区"}

// noDivisions end in 区 but are no county's name.
var noDivisions = []string{"社区", "地区", "自治区", "辖区", "库区", "灾区", "牧区"}

var (
	prefectureRE = regexp.MustCompile(`^[^市县区]{2,12}?(?:自治州|地区)|^[^市县区]{2,4}盟`)
	townshipRE   = regexp.MustCompile(`^.{1,12}?(?:镇|乡|苏木)(?:人民政府|政府|人民政府办公室|政府办公室|党政办公室|党政办|办公室|.{0,10}[所站])?$`)
	streetRE     = regexp.MustCompile(`^.{1,14}?街道(?:办事处|办|党工委|办公室|党政办公室|党政综合办公室|.{0,10}[所站])?$|^.{2,8}办事处$`)
)

// splitAgency takes the chain of regions off a name, from the left and only by
// whole names, never across the opening word of a department.
func splitAgency(name string) agencyName {
	a := agencyName{rest: folded(name)}
	a.takeListed(provinces, levelProvince, "")
	a.takeListed(prefectureCities, levelPrefecture, "市")
	a.takeListed(shortPrefectures, levelPrefecture, "")
	if m := prefectureRE.FindString(a.rest); m != "" && !a.named || m != "" && a.region == levelProvince {
		a.take(m, levelPrefecture)
	}
	if !a.named {
		for _, rank := range rankWords {
			rest, ok := strings.CutPrefix(a.rest, rank.word)
			if ok && (startsWithAny(rest, departmentOpeners) || rest == "" || strings.HasPrefix(rest, rank.word)) {
				a.region, a.rest = rank.level, rest
				return a
			}
		}
	}
	for range 3 {
		if a.rest == "" || townshipRE.MatchString(a.rest) && !countyRE.MatchString(a.rest) || !a.takeRegion() {
			break
		}
	}
	return a
}

func (a *agencyName) take(region, level string) {
	a.region, a.named, a.rest = level, true, strings.TrimPrefix(a.rest, region)
}

// takeListed takes the longest listed name, followed by suffix, off the front.
func (a *agencyName) takeListed(names map[string]bool, level, suffix string) {
	runes := []rune(a.rest)
	for n := min(len(runes), 10); n >= 2; n-- {
		name := string(runes[:n])
		if names[name] && strings.HasPrefix(a.rest, name+suffix) {
			a.take(name+suffix, level)
			return
		}
	}
}

var countyRE = regexp.MustCompile(`^.{1,15}?(?:自治县|自治旗|县|旗|区|市)`)

// takeRegion takes one county, county-level city or zone off the front.
func (a *agencyName) takeRegion() bool {
	runes := []rune(a.rest)
	for n := 2; n <= min(len(runes), 18); n++ {
		candidate := string(runes[:n])
		last := runes[n-1]
		if strings.ContainsRune("局厅委院处", last) {
			return false // an organ begins before any region ends (公安局高新区分局)
		}
		switch {
		case endsInAny(candidate, countyNewAreas):
			a.take(candidate, levelCounty)
			return true
		case endsInAny(candidate, zoneWords) && !continuesName(runes[n:]):
			a.take(candidate, levelZone)
			return true
		case !strings.ContainsRune("县旗区市", last), endsInAny(candidate, noDivisions):
			continue
		case startsWithAny(a.rest, departmentOpeners) && candidate != "公安县":
			continue // a zone may still follow: 经济技术开发区
		case last == '市' && n < 3:
			continue
		case a.region == levelCounty || a.region == levelZone:
			continue // a county holds no county; its zones are found above
		}
		a.take(candidate, levelCounty)
		return true
	}
	return false
}

// continuesName says that a zone word is only the first part of a longer one
// (工业园|区, 保税|港区).
func continuesName(rest []rune) bool { return len(rest) > 0 && rest[0] == '区' }

// agencyLevel decides by a name's endings.
func agencyLevel(name string) string {
	f := folded(name)
	if f == "" {
		return ""
	}
	if centralNames[f] {
		return levelCentral
	}
	for _, parent := range centralParents {
		if strings.HasPrefix(f, parent) && f != parent {
			return levelVertical
		}
	}
	a := splitAgency(name)
	switch {
	case a.region == levelZone && (a.rest == "" || zoneGovernment.MatchString(a.rest)):
		return levelZone
	case streetRE.MatchString(a.rest):
		return levelStreet
	case townshipRE.MatchString(a.rest):
		return levelTownship
	case a.region == levelZone:
		return levelZoneDept
	case containsAny(f, verticalWords) && (a.named || a.region != ""):
		return levelVertical
	case !a.named && a.region == "" && startsWithAny(f, centralOpeners):
		return levelCentral
	case officeRE.MatchString(a.rest):
		return levelOffice
	case a.region == "":
		return ""
	case a.rest == "" && !a.named:
		return ""
	case isGovernment(name):
		return a.region + suffixGov
	case strings.HasSuffix(a.rest, "分局") && a.region == levelPrefecture:
		return levelCounty + suffixDept // a branch serves a county
	case strings.HasSuffix(a.rest, "分局") && a.region == levelProvince:
		return ""
	case strings.HasSuffix(a.rest, "管委会") || strings.HasSuffix(a.rest, "管理委员会"):
		return levelZone
	}
	return a.region + suffixDept
}

var (
	zoneGovernment = regexp.MustCompile(`^(?:党工委)?(?:\(.{1,8}\))?(?:党工委)?(?:管理委员会|管委会|人民政府)$`)
	officeRE       = regexp.MustCompile(`^(?:(?:人民)?政府(?:办公室|办公厅|办)|府办(?:公室)?|办公[室厅])$`)
)

// isGovernment says that a name is a government's above the townships, or only
// its region's.
func isGovernment(name string) bool {
	rest := splitAgency(name).rest
	return rest == "" || rest == "人民政府" || rest == "政府"
}

// isGeneric says that a name says not which region's organ it is (市应急局, 水务局).
func isGeneric(name string) bool {
	f := folded(name)
	if strings.HasPrefix(f, "我") || strings.HasPrefix(f, "本") {
		return true
	}
	a := splitAgency(name)
	return !a.named && !centralNames[f] && !startsWithAny(f, centralOpeners) &&
		(a.region != "" || !townshipRE.MatchString(a.rest) && !streetRE.MatchString(a.rest))
}

// regionWideRE are prefaces that say the report sums up a region.
var regionWideRE = regexp.MustCompile(`(?:综合|汇总|汇集|根据|依据)[^。]{0,30}(?:各|全)(?:市|县|区|州|省|旗|镇|乡|街道|级|地)[^。]{0,30}(?:报告|编制|部门|单位|政府|数据|情况)|全(?:市|县|区|州|省|旗|自治区)(?:各级)?(?:行政机关|政府信息公开工作(?:情况)?汇总|政府系统)`)

// agencyScope says whether the report speaks for a region or for one organ.
func agencyScope(level, preface string) string {
	switch level {
	case "":
		return "unknown"
	case levelProvince + suffixGov, levelPrefecture + suffixGov, levelCounty + suffixGov:
		return "region_wide"
	case levelOffice:
		if regionWideRE.MatchString(preface) {
			return "region_wide"
		}
	case levelZone:
		if regionWideRE.MatchString(preface) {
			return "region_wide"
		}
		return "unknown"
	}
	return "own_organ"
}

// levelAndScope fills level and scope from the agency.
func levelAndScope(p *Page, r *report.Report) {
	r.Level = agencyLevel(r.Agency)
	r.Scope = agencyScope(r.Level, opening(p))
	if r.Level == levelZone && !strings.HasSuffix(folded(r.Agency), "会") {
		r.Scope = "region_wide" // the zone itself is named, not its committee
	}
}

func containsAny(s string, words []string) bool {
	for _, word := range words {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}
