package extract

import (
	"strings"
	"testing"

	"crawl/internal/report"
)

// placed is what one name resolves to: region, level, id behind the slash, and the
// region rules that find something.
type placed struct {
	name   string
	year   int
	source string
	site   string
	want   string // "430600 prefecture_dept 岳阳市民政局 [rules]"; - for none
}

func (tt placed) got() string {
	p := &Page{Meta: map[string]string{"sitename": tt.site}}
	r := &report.Report{Agency: tt.name, Year: tt.year}
	placeAgency(p, Hint{Region: tt.source}, r)
	return summary(r)
}

func summary(r *report.Report) string {
	words := []string{r.RegionCode, r.Level, r.AgencyID}
	if prefix := r.RegionCode + "/"; r.RegionCode != "" && strings.HasPrefix(r.AgencyID, prefix) {
		words[2] = strings.TrimPrefix(r.AgencyID, prefix)
	}
	for i, w := range words {
		if w == "" {
			words[i] = "-"
		}
	}
	for _, f := range r.Findings {
		if strings.HasPrefix(f.Rule, "region_") {
			words = append(words, f.Rule)
		}
	}
	return strings.Join(words, " ")
}

func TestPlaceAgency(t *testing.T) {
	for _, tt := range []placed{
		// The longest chain of whole names.
		{"岳阳市民政局", 2023, "", "", "430600 prefecture_dept 岳阳市民政局"},
		{"湖南省岳阳市民政局", 2023, "", "", "430600 prefecture_dept 岳阳市民政局"},
		{"湖南岳阳市民政局", 2023, "", "", "430600 prefecture_dept 岳阳市民政局"},
		{"岳陽市民政局", 2023, "", "", "430600 prefecture_dept 岳阳市民政局"},
		{"瀋陽市瀋河區民政局", 2023, "", "", "210103 county_dept 沈河区民政局"},
		{"無錫市錫山區民政局", 2023, "", "", "320205 county_dept 锡山区民政局"},
		{"乾县民政局", 2023, "", "", "610424 county_dept 乾县民政局"},
		{"岳阳市 民政局", 2023, "", "", "430600 prefecture_dept 岳阳市民政局"},
		{"市民政局", 2023, "430600", "", "430600 prefecture_dept 岳阳市民政局"},
		{"湖南省岳阳市岳阳楼区民政局", 2023, "", "", "430602 county_dept 岳阳楼区民政局"},
		{"岳阳楼区民政局", 2023, "430600", "", "430602 county_dept 岳阳楼区民政局"},
		{"汉中市市场监督管理局", 2020, "", "", "610700 prefecture_dept 汉中市市场监督管理局"},
		{"汉中市场监督管理局", 2020, "", "", "610700 prefecture_dept 汉中市市场监督管理局"},
		{"衢江区湖南镇", 2021, "", "", "330803 township 衢江区湖南镇人民政府"},
		{"衢江区湖南镇人民政府", 2021, "", "", "330803 township 衢江区湖南镇人民政府"},
		{"湖南镇人民政府", 2021, "", "", "- township - region_unknown"},
		{"湖南镇人民政府", 2021, "330803", "", "330803 township 衢江区湖南镇人民政府"},
		{"北京街道", 2021, "", "", "- subdistrict - region_unknown"},
		{"北京街道办事处", 2021, "440104", "", "440104 subdistrict 越秀区北京街道办事处"},
		{"江苏路街道办事处", 2021, "", "", "- subdistrict - region_unknown"},
		{"南关区民政局", 2025, "", "", "220102 county_dept 南关区民政局"},
		{"公安县公安局", 2023, "", "", "421022 county_dept 公安县公安局"},
		{"津市市民政局", 2023, "", "", "430781 county_dept 津市市民政局"},
		{"吉林省吉林市昌邑区教育局", 2022, "", "", "220202 county_dept 昌邑区教育局"},
		{"吉林市教育局", 2022, "", "", "220200 prefecture_dept 吉林市教育局"},
		{"济南市市中区教育局", 2022, "", "", "370103 county_dept 市中区教育局"},
		{"河南县教育局", 2022, "", "", "632324 county_dept 河南蒙古族自治县教育局"},
		{"海南省教育厅", 2022, "", "", "460000 province_dept 海南省教育厅"},
		{"海南州教育局", 2022, "", "", "632500 prefecture_dept 海南藏族自治州教育局"},
		{"沙县区民政局", 2022, "", "", "350405 county_dept 沙县区民政局"},
		{"浦东新区民政局", 2022, "", "", "310115 county_dept 浦东新区民政局"},
		{"天津市滨海新区人民政府", 2022, "", "", "120116 county_gov 滨海新区人民政府"},
		{"三沙市人民政府", 2022, "", "", "460300 prefecture_gov 三沙市人民政府"},
		// Short names and names with peoples.
		{"湖北省教育厅", 2022, "", "", "420000 province_dept 湖北省教育厅"},
		{"湖北教育厅", 2022, "", "", "420000 province_dept 湖北省教育厅"},
		{"内蒙古自治区民政厅", 2022, "", "", "150000 province_dept 内蒙古自治区民政厅"},
		{"内蒙古民政厅", 2022, "", "", "150000 province_dept 内蒙古自治区民政厅"},
		{"恩施州财政局", 2022, "", "", "422800 prefecture_dept 恩施土家族苗族自治州财政局"},
		{"恩施土家族苗族自治州财政局", 2022, "", "", "422800 prefecture_dept 恩施土家族苗族自治州财政局"},
		{"博州民政局", 2022, "", "", "652700 prefecture_dept 博尔塔拉蒙古自治州民政局"},
		{"临夏州公安局", 2023, "", "", "622900 prefecture_dept 临夏回族自治州公安局"},
		{"张家川县科学技术局", 2024, "", "", "620525 county_dept 张家川回族自治县科学技术局"},
		{"宽城满族自治县人民政府办公室", 2021, "", "", "130827 government_office 宽城满族自治县人民政府办公室"},
		{"达茂联合旗人民政府", 2022, "", "", "150223 county_gov 达尔罕茂明安联合旗人民政府"},
		{"阿拉善盟阿拉善右旗人民政府办公室", 2022, "", "", "152922 government_office 阿拉善右旗人民政府办公室"},
		{"包头市九原区阿嘎如泰苏木", 2022, "", "", "150207 township 九原区阿嘎如泰苏木人民政府"},
		{"喀什地区教育局", 2022, "", "", "653100 prefecture_dept 喀什地区教育局"},
		{"阿拉善盟行政公署", 2022, "", "", "152900 prefecture_dept 阿拉善盟行政公署"},
		// The names of the report's year.
		{"铜梁县民政局", 2012, "", "", "500224 county_dept 铜梁县民政局"},
		{"重庆市铜梁区审计局", 2024, "", "", "500151 county_dept 铜梁区审计局"},
		{"铜梁县民政局", 2023, "", "", "500224 county_dept 铜梁县民政局 region_outdated"},
		{"巢湖市民政局", 2010, "", "", "341400 prefecture_dept 巢湖市民政局"},
		{"巢湖市民政局", 2015, "", "", "340181 county_dept 巢湖市民政局"},
		{"毕节市教育局", 2009, "", "", "522401 county_dept 毕节市教育局"},
		{"毕节市教育局", 2019, "", "", "520500 prefecture_dept 毕节市教育局"},
		{"儋州市民政局", 2012, "", "", "469003 county_dept 儋州市民政局"},
		{"儋州市民政局", 2022, "", "", "460400 prefecture_dept 儋州市民政局"},
		{"公主岭市民政局", 2018, "", "", "220381 county_dept 公主岭市民政局"},
		{"公主岭市民政局", 2022, "", "", "220184 county_dept 公主岭市民政局"},
		{"襄樊市民政局", 2009, "", "", "420600 prefecture_dept 襄樊市民政局"},
		{"江干区民政局", 2020, "", "", "330104 county_dept 江干区民政局"},
		{"石家庄市桥东区民政局", 2012, "", "", "130103 county_dept 桥东区民政局"},
		{"和康县民政局", 2025, "", "", "653228 county_dept 和康县民政局"},
		// Names that several divisions share.
		{"鼓楼区民政局", 2022, "", "", "- county_dept - region_ambiguous"},
		{"鼓楼区民政局", 2022, "320100", "", "320106 county_dept 鼓楼区民政局"},
		{"鼓楼区民政局", 2022, "", "南京市鼓楼区人民政府", "320106 county_dept 鼓楼区民政局"},
		{"南京市鼓楼区民政局", 2022, "", "", "320106 county_dept 鼓楼区民政局"},
		{"鼓楼区民政局", 2022, "430600", "", "- county_dept - region_ambiguous"},
		{"鼓楼区民政局", 2022, "320000", "", "- county_dept - region_ambiguous"},
		{"城关区教育局", 2022, "540100", "", "540102 county_dept 城关区教育局"},
		{"朝阳区财政局", 2022, "", "长春市人民政府门户网站", "220104 county_dept 朝阳区财政局"},
		{"朝阳区财政局", 2022, "", "", "- county_dept - region_ambiguous"},
		{"桥东区教育局", 2012, "130700", "", "130702 county_dept 桥东区教育局"},
		{"城区民政局", 2022, "141000", "", "- county_dept - region_ambiguous"},
		{"西区管委会", 2022, "440100", "", "- zone - region_ambiguous"},
		// Names without a region.
		{"市应急局", 2023, "", "", "- - - region_unknown"},
		{"市应急局", 2023, "620600", "", "620600 prefecture_dept 武威市应急局"},
		{"市应急局", 2023, "430682", "", "430682 county_dept 临湘市应急局"},
		{"市应急局", 2023, "430602", "", "- - - region_unknown"},
		{"市应急局", 2023, "500000", "", "500000 province_dept 重庆市应急局"},
		{"县科技局", 2023, "430600", "", "- county_dept - region_unknown"},
		{"县科技局", 2023, "430621", "", "430621 county_dept 岳阳县科技局"},
		{"县人民政府办公室", 2023, "430621", "", "430621 government_office 岳阳县人民政府办公室"},
		{"县人民政府办公室", 2023, "430602", "", "- government_office - region_unknown"},
		{"区民政局", 2023, "430600", "岳阳市岳阳楼区人民政府", "430602 county_dept 岳阳楼区民政局"},
		{"水务局", 2023, "442000", "", "442000 prefecture_dept 中山市水务局"},
		{"水务局", 2023, "440000", "", "- - - region_unknown"},
		{"我局", 2023, "430600", "", "430600 prefecture_dept -"},
		{"自治区人民政府办公厅", 2023, "650000", "", "650000 government_office 新疆维吾尔自治区人民政府办公厅"},
		{"自治区人民政府办公厅", 2023, "430000", "", "- government_office - region_unknown"},
		{"鸭南乡", 2021, "", "", "- township - region_unknown"},
		{"鸭南乡", 2021, "230881", "", "230881 township 同江市鸭南乡人民政府"},
		{"鸭南乡", 2021, "230800", "", "- township - region_unknown"},
		{"水务局", 2023, "430600", "长沙市人民政府", "- - - region_ambiguous"},
		// The name wins.
		{"长沙市民政局", 2023, "430600", "", "430100 prefecture_dept 长沙市民政局 region_conflict"},
		{"岳阳市民政局", 2023, "", "长沙市人民政府", "430600 prefecture_dept 岳阳市民政局 region_conflict"},
		{"岳阳市民政局", 2023, "430000", "", "430600 prefecture_dept 岳阳市民政局"},
		// Governments, offices, towns under any of their names.
		{"岳阳市", 2022, "", "", "430600 prefecture_gov 岳阳市人民政府"},
		{"岳阳市政府", 2022, "", "", "430600 prefecture_gov 岳阳市人民政府"},
		{"岳阳市人民政府", 2022, "", "", "430600 prefecture_gov 岳阳市人民政府"},
		{"上海市", 2009, "", "", "310000 province_gov 上海市人民政府"},
		{"岳阳市政府办公室", 2022, "", "", "430600 government_office 岳阳市人民政府办公室"},
		{"湖南省人民政府办公厅", 2022, "", "", "430000 government_office 湖南省人民政府办公厅"},
		{"无锡市锡山区人民政府厚桥街道", 2023, "", "", "320205 subdistrict 锡山区厚桥街道办事处"},
		{"双塔区前进街道", 2020, "", "", "211302 subdistrict 双塔区前进街道办事处"},
		{"五常市民意乡", 2021, "", "", "230184 township 五常市民意乡人民政府"},
		{"重庆市江津区杜市镇人民政府", 2019, "", "", "500116 township 江津区杜市镇人民政府"},
		{"天门市拖市镇人民政府", 2020, "", "", "429006 township 天门市拖市镇人民政府"},
		{"东莞市虎门镇人民政府", 2022, "", "", "441900 township 东莞市虎门镇人民政府"},
		{"岳阳市某某镇人民政府", 2022, "", "", "- township - region_unknown"},
		{"岳阳市某某镇人民政府", 2022, "430621", "平江县人民政府", "- township - region_unknown"},
		{"岳阳市某某镇人民政府", 2022, "430621", "", "430621 township 岳阳县某某镇人民政府"},
		{"中山市东区街道办事处", 2022, "", "", "442000 subdistrict 中山市东区街道办事处"},
		{"岳阳市人民政府驻北京办事处", 2022, "", "", "430600 prefecture_dept 岳阳市人民政府驻北京办事处"},
		{"北京市东城区人民政府东四街道办事处", 2022, "", "", "110101 subdistrict 东城区东四街道办事处"},
		// Zones.
		{"西安国际港务区管委会", 2022, "", "", "610100 zone 西安国际港务区管理委员会"},
		{"长岛综试区", 2022, "", "", "- zone - region_ambiguous"},
		{"洪江管理区", 2022, "", "", "- zone - region_ambiguous"},
		{"南湖新区管委会", 2022, "430600", "", "430600 zone 岳阳南湖新区管理委员会"},
		{"岳阳经济技术开发区管委会", 2022, "", "", "430600 zone 岳阳经济技术开发区管理委员会"},
		{"岳阳市经济技术开发区管理委员会", 2022, "", "", "430600 zone 岳阳经济技术开发区管理委员会"},
		{"益阳高新区市场监督管理局", 2020, "", "", "430900 zone_dept 益阳高新区市场监督管理局"},
		{"高新区市场监督管理局", 2020, "430900", "", "430900 zone_dept 益阳高新区市场监督管理局"},
		{"河北衡水高新区管委会", 2022, "", "", "131100 zone 衡水高新区管理委员会"},
		{"浙江省东阳经济开发区管理委员会", 2019, "", "", "330700 zone 东阳经济开发区管理委员会"},
		{"重庆合川工业园区管理委员会", 2020, "", "", "500117 zone 合川工业园区管理委员会"},
		{"武昌经开区（滨江）管委会", 2020, "", "", "- zone - region_ambiguous"},
		{"武昌经开区（滨江）管委会", 2020, "420106", "", "420100 zone 武昌经开区(滨江)管理委员会"},
		{"东湖新技术开发区管委会", 2022, "", "", "- zone - region_ambiguous"},
		{"平潭综合实验区财政金融局", 2023, "350128", "", "350100 zone_dept 平潭综合实验区财政金融局"},
		{"西咸新区底张街道办事处", 2023, "", "", "- subdistrict - region_unknown"},
		{"枣庄高新区消防救援大队", 2025, "", "", "370400 zone_dept 枣庄高新区消防救援大队"},
		{"海南老城开发区管委会", 2022, "", "", "- zone - region_ambiguous"},
		{"市经济开发区管委会", 2022, "430600", "", "430600 zone 岳阳经济开发区管理委员会"},
		// Branches and organs led from above.
		{"淄博市公安局高新区分局", 2022, "", "", "370300 county_dept 淄博市公安局高新区分局"},
		{"襄阳市生态环境局宜城分局", 2024, "", "", "420600 county_dept 襄阳市生态环境局宜城分局"},
		{"国家税务总局岳阳市税务局", 2022, "", "", "430600 vertical 国家税务总局岳阳市税务局"},
		{"国家统计局岳阳调查队", 2022, "", "", "430600 vertical 国家统计局岳阳市调查队"},
		{"国家统计局重庆调查总队", 2022, "", "", "500000 vertical 国家统计局重庆市调查总队"},
		{"四川省成都市双流区气象局", 2023, "", "", "510116 vertical 双流区气象局"},
		{"大同市气象部门", 2023, "", "", "140200 vertical 大同市气象部门"},
		{"宝坻区消防救援支队", 2025, "", "", "120115 vertical 宝坻区消防救援支队"},
		{"岳阳市烟草专卖局", 2022, "", "", "430600 vertical 岳阳市烟草专卖局"},
		{"长沙海关", 2022, "430100", "", "- vertical - region_unknown"},
		{"中华人民共和国岳阳海关", 2022, "430600", "", "- vertical - region_unknown"},
		{"岳阳市地方海事局", 2022, "", "", "430600 prefecture_dept 岳阳市地方海事局"},
		{"国家税务总局岳阳县税务局", 2022, "", "", "430621 vertical 国家税务总局岳阳县税务局"},
		{"中共岳阳市委办公室", 2022, "", "", "430600 prefecture_dept 中共岳阳市委办公室"},
		{"佳县螅镇", 2022, "", "", "610828 township 佳县螅镇人民政府"},
		{"黄陂区前川街道", 2020, "", "", "420116 subdistrict 黄陂区前川街道办事处"},
		{"中原区教育局", 2020, "", "", "410102 county_dept 中原区教育局"},
		{"大英县经科局", 2021, "", "", "510923 county_dept 大英县经科局"},
		{"开州区公安局", 2021, "", "", "500154 county_dept 开州区公安局"},
		{"上海市人民政府办公厅", 2019, "", "", "310000 government_office 上海市人民政府办公厅"},
		{"省交通运输厅", 2023, "320000", "", "320000 province_dept 江苏省交通运输厅"},
		{"中国（湖南）自由贸易试验区岳阳片区管委会", 2022, "", "", "- zone - region_unknown"},
		{"岳阳县高新区鹿角镇人民政府", 2022, "", "", "430621 township 岳阳县高新区鹿角镇人民政府"},
		{"应急管理部", 2023, "", "", "- central 000000/应急管理部"},
		{"国家能源局", 2023, "430600", "", "- central 000000/国家能源局"},
		// What no list has.
		{"长沙市新设区民政局", 2022, "430100", "", "- county_dept - region_unknown"},
		{"霖江市民政局", 2022, "430600", "", "- county_dept - region_unknown"},
		{"霖江市民政局", 2022, "990100", "", "990100 prefecture_dept 霖江市民政局"},
		{"某县民政局", 2022, "990100", "", "- county_dept - region_unknown"},
		{"西岭街道办事处", 2021, "990103", "", "990103 subdistrict 西岭街道办事处"},
	} {
		if got := tt.got(); got != tt.want {
			t.Errorf("%s %d, source %q, site %q:\n got %s\nwant %s (%+v)", tt.name, tt.year, tt.source, tt.site, got, tt.want, splitAgency(tt.name, tt.year))
		}
	}
}

func TestPlaceAgencyByPage(t *testing.T) {
	const title = "鸭南乡2021年政府信息公开工作年度报告"
	for name, tt := range map[string]struct {
		page  Page
		want  string
		basis string
	}{
		"sign-off":                  {Page{Blocks: text("一、总体情况，无。", "同江市鸭南乡人民政府", "2022年1月17日")}, "230881 township 同江市鸭南乡人民政府", "signoff"},
		"body's title":              {Page{Blocks: text("同江市鸭南乡2021年政府信息公开工作年度报告")}, "230881 township 同江市鸭南乡人民政府", "body"},
		"document title":            {Page{DocTitle: title + "_同江市人民政府门户网站"}, "230881 township 同江市鸭南乡人民政府", "site"},
		"breadcrumb":                {Page{Breadcrumb: []string{"首页", "同江市人民政府", "乡镇", "年报"}}, "230881 township 同江市鸭南乡人民政府", "breadcrumb"},
		"publisher":                 {Page{Strip: []string{"来源：同江市人民政府 发布时间：2022-01-20"}}, "230881 township 同江市鸭南乡人民政府", "publisher"},
		"preface":                   {Page{Blocks: text("现将黑龙江省同江市鸭南乡2021年政府信息公开工作情况报告如下。")}, "230881 township 同江市鸭南乡人民政府", "body"},
		"county in a county's name": {Page{Blocks: text("现将汝南县鸭南乡2021年政府信息公开工作情况报告如下。")}, "411727 township 汝南县鸭南乡人民政府", "body"},
		"other town":                {Page{Blocks: text("富锦市锦山镇与鸭南乡2021年工作情况。")}, "- township - region_unknown", ""},
		"other organ":               {Page{Blocks: text("联系富锦市民政局或本乡。")}, "- township - region_unknown", ""},
		"another organ":             {Page{Blocks: text("一、总体情况，无。", "同江市民政局", "2022年1月17日")}, "- township - region_unknown", ""},
		"hints disagree":            {Page{Meta: map[string]string{"sitename": "同江市人民政府"}, Breadcrumb: []string{"富锦市"}}, "- township - region_ambiguous", ""},
		"hints of a city":           {Page{Meta: map[string]string{"sitename": "佳木斯市人民政府"}}, "- township - region_unknown", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := &report.Report{Agency: "鸭南乡", Year: 2021}
			placeAgency(&tt.page, Hint{}, r)
			if got := summary(r); got != tt.want || r.RegionBasis != tt.basis {
				t.Errorf("%s by %q, want %s by %q", got, r.RegionBasis, tt.want, tt.basis)
			}
		})
	}
}

func TestSharedNameByPage(t *testing.T) {
	for text, want := range map[string]string{
		"年报由本局编制，地址：南京市鼓楼区某路1号。":      "320106 county_dept 鼓楼区民政局",
		"年报由本局编制，地址：江苏省徐州市鼓楼区某路1号。":   "320302 county_dept 鼓楼区民政局",
		"年报由本局编制，地址：鼓楼区某路1号，学习南京市经验。": "- county_dept - region_ambiguous",
		"学习南京市鼓楼区、福州市鼓楼区的经验。":         "- county_dept - region_ambiguous",
	} {
		r := &report.Report{Agency: "鼓楼区民政局", Year: 2022}
		placeAgency(&Page{Blocks: []Block{{Text: text}}}, Hint{}, r)
		if got := summary(r); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func FuzzPlaceAgency(f *testing.F) {
	f.Add("湖南省岳阳市岳阳楼区民政局", "430600", "地址：岳阳市岳阳楼区", 2023)
	f.Add("鸭南乡", "", "同江市鸭南乡人民政府", 0)
	f.Add("国家税务总局岳阳高新区税务局", "4306", "", 99999)
	f.Fuzz(func(t *testing.T, name, source, body string, year int) {
		r := &report.Report{Agency: name, Year: year}
		placeAgency(&Page{Blocks: []Block{{Text: body}}}, Hint{Region: source}, r)
		code, organ, ok := strings.Cut(r.AgencyID, "/")
		if r.AgencyID != "" && (!ok || organ == "" || len(code) != 6 || code != r.RegionCode && code != centralCode) {
			t.Errorf("%q: id %q, region %q", name, r.AgencyID, r.RegionCode)
		}
		if name != "" && r.RegionCode == "" && r.AgencyID == "" && len(r.Findings) == 0 {
			t.Errorf("%q has neither a region nor a finding", name)
		}
	})
}

func BenchmarkPlaceAgency(b *testing.B) {
	p := &Page{Meta: map[string]string{"sitename": "岳阳市人民政府门户网站"}, Breadcrumb: []string{"首页", "政府信息公开", "岳阳楼区民政局", "年报"}}
	for b.Loop() {
		placeAgency(p, Hint{Region: "430600"}, &report.Report{Agency: "湖南省岳阳市岳阳楼区民政局", Year: 2023})
	}
}
