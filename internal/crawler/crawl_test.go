package crawler

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// loopback serves the site over real HTTP on loopback, under the names of sources.
func loopback(t *testing.T, s *site) *httptest.Server {
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	return server
}

// source is a listing in the site's folder /nb/ under the server's own address.
func source(server *httptest.Server) report.Source {
	return report.Source{ID: "linjiang-mzj", Name: "临江市民政局", URL: server.URL + "/nb/index.html", Adapter: "auto"}
}

func allowPrivate() Options {
	opt := options(nil)
	opt.AllowPrivate = true
	return opt
}

func TestCrawlArchivesTheWalk(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2018, 3)
	server := loopback(t, s)
	s.set("/nb/index.html", listPage("index_1.html",
		reportRow(2023), reportRow(2022), reportRow(2021),
		row{"./2021/t20210601_9.html", "关于召开会议的通知", "2021-06-01"},
		row{"http://elsewhere.example/1.html", "省民政厅2020年政府信息公开工作年度报告", "2021-03-01"}))
	delete(s.pages, "/nb/2019/t20190115_3018.html")

	a := openArchive(t)
	var phases []string
	opt := allowPrivate()
	opt.Progress = func(p Progress) {
		if len(phases) == 0 || phases[len(phases)-1] != p.Phase {
			phases = append(phases, p.Phase)
		}
	}
	got := mustCrawl(t, a, opt, source(server))[0]

	if got.Outcome != report.OutcomeOK || got.Listed != 6 || got.Fetched != 5 || got.New != 5 || got.Failed != 1 || got.Requests != 9 || got.Adapter != "plain" {
		t.Errorf("result: %+v", got)
	}
	if want := "1 of 6 pages failed: " + server.URL + "/nb/2019/t20190115_3018.html: status 404"; got.Detail != want {
		t.Errorf("detail %q, want %q", got.Detail, want)
	}
	if diff := cmp.Diff([]string{PhaseList, PhasePages, PhaseDone}, phases); diff != "" {
		t.Error(diff)
	}

	var kept []string
	for _, c := range captures(t, a, "linjiang-mzj") {
		kept = append(kept, fmt.Sprintf("%s %d %s of %s", c.Why.Kind, c.Status,
			strings.TrimPrefix(c.URL, server.URL), strings.TrimPrefix(c.Why.Of, server.URL)))
	}
	want := []string{
		"robots 404 /robots.txt of ",
		"list 200 /nb/index.html of ",
		"list 200 /nb/index_1.html of /nb/index.html",
		"page 200 /nb/2024/t20240115_3023.html of /nb/index.html",
		"page 200 /nb/2023/t20230115_3022.html of /nb/index.html",
		"page 200 /nb/2022/t20220115_3021.html of /nb/index.html",
		"page 200 /nb/2021/t20210115_3020.html of /nb/index_1.html",
		"page 200 /nb/2020/t20200115_3019.html of /nb/index_1.html",
		"page 404 /nb/2019/t20190115_3018.html of /nb/index_1.html",
	}
	if diff := cmp.Diff(want, kept); diff != "" {
		t.Error(diff)
	}

	var kinds []string
	for _, e := range events(t, a, "linjiang-mzj") {
		kinds = append(kinds, e.Kind)
		switch e.Kind {
		case report.EventListingComplete:
			want := report.ListingComplete{Run: "run-1", URL: server.URL + "/nb/index.html", Adapter: "plain", Pages: 2, Items: 8, Ordered: true, Total: -1}
			var got report.ListingComplete
			unmarshal(t, e, &got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		case report.EventRunEnd:
			var end report.RunEnd
			unmarshal(t, e, &end)
			end.Seconds = got.Seconds
			if diff := cmp.Diff(got.RunEnd, end); diff != "" {
				t.Error(diff)
			}
		case report.EventRunStart:
			var start report.RunStart
			unmarshal(t, e, &start)
			src := source(server)
			src.Counters = CountersDisplay
			if diff := cmp.Diff(report.RunStart{Run: "run-1", Command: "run", Source: src}, start); diff != "" {
				t.Error(diff)
			}
		}
	}
	if diff := cmp.Diff([]string{report.EventRunStart, report.EventListingComplete, report.EventRunEnd}, kinds); diff != "" {
		t.Error(diff)
	}
}

func unmarshal(t *testing.T, e archive.Event, v any) {
	t.Helper()
	if err := json.Unmarshal(e.Data, v); err != nil {
		t.Fatal(err)
	}
}

func TestUnchangedPortalCostsOneListPage(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2012, 4)
	server := loopback(t, s)
	a := openArchive(t)
	if got := mustCrawl(t, a, allowPrivate(), source(server))[0]; got.Outcome != report.OutcomeOK || got.New != 12 || got.Requests != 16 {
		t.Fatalf("first run: %+v", got)
	}
	s.paths()

	opt := allowPrivate()
	opt.Run = "run-2"
	got := mustCrawl(t, a, opt, source(server))[0]
	if got.Outcome != report.OutcomeOK || got.New != 0 || got.Requests != 1 || got.Run != "run-2" {
		t.Errorf("second run: %+v", got)
	}
	if diff := cmp.Diff([]string{"/nb/index.html"}, s.paths()); diff != "" {
		t.Error(diff)
	}

	var complete []report.ListingComplete
	for _, e := range events(t, a, "linjiang-mzj") {
		if e.Kind == report.EventListingComplete {
			complete = append(complete, report.ListingComplete{})
			unmarshal(t, e, &complete[len(complete)-1])
		}
	}
	if len(complete) != 2 || complete[0].Partial || !complete[1].Partial || complete[1].Pages != 1 {
		t.Errorf("listings: %+v", complete)
	}

	opt.Run, opt.Full = "run-3", true
	if got := mustCrawl(t, a, opt, source(server))[0]; got.Requests != 4 || got.Listed != 12 {
		t.Errorf("full run: %+v", got)
	}

	s.paths()
	opt.Run, opt.Full = "run-4", false
	other := source(server)
	other.Match = "年度报告$"
	if got := mustCrawl(t, a, opt, other)[0]; got.Requests != 3 {
		t.Errorf("run with another rule: %+v, want the whole listing walked", got)
	}
}

func TestNewItemIsFoundAndFailedPageTriedAgain(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2022, 2013, 3)
	server := loopback(t, s)
	late := "/nb/2014/t20140115_3013.html" // on the last list page
	page := s.pages[late]
	s.set(late, status(500))
	a := openArchive(t)
	if got := mustCrawl(t, a, allowPrivate(), source(server))[0]; got.Outcome != report.OutcomePartial || got.Failed != 1 {
		t.Fatalf("first run: %+v", got)
	}

	s.fill("/nb/", 2023, 2013, 3)
	s.set(late, page)
	s.paths()
	opt := allowPrivate()
	opt.Run = "run-2"
	got := mustCrawl(t, a, opt, source(server))[0]
	if got.Outcome != report.OutcomeOK || got.New != 2 {
		t.Errorf("second run: %+v", got)
	}
	// The first list page has a new item, the second none; no later one is asked for.
	want := []string{"/nb/index.html", "/nb/index_1.html", "/nb/2024/t20240115_3023.html", late}
	if diff := cmp.Diff(want, s.paths()); diff != "" {
		t.Error(diff)
	}
}

func TestResumeAsksNothingTwice(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2014, 4)
	server := loopback(t, s)
	a := openArchive(t)

	ctx, cancel := context.WithCancel(t.Context())
	third := s.pages["/nb/2022/t20220115_3021.html"]
	s.set("/nb/2022/t20220115_3021.html", func(w http.ResponseWriter, r *http.Request) {
		third(w, r)
		s.set("/nb/2021/t20210115_3020.html", func(w http.ResponseWriter, r *http.Request) {
			cancel()
			<-r.Context().Done()
		})
	})
	results, err := Crawl(ctx, a, []report.Source{source(server)}, allowPrivate())
	if err != nil || results[0].Outcome != report.OutcomeInterrupted {
		t.Fatalf("interrupted run: %+v, %v", results, err)
	}
	for _, e := range events(t, a, "linjiang-mzj") {
		if e.Kind == report.EventRunEnd {
			t.Fatal("an interrupted run was ended")
		}
	}

	first := s.paths()
	s.set("/nb/2021/t20210115_3020.html", reportPage("2020"))
	opt := allowPrivate()
	opt.Run = "run-2"
	got := mustCrawl(t, a, opt, source(server))[0]
	if got.Outcome != report.OutcomeOK || got.Run != "run-1" || !got.Resumed || got.New != 10 {
		t.Errorf("resumed run: %+v", got)
	}
	asked := make(map[string]bool)
	for _, p := range first {
		asked[p] = true
	}
	delete(asked, "/nb/2021/t20210115_3020.html") // cut off
	for _, p := range s.paths() {
		if asked[p] {
			t.Errorf("%s was asked for again", p)
		}
	}

	opt.Run = "run-3"
	if got := mustCrawl(t, a, opt, source(server))[0]; got.Run != "run-3" || got.Resumed || got.Requests != 1 {
		t.Errorf("run after the resumed one: %+v", got)
	}
}

func TestResumeAsksTheCounterThatWasCutOff(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2022, 4)
	server := loopback(t, s)
	a := openArchive(t)
	const page, counter = "/nb/2024/t20240115_3023.html", "/system/resource/code/news/click/dynclicks.jsp?clickid=3&owner=2&clicktype=wbnews"
	whole := s.pages[page]
	s.set(page, func(w http.ResponseWriter, r *http.Request) {
		whole(w, r)
		fmt.Fprint(w, `<script>_showDynClicks("wbnews", 2, 3)</script>`)
	})
	ctx, cancel := context.WithCancel(t.Context())
	s.set(counter, func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	if _, err := Crawl(ctx, a, []report.Source{source(server)}, allowPrivate()); err != nil {
		t.Fatal(err)
	}
	s.set(counter, html("17"))
	s.paths()
	if got := mustCrawl(t, a, allowPrivate(), source(server))[0]; got.Outcome != report.OutcomeOK || got.Fetched != 2 {
		t.Errorf("%+v", got)
	}
	if diff := cmp.Diff([]string{counter, "/nb/2023/t20230115_3022.html"}, s.paths()); diff != "" {
		t.Error(diff)
	}
}

func TestAnotherCommandDoesNotResume(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2021, 4)
	server := loopback(t, s)
	a := openArchive(t)
	ctx, cancel := context.WithCancel(t.Context())
	s.set("/robots.txt", func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() })
	if _, err := Crawl(ctx, a, []report.Source{source(server)}, allowPrivate()); err != nil {
		t.Fatal(err)
	}
	s.set("/robots.txt", status(404))
	opt := allowPrivate()
	opt.Run, opt.Command = "run-2", "backfill"
	if got := mustCrawl(t, a, opt, source(server))[0]; got.Run != "run-2" || got.Resumed {
		t.Errorf("%+v", got)
	}
}

func TestPrivateAddressIsRefusedAtTheDial(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2021, 4)
	server := loopback(t, s)
	a := openArchive(t)
	got := mustCrawl(t, a, options(nil), source(server))[0]
	if got.Outcome != report.OutcomeUnreachable || !strings.Contains(got.Detail, "allow_private_addresses") || !strings.Contains(got.Detail, "127.0.0.1") {
		t.Errorf("%+v", got)
	}
	if asked := s.paths(); len(asked) > 0 {
		t.Errorf("the server was asked for %v", asked)
	}
	kept := captures(t, a, "linjiang-mzj")
	if len(kept) != 1 || kept[0].Outcome != archive.OutcomeRefused {
		t.Errorf("captures: %+v", kept)
	}
}

func TestRedirects(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2023, 4)
	server := loopback(t, s)
	also := loopback(t, s)
	foreign := loopback(t, s)
	for path, target := range map[string]string{
		"/nb/near.html":  "/nb/2024/t20240115_3023.html?near",
		"/nb/also.html":  also.URL + "/nb/2024/t20240115_3023.html?also",
		"/nb/far.html":   foreign.URL + "/nb/2024/t20240115_3023.html?far",
		"/nb/loop.html":  "/nb/loop.html",
		"/nb/inner.html": "http://169.254.169.254/latest/meta-data/",
	} {
		s.set(path, http.RedirectHandler(target, http.StatusFound).ServeHTTP)
	}
	for _, q := range []string{"near", "also", "far"} {
		s.set("/nb/2024/t20240115_3023.html?"+q, reportPage(q))
	}
	title := reportRow(2023).title
	s.set("/nb/index.html", listPage("",
		row{"near.html", title, "2024-01-15"}, row{"also.html", title, "2024-01-14"}, row{"far.html", title, "2024-01-13"},
		row{"loop.html", title, "2024-01-12"}, row{"inner.html", title, "2024-01-11"}))

	src := source(server)
	src.Also = []string{strings.TrimPrefix(also.URL, "http://")}
	a := openArchive(t)
	got := mustCrawl(t, a, allowPrivate(), src)[0]
	if got.Outcome != report.OutcomePartial || got.Fetched != 2 || got.Failed != 3 {
		t.Errorf("%+v", got)
	}
	for _, want := range []string{"far.html: redirected off host to ", "inner.html: redirected off host to 169.254.169.254", "loop.html: more than 10 redirects"} {
		if !strings.Contains(got.Detail, want) {
			t.Errorf("detail %q lacks %q", got.Detail, want)
		}
	}
	for _, p := range s.paths() {
		if strings.Contains(p, "far") && strings.Contains(p, "2024") {
			t.Error("the foreign host was asked")
		}
	}
	var near []string
	for _, c := range captures(t, a, src.ID) {
		if strings.Contains(c.URL, "near") {
			near = append(near, fmt.Sprint(c.Status, strings.TrimPrefix(c.Location, server.URL)))
		}
	}
	if diff := cmp.Diff([]string{"302/nb/2024/t20240115_3023.html?near", "200"}, near); diff != "" {
		t.Errorf("hops: %s", diff)
	}

	// What was had by way of a redirect is held.
	s.paths()
	opt := allowPrivate()
	opt.Run = "run-2"
	if got := mustCrawl(t, a, opt, src)[0]; got.Fetched != 0 {
		t.Errorf("second run: %+v", got)
	}
}

func TestBombAndLimits(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2020, 4)
	server := loopback(t, s)
	var bomb bytes.Buffer
	gz := gzip.NewWriter(&bomb)
	if _, err := gz.Write(make([]byte, 20<<20)); err != nil {
		t.Fatal(err)
	}
	if err := gz.Close(); err != nil {
		t.Fatal(err)
	}
	s.set("/nb/2024/t20240115_3023.html", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(bomb.Bytes())
	})
	s.set("/nb/2023/t20230115_3022.html", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("a", 2*maxHeader))
	})
	a := openArchive(t)
	opt := allowPrivate()
	opt.MaxBody = 1 << 20
	got := mustCrawl(t, a, opt, source(server))[0]
	if got.Outcome != report.OutcomePartial || got.Fetched != 2 || got.Failed != 2 || !strings.Contains(got.Detail, archive.ErrTooLarge.Error()) {
		t.Errorf("%+v", got)
	}
	for _, c := range captures(t, a, "linjiang-mzj") {
		if strings.HasSuffix(c.URL, "_3023.html") && c.Outcome != archive.OutcomeTooLarge {
			t.Errorf("the bomb is archived as %s", c.Outcome)
		}
	}
}

func TestOddAddressIsArchivedAsItIsLookedUp(t *testing.T) {
	s := newSite()
	server := loopback(t, s)
	title := reportRow(2023).title
	s.set("/nb/index.html", listPage("",
		row{`.\2024\a b.html`, title, "2024-01-15"},
		row{"年报.html?y=二〇二三&n='1'", title, "2024-01-14"},
		row{"x/../c.html#top", title, "2024-01-13"}))
	for _, p := range []string{"/nb/2024/a%20b.html", "/nb/c.html", "/nb/%E5%B9%B4%E6%8A%A5.html?y=%E4%BA%8C%E3%80%87%E4%BA%8C%E4%B8%89&n=%271%27"} {
		s.set(p, reportPage(title))
	}
	a := openArchive(t)
	if got := mustCrawl(t, a, allowPrivate(), source(server))[0]; got.Fetched != 3 || got.Outcome != report.OutcomeOK {
		t.Fatalf("%+v", got)
	}
	for _, c := range captures(t, a, "linjiang-mzj") {
		if Canonical(c.URL) != c.URL {
			t.Errorf("archived as %s, looked up as %s", c.URL, Canonical(c.URL))
		}
	}
	opt := allowPrivate()
	opt.Run = "run-2"
	if got := mustCrawl(t, a, opt, source(server))[0]; got.Requests != 1 {
		t.Errorf("second run: %+v", got)
	}
}

func TestListingOutcomes(t *testing.T) {
	long := strings.Repeat("本栏目暂无内容，请稍后再来查看，谢谢您的关注与支持。", 20)
	for _, tc := range []struct {
		name    string
		set     func(*site)
		edit    func(*report.Source)
		outcome report.Outcome
		detail  string
		listed  int
	}{
		{name: "empty", set: func(s *site) { s.set("/nb/index.html", html("<title>年报</title><p>"+long)) }, outcome: report.OutcomeEmpty, detail: "no items"},
		{
			name: "empty and so expected", set: func(s *site) { s.set("/nb/index.html", html("<title>年报</title><p>"+long)) },
			edit: func(src *report.Source) { src.Expect.Empty = true }, outcome: report.OutcomeOK,
		},
		{
			name: "nothing followed", set: func(s *site) { s.fill("/nb/", 2023, 2020, 4) },
			edit: func(src *report.Source) { src.Match = "计划生育" }, outcome: report.OutcomeEmpty, detail: "none of 4 items is followed: title does not match 计划生育",
		},
		{name: "missing", set: func(*site) {}, outcome: report.OutcomeHTTP, detail: "/nb/index.html: status 404"},
		{name: "error", set: func(s *site) { s.set("/nb/index.html", status(500)) }, outcome: report.OutcomeHTTP, detail: "status 500"},
		{name: "forbidden", set: func(s *site) { s.set("/nb/index.html", status(403)) }, outcome: report.OutcomeBlocked, detail: "status 403"},
		{
			name: "challenge", set: func(s *site) {
				s.set("/nb/index.html", html(`<html><script>document.cookie="__jsl_clearance=1"</script></html>`))
			}, outcome: report.OutcomeBlocked, detail: "jsl",
		},
		{
			name: "unknown adapter", set: func(s *site) { s.fill("/nb/", 2023, 2020, 4) },
			edit: func(src *report.Source) { src.Adapter = "nosuch" }, outcome: report.OutcomeError, detail: "nosuch",
		},
		{
			name: "bad rule", edit: func(src *report.Source) { src.Match = "(" }, set: func(*site) {},
			outcome: report.OutcomeError, detail: "match: ",
		},
		{
			name: "second page missing", set: func(s *site) {
				s.fill("/nb/", 2023, 2018, 3)
				delete(s.pages, "/nb/index_1.html")
			}, outcome: report.OutcomePaging, detail: "/nb/index_1.html: status 404", listed: 3,
		},
		{
			name: "second page in error", set: func(s *site) {
				s.fill("/nb/", 2023, 2018, 3)
				s.set("/nb/index_1.html", status(500))
			}, outcome: report.OutcomeHTTP, detail: "/nb/index_1.html: status 500", listed: 3,
		},
		{
			name: "next page in another column", set: func(s *site) {
				s.set("/nb/index.html", listPage("/xw/index_1.html", reportRow(2023), reportRow(2022)))
			}, outcome: report.OutcomePaging, detail: "/xw/index_1.html lies outside", listed: 2,
		},
		{
			name: "the same page again", set: func(s *site) {
				s.fill("/nb/", 2023, 2018, 3)
				again := listPage("index_2.html", reportRow(2020), reportRow(2019), reportRow(2018))
				s.set("/nb/index_1.html", again)
				s.set("/nb/index_2.html", again)
			}, outcome: report.OutcomeOK, listed: 6,
		},
		{
			name: "the same page again, with more stated", set: func(s *site) {
				again := func(w http.ResponseWriter, r *http.Request) {
					listPage("index_1.html", reportRow(2023), reportRow(2022), reportRow(2021))(w, r)
					fmt.Fprint(w, "<div>共 50 条记录</div>")
				}
				s.fill("/nb/", 2023, 2018, 3)
				s.set("/nb/index.html", again)
				s.set("/nb/index_1.html", again)
			}, outcome: report.OutcomePaging, detail: "3 of the 50 items", listed: 3,
		},
		{
			name: "fewer pages than stated", set: func(s *site) {
				s.fill("/nb/", 2023, 2018, 3)
				last := s.pages["/nb/index_1.html"]
				s.set("/nb/index.html", func(w http.ResponseWriter, r *http.Request) {
					listPage("index_1.html", reportRow(2023), reportRow(2022), reportRow(2021))(w, r)
					fmt.Fprint(w, "<div>共 3 页</div>")
				})
				s.set("/nb/index_1.html", last)
			}, outcome: report.OutcomePaging, detail: "2 of the 3 pages", listed: 6,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newSite()
			tc.set(s)
			for year := 2018; year <= 2023; year++ {
				s.set(fmt.Sprintf("/nb/%d/t%d0115_%d.html", year+1, year+1, 1000+year), reportPage("x"))
			}
			src := source(loopback(t, s))
			if tc.edit != nil {
				tc.edit(&src)
			}
			a := openArchive(t)
			got := mustCrawl(t, a, allowPrivate(), src)[0]
			if got.Outcome != tc.outcome || !strings.Contains(got.Detail, tc.detail) || got.Listed != tc.listed && tc.listed > 0 || got.Fetched != tc.listed && tc.listed > 0 {
				t.Errorf("%+v", got)
			}
			complete := false
			for _, e := range events(t, a, src.ID) {
				complete = complete || e.Kind == report.EventListingComplete
			}
			if sound := tc.outcome == report.OutcomeOK || tc.outcome == report.OutcomeEmpty; complete != sound {
				t.Errorf("listing-complete written: %v", complete)
			}
		})
	}
}

// beacons are what pages load to be counted by, as the portals' software writes it: asking
// any of them counts a reading, or a reader, and shows nothing of the page's own.
var beacons = map[string]string{
	"/module/visitcount/visit.jsp?type=3&i_webid=1&i_columnid=1&i_articleid=9": `<iframe class="vishidden" src="%s"></iframe>`,
	"/vc/vc/interface/visit.jsp?type=3&i_webid=1&i_columnid=1&i_articleid=9":   `<script src="%s"></script>`,
	"/_visitcount?siteId=1&type=3&articleId=9":                                 `<img src="%s">`,
	"/system/resource/code/news/click/addclicktimes.jsp?wburlid=9&owner=1234":  `<script src="%s"></script>`,
	"/visit/post?site=755041&post=9":                                           `<script>new Image().src = "%s";</script>`,
	"/account/addViewRecord?website_id=a&channel_id=b&manuscript_id=c":         `<script>addViewRecord("a", "b", "c", ""); $.getJSON("%s&callback=?")</script>`,
	"/EpointWebBuilder/rest/frontAppNotNeedLoginAction/addSiteVisiter":         `<script>$.post("%s", {userGuid: ""})</script>`,
	"/EpointWebBuilder/rest/frontAppNotNeedLoginAction/getSiteViewCount":       `总访问量：<script>$.post("%s", {})</script>`,
	"/e/public/ViewClick/?classid=3&id=9&down=2":                               `共有<script src="%s"></script>条评论`,
	"/plus/count.php?aid=9&mid=1":                                              `<script src="%s"></script>`,
	"/hits/unknown.asp?id=9":                                                   `浏览次数：<script src="%s"></script>`,
}

func TestCounters(t *testing.T) {
	display := `<script>_showDynClicks("wbnews", 1234, 5678)</script>`
	counting := `<script src="/module/visitcount/articlehits.jsp?colid=1&artid=9"></script>`
	for setting, want := range map[string][]string{
		CountersOff:     nil,
		CountersDisplay: {"/system/resource/code/news/click/dynclicks.jsp?clickid=5678&owner=1234&clicktype=wbnews"},
		CountersAll:     {"/system/resource/code/news/click/dynclicks.jsp?clickid=5678&owner=1234&clicktype=wbnews", "/module/visitcount/articlehits.jsp?colid=1&artid=9"},
	} {
		t.Run(setting, func(t *testing.T) {
			s := newSite()
			s.fill("/nb/", 2023, 2022, 4)
			with := func(path, script string) {
				page := s.pages[path]
				s.set(path, func(w http.ResponseWriter, r *http.Request) { page(w, r); fmt.Fprint(w, script) })
			}
			var loads strings.Builder
			for address, markup := range beacons {
				fmt.Fprintf(&loads, markup, address)
				s.set(address, html("17"))
			}
			with("/nb/2024/t20240115_3023.html", loads.String())
			with("/nb/2023/t20230115_3022.html", loads.String())
			with("/nb/2024/t20240115_3023.html", display)
			with("/nb/2023/t20230115_3022.html", counting)
			for _, path := range []string{"/system/resource/code/news/click/dynclicks.jsp?clickid=5678&owner=1234&clicktype=wbnews", "/module/visitcount/articlehits.jsp?colid=1&artid=9"} {
				s.set(path, func(w http.ResponseWriter, r *http.Request) {
					if !strings.Contains(r.Referer(), "/nb/") {
						t.Errorf("referrer %q", r.Referer())
					}
					fmt.Fprint(w, "17")
				})
			}
			src := source(loopback(t, s))
			a := openArchive(t)
			opt := allowPrivate()
			opt.Counters = setting
			if got := mustCrawl(t, a, opt, src)[0]; got.Outcome != report.OutcomeOK || got.Fetched != 2 || got.Requests != 4+len(want) {
				t.Errorf("%+v", got)
			}
			var asked []string
			for _, c := range captures(t, a, src.ID) {
				if c.Why.Kind == archive.KindViews {
					asked = append(asked, c.URL[strings.Index(c.URL[8:], "/")+8:])
					if !strings.Contains(c.Why.Of, "/nb/20") {
						t.Errorf("views of %q", c.Why.Of)
					}
				}
			}
			if diff := cmp.Diff(want, asked); diff != "" {
				t.Error(diff)
			}
			for _, path := range s.paths() {
				if beacons[path] != "" {
					t.Errorf("the beacon %s was asked", path)
				}
			}
		})
	}
}

func TestBusy(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2022, 4)
	server := loopback(t, s)
	a := openArchive(t)

	unlock, err := a.LockHost(strings.TrimPrefix(server.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	got := mustCrawl(t, a, allowPrivate(), source(server))[0]
	if got.Outcome != report.OutcomeBusy || !strings.Contains(got.Detail, "host") {
		t.Errorf("host held: %+v", got)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}

	w, err := a.Writer("linjiang-mzj")
	if err != nil {
		t.Fatal(err)
	}
	got = mustCrawl(t, a, allowPrivate(), source(server))[0]
	if got.Outcome != report.OutcomeBusy || !strings.Contains(got.Detail, "source") {
		t.Errorf("source held: %+v", got)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if asked := s.paths(); len(asked) > 0 {
		t.Errorf("busy, and asked for %v", asked)
	}
	if got := mustCrawl(t, a, allowPrivate(), source(server))[0]; got.Outcome != report.OutcomeOK {
		t.Errorf("locks released: %+v", got)
	}
}

func TestUnwritableArchiveIsAnError(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2022, 4)
	server := loopback(t, s)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "linjiang-mzj"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := mustCrawl(t, a, allowPrivate(), source(server))[0]; got.Outcome != report.OutcomeError || got.Detail == "" {
		t.Errorf("%+v", got)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	a := openArchive(t)
	for name, edit := range map[string]func(*Options){
		"no run":        func(o *Options) { o.Run = "" },
		"no user agent": func(o *Options) { o.UserAgent = "" },
		"delay":         func(o *Options) { o.Delay = -time.Second },
		"counters":      func(o *Options) { o.Counters = "some" },
	} {
		opt := allowPrivate()
		edit(&opt)
		if _, err := Crawl(t.Context(), a, nil, opt); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	twice := report.Source{ID: "a", URL: "http://a.cn/"}
	if _, err := Crawl(t.Context(), a, []report.Source{twice, twice}, allowPrivate()); err == nil {
		t.Error("a source listed twice: accepted")
	}
	got := mustCrawl(t, a, allowPrivate(), report.Source{ID: "bad", URL: "ftp://a.cn/"})[0]
	if got.Outcome != report.OutcomeError {
		t.Errorf("bad address: %+v", got)
	}
}
