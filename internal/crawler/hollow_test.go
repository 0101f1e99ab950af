package crawler

import (
	stdcmp "cmp"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// Answers under status 200 that are no page, by their kind.
var hollowPages = map[string]string{
	"soft_404":     `<html><head><title>404 Not Found</title></head><body><h1>404</h1><p>您访问的页面不存在或已被删除！</p><a href="/">返回首页</a></body></html>`,
	"error_page":   `<html><head><title>提示</title></head><body><p>系统繁忙，请稍后再试</p></body></html>`,
	"maintenance":  `<html><head><title>提示</title></head><body><p>网站正在升级维护，请稍后访问。</p></body></html>`,
	"closed":       `<html><head><title>临江市民政局</title></head><body><p>本网站现已关停，相关内容请访问临江市人民政府网站。</p></body></html>`,
	"login":        `<html><head><title>统一身份认证平台</title></head><body><form action="/login"><input name="user"></form></body></html>`,
	"default_page": `<html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1></body></html>`,
	"empty_shell":  `<html><head><title></title></head><body><div id="app"></div><script src="/js/app.js"></script></body></html>`,
	"truncated":    `<html><head><title>年报</title></head><body><h1>年报</h1><p>本年度报告根据《中华人民共和国政府信息公开条例》编制，新收申请12`,
}

// news is what portals put below the words that a page is missing.
const news = `<ul><li><a href="/xw/202403/t20240301_1.html">市民政局召开全市养老服务工作推进会</a><span>2024-03-01</span></li>
<li><a href="/xw/202402/t20240220_2.html">市民政局走访慰问困难群众</a><span>2024-02-20</span></li>
<li><a href="/xw/202402/t20240211_3.html">关于春节期间婚姻登记工作安排的通知</a><span>2024-02-11</span></li></ul>`

// A page that is answered with success and holds nothing was taken for the page: a known
// one was not asked for again for days, one never held was held. Only a soft 404 says
// that the page is gone.
func TestHollowPageNeverStandsForThePage(t *testing.T) {
	const fresh, known = "/nb/2025/t20250115_3024.html", "/nb/2024/t20240115_3023.html"
	for kind, body := range hollowPages {
		t.Run(kind, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2021, 4)
				var asked [][]string
				for night := range 14 {
					switch night {
					case 1: // a new report is listed, and the page of a known one is due
						s.fill("/nb/", 2024, 2021, 4)
						s.set(fresh, tagged(&kind, html(body)))
						s.set(known, tagged(&kind, html(body)))
					case 4:
						whole := "whole"
						for year, path := range map[int]string{2024: fresh, 2023: known} {
							s.set(path, tagged(&whole, reportPage(reportRow(year).title)))
						}
					}
					opt := options(n.dial)
					opt.Run = fmt.Sprintf("night-%d", night)
					got := mustCrawl(t, a, opt, at("a", "a.example"))[0]
					asked = append(asked, s.paths())
					// The kind and its evidence are told in each night that met it.
					outcome, words := report.OutcomeOK, ""
					switch {
					case night == 1, night == 2, night == 3 && kind != "soft_404":
						if words = kind + " ("; kind != "soft_404" {
							outcome = report.OutcomePartial
						}
					case night > 2 && night < 9 && kind == "soft_404":
						words = "dead since its last visit"
					}
					if got.Outcome != outcome || !strings.Contains(got.Detail, words) || words == "" && got.Detail != "" || strings.HasPrefix(words, kind) && got.Failed != 2 {
						t.Errorf("night %d: %s, %d failed: %s", night, got.Outcome, got.Failed, got.Detail)
					}
					time.Sleep(24*time.Hour - time.Minute)
				}
				// What holds nothing settles nothing: it is asked for every night until it is
				// whole, then by its age. A dead link is asked for the next night and in a week.
				want := map[string][]int{fresh: {1, 2, 3, 4, 5, 12}, known: {0, 1, 2, 3, 4, 11}}
				if kind == "soft_404" {
					want = map[string][]int{fresh: {1, 2, 9, 10}, known: {0, 1, 2, 9, 10}}
				}
				got := map[string][]int{fresh: visitsTo(asked, fresh), known: visitsTo(asked, known)}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("nights of the visits:\n%s", diff)
				}
				notes := 0
				for _, e := range events(t, a, "a") {
					if e.Kind == report.EventPageHollow && strings.Contains(string(e.Data), `"`+kind+`"`) {
						notes++
					}
				}
				// Truncated pages are asked for once more at once.
				if wanted := map[string]int{"soft_404": 4, "truncated": 12}[kind]; notes != stdcmp.Or(wanted, 6) {
					t.Errorf("%d notes in the archive", notes)
				}
				for _, c := range captures(t, a, "a") {
					if c.Status == http.StatusNotModified && c.At.Sub(captures(t, a, "a")[0].At) < 4*24*time.Hour-6*time.Hour {
						t.Errorf("%s was asked for on the terms of a page that held nothing", c.URL)
					}
				}
			})
		})
	}
}

// A page that never holds anything is asked for ever more seldom, and named all the while.
func TestHollowPageIsAskedEverMoreSeldom(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2016, 4)
		const path = "/nb/2024/t20240115_3023.html"
		s.set(path, html(hollowPages["empty_shell"]))
		opt := options(n.dial)
		asked := nights(t, s, a, opt, 50, at("a", "a.example"), nil)
		if diff := cmp.Diff([]int{0, 1, 2, 3, 4, 11, 41}, visitsTo(asked, path)); diff != "" {
			t.Errorf("nights of the visits:\n%s", diff)
		}
		if walks := visitsTo(asked, "/nb/index_1.html"); len(walks) > 4 {
			t.Errorf("the page kept the listing from being cut short: walked to the end in %v", walks)
		}
		opt.Run = "last"
		got := mustCrawl(t, a, opt, at("a", "a.example"))[0]
		if got.Outcome != report.OutcomePartial || !strings.Contains(got.Detail, path+": empty_shell at its last visit, asked again from ") {
			t.Errorf("%s: %s", got.Outcome, got.Detail)
		}
	})
}

// A run that is cut off right after a hollow page has not noted it yet; the run that goes
// on does.
func TestHollowPageOfABrokenOffRunIsNoted(t *testing.T) {
	simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
		s.fill("/nb/", 2023, 2022, 4)
		const path = "/nb/2024/t20240115_3023.html"
		s.set(path, html(hollowPages["maintenance"]))
		opt := options(n.dial)
		opt.Budget.Requests = 3 // robots.txt, the list and that page
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeInterrupted {
			t.Fatalf("%+v", got)
		}
		opt.Budget = Budget{}
		got := mustCrawl(t, a, opt, at("a", "a.example"))[0]
		if got.Outcome != report.OutcomePartial || got.Fetched != 1 || got.Failed != 1 || !strings.Contains(got.Detail, "maintenance (") {
			t.Errorf("%+v", got)
		}
		s.paths()
		opt.Run = "run-2"
		s.set(path, reportPage("2023"))
		if got := mustCrawl(t, a, opt, at("a", "a.example"))[0]; got.Outcome != report.OutcomeOK || got.New != 1 {
			t.Errorf("next run: %+v", got)
		}
	})
}

// A list page that holds nothing was an empty listing, or a whole one: with the latest
// news beside its words it even was evidence that every report is gone.
func TestHollowListPages(t *testing.T) {
	withNews := strings.Replace(hollowPages["soft_404"], "</body>", news+"</body>", 1)
	for _, tc := range []struct {
		name, first, second string // bodies; "" for the page as it is
		outcome             report.Outcome
		detail              string
		listed              int
	}{
		{"soft 404", hollowPages["soft_404"], "", report.OutcomeHTTP, "index.html: soft_404 (404 Not Found", 0},
		{"soft 404 with news", withNews, "", report.OutcomeHTTP, "index.html: soft_404 (404 Not Found", 0},
		{"error page", hollowPages["error_page"], "", report.OutcomeHTTP, "error_page (系统繁忙", 0},
		{"maintenance", hollowPages["maintenance"], "", report.OutcomeHTTP, "maintenance (正在升级维护", 0},
		{"closed", hollowPages["closed"], "", report.OutcomeHTTP, "closed (", 0},
		{"default page", hollowPages["default_page"], "", report.OutcomeHTTP, "default_page (", 0},
		{"login", hollowPages["login"], "", report.OutcomeBlocked, "login (统一身份认证平台", 0},
		{"shell", hollowPages["empty_shell"], "", report.OutcomeEmpty, "no items: empty_shell (", 0},
		{"second page soft 404", "", hollowPages["soft_404"], report.OutcomePaging, "index_1.html: soft_404 (", 3},
		{"second page in error", "", hollowPages["error_page"], report.OutcomeHTTP, "index_1.html: error_page (", 3},
		{"second page asks for a login", "", hollowPages["login"], report.OutcomeBlocked, "index_1.html: login (", 3},
		{"second page truncated", "", hollowPages["truncated"], report.OutcomePaging, "index_1.html is cut off", 3},
		{"second page a shell", "", hollowPages["empty_shell"], report.OutcomeOK, "", 3},
		{"second page of two a shell", "stated", hollowPages["empty_shell"], report.OutcomePaging, "1 of the 2 pages the portal states: http://a.example/nb/index_1.html brought no new item: empty_shell (", 3},
		{"second page of two soft 404", "stated", hollowPages["soft_404"], report.OutcomePaging, "brought no new item: soft_404 (", 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2018, 3)
				switch whole := s.pages["/nb/index.html"]; tc.first {
				case "":
				case "stated":
					s.set("/nb/index.html", func(w http.ResponseWriter, r *http.Request) { whole(w, r); fmt.Fprint(w, "<div>共 2 页</div>") })
				default:
					s.set("/nb/index.html", html(tc.first))
				}
				if tc.second != "" {
					s.set("/nb/index_1.html", html(tc.second))
				}
				src := at("a", "a.example")
				got := mustCrawl(t, a, options(n.dial), src)[0]
				if got.Outcome != tc.outcome || !strings.Contains(got.Detail, tc.detail) || got.Listed != tc.listed || got.Fetched != tc.listed {
					t.Errorf("%+v", got)
				}
				complete := 0
				for _, e := range events(t, a, "a") {
					if e.Kind == report.EventListingComplete {
						complete++
					}
				}
				if want := tc.outcome == report.OutcomeOK || tc.outcome == report.OutcomeEmpty; (complete > 0) != want {
					t.Errorf("%d listings complete", complete)
				}
				// That an empty listing is as it should be does not make an error one.
				src.Expect.Empty = true
				opt := options(n.dial)
				opt.Run = "run-2"
				if got := mustCrawl(t, a, opt, src)[0]; tc.outcome != report.OutcomeEmpty && got.Outcome != tc.outcome {
					t.Errorf("where an empty listing is expected: %+v", got)
				}
			})
		})
	}
}

// A wall in front of the view counter went unnoticed, and every page's counter was asked.
func TestWallAtTheCounterStopsTheHost(t *testing.T) {
	for name, wall := range map[string]http.HandlerFunc{
		"412": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Set-Cookie", "dEmo0aB1cD2eS=5x0000000000000000000000; path=/")
			w.WriteHeader(http.StatusPreconditionFailed)
		},
		"200": html(`<html><script>document.cookie="__jsl_clearance=1"</script></html>`),
		"json": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, `{"ret":["FAIL_SYS_USER_VALIDATE","RGV587_ERROR::SM::哎哟喂,被挤爆啦,请稍后重试"],"data":{"url":"https://www.linjiang.example/_____tmd_____/punish?x5secdata=1"}}`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2021, 4)
				asked := 0
				for year := 2021; year <= 2023; year++ {
					path := "/nb/" + strings.TrimPrefix(reportRow(year).href, "./")
					whole := s.pages[path]
					s.set(path, func(w http.ResponseWriter, r *http.Request) {
						whole(w, r)
						fmt.Fprintf(w, `<script>_showDynClicks("wbnews", 2, %d)</script>`, year)
					})
					s.set(fmt.Sprintf("/system/resource/code/news/click/dynclicks.jsp?clickid=%d&owner=2&clicktype=wbnews", year), func(w http.ResponseWriter, r *http.Request) {
						asked++
						wall(w, r)
					})
				}
				opt := options(n.dial)
				got := mustCrawl(t, a, opt, at("a", "a.example"))[0]
				if got.Outcome != report.OutcomeBlocked || asked != 1 || got.Fetched != 1 || !strings.Contains(got.Detail, "refused: ") || !strings.Contains(got.Detail, "2 pages given up") {
					t.Errorf("%d counters asked: %+v", asked, got)
				}
				// The last page is had all the same, and the refusal is told.
				s.fill("/nb/", 2022, 2022, 4)
				s.set("/nb/2023/t20230115_3022.html", func(w http.ResponseWriter, r *http.Request) {
					reportPage("2022")(w, r)
					fmt.Fprint(w, `<script>_showDynClicks("wbnews", 2, 2022)</script>`)
				})
				if asked, opt.Run = 0, "run-2"; true {
					got = mustCrawl(t, a, opt, at("a", "a.example"))[0]
				}
				if got.Outcome != report.OutcomeOK || asked != 1 || got.Fetched != 1 || !strings.Contains(got.Detail, "view counter: http://a.example/system/") {
					t.Errorf("%d counters asked: %+v", asked, got)
				}
			})
		})
	}
}

// Portals send readers from any missing page to the one that says so. How often that was
// seen for others says nothing of a page that is sent there for the first time.
func TestRedirectsToOneHollowPage(t *testing.T) {
	for kind, want := range map[string][]int{"soft_404": {40, 41, 48}, "maintenance": {40, 41, 42, 43, 44, 51}} {
		t.Run(kind, func(t *testing.T) {
			simulate(t, func(t *testing.T, s *site, n *network, a *archive.Archive) {
				s.fill("/nb/", 2023, 2021, 4)
				const always, late = "/nb/2024/t20240115_3023.html", "/nb/2025/t20250115_3024.html"
				s.set("/sorry.html", html(hollowPages[kind]))
				s.set(always, status(http.StatusFound, "Location", "/sorry.html"))
				whole := s.pages["/nb/2023/t20230115_3022.html"]
				asked := nights(t, s, a, options(n.dial), 56, at("a", "a.example"), func(night int) {
					switch night {
					case 40:
						s.fill("/nb/", 2024, 2021, 4)
						s.set(always, status(http.StatusFound, "Location", "/sorry.html"))
						s.set(late, status(http.StatusFound, "Location", "/sorry.html"))
					case want[len(want)-1]:
						s.set(late, whole)
					}
				})
				end := want[len(want)-1]
				if diff := cmp.Diff(append(want[:len(want):len(want)], end+1), visitsTo(asked, late)[:len(want)+1]); diff != "" {
					t.Errorf("nights of the visits:\n%s", diff)
				}
			})
		})
	}
}
