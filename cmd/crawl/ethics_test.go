package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// people are what a report may print of persons; numbers and names are invented.
var people = []string{"王建国", "李晓红", "13800138000", "0990-8812345", "wang@linjiang.example", "990121199001011234", "临江县东风路18号"}

const peoplePage = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>临江县审计局2023年政府信息公开工作年度报告</title>
<meta name="ContentSource" content="临江县审计局"><meta name="author" content="王建国"></head><body>
<h1>临江县审计局2023年政府信息公开工作年度报告</h1>
<div class="info">发布时间：2024-01-15　来源：临江县审计局　作者：王建国　责任编辑：李晓红</div>
<div class="content"><p>一、总体情况</p><p>联系人：王建国，联系电话：0990-8812345、13800138000，邮箱：wang@linjiang.example，地址：临江县东风路18号。</p>
<p>二、主动公开政府信息情况</p><p>无。</p><p>三、收到和处理政府信息公开申请情况</p><p>申请人李晓红（身份证号990121199001011234）的申请已答复。</p>
<p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p><p>五、存在的主要问题及改进情况</p><p>无。</p><p>六、其他需要报告的事项</p><p>无。</p>
<p>审核：李晓红</p><p>临江县审计局</p><p>2024年1月15日</p></div></body></html>`

// textColumns are the columns of every table of the published file.
func textColumns(t *testing.T, data string) (columns [][2]string) {
	t.Helper()
	_, rows, err := query(t.Context(), reportsPath(data), `SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2`)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		columns = append(columns, [2]string{row[0], row[1]})
	}
	if len(columns) < 100 {
		t.Fatalf("only %d columns", len(columns))
	}
	return columns
}

// TestPersonsHaveNoColumn: what a report prints of persons stands in the text of its
// sections and nowhere else, and no column is made for it.
func TestPersonsHaveNoColumn(t *testing.T) {
	mux := http.NewServeMux()
	serve := func(path, body string) {
		mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body)
		})
	}
	serve("/nb/{$}", `<!DOCTYPE html><html><head><title>政府信息公开年报</title></head><body><div class="list"><ul>
<li><a href="./sj.html" title="临江县审计局2023年政府信息公开工作年度报告">临江县审计局2023年政府信息公开工作年度报告</a><span>2024-01-15</span></li>
<li><a href="./other.html" title="临江县教育局2023年政府信息公开工作年度报告">临江县教育局2023年政府信息公开工作年度报告</a><span>2024-01-10</span></li>
</ul></div></body></html>`)
	serve("/nb/sj.html", peoplePage)
	serve("/nb/other.html", officePage("临江县教育局2023年政府信息公开工作年度报告", "发布时间：2024-01-10"))
	portal := httptest.NewServer(mux)
	defer portal.Close()
	o := &office{t: t, dir: t.TempDir()}
	o.config, o.data = filepath.Join(o.dir, "config.yaml"), filepath.Join(o.dir, "data")
	o.write(o.config, "user_agent: \"crawl (+mailto:a@b.example)\"\nallow_private_addresses: true\ndelay: 0s\nsources:\n"+
		"  - {id: office, name: 临江县, url: \""+portal.URL+"/nb/\", region: \"990121\"}\n")
	if out, code := o.crawl("run"); code != exitDone {
		t.Fatalf("run: exit %d\n%s", code, out)
	}
	o.want("report", ask(t, o.data, "SELECT agency FROM reports WHERE url LIKE '%sj.html'"), "[[临江县审计局]]")
	for _, word := range people {
		in := []string{}
		for _, c := range textColumns(t, o.data) {
			if ask(t, o.data, fmt.Sprintf(`SELECT count(*) FROM "%s" WHERE instr("%s", %s) > 0`, c[0], c[1], quoted(word))) != "[[0]]" {
				in = append(in, c[0]+"."+c[1])
			}
		}
		if !slices.Equal(in, []string{"sections.text"}) {
			t.Errorf("%s stands in %v", word, in)
		}
	}

	personal := regexp.MustCompile(`(?i)person|contact|phone|mobile|mail|address|author|sign|editor|applicant_`)
	for _, c := range textColumns(t, o.data) {
		// counts of applications: by natural persons, and made in person
		if personal.MatchString(c[1]) && !strings.Contains(c[1], "natural_person") && !strings.HasSuffix(c[1], "_in_person") {
			t.Errorf("column %s.%s sounds like a person's", c[0], c[1])
		}
	}
}

// TestNightlyLoad holds docs/ethics.md to what two nights of the made-up province cost.
func TestNightlyLoad(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	text, err := os.ReadFile("../../docs/ethics.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, night := range []string{"first, everything is new (81 reports)", "a night without news"} {
		crawl(t.Context(), []string{"demo", "--data", data}, testWriter{t}, testWriter{t})
		all := ask(t, data, `SELECT sum(requests), max(requests) FROM source_runs
			WHERE run_id = (SELECT id FROM runs ORDER BY started_at DESC LIMIT 1)`)
		cost := strings.Fields(strings.Trim(all, "[]"))
		if want := "| " + night + " | " + strings.Join(cost, " | ") + " |"; !strings.Contains(string(text), want) {
			t.Errorf("docs/ethics.md does not say %q", want)
		}
	}
}
