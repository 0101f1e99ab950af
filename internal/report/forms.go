package report

// The official forms, label by label. Sources: 国办公开办函〔2021〕30号 (form f2021, report
// years from 2021), 国办公开办函〔2019〕60号 (f2019; f2019_hb is its Hubei variant of
// 2020) and 国办发〔2014〕32号 (s2014). Labels are as printed in the forms; variants
// that organs print instead are the reader's knowledge, not the codebook's.

// Forms whose tables have codes here.
const (
	Form2021   = "f2021"
	Form2019   = "f2019"
	Form2019HB = "f2019_hb"
	Form2014   = "s2014"
	FormLocal  = "s_local"
	FormOther  = "unknown" // a table stands there, of a form that is not read
)

var (
	forms2021 = []string{Form2021}
	forms2019 = []string{Form2019, Form2019HB}
	allForms  = []string{Form2021, Form2019, Form2019HB}
)

// Column is one column of tables 3 and 4.
type Column struct {
	Code, Label, EN string
}

// Applicants are the seven columns of table 3, in printed order.
var Applicants = [7]Column{
	{"natural_person", "自然人", "natural persons"},
	{"org_commercial", "商业企业", "commercial enterprises"},
	{"org_research", "科研机构", "research institutions"},
	{"org_public_welfare", "社会公益组织", "public-welfare organisations"},
	{"org_legal_service", "法律服务机构", "legal-service organisations"},
	{"org_other", "其他", "other organisations"},
	{"total", "总计", "total"},
}

// DisputeResults are the five columns of each group of table 4, in printed order.
var DisputeResults = [5]Column{
	{"upheld", "结果维持", "upheld"},
	{"corrected", "结果纠正", "corrected"},
	{"other_result", "其他结果", "other result"},
	{"pending", "尚未审结", "pending"},
	{"total", "总计", "total"},
}

// DisputeRoutes are the three groups of table 4, in printed order.
var DisputeRoutes = [3]Column{
	{"review", "行政复议", "administrative review"},
	{"litigation_direct", "行政诉讼 / 未经复议直接起诉", "litigation without prior review"},
	{"litigation_after_review", "行政诉讼 / 复议后起诉", "litigation after review"},
}

// ApplicationRow is one value row of table 3. Group is the heading cell it stands under, "" for none.
type ApplicationRow struct {
	Code    string
	Group   string // （三）不予公开
	Label   string // 1.属于国家秘密
	EN      string
	Article string // of 政府信息公开条例 (2019), where the form gives or implies one
	Forms   []string
}

// ApplicationRows are the value rows of table 3, in printed order.
var ApplicationRows = []ApplicationRow{
	{"received_new", "", "一、本年新收政府信息公开申请数量", "new applications received", "27", allForms},
	{"received_carried_in", "", "二、上年结转政府信息公开申请数量", "carried in from last year", "", allForms},
	{"granted", "", "（一）予以公开", "disclosed", "36(1)(2)", allForms},
	{"granted_partial", "", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partly disclosed", "37", allForms},
	{"denied_state_secret", "（三）不予公开", "1.属于国家秘密", "denied: state secret", "14", allForms},
	{"denied_law_prohibited", "（三）不予公开", "2.其他法律行政法规禁止公开", "denied: other law prohibits", "14", allForms},
	{"denied_security_stability", "（三）不予公开", "3.危及“三安全一稳定”", "denied: national/public/economic security, social stability", "14", allForms},
	{"denied_third_party_rights", "（三）不予公开", "4.保护第三方合法权益", "denied: third-party rights", "15, 32", allForms},
	{"denied_internal_affairs", "（三）不予公开", "5.属于三类内部事务信息", "denied: internal affairs (personnel, logistics, internal workflow)", "16(1)", allForms},
	{"denied_process_info", "（三）不予公开", "6.属于四类过程性信息", "denied: process information (discussion notes, drafts, consultation letters, requests for instructions)", "16(2)", allForms},
	{"denied_enforcement_file", "（三）不予公开", "7.属于行政执法案卷", "denied: enforcement case file", "16(2)", allForms},
	{"denied_admin_query", "（三）不予公开", "8.属于行政查询事项", "denied: covered by a statutory query procedure", "36(7)", allForms},
	{"unable_not_held", "（四）无法提供", "1.本机关不掌握相关政府信息", "unable: not held", "36(4)(5)", allForms},
	{"unable_needs_creation", "（四）无法提供", "2.没有现成信息需要另行制作", "unable: would have to be created", "38", allForms},
	{"unable_unclear_after_correction", "（四）无法提供", "3.补正后申请内容仍不明确", "unable: still unclear after correction", "30", allForms},
	{"unproc_petition_complaint", "（五）不予处理", "1.信访举报投诉类申请", "not processed: petition/complaint", "39(1)", allForms},
	{"unproc_duplicate", "（五）不予处理", "2.重复申请", "not processed: duplicate", "36(6)", allForms},
	{"unproc_published_material", "（五）不予处理", "3.要求提供公开出版物", "not processed: asks for publications", "39(2)", allForms},
	{"unproc_excessive_repeat", "（五）不予处理", "4.无正当理由大量反复申请", "not processed: excessive", "35", allForms},
	{"unproc_reconfirm_reissue", "（五）不予处理", "5.要求行政机关确认或重新出具已获取信息", "not processed: reconfirm/reissue", "", allForms},
	{"other_no_correction", "（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "other: no correction in time", "30", forms2021},
	{"other_fee_unpaid", "（六）其他处理", "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "other: fee not paid", "42 + 国办函〔2020〕109号", forms2021},
	{"other_misc", "（六）其他处理", "3.其他", "other: residual", "", forms2021},
	{"other_total", "", "（六）其他处理", "other processing, single row (2019 form); derived sum in 2021", "", forms2019},
	{"processed_total", "", "（七）总计", "processed total", "", allForms},
	{"carried_forward", "", "四、结转下年度继续办理", "carried to next year", "", allForms},
}

// Measure is one column of a row of table 2.
type Measure struct {
	Code, Label, EN, Unit string
}

// DisclosureRow is one row of table 2 of one generation of the form.
type DisclosureRow struct {
	Code     string
	Label    string
	EN       string
	Article  string // 第二十条第（一）项 is 20(1)
	Forms    []string
	Measures []Measure
}

var (
	issued = []Measure{
		{"issued", "本年制发件数", "issued this year", "件"},
		{"abolished", "本年废止件数", "abolished this year", "件"},
		{"in_force", "现行有效件数", "in force", "件"},
	}
	decided = []Measure{{"decisions", "本年处理决定数量", "decisions this year", "件"}}
	made    = []Measure{
		{"made", "本年新制作数量", "newly made this year", "件"},
		{"newly_disclosed", "本年新公开数量", "newly disclosed this year", "件"},
		{"disclosed_total", "对外公开总数量", "disclosed in total", "件"},
	}
	items = []Measure{
		{"prev_items", "上一年项目数量", "items on the list the year before", "项"},
		{"change", "本年增/减", "change this year", "项"},
	}
	itemsDecided = append(items[:2:2], Measure{"decisions", "处理决定数量", "decisions", "件"})
)

// DisclosureRows are the rows of table 2, per form, in printed order.
var DisclosureRows = []DisclosureRow{
	{"reg", "规章", "regulations", "20(1)", forms2021, issued},
	{"norm", "行政规范性文件", "administrative normative documents", "20(1)", forms2021, issued},
	{"licence", "行政许可", "administrative licences", "20(5)", forms2021, decided},
	{"penalty", "行政处罚", "administrative penalties", "20(6)", forms2021, decided},
	{"coercion", "行政强制", "administrative coercion", "20(6)", forms2021, decided},
	{"fee", "行政事业性收费", "administrative fees", "20(8)", forms2021, []Measure{
		{"amount_wan", "本年收费金额（单位：万元）", "fees charged this year", "万元"},
	}},

	{"reg", "规章", "regulations", "20(1)", forms2019, made},
	{"norm", "规范性文件", "normative documents", "20(1)", forms2019, made},
	{"other_doc", "其他主动公开文件", "other documents disclosed", "20(1)", []string{Form2019HB}, made},
	{"licence", "行政许可", "administrative licences", "20(5)", forms2019, itemsDecided},
	{"other_service", "其他对外管理服务事项", "other management and service matters", "20(5)", forms2019, itemsDecided},
	{"penalty", "行政处罚", "administrative penalties", "20(6)", forms2019, itemsDecided},
	{"coercion", "行政强制", "administrative coercion", "20(6)", forms2019, itemsDecided},
	{"fee", "行政事业性收费", "administrative fees", "20(8)", forms2019, items},
	{"procurement", "政府集中采购", "central procurement", "20(9)", forms2019, []Measure{
		{"projects", "采购项目数量", "projects", "项"},
		{"amount", "采购总金额", "total amount", ""}, // the form names no unit
	}},
}

// StatisticRow is one row of the statistical table annexed to reports before 2019.
type StatisticRow struct {
	Code, Label, Unit, EN string
}

// StatisticRows are the value rows of form s2014, in printed order.
var StatisticRows = []StatisticRow{
	{"active_disclosed", "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "information disclosed on the organ's own initiative"},
	{"active_normative", "其中：主动公开规范性文件数", "条", "of these: normative documents"},
	{"normative_issued", "制发规范性文件总数", "件", "normative documents issued"},
	{"ch_gazette", "1.政府公报公开政府信息数", "条", "disclosed in gazettes"},
	{"ch_website", "2.政府网站公开政府信息数", "条", "disclosed on government websites"},
	{"ch_weibo", "3.政务微博公开政府信息数", "条", "disclosed on Weibo"},
	{"ch_wechat", "4.政务微信公开政府信息数", "条", "disclosed on WeChat"},
	{"ch_other", "5.其他方式公开政府信息数", "条", "disclosed otherwise"},
	{"resp_hotspots", "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次", "responses to public concerns"},
	{"resp_press_conf", "（二）1.参加或举办新闻发布会总次数", "次", "press conferences attended or held"},
	{"resp_press_conf_chief", "其中：主要负责同志参加新闻发布会次数", "次", "of these: with the head of the organ"},
	{"resp_interview", "2.政府网站在线访谈次数", "次", "online interviews"},
	{"resp_interview_chief", "其中：主要负责同志参加政府网站在线访谈次数", "次", "of these: with the head of the organ"},
	{"resp_articles", "3.政策解读稿件发布数", "篇", "articles explaining policies"},
	{"resp_weibo_wechat", "4.微博微信回应事件数", "次", "responses on Weibo and WeChat"},
	{"resp_other", "5.其他方式回应事件数", "次", "responses otherwise"},
	{"app_received", "（一）收到申请数", "件", "applications received"},
	{"app_in_person", "1.当面申请数", "件", "applications in person"},
	{"app_fax", "2.传真申请数", "件", "applications by fax"},
	{"app_online", "3.网络申请数", "件", "applications online"},
	{"app_letter", "4.信函申请数", "件", "applications by letter"},
	{"app_closed", "（二）申请办结数", "件", "applications closed"},
	{"app_closed_on_time", "1.按时办结数", "件", "closed on time"},
	{"app_closed_extended", "2.延期办结数", "件", "closed after an extension"},
	{"app_replied", "（三）申请答复数", "件", "replies to applications"},
	{"rep_already_public", "1.属于已主动公开范围数", "件", "reply: already public"},
	{"rep_granted", "2.同意公开答复数", "件", "reply: disclosed"},
	{"rep_partial", "3.同意部分公开答复数", "件", "reply: partly disclosed"},
	{"rep_denied", "4.不同意公开答复数", "件", "reply: denied"},
	{"rep_denied_secret", "其中：涉及国家秘密", "件", "denied: state secret"},
	{"rep_denied_commercial", "涉及商业秘密", "件", "denied: trade secret"},
	{"rep_denied_privacy", "涉及个人隐私", "件", "denied: privacy"},
	{"rep_denied_security", "危及国家安全、公共安全、经济安全和社会稳定", "件", "denied: national, public and economic security, social stability"},
	{"rep_denied_not_gov_info", "不是《条例》所指政府信息", "件", "denied: no government information under the Regulation"},
	{"rep_denied_law_other", "法律法规规定的其他情形", "件", "denied: other cases provided by law"},
	{"rep_not_this_organ", "5.不属于本行政机关公开数", "件", "reply: not disclosed by this organ"},
	{"rep_not_exist", "6.申请信息不存在数", "件", "reply: does not exist"},
	{"rep_told_amend", "7.告知作出更改补充数", "件", "reply: told to amend the application"},
	{"rep_other_channel", "8.告知通过其他途径办理数", "件", "reply: told to use another channel"},
	{"review_total", "四、行政复议数量", "件", "administrative reviews"},
	{"review_upheld", "（一）维持具体行政行为数", "件", "reviews: upheld"},
	{"review_corrected", "（二）被依法纠错数", "件", "reviews: corrected"},
	{"review_other", "（三）其他情形数", "件", "reviews: other result"},
	{"suit_total", "五、行政诉讼数量", "件", "administrative suits"},
	{"suit_upheld", "（一）维持具体行政行为或者驳回原告诉讼请求数", "件", "suits: upheld or claim dismissed"},
	{"suit_corrected", "（二）被依法纠错数", "件", "suits: corrected"},
	{"suit_other", "（三）其他情形数", "件", "suits: other result"},
	{"complaints", "六、举报投诉数量", "件", "complaints and tips"},
	{"fees_charged_wan", "七、依申请公开信息收取的费用", "万元", "fees charged for applications"},
	{"org_offices", "（一）政府信息公开工作专门机构数", "个", "offices for information disclosure"},
	{"org_reading_points", "（二）设置政府信息公开查阅点数", "个", "reading points"},
	{"staff_total", "（三）从事政府信息公开工作人员数", "人", "staff for information disclosure"},
	{"staff_full", "1.专职人员数（不包括政府公报及政府网站工作人员数）", "人", "full-time staff"},
	{"staff_part", "2.兼职人员数", "人", "part-time staff"},
	{"budget_wan", "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元", "budget for information disclosure"},
	{"meetings", "（一）召开政府信息公开工作会议或专题会议数", "次", "meetings on information disclosure"},
	{"trainings", "（二）举办各类培训班数", "次", "training courses"},
	{"trainees", "（三）接受培训人员数", "人次", "people trained"},
}
