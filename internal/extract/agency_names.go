package extract

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// organEndings are how the names of reporting organs end, folded.
var organEndings = []string{
	"局", "委员会", "委", "厅", "办公室", "办公厅", "办", "办事处", "人民政府", "政府", "管委会", "部", "署", "院", "中心", "分局", "总局",
	"大队", "支队", "总队", "调查队", "消防队", "所", "站", "处", "馆", "社", "会", "联", "学校", "大学", "学院", "集团", "公司", "银行",
	"镇", "乡", "街道", "苏木", "县", "区", "市", "旗", "州", "盟", "省", "兵团", "海关",
}

// notOrgans are words of columns, portals and buttons that end like organs.
var notOrgans = []string{
	"公开", "报告", "年报", "网", "原创", "转载", "首页", "栏目", "专栏", "目录", "指南", "位置", "门户", "平台", "新闻", "信息中心",
	"下属", "各部门", "组成部门", "直属", "部门", "机构", "乡镇街道", "各乡镇", "各街道", "其他", "市区", "县区", "关于", "通知", "下载", "解读",
}

// departmentOpeners are the words that names of departments begin with once the
// region is taken off; a region's name never goes on across them (汉中市|市场监督管理局).
var departmentOpeners = []string{
	"发展", "发改", "教育", "教体", "科技", "科学", "科工", "科经", "工业", "工信", "经信", "经济", "民族", "民宗", "民政", "公安", "司法", "财政", "财经",
	"人力", "人社", "自然", "国土", "生态", "环境", "环保", "住房", "住建", "城市", "城管", "城乡", "城建", "交通", "水利", "水务", "农业", "农村", "农林",
	"农牧", "畜牧", "商务", "文化", "文旅", "文体", "文广", "卫生", "卫健", "卫计", "退役", "应急", "审计", "市场", "统计", "医疗", "医保", "信访", "乡村",
	"扶贫", "林业", "林草", "林水", "园林", "行政", "政务", "机关", "机构", "档案", "地方", "史志", "国资", "国有", "国家", "外事", "金融", "粮食", "粮储",
	"供销", "气象", "税务", "地震", "消防", "大数据", "数据", "数字", "投资", "招商", "体育", "广播", "广电", "旅游", "安全", "安监", "物价", "质量", "质监",
	"食品", "药品", "工商", "规划", "人防", "人民", "法制", "信息", "残疾", "残联", "妇女", "总工会", "共青团", "红十字", "中医", "公共", "公积金",
	"综合", "监察", "移民", "海洋", "渔业", "港航", "口岸", "民防", "接待", "督查", "党史", "综治", "网信", "邮政", "烟草", "电力", "通信", "海事",
	"政府", "党政", "党工委", "开发", "管委会", "管理", "府办", "党群", "社会", "应对", "营商", "政协", "人大", "政法", "组织", "宣传", "编办", "计划",
	"人口", "知识", "能源", "煤炭", "煤矿", "地质", "测绘", "不动产", "土地", "房产", "房地产", "房屋", "执法", "监督", "检验", "事业", "老干部", "民生",
}

// verticalWords name organs led from above, not by the region's government.
var verticalWords = []string{
	"气象局", "气象部门", "税务局", "消防救援", "消防大队", "消防支队", "消防总队", "调查队", "调查总队", "烟草专卖局", "海关", "海事局", "邮政管理局", "证监局",
	"监管局银保监", "银保监", "金融监管", "金融监督管理", "通信管理局", "矿山安全监察", "煤矿安全监察",
}

// centralParents precede the names of their local branches (国家税务总局岳阳市税务局).
var centralParents = []string{"国家税务总局", "国家统计局", "国家金融监督管理总局", "中国人民银行", "中国银行保险监督管理委员会", "国家能源局", "国家矿山安全监察局"}

// centralNames are organs of the State Council that no word marks as such.
var centralNames = wordSet(`外交部 国防部 教育部 科学技术部 科技部 工业和信息化部 公安部 国家安全部 民政部 司法部 财政部 人力资源和社会保障部 自然资源部
	国土资源部 生态环境部 环境保护部 住房和城乡建设部 交通运输部 铁道部 水利部 农业农村部 农业部 商务部 文化和旅游部 文化部 卫生部 退役军人事务部
	应急管理部 审计署 海关总署 最高人民法院 最高人民检察院 国务院办公厅`)

// centralOpeners begin the names of other central organs.
var centralOpeners = []string{"国家", "国务院", "中国", "中华人民共和国", "全国"}

// isOrgan says that a line is the name of an organ and nothing else.
func isOrgan(s string) bool {
	f := folded(s)
	n := utf8.RuneCountInString(f)
	if n < 2 || n > 32 || !plainName(f) || titleYearRE.MatchString(f) {
		return false
	}
	for _, word := range notOrgans {
		if strings.Contains(f, word) {
			return false
		}
	}
	return endsInAny(f, organEndings)
}

var latinRE = regexp.MustCompile(`[A-Za-z]|[0-9]{2}`)

// plainName says that a folded text could be a Chinese organ's name: no Latin
// letters (domains that hijackers put for place names), no sentence marks.
func plainName(f string) bool {
	return f != "" && !latinRE.MatchString(f) && !strings.ContainsAny(f, ":;,。、?!<>《》|=@")
}

func endsInAny(s string, endings []string) bool {
	for _, ending := range endings {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	return false
}

func startsWithAny(s string, openings []string) bool {
	for _, opening := range openings {
		if strings.HasPrefix(s, opening) {
			return true
		}
	}
	return false
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(s) {
		set[word] = true
	}
	return set
}
