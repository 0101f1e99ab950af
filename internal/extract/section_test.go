package extract

import (
	"fmt"
	"strings"
	"testing"

	"crawl/internal/report"
)

func TestOfficialHeading(t *testing.T) {
	tests := []struct {
		line    string
		no      int
		heading string
		rest    string
	}{
		{"一、总体情况", 1, "一、总体情况", ""},
		{"—、总体情况", 1, "—、总体情况", ""},
		{"一、 总体公开情况", 1, "一、 总体公开情况", ""},
		{"一、总结概述", 1, "一、总结概述", ""},
		{"一、工作开展情况", 1, "一、工作开展情况", ""},
		{"一、总体情况、", 1, "一、总体情况、", ""},
		{"一、总体情况：全年公开信息339条。", 1, "一、总体情况：", "全年公开信息339条。"},
		{"二、主动公开政府政府情况", 0, "", ""},
		{"二、主动公开政府政府信息情况", 2, "二、主动公开政府政府信息情况", ""},
		{"二、行政机关主动公开政府信息情况", 2, "二、行政机关主动公开政府信息情况", ""},
		{"主动公开政府信息情况", 2, "主动公开政府信息情况", ""},
		{"四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", 4, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况", ""},
		{"五、存在的主要问题及整改措施", 5, "五、存在的主要问题及整改措施", ""},
		{"六、其他需要报告的事项", 6, "六、其他需要报告的事项", ""},
		{"（一）主动公开政府信息情况", 0, "", ""},
		{"无其他需要报告的事项", 0, "", ""},
		{"总体情况、主动公开政府信息情况等六个部分", 0, "", ""},
		{"一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况", 0, "", ""},
	}
	for _, tt := range tests {
		no, heading, rest := officialHeading(tt.line)
		if no != tt.no || heading != tt.heading || rest != tt.rest {
			t.Errorf("officialHeading(%q) = %d %q %q, want %d %q %q", tt.line, no, heading, rest, tt.no, tt.heading, tt.rest)
		}
	}
}

func TestSections(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"a table of contents in front", "一、总体情况/二、主动公开政府信息情况/三、收到和处理政府信息公开申请情况/一、总体情况/甲/二、主动公开政府信息情况/乙/三、收到和处理政府信息公开申请情况/丙", "1甲 2乙 3丙"},
		{"headings without text", "一、总体情况/甲/二、主动公开政府信息情况/三、收到和处理政府信息公开申请情况/四、政府信息公开行政复议、行政诉讼情况/五、存在的主要问题及改进情况/乙", "1甲 2 3 4 5乙"},
		{"a heading worded loosely", "一、总体情况/甲/二、主动公开政府信息情况/三、收到和处理政府信息公开申请情况/四、复议和诉讼情况/乙/五、主要问题及改进/丙", "1甲 2 3 4乙 5丙"},
		{"numbered headings of before 2019", "一、概述/甲/二、主动公开情况/乙/三、依申请公开情况/丙/四、收费情况/丁/五、复议、诉讼和申诉情况/戊/六、存在的主要问题/己", "1甲 2乙 3丙 4丁 5戊 6己"},
		{"seven sections", "一、概述/甲/二、主动公开政府信息的情况/乙/三、依申请公开政府信息情况/丙/四、政府信息公开的收费及减免情况/丁/五、因政府信息公开申请行政复议、提起行政诉讼的情况/戊/六、存在的主要问题和改进措施/己/七、附表/庚", "1甲 2乙 3丙 4丁 5戊 6己 7庚"},
		{"three sections", "一、基本情况/甲/二、存在问题/乙/三、下一步打算/丙", "1甲 2乙 3丙"},
		{"eleven sections", "一、概述/1/二、公开/2/三、申请/3/四、收费/4/五、复议/5/六、诉讼/6/七、申诉/7/八、机构/8/九、经费/9/十、问题/10/十一、附件/11", "11 22 33 44 55 66 77 88 99 1010 1111"},
		{"headings in brackets", "序言。/（一）概述/甲/（二）主动公开情况/乙/（三）依申请公开情况/丙", "1甲 2乙 3丙"},
		{"headings in Arabic numbers", "1、概述/甲/2、主动公开情况/乙/3、收费及减免情况/丙", "1甲 2乙 3丙"},
		{"parts", "第一部分　概述/甲/第二部分　主动公开情况/乙", "1甲 2乙"},
		{"headings without numbers", "概述/甲/主动公开政府信息情况/乙/依申请公开政府信息情况/丙/收费及减免情况/丁/复议、诉讼和申诉情况/戊/存在的主要问题和改进措施/己/附表/庚", "1甲 2乙 3丙 4丁 5戊 6己 7庚"},
		{"heading and text in one paragraph", "一、概述。2012年，我局成立领导小组。/二、主动公开情况 全年主动公开339条。/三、依申请公开情况：收到申请4件，均已答复，无一例外。", "12012年，我局成立领导小组。 2全年主动公开339条。 3收到申请4件，均已答复，无一例外。"},
		{"a number printed twice", "一、概述/甲/二、主动公开情况/乙/二、依申请公开情况/丙/四、收费情况/丁", "1甲 2乙 3丙 4丁"},
		{"a table of contents of old", "一、概述/二、主动公开情况/三、收费情况/一、概述/甲/二、主动公开情况/乙/三、收费情况/丙", "1甲 2乙 3丙"},
		{"counted measures are no sections", "一、概述/甲/（一）加强领导/乙/（二）健全制度/丙/二、主动公开情况/1.机构12条/丁", "1甲|（一）加强领导|乙|（二）健全制度|丙 21.机构12条|丁"},
		{"no headings at all", "2010年工作报告/2010年，我局公开信息20条。/未收到申请。", "12010年，我局公开信息20条。|未收到申请。"},
		{"the third heading is not printed", "一、总体情况/甲/二、主动公开政府信息情况/四、政府信息公开行政复议、行政诉讼情况/五、存在的主要问题及改进情况/乙/六、其他需要报告的事项/丙", "1甲 2 4 5乙 6丙"},
		{"sub-headings stay in the text", "一、总体情况/（一）主动公开/甲/二、主动公开政府信息情况/三、收到和处理政府信息公开申请情况/乙", "1（一）主动公开|甲 2 3乙"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var blocks []Block
			for _, line := range strings.Split(tt.body, "/") {
				blocks = append(blocks, Block{Text: line})
			}
			r := &report.Report{}
			readSections(blocks, r)
			var got []string
			for _, s := range r.Sections {
				got = append(got, fmt.Sprintf("%d%s", s.No, strings.ReplaceAll(s.Text, "\n", "|")))
			}
			if g := strings.Join(got, " "); g != tt.want {
				t.Errorf("got %q, want %q", g, tt.want)
			}
		})
	}
}

func TestTextOutsideSections(t *testing.T) {
	for _, n := range []int{2, 60} {
		blocks := []Block{{Text: strings.Repeat("本局扎实推进政务公开。", n)}, {Text: "一、概述"}, {Text: "甲"}, {Text: "二、主动公开情况"}, {Text: "乙"}}
		r := &report.Report{}
		readSections(blocks, r)
		if found := len(r.Findings) == 1 && r.Findings[0].Rule == "text_outside_sections"; found != (n == 60) {
			t.Errorf("%d sentences in front: findings %v", n, r.Findings)
		}
	}
}
