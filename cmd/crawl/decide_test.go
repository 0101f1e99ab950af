package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crawl/internal/db"
)

// office is a small portal whose pages need a person's help.
type office struct {
	t      *testing.T
	url    string
	dir    string
	config string
	data   string
}

const officeBody = `<p>一、总体情况</p><p>本年度我单位认真贯彻落实《中华人民共和国政府信息公开条例》。</p><p>二、主动公开政府信息情况</p><p>无。</p>
<p>三、收到和处理政府信息公开申请情况</p><p>无。</p><p>四、政府信息公开行政复议、行政诉讼情况</p><p>无。</p>
<p>五、存在的主要问题及改进情况</p><p>无。</p><p>六、其他需要报告的事项</p><p>无。</p>`

func officePage(title, strip string) string {
	return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>信息公开</title></head><body><h1>` + title + `</h1><div class="info">` + strip +
		`</div><div class="content">` + officeBody + `</div></body></html>`
}

// newOffice crawls the portal once, without decisions.
func newOffice(t *testing.T) *office {
	t.Helper()
	pages := map[string]string{
		"undated": officePage("临江县水务局政府信息公开工作年度报告", "浏览次数：31"),
		"first":   officePage("临江县教育局2023年政府信息公开工作年度报告", "发布时间：2024-01-10"),
		"second":  officePage("临江县教育局2023年政府信息公开工作年度报告（更正）", "发布时间：2024-01-20 浏览次数：7"),
		"private": officePage("临江县司法局2023年政府信息公开工作年度报告", "发布时间：2024-01-11 浏览次数：12"),
		"moved":   officePage("临江县民政局2023年政府信息公开工作年度报告", "发布时间：2024-01-12"),
		"notice": `<!DOCTYPE html><html><head><title>年报</title></head><body><h1>关于做好2023年政府信息公开工作年度报告编制工作的通知</h1>
<div class="content"><p>各单位应当于一月底以前报送。</p></div></body></html>`,
	}
	o := &office{t: t, dir: t.TempDir()}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /nb/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!DOCTYPE html><html><head><title>政府信息公开年报</title></head><body><div class="list"><ul>`)
		for i, name := range []string{"undated", "first", "second", "private", "old", "notice"} {
			fmt.Fprintf(w, "<li><a href=\"./%s.html\" title=\"%s政府信息公开工作年度报告\">%s政府信息公开工作年度报告</a><span>2024-01-%02d</span></li>\n", name, name, name, 28-i)
		}
		fmt.Fprint(w, "</ul></div></body></html>")
	})
	mux.Handle("GET /nb/old.html", http.RedirectHandler("/nb/moved.html", http.StatusMovedPermanently))
	for name, body := range pages {
		mux.HandleFunc("GET /nb/"+name+".html", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, body)
		})
	}
	portal := httptest.NewServer(mux)
	t.Cleanup(portal.Close)
	o.url = portal.URL + "/nb/"
	o.config, o.data = filepath.Join(o.dir, "config.yaml"), filepath.Join(o.dir, "data")
	o.write(o.config, "user_agent: \"crawl (+mailto:a@b.example)\"\nallow_private_addresses: true\ndelay: 0s\nsources:\n"+
		"  - {id: office, name: 临江县, url: "+o.url+", region: \"990121\"}\n")
	if out, code := o.crawl("run"); code != exitDone {
		t.Fatalf("run: exit %d\n%s", code, out)
	}
	return o
}

func (o *office) write(path, text string) {
	o.t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		o.t.Fatal(err)
	}
}

// decide writes decisions.csv; lines are page, field, value.
func (o *office) decide(lines ...[3]string) {
	text := "url,field,value,why,who,date\n"
	for _, l := range lines {
		text += o.url + l[0] + ".html," + l[1] + "," + l[2] + ",\"asked them, by telephone\",Li,2025-02-01\n"
	}
	o.write(filepath.Join(o.dir, decisionsFile), text)
}

func (o *office) crawl(args ...string) (string, int) {
	var out bytes.Buffer
	code := crawl(o.t.Context(), append(args, "--config", o.config, "--data", o.data), &out, &out)
	return out.String(), code
}

// extract reads what changed, then the whole archive into fresh databases: both must
// publish the same rows.
func (o *office) extract() (string, int) {
	o.t.Helper()
	out, code := o.crawl("extract")
	incremental := o.digest()
	for _, name := range []string{workFile, reportsFile} {
		if err := db.Remove(filepath.Join(o.data, name)); err != nil {
			o.t.Fatal(err)
		}
	}
	if again, c := o.crawl("extract"); c != code {
		o.t.Errorf("rebuild: exit %d, incremental %d\n%s", c, code, again)
	}
	if o.digest() != incremental {
		o.t.Errorf("incremental and rebuild differ after\n%s", out)
	}
	return out, code
}

func (o *office) digest() string {
	o.t.Helper()
	sum, err := db.Digest(o.t.Context(), reportsPath(o.data))
	if err != nil {
		o.t.Fatal(err)
	}
	return sum
}

func (o *office) row(page, columns string) string {
	return ask(o.t, o.data, "SELECT "+columns+" FROM reports WHERE url = "+quoted(o.url+page+".html"))
}

func (o *office) want(what, got, want string) {
	o.t.Helper()
	if got != want {
		o.t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// TestDecisions follows decisions from a first line to none: each takes effect with
// the next extract, says so in the row, and is undone by removing its line.
func TestDecisions(t *testing.T) {
	o := newOffice(t)
	const facts = "report_year, report_year_basis, published_date, published_basis, agency, agency_basis, region_code, level, scope"
	before, plain := o.digest(), o.row("undated", facts)
	key := o.row("undated", "key")

	o.decide(
		[3]string{"undated", "report_year", "2022"}, [3]string{"undated", "published_date", "2023-01-15"},
		[3]string{"undated", "agency", "青桐县水务局"}, [3]string{"undated", "region_code", "990122"},
		[3]string{"first", "preferred", "yes"}, [3]string{"notice", "is_report", "yes"},
		[3]string{"moved", "is_report", "no"},
	)
	out, code := o.extract()
	if code != exitDone {
		t.Errorf("exit %d\n%s", code, out)
	}
	o.want("facts", o.row("undated", facts), "[[2022 hand 2023-01-15 hand 青桐县水务局 hand 990122 county_dept own_organ]]")
	o.want("key", o.row("undated", "key"), key)
	o.want("alias", ask(t, o.data, "SELECT basis FROM agency_aliases WHERE agency_id = '990122/青桐县水务局'"), "[[hand]]")
	o.want("preferred", o.row("first", "is_preferred, preferred_why"), "[[1 of 2, decided by hand]]")
	o.want("its rival", o.row("second", "is_preferred"), "[[0]]")
	o.want("notice", o.row("notice", "count(*)"), "[[1]]")
	o.want("moved", o.row("moved", "count(*)"), "[[0]]")
	o.want("its item", ask(t, o.data, "SELECT reason FROM listing_items WHERE url LIKE '%/old.html'"), "[[not a report: decided by hand]]")

	o.decide([3]string{"undated", "report_year", "2021"})
	if out, code := o.extract(); code != exitDone {
		t.Errorf("exit %d\n%s", code, out)
	}
	o.want("changed", o.row("undated", "report_year, published_basis"), "[[2021 list]]")

	o.decide()
	if out, code := o.extract(); code != exitDone {
		t.Errorf("exit %d\n%s", code, out)
	}
	o.want("undone", o.row("undated", facts), plain)
	if o.digest() != before {
		t.Error("without decisions the data differs from before them")
	}
}

// TestWithhold: nothing of a withheld page is published, by whichever of its
// addresses it is named, and it comes back with its line's end.
func TestWithhold(t *testing.T) {
	o := newOffice(t)
	before := o.digest()
	for _, name := range []string{"old", "moved"} { // a redirect and its target
		o.decide([3]string{"private", "withhold", "yes"}, [3]string{name, "withhold", "yes"}, [3]string{"private", "level", "vertical"})
		if out, code := o.extract(); code != exitDone {
			t.Errorf("exit %d\n%s", code, out)
		}
		o.want("reports", ask(t, o.data, "SELECT count(*) FROM reports WHERE url LIKE '%private%' OR url LIKE '%moved%'"), "[[0]]")
		o.want("items", ask(t, o.data, "SELECT decision, reason, title IS NULL FROM listing_items WHERE url LIKE '%private%' OR url LIKE '%old%'"),
			"[[skipped withheld 1] [skipped withheld 1]]")
		o.nothingOf("司法局", "民政局", "moved.html")
	}
	o.decide()
	o.extract()
	if o.digest() != before {
		t.Error("without the line the data differs from before it")
	}
}

// nothingOf fails when a word stands in any column of any table but listing_items.url.
func (o *office) nothingOf(words ...string) {
	o.t.Helper()
	raw, err := os.ReadFile(reportsPath(o.data))
	if err != nil {
		o.t.Fatal(err)
	}
	for _, w := range words {
		if bytes.Contains(raw, []byte(w)) {
			o.t.Errorf("%q stands in reports.db", w)
		}
	}
}

// TestIdleDecisions: a line that does nothing is told with its line number and exit
// code 2, after everything else is done, and again the next time.
func TestIdleDecisions(t *testing.T) {
	o := newOffice(t)
	o.decide(
		[3]string{"nowhere", "level", "vertical"},
		[3]string{"second", "report_year", "2020"},
		[3]string{"second", "published_date", "2024-02-01"},
		[3]string{"notice", "agency", "临江县教育局"},
		[3]string{"first", "preferred", "yes"}, [3]string{"second", "preferred", "yes"},
		[3]string{"undated", "report_year", "2022"},
		[3]string{"old", "level", "vertical"}, [3]string{"moved", "level", "county_dept"},
	)
	for range 2 {
		out, code := o.extract()
		if code != exitUsage {
			t.Errorf("exit %d", code)
		}
		for _, want := range []string{
			"decisions.csv:2: level of " + o.url + "nowhere.html: matches nothing: the archive has no page",
			"decisions.csv:3: report_year of " + o.url + "second.html: the page prints 2023 (title), and a printed value wins",
			"decisions.csv:4: published_date of " + o.url + "second.html: the page prints 2024-01-20 (strip 发布时间)",
			"decisions.csv:5: agency of " + o.url + "notice.html: the page is not read as a report",
			"decisions.csv:6: preferred of " + o.url + "first.html: its report is not the preferred one",
			"decisions.csv:9: level of " + o.url + "old.html: line 10 decides the level of the same page",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("not told: %s\n%s", want, out)
			}
		}
		for _, idle := range []string{"csv:7", "csv:8", "csv:10"} {
			if strings.Contains(out, idle+":") {
				t.Errorf("%s did something, yet it is told", idle)
			}
		}
		o.want("the line that did something", o.row("undated", "report_year"), "[[2022]]")
	}
}

func TestDecisionFaults(t *testing.T) {
	o := newOffice(t)
	head := "url,field,value,why,who,date\n"
	for _, c := range []struct{ text, want string }{
		{"", ":1: the first line must be url,field,value,why,who,date"},
		{"http://a.example/,agency,x,y,z,2025-01-01\n", ":1: the first line must be"},
		{head + "http://a.example/,colour,x,y,z,2025-01-01\n", `:2: unknown field "colour": one of agency, agency_id,`},
		{head + "http://a.example/,report_year,23,y,z,2025-01-01\n", ":2: report_year must be a year"},
		{head + "http://a.example/,published_date,2024-02-30,y,z,2025-01-01\n", ":2: published_date must be a day"},
		{head + "http://a.example/,scope,all,y,z,2025-01-01\n", ":2: scope must be one of region_wide"},
		{head + "http://a.example/,withhold,no,y,z,2025-01-01\n", ":2: withhold must be yes"},
		{head + "http://a.example/,withhold,yes,y,z,yesterday\n", ":2: date must be the day of the decision"},
		{head + "a.example,withhold,yes,y,z,2025-01-01\n", ":2: url must be the http or https address"},
		{head + "http://a.example/,withhold,yes,,z,2025-01-01\n", ":2: why is empty"},
		{head + "http://a.example/,withhold,yes\n", ":2: has 3 columns, want 6"},
		{head + "http://a.example/,agency,x,y,z,2025-01-01\n\nhttp://A.example/,agency,y,y,z,2025-01-01\n", ":4: agency stands already in line 2"},
		{head + "http://a.example/,agency,\xca\xd0,y,z,2025-01-01\n", ":2: is not UTF-8"},
		{head + "http://a.example/,agency,\"x,y,z,2025-01-01\n", ":2: extraneous"},
	} {
		o.write(filepath.Join(o.dir, decisionsFile), c.text)
		before := o.digest()
		for _, command := range []string{"extract", "run"} {
			if out, code := o.crawl(command); code != exitUsage || !strings.Contains(out, decisionsFile+c.want) {
				t.Errorf("%s of %q: exit %d\n%s", command, c.text, code, out)
			}
		}
		if o.digest() != before {
			t.Errorf("%q: work was done", c.text)
		}
	}
}

// TestDecisionsWithExcelsMark: a file saved by Excel begins with a mark.
func TestDecisionsWithExcelsMark(t *testing.T) {
	lines, err := parseDecisions("d.csv", []byte("\ufeffurl,field,value,why,who,date\r\nhttp://a.example/x y,agency_id, 990121/临江县 ,w,w,2025-01-01\r\n"))
	if err != nil || len(lines) != 1 || lines[0].value != "990121/临江县" || lines[0].url != "http://a.example/x%20y" || lines[0].line != 2 {
		t.Errorf("%+v, %v", lines, err)
	}
}

// TestDecisionsDocumented: the example of docs/decisions.md is a good file, and its
// table names every field.
func TestDecisionsDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/decisions.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(text), "```csv\n")
	example, _, ok := strings.Cut(example, "```")
	lines, err := parseDecisions("docs/decisions.md", []byte(example))
	if err != nil || !ok || len(lines) < 5 {
		t.Errorf("the example: %d lines, %v", len(lines), err)
	}
	for _, f := range decisionFields {
		if !strings.Contains(string(text), "| `"+f.name+"` |") {
			t.Errorf("docs/decisions.md does not explain %s", f.name)
		}
	}
}

// FuzzDecisions: whatever the bytes are, the file is refused with its line or every
// line of it is good.
func FuzzDecisions(f *testing.F) {
	f.Add("url,field,value,why,who,date\nhttp://a.example/,agency,x,y,z,2025-01-01\n")
	f.Add("\ufeffurl,field,value,why,who,date\r\n\"http://a.example/\n\",withhold,yes,\"a\nb\",z,2025-01-01\r\n")
	f.Add("url,field,value,why,who,date\n\"\n")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, text string) {
		lines, err := parseDecisions("d.csv", []byte(text))
		if err != nil && !strings.Contains(err.Error(), "d.csv:") {
			t.Errorf("no line is named: %v", err)
		}
		for _, d := range lines {
			if d.url == "" || d.value == "" || d.why == "" || d.who == "" || d.line < 2 {
				t.Errorf("%+v", d)
			}
		}
	})
}
