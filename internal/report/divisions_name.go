package report

import (
	"slices"
	"strings"
	"sync"
)

// NameForm says how a printed name stands to the official one.
type NameForm int

// The forms of a division's name, the surest first.
const (
	FullName  NameForm = iota // 恩施土家族苗族自治州
	ShortName                 // 恩施州, 湖北, 内蒙古: what everyone writes
	BareName                  // 岳阳, 东阳: a name without the word for its kind; proves nothing by itself
)

// DivisionName is one way to write a division.
type DivisionName struct {
	Division

	Form NameForm
}

// WrittenDivisions are the divisions that text may begin with, by the name it then
// begins with; the longest names are of 15 characters.
func WrittenDivisions(name string) []DivisionName { return divisionNames()[name] }

// LongestDivisionName is the number of characters of the longest name.
const LongestDivisionName = 15

var divisionNames = sync.OnceValue(func() map[string][]DivisionName {
	names := make(map[string][]DivisionName, 2*len(Divisions()))
	for _, d := range Divisions() {
		add := func(name string, form NameForm) {
			written := slices.ContainsFunc(names[name], func(n DivisionName) bool { return n.Code == d.Code && n.From == d.From })
			if !written && len(name) >= len("博州") {
				names[name] = append(names[name], DivisionName{d, form})
			}
		}
		add(d.Name, FullName)
		for _, short := range customary[d.Name] {
			add(short, ShortName)
		}
		base, kind := withoutKind(d.Name)
		if kind == "" {
			continue
		}
		if short, ok := strings.CutPrefix(kind, "自治"); ok {
			base = withoutPeoples(base)
			if d.Level != Province {
				add(base+short, ShortName)
			}
		}
		if d.Level == Province && len([]rune(d.Name)) > 2 && kind != "市" {
			add(base, ShortName)
		} else {
			add(base, BareName)
		}
	}
	return names
})

// withoutKind cuts the word for its kind off a name; both are "" if there is none.
func withoutKind(name string) (base, kind string) {
	for _, kind := range []string{
		"特别行政区", "自治区", "自治州", "自治县", "自治旗", "联合旗", "林区", "地区", "特区", "新区", "省", "市", "盟", "县", "旗", "区",
	} {
		if base, ok := strings.CutSuffix(name, kind); ok && len(base) >= len("和") {
			return base, kind
		}
	}
	return "", ""
}

// withoutPeoples cuts the peoples off the base of an autonomous division's name:
// 恩施土家族苗族 is 恩施. A name that is only a people's keeps it: 鄂温克族 is 鄂温克.
func withoutPeoples(base string) string {
	for changed := true; changed; {
		changed = false
		for _, people := range peoples {
			for _, word := range []string{people + "族", people} {
				rest, ok := strings.CutSuffix(base, word)
				switch {
				case !ok:
				case rest == "":
					return people
				case len(word) > len("回") && len(rest) >= 2*len("和"):
					base, changed = rest, true
				}
			}
		}
	}
	return base
}

var peoples = strings.Fields(`各 维吾尔 哈萨克 柯尔克孜 塔吉克 蒙古 土家 布依 哈尼 景颇 傈僳 拉祜 纳西 仡佬 仫佬 毛南 布朗 普米 独龙 达斡尔 鄂伦春 鄂温克 锡伯
	东乡 保安 撒拉 裕固 朝鲜 满 回 苗 彝 藏 壮 侗 瑶 白 傣 黎 羌 土 水 畲 佤 怒`)

// customary names that no rule gives.
var customary = map[string][]string{
	"博尔塔拉蒙古自治州": {"博州"}, "巴音郭楞蒙古自治州": {"巴州"}, "克孜勒苏柯尔克孜自治州": {"克州"},
	"达尔罕茂明安联合旗": {"达茂旗", "达茂联合旗"}, "前郭尔罗斯蒙古族自治县": {"前郭县"}, "喀喇沁左翼蒙古族自治县": {"喀左县"},
	"莫力达瓦达斡尔族自治旗": {"莫旗", "莫力达瓦旗"}, "科尔沁左翼中旗": {"科左中旗"}, "科尔沁左翼后旗": {"科左后旗"},
	"科尔沁右翼前旗": {"科右前旗"}, "科尔沁右翼中旗": {"科右中旗"}, "西乌珠穆沁旗": {"西乌旗"}, "东乌珠穆沁旗": {"东乌旗"},
	"察哈尔右翼前旗": {"察右前旗"}, "察哈尔右翼中旗": {"察右中旗"}, "察哈尔右翼后旗": {"察右后旗"},
	"乌拉特前旗": {"乌前旗"}, "乌拉特中旗": {"乌中旗"}, "乌拉特后旗": {"乌后旗"}, "鄂托克前旗": {"鄂前旗"},
	"阿拉善左旗": {"阿左旗"}, "阿拉善右旗": {"阿右旗"}, "准格尔旗": {"准旗"}, "达拉特旗": {"达旗"},
	"西双版纳傣族自治州": {"版纳州"}, "大兴安岭地区": {"大兴安岭"},
}
