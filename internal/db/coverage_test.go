package db

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// organ is a source of one organ that promises years.
func organ(id, years string) report.Source {
	return report.Source{ID: id, Name: "某局", URL: "http://" + id + ".example/", Adapter: "auto", Region: "430600",
		Expect: report.Expect{Years: years}}
}

// night is one run of a source: when it begins, what its listing says, how it ends.
func (f *facts) night(src report.Source, hour int, whole bool, outcome report.Outcome) {
	run := fmt.Sprintf("run-%s-%d", src.ID, hour)
	f.event(src.ID, report.EventRunStart, run+"-start", hour, report.RunStart{Run: run, Command: "run", Source: src})
	if whole {
		f.event(src.ID, report.EventListingComplete, run+"-list", hour+1, report.ListingComplete{Run: run, Items: 3, Total: -1})
	}
	f.event(src.ID, report.EventRunEnd, run+"-end", hour+2, report.RunEnd{Run: run, Outcome: outcome, Detail: "why " + string(outcome)})
}

// of is a report of an agency on a year, published on the 20th of January after it.
func of(source, agency string, year, hour int) *report.Report {
	url := fmt.Sprintf("http://%s.example/%s/%d.htm", source, agency, year)
	r := reading(source, url, url, hour)
	r.Agency, r.AgencyID, r.RegionCode, r.Year = agency, "430600/"+agency, "430600", year
	r.Published = report.Date{Value: fmt.Sprintf("%d-01-20", year+1), Basis: "strip"}
	return r
}

// days in hours, from 1 March 2025.
const day = 24

func covered(t *testing.T, f facts) *Reader {
	t.Helper()
	d := open(t)
	take(t, d, f, 7)
	return publishedReader(t, d, filepath.Join(t.TempDir(), "reports.db"), PublishOptions{})
}

func publishedReader(t *testing.T, d *DB, path string, opt PublishOptions) *Reader {
	t.Helper()
	if p := publish(t, d, path, opt); p.Held != "" {
		t.Fatal(p.Held)
	}
	r, err := OpenReader(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func TestCoverage(t *testing.T) {
	const query = `SELECT agency_id, report_year, status, why FROM coverage ORDER BY 1, 2`
	for _, c := range []struct {
		name  string
		facts func(f *facts)
		want  []string
	}{
		{"published, late, and a year that the listing does not show", func(f *facts) {
			src := organ("a", "2021-")
			f.night(src, 0, true, report.OutcomeOK)
			f.read(of("a", "某局", 2021, 1))
			late := of("a", "某局", 2022, 1)
			late.Published.Value = "2023-02-10"
			f.read(late)
			f.read(of("a", "某局", 2023, 1))
		}, []string{
			"430600/某局|2021|published|in time",
			"430600/某局|2022|late|10 days after the deadline",
			"430600/某局|2023|published|in time",
			"430600/某局|2024|missing|not in the listing of source a, seen whole after the deadline",
		}},
		{"before the deadline nothing is missing", func(f *facts) {
			f.night(organ("a", "2023-"), -40*day, true, report.OutcomeOK) // 20 January 2025
			f.read(of("a", "某局", 2023, -40*day+1))
		}, []string{"430600/某局|2023|published|in time"}},
		{"on the day of the deadline neither, by Beijing's calendar", func(f *facts) {
			f.night(organ("a", "2023-"), -29*day+7, true, report.OutcomeOK) // 31 January, 15:00Z = 23:00
			f.read(of("a", "某局", 2023, -29*day+8))
		}, []string{"430600/某局|2023|published|in time"}},
		{"an hour later it is", func(f *facts) {
			f.night(organ("a", "2023-"), -29*day+8, true, report.OutcomeOK)
			f.read(of("a", "某局", 2023, -29*day+9))
		}, []string{"430600/某局|2023|published|in time",
			"430600/某局|2024|missing|not in the listing of source a, seen whole after the deadline"}},
		{"a government has until 31 March", func(f *facts) {
			f.night(organ("a", "2022-"), 0, true, report.OutcomeOK)
			r := of("a", "某县人民政府", 2022, 1)
			r.Scope = "region_wide"
			f.read(r)
		}, []string{"430600/某县人民政府|2022|published|in time",
			"430600/某县人民政府|2023|missing|not in the listing of source a, seen whole after the deadline"}},
		{"a listing walked only to known items is no evidence", func(f *facts) {
			src := organ("a", "2023-")
			f.night(src, -40*day, true, report.OutcomeOK)
			f.night(src, 0, false, report.OutcomeOK)
			f.read(of("a", "某局", 2023, -40*day+1))
		}, []string{"430600/某局|2023|published|in time"}},
		{"blocked since before the deadline", func(f *facts) {
			src := organ("a", "2023-")
			f.night(src, -40*day, true, report.OutcomeOK)
			f.read(of("a", "某局", 2023, -40*day+1))
			f.night(src, -39*day, false, report.OutcomeRobots)
			f.night(src, 0, false, report.OutcomeBlocked)
		}, []string{"430600/某局|2023|published|in time",
			"430600/某局|2024|blocked|the listing of source a was last seen whole on 2025-01-20; since 2025-01-21: blocked, why blocked"}},
		{"blocked after the listing was seen: missing as of then", func(f *facts) {
			src := organ("a", "2023-")
			f.night(src, -20*day, true, report.OutcomeOK)
			f.read(of("a", "某局", 2023, -20*day+1))
			f.night(src, 0, false, report.OutcomeUnreachable)
		}, []string{"430600/某局|2023|published|in time",
			"430600/某局|2024|missing|not in the listing of source a, seen whole after the deadline"}},
		{"the listing cannot be read", func(f *facts) {
			src := organ("a", "2023-")
			f.night(src, -40*day, true, report.OutcomeOK)
			f.read(of("a", "某局", 2023, -40*day+1))
			f.night(src, 0, false, report.OutcomePaging)
		}, []string{"430600/某局|2023|published|in time",
			"430600/某局|2024|broken|the listing of source a was last seen whole on 2025-01-20; since 2025-03-01: paging, why paging"}},
		{"never once seen: the organ is the config's", func(f *facts) {
			f.night(organ("a", "2023-"), 0, false, report.OutcomeUnreachable)
		}, []string{
			"430600/某局|2023|blocked|the listing of source a was never seen whole; since 2025-03-01: blocked, why unreachable"}},
		{"listed, but no report was read", func(f *facts) {
			f.night(organ("a", "2022-"), 0, true, report.OutcomeOK)
			f.read(of("a", "某局", 2022, 1))
			f.item("a", "http://a.example/23", "某局二〇二三年政府信息公开工作年度报告", 1, Followed)
			f.noReport("a", "http://a.example/23", 1)
			f.item("a", "http://a.example/24", "某局2024年政府信息公开工作年度报告", 1, Followed)
			*f = append(*f, func(tx *Tx) error {
				c := capture("dead", "a", "http://a.example/24", archive.KindPage, at(1))
				c.Status = 404
				return tx.PutCapture(c)
			})
		}, []string{"430600/某局|2022|published|in time",
			`430600/某局|2023|broken|"某局二〇二三年政府信息公开工作年度报告" is listed: not a report: a picture`,
			`430600/某局|2024|broken|"某局2024年政府信息公开工作年度报告" is listed: its page answered with status 404`}},
		{"removed", func(f *facts) {
			src := organ("a", "2023-")
			f.item("a", of("a", "某局", 2023, 0).URL, "x", 0, Followed)
			f.read(of("a", "某局", 2023, 0))
			f.read(of("a", "某局", 2024, 0))
			for i := range 3 {
				f.night(src, 1+i*day, true, report.OutcomeOK)
			}
		}, []string{"430600/某局|2023|removed|no longer listed since 2025-03-03", "430600/某局|2024|published|in time"}},
		{"an organ renamed in its own listing is one organ", func(f *facts) {
			f.night(organ("a", ""), 0, true, report.OutcomeOK)
			f.read(of("a", "旧局", 2021, 1))
			f.read(of("a", "新局", 2022, 1))
		}, []string{"430600/新局|2022|published|in time",
			"430600/新局|2023|missing|not in the listing of source a, seen whole after the deadline",
			"430600/新局|2024|missing|not in the listing of source a, seen whole after the deadline", "430600/旧局|2021|published|in time"}},
		{"many organs: who reported once is expected ever after", func(f *facts) {
			f.night(organ("a", ""), 0, true, report.OutcomeOK)
			for _, agency := range []string{"甲局", "乙局"} {
				f.read(of("a", agency, 2022, 1))
			}
			f.read(of("a", "甲局", 2023, 1))
			f.read(of("a", "甲局", 2024, 1))
			f.item("a", "http://a.example/x", "乙局2024年度报告", 1, Followed)
			f.noReport("a", "http://a.example/x", 1)
		}, []string{
			"430600/乙局|2022|published|in time",
			"430600/乙局|2023|missing|not in the listing of source a, seen whole after the deadline",
			`430600/乙局|2024|broken|"乙局2024年度报告" is listed: not a report: a picture`,
			"430600/甲局|2022|published|in time", "430600/甲局|2023|published|in time", "430600/甲局|2024|published|in time"}},
		{"a listing of one year promises no other", func(f *facts) {
			f.night(organ("a", ""), 0, true, report.OutcomeOK)
			f.read(of("a", "甲局", 2020, 1))
			f.read(of("a", "乙局", 2020, 1))
		}, []string{"430600/乙局|2020|published|in time", "430600/甲局|2020|published|in time"}},
		{"years that the config closes", func(f *facts) {
			f.night(organ("a", "2021-2022"), 0, true, report.OutcomeOK)
			f.read(of("a", "某局", 2021, 1))
		}, []string{"430600/某局|2021|published|in time",
			"430600/某局|2022|missing|not in the listing of source a, seen whole after the deadline"}},
		{"published elsewhere is published", func(f *facts) {
			f.night(organ("a", "2023-"), 0, true, report.OutcomeOK)
			f.night(organ("b", ""), 0, true, report.OutcomeOK)
			f.read(of("a", "某局", 2023, 1))
			f.read(of("b", "某局", 2024, 1))
		}, []string{"430600/某局|2023|published|in time", "430600/某局|2024|published|in time"}},
		{"a scope that one page leaves open is not a second duty", func(f *facts) {
			f.night(organ("a", ""), 0, true, report.OutcomeOK)
			for year, scope := range map[int]string{2022: "own_organ", 2023: "unknown", 2024: "own_organ"} {
				for _, agency := range []string{"甲局", "乙局"} {
					r := of("a", agency, year, 1)
					r.Scope = scope
					f.read(r)
				}
			}
		}, []string{
			"430600/乙局|2022|published|in time", "430600/乙局|2023|published|in time", "430600/乙局|2024|published|in time",
			"430600/甲局|2022|published|in time", "430600/甲局|2023|published|in time", "430600/甲局|2024|published|in time"}},
		{"a report whose year is not read may be the one", func(f *facts) {
			f.night(organ("a", "2023-"), 0, true, report.OutcomeOK)
			f.read(of("a", "某局", 2023, 1))
			r := of("a", "某局", 2024, 1)
			r.Year, r.YearBasis = 0, ""
			f.read(r)
			f.item("a", r.URL, "某局2024年政府信息公开工作年度报告", 1, Followed)
		}, []string{"430600/某局|2023|published|in time",
			`430600/某局|2024|broken|"某局2024年政府信息公开工作年度报告" is listed: a report, but its agency or year could not be read`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var f facts
			c.facts(&f)
			r := covered(t, f)
			if diff := cmp.Diff(c.want, ask(t, r, query)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if lost := ask(t, r, `SELECT agency_id, report_year FROM expected
				EXCEPT SELECT agency_id, report_year FROM coverage`); len(lost) > 0 {
				t.Errorf("expected, without a status: %s", lost)
			}
			if bare := ask(t, r, "SELECT * FROM coverage WHERE why IS NULL OR why = '' OR deadline IS NULL"); len(bare) > 0 {
				t.Errorf("a status without a reason: %s", bare)
			}
		})
	}
}

func (f *facts) noReport(source, url string, hour int) {
	record := "no-" + url
	*f = append(*f, func(tx *Tx) error {
		if err := tx.PutCapture(capture(record, source, url, archive.KindPage, at(hour))); err != nil {
			return err
		}
		return tx.PutNotReport(source, url, record, "a picture", at(hour))
	})
}

// TestExpected: each expected year says why, and from which source.
func TestExpected(t *testing.T) {
	var f facts
	f.night(organ("a", "2022-"), 0, true, report.OutcomeOK)
	f.read(of("a", "某局", 2023, 1))
	f.night(organ("m", ""), 0, true, report.OutcomeOK)
	f.read(of("m", "甲局", 2021, 1))
	f.read(of("m", "乙局", 2021, 1))
	f.read(of("m", "甲局", 2023, 1))
	got := ask(t, covered(t, f), "SELECT agency_id, report_year, scope, source, deadline, why FROM expected WHERE why <> 'reported' ORDER BY 1, 2")
	want := []string{
		"430600/乙局|2022|own_organ|m|2023-01-31|reported to source m on 2021",
		"430600/乙局|2023|own_organ|m|2024-01-31|reported to source m on 2021",
		"430600/乙局|2024|own_organ|m|2025-01-31|reported to source m on 2021",
		"430600/某局|2022|own_organ|a|2023-01-31|source a promises 2022-",
		"430600/某局|2024|own_organ|a|2025-01-31|source a promises 2022-",
		"430600/甲局|2022|own_organ|m|2023-01-31|reported to source m on 2021 and on 2023",
		"430600/甲局|2024|own_organ|m|2025-01-31|reported to source m on 2023",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestCoverageAnyOrder: what is expected and how it is covered does not depend on the
// order in which facts came, nor on how often the database was brought up to date.
func TestCoverageAnyOrder(t *testing.T) {
	var f facts
	for i, outcome := range []report.Outcome{report.OutcomeOK, report.OutcomeBlocked, report.OutcomeOK, report.OutcomeEmpty} {
		f.night(organ("a", "2019-"), (i-3)*20*day, outcome == report.OutcomeOK, outcome)
		f.night(organ("m", ""), (i-2)*20*day, outcome == report.OutcomeOK, outcome)
	}
	for year := 2019; year < 2024; year++ {
		f.read(of("a", "某局", year, year-2019))
		f.read(of("m", "甲局", year, year-2019))
		if year%2 == 0 {
			f.read(of("m", "乙局", year, year-2019))
		}
	}
	f.item("m", "http://m.example/x", "乙局2023年度报告", 1, Followed)
	f.noReport("m", "http://m.example/x", 1)
	want := ""
	for seed := range uint64(6) {
		d := open(t)
		rest := append(facts{}, f...)
		path := filepath.Join(t.TempDir(), "reports.db")
		if seed > 0 {
			rng := rand.New(rand.NewPCG(seed, 2))
			rng.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
			take(t, d, rest[:len(rest)/2], 3)
			rest = rest[len(rest)/3:] // some of them twice
		}
		take(t, d, rest, 5)
		r := publishedReader(t, d, path, PublishOptions{})
		got := strings.Join(append(ask(t, r, "SELECT * FROM expected ORDER BY 1, 2, 3"), ask(t, r, "SELECT * FROM coverage ORDER BY 1, 2, 3")...), "\n")
		if want == "" {
			want = got
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("seed %d (-want +got):\n%s", seed, diff)
		}
	}
	if !strings.Contains(want, "broken") || !strings.Contains(want, "missing") {
		t.Errorf("the facts make too few kinds of rows:\n%s", want)
	}
}

// TestToldApart: the publisher stopped, we are kept out, the listing cannot be read.
func TestToldApart(t *testing.T) {
	var f facts
	for id, outcome := range map[string]report.Outcome{
		"stopped": report.OutcomeOK, "blocked": report.OutcomeBlocked, "unlisted": report.OutcomeEmpty, "few": report.OutcomeOK, "well": report.OutcomeOK, "unread": report.OutcomeOK,
	} {
		src := organ(id, "")
		if id == "few" {
			src.Expect = report.Expect{Min: 4, Years: "2021-"}
		}
		f.night(src, 0, outcome == report.OutcomeOK, outcome)
		last := 2024
		if id == "stopped" || id == "unread" {
			last = 2023
		}
		if id == "unread" {
			f.item(id, "http://unread.example/24", "2024年政府信息公开工作年度报告", 1, Followed)
			f.noReport(id, "http://unread.example/24", 1)
		}
		for year := 2022; year <= last; year++ {
			f.read(of(id, id+"局", year, -1))
		}
	}
	r := covered(t, f)
	want := []string{
		"blocked|source_blocked|since 2025-03-01: why blocked",
		"few|source_minimum|3 reports, expected at least 4",
		"few|source_years|no report of 2021",
		"stopped|source_stopped|on 2024, 1 of 1 due reports are not published",
		"unlisted|source_unlisted|since 2025-03-01: why empty",
		"unread|source_unread|on 2024, 1 of 1 due reports are not read: \"2024年政府信息公开工作年度报告\" is listed: not a report: a picture",
	}
	if diff := cmp.Diff(want, ask(t, r, "SELECT source, rule, note FROM findings WHERE report_id IS NULL ORDER BY 1, 2")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	stale := ask(t, r, "SELECT source, sum(stale) FROM reports GROUP BY source HAVING sum(stale) > 0 ORDER BY 1")
	if diff := cmp.Diff([]string{"blocked|3", "unlisted|3"}, stale); diff != "" {
		t.Errorf("stale rows (-want +got):\n%s", diff)
	}
}

// TestCoverageOfDecisions: a withheld page is there, though nothing of it is told; what
// a person declared to be no report is none.
func TestCoverageOfDecisions(t *testing.T) {
	const held, none = "http://a.example/23", "http://a.example/24"
	d := open(t)
	if _, err := d.SetDecisions(context.Background(), []Decision{{held, FieldWithhold, "yes"}, {none, FieldIsReport, "no"}}); err != nil {
		t.Fatal(err)
	}
	var f facts
	f.night(organ("a", "2022-"), 0, true, report.OutcomeOK)
	f.read(of("a", "某局", 2022, 1))
	f.item("a", held, "某局2023年政府信息公开工作年度报告", 1, Followed)
	f.item("a", none, "某局2024年政府信息公开工作年度报告", 1, Followed)
	f.noReport("a", none, 1)
	take(t, d, f, 7)
	r := publishedReader(t, d, filepath.Join(t.TempDir(), "reports.db"), PublishOptions{})
	want := []string{"2022|published|in time", "2023|broken|a listed page is withheld by decision",
		"2024|missing|not in the listing of source a, seen whole after the deadline"}
	if diff := cmp.Diff(want, ask(t, r, "SELECT report_year, status, why FROM coverage ORDER BY 1")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestCoverageBehindRedirect: an item that leads elsewhere was read, if what it leads to was.
func TestCoverageBehindRedirect(t *testing.T) {
	var f facts
	f.night(organ("a", "2023-"), 0, true, report.OutcomeOK)
	f.read(of("a", "某局", 2023, 1))
	f.item("a", "http://a.example/old", "政府信息公开工作年度报告", 1, Followed) // of 2025-01-20, as its listing has it
	f = append(f, func(tx *Tx) error {
		c := capture("hop", "a", "http://a.example/old", archive.KindPage, at(1))
		c.Status, c.Location = 302, of("a", "某局", 2023, 1).URL
		return tx.PutCapture(c)
	})
	want := []string{"2023|published", "2024|missing"}
	if diff := cmp.Diff(want, ask(t, covered(t, f), "SELECT report_year, status FROM coverage ORDER BY 1")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestListingMoved: whose address in the config leads elsewhere is told, by the newest
// run that asked, until it is changed.
func TestListingMoved(t *testing.T) {
	type answer struct {
		path, to string // "" for a page
		status   int
	}
	const old = "http://old.example/nb/"
	for _, c := range []struct {
		name    string
		nights  [][]answer
		outcome report.Outcome
		want    []string
	}{
		{"in its place", [][]answer{{{old, "", 200}, {old + "index_1.html", "", 200}}}, report.OutcomeOK, nil},
		{"for good", [][]answer{{{old, "https://old.example/nb/", 301}, {"https://old.example/nb/", "", 200}}}, report.OutcomeOK,
			[]string{"fail|" + old + " leads to https://old.example/nb/"}},
		{"in two hops", [][]answer{{{old, "http://new.example/", 302}, {"http://new.example/", "http://new.example/nb/", 308}, {"http://new.example/nb/", "", 200}}}, report.OutcomeOK,
			[]string{"fail|" + old + " leads to http://new.example/nb/"}},
		{"for good, to where we may not go", [][]answer{{{old, "http://new.example/nb/", 301}}}, report.OutcomeHTTP,
			[]string{"fail|" + old + " leads to http://new.example/nb/"}},
		{"for now, to another host", [][]answer{{{old, "http://new.example/nb/", 302}, {"http://new.example/nb/", "", 200}}}, report.OutcomeOK,
			[]string{"fail|" + old + " leads to http://new.example/nb/"}},
		{"to its first page", [][]answer{{{old, old + "index.html", 302}, {old + "index.html", "", 200}}}, report.OutcomeOK, nil},
		{"to a login", [][]answer{{{old, "http://sso.example/login", 302}, {"http://sso.example/login", "", 200}}}, report.OutcomeEmpty, nil},
		{"to itself, with a cookie", [][]answer{{{old, old, 302}, {old, "", 200}}}, report.OutcomeOK, nil},
		{"in a circle", [][]answer{{{old, old + "a", 301}, {old + "a", old, 301}}}, report.OutcomeHTTP, nil},
		{"and back", [][]answer{{{old, "http://new.example/nb/", 301}, {"http://new.example/nb/", "", 200}}, {{old, "", 200}}}, report.OutcomeOK, nil},
		{"and not asked since", [][]answer{{{old, "http://new.example/nb/", 301}, {"http://new.example/nb/", "", 200}}, {}}, report.OutcomeOK,
			[]string{"fail|" + old + " leads to http://new.example/nb/"}},
	} {
		var f facts
		f.read(of("a", "某局", 2024, 0))
		for night, answers := range c.nights {
			f.night(organ("a", ""), night*day, c.outcome == report.OutcomeOK, c.outcome)
			for i, a := range answers {
				got := capture(fmt.Sprint(c.name, night, i), "a", a.path, archive.KindList, at(night*day).Add(time.Duration(1+i)*time.Second))
				got.Status, got.Location = a.status, a.to
				if i > 0 && a.path == old+"index_1.html" {
					got.Why.Of = old
				}
				f = append(f, func(tx *Tx) error { return tx.PutCapture(got) })
			}
		}
		got := ask(t, covered(t, f), "SELECT verdict, note FROM findings WHERE rule = 'source_moved'")
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

// TestLookingAgainIsNoChange: another whole look that finds the same is the log's affair.
func TestLookingAgainIsNoChange(t *testing.T) {
	d := open(t)
	path := filepath.Join(t.TempDir(), "reports.db")
	var f facts
	src := organ("a", "2022-")
	f.night(src, 0, true, report.OutcomeOK)
	f.read(of("a", "某局", 2023, 1))
	take(t, d, f, 7)
	publish(t, d, path, PublishOptions{})
	f = nil
	f.night(src, day, true, report.OutcomeOK)
	take(t, d, f, 7)
	if p := publish(t, d, path, PublishOptions{}); p.Changed || !p.Replaced {
		t.Errorf("%+v", p)
	}
	r := publishedReader(t, d, path, PublishOptions{})
	if got := ask(t, r, "SELECT DISTINCT as_of FROM coverage"); !cmp.Equal(got, []string{"2025-03-02T10:00:00.000000Z"}) {
		t.Errorf("as of %s", got)
	}
}
