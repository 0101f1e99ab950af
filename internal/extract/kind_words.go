package extract

import (
	"regexp"
	"strings"
)

// Words by which pages about reports, and pages that stand in for one, give
// themselves away. Those of titles are matched against the whole title.
var (
	// interpretation: such pages carry the report's whole title; what they are stands
	// before or behind it.
	interpretation = regexp.MustCompile(`^[\[【(（《]?(图解|图说|图文|数说|数读|一图|一张图|图文解读|文字解读|政策解读|解读|长图|海报|动画|动漫|漫画|视频|音频|短视频|H5|h5|问答)[\]】)）》《:：|丨｜\s]|^(图解|图说|数说|数读|一图|一张图)|(图解|解读|解读稿|解读材料|一图读懂|图表|图解版|解读版|长图|视频版?|问答)[\]】)）》]?$|一图(读懂|看懂|速览|了解)|(文字|图文|图片|图表|视频|音频|动漫|漫画|政策|专家|H5)解读|带您?(读懂|看懂|了解)`)
	// writing: notices on how and when to write the report, and its form itself.
	writing = regexp.MustCompile(`关于(认真|切实|进一步|及时|扎实)?(做好|编制|编写|撰写|填报).{0,40}(报告|年报)|(做好|编写|撰写|填报).{0,30}(报告|年报).{0,12}(通知|函|工作)|(编制|开展|报送|上报|提交|审核).{0,40}(报告|年报).{0,12}的?通知$|(报告|年报)(的)?(编制|编写|撰写|填报).{0,8}(通知|说明|要求|规范|指南|指引|培训)|(报告|年报)的?(格式|模板|模版|范文|样式|样本|范本|文本格式|参考)|(模板|模版|范文|范本|样本|格式文本)[)）】]?$`)
	// news that a report was published; 关于公布…的公告 and the like cover the report itself.
	news = regexp.MustCompile(`^[^关于《》]{2,20}(发布|公布|晒出|出炉|印发)(了)?[《“]?20\d\d年|(报告|年报)[》”]?(已|正式|今日)?(出炉|发布|公布)(啦|了)?[!！]?$`)
	// institution: those of public institutions and companies, which report on the
	// disclosure of information of their own, not on that of government information.
	institution = regexp.MustCompile(`(医院|卫生院|保健院|学校|中学|小学|大学|学院|幼儿园|公司|集团|银行)(关于)?(20\d\d|(信息|校务|院务|厂务)公开)`)
	// months: a range of months within a year, or one of them.
	months = regexp.MustCompile(`(\d{1,2}|[一二三四五六七八九十]{1,2})月?份?[-—–－~～至到]+(\d{1,2}|[一二三四五六七八九十]{1,2})月|年(\d{1,2}|[一二三四五六七八九十]{1,2})月份?[^日至到\-—~]{0,12}(信息|政务)公开`)
	// schoolYear: schools report by 《高等学校信息公开办法》, from September to August.
	schoolYear  = regexp.MustCompile(`学年度?.{0,12}(信息|校务)公开|(信息|校务)公开.{0,12}学年度?`)
	otherMatter = regexp.MustCompile(`(通知|通报|公开指南|指南|公开目录|目录|管理办法|办法|制度|规定|条例|细则|实施方案|工作方案|要点|意见|编制说明|征求意见稿?|会议纪要|任务分解表?|责任清单|批复|简报)[)）》]?$|评估报告|评估结果|考核结果|第三方评估|测评`)
	// announcement: an organ publishes its report under a covering title.
	announcement        = regexp.MustCompile(`(公布|发布|印发|公开|报送).*(报告|年报)`)
	otherReport         = regexp.MustCompile(`法治政府|依法行政|政府网站.{0,6}(报表|报告|年报)|网站监管|部门(预|决)算|财政(预|决)算|(预|决)算(公开|报告|编制)|预决算|绩效(评价|自评|管理)|社会责任|国民经济|统计公报|环境(质量|状况)|政府工作报告|安全生产|信访工作|行政执法.{0,8}(年报|报告|统计)|双随机|政务新媒体|审计报告|质量报告|气候公报|水资源公报`)
	periodic            = regexp.MustCompile(`(第?[一二三四1-4]季度|上半年|下半年|前[一二三]季度|(1|一)月?份?[-—~至到](3|6|9|三|六|九)月|(^|[^至到\-—~\d])\d{1,2}月份).{0,24}(统计|数据|情况|报告|报表|工作|信息公开)`)
	statistics          = regexp.MustCompile(`(统计表?|统计数据|数据统计|情况统计|统计情况|统计报表|一览表|报表)[)）]?$`)
	template            = regexp.MustCompile(`[×XxＸｘ〇○*＊]{2,}(省|市|县|区|镇|乡|街道|局|委|厅|办|年|单位)|某某(省|市|县|区|镇|乡|街道|局|委|厅|单位)|[_＿]{3,}(省|市|县|区|镇|乡|街道|局|委|厅|办|年|月|件|条)`)
	hijacked            = regexp.MustCompile(`博彩|赌场|赌博(网|平台|官)|娱乐(城|平台|官网|场官)|百家乐|老虎机|六合彩|时时彩|葡京|威尼斯人|皇冠(体育|足球|官网|现金|新)|真人(娱乐|荷官|视讯)|棋牌(游戏|平台|官网|下载)|(足球|在线|体育)投注|买球|亚博|乐鱼体育|华体会|开云体育|必威|bet365|(?i:casino)|博天堂|电子游艺`)
	breadInterpretation = regexp.MustCompile(`^(政策|文件|年报|报告)?(图解|解读)(材料)?$|^(图文|图片|文字|视频|政策)解读$`)

	soft404   = regexp.MustCompile(`(?i)^\s*(HTTP ?)?404\b|404 ?(-|:|：)?\s*(not found|错误|页面|error)|页面不存在|页面未找到|页面没有找到|找不到(您|该|页面|网页|相关)|您(访问|查看|请求|浏览)的(页面|内容|信息|文章|网页).{0,10}(不存在|删除|找不到|无法|过期|失效|移除|下线)|(文章|信息|内容|页面|网页|稿件)(不存在|已(经)?(被)?(删除|下线|过期|撤销|移除))|已被删除|无法访问(此|该|您)|访问出错|页面丢失|Not Found|系统(错误|异常|维护|升级)|服务器(错误|内部错误|繁忙)|(Internal Server|Bad Gateway|Service Unavailable)`)
	challenge = regexp.MustCompile(`(?i)请(先)?登[录陆]|用户登[录陆]|账号登[录陆]|统一身份认证|(输入|请填写)(验证码|密码)|忘记密码|安全(验证|检测|检查|防护)|人机验证|访问(验证|受限|被拒绝|被拦截|过于频繁)|滑动(验证|滑块)|拖动滑块|请(开启|启用|打开).{0,6}(JavaScript|脚本|Cookie)|(enable|requires) (JavaScript|cookies)|Forbidden|Access Denied|创宇盾|网站防火墙|云防护|正在验证`)
	shell     = regexp.MustCompile(`(?i)\{\{|\$\{|<%=|\[\[|正在加载|加载中|数据加载|loading|请稍[候后]|您的浏览器(不支持|版本过低)|没有(找到)?(相关|任何)?(数据|内容|记录)|暂无(数据|内容|信息|记录)`)
	fileLink  = regexp.MustCompile(`(?i)\.(pdf|docx?|xlsx?|wps|ofd|zip|rar|et|caj)([?#&]|$)|download\.jsp|downfile\.jsp|download\.do|/download/|downloadfile|attachment/`)
)

// fileWords: fileLink needs one of them, which few addresses have.
var fileWords = []string{".pdf", ".do", ".xl", ".wp", ".of", ".zi", ".ra", ".et", ".ca", "ownload", "ownfile", "ttachment/"}

// isFileLink says whether an address, or a text, is that of a file.
func isFileLink(s string) bool {
	return containsAny(lowerASCII(s), fileWords) && fileLink.MatchString(s)
}

// bettingWords: hijacked finds nothing without one of them, and they are found far
// faster. The last stand for casino in any letters.
var bettingWords = []string{
	"博彩", "赌", "娱乐", "百家乐", "老虎机", "六合彩", "时时彩", "葡京", "威尼斯人", "皇冠", "真人", "棋牌", "投注", "买球",
	"亚博", "乐鱼体育", "华体会", "开云体育", "必威", "bet365", "博天堂", "电子游艺", "c", "C",
}

// advertisesBetting: the text is that of a hijacked page.
func advertisesBetting(s string) bool { return containsAny(s, bettingWords) && hijacked.MatchString(s) }

// leftBlank: the text has a place for a name or a number in it.
func leftBlank(s string) bool {
	return strings.ContainsFunc(s, isBlankMark) && template.MatchString(s)
}

func isBlankMark(r rune) bool {
	switch r {
	case '×', 'X', 'x', 'Ｘ', 'ｘ', '〇', '○', '*', '＊', '某', '_', '＿':
		return true
	}
	return false
}

// disclosureTopics are what a report of before 2019 must go into by article 32 of
// the regulation of 2007, and what nothing else goes into together.
var disclosureTopics = []*regexp.Regexp{
	regexp.MustCompile(`主动公开`),
	regexp.MustCompile(`依?申请公开|公开申请|依申请`),
	regexp.MustCompile(`收费|减免|费用`),
	regexp.MustCompile(`复议|诉讼|申诉`),
	regexp.MustCompile(`(存在|主要).{0,6}问题|不足`),
	regexp.MustCompile(`概述|概况|(总体|基本)情况`),
}
