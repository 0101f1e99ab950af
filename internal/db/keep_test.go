package db

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/report"
)

// eight reports of a source, from 2016 on, spoilt as the reader of a later night would.
func eight(source string, spoil func(year int, r *report.Report)) (f facts) {
	f.night(report.Source{ID: source, Name: "某局", Region: "430600"}, 0, true, report.OutcomeOK)
	for year := 2016; year < 2024; year++ {
		r := of(source, "某局"+source, year, 1)
		if spoil != nil {
			spoil(year, r)
		}
		f.read(r)
	}
	return f
}

// readAnew fills a database of another extractor, as an extraction of the same archive would.
func readAnew(t *testing.T, f facts) *DB {
	t.Helper()
	d, err := Open(context.Background(), filepath.Join(t.TempDir(), "work.db"), "2")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	take(t, d, f, 50)
	return d
}

func TestKeepsLastGoodRows(t *testing.T) {
	for _, c := range []struct {
		name string
		bad  facts  // of source a; b stays as it was
		why  string // "" if the new rows publish
	}{
		{"no agency any more", eight("a", func(_ int, r *report.Report) { r.Agency, r.AgencyID = "", "" }),
			"agency: 0 of 8 of the pages published before, formerly 100 %"},
		{"no date on five", eight("a", func(y int, r *report.Report) {
			if y > 2018 {
				r.Published = report.Date{}
			}
		}), "publish date: 3 of 8 of the pages published before, formerly 100 %"},
		{"no date on four", eight("a", func(y int, r *report.Report) {
			if y > 2019 {
				r.Published = report.Date{}
			}
		}), ""},
		{"no table 3 on the five that have one", eight("a", func(y int, r *report.Report) {
			if y >= 2019 {
				r.Applications = nil
			}
		}), "numbers in table 3: 0 of 5 of the pages published before, formerly 100 %"},
		{"table 3 is nobody's loss before 2019", eight("a", func(y int, r *report.Report) {
			if y < 2019 {
				r.Applications = nil
			}
		}), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "reports.db")
			good := open(t)
			take(t, good, append(eight("a", nil), eight("b", nil)...), 50)
			r := publishedReader(t, good, path, PublishOptions{})
			rows := "SELECT key, title, agency, published_date, days_late, is_preferred, preferred_why FROM reports WHERE source = 'a' ORDER BY key"
			cells := "SELECT r.key, x.item, x.total FROM applications x JOIN reports r ON r.id = x.report_id WHERE r.source = 'a' ORDER BY 1, 2"
			want, wantCells := ask(t, r, rows), ask(t, r, cells)

			d := readAnew(t, append(c.bad, eight("b", nil)...))
			opt := PublishOptions{CellsChanged: 1}
			p := publish(t, d, path, opt)
			if p.Held != "" {
				t.Fatal(p.Held)
			}
			if c.why == "" {
				if len(p.Kept) > 0 {
					t.Errorf("kept: %v", p.Kept)
				}
				return
			}
			if diff := cmp.Diff([]KeptSource{{"a", c.why, false}}, p.Kept); diff != "" {
				t.Fatalf("kept (-want +got):\n%s", diff)
			}
			after, err := OpenReader(context.Background(), path)
			if err != nil {
				t.Fatal(err)
			}
			defer after.Close()
			if diff := cmp.Diff(want, ask(t, after, rows)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(wantCells, ask(t, after, cells)); diff != "" {
				t.Errorf("cells (-want +got):\n%s", diff)
			}
			if got := ask(t, after, "SELECT source, sum(stale), min(extractor) FROM reports GROUP BY source"); !cmp.Equal(got, []string{"a|8|1", "b|0|2"}) {
				t.Errorf("stale rows and extractors: %s", got)
			}
			if got := ask(t, after, "SELECT source, rule, note FROM findings WHERE report_id IS NULL AND rule = 'source_reader'"); !cmp.Equal(got, []string{"a|source_reader|" + c.why}) {
				t.Errorf("findings: %s", got)
			}
			const due = "SELECT source, status, c.why FROM coverage c JOIN expected e USING (agency_id, report_year, scope) WHERE status NOT IN ('published', 'late') ORDER BY 1"
			if got := ask(t, after, due); !cmp.Equal(got, []string{"a|broken|our reader broke: " + c.why, "b|missing|not in the listing of source b, seen whole after the deadline"}) {
				t.Errorf("coverage: %s", got)
			}
			if got := ask(t, after, "SELECT count(*) FROM captures WHERE record_id NOT IN (SELECT record_id FROM reports UNION SELECT record_id FROM view_counts)"); got[0] != "0" {
				t.Errorf("%s captures that nothing cites", got)
			}
			if again := publish(t, d, path, opt); again.Changed || again.Replaced || len(again.Kept) != 1 || !again.Kept[0].Again {
				t.Errorf("published once more: %+v", again)
			}
			if p := publish(t, d, path, PublishOptions{Accept: true}); p.Held != "" || len(p.Kept) > 0 || !p.Changed {
				t.Errorf("accepted: %+v", p)
			}
			if p := publish(t, d, path, opt); p.Changed || len(p.Kept) > 0 {
				t.Errorf("after it was accepted: %+v", p)
			}
		})
	}
}

// TestKeepsPromises: a source that falls below what its config promises keeps its rows;
// one that never reached it publishes what it has.
func TestKeepsPromises(t *testing.T) {
	night := func(few int, expect report.Expect) facts {
		var f facts
		src := organ("a", "")
		src.Expect = expect
		f.night(src, 0, true, report.OutcomeOK)
		for year := 2020; year < 2020+few; year++ {
			f.read(of("a", "某局", year, 1))
		}
		f = append(f, eight("b", nil)...)
		// The pages are archived, whatever they were read as.
		for year := 2020; year < 2024; year++ {
			r := of("a", "某局", year, 1)
			f = append(f, func(tx *Tx) error { return tx.PutCapture(capture(r.RecordID, "a", r.URL, "page", at(1))) })
		}
		return f
	}
	for _, c := range []struct {
		expect      report.Expect
		before, now int
		why         string
	}{
		{report.Expect{Min: 4}, 4, 3, "3 reports, expected at least 4, formerly 4"},
		{report.Expect{Min: 4}, 2, 3, ""},
		{report.Expect{Years: "2020-2022"}, 3, 2, "no longer a report of 2022"},
		{report.Expect{Years: "2020-2022"}, 2, 2, ""},
		{report.Expect{Years: "2020-2021"}, 3, 2, ""},
	} {
		path := filepath.Join(t.TempDir(), "reports.db")
		d := open(t)
		take(t, d, night(c.before, c.expect), 50)
		publish(t, d, path, PublishOptions{})
		p := publish(t, readAnew(t, night(c.now, c.expect)), path, PublishOptions{Accept: false})
		var kept string
		if len(p.Kept) > 0 {
			kept = p.Kept[0].Why
		}
		if kept != c.why {
			t.Errorf("%+v: kept %q, want %q", c, kept, c.why)
		}
	}
}

// TestTakenOutStaysOut: what people withheld, declared no report, or erased from the
// archive does not come back with the last good rows.
func TestTakenOutStaysOut(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "reports.db")
	good := open(t)
	f := eight("a", func(y int, r *report.Report) {
		n := int64(y)
		r.Views, r.ViewsState = &n, report.ViewsInline
	})
	take(t, good, append(f, eight("b", nil)...), 50)
	publish(t, good, path, PublishOptions{})

	page := func(year int) string { return of("a", "某局a", year, 1).URL }
	bad := eight("a", func(y int, r *report.Report) { r.Agency, r.AgencyID, r.Title = "", "", "" })
	d, err := Open(ctx, filepath.Join(t.TempDir(), "work.db"), "2")
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.SetDecisions(ctx, []Decision{{page(2016), FieldWithhold, "yes"}, {page(2017), FieldIsReport, "no"}}); err != nil {
		t.Fatal(err)
	}
	// Of these pages no report is read; that of 2018 is erased, captures and all.
	var left facts
	for i, put := range bad {
		if year := 2016 + i - 3; year >= 2016 && year <= 2018 { // behind the run's three events
			continue
		}
		left = append(left, put)
	}
	for _, year := range []int{2016, 2017} {
		r := of("a", "某局a", year, 1)
		left = append(left, func(tx *Tx) error { return tx.PutCapture(capture(r.RecordID, "a", r.URL, "page", at(1))) })
	}
	take(t, d, append(left, eight("b", nil)...), 50)
	p := publish(t, d, path, PublishOptions{Accept: false, CellsChanged: 1})
	if len(p.Kept) != 1 {
		t.Fatalf("%+v", p)
	}
	if !strings.Contains(p.Held, "13 current reports instead of 14") { // the erased page is missed: a person must look
		t.Fatalf("held: %q", p.Held)
	}
	// Without the erased page, with the former file none the wiser.
	take(t, d, bad[5:6], 1)
	p = publish(t, d, path, PublishOptions{CellsChanged: 1})
	if p.Held != "" || len(p.Kept) != 1 {
		t.Fatalf("%+v", p)
	}
	r, err := OpenReader(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	want := []string{}
	for year := 2018; year < 2024; year++ {
		want = append(want, fmt.Sprintf("%s|%d", page(year), year))
	}
	if diff := cmp.Diff(want, ask(t, r, "SELECT r.url, v.views FROM reports r JOIN view_counts v ON v.url = r.url WHERE r.source = 'a' ORDER BY 1")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	for _, table := range []string{"reports", "view_counts", "captures", "listing_items"} {
		if rows := ask(t, r, "SELECT url FROM "+table+" WHERE url IN (?, ?)", page(2016), page(2017)); len(rows) > 0 {
			t.Errorf("%s has %s", table, rows)
		}
	}
}

// TestHeldForChangedCells: a new extractor that reads many numbers otherwise needs a
// person's word; the same extractor, or a few numbers, do not.
func TestHeldForChangedCells(t *testing.T) {
	change := func(cells int) facts {
		return eight("a", func(_ int, r *report.Report) {
			for i := range cells {
				r.Applications[0].Cells[i] = num(40)
			}
		})
	}
	for _, c := range []struct {
		cells int
		opt   PublishOptions
		held  string
	}{
		{0, PublishOptions{}, ""},
		{3, PublishOptions{}, "the new extractor reads 24 of 120 numbers otherwise than in the last publication, or not at all: more than 5 %"},
		{3, PublishOptions{CellsChanged: 0.25}, ""},
		{3, PublishOptions{Accept: true}, ""},
	} {
		path := filepath.Join(t.TempDir(), "reports.db")
		d := open(t)
		take(t, d, eight("a", nil), 50)
		publish(t, d, path, PublishOptions{})
		if p := publish(t, readAnew(t, change(c.cells)), path, c.opt); p.Held != c.held {
			t.Errorf("%d cells, %+v: held %q, want %q", c.cells, c.opt, p.Held, c.held)
		}
	}
	// Read by the same extractor it is the portal that changed.
	path := filepath.Join(t.TempDir(), "reports.db")
	d, e := open(t), open(t)
	take(t, d, eight("a", nil), 50)
	publish(t, d, path, PublishOptions{})
	take(t, e, change(3), 50)
	if p := publish(t, e, path, PublishOptions{}); p.Held != "" {
		t.Error(p.Held)
	}
}
