package db

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAgencies has one organ under its printed forms, a division that was renamed,
// one that was recoded, one that was merged, and a source that got its region late.
func TestAgencies(t *testing.T) {
	d := open(t)
	var f facts
	read := func(i, year int, printed, id, code, basis, level string) {
		r := reading("beta", fmt.Sprintf("http://beta.example/%d.htm", i), fmt.Sprint("content ", i), i)
		r.Agency, r.AgencyID, r.RegionCode, r.RegionBasis, r.Level, r.Year = printed, id, code, basis, level, year
		f.read(r)
	}
	const bureau = "430600/岳阳市民政局"
	read(1, 2021, "市民政局", bureau, "430600", "source", "prefecture_dept")
	read(2, 2023, "湖南省岳阳市民政局", bureau, "430600", "name", "prefecture_dept")
	read(3, 2022, "岳阳市民政局", bureau, "430600", "name", "prefecture_dept")
	read(4, 2009, "襄樊市民政局", "420600/襄樊市民政局", "420600", "name", "prefecture_dept")
	read(5, 2012, "襄阳市民政局", "420600/襄阳市民政局", "420600", "name", "prefecture_dept")
	read(6, 2012, "铜梁县民政局", "500224/铜梁县民政局", "500224", "name", "county_dept")
	read(7, 2016, "铜梁区民政局", "500151/铜梁区民政局", "500151", "name", "county_dept")
	read(8, 2012, "铜梁县卫生局", "500224/铜梁县卫生局", "500224", "name", "county_dept")
	read(9, 2016, "铜梁区卫生健康委员会", "500151/铜梁区卫生健康委员会", "500151", "name", "county_dept")
	read(10, 2018, "莱芜市民政局", "371200/莱芜市民政局", "371200", "name", "prefecture_dept")
	read(11, 2023, "应急管理部", "000000/应急管理部", "", "name", "central")
	read(12, 2023, "仙桃市", "429004/仙桃市人民政府", "429004", "name", "county_gov")
	read(13, 2023, "霖江市民政局", "990100/霖江市民政局", "990100", "source", "prefecture_dept")
	read(14, 2023, "水务局", "", "", "", "")
	again := reading("beta", "http://beta.example/14.htm", "content 14", 40)
	again.Agency, again.AgencyID, again.RegionCode, again.RegionBasis, again.Level = "水务局", "442000/中山市水务局", "442000", "source", "prefecture_dept"
	f.read(again)
	take(t, d, f, 3)

	expect := func(when string) {
		t.Helper()
		for _, c := range []struct {
			name, query string
			want        []string
		}{
			{"agencies", `SELECT id, name, kind, region_code, province_code, prefecture_code, county_code, level, valid_from, valid_to, successor FROM agencies`, []string{
				"000000/应急管理部|应急管理部|central|||||central|2023|2023|",
				"371200/莱芜市民政局|莱芜市民政局|department|371200|370000|371200||prefecture_dept|2018|2018|",
				"420600/襄樊市民政局|襄樊市民政局|department|420600|420000|420600||prefecture_dept|2009|2009|420600/襄阳市民政局",
				"420600/襄阳市民政局|襄阳市民政局|department|420600|420000|420600||prefecture_dept|2012|2012|",
				"429004/仙桃市人民政府|仙桃市人民政府|government|429004|420000||429004|county_gov|2023|2023|",
				"430600/岳阳市民政局|岳阳市民政局|department|430600|430000|430600||prefecture_dept|2021|2023|",
				"442000/中山市水务局|中山市水务局|department|442000|440000|442000||prefecture_dept|2023|2023|",
				"500151/铜梁区卫生健康委员会|铜梁区卫生健康委员会|department|500151|500000||500151|county_dept|2016|2016|",
				"500151/铜梁区民政局|铜梁区民政局|department|500151|500000||500151|county_dept|2016|2016|",
				"500224/铜梁县卫生局|铜梁县卫生局|department|500224|500000||500224|county_dept|2012|2012|",
				"500224/铜梁县民政局|铜梁县民政局|department|500224|500000||500224|county_dept|2012|2012|500151/铜梁区民政局",
				"990100/霖江市民政局|霖江市民政局|department|990100|990000|990100||prefecture_dept|2023|2023|",
			}},
			{"printed forms", "SELECT name, basis FROM agency_aliases WHERE agency_id = '" + bureau + "'", []string{
				"岳阳市民政局|name", "市民政局|source", "湖南省岳阳市民政局|name",
			}},
			{"the newest reading that knows the region", "SELECT agency_id, region_code, level FROM reports WHERE agency = '水务局'", []string{
				"442000/中山市水务局|442000|prefecture_dept",
			}},
		} {
			if diff := cmp.Diff(c.want, ask(t, d.Reader, c.query)); diff != "" {
				t.Errorf("%s, %s (-want +got):\n%s", when, c.name, diff)
			}
		}
	}
	expect("first")
	if err := d.Finish(context.Background()); err != nil {
		t.Fatal(err)
	}
	expect("again")
}

// TestDivisionsTable: an organ's region joins the divisions of its report year.
func TestDivisionsTable(t *testing.T) {
	d := open(t)
	want := []string{"500151|铜梁区|2014-10-31||county|500000|", "500224|铜梁县|2002-12-31|2014-10-31|county|500000|500151"}
	got := ask(t, d.Reader, "SELECT code, name, valid_from, valid_to, level, parent, successor FROM divisions WHERE name GLOB '铜梁*' ORDER BY code")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
