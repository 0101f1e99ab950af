package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crawl/internal/report"
)

// corpus is the directory of real pages with their true values.
func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("CRAWL_CORPUS")
	if dir == "" {
		if os.Getenv("CRAWL_REQUIRE_ALL") == "1" {
			t.Fatal("CRAWL_CORPUS is not set")
		}
		t.Skip("CRAWL_CORPUS names no directory of real pages")
	}
	return dir
}

// pageTruth is what a person read off a page, as printed strings.
type pageTruth struct {
	Title      string                       `json:"title"`
	Agency     string                       `json:"agency"`
	Year       int                          `json:"report_year"`
	Published  string                       `json:"published"`
	Views      string                       `json:"views"`
	ViewsState string                       `json:"views_state"`
	Format     map[string]string            `json:"format"`
	T2         map[string]string            `json:"t2"`
	T3         map[string]map[string]string `json:"t3"`
	T4         map[string]string            `json:"t4"`
}

// TestCorpus serves the real pages behind a listing on loopback, crawls them with
// `crawl run`, and compares every printed cell.
func TestCorpus(t *testing.T) {
	dir := filepath.Join(corpus(t), "reports")
	pages, err := filepath.Glob(filepath.Join(dir, "*.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no pages in %s: %v", dir, err)
	}
	truths := map[string]pageTruth{}
	var rows strings.Builder
	for _, page := range pages {
		name := strings.TrimSuffix(filepath.Base(page), ".html")
		b, err := os.ReadFile(filepath.Join(dir, name+".truth.json"))
		if err != nil {
			t.Fatal(err)
		}
		var truth pageTruth
		if err := json.Unmarshal(b, &truth); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		truths[name] = truth
		fmt.Fprintf(&rows, "<li><a href=\"./%s.html\" title=\"%s\">%s</a><span>%s</span></li>\n", name, truth.Title, truth.Title, truth.Published[:10])
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /nb/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!DOCTYPE html><html><head><title>政府信息公开年报</title></head><body><div class=\"list\"><ul>\n%s</ul></div></body></html>", rows.String())
	})
	mux.Handle("GET /nb/", http.StripPrefix("/nb/", http.FileServer(http.Dir(dir))))
	portal := httptest.NewServer(mux)
	defer portal.Close()

	data := t.TempDir()
	config := filepath.Join(data, "config.yaml")
	yaml := "user_agent: \"crawl (+mailto:a@b.example)\"\nallow_private_addresses: true\ndelay: 0s\nsources:\n" +
		"  - {id: corpus, name: 样本, url: " + portal.URL + "/nb/}\n"
	if err := os.WriteFile(config, []byte(yaml), 0o644); err != nil {
		t.Fatal(err)
	}
	if code := crawl(t.Context(), []string{"run", "--config", config, "--data", data}, testWriter{t}, testWriter{t}); code != exitDone {
		t.Fatalf("run: exit %d", code)
	}

	right, wrong := 0, 0
	for name, truth := range truths {
		s := load(t, data, portal.URL+"/nb/"+name+".html")
		if s.row == nil {
			t.Errorf("%s: no row", name)
			continue
		}
		judge := func(what, got, want string) {
			if got == want {
				right++
				return
			}
			wrong++
			t.Errorf("%s: %s is %q, the page prints %q", name, what, got, want)
		}
		judge("title", s.row["title"], joined(truth.Title))
		judge("agency", s.row["agency"], truth.Agency)
		judge("report_year", s.row["report_year"], fmt.Sprint(truth.Year))
		judge("published_at", s.row["published_at"], isoTime(truth.Published))
		judge("views", s.row["views"], truth.Views)
		judge("views_state", s.row["views_state"], truth.ViewsState)

		for _, table := range []string{"t2", "t3", "t4"} {
			if form, known := truth.Format[table]; known {
				judge("form_"+table, s.row["form_"+table], form)
			}
		}
		cells := truth.cells()
		for place, raw := range cells {
			judge(place, s.cells[place].value, plainNumber(raw))
		}
		for place, cell := range s.cells {
			if _, printed := cells[place]; !printed && cell.value != "" {
				judge("invented "+place, cell.value, "")
			}
		}
	}
	t.Logf("%d pages: %d values right, %d wrong", len(truths), right, wrong)
}

func (p pageTruth) cells() map[string]string {
	cells := map[string]string{}
	for _, v := range report.Codebook() {
		switch v.Table {
		case "t2":
			if raw, ok := p.T2[v.Item+"_"+v.Col]; ok {
				cells["t2."+v.Item+"."+v.Col] = raw
			}
		case "t3":
			if raw, ok := p.T3[v.Item][v.Col]; ok {
				cells["t3."+v.Item+"."+v.Col] = raw
			}
		case "t4":
			if raw, ok := p.T4[v.Item+"_"+v.Col]; ok {
				cells["t4."+v.Item+"."+v.Col] = raw
			}
		}
	}
	return cells
}

// joined removes white space between Chinese characters, as titles are stored.
func joined(title string) string { return strings.Join(strings.Fields(title), "") }

// isoTime turns 2024-01-09 10:06 into 2024-01-09T10:06+08:00.
func isoTime(printed string) string {
	if day, clock, ok := strings.Cut(printed, " "); ok {
		return day + "T" + clock + "+08:00"
	}
	return printed
}
