package demo

import (
	"fmt"
	"time"
)

// planProvince is the province that New gives: five portals, thirteen organs, and
// one of each oddity.
func planProvince() []*site {
	sites := []*site{planLinjiang(), planQingtong(), planYueyang(), planBaiyu(), planBureaus()}
	for _, s := range sites {
		s.holdBack()
		s.sort()
	}
	return sites
}

// holdBack keeps the first organ's newest report for the fault new-report.
func (s *site) holdBack() {
	s.report(s.entries[0].agency.name, s.last).late = true
}

func planLinjiang() *site {
	s := &site{id: "linjiang", region: "990100", host: "www.linjiang.example", name: "霖江市人民政府", column: "政府信息公开年报", skin: &trsSkin, first: 2019, last: 2025}
	for _, a := range []agency{
		{name: "霖江市财政局", busy: 24},
		{name: "霖江市人民政府", busy: 260, title: titleYearlong},
		{name: "霖江市发展和改革委员会", busy: 40},
	} {
		s.publish(a, s.first, s.last)
	}
	s.plant(wrongSum, "霖江市财政局", 2022)
	s.plant(brokenTitle, "霖江市发展和改革委员会", 2023)
	s.plant(freeText, s.addFreeText("霖江市人民政府", 2012).agency.name, 2012)
	s.add(&entry{kind: aPoster, title: []string{"图解：霖江市人民政府2023年度政府信息公开工作年度报告"},
		agency: agency{name: "霖江市人民政府"}, year: 2023, published: time.Date(2024, 2, 2, 9, 5, 0, 0, beijing)})
	return s
}

// addFreeText adds a report from the time before the forms.
func (s *site) addFreeText(name string, year int) *entry {
	a := agency{name: name}
	return s.add(&entry{title: []string{titleOf(a, year)}, agency: a, year: year, views: 411,
		published: time.Date(year+1, time.March, 21, 15, 30, 0, 0, beijing)})
}

func planQingtong() *site {
	s := &site{id: "qingtong", region: "990121", host: "www.qingtong.example", name: "青桐县人民政府", column: "政府信息公开年度报告", skin: &trsTwoSkin, first: 2019, last: 2025}
	s.publish(agency{name: "青桐县水务局", busy: 9, personsOnly: true}, s.first, s.last)
	s.publish(agency{name: "青桐县市场监督管理局", busy: 30}, s.first, s.last)
	s.plant(blankOrganisations, "青桐县水务局", 2022)
	s.plant(publishedLate, "青桐县市场监督管理局", 2023)
	return s
}

func planYueyang() *site {
	s := &site{id: "yueyang", region: "990103", host: "www.yueyang.example", name: "南汀区人民政府", column: "年度报告", skin: &offsetSkin, first: 2019, last: 2025}
	for _, a := range []agency{
		{name: "南汀区民政局", busy: 8},
		{name: "南汀区教育局", busy: 16},
		{name: "南汀区石麓镇人民政府", busy: 6, title: titleYearFirst},
	} {
		s.publish(a, s.first, s.last)
	}
	s.add(yueyang2023())
	s.add(&entry{kind: aDeadLink, title: []string{"南汀区卫生健康局2021年政府信息公开工作年度报告"},
		agency: agency{name: "南汀区卫生健康局"}, year: 2021, published: time.Date(2022, 1, 25, 11, 0, 0, 0, beijing)})
	return s
}

func planBaiyu() *site {
	s := &site{id: "baiyu", region: "990122", host: "www.baiyu.example", name: "白榆县人民政府", column: "政务公开", skin: &aspSkin, first: 2019, last: 2025}
	s.publish(agency{name: "白榆县农业农村局", busy: 12}, s.first, s.last)
	s.publish(agency{name: "白榆县人力资源和社会保障局", busy: 20, title: titleYearlong}, s.first, s.last)
	s.plant(fullWidthDigits, "白榆县农业农村局", 2021)
	s.add(&entry{kind: aNotice, title: []string{"关于做好2023年度政府信息公开工作年度报告编制工作的通知"},
		agency: agency{name: "白榆县人民政府办公室"}, year: 2023, published: time.Date(2023, 12, 18, 10, 12, 0, 0, beijing)})
	s.add(&entry{kind: aNotice, title: []string{"白榆县2024年第三季度政务公开工作动态"},
		agency: agency{name: "白榆县人民政府办公室"}, year: 2024, published: time.Date(2024, 10, 9, 17, 3, 0, 0, beijing)})
	return s
}

func planBureaus() *site {
	s := &site{id: "linjiang-bureaus", region: "990100", host: "xxgk.linjiang.example", name: "霖江市政府信息公开平台", column: "信息公开年度报告", skin: &vsbSkin, first: 2019, last: 2025}
	s.publish(agency{name: "霖江市交通运输局", busy: 22}, s.first, s.last)
	s.publish(agency{name: "霖江市住房和城乡建设局", busy: 70}, s.first, s.last)
	s.plant(misalignedHeader, "霖江市住房和城乡建设局", 2024)
	s.add(&entry{kind: aStranger, title: []string{"霖江市人民政府2022年度政府信息公开工作年度报告"}, year: 2022,
		url:       "http://www.shengfu.example/zwgk/nb/202303/t20230330_88213.html",
		published: time.Date(2023, 3, 30, 9, 0, 0, 0, beijing)})
	return s
}

var skins = []*skin{&trsSkin, &trsTwoSkin, &offsetSkin, &aspSkin, &vsbSkin}

// planSized is a province of any size, without oddities.
func planSized(portals, agencies, first, last int) []*site {
	var sites []*site
	for i := range portals {
		city := syllables(i) + "市"
		s := &site{id: fmt.Sprintf("city%03d", i+1), region: fmt.Sprintf("99%02d%02d", 2+i/100%98, i%100), host: fmt.Sprintf("www.city%03d.example", i+1),
			name: city + "人民政府", column: "政府信息公开年报", skin: skins[i%len(skins)], first: first, last: last}
		for j := range agencies {
			organ := city
			if j >= len(bureaus) {
				organ += syllables(j/len(bureaus)-1) + "区"
			}
			s.publish(agency{name: organ + bureaus[j%len(bureaus)], busy: 10 + j%30}, first, last)
		}
		s.sort()
		sites = append(sites, s)
	}
	return sites
}

// syllables is the i-th of an endless run of invented place names.
func syllables(i int) string {
	head, tail := []rune("霖桐榆汀麓坞棠湄砚鹭"), []rune("岑浔崮溆峤垣隰圩坻沚")
	name := string(head[i%10]) + string(tail[i/10%10])
	for i /= 100; i > 0; i /= 10 {
		name += string(tail[i%10])
	}
	return name
}

var bureaus = []string{
	"财政局", "教育局", "民政局", "司法局", "水利局", "统计局", "审计局", "林业局", "交通运输局", "农业农村局",
	"自然资源局", "生态环境局", "应急管理局", "卫生健康局", "医疗保障局", "退役军人事务局", "文化和旅游局",
	"市场监督管理局", "住房和城乡建设局", "人力资源和社会保障局",
}
