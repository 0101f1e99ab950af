package extract

import (
	"testing"

	"crawl/internal/report"
)

func TestAgencyLevel(t *testing.T) {
	for name, want := range map[string]string{
		"岳阳市民政局": "prefecture_dept", "岳阳市人民政府": "prefecture_gov", "宿迁市": "prefecture_gov", "湘西土家族苗族自治州民政局": "prefecture_dept",
		"恩施州财政局": "prefecture_dept", "阿拉善盟行政公署": "prefecture_dept", "喀什地区教育局": "prefecture_dept",
		"上海市": "province_gov", "湖南省人民政府": "province_gov", "黑龙江省人力资源和社会保障厅": "province_dept", "宁夏回族自治区民政厅": "province_dept",
		"温岭市教育局": "county_dept", "宜城市财政局": "county_dept", "汝州市城市管理局": "county_dept", "新化县": "county_gov", "福州市晋安区": "county_gov",
		"岳阳楼区人民政府": "county_gov", "重庆市江津区司法局": "county_dept", "济南市市中区教育局": "county_dept", "宽城满族自治县教育局": "county_dept",
		"津市市民政局": "county_dept", "公安县公安局": "county_dept", "浦东新区民政局": "county_dept", "上海市浦东新区": "county_gov", "县科技局": "county_dept", "区城市管理局": "county_dept",
		"和平区住房和城乡建设局": "county_dept", "沭阳县乡村振兴局": "county_dept", "阿拉善右旗民政局": "county_dept",
		"淄博市公安局高新区分局": "county_dept", "某县发展和改革委员会": "county_dept",
		"岳阳市人民政府办公室": "government_office", "湖南省人民政府办公厅": "government_office", "宽城满族自治县人民政府办公室": "government_office",
		"自治区人民政府办公厅": "government_office", "阿拉善盟阿拉善右旗人民政府办公室": "government_office", "乐山市人民政府法制办公室": "prefecture_dept",
		"螅镇": "township", "鸭南乡": "township", "重庆市江津区杜市镇人民政府": "township", "衢江区湖南镇": "township", "五常市民意乡": "township", "某苏木": "township",
		"双塔区前进街道": "subdistrict", "北京街道": "subdistrict", "某区文化路街道办事处": "subdistrict", "无锡市锡山区人民政府厚桥街道": "subdistrict",
		"重庆合川工业园区管理委员会": "zone", "武昌经开区(滨江)管委会": "zone", "平潭综合实验区": "zone", "岳阳经济技术开发区管委会": "zone",
		"平潭综合实验区财政金融局": "zone_dept", "郑州高新区教育局": "zone_dept",
		"长治市气象局": "vertical", "国家税务总局岳阳市税务局": "vertical", "国家统计局岳阳调查队": "vertical", "四川省成都市双流区气象局": "vertical",
		"应急管理部": "central", "国家能源局": "central", "中国气象局": "central", "文化和旅游部": "central",
		"市应急局": "", "水务局": "", "城市管理局": "", "市场监督管理局": "", "": "",
		"武漢市生態環境局": "prefecture_dept",
	} {
		if got := agencyLevel(name); got != want {
			t.Errorf("%s: %q, want %q (%+v)", name, got, want, splitAgency(name, 0))
		}
	}
}

func TestIsGeneric(t *testing.T) {
	for name, want := range map[string]bool{
		"我局": true, "县科技局": true, "市应急局": true, "水务局": true, "审计局": true, "县人民政府办公室": true, "城市管理局": true,
		"市场监督管理局": true, "区人民政府": true, "自治区人民政府办公厅": true, "本机关": true, "住房和城乡建设局": true, "乡村振兴局": true,
		"岳阳市民政局": false, "汉中市市场监督管理局": false, "鸭南乡": false, "螅镇": false, "前进街道": false, "应急管理部": false, "国家能源局": false,
		"平潭综合实验区财政金融局": false, "浑南区国资局": false,
	} {
		if got := isGeneric(name); got != want {
			t.Errorf("%s: %v (%+v)", name, got, splitAgency(name, 0))
		}
	}
}

func TestFindAgency(t *testing.T) {
	const year = "2023年政府信息公开工作年度报告"
	for name, tt := range map[string]struct {
		page  Page
		want  string
		basis string
	}{
		"title":                        {Page{Headings: []string{"岳阳市民政局" + year}, Strip: []string{"来源：岳阳市人民政府"}}, "岳阳市民政局", "title"},
		"title without 人民政府":           {Page{Headings: []string{"平潭综合实验区" + year}}, "平潭综合实验区", "title"},
		"misspelt sign-off is ignored": {Page{Headings: []string{"平潭综合实验区财政金融局" + year}, Blocks: text("无。", "平潭综合实验区财政全融局", "2024年1月4日")}, "平潭综合实验区财政金融局", "title"},
		"organ as title":               {Page{Headings: []string{"浑南区国资局"}}, "浑南区国资局", "title"},
		"body completes generic":       {Page{Headings: []string{"市应急局"}, Blocks: text("武威市应急管理局", year)}, "武威市应急管理局", "body"},
		"body line":                    {Page{Headings: []string{year}, Blocks: text("武昌经开区（滨江）管委会")}, "武昌经开区（滨江）管委会", "body"},
		"preface":                      {Page{Headings: []string{year}, Blocks: text("根据条例要求，现将岳阳市档案局2023年度政府信息公开工作情况报告如下：一、…，二、…")}, "岳阳市档案局", "body"},
		"sign-off":                     {Page{Headings: []string{"我局" + year}, Blocks: text("一、总体情况，无。", "沭阳县发展和改革局", "2024年1月17日")}, "沭阳县发展和改革局", "signoff"},
		"publisher":                    {Page{Headings: []string{"水务局" + year}, Strip: []string{"来源：本网 中山市水务局 发布日期：2024-01-15"}}, "中山市水务局", "publisher"},
		"publisher, meta":              {Page{Headings: []string{"水务局" + year}, Meta: map[string]string{"contentsource": "中山市水务局"}}, "中山市水务局", "publisher"},
		"another organ publishes":      {Page{Headings: []string{"财政局" + year}, Strip: []string{"发布机构：天水市人民政府 来源：天水市信访局"}}, "财政局", "title"},
		"portal publishes":             {Page{Headings: []string{year}, Strip: []string{"来源：本网 作者：admin 发布机构：岳阳市人民政府门户网站"}}, "", ""},
		"city publishes":               {Page{Headings: []string{year}, Strip: []string{"发布机构：岳阳市人民政府"}}, "", ""},
		"breadcrumb":                   {Page{Headings: []string{year}, Breadcrumb: []string{"首页", "政府信息公开", "银川市自然资源局", "政府信息公开年报"}}, "银川市自然资源局", "breadcrumb"},
		"wrong breadcrumb":             {Page{Headings: []string{"公安局" + year}, Breadcrumb: []string{"首页", "开州区发展和改革委员会", "年报"}}, "公安局", "title"},
		"site":                         {Page{Headings: []string{"我局" + year}, Meta: map[string]string{"sitename": "岳阳市档案局门户网站"}}, "岳阳市档案局", "site"},
		"city's site":                  {Page{Headings: []string{year}, Meta: map[string]string{"sitename": "岳阳市人民政府门户网站"}}, "", ""},
		"hijacked name":                {Page{Headings: []string{"example.com交通运输局" + year}}, "", ""},
		"nothing":                      {Page{}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := &report.Report{}
			lines := stripFields(tt.page.Strip)
			findAgency(&tt.page, findTitle(&tt.page, lines, Hint{}), lines, r)
			if r.Agency != tt.want || r.AgencyBasis != tt.basis {
				t.Errorf("%q by %q, want %q by %q", r.Agency, r.AgencyBasis, tt.want, tt.basis)
			}
			if (r.AgencyRaw == "") != (r.Agency == "") {
				t.Errorf("raw %q of %q", r.AgencyRaw, r.Agency)
			}
			if r.Agency == "" && len(r.Findings) == 0 {
				t.Error("no agency and no finding")
			}
		})
	}
}

func TestScope(t *testing.T) {
	for _, tt := range []struct{ agency, preface, want string }{
		{"岳阳市人民政府", "", "region_wide"},
		{"岳阳市人民政府办公室", "本报告由岳阳市人民政府办公室编制。", "own_organ"},
		{"岳阳市人民政府办公室", "本报告综合各县市区人民政府和市政府各部门政府信息公开年度报告编制。", "region_wide"},
		{"岳阳市民政局", "综合各县市区民政部门报告编制", "own_organ"},
		{"鸭南乡", "", "own_organ"},
		{"平潭综合实验区", "", "region_wide"},
		{"岳阳经济技术开发区管委会", "", "unknown"},
		{"水务局", "", "unknown"},
		{"", "", "unknown"},
	} {
		r := &report.Report{Agency: tt.agency}
		placeAgency(&Page{Blocks: text(tt.preface)}, Hint{}, r)
		if r.Scope != tt.want {
			t.Errorf("%s %s: %s (%s), want %s", tt.agency, tt.preface, r.Scope, r.Level, tt.want)
		}
	}
}
