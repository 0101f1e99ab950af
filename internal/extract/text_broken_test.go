package extract

import (
	"strings"
	"testing"

	"crawl/internal/report"
)

// TestBrokenAmounts: a narrow column breaks an amount over two lines; its first half
// is no amount.
func TestBrokenAmounts(t *testing.T) {
	const head = "第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额\n政府集中采购\n208\n"
	const ruled = "|第二十条第（九）项| | |\n|信息内容|采购项目数量|采购总金额|\n"
	for printed, want := range map[string]float64{
		head + "12.5万元":                         12.5,
		head + "12\n.5万元":                       12.5,
		head + "12\n.5\n万元":                     12.5,
		head + "1,112.5\n万元":                    1112.5,
		ruled + "|政府集中采购|208|12|\n| | |.5万元|":   12.5,
		ruled + "|政府集中采购|208|12.5|\n| | |万元|":   12.5,
		head + "12.\n5万元":                       -1, // no telling what the point is
		head + "12\n5万元":                        -1,
		head + "12.5\n.5万元":                     -1,
		ruled + "|政府集中采购|208|12.5|\n| | |.5万元|": -1,
	} {
		var blocks []Block
		for _, l := range strings.Split(printed, "\n") {
			blocks = append(blocks, Block{Text: tidy(l)})
		}
		r := &report.Report{}
		readTables(textTables(blocks), r)
		got := -1.0
		for _, d := range r.Disclosure {
			if d.Measure == "amount" && d.Cell.Value != nil {
				got = *d.Cell.Value
			}
		}
		if got != want {
			t.Errorf("%q: %v, want %v; %v", printed, got, want, r.Findings)
		}
	}
}
