package extract

import (
	"cmp"
	"regexp"
	"strings"

	"crawl/internal/report"
)

// fullName is the name that ids are made of: the official name of the innermost
// region, the zone and the organ, simplified and without white space. So 市民政局,
// 岳阳市民政局 and 湖南省岳阳市民政局 are one organ, whichever its pages print. It
// is written out where the same organ is always meant (岳阳市 for 岳阳市人民政府,
// 管委会, 街道办) and never across a change of name (卫生局, 卫生健康局).
func (a agencyName) fullName(d report.Division) string {
	region := d.Name
	switch {
	case region == "":
		region = a.rank
	case a.zone != "" && !isTown(a.level()):
		region = cmp.Or(a.stem, strings.TrimSuffix(region, "市")) // as zones are named: 岳阳经济技术开发区
	}
	return a.head + region + a.zone + a.organ()
}

// organ is the organ without region and zone, written out.
func (a agencyName) organ() string {
	organ := a.rest
	if strings.HasPrefix(organ, "政府") {
		organ = "人民" + organ
	}
	switch {
	case a.zone != "":
		if organ == "" {
			organ = "管委会"
		}
		if short, ok := strings.CutSuffix(organ, "管委会"); ok {
			organ = short + "管理委员会"
		}
	case isStreet(organ):
		organ = strings.TrimPrefix(organ, "人民政府")
		if m := bareStreetRE.FindStringSubmatch(organ); m != nil {
			organ = m[1] + "办事处"
		}
	case townshipRE.MatchString(organ):
		if m := bareTownRE.FindStringSubmatch(organ); m != nil {
			organ = m[1] + "人民政府"
		}
	case organ == "":
		organ = "人民政府"
	case organ == "人民政府办" && a.region != levelProvince:
		organ += "公室"
	}
	return organ
}

var (
	bareStreetRE = regexp.MustCompile(`^(.+街道)办?$`)
	bareTownRE   = regexp.MustCompile(`^(.+(?:镇|乡|苏木))(?:政府)?$`)
)
