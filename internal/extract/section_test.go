package extract

import (
	"fmt"
	"strings"
	"testing"
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
		{"sub-headings stay in the text", "一、总体情况/（一）主动公开/甲/二、主动公开政府信息情况/三、收到和处理政府信息公开申请情况/乙", "1（一）主动公开|甲 2 3乙"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var blocks []Block
			for _, line := range strings.Split(tt.body, "/") {
				blocks = append(blocks, Block{Text: line})
			}
			var got []string
			for _, s := range sections(blocks) {
				got = append(got, fmt.Sprintf("%d%s", s.No, strings.ReplaceAll(s.Text, "\n", "|")))
			}
			if g := strings.Join(got, " "); g != tt.want {
				t.Errorf("got %q, want %q", g, tt.want)
			}
		})
	}
}
