package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crawl/internal/db"
	"crawl/internal/demo"
	"crawl/internal/report"
)

// crawledProvince is a data directory with the whole made-up province.
func crawledProvince(t *testing.T) (data string, province *demo.Province) {
	t.Helper()
	province, err := demo.New()
	if err != nil {
		t.Fatal(err)
	}
	server, err := province.Listen()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	data = filepath.Join(t.TempDir(), "data")
	var out bytes.Buffer
	s := &session{ctx: t.Context(), stdout: &out, stderr: &out, log: logger("error", &out)}
	if _, err := provincePass(province, data, server.Dial).run(s); err != nil {
		t.Fatal(err)
	}
	return data, province
}

func crawlOut(t *testing.T, args ...string) (string, int) {
	t.Helper()
	var out bytes.Buffer
	code := crawl(t.Context(), args, &out, &out)
	return out.String(), code
}

func TestShow(t *testing.T) {
	data, province := crawledProvince(t)
	t.Run("every cell", func(t *testing.T) { showEveryCell(t, data, province) })
	t.Run("page", func(t *testing.T) { showFitsThePage(t, data, province) })
	for name, test := range map[string]func(*testing.T, string){"differences": showTellsDifferences, "moved records": showFindsMovedRecords} {
		t.Run(name, func(t *testing.T) {
			own := t.TempDir()
			if err := os.CopyFS(own, os.DirFS(data)); err != nil {
				t.Fatal(err)
			}
			test(t, own)
		})
	}
}

// showEveryCell: for every report of the province, every cell of the database is
// found in the archived page, as the page prints it.
func showEveryCell(t *testing.T, data string, province *demo.Province) {
	r, err := db.OpenReader(t.Context(), reportsPath(data))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cells := 0
	for _, truth := range province.Truth() {
		found, err := r.Refer(t.Context(), truth.URL)
		if err != nil || len(found.Reports) != 1 {
			t.Fatalf("%s: %d reports, %v", truth.URL, len(found.Reports), err)
		}
		stored, err := r.Report(t.Context(), found.Reports[0].Text("key"))
		if err != nil {
			t.Fatal(err)
		}
		ev, _, err := evidence(data, stored)
		if err != nil {
			t.Fatalf("%s: %v", truth.URL, err)
		}
		printed := map[string]string{}
		for _, c := range truth.Cells {
			printed[c.Place()] = c.Raw
		}
		for _, table := range []string{"t2", "t3", "t4"} {
			if len(storedCells(stored, table)) == 0 {
				continue
			}
			got, err := ev.Cells(table)
			if err != nil {
				t.Fatalf("%s: %s: %v", truth.URL, table, err)
			}
			for _, d := range compareCells(stored, table, got) {
				t.Errorf("%s (%s): %s", truth.URL, truth.Odd, d)
			}
			for _, c := range got {
				if c.Col == 0 {
					continue
				}
				cells++
				if raw, ok := printed[c.Place]; ok && strings.TrimSpace(raw) != c.Raw {
					t.Errorf("%s (%s): %s is shown as %q, the page prints %q", truth.URL, truth.Odd, c.Place, c.Raw, raw)
				}
				if c.Path == "" {
					t.Errorf("%s (%s): %s has no selector", truth.URL, truth.Odd, c.Place)
				}
			}
		}
		for _, name := range []string{"title", "agency", "year", "published"} {
			fact, err := ev.Fact(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range compareFact(stored, fact) {
				t.Errorf("%s (%s): %s", truth.URL, truth.Odd, d)
			}
		}
	}
	t.Logf("%d cells found in the archive", cells)
	if cells < 1000 {
		t.Errorf("only %d cells", cells)
	}
}

// showFitsThePage: no line of any report is wider than pageWidth, but for what
// cannot be broken (addresses).
func showFitsThePage(t *testing.T, data string, province *demo.Province) {
	for _, truth := range province.Truth() {
		out, code := crawlOut(t, "show", "--data", data, "--text", truth.URL)
		if code != exitDone {
			t.Fatalf("%s: exit %d\n%s", truth.URL, code, out)
		}
		for _, line := range strings.Split(out, "\n") {
			if columnsOf(line) > pageWidth && !strings.Contains(line, "http://") {
				t.Errorf("%s: %d columns: %s", truth.URL, columnsOf(line), line)
			}
			if strings.HasSuffix(line, " ") {
				t.Errorf("%s: a blank ends %q", truth.URL, line)
			}
		}
		if !strings.Contains(out, truth.Title) {
			t.Errorf("%s: the title is not shown:\n%s", truth.URL, out)
		}
	}
}

// showTellsDifferences: a database that says something else than the archive is
// told, and ends with an error.
func showTellsDifferences(t *testing.T, data string) {
	row := one(t, data, `SELECT r.key, a.total FROM reports r JOIN applications a ON a.report_id = r.id
		WHERE a.item = 'granted' AND a.total IS NOT NULL AND r.is_current LIMIT 1`)
	if out, code := crawlOut(t, "show", "--data", data, row["key"], "--cell", "t3.granted.total"); code != exitDone || strings.Contains(out, "!") {
		t.Fatalf("before: exit %d\n%s", code, out)
	}
	tamper(t, data, "UPDATE applications SET total = total + 1000 WHERE item = 'granted'; UPDATE reports SET extractor = '0', title = 'x'")
	out, code := crawlOut(t, "show", "--data", data, row["key"], "--cell", "t3.granted.total")
	if code != exitError || !strings.Contains(out, "the archived page now reads "+row["total"]) || !strings.Contains(out, "filled by extractor 0") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if out, code := crawlOut(t, "show", "--data", data, row["key"], "--cell", "title"); code != exitError || !strings.Contains(out, "the database says x") {
		t.Errorf("exit %d\n%s", code, out)
	}
	tamper(t, data, "DELETE FROM applications WHERE item = 'granted'")
	if out, code := crawlOut(t, "show", "--data", data, row["key"], "--cell", "t3.granted"); code != exitError || !strings.Contains(out, "the database has no such cell") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// showFindsMovedRecords: file and offset in the database are a cache; a record
// that is gone is an error that says where it should be.
func showFindsMovedRecords(t *testing.T, data string) {
	row := one(t, data, "SELECT key, record_id FROM reports WHERE form_t3 = '"+report.Form2021+"' AND is_current LIMIT 1")
	tamper(t, data, "UPDATE captures SET file = 'old.warc.gz', offset = 7")
	out, code := crawlOut(t, "show", "--data", data, row["key"], "--cell", "t3.granted.total", "--json")
	var got shown
	if err := json.Unmarshal([]byte(out), &got); code != exitDone || err != nil || got.Offset == 7 || len(got.Cells) != 1 || got.Cells[0].Col == 0 {
		t.Errorf("exit %d, %v\n%s", code, err, out)
	}
	tamper(t, data, "PRAGMA foreign_keys = 0; UPDATE reports SET record_id = 'urn:uuid:0' WHERE key = '"+row["key"]+"'; UPDATE captures SET record_id = 'urn:uuid:0' WHERE record_id = '"+row["record_id"]+"'")
	out, code = crawlOut(t, "show", "--data", data, row["key"], "--cell", "t3.granted.total")
	if code != exitError || !strings.Contains(out, "old.warc.gz at 7") || !strings.Contains(out, "crawl verify --source") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

// tamper changes a published file behind its owner's back.
func tamper(t *testing.T, data, change string) {
	t.Helper()
	if err := os.Chmod(reportsPath(data), 0o644); err != nil {
		t.Fatal(err)
	}
	d, err := sql.Open("sqlite", reportsPath(data))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.ExecContext(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

func TestColumns(t *testing.T) {
	for _, c := range []struct {
		s     string
		width int
		want  string
	}{
		{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"政府信息", 8, "政府信息"}, {"政府信息", 7, "政府信…"}, {"政府信息", 6, "政府…"}, {"a\n b", 5, "a b"},
	} {
		if got := cut(c.s, c.width); got != c.want {
			t.Errorf("cut(%q, %d) = %q, want %q", c.s, c.width, got, c.want)
		}
	}
	for _, c := range []struct {
		s     string
		width int
		want  string
	}{
		{"one two three", 8, "one two|three"}, {"政府信息公开", 5, "政府|信息|公开"}, {"abcdefgh", 3, "abc|def|gh"}, {"a\nb", 9, "a|b"}, {"", 9, ""},
		{"see 政府信息 now", 10, "see 政府信|息 now"},
	} {
		if got := strings.Join(wrapped(c.s, c.width), "|"); got != c.want {
			t.Errorf("wrapped(%q, %d) = %q, want %q", c.s, c.width, got, c.want)
		}
	}
}
