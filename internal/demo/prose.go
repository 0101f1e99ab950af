package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// opening, themes and plans are the stock from which reports are written. {agency},
// {year}, {n} and {few} are filled in, the last two with numbers of no consequence,
// as prose has many.
var (
	opening = "根据《中华人民共和国政府信息公开条例》（国务院令第711号）的规定和上级有关编制年度报告的要求，{agency}编制了{year}年政府信息公开工作年度报告。本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。如对报告内容有疑问，请与{agency}办公室联系。"

	themes = [][]string{
		{"（一）主动公开。", "全年通过门户网站发布工作动态{n}条、政策文件{few}件、政策解读{few}篇，做到及时更新、内容准确。",
			"围绕群众关心的民生事项，在公示栏和政务新媒体同步发布信息{n}条，方便群众就近查阅。"},
		{"（二）依申请公开。", "规范登记、审核、答复、归档各个环节，安排专人办理，所有申请都在法定期限内答复，没有因答复不当引发的纠纷。",
			"对内容不明确的申请，主动与申请人沟通，一次告知需要补正的事项，答复文书经法制审核后发出。"},
		{"（三）政府信息管理。", "严格执行先审查后公开的制度，发布前逐级审核{n}件次，对已发布的信息开展{few}次清查，改正错漏{few}处。",
			"修订主动公开基本目录，明确每一事项的公开时限、方式和责任科室，清理失效文件{few}件并对外公布。"},
		{"（四）平台建设。", "完成网站栏目优化，增设专题{few}个，网站日均访问量{n}人次，页面适配手机阅读和读屏软件。",
			"加强政务新媒体管理，注销长期不更新的账号{few}个，保留的账号均按要求备案。"},
		{"（五）监督保障。", "调整政务公开工作领导小组，召开专题会议{few}次，组织业务培训{few}期，参训{n}人次，把公开工作列入年度考核。",
			"主动接受社会评议，办理网上留言{n}件，满意率保持在较高水平，全年没有发生责任追究的情形。"},
	}

	shortcomings = []string{
		"一是部分栏目更新的频率不高，内容比较单一；二是政策解读的形式还不够丰富，图表和音视频偏少；三是业务人员变动较多，对条例的理解还不够深入。",
		"主要问题有：个别科室对公开工作重视不够，信息报送不够及时；依申请公开答复的说理性有待加强；基层公开的规范化水平不够平衡。",
		"存在的不足是：公开内容与群众需求还有差距，公开渠道之间的衔接不够顺畅，工作人员的业务能力需要继续提高。",
	}

	plans = []string{
		"下一步，将对照问题逐项整改：一是完善公开目录，扩大公开范围；二是丰富解读方式，用群众看得懂的语言说明政策；三是加强培训和检查，提高公开质量。",
		"今后，将从以下方面改进：健全信息报送和审核机制，压实科室责任；规范答复文书，提高办理质量；推进基层标准化规范化，让群众看得到、听得懂、能监督。",
		"新的一年，将继续加强组织领导，优化网站栏目，拓宽公开渠道，组织全员学习条例，定期通报公开工作情况，推动各项任务落实。",
	}

	// The place name in the last sentence needs four bytes in GB18030.
	extras = []string{
		"本年度没有收取信息处理费。除此以外，没有其他需要报告的事项。",
		"按照信息处理费管理办法，本年度收取信息处理费0元。没有其他需要报告的事项。",
		"本年度信息处理费收取情况：未产生费用。人大代表建议和政协提案的办理结果已按规定公开，包括㳇水村饮水工程等事项。",
	}
)

// say fills a sentence's slots.
func say(r *rand.Rand, e *entry, text string) string {
	text = strings.NewReplacer("{agency}", e.agency.name, "{year}", digits(e.year)).Replace(text)
	for strings.Contains(text, "{n}") {
		text = strings.Replace(text, "{n}", digits(between(r, 20, 480)), 1)
	}
	for strings.Contains(text, "{few}") {
		text = strings.Replace(text, "{few}", digits(between(r, 2, 12)), 1)
	}
	return text
}

// prose is the text of one section (0 is the preamble) of a report on an official form.
func prose(e *entry, section int) []string {
	if e.odd == blankTable {
		return yueyangProse[section]
	}
	r := draw("prose", e.agency.name, e.year, section)
	switch section {
	case 0:
		return []string{say(r, e, opening)}
	case 1:
		var text []string
		for _, theme := range themes {
			text = append(text, theme[0]+say(r, e, theme[1])+say(r, e, theme[2]))
		}
		return text
	case 5:
		return []string{shortcomings[r.IntN(len(shortcomings))], plans[r.IntN(len(plans))]}
	case 6:
		return []string{extras[r.IntN(len(extras))]}
	}
	return nil
}

// oldProse is a report from the time before the forms, whose numbers are prose.
func oldProse(e *entry) []block {
	r := draw("prose", e.agency.name, e.year, "free")
	text := func(s string) block { return block{kind: paragraph, text: say(r, e, s)} }
	blocks := []block{text("按照《中华人民共和国政府信息公开条例》的要求，现公布{agency}{year}年政府信息公开工作年度报告。报告由概述、主动公开、依申请公开、收费及减免、复议和诉讼、主要问题和改进措施六个部分组成。")}
	for _, part := range [][]string{
		{"一、概述", "{year}年，全市各级行政机关把政府信息公开作为建设服务型政府的一项基础工作，完善制度，充实内容，拓宽渠道。", "全市设立查阅场所{few}处，配备专职和兼职人员{n}名，全年召开工作会议{few}次。"},
		{"二、主动公开政府信息的情况", "全年主动公开政府信息{n}条，以业务动态和政策法规为主，机构职能信息按要求及时更新。", "政府公报出刊{few}期，免费发放{n}册，市档案馆和图书馆接待查阅{n}人次。"},
		{"三、依申请公开政府信息的情况", "全年受理依申请公开政府信息{n}件，当面申请和网上申请各占一部分，均按规定答复。"},
		{"四、收费及减免情况", "{year}年没有收取检索、复制、邮寄等费用，也没有减免费用的情况。"},
		{"五、申请行政复议、提起行政诉讼的情况", "{year}年没有因政府信息公开引起的行政复议、行政诉讼和申诉。"},
		{"六、主要问题和改进措施", "主要问题是公开的内容还不够全面，查阅点的建设不平衡，{year}年以后将逐步加以解决。", "同时加强人员培训，健全考核办法，方便公众获取信息。"},
	} {
		blocks = append(blocks, block{kind: heading, text: part[0]})
		for _, s := range part[1:] {
			blocks = append(blocks, text(s))
		}
	}
	return blocks
}

// received is the sentence that repeats the head of table 3 in words.
func received(e *entry) string {
	return fmt.Sprintf("%d年新收政府信息公开申请%s件，上年结转%s件。", e.year,
		e.printed("t3.received_new.total"), e.printed("t3.received_carried_in.total"))
}
