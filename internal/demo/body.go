package demo

import (
	"fmt"
	"strings"

	"crawl/internal/report"
)

type blockKind int

const (
	paragraph blockKind = iota
	heading
	signature // right-aligned: the organ and the day it signed
	table
)

// block is one piece of an article, in page order.
type block struct {
	kind blockKind
	text string
	grid grid
}

var headings = [7]string{
	1: "一、总体情况",
	2: "二、主动公开政府信息情况",
	3: "三、收到和处理政府信息公开申请情况",
	4: "四、政府信息公开行政复议、行政诉讼情况",
	5: "五、存在的主要问题及改进情况",
	6: "六、其他需要报告的事项",
}

// body is what a report says, before a portal gives it its markup.
func body(e *entry) []block {
	if e.odd == freeText {
		return append(oldProse(e), sign(e)...)
	}
	var blocks []block
	for no := range headings {
		if no > 0 {
			blocks = append(blocks, block{kind: heading, text: headings[no]})
		}
		for _, text := range prose(e, no) {
			blocks = append(blocks, block{kind: paragraph, text: text})
		}
		switch no {
		case 2:
			blocks = append(blocks, block{kind: table, grid: disclosureGrid(e)})
		case 3:
			if e.printed("t3.received_new.total") != "" {
				blocks = append(blocks, block{kind: paragraph, text: received(e)})
			}
			blocks = append(blocks, block{kind: table, grid: applicationGrid(e)})
		case 4:
			blocks = append(blocks, block{kind: table, grid: disputeGrid(e)})
		}
	}
	if e.odd == blankTable {
		return blocks // the page it retells is not signed
	}
	return append(blocks, sign(e)...)
}

// sign is the sign-off: the day before publication.
func sign(e *entry) []block {
	day := e.published.AddDate(0, 0, -1)
	return []block{
		{kind: signature, text: e.agency.name},
		{kind: signature, text: fmt.Sprintf("%d年%d月%d日", day.Year(), day.Month(), day.Day())},
	}
}

// sections reads the six sections back from a body; nil when it has other headings.
func sections(blocks []block) []report.Section {
	var all []report.Section
	for _, b := range blocks {
		switch {
		case b.kind == heading:
			no := len(all) + 1
			if no >= len(headings) || b.text != headings[no] {
				return nil
			}
			all = append(all, report.Section{No: no, Heading: b.text})
		case b.kind == paragraph && len(all) > 0:
			last := &all[len(all)-1]
			last.Text = strings.TrimPrefix(last.Text+"\n"+b.text, "\n")
		}
	}
	return all
}
