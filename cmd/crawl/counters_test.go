package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"crawl/internal/db"
)

// countedPages are pages by the way they show their count: what stands in the strip and
// behind the body, and what the database says with counters: off, display and all.
var countedPages = []struct{ name, strip, behind, off, display, all string }{
	{"inline", "浏览次数：12", "", "12 inline", "12 inline", "12 inline"},
	{"none", "", "", "NULL none", "NULL none", "NULL none"},
	{"vsb", `点击数：<script>_showDynClicks("wbnews", 2, 11)</script>`, "", "NULL counter_off", "17 counter", "17 counter"},
	{"artcount", `浏览次数：<script src="/vc/vc/interface/artcount/artcount.jsp?i_columnid=1&i_articleid=2"></script>`, "", "NULL counter_off", "NULL counter_failed", "NULL counter_failed"},
	{"articlehits", `浏览次数：<script src="/module/visitcount/articlehits.jsp?colid=1&artid=2"></script>`, "", "NULL counter_off", "NULL counter_off", "18 counter"},
	{"phpcms", `浏览次数：<span id="hits"></span>`, `<script src="/api.php?op=count&id=9&modelid=1"></script>`, "NULL label_only", "NULL label_only", "31 counter"},
	{"asp-1", `点击率：<script src="/inc/hits.asp?id=7741"></script>`, "", "NULL label_only", "NULL label_only", "NULL label_only"},
	{"asp-2", `点击率：<script src="http://tongji.example/inc/hits.asp?id=7742"></script>`, "", "NULL label_only", "NULL label_only", "NULL label_only"},
	{"element", `浏览次数：<i class="j-info-hit" data-id="5"></i>`, "", "NULL label_only", "NULL label_only", "NULL label_only"},
}

// TestCounters: which counters are asked, what is known without, and that those that are
// not known are never asked and stand in crawl status.
func TestCounters(t *testing.T) {
	asked := map[string]int{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /nb/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<html><head><title>政府信息公开年报</title></head><body><div class="list"><ul>`)
		for i, p := range countedPages {
			fmt.Fprintf(w, "<li><a href=\"./%s.html\">临江县教育局%d年政府信息公开工作年度报告</a><span>2024-01-%02d</span></li>\n", p.name, 2023-i, 28-i)
		}
		fmt.Fprint(w, "</ul></div></body></html>")
	})
	for i, p := range countedPages {
		mux.HandleFunc("GET /nb/"+p.name+".html", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, officePage(fmt.Sprintf("临江县教育局%d年政府信息公开工作年度报告", 2023-i), "发布时间：2024-01-10 "+p.strip)+p.behind)
		})
	}
	for path, answer := range map[string]string{
		"/system/resource/code/news/click/dynclicks.jsp": "17",
		"/module/visitcount/articlehits.jsp":             `document.write("18")`,
		"/api.php":                                       "$('#todaydowns').html('1');$('#weekdowns').html('2');$('#hits').html('31');",
		"/inc/hits.asp":                                  `document.write("99")`,
		"/vc/vc/interface/artcount/artcount.jsp":         "<html>error</html>",
	} {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			asked[path]++
			fmt.Fprint(w, answer)
		})
	}
	server := httptest.NewServer(mux)
	defer server.Close()

	for _, setting := range counterSettings {
		clear(asked)
		dir := t.TempDir()
		config, data := filepath.Join(dir, "config.yaml"), filepath.Join(dir, "data")
		text := "user_agent: \"crawl (+mailto:a@b.example)\"\ndelay: 0s\nallow_private_addresses: true\ncounters: " + setting +
			"\nsources:\n  - {id: a, name: 临江县教育局, url: \"" + server.URL + "/nb/\", region: \"990121\"}\n"
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		night(t, config, data, exitDone)
		night(t, config, data, exitDone) // the same visit: nothing is asked twice
		for _, p := range countedPages {
			want := map[string]string{"off": p.off, "display": p.display, "all": p.all}[setting]
			got := ask(t, data, "SELECT coalesce(views, 'NULL') || ' ' || views_state FROM reports WHERE url = "+quoted(server.URL+"/nb/"+p.name+".html"))
			if strings.Trim(got, "[]") != want {
				t.Errorf("counters: %s, %s: %q, want %q", setting, p.name, got, want)
			}
		}
		want := map[string]map[string]int{
			"off":     {},
			"display": {"/system/resource/code/news/click/dynclicks.jsp": 1, "/vc/vc/interface/artcount/artcount.jsp": 1},
			"all":     {"/system/resource/code/news/click/dynclicks.jsp": 1, "/vc/vc/interface/artcount/artcount.jsp": 1, "/module/visitcount/articlehits.jsp": 1, "/api.php": 1},
		}[setting]
		if diff := cmp.Diff(want, asked); diff != "" {
			t.Errorf("counters: %s asked (-want +got):\n%s", setting, diff)
		}
		status := func(flags ...string) []byte {
			var out bytes.Buffer
			if code := crawl(t.Context(), append([]string{"status", "--config", config, "--data", data}, flags...), &out, &out); code != exitDone {
				t.Fatalf("status: exit %d\n%s", code, &out)
			}
			return out.Bytes()
		}
		const screen = "\nCOUNTERS NOT KNOWN: never asked, so that these reports have no view count\n" +
			"  /inc/hits.asp?id=  2 reports of 1 source\n  element .j-info-hit  1 report of 1 source\n"
		if out := string(status()); !strings.Contains(out, screen) {
			t.Errorf("status:\n%s", out)
		}
		var o struct {
			Counters []db.CounterPattern `json:"unknown_counters"`
		}
		if err := json.Unmarshal(status("--json"), &o); err != nil {
			t.Fatal(err)
		}
		patterns := []db.CounterPattern{
			{Pattern: "/inc/hits.asp?id=", Reports: 2, Sources: 1, Example: server.URL + "/nb/asp-1.html"},
			{Pattern: "element .j-info-hit", Reports: 1, Sources: 1, Example: server.URL + "/nb/element.html"},
		}
		if diff := cmp.Diff(patterns, o.Counters); diff != "" {
			t.Errorf("status --json:\n%s", diff)
		}
	}
}
