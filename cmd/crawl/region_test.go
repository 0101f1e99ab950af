package main

import (
	"testing"

	"crawl/internal/demo"
)

// compareRegions: the province is in no list of divisions, so its organs are in the
// regions of their sources; the one real organ it prints keeps its own.
func compareRegions(t *testing.T, data string) {
	t.Helper()
	province, err := demo.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, src := range province.Sources() {
		_, rows, err := query(t.Context(), reportsPath(data),
			"SELECT DISTINCT agency_id, region_code, agency FROM reports WHERE source = "+quoted(src.ID))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			want := src.Region
			if row[2] == "岳阳市民政局" {
				want = "430600"
			}
			if row[1] != want || row[0] != want+"/"+row[2] {
				t.Errorf("%s of source %s: region %s, id %s; want region %s", row[2], src.ID, row[1], row[0], want)
			}
		}
		if len(rows) == 0 {
			t.Errorf("source %s has no reports", src.ID)
		}
	}
}
