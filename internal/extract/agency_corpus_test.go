package extract

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"crawl/internal/report"
)

// TestAgencyPlaces resolves the agencies of real addresses, as named by hand and
// without any hint, and the headers of real pages with the hints they print.
func TestAgencyPlaces(t *testing.T) {
	dir := corpusDir(t)
	var right, none, wrong, regions, rows int
	judge := func(name, wantLevel string, r *report.Report) {
		rows++
		switch r.Level {
		case wantLevel:
			right++
		case "":
			none++
			t.Logf("no level of %s, want %s", name, wantLevel)
		default:
			wrong++
			t.Errorf("%s: %s, want %s", name, r.Level, wantLevel)
		}
		if r.RegionCode != "" || r.Level == levelCentral {
			regions++
			if r.AgencyID == "" {
				t.Errorf("%s has a region and no id", name)
			}
			return
		}
		var why []string
		for _, f := range r.Findings {
			if strings.HasPrefix(f.Rule, "region_") || strings.HasPrefix(f.Rule, "agency_") {
				why = append(why, f.Rule)
			}
		}
		if len(why) == 0 {
			t.Errorf("%s has no region and no finding", name)
		}
		t.Logf("no region of %s: %s", name, strings.Join(why, " "))
	}
	score := func(what string) {
		t.Logf("%s: level %d right, %d missing, %d wrong of %d; %d with their region", what, right, none, wrong, rows, regions)
		right, none, wrong, regions, rows = 0, 0, 0, 0, 0
	}

	b, err := os.ReadFile(filepath.Join(dir, "addresses.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 || f[1] == "" || f[1] == "agency" {
			continue
		}
		year, err := strconv.Atoi(f[3])
		if err != nil {
			year = 0
		}
		r := &report.Report{Agency: f[1], Year: year}
		placeAgency(&Page{}, Hint{}, r)
		want := headerRecord{Level: f[2]}.level()
		if strings.HasSuffix(f[1], "消防救援支队") {
			want = levelVertical // recorded under the county it serves
		}
		judge(f[1], want, r)
	}
	score("addresses")

	file, err := os.Open(filepath.Join(dir, "headers.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for scan := bufio.NewScanner(file); scan.Scan(); {
		var rec headerRecord
		if err := json.Unmarshal(scan.Bytes(), &rec); err != nil {
			t.Fatal(err)
		}
		r := &report.Report{URL: rec.URL, FetchedAt: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
		header(rec.page(), Hint{}, r)
		judge(rec.Agency, rec.level(), r)
	}
	score("headers")
}
