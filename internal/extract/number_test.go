package extract

import (
	"testing"

	"crawl/internal/report"
)

func TestReadNumber(t *testing.T) {
	tests := []struct {
		text  string
		q     quantity
		state report.State
		value float64
		unit  string
		fault string
	}{
		{"0", count, report.Number, 0, "", ""},
		{" 12\u00a0", count, report.Number, 12, "", ""},
		{"\u200b7", count, report.Number, 7, "", ""},
		{"１，１１３", count, report.Number, 1113, "", ""},
		{"1,234,567", count, report.Number, 1234567, "", ""},
		{"2笔", count, report.Number, 2, "笔", ""},
		{"984361元", money, report.Number, 984361, "元", ""},
		{"1276.5534万元", money, report.Number, 1276.5534, "万元", ""},
		{"+43", change, report.Number, 43, "", ""},
		{"-1942", change, report.Number, -1942, "", ""},
		{"增10", change, report.Number, 10, "", ""},
		{"减3", change, report.Number, -3, "", ""},
		{"", count, report.Blank, 0, "", ""},
		{"　\u00a0", count, report.Blank, 0, "", ""},
		{"—", count, report.Dash, 0, "", ""},
		{"－－", count, report.Dash, 0, "", ""},
		{"／", count, report.Slash, 0, "", ""},
		{"无", count, report.Text, 0, "", ""},
		{"O", count, report.Unparsed, 0, "", ""},
		{"〇", count, report.Unparsed, 0, "", ""},
		{"Ｏ", count, report.Unparsed, 0, "", ""},
		{"477.35（万元）", money, report.Number, 477.35, "万元", ""},
		{"−4", change, report.Number, -4, "", ""},
		{"12.5 万元", money, report.Number, 12.5, "万元", ""},
		{"12.5萬元", money, report.Number, 12.5, "万元", ""},
		{"減3", change, report.Number, -3, "", ""},
		{"新增 4", change, report.Number, 4, "", ""},
		{"-0", change, report.Number, 0, "", ""},
		{"5(", count, report.Unparsed, 0, "", ""},
		{"增加2项", change, report.Number, 2, "项", ""},
		{"增10减3", change, report.Unparsed, 0, "", ""},
		{"增10", count, report.Unparsed, 0, "", ""},
		{"1 113", count, report.Unparsed, 0, "", ""},
		{"1\n2", count, report.Unparsed, 0, "", ""},
		{"12,34", count, report.Unparsed, 0, "", ""},
		{"1,2345", count, report.Unparsed, 0, "", ""},
		{"007", count, report.Unparsed, 0, "", ""},
		{"5²", count, report.Unparsed, 0, "", ""},
		{"①", count, report.Text, 0, "", ""},
		{"约20", count, report.Unparsed, 0, "", ""},
		{"20（含转办）", count, report.Unparsed, 0, "", ""},
		{"1O", count, report.Unparsed, 0, "", ""},
		{"99999999999999", count, report.Unparsed, 0, "", ""},
		{"3.5", count, report.Unparsed, 0, "", "count_not_integer"},
		{"5.0", count, report.Unparsed, 0, "", "count_not_integer"},
		{"-5", count, report.Unparsed, 0, "", "count_negative"},
		{"5元", count, report.Unparsed, 0, "", "unit_misplaced"},
		{"5件", money, report.Unparsed, 0, "", "unit_misplaced"},
	}
	for _, tt := range tests {
		got := readNumber(tt.text, tt.q)
		if got.state != tt.state || got.state == report.Number && (got.value != tt.value || got.unit != tt.unit) || got.fault != tt.fault {
			t.Errorf("readNumber(%q, %d) = %c %v %q %q, want %c %v %q %q", tt.text, tt.q,
				got.state, got.value, got.unit, got.fault, tt.state, tt.value, tt.unit, tt.fault)
		}
	}
}

func TestInWan(t *testing.T) {
	for _, tt := range []struct {
		value float64
		unit  string
		want  float64
		ok    bool
	}{{984361, "元", 98.4361, true}, {7.5, "万元", 7.5, true}, {2, "亿元", 20000, true}, {7.5, "", 0, false}, {7, "件", 0, false}} {
		if got, ok := inWan(tt.value, tt.unit); got != tt.want || ok != tt.ok {
			t.Errorf("inWan(%v, %q) = %v, %v, want %v, %v", tt.value, tt.unit, got, ok, tt.want, tt.ok)
		}
	}
}
