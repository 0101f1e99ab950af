package db

import (
	"path/filepath"
	"testing"

	"crawl/internal/report"
)

// Money of the table of 2014 is in 万元, and missing where the page prints no unit.
// Local forms and figures since the Regulation stay out of the wide table.
func TestWideStatistics(t *testing.T) {
	for _, c := range []struct {
		s    report.Statistic
		want string
	}{
		{report.Statistic{Form: report.Form2014, Item: "fees_charged_wan", Period: "year", Unit: "万元", Cell: num(0.26)}, "0.26"},
		{report.Statistic{Form: report.Form2014, Item: "fees_charged_wan", Period: "year", Unit: "元", Cell: num(3000)}, "0.3"},
		{report.Statistic{Form: report.Form2014, Item: "fees_charged_wan", Period: "year", Cell: num(3000)}, ""},
		{report.Statistic{Form: report.Form2014, Item: "fees_charged_wan", Period: "cumulative", Unit: "万元", Cell: num(9)}, ""},
		{report.Statistic{Form: report.FormLocal, Item: "fees_charged_wan", Period: "year", Unit: "万元", Cell: num(9)}, ""},
	} {
		r := reading("alpha", "http://alpha.example/a.htm", "x", 1)
		r.Statistics = []report.Statistic{c.s}
		d := open(t)
		var f facts
		f.runStart("run", "alpha", 0, "430600")
		f.read(r)
		take(t, d, f, 1)
		path := filepath.Join(t.TempDir(), "reports.db")
		publish(t, d, path, PublishOptions{})
		p, err := OpenReader(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		if got := ask(t, p, "SELECT st_fees_charged_wan FROM report_wide"); len(got) != 1 || got[0] != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	}
}
