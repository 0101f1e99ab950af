package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// facts are what an archive says, as steps that each put one record.
type facts []func(*Tx) error

var clock = time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC)

func at(hours int) time.Time { return clock.Add(time.Duration(hours) * time.Hour) }

func (f *facts) event(source, kind, record string, hour int, data any) {
	b, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	e := archive.Event{RecordID: record, Source: source, Kind: kind, At: at(hour), Data: b}
	*f = append(*f, func(t *Tx) error { return t.PutEvent(e) })
}

func (f *facts) runStart(run, source string, hour int, region string) {
	f.event(source, report.EventRunStart, run+"-start-"+source+fmt.Sprint(hour), hour, report.RunStart{
		Run: run, Command: "run", Source: report.Source{
			ID: source, Name: "政府 " + source, URL: "http://" + source + ".example:8080/list.htm", Adapter: "auto", Region: region},
	})
}

func (f *facts) listed(run, source string, hour int, partial bool) {
	f.event(source, report.EventListingComplete, run+"-list-"+source, hour, report.ListingComplete{
		Run: run, Adapter: "trs", Pages: 2, Items: 3, Total: -1, Partial: partial})
}

func (f *facts) runEnd(run, source string, hour int, outcome report.Outcome) {
	f.event(source, report.EventRunEnd, run+"-end-"+source+fmt.Sprint(hour), hour, report.RunEnd{
		Run: run, Outcome: outcome, Listed: 3, Fetched: 2, Failed: 1, Requests: 10, Seconds: 2.5, Detail: "d"})
}

func (f *facts) item(source, url, title string, hour int, decision string) {
	it := ListingItem{Source: source, URL: url, Title: title, ListedDate: "2025-01-20", SeenAt: at(hour), Decision: decision, Reason: "title matches"}
	*f = append(*f, func(t *Tx) error { return t.PutItem(it) })
}

// read is a page's capture and the report it was read as.
func (f *facts) read(r *report.Report) {
	*f = append(*f, func(t *Tx) error {
		if err := t.PutReport(r); err != nil {
			return err
		}
		return t.PutCapture(capture(r.RecordID, r.Source, r.URL, archive.KindPage, r.FetchedAt))
	})
}

func (f *facts) view(source, url, record string, hour int, n int64) {
	*f = append(*f, func(t *Tx) error {
		c := capture(record, source, "http://counter.example/?of="+url, archive.KindViews, at(hour))
		c.Why.Of = url
		if err := t.PutCapture(c); err != nil {
			return err
		}
		return t.PutView(url, at(hour), n, "counter", record)
	})
}

func capture(record, source, url string, kind archive.Kind, at time.Time) archive.Capture {
	return archive.Capture{
		RecordID: record, Source: source, URL: url, Method: "GET", Why: archive.Why{Kind: kind}, At: at,
		Status: 200, MediaType: "text/html", SHA256: digestOf(record), File: source + "-00001.warc.gz", Outcome: archive.OutcomeOK,
	}
}

func digestOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// reading is a report with a bit of everything, captured at an hour. The content
// says what was printed, so that two readings with one content agree.
func reading(source, url, content string, hour int) *report.Report {
	r := &report.Report{
		URL: url, Source: source, RecordID: fmt.Sprintf("rec-%s-%d", url, hour), FetchedAt: at(hour),
		Title: "某局2024年政府信息公开工作年度报告", Agency: "某局", AgencyRaw: "某局", AgencyBasis: "title",
		Level: "county_dept", Scope: "own_organ", Year: 2024, YearBasis: "title",
		Published:  report.Date{Label: "发布时间", Raw: "2025-02-03 10:06", Value: "2025-02-03T10:06+08:00", Basis: "strip"},
		Dates:      []report.Date{{Label: "发布时间", Raw: "2025-02-03 10:06", Value: "2025-02-03T10:06+08:00"}, {Label: "成文日期", Raw: "?"}},
		ViewsState: report.ViewsLabelOnly, FormT2: report.Form2021, FormT3: report.Form2021, FormT4: report.Form2021,
		Sections:      []report.Section{{No: 1, Heading: "一、总体情况", Text: content}},
		Disclosure:    []report.Disclosure{{Item: "norm", Measure: "issued", Cell: num(3)}, {Item: "fee", Measure: "amount_wan", Cell: blank()}},
		Disputes:      []report.Dispute{{Route: "review", Cells: [5]report.Cell{num(0), num(0), num(0), num(0), num(0)}}},
		Statistics:    []report.Statistic{{Form: report.Form2014, Label: "无代码", Period: "year", Cell: num(7), Unit: "条"}},
		Remarks:       []report.Remark{{Table: "t3", Item: "granted", Col: "total", State: report.Text, Raw: "2笔"}},
		Attachments:   []report.Attachment{{URL: url + ".pdf", Name: "附件"}},
		Checks:        []report.RuleCount{{Rule: "t3_cols", Tested: 1, Blank: 1}},
		Findings:      []report.Finding{{Rule: "t3_cols", Place: "t3.granted", Verdict: report.NotTestable, Note: "n"}},
		ContentSHA256: digestOf(content),
	}
	if source == "alpha" {
		r.AgencyID, r.RegionCode, r.RegionBasis = "430600/岳阳市某局", "430600", "source"
	}
	r.Applications = []report.Application{
		{Item: "granted", Cells: [7]report.Cell{num(1), num(2), num(0), num(0), num(0), num(0), num(3)}},
		{Item: "processed_total", Cells: [7]report.Cell{blank(), blank(), {State: report.Text, Raw: "无"}, {}, num(0), num(0), num(2.5)}},
	}
	return r
}

func num(v float64) report.Cell {
	return report.Cell{State: report.Number, Value: &v, Raw: fmt.Sprint(v)}
}
func blank() report.Cell { return report.Cell{State: report.Blank} }

// history is three nights of two sources: a report that is edited and edited back,
// one that vanishes, one that appears, one page that is no report, view counts.
func history() facts {
	var f facts
	const a, b = "http://alpha.example/a.htm", "http://alpha.example/b.htm"
	const n = "http://alpha.example/n.htm"
	for night := range 5 {
		run, h := fmt.Sprintf("run-%d", night), night*24
		f.runStart(run, "alpha", h, "430600")
		f.item("alpha", a, fmt.Sprintf("标题 %d", night), h+1, Followed)
		f.item("alpha", n, "不是报告", h+1, Followed)
		f.item("alpha", n, "不是报告", h+1, Skipped)
		if night == 0 {
			f.item("alpha", b, "B", h+1, Followed)
		}
		f.listed(run, "alpha", h+2, false)
		content := "first"
		if night == 1 || night == 2 {
			content = "second"
		}
		r := reading("alpha", a, content, h+3)
		views := int64(100 + night)
		if night < 4 {
			r.Views, r.ViewsState = &views, report.ViewsInline
		}
		f.read(r)
		if night == 0 {
			f.read(reading("alpha", b, "other", h+3))
		}
		f.runEnd(run, "alpha", h+4, report.OutcomeOK)
	}
	f.view("alpha", b, "view-b-1", 5, 40)
	f.view("alpha", b, "view-b-2", 30, 44)
	f = append(f, func(t *Tx) error {
		if err := t.PutCapture(capture("rec-n", "alpha", n, archive.KindPage, at(3))); err != nil {
			return err
		}
		return t.PutNotReport("alpha", n, "rec-n", "a guide", at(3))
	}, func(t *Tx) error {
		return t.PutCapture(capture("rec-pdf", "alpha", a+".pdf", archive.KindFile, at(4)))
	})

	// beta: unreachable on the second night, broken off on the third.
	f.runStart("run-0", "beta", 0, "")
	f.read(reading("beta", "http://beta.example/x.htm", "beta", 2))
	f.runEnd("run-0", "beta", 3, report.OutcomeOK)
	f.runStart("run-1", "beta", 24, "")
	f.runEnd("run-1", "beta", 25, report.OutcomeUnreachable)
	f.runStart("run-2", "beta", 48, "")
	return f
}

// open opens a new work.db in a directory of its own.
func open(t testing.TB) *DB {
	t.Helper()
	d, err := Open(context.Background(), filepath.Join(t.TempDir(), "work.db"), "1")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// take puts facts in batches of n, and finishes.
func take(t testing.TB, d *DB, f facts, n int) {
	t.Helper()
	for len(f) > 0 {
		batch := f[:min(n, len(f))]
		f = f[len(batch):]
		err := d.Write(context.Background(), func(tx *Tx) error {
			for _, put := range batch {
				if err := put(tx); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func publish(t testing.TB, d *DB, path string, opt PublishOptions) Published {
	t.Helper()
	p, err := d.Publish(context.Background(), path, opt)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// ask returns the rows of a query as text, columns separated by |, NULL as nothing.
func ask(t testing.TB, r *Reader, query string, args ...any) []string {
	t.Helper()
	_, rows, err := r.Query(context.Background(), query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	var out []string
	for _, row := range rows {
		line := ""
		for i, v := range row {
			if i > 0 {
				line += "|"
			}
			if v != nil {
				line += fmt.Sprint(v)
			}
		}
		out = append(out, line)
	}
	return out
}
