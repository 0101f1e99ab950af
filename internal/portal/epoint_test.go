package portal

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// epointServer answers as a site of the family does: an empty page, a script, an endpoint
// whose pageIndex counts from base (below it, the first page is answered).
func epointServer(t *testing.T, base, total int, wrapped, district bool) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /dynamic/zwgk/govInfoPub.html", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `<html><body><div class="ewb-list"></div><script src="/js/webBuilderCommon.js"></script><script src="/js/ajaxReq.js"></script></body></html>`)
	})
	info := `var siteInfo = {"siteGuid":"7eb5f7f1-9041-43ad-8e13-8fcb82ea831a","projectName":"/EWB-FRONT"}`
	scripts := map[string]string{"webBuilderCommon.js": info, "ajaxReq.js": "var ajaxReq = {};"}
	if district {
		scripts["webBuilderCommon.js"], scripts["ajaxReq.js"] = "var siteInfo = {};", info
	}
	for name, code := range scripts {
		mux.HandleFunc("GET /js/"+name, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, code) })
	}
	mux.HandleFunc("POST /EWB-FRONT/rest/lightfrontaction/getgovinfolist", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var q struct {
			epointQuery
			Params *epointQuery `json:"params"`
		}
		if err := json.Unmarshal(body, &q); err != nil || wrapped != (q.Params != nil) {
			fmt.Fprint(w, `{"custom":"","status":{"code":0}}`)
			return
		}
		if q.Params != nil {
			q.epointQuery = *q.Params
		}
		if q.CategoryNum != "003001" || q.SiteGUID == "" || r.Header.Get("Content-Type") == "" {
			t.Errorf("asked for %s as %q", body, r.Header.Get("Content-Type"))
		}
		var rows []string
		from := max(0, q.PageIndex-base) * q.PageSize
		for i := from; i < min(total, from+q.PageSize); i++ {
			rows = append(rows, fmt.Sprintf(`{"title":"临江市第%d局2023年年度报告","infourl":"/a/%d.html","infodate":"2024-01-09"}`, i, i))
		}
		fmt.Fprintf(w, `{"custom":{"data":[%s],"total":"%d"}}`, strings.Join(rows, ","), total)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// TestEpointWalk follows the requests from the empty page to the last row, with an Else
// where a request brings nothing new.
func TestEpointWalk(t *testing.T) {
	for _, c := range []struct {
		base, total       int
		wrapped, district bool
		want              int
	}{
		{0, 0, false, false, 0}, {0, 7, false, false, 7}, {0, 20, false, false, 20}, {0, 21, false, false, 21}, {0, 40, false, false, 40}, {0, 46, false, false, 46},
		{1, 7, false, false, 7}, {1, 20, false, false, 20}, {1, 21, false, false, 21}, {1, 40, false, false, 40}, {1, 46, false, false, 46}, {1, 67, false, false, 67},
		{0, 46, true, false, 46}, {1, 46, true, false, 46}, {0, 46, false, true, 46},
		// Of full pages counted from 1 the last looks like the one after the end; fewer rows
		// than the stated total show that.
		{1, 60, false, false, 40},
	} {
		t.Run(fmt.Sprintf("%d rows from %d wrapped %v district %v", c.total, c.base, c.wrapped, c.district), func(t *testing.T) {
			s := epointServer(t, c.base, c.total, c.wrapped, c.district)
			seen := map[string]bool{}
			total := -1
			turn := func(r Request) (next []Request, fresh int, err error) {
				p := ask(t, r)
				l, err := epoint().List(p)
				for _, it := range l.Items {
					if !seen[it.URL] {
						seen[it.URL] = true
						fresh++
					}
				}
				total = max(total, l.Total)
				return l.Next, fresh, err
			}
			next := []Request{{URL: s.URL + "/dynamic/zwgk/govInfoPub.html?deptcode=&categorynum=003001"}}
			for range 20 {
				if len(next) == 0 {
					break
				}
				r := next[0]
				var fresh int
				var err error
				if next, fresh, err = turn(r); r.Else != nil && (err != nil || fresh == 0) {
					next, _, err = turn(*r.Else)
				}
				if err != nil && !(c.total == 0 && len(seen) == 0) {
					t.Fatal(err)
				}
			}
			if len(seen) != c.want || total != c.total {
				t.Errorf("%d rows of a stated total of %d, want %d of %d", len(seen), total, c.want, c.total)
			}
		})
	}
}

// ask sends a request and reads the answer as the walk does.
func ask(t *testing.T, r Request) *Page {
	t.Helper()
	method := r.Method
	if method == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequest(method, r.URL, strings.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range r.Header {
		req.Header[k] = v
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	p := page(t, r.URL, string(body))
	p.Asked = r
	return p
}
