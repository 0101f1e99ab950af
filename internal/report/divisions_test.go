package report

import (
	"strings"
	"testing"
)

func TestDivisions(t *testing.T) {
	counts := map[DivisionLevel]int{}
	var last Division
	for _, d := range Divisions() {
		if d.To == "" {
			counts[d.Level]++
		}
		if d.Code == last.Code && (last.To == "" || last.To > d.From) {
			t.Errorf("%s is %s and %s at once", d.Code, last.Name, d.Name)
		}
		if d.To != "" && d.To < "2008-01-01" || d.To != "" && d.To <= d.From {
			t.Errorf("%s %s ended %s, begun %s", d.Code, d.Name, d.To, d.From)
		}
		if d.Parent != "" {
			if p, ok := DivisionAt(d.Parent, ""); !ok || !p.Holds(d) || p.Level == County {
				t.Errorf("%s %s: parent %s", d.Code, d.Name, d.Parent)
			}
		} else if d.Level != Province {
			t.Errorf("%s %s has no parent", d.Code, d.Name)
		}
		if d.Successor != "" {
			if s, ok := DivisionAt(d.Successor, d.To); !ok || s.From != d.To || s.Level != d.Level {
				t.Errorf("%s %s, ended %s: successor %s begun %s", d.Code, d.Name, d.To, d.Successor, s.From)
			}
		}
		if strings.Contains(d.Name, "开发区") || strings.HasSuffix(d.Name, "市辖区") || len([]rune(d.Name)) > LongestDivisionName {
			t.Errorf("%s %s is no division", d.Code, d.Name)
		}
		last = d
	}
	if counts[Province] != 34 || counts[Prefecture] != 333 || counts[County] < 2840 || counts[County] > 2860 {
		t.Errorf("in force: %v", counts)
	}
}

// TestDivisionAt has well-known changes, as the lists date them.
func TestDivisionAt(t *testing.T) {
	for _, tt := range []struct{ code, day, want, parent, successor string }{
		{"330104", "2020-12-31", "江干区", "330100", ""}, {"330103", "2021-12-31", "", "", ""}, {"330104", "2021-12-31", "", "", ""},
		{"330113", "2021-12-31", "临平区", "330100", ""}, {"330114", "2021-12-31", "钱塘区", "330100", ""}, {"330113", "2020-12-31", "", "", ""},
		{"330204", "2016-07-31", "江东区", "330200", ""}, {"330204", "2017-12-31", "", "", ""},
		{"371200", "2018-12-31", "莱芜市", "370000", ""}, {"371200", "2019-12-31", "", "", ""},
		{"370116", "2019-12-31", "莱芜区", "370100", ""}, {"371203", "2018-12-31", "钢城区", "371200", "370117"},
		{"341400", "2010-12-31", "巢湖市", "340000", ""}, {"341400", "2011-12-31", "", "", ""}, {"340181", "2011-12-31", "巢湖市", "340100", ""},
		{"341424", "2010-12-31", "和县", "341400", "340523"},
		{"110103", "2009-12-31", "崇文区", "110000", ""}, {"110104", "2010-12-31", "", "", ""},
		{"653228", "", "和康县", "653200", ""}, {"653229", "2025-12-31", "和安县", "653200", ""}, {"653229", "2023-12-31", "", "", ""},
		{"460300", "2012-12-31", "三沙市", "460000", ""}, {"460400", "2016-12-31", "儋州市", "460000", ""}, {"469003", "2014-12-31", "儋州市", "460000", ""},
		{"500224", "2012-12-31", "铜梁县", "500000", "500151"}, {"500151", "2015-12-31", "铜梁区", "500000", ""},
		{"500222", "2010-12-31", "綦江县", "500000", "500110"}, {"500110", "2010-12-31", "万盛区", "500000", ""}, {"500110", "2011-12-31", "綦江区", "500000", ""},
		{"522401", "2010-12-31", "毕节市", "522400", "520502"}, {"522400", "2010-12-31", "毕节地区", "520000", "520500"},
		{"420600", "2009-12-31", "襄樊市", "420000", "420600"}, {"420600", "", "襄阳市", "420000", ""},
		{"360427", "2015-12-31", "星子县", "360400", "360483"}, {"360402", "2015-12-31", "庐山区", "360400", "360402"},
		{"520114", "2012-12-31", "小河区", "520100", ""}, {"429004", "", "仙桃市", "420000", ""}, {"659001", "", "石河子市", "650000", ""},
		{"710000", "2024-12-31", "台湾省", "", ""}, {"100000", "", "", "", ""},
	} {
		d, ok := DivisionAt(tt.code, tt.day)
		if d.Name != tt.want || ok != (tt.want != "") || d.Parent != tt.parent || d.Successor != tt.successor {
			t.Errorf("%s on %s: %+v, want %s in %s before %s", tt.code, tt.day, d, tt.want, tt.parent, tt.successor)
		}
	}
}

func TestDivisionChain(t *testing.T) {
	for code, want := range map[string]string{"430602": "湖南省 岳阳市 岳阳楼区", "500151": "重庆市 铜梁区", "429004": "湖北省 仙桃市", "430000": "湖南省", "999999": ""} {
		var names []string
		for _, d := range DivisionChain(code, "2020-12-31") {
			names = append(names, d.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
	}
}

func TestDivisionsNamed(t *testing.T) {
	for name, want := range map[string]string{
		"岳阳楼区": "430602", "恩施州": "422800", "恩施土家族苗族自治州": "422800", "博州": "652700", "湖北": "420000", "内蒙古": "150000", "张家川县": "620525",
		"达茂联合旗": "150223", "莫旗": "150722", "鄂温克旗": "150724", "积石山县": "622927", "龙胜县": "450328", "城区": "140202 140302 140402 140502 441502",
		"朝阳区": "110105 220104", "公主岭市": "220184 220381", "岳阳": "", "北京": "", "高新区": "", "东乡县": "361029 622926",
	} {
		var codes []string
		for _, d := range DivisionsNamed(name) {
			codes = append(codes, d.Code)
		}
		if got := strings.Join(codes, " "); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
