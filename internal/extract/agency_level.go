package extract

import (
	"regexp"
	"strings"
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

// zoneWords end the names of zones, which have no division code.
var zoneWords = []string{
	"开发区", "高新区", "经开区", "经济区", "示范区", "实验区", "试验区", "园区", "合作区", "保税区", "度假区", "管理区", "风景区", "名胜区", "景区", "新区",
	"航空港区", "新港区", "空港区", "工业区", "集聚区", "聚集区", "产业区", "功能区", "港务区", "综试区", "综保区", "先行区", "加工区", "自贸区", "旅游区", "产业园", "工业园", "科技园", "科学城",
}

// noDivisions end in 区 but are no county's name.
var noDivisions = []string{"社区", "地区", "自治区", "辖区", "库区", "灾区", "牧区"}

var (
	townshipRE = regexp.MustCompile(`^.{1,12}?(?:镇|乡|苏木)(?:人民政府|政府|人民政府办公室|政府办公室|党政办公室|党政办|办公室|.{0,10}[所站])?$`)
	streetRE   = regexp.MustCompile(`^.{1,14}?街道(?:办事处|办|党工委|办公室|党政办公室|党政综合办公室|.{0,10}[所站])?$|^.{2,8}办事处$`)
)

// isStreet refuses the offices that a government keeps in another city (驻京办事处).
func isStreet(rest string) bool { return streetRE.MatchString(rest) && !strings.Contains(rest, "驻") }

// agencyLevel decides by a name alone, with the divisions of today.
func agencyLevel(name string) string { return splitAgency(name, 0).level() }

// level is that of the organ, "" where the name does not decide.
func (a agencyName) level() string {
	switch {
	case a.head != "" && a.head != party:
		return levelVertical
	case a.central():
		return levelCentral
	case a.zone != "" && (a.rest == "" || zoneGovernment.MatchString(a.rest)):
		return levelZone
	case isStreet(a.rest):
		return levelStreet
	case townshipRE.MatchString(a.rest):
		return levelTownship
	case a.zone != "":
		return levelZoneDept
	case a.vertical():
		return levelVertical
	case officeRE.MatchString(a.rest):
		return levelOffice
	case a.region == "", a.rest == "" && !a.named:
		return ""
	case a.isGovernment():
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

// vertical says that the organ is led from above; a 地方海事局 is its city's own.
func (a agencyName) vertical() bool {
	return a.customs() || (a.named || a.region != "") && containsAny(a.rest, verticalWords) && !strings.HasPrefix(a.rest, "地方")
}

func (a agencyName) customs() bool { return !a.named && customsRE.MatchString(a.rest) }

// central says that the organ is one of the whole state.
func (a agencyName) central() bool {
	return !a.named && a.region == "" && a.head == "" && !a.customs() && (centralNames[a.rest] || startsWithAny(a.rest, centralOpeners))
}

var (
	zoneGovernment = regexp.MustCompile(`^(?:.{2,8}片区)?(?:党工委)?(?:\(.{1,8}\))?(?:党工委)?(?:管理委员会|管委会|人民政府)$`)
	customsRE      = regexp.MustCompile(`^(?:中华人民共和国)?.{2,4}海(?:关|事局)$`) // named after cities whose borders are not theirs
	officeRE       = regexp.MustCompile(`^(?:(?:人民)?政府(?:办公室|办公厅|办)|府办(?:公室)?|办公[室厅])$`)
)

// isGovernment says that a name is a government's above the townships, or only
// its region's.
func isGovernment(name string) bool { return splitAgency(name, 0).isGovernment() }

func (a agencyName) isGovernment() bool {
	return a.rest == "" || a.rest == "人民政府" || a.rest == "政府"
}

// isGeneric says that a name says not which region's organ it is (市应急局, 水务局).
func isGeneric(name string) bool {
	f := folded(name)
	if strings.HasPrefix(f, "我") || strings.HasPrefix(f, "本") {
		return true
	}
	a := splitAgency(name, 0)
	return !a.named && !a.central() && !a.customs() &&
		(a.region != "" || !townshipRE.MatchString(a.rest) && !isStreet(a.rest))
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

func containsAny(s string, words []string) bool {
	for _, word := range words {
		if strings.Contains(s, word) {
			return true
		}
	}
	return false
}
