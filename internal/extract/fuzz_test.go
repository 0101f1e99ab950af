package extract

import (
	"errors"
	"math"
	"strings"
	"testing"

	"crawl/internal/report"
)

// FuzzNumber: a number is read only from digits that stand there, in that order.
func FuzzNumber(f *testing.F) {
	for _, s := range []string{"12", "1,113", "１，１１３", "增10", "减3", "+43", "-1942", "2笔", "984361元", "1276.5534万元", "0", "00", "-", "/", "无", "1 2", "5²", "〇", "O"} {
		for q := range byte(3) {
			f.Add(s, q)
		}
	}
	f.Fuzz(func(t *testing.T, s string, q byte) {
		r := readNumber(s, quantity(q%3))
		if r.state != report.Number {
			return
		}
		if math.IsNaN(r.value) || math.IsInf(r.value, 0) || math.Abs(r.value) > largest {
			t.Fatalf("%q read as %v", s, r.value)
		}
		if quantity(q%3) != change && r.value < 0 || quantity(q%3) != money && r.value != math.Trunc(r.value) {
			t.Fatalf("%q read as %v where that cannot stand", s, r.value)
		}
		if !strings.ContainsAny(narrow(s), "0123456789") {
			t.Fatalf("%q has no digit and is read as %v", s, r.value)
		}
	})
}

// FuzzTable: whatever stands in a table, every number read was printed in its cell.
func FuzzTable(f *testing.F) {
	paper, _ := draw(1)
	if _, table, ok := strings.Cut(string(paper.print()), "<table"); ok {
		f.Add("<table" + table)
	}
	f.Add("<table><tr><td>信息内容<td>本年制发件数<tr><td>规章<td rowspan=2>1<tr><td>行政规范性文件</table>")
	f.Fuzz(func(t *testing.T, markup string) {
		p, err := readHTML("<html><body>"+sixHeadings+markup, "http://www.example.gov.cn/a.html")
		if err != nil {
			return
		}
		r := &report.Report{}
		readTables(p.Blocks, r)
		report.Check(r)
		for name, c := range printedCells(r) {
			if (c.Value != nil) != (c.State == report.Number) {
				t.Errorf("%s: state %c with value %v", name, c.State, c.Value)
			}
			if c.Value != nil && !strings.ContainsAny(narrow(c.Raw), "0123456789") {
				t.Errorf("%s: %v read from %q", name, *c.Value, c.Raw)
			}
		}
	})
}

// FuzzPage: any bytes give a report or a reason.
func FuzzPage(f *testing.F) {
	paper, _ := draw(2)
	f.Add(paper.print())
	f.Add([]byte(titled("临江市民政局2023年政府信息公开工作年度报告", "<p>发布时间：2024-01-09 浏览次数：1</p>"+sixHeadings)))
	f.Add([]byte("\xd5\xfe\xb8\xae\xd0\xc5\xcf\xa2\xb9\xab\xbf\xaa"))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := Extract(exchange("http://www.example.gov.cn/xxgk/202401/t20240109_1.html", body), Hint{Title: "年度报告", Date: "2024-01-09"})
		var no *NotReport
		switch {
		case errors.As(err, &no):
			if no.Reason == "" {
				t.Error("no reason")
			}
		case err != nil:
			t.Error(err)
		case len(r.ContentSHA256) != 64:
			t.Error("a report without a content digest")
		case r.Views != nil && *r.Views < 0:
			t.Errorf("views %d", *r.Views)
		}
	})
}
