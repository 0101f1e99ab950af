package extract

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// labels runs over the label cells of the official tables.
func (p *paper) labels(do func(c *td)) {
	for _, s := range p.official() {
		for _, t := range s.tables {
			t.each(func(c *td) {
				if c.fact == nil && hanCount(c.key, 1) > 0 && c.markup == "" {
					do(c)
				}
			})
		}
	}
}

// relabel replaces words in all labels.
func (p *paper) relabel(pairs ...string) {
	r := strings.NewReplacer(pairs...)
	p.labels(func(c *td) {
		for i := range c.lines {
			c.lines[i] = r.Replace(c.lines[i])
		}
	})
}

// printAs prints the label that begins with key in other words.
func (p *paper) printAs(key string, lines ...string) {
	for _, t := range p.tables() {
		if c := t.starting(key); c != nil {
			c.lines = lines
		}
	}
}

// numberedOutcome: a long label of a row of table 3, told by ordinal and block too.
func numberedOutcome(c *td) bool {
	return len(c.lines) == 1 && utf8.RuneCountInString(strings.Join(strings.Fields(c.lines[0]), "")) >= 8 && c.key != "" && c.key[0] >= '1' && c.key[0] <= '9'
}

// officialForm: the labels are those of one form; a label of a province's own that is
// misprinted is another label.
func officialForm(p *paper) bool { return p.want.form != "s_local" }

// labelling are the ways of printing labels.
var labelling = []mess{
	{"labels broken over lines, one character a line", nil, func(p *paper) {
		p.labels(func(c *td) {
			if n := utf8.RuneCountInString(c.key); n >= 2 && n <= 8 && p.rng.IntN(2) == 0 && len(c.lines) == 1 {
				c.lines = strings.Split(c.lines[0], "")
			}
		})
	}},
	{"labels broken in the middle of a word", nil, func(p *paper) {
		p.labels(func(c *td) {
			if rs := []rune(c.text()); len(rs) >= 4 && p.rng.IntN(3) == 0 && len(c.lines) == 1 {
				cut := 2 + p.rng.IntN(len(rs)-2)
				c.lines = []string{string(rs[:cut]), string(rs[cut:])}
			}
		})
	}},
	{"labels stretched with blanks: 规 章", nil, func(p *paper) {
		blank := pick(p.rng, " ", "　", "\u00a0\u00a0")
		p.labels(func(c *td) {
			if n := utf8.RuneCountInString(c.key); n <= 4 {
				c.lines = []string{strings.Join(strings.Split(c.text(), ""), blank)}
			}
		})
	}},
	{"half-width punctuation and other quotes in labels", nil, func(p *paper) {
		p.relabel("（", "(", "）", ")", "“", "\"", "”", "\"", "，", ",", "：", ":")
	}},
	{"other marks behind ordinals", nil, func(p *paper) {
		mark := pick(p.rng, "、", "．", ". ", " .", ")")
		p.relabel("1.", "1"+mark, "2.", "2"+mark, "3.", "3"+mark, "4.", "4"+mark, "5.", "5"+mark, "一、", "一.", "二、", "二．")
	}},
	{"full-width ordinals", nil, func(p *paper) {
		p.relabel("1.", "１．", "2.", "２．", "3.", "３．", "4.", "４．", "5.", "５．")
	}},
	{"ordinals lost", since2019, func(p *paper) {
		p.relabel("1.", "", "2.", "", "4.", "", "5.", "", "6.", "", "7.", "", "8.", "") // 3.其他 needs its ordinal
	}},
	{"quotes lost: 危及三安全一稳定", since2019, func(p *paper) { p.relabel("“", "", "”", "") }},
	{"explanations left out of labels", nil, func(p *paper) {
		p.printAs("（二）部分公开", "（二）部分公开")
		p.printAs("（一）主动公开政府信息数", "（一）主动公开政府信息数")
		p.printAs("1.专职人员数", "1.专职人员数")
	}},
	{"long explanations in labels, as in Hubei", has2019, func(p *paper) {
		p.printAs("规章", "规章(设区的市、自治州人民政府应提供相关数据)")
		p.printAs("规范性文件", "规范性文件(行政机关制定发布的涉及公民、法人和其他组织权利义务，具有普遍约束力，在一定期限内反复适用的公文)")
		p.printAs("其他对外管理服务事项", "其他对外管理服务事项(指行政许可以外的政务服务事项，含行政确认、行政给付、公共服务等)")
	}},
	{"a character lost in a label", officialForm, func(p *paper) { p.misprint(func(rs []rune, at int) []rune { return slices.Delete(rs, at, at+1) }) }},
	{"a wrong character in a label", officialForm, func(p *paper) {
		p.misprint(func(rs []rune, at int) []rune { rs[at] = pick(p.rng, '的', '己', '曰', '末'); return rs })
	}},
	{"two characters lost: 2.其他法律行政止公开", since2019, func(p *paper) {
		p.printAs("2.其他法律", "2.其他法律行政止公开")
		p.printAs("5.要求行政", "5.要求行政机关确认或重新出具已获信息")
		p.printAs("4.无正当", "4.无正当理由大量反复")
	}},
	{"a column's label printed for its neighbour's: 本年新制作数量 twice", has2019, func(p *paper) {
		if row := p.t2.tables[0][1]; len(row) == 4 && strings.HasPrefix(row[1].key, "本年新制作") { // in another order nobody could tell
			p.printAs("本年新公开数量", "本年新制作数量")
		}
	}},
	{"labels cut short: 现行有效件, 本年增/", since2019, func(p *paper) {
		p.printAs("现行有效件数", "现行有效件")
		p.printAs("本年增/减", "本年增/")
		p.printAs("对外公开总数量", "对外公开总数")
	}},
	{"规范性文件 for 行政规范性文件", has2021, func(p *paper) { p.printAs("行政规范性文件", "规范性文件") }},
	{"行政规范性文件 for 规范性文件", has2019, func(p *paper) { p.printAs("规范性文件", "行政规范性文件") }},
	{"合计 for 总计", since2019, func(p *paper) {
		for _, s := range []*section{p.t3, p.t4} {
			for _, t := range s.tables {
				t.each(func(c *td) {
					if c.key == "总计" {
						c.lines = []string{"合计"}
					}
				})
			}
		}
	}},
	{"articles cited otherwise: 第二十条(五)项", since2019, func(p *paper) {
		p.relabel("第二十条第", pick(p.rng, "第二十条", "第 二十条第", "第二十条 第"))
	}},
	{"traditional characters", nil, func(p *paper) {
		p.relabel("国", "國", "关", "關", "机", "機", "构", "構", "规", "規", "范", "範", "处", "處", "决", "決", "数", "數", "总", "總", "计", "計", "维", "維", "结", "結",
			"纠", "糾", "复", "復", "议", "議", "诉", "訴", "讼", "訟", "经", "經", "费", "費", "务", "務", "业", "業", "团", "團", "组", "組", "织", "織", "统", "統", "标", "標",
			"请", "請", "办", "辦", "开", "開", "属", "屬", "类", "類", "过", "過", "执", "執", "询", "詢", "项", "項", "报", "報", "单", "單", "对", "對", "许", "許", "罚", "罰", "强", "強",
			"现", "現", "废", "廢", "发", "發", "来", "來", "没", "沒", "当", "當", "举", "舉", "转", "轉", "续", "續", "继", "繼", "时", "時", "间", "間", "审", "審")
	}},
	{"the identity of the head left out", since2019, func(p *paper) { p.printAs("（本列数据", "") }},
	{"the head names its units: 自然人（件）", since2019, func(p *paper) {
		for _, key := range []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"} {
			p.printAs(key, key+"（件）")
		}
	}},
	{"colons behind labels", nil, func(p *paper) {
		p.labels(func(c *td) {
			if p.rng.IntN(4) == 0 && utf8.RuneCountInString(c.key) >= 3 && c.text() != "" {
				c.lines = append(c.lines[:len(c.lines)-1:len(c.lines)-1], c.lines[len(c.lines)-1]+"：")
			}
		})
	}},
}

// misprint changes one character in the middle of some long labels of table 3 or of
// the statistical table. What stands under a misprinted label of the latter may be
// kept under that label instead of the code it has no right to.
func (p *paper) misprint(change func(rs []rune, at int) []rune) {
	for _, t := range p.tables() {
		for _, row := range t {
			for i := range row {
				c := &row[i]
				if c.fact != nil || !numberedOutcome(c) || c.markup != "" || p.rng.IntN(6) > 0 {
					continue
				}
				rs := []rune(c.lines[0])
				at := 3 + p.rng.IntN(len(rs)-4)
				if strings.ContainsRune("不未非无", rs[at]) { // without it the label says the opposite
					at--
				}
				c.lines = []string{string(change(rs, at))}
				for k := range row {
					if f := row[k].fact; f != nil && strings.HasPrefix(f.name, "st.") {
						p.want.findings["row_missing"] = true
						f.alias = statName("", c.lines[0]) + f.name[strings.LastIndexByte(f.name, '.'):]
					}
				}
			}
		}
	}
}
