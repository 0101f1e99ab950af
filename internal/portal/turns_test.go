package portal

import (
	"fmt"
	"strings"
	"testing"
)

// walked follows a listing through a site of pages by address as a crawler does: the other
// habit where an address is missing or brings nothing new, and no further after that. It
// returns the addresses asked in order, the number of items and how it ended.
func walked(t *testing.T, site map[string]string, start string) (asked []string, items int, end string) {
	t.Helper()
	seen := map[string]bool{}
	var family Adapter
	turn := func(r Request) (l Listing, fresh int, end string) {
		asked = append(asked, strings.TrimPrefix(address(r), "http://www.linjiang.example"))
		body, ok := site[strings.TrimPrefix(r.URL, "http://www.linjiang.example")]
		if !ok {
			return l, 0, "404"
		}
		p := page(t, r.URL, body)
		p.Asked, p.Capture.Method = r, r.Method
		if family.Name == "" {
			family, _ = Detect(p)
		}
		l, err := family.List(p)
		for _, it := range l.Items {
			if !seen[it.URL] {
				seen[it.URL] = true
				fresh++
			}
		}
		if err != nil {
			end = err.Error()
		}
		return l, fresh, end
	}
	next := Request{URL: start}
	for range 20 {
		l, fresh, end := turn(next)
		for r := next; r.Else != nil && fresh == 0; {
			r = *r.Else
			l, fresh, end = turn(r)
		}
		switch {
		case end != "":
			return asked, len(seen), end
		case fresh == 0 && len(asked) > 1:
			return asked, len(seen), "nothing new"
		case len(l.Next) == 0:
			return asked, len(seen), ""
		}
		next = l.Next[0]
	}
	return asked, len(seen), "no end"
}

func address(r Request) string {
	if r.Method != "" {
		return r.Method + " " + r.URL
	}
	return r.URL
}

// rowsOf are rows of reports from one year back to another.
func rowsOf(from, to int) string {
	var b strings.Builder
	for y := from; y >= to; y-- {
		fmt.Fprintf(&b, `<li><a href="/nb/%d/%d.html">临江市民政局%d年政府信息公开工作年度报告</a><span>%d-01-05</span></li>`, y+1, y, y, y+1)
	}
	return "<html><body><ul>" + b.String() + "</ul>"
}

func TestTurns(t *testing.T) {
	stub := "<html><head><title>首页</title></head><body>" + strings.ReplaceAll(rowsOf(2026, 2020), "/nb/", "/xw/") + "</body></html>"
	for _, c := range []struct {
		about string
		site  map[string]string
		asked string // paths
		items int
		end   string // part of it
	}{
		{"guessed, counted from 0", map[string]string{"/nb/": rowsOf(2023, 2021) + "共3页", "/nb/index_1.html": rowsOf(2020, 2018) + "共3页", "/nb/index_2.html": rowsOf(2017, 2016) + "共3页"},
			"/nb/ /nb/index_1.html /nb/index_2.html", 8, ""},
		{"guessed, counted from 1", map[string]string{"/nb/": rowsOf(2023, 2021) + "共3页", "/nb/index_2.html": rowsOf(2020, 2018) + "共3页", "/nb/index_3.html": rowsOf(2017, 2016) + "共3页"},
			"/nb/ /nb/index_1.html /nb/index_2.html /nb/index_3.html", 8, ""},
		{"guessed, the first page again under _1", map[string]string{"/nb/list.htm": rowsOf(2023, 2021) + "共2页", "/nb/list_1.htm": rowsOf(2023, 2021) + "共2页", "/nb/list_2.htm": rowsOf(2020, 2019) + "共2页"},
			"/nb/list.htm /nb/list_1.htm /nb/list_2.htm", 5, ""},
		{"guessed, the home page for what is missing", map[string]string{"/nb/": rowsOf(2023, 2021) + "共2页", "/nb/index_1.html": stub, "/nb/index_2.html": stub},
			"/nb/ /nb/index_1.html /nb/index_2.html", 3, "共2页; the guessed page brings no item below /nb/"},
		{"guessed, nothing there", map[string]string{"/nb/": rowsOf(2023, 2021) + "共有7条记录"}, "/nb/ /nb/index_1.html /nb/index_2.html", 3, "404"},
		{"guessed, folder after the name", map[string]string{"/nb/dept.html": rowsOf(2023, 2021) + "共2页", "/nb/dept/2.html": rowsOf(2020, 2019) + "共2页"},
			"/nb/dept.html /nb/dept_1.html /nb/dept_2.html /nb/dept/2.html", 5, ""},
		{"a shell around a frame of another family", map[string]string{"/nb/": `<html><body><iframe src="rows.html?a=1"></iframe></body></html>`,
			"/nb/rows.html?a=1": rowsOf(2023, 2021) + `<script>createPageHTML(2,0,"rows","html")</script>`, "/nb/rows_1.html": rowsOf(2020, 2019) + `<script>createPageHTML(2,1,"rows","html")</script>`},
			"/nb/ /nb/rows.html?a=1 /nb/rows_1.html", 5, ""},
		{"trs, second page is _2", map[string]string{"/nb/": rowsOf(2023, 2021) + `<script>createPageHTML(3,0,"index","html")</script>`,
			"/nb/index_2.html": rowsOf(2020, 2018) + `<script>createPageHTML(3,1,"index","html")</script>`, "/nb/index_3.html": rowsOf(2017, 2016) + `<script>createPageHTML(3,2,"index","html")</script>`},
			"/nb/ /nb/index_1.html /nb/index_2.html /nb/index_3.html", 8, ""},
		{"avalon, only by post", map[string]string{"/nb/": rowsOf(2023, 2022) + `<script>require(["list2.trsapi"],function(m){listModel({listArgs:{channelid:1,classsql:"chnlid=2",sortfield:"-a"},pagebar:{prepage:2,recordCount:'3'}})})</script>`,
			"/fjdzapp/search?channelid=1&sortfield=-a&classsql=chnlid%3D2&classcol=publishyear&classnum=100&classsort=0&cache=true&prepage=2&page=2": `{"data":[{"doctitle":"临江市2021年年报","chnldocurl":"/nb/2022/2021.html"}],"pageCount":2}`},
			"/nb/ /fjdzapp/search?channelid=1&sortfield=-a&classsql=chnlid%3D2&classcol=publishyear&classnum=100&classsort=0&cache=true&prepage=2&page=2", 3, ""},
	} {
		t.Run(c.about, func(t *testing.T) {
			start, _, _ := strings.Cut(c.asked, " ")
			asked, items, end := walked(t, c.site, "http://www.linjiang.example"+start)
			if strings.Join(asked, " ") != c.asked || items != c.items || !strings.Contains(end, c.end) || end != "" && c.end == "" {
				t.Errorf("asked %s: %d items, %q", strings.Join(asked, " "), items, end)
			}
		})
	}
}
