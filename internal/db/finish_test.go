package db

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/report"
)

func TestFinish(t *testing.T) {
	d := open(t)
	take(t, d, history(), 5)
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"source", "SELECT * FROM sources", []string{
			"alpha|政府 alpha|http://alpha.example:8080/list.htm|alpha.example:8080|trs|430600||",
			"beta|政府 beta|http://beta.example:8080/list.htm|beta.example:8080|auto|||",
		}},
		{"revisions: edited on night 1, edited back on night 3",
			"SELECT url, revision, is_current, first_seen_at, last_seen_at FROM reports WHERE url LIKE '%a.htm' ORDER BY revision", []string{
				"http://alpha.example/a.htm|1|1|2025-03-01T11:00:00.000000Z|2025-03-05T11:00:00.000000Z",
				"http://alpha.example/a.htm|2|0|2025-03-02T11:00:00.000000Z|2025-03-03T11:00:00.000000Z",
			}},
		{"views: newest of the url for the current revision, newest of its time for the former, a counter's answer, none",
			"SELECT url, revision, views, views_state, views_at FROM reports ORDER BY url, revision", []string{
				"http://alpha.example/a.htm|1|103|inline|2025-03-04T11:00:00.000000Z",
				"http://alpha.example/a.htm|2|102|inline|2025-03-03T11:00:00.000000Z",
				"http://alpha.example/b.htm|1|44|counter|2025-03-02T14:00:00.000000Z",
				"http://beta.example/x.htm|1||label_only|",
			}},
		{"agency ids as read, none without a region", "SELECT DISTINCT source, agency_id, region_code FROM reports ORDER BY 1", []string{
			"alpha|430600/岳阳市某局|430600", "beta||",
		}},
		{"agencies", "SELECT id, name, region_code, province_code, prefecture_code, county_code, level FROM agencies", []string{
			"430600/岳阳市某局|岳阳市某局|430600|430000|430600||county_dept",
		}},
		{"alias with its basis", "SELECT * FROM agency_aliases", []string{"430600/岳阳市某局|某局|source"}},
		{"items: newest words, a page that is no report", "SELECT url, title, decision, reason, removed_at FROM listing_items ORDER BY url", []string{
			"http://alpha.example/a.htm|标题 4|followed|title matches|",
			"http://alpha.example/b.htm|B|followed|title matches|2025-03-04T10:00:00.000000Z",
			"http://alpha.example/n.htm|不是报告|followed|not a report: a guide|",
		}},
		{"removed with the item", "SELECT url, removed_at FROM reports WHERE removed_at IS NOT NULL", []string{
			"http://alpha.example/b.htm|2025-03-04T10:00:00.000000Z",
		}},
		{"runs", "SELECT * FROM runs WHERE id < 'run-3'", []string{
			"run-0|run|2025-03-01T08:00:00.000000Z|2025-03-01T12:00:00.000000Z|ok",
			"run-1|run|2025-03-02T08:00:00.000000Z|2025-03-02T12:00:00.000000Z|unreachable",
			"run-2|run|2025-03-03T08:00:00.000000Z||unfinished",
		}},
		{"source runs", "SELECT run_id, source, listed, new, changed, unchanged, removed, failed, requests, seconds, outcome, detail FROM source_runs ORDER BY source, run_id", []string{
			"run-0|alpha|3|2|0|0|0|1|10|2.5|ok|d",
			"run-1|alpha|3|0|1|0|0|1|10|2.5|ok|d",
			"run-2|alpha|3|0|0|1|0|1|10|2.5|ok|d",
			"run-3|alpha|3|0|1|0|1|1|10|2.5|ok|d",
			"run-4|alpha|3|0|0|1|0|1|10|2.5|ok|d",
			"run-0|beta|3|1|0|0|0|1|10|2.5|ok|d",
			"run-1|beta|3|0|0|0|0|1|10|2.5|unreachable|d",
			"run-2|beta||0|0|0|0||||unfinished|",
		}},
		{"attachment bytes", "SELECT DISTINCT url, record_id, media_type FROM attachments WHERE record_id IS NOT NULL", []string{
			"http://alpha.example/a.htm.pdf|rec-pdf|text/html",
		}},
		{"a series of views", "SELECT count(*), count(DISTINCT observed_at) FROM view_counts WHERE url LIKE '%a.htm'", []string{"4|4"}},
	} {
		if diff := cmp.Diff(c.want, ask(t, d.Reader, c.query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestTablesAsPrinted(t *testing.T) {
	d := open(t)
	var f facts
	r := reading("alpha", "http://alpha.example/a.htm", "x", 1)
	r.Applications = append(r.Applications, r.Applications[0])
	f.read(r)
	take(t, d, f, 1)
	for _, c := range []struct {
		query string
		want  []string
	}{
		{"SELECT item, natural_person, org_commercial, total, states FROM applications", []string{
			"granted|1|2|3|",
			"processed_total||||bbtannu", // the decimal is no count
		}},
		{"SELECT tbl, item, col, state, raw FROM cell_remarks", []string{"t3|processed_total|total|u|2.5", "t3|granted|total|t|2笔"}},
		{"SELECT route, upheld, total, states FROM disputes", []string{"review|0|0|"}},
		{"SELECT item, measure, raw, value, unit, value_wan FROM disclosure", []string{"fee|amount_wan||||", "norm|issued|3|3||"}},
		{"SELECT form, item, label, period, raw, value, unit FROM statistics", []string{"s2014||无代码|year|7|7|条"}},
		{"SELECT label, raw, value FROM report_dates", []string{"发布时间|2025-02-03 10:06|2025-02-03T10:06+08:00", "成文日期|?|"}},
		{"SELECT no, heading, text FROM sections", []string{"1|一、总体情况|x"}},
		{"SELECT published_at, published_date, scope, report_year FROM reports", []string{"2025-02-03T10:06+08:00|2025-02-03|own_organ|2024"}},
		{"SELECT source, rule, place, verdict FROM findings", []string{
			"alpha|printed_twice|t3.granted|not_testable", "alpha|t3_cols|t3.granted|not_testable", "alpha|published_late|published|fail",
		}},
		{"SELECT rule, tested, failed, blank FROM report_checks", []string{"published_late|1|1|0", "t3_cols|1|0|1"}},
	} {
		if diff := cmp.Diff(c.want, ask(t, d.Reader, c.query)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.query, diff)
		}
	}
}

func TestLateness(t *testing.T) {
	for _, c := range []struct {
		year             int
		scope, published string
		yearBasis, basis string
		want             string // "" is NULL
	}{
		{2024, "own_organ", "2025-01-31", "title", "strip", "0"},
		{2024, "own_organ", "2025-02-03", "title", "strip", "3"},
		{2024, "own_organ", "2024-12-19", "title", "strip", "0"},
		{2024, "region_wide", "2025-03-31", "title", "strip", "0"},
		{2024, "region_wide", "2025-04-10", "title", "strip", "10"},
		{2024, "unknown", "2025-01-09", "title", "strip", "0"},
		{2024, "unknown", "2025-02-09", "title", "strip", ""},
		{2018, "own_organ", "2019-03-31", "title", "strip", "0"},
		{2018, "unknown", "2019-04-01", "title", "strip", "1"},
		{2024, "own_organ", "2025-02-03", "published", "strip", ""},
		{2024, "own_organ", "2025-02-03", "title", "url", ""},
		{2024, "own_organ", "2025-02-03", "title", "生效日期", ""},
		{0, "own_organ", "2025-02-03", "", "strip", ""},
		{2024, "own_organ", "", "title", "", ""},
		{2024, "own_organ", "2042-02-03", "title", "strip", ""}, // found to lie in the future
	} {
		r := reading("alpha", "http://alpha.example/a.htm", "x", 1)
		r.Year, r.Scope, r.YearBasis = c.year, c.scope, c.yearBasis
		r.Published = report.Date{Value: c.published, Basis: c.basis}
		if c.published > "2042" {
			r.Findings = append(r.Findings, report.Finding{Rule: "date_implausible", Place: "published", Verdict: report.Fail})
		}
		if c.basis == "生效日期" {
			r.Published.Label, r.Published.Basis = c.basis, "table"
		}
		d := open(t)
		var f facts
		f.read(r)
		take(t, d, f, 1)
		if got := ask(t, d.Reader, "SELECT days_late FROM reports"); got[0] != c.want {
			t.Errorf("%+v: got %q", c, got[0])
		}
	}
}

func TestPreferred(t *testing.T) {
	type rival struct {
		url, date, basis, yearBasis, content string
		hour                                 int
	}
	const host = "http://alpha.example"
	for _, c := range []struct {
		name   string
		rivals []rival
		want   string
	}{
		{"alone", []rival{{host + "/a", "2025-01-01", "strip", "title", "x", 1}}, host + "/a|the only one"},
		{"newest date", []rival{{host + "/a", "2025-01-01", "strip", "title", "x", 9}, {host + "/b", "2025-01-02", "strip", "title", "y", 1}},
			host + "/b|of 2, the newest printed date: 2025-01-02"},
		{"a date of the address is not printed", []rival{{host + "/a", "2025-01-01", "strip", "title", "x", 9}, {host + "/b", "2025-03-02", "url", "title", "y", 1}},
			host + "/a|of 2, the newest printed date: 2025-01-01"},
		{"newest text", []rival{{host + "/a", "2025-01-01", "strip", "title", "x", 1}, {host + "/b", "2025-01-01", "strip", "title", "y", 9}},
			host + "/b|of 2, several printed 2025-01-01: of these the one seen first most recently"},
		{"newest text, no date", []rival{{host + "/a", "", "", "title", "x", 9}, {host + "/b", "", "", "title", "y", 1}},
			host + "/a|of 2 without a printed date to go by, the one seen first most recently"},
		{"a date of the future is none", []rival{{host + "/a", "2025-01-01", "strip", "title", "x", 1}, {host + "/b", "2042-01-02", "strip", "title", "y", 9}},
			host + "/a|of 2, the newest printed date: 2025-01-01"},
		{"printed year", []rival{{host + "/a", "2025-01-01", "strip", "title", "x", 1}, {host + "/b", "2025-02-01", "strip", "published", "y", 9}},
			host + "/a|of 2, the one whose year is not inferred from its publish date"},
		{"wap", []rival{{host + "/a.html", "2025-01-01", "strip", "title", "x", 1}, {host + "/a_wap.html", "2025-02-01", "strip", "title", "y", 9}},
			host + "/a.html|of 2, the page before its mobile or print version"},
		{"isMobile", []rival{{host + "/a.html?isMobile=true", "2025-01-01", "strip", "title", "x", 9}, {host + "/a.html", "", "", "title", "x", 1}},
			host + "/a.html|of 2, the page before its mobile or print version"},
		{"mobile host", []rival{{"http://m.alpha.example/a", "2025-01-01", "strip", "title", "x", 1}, {host + "/a", "2025-01-01", "strip", "title", "x", 9}},
			host + "/a|of 2, the page before its mobile or print version"},
		{"print", []rival{{host + "/a?id=1&print=1", "2025-01-01", "strip", "title", "x", 1}, {host + "/a?id=1", "2025-01-01", "strip", "title", "x", 9}},
			host + "/a?id=1|of 2, the page before its mobile or print version"},
		{"only mobile pages", []rival{{host + "/a_wap.html", "2025-01-01", "strip", "title", "x", 1}, {host + "/b_wap.html", "2025-02-01", "strip", "title", "y", 1}},
			host + "/b_wap.html|of 2, the newest printed date: 2025-02-01"},
		{"https", []rival{{host + "/a", "2025-01-01", "strip", "title", "x", 1}, {"https://alpha.example/a", "2025-01-01", "strip", "title", "x", 9}},
			"https://alpha.example/a|of 2, several printed 2025-01-01: of these the same text under https"},
		{"www", []rival{{"http://www.alpha.example/a", "2025-01-01", "strip", "title", "x", 9}, {host + "/a", "2025-01-01", "strip", "title", "x", 1}, {host + "/b", "2025-01-01", "strip", "title", "x", 4}},
			host + "/a|of 3, several printed 2025-01-01: of these the same text seen first"},
		{"own host", []rival{{"http://portal.example/z", "2025-01-01", "strip", "title", "other agency", 1}, {"http://portal.example/a", "2025-01-01", "strip", "title", "x", 9}, {host + "/a", "2025-01-01", "strip", "title", "y", 1}},
			host + "/a|of 2, several printed 2025-01-01: of these the one on the agency's own host"},
	} {
		d := open(t)
		var f facts
		f.runStart("run", "alpha", 0, "430600")
		for _, v := range c.rivals {
			r := reading("alpha", v.url, v.content, v.hour)
			r.YearBasis, r.Published = v.yearBasis, report.Date{Value: v.date, Basis: v.basis}
			if v.date > "2042" {
				r.Findings = append(r.Findings, report.Finding{Rule: "date_implausible", Place: "published", Verdict: report.Fail})
			}
			if v.content == "other agency" {
				r.Agency, r.AgencyID, r.Title = "他局", "430600/他局", "他局2024年政府信息公开工作年度报告"
			}
			f.read(r)
		}
		take(t, d, f, 1)
		got := ask(t, d.Reader, "SELECT url, preferred_why FROM reports WHERE is_preferred = 1 AND agency = '某局'")
		if diff := cmp.Diff([]string{c.want}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestPlaceholder: a number that a host prints under all its reports is kept and
// marked; where numbers differ, change, or are few, they count views.
func TestPlaceholder(t *testing.T) {
	d := open(t)
	var f facts
	page := func(host string, i, hour int, views int64) {
		r := reading(host, fmt.Sprintf("http://%s.example/%d.htm", host, i), fmt.Sprint(host, i), hour)
		r.Views, r.ViewsState = &views, report.ViewsInline
		r.Agency = fmt.Sprint(host, i)
		r.AgencyID = "430600/" + r.Agency
		f.read(r)
	}
	for _, host := range []string{"same", "differ", "few", "grow", "most", "asked", "alias", "total"} {
		f.runStart("run-"+host, host, 0, "430600")
	}
	for i := range 5 {
		page("same", i, 1, 1)
		page("differ", i, 1, int64(1+i%2))
		page("asked", i, 1, 1)
		page("total", i, 1, 1530488)
		if i < 4 {
			page("few", i, 1, 1)
			page("alias", i, 1, 1)
		}
		page("grow", i, 1, 1)
		page("grow", i, 9, 2)
	}
	again := reading("alias", "http://alias.example/0_wap.htm", "alias0", 1) // a fifth address, no fifth report
	again.Agency, again.AgencyID, again.Views, again.ViewsState = "alias0", "430600/alias0", again.Disclosure[0].Cell.Int(), report.ViewsInline
	*again.Views = 1
	f.read(again)
	for i := range 12 {
		page("most", i, 1, int64(1+i/11*56)) // eleven print 1, a page of another template 57
	}
	f.view("asked", "http://asked.example/0.htm", "counted", 3, 88)
	leftover := reading("alone", "http://alone.example/a.htm", "alone", 9)
	ten := int64(10)
	leftover.Views, leftover.ViewsState = &ten, report.ViewsPlaceholder // what a script overwrites
	f.read(leftover)
	beaten := reading("alone", "http://alone.example/b.htm", "beaten", 9)
	beaten.Views, beaten.ViewsState = &ten, report.ViewsPlaceholder
	f.read(beaten)
	f.view("alone", "http://alone.example/b.htm", "counted before", 3, 77)
	take(t, d, f, 3)
	want := []string{
		"alias.example|inline|1|5", "alone.example|counter|77|1", "alone.example|placeholder|10|1",
		"asked.example|counter|88|1", "asked.example|placeholder|1|4", "differ.example|inline|1|3", "differ.example|inline|2|2",
		"few.example|inline|1|4", "grow.example|inline|2|5", "most.example|inline|57|1", "most.example|placeholder|1|11",
		"same.example|placeholder|1|5", "total.example|placeholder|1530488|5",
	}
	const query = `SELECT substr(url, 8, instr(substr(url, 8), '/') - 1), views_state, views, count(*) FROM reports GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`
	if diff := cmp.Diff(want, ask(t, d.Reader, query)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if got := ask(t, d.Reader, "SELECT count(*), sum(views) FROM view_counts WHERE url LIKE 'http://same.%'"); got[0] != "5|5" {
		t.Errorf("the printed numbers are gone: %s", got)
	}

	path := filepath.Join(t.TempDir(), "reports.db")
	publish(t, d, path, PublishOptions{})
	published, err := OpenReader(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer published.Close()
	const clean = `SELECT r.views, w.views_clean, count(*) FROM report_wide w JOIN reports r ON r.id = w.report_id
		WHERE r.url LIKE ? GROUP BY 1, 2 ORDER BY 1`
	for host, want := range map[string][]string{"same": {"1||5"}, "differ": {"1|1|3", "2|2|2"}} {
		if diff := cmp.Diff(want, ask(t, published, clean, "http://"+host+".%")); diff != "" {
			t.Errorf("report_wide of %s (-want +got):\n%s", host, diff)
		}
	}
}

// TestCutOffReadingIsNotCurrent: half a page, read later, does not take the place of the
// whole one; alone it is better than nothing.
func TestCutOffReadingIsNotCurrent(t *testing.T) {
	d := open(t)
	var f facts
	f.runStart("run", "alpha", 0, "430600")
	f.read(reading("alpha", "http://alpha.example/a", "whole", 1))
	for _, url := range []string{"http://alpha.example/a", "http://alpha.example/b"} {
		half := reading("alpha", url, "half", 9)
		half.Findings = append(half.Findings, report.Finding{Rule: "page_cut_off", Place: "page", Verdict: report.Fail})
		f.read(half)
	}
	take(t, d, f, 1)
	want := []string{"http://alpha.example/a|whole|1", "http://alpha.example/a|half|0", "http://alpha.example/b|half|1"}
	got := ask(t, d.Reader, "SELECT url, text, is_current FROM reports r JOIN sections s ON s.report_id = r.id ORDER BY url, revision")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestPreferenceMoves: what was preferred yields when a newer one comes.
func TestPreferenceMoves(t *testing.T) {
	d := open(t)
	var first, second facts
	first.runStart("run", "alpha", 0, "430600")
	first.read(reading("alpha", "http://alpha.example/a", "x", 1))
	take(t, d, first, 1)
	late := reading("alpha", "http://alpha.example/b", "y", 2)
	late.Published.Value = "2025-02-20"
	second.read(late)
	take(t, d, second, 1)
	want := []string{"http://alpha.example/a|0|", "http://alpha.example/b|1|of 2, the newest printed date: 2025-02-20"}
	if diff := cmp.Diff(want, ask(t, d.Reader, "SELECT url, is_preferred, preferred_why FROM reports ORDER BY url")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestResumed: a run that starts again under its id is unfinished until it ends again.
func TestResumed(t *testing.T) {
	d := open(t)
	var f facts
	f.runStart("run", "alpha", 0, "")
	f.runEnd("run", "alpha", 2, report.OutcomeInterrupted)
	f.runStart("run", "alpha", 5, "")
	take(t, d, f, 1)
	const query = "SELECT r.started_at, r.finished_at, r.outcome, s.outcome FROM runs r JOIN source_runs s ON s.run_id = r.id"
	if got := ask(t, d.Reader, query); got[0] != "2025-03-01T08:00:00.000000Z||unfinished|unfinished" {
		t.Errorf("before the end: %s", got)
	}
	f = nil
	f.runEnd("run", "alpha", 7, report.OutcomePartial)
	take(t, d, f, 1)
	if got := ask(t, d.Reader, query); got[0] != "2025-03-01T08:00:00.000000Z|2025-03-01T15:00:00.000000Z|partial|partial" {
		t.Errorf("after the end: %s", got)
	}
}

// TestOtherListings: whole listings of which nothing is followed are those of something
// else, and no evidence of removal.
func TestOtherListings(t *testing.T) {
	for outcome, want := range map[report.Outcome]string{report.OutcomeEmpty: "", report.OutcomePartial: "2025-03-02T14:00:00.000000Z"} {
		d := open(t)
		var f facts
		f.item("alpha", "http://alpha.example/gone", "x", 0, Followed)
		for i := range 4 {
			run := fmt.Sprintf("run-%d", i)
			f.runStart(run, "alpha", 14*i+1, "")
			f.listed(run, "alpha", 14*i+2, false)
			f.runEnd(run, "alpha", 14*i+3, outcome)
		}
		take(t, d, f, 3)
		if got := ask(t, d.Reader, "SELECT removed_at FROM listing_items"); got[0] != want {
			t.Errorf("%s: removed at %q, want %q", outcome, got[0], want)
		}
	}
}

// TestPartialListings are no evidence of removal, nor are two complete ones.
func TestPartialListings(t *testing.T) {
	d := open(t)
	var f facts
	f.item("alpha", "http://alpha.example/gone", "x", 0, Followed)
	for i := range 5 {
		run := fmt.Sprintf("run-%d", i)
		f.runStart(run, "alpha", 10*i+1, "")
		f.listed(run, "alpha", 10*i+2, i < 3)
		f.runEnd(run, "alpha", 10*i+3, report.OutcomeOK)
	}
	take(t, d, f, 3)
	if got := ask(t, d.Reader, "SELECT removed_at FROM listing_items"); got[0] != "" {
		t.Errorf("removed at %s", got[0])
	}
}

// TestCounterFailed: a counter that was asked and never answered.
func TestCounterFailed(t *testing.T) {
	d := open(t)
	var f facts
	const url = "http://alpha.example/a"
	f.read(reading("alpha", url, "x", 1))
	f = append(f, func(tx *Tx) error {
		c := capture("v", "alpha", "http://alpha.example/counter", archive.KindViews, at(2))
		c.Why.Of = url
		return tx.PutCapture(c)
	})
	take(t, d, f, 1)
	if got := ask(t, d.Reader, "SELECT views, views_state FROM reports"); got[0] != "|counter_failed" {
		t.Error(got)
	}
}

func TestKey(t *testing.T) {
	// printf 'http://a.example/x\0%s' $(printf c | sha256sum | cut -d' ' -f1) | sha256sum | cut -c1-16
	if got := Key("http://a.example/x", digestOf("c")); got != "c22025c53b685c28" {
		t.Error(got)
	}
}

func TestRejected(t *testing.T) {
	d := open(t)
	for name, put := range map[string]func(*Tx) error{
		"event that is no JSON": func(tx *Tx) error {
			return tx.PutEvent(archive.Event{RecordID: "x", Source: "s", Kind: "run-end", Data: []byte("{")})
		},
		"item without a decision": func(tx *Tx) error { return tx.PutItem(ListingItem{Source: "s", URL: "u"}) },
		"report without a digest": func(tx *Tx) error { return tx.PutReport(&report.Report{URL: "u", RecordID: "r", FetchedAt: clock}) },
		"capture of no source":    func(tx *Tx) error { return tx.PutCapture(archive.Capture{RecordID: "r"}) },
	} {
		if err := d.Write(context.Background(), put); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// TestAnotherListing is no evidence of removal: when a source is pointed at another
// listing, its former items count as removed only where their pages are gone too.
func TestAnotherListing(t *testing.T) {
	d := open(t)
	var f facts
	start := func(run string, hour int, url string) {
		f.event("alpha", report.EventRunStart, run+"-start", hour, report.RunStart{
			Run: run, Command: "run", Source: report.Source{ID: "alpha", URL: url}})
	}
	page := func(record, url string, hour, status int) {
		f = append(f, func(tx *Tx) error {
			c := capture(record, "alpha", url, archive.KindPage, at(hour))
			c.Status = status
			return tx.PutCapture(c)
		})
	}
	start("first", 0, "http://alpha.example/old.htm")
	const there, gone, back = "http://alpha.example/there", "http://alpha.example/gone", "http://alpha.example/back"
	for i, url := range []string{there, gone, back} {
		f.item("alpha", url, "x", 1, Followed)
		page(fmt.Sprint("p", i), url, 1, 200)
	}
	for i := range 4 {
		run := fmt.Sprintf("run-%d", i)
		start(run, 10*i+10, "http://alpha.example/new.htm")
		f.listed(run, "alpha", 10*i+12, false)
		f.runEnd(run, "alpha", 10*i+13, report.OutcomeOK)
	}
	page("gone-1", gone, 45, 404)
	page("gone-2", gone, 55, 404)
	page("back-1", back, 15, 404)
	page("back-2", back, 25, 200)
	take(t, d, f, 5)
	got := ask(t, d.Reader, "SELECT url, removed_at FROM listing_items ORDER BY url")
	want := []string{back + "|", gone + "|2025-03-03T05:00:00.000000Z", there + "|"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestRemovedBehindRedirect: the listing names an address that redirects to the report.
func TestRemovedBehindRedirect(t *testing.T) {
	d := open(t)
	var f facts
	const listed, page = "http://alpha.example/listed", "http://alpha.example/page"
	f.runStart("first", "alpha", 0, "")
	f.item("alpha", listed, "x", 1, Followed)
	f = append(f, func(tx *Tx) error {
		c := capture("redirect", "alpha", listed, archive.KindPage, at(1))
		c.Status, c.Location = 301, page
		return tx.PutCapture(c)
	})
	f.read(reading("alpha", page, "x", 1))
	for i := range 3 {
		run := fmt.Sprintf("run-%d", i)
		f.runStart(run, "alpha", 10*i+10, "")
		f.listed(run, "alpha", 10*i+12, false)
		f.runEnd(run, "alpha", 10*i+13, report.OutcomeOK)
	}
	take(t, d, f, 6)
	if got := ask(t, d.Reader, "SELECT removed_at FROM reports"); got[0] != "2025-03-02T16:00:00.000000Z" {
		t.Errorf("removed at %q", got[0])
	}
}

// TestRemovedIsNotPreferred: of one text at two addresses the one still listed counts,
// though the other was seen first.
func TestRemovedIsNotPreferred(t *testing.T) {
	d := open(t)
	var f facts
	const old, moved = "http://alpha.example/old", "http://alpha.example/new"
	f.runStart("first", "alpha", 0, "990100")
	f.item("alpha", old, "x", 1, Followed)
	f.read(reading("alpha", old, "x", 1))
	for i := range 3 {
		run := fmt.Sprintf("run-%d", i)
		f.runStart(run, "alpha", 10*i+10, "990100")
		f.item("alpha", moved, "x", 10*i+11, Followed)
		f.listed(run, "alpha", 10*i+12, false)
		f.runEnd(run, "alpha", 10*i+13, report.OutcomeOK)
	}
	f.read(reading("alpha", moved, "x", 11))
	take(t, d, f, 7)
	got := ask(t, d.Reader, "SELECT url, preferred_why FROM reports WHERE is_preferred ORDER BY url")
	if diff := cmp.Diff([]string{moved + "|of 2, the one still listed"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
