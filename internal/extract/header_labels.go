package extract

import "sort"

// labelKind says what a label in the strip announces.
type labelKind int

const (
	noLabel      labelKind = iota // text before the first label
	publishLabel                  // the publish date
	plainLabel                    // a date, of publishing unless better is printed
	tableLabel                    // the document's date in a metadata table
	updateLabel                   // last change, the publish date only if nothing better is printed
	weakLabel                     // a date of something near: a report takes effect, and is created, when it is published
	otherDate                     // a date of something else: stated, never the publish date
	viewsLabel
	sourceLabel // an organ, or a portal
	personLabel
	titleLabel
	controlLabel // buttons and font sizes
	closedLabel  // index numbers, clocks: nothing in the value is a date or a count
)

// stripLabels are the labels seen between title and body, folded. Two-character
// words need a border before and a colon, a blank or the end behind.
var stripLabels = map[labelKind][]string{
	publishLabel: {"发布时间", "发布日期", "首次发布时间", "首次发布日期", "首发时间", "信息时间", "信息日期", "发布于", "发布", "发表时间", "发表日期", "公布时间", "公布日期", "刊发时间", "刊登时间",
		"信息发布时间", "信息发布日期", "上传时间", "上传日期", "上网时间", "上网日期"},
	plainLabel: {"时间", "日期"},
	tableLabel: {"公开日期", "公开时间", "生成日期", "生成时间", "公文生成日期", "信息生成日期", "信息提供日期",
		"发文日期", "发文时间", "发文时限", "印发日期", "制发日期", "制作日期", "公示日期", "公示时间"},
	updateLabel: {"更新时间", "更新日期", "最后更新", "最后更新时间", "修改时间", "修改日期"},
	weakLabel:   {"创建时间", "创建日期", "生效日期", "生效时间", "实施日期", "实施时间", "施行日期", "施行时间"},
	otherDate: {"成文日期", "成文时间", "失效日期", "失效时间", "废止日期", "废止时间", "截止日期", "截止时间", "开始时间", "开始日期", "结束时间", "结束日期", "起始日期", "有效期至", "有效期",
		"签发日期", "签发时间", "签署日期", "审核时间", "审核日期", "审批时间", "编辑时间", "采集时间",
		"回复时间", "答复时间", "提交时间", "办理时间", "办公时间", "工作时间", "服务时间", "活动时间", "会议时间", "开放时间"},
	sourceLabel: {"来源", "来自", "信息来源", "文章来源", "稿件来源", "内容来源", "稿源", "发布机构", "发布单位", "发布部门", "发文机关", "发文单位",
		"发文机构", "发文部门", "公开主体", "公开单位", "公开机构", "责任主体", "责任部门", "责任单位", "信息提供单位", "提供单位", "供稿单位", "供稿",
		"制作单位", "生成单位", "所属机构", "所属单位", "公开责任部门", "信息所属单位"},
	personLabel: {"作者", "编辑", "责任编辑", "责编", "审核", "审核人", "初审", "复审", "终审", "编审", "录入", "录入人", "录入员", "发布人",
		"发布者", "撰稿", "校对", "签发人", "监制", "供稿人", "信息员"},
	titleLabel: {"标题", "名称", "信息名称", "文件名称", "信息标题", "文件标题", "公文名称"},
	controlLabel: {"字体", "字号", "字体大小", "字号大小", "文字大小", "选择阅读字号", "阅读字号", "选择字号", "选择字体", "视力保护色", "背景色", "保护视力色", "打印",
		"打印本页", "打印此页", "打印文章", "我要打印", "扫一扫", "听全文", "大字体", "分享", "分享到", "关闭", "关闭窗口", "收藏", "保存", "二维码", "语音播报", "朗读", "下载", "下载次数", "下载量", "附件下载", "文件下载",
		"已下载", "评论", "评论数", "评论次数", "点赞", "点赞数", "收藏数", "转发", "转发量", "分享次数", "返回", "我要纠错", "纠错"},
	closedLabel: {"索引号", "索取号", "信息索引号", "信息索引", "文号", "发文字号", "发文号", "发布文号", "文件编号", "公文编号", "编号", "统一编号", "统一登记号",
		"备注/文号", "信息分类", "主题分类", "主题类别", "分类", "类别", "体裁分类", "体裁", "服务对象", "服务对象分类", "组配分类", "公开方式", "公开范围", "公开形式",
		"公开时限", "公开程序", "公开类别", "公开类型", "公开属性", "主题词", "关键词", "关键字", "所属主题", "有效性", "时效性", "时效", "文件状态", "信息状态", "信息格式",
		"内容概述", "内容概要", "内容摘要", "概述", "摘要", "备注", "统计时间", "统计期限", "语种", "载体类型", "邮编", "邮政编码", "电话", "联系电话", "今天是", "今天", "现在是", "当前时间", "现在时间", "北京时间", "系统时间",
		"打印时间", "打印日期", "浏览时间", "访问时间", "访问日期", "阅读时间", "下载时间", "登录时间", "页面生成时间",
		"总访问量", "本站总访问量", "本站总浏览量", "网站总浏览量", "总浏览量", "总点击量", "总点击数", "今日访问", "今日访问量", "昨日访问", "本站访问量", "网站访问量", "网站总访问量", "累计访问量", "在线人数"},
	viewsLabel: viewLabels(),
}

// viewLabels spells out the grammar of view counts: (浏览|阅读|…)(次数|量|数|率)?,
// 被阅览数, 累计次数, 人气.
func viewLabels() []string {
	labels := []string{"被阅览数", "被阅览次数", "累计次数", "人气", "人气指数", "阅读人次", "浏览人次", "访问人次", "浏览人数", "阅读人数", "点击人次", "访问人数"}
	for _, verb := range viewVerbs {
		for _, counted := range []string{"", "次数", "量", "数", "率"} {
			labels = append(labels, verb+counted)
		}
	}
	return labels
}

var viewVerbs = []string{"浏览", "阅读", "点击", "访问", "查看", "阅览"}

// notThisPage are words that turn a view label directly behind them into
// something else: a site's total, a day's count, a file's, a button.
var notThisPage = []string{"总", "今日", "昨日", "本日", "当日", "日", "月", "年", "累计", "网站", "本站", "全站", "站点", "本网", "平台", "栏目", "下载", "选择", "视频", "音频", "历史", "最高", "平均", "页面总"}

type label struct {
	runes []rune
	kind  labelKind
}

// labelsByRune finds the labels that begin with a rune, longest first.
var labelsByRune = indexLabels(stripLabels)

func indexLabels(table map[labelKind][]string) map[rune][]label {
	index := map[rune][]label{}
	for kind, words := range table {
		for _, word := range words {
			runes := []rune(word)
			index[runes[0]] = append(index[runes[0]], label{runes, kind})
		}
	}
	for _, labels := range index {
		sort.Slice(labels, func(i, j int) bool {
			if len(labels[i].runes) != len(labels[j].runes) {
				return len(labels[i].runes) > len(labels[j].runes)
			}
			return string(labels[i].runes) < string(labels[j].runes)
		})
	}
	return index
}
