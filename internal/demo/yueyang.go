package demo

import (
	"time"

	"crawl/internal/report"
)

// yueyang2023 is the one real report of the province. Its table 3 and its fee cell
// are printed blank, its table 4 is all zeros, its counter says 1.
func yueyang2023() *entry {
	e := &entry{
		title:     []string{"岳阳市民政局2023年政府信息公开工作年度报告"},
		agency:    agency{name: "岳阳市民政局"},
		year:      2023,
		published: time.Date(2024, time.January, 9, 10, 6, 0, 0, beijing),
		views:     1,
		figures:   figures{},
		odd:       blankTable,
	}
	for _, c := range places(report.Form2021, "", report.Form2021) {
		e.figures[c.Place()] = "0"
	}
	e.figures["t2.norm.issued"] = "3"
	e.figures["t2.norm.abolished"] = "1"
	e.figures["t2.norm.in_force"] = "16"
	e.figures["t2.licence.decisions"] = "112"
	e.figures["t2.fee.amount_wan"] = ""
	return e
}

// yueyangProse retells the report's sections; all facts and numbers are the report's.
var yueyangProse = map[int][]string{
	0: {"依照《中华人民共和国政府信息公开条例》（国务院令第711号）和国办公开办函〔2021〕30号文件规定的格式，现报告岳阳市民政局2023年政府信息公开工作的情况。"},
	1: {
		"这一年，我局坚持“公开为常态、不公开为例外”，在市政务公开政务服务领导小组办公室的指导下，推进决策、执行、管理、服务和结果公开，落实信息发布审核以及主动公开、依申请公开的办事程序。",
		"一是压实责任。局政务公开领导小组负责协调和督查，任务分到机关各科室和局直各单位，主要负责人挂帅，经费和人员专项安排，公开工作列入年度目标管理考核。",
		"二是梳理内容。对照市里的公开信息目录，依托市政府门户网站分类管理，应公开的全部上网；对该公开而不公开的，限时改正，造成不良影响的追究责任。项目审批、行政许可、收费和人事任免等情况，还通过宣传栏、报纸公开。",
		"三是改进服务。社会组织登记、养老机构许可、收养登记等事项列入“最多跑一次”清单，全部进驻市政务中心，精简材料，压缩时限，一站办理。",
		"四是主动公开和互动。2023年，我局下发规范性文件3条，政策解读6条，工作动态90条，没有行政强制事件，没有行政事业性收费；通过市长信箱和12345公众服务热线收到举报投诉、政策咨询221件，都已及时回复，办结率100%；没有不予公开、无法提供、不予处理的事项。",
	},
	5: {
		"与政府的要求和群众的期望相比，我局的工作还有差距：一是任务较重，少数信息更新不够及时；二是信息人员偏少，上报的信息量不足；三是网上办公、网上审批的机制还要完善。",
		"下一步，一要充实公开内容，完善主动公开目录；二要健全制度，使公开及时、真实、完整；三要加强培训，提高干部职工做好信息公开工作的能力。",
	},
	6: {"无。"},
}
