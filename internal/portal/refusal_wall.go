package portal

import "regexp"

// wall is one kind of wall in front of portals. A page behind a wall may carry its marks
// and be whole, so a mark alone never makes a refusal.
type wall struct {
	name    string
	headers *regexp.Regexp // the host stands behind it: on "Name: value" lines of any answer
	seam    *regexp.Regexp // code that it also puts into the portal's pages
	code    *regexp.Regexp // code of its own pages: scripts, addresses, words for those without scripts
	words   *regexp.Regexp // what its own pages say
	blanks  bool           // it also refuses with an answer that is blank
}

func marks(pattern string) *regexp.Regexp { return regexp.MustCompile("(?i)" + pattern) }
func lines(pattern string) *regexp.Regexp { return regexp.MustCompile("(?im)^(?:" + pattern + ")") }

// walls are the known kinds, products before what they have in common.
//
// Signatures without a note are known from two or more independent public sources.
// Known from one: openrasp, wangsu, west, venustech, topsec, xuanwu, d-shield, the cookies
// of safeline, the scripts of baota. Guesses: the cookie of ruishu, the words of nsfocus, geo
// and banned. A guess that is wrong leaves a page unnamed, which then shows
// by its status or as an empty listing.
var walls = []wall{
	{
		name:    "ruishu",
		headers: lines(`Set-Cookie: \w{8,}S=[3-9][\w.]{20,}`),
		seam:    marks(`\$_ts\s*=\s*window\[['"]\$_ts['"]\]|<(?:script|meta)[^>]+\br=['"]m['"]`),
	}, {
		name:    "jsl",
		headers: lines(`Set-Cookie: (?:__jsluid|__jsl_clearance|jsl_tracking)|X-Via-JSL:|Server: jiasule`),
		code:    marks(`__jsl_clearance|\(["']_["']\)\+\(["']_["']\)\+\(["']j["']\)|;go\(\{"bts"|/cdn-cgi/js/captcha\.js|cyd-error-help|ks[-_]waf[-_]error|notice-jiasule|static\.jiasule\.com`),
		words:   marks(`已被(?:创宇盾|加速乐)拦截|创宇盾提示|本站开启了验证码保护|最近有可疑的攻击行为`),
	}, {
		name:    "wzws",
		headers: lines(`WZWS-RAY:|X-Powered-By-360WZB:|Set-Cookie: wzws_|Server: panyun`),
		code:    marks(`wzws-waf-cgi|wzws(?:question|challenge|template|method)|wangzhan\.360\.cn/index/shouquan|请开启JavaScript并刷新该页|Please enable JavaScript and refresh the page`),
		words:   marks(`已被(?:360)?网站卫士拦截|已被云防护拦截|安域防护节点`),
	}, {
		name:    "safedog",
		headers: lines(`(?:Server|X-Powered-By): .*(?:WAF/2\.0|Safedog)|Set-Cookie: safedog`),
		code:    marks(`404\.safedog\.cn|safedogsite/|sitedog_stat`),
		words:   marks(`请登录安全狗|安全狗.{0,10}拦截`),
		blanks:  true,
	}, {
		name:    "aliyun",
		headers: lines(`Set-Cookie: (?:acw_tc|acw_sc__|aliyungf_tc|cdn_sec_tc)`),
		seam:    marks(`aliyun_?waf_`),
		code:    marks(`acw_sc__v[23]|alicfw_gfver|errors?\.aliyun(?:dun)?\.com|sd-base/static/[\d.]+/image/405|/sd/punish/|_____tmd_____/punish|RGV587_ERROR|_waf_is_mobile|\bid=["']?(?:renderData|captcha-element|nocaptcha)\b`),
		words:   marks(`您访问的URL有可能对网站造成安全威胁|阿里云\s?Web应用防火墙|it may cause potential threats to the server`),
	}, {
		name:    "huawei",
		headers: lines(`Set-Cookie: HWWAFSES|Server: (?:HuaweiCloudWAF|CloudWAF|CW)\b`),
		code:    marks(`hws_security@`),
		words:   marks(`您的请求疑似攻击行为|YOUR REQUEST HAS BEEN DENIED|CloudWAF`),
	}, {
		name:    "tencent",
		headers: lines(`EO-LOG-UUID:|Server: TencentEdgeOne`),
		code:    marks(`waf(?:-static)?\.tencent(?:-?cloud)?\.com|waf\.qcloud\.com|EO_Bot_Ssid|__tst_status`),
		words:   marks(`腾讯(?:云|T-Sec)\s?Web应用防火墙|已被腾讯云安全拦截|请求已被管理员设置的策略阻断|您提交的请求存在异常，请向网站管理员`),
	}, {
		name:    "yunjiasu",
		headers: lines(`Server: .*yunjiasu|Set-Cookie: yjs_`),
		code:    marks(`/yunjiasu-cgi/|yjs_use_ob|baidu\.errors`),
		words:   marks(`百度云加速.{0,10}拦截|友情提示\s?[|｜]\s?百度云加速|当前访问可能造成安全威胁，您的访问被阻断`),
	}, {
		name:    "anquanbao",
		headers: lines(`X-Powered-By-Anquanbao:`),
		code:    marks(`aqb_cc/error|anquanbao\.com/(?:green|operatedomain)`),
	}, {
		name:    "cloudflare",
		headers: lines(`CF-RAY:|Server: cloudflare`),
		seam:    marks(`/cdn-cgi/challenge-platform/`),
		code:    marks(`_cf_chl_opt|__cf_chl|cf-browser-verification`),
		words:   marks(`Attention Required! \| Cloudflare|Checking your browser before`),
	}, {
		name:    "safeline",
		headers: lines(`Set-Cookie: sl[-_](?:session|jwt|challenge)`),
		code:    marks(`/\.safeline/|challenge\.rivers\.chaitin\.cn|SafeLineChallenge`),
		words:   marks(`安全检测能力由|SafeLine\s?阻断|雷池\s?WAF`),
	}, {
		name:    "yunsuo",
		headers: lines(`Set-Cookie: (?:yunsuo_session|security_session_(?:mid_)?verify)`),
		code:    marks(`security_verify_(?:data|img)|YunsuoAutoJump|yunsuologo|yunsuo_session_verify`),
	}, {
		name:  "baota",
		code:  marks(`/(?:huadong|renji)_[0-9a-f]{8}_|btwaf_aes|new/btwaf\.html|/bt-waf/`),
		words: marks(`请求带有不合法参数，已被(?:网站管理员|系统)设置拦截|宝塔网站防火墙|堡塔云WAF`),
	}, {
		name:    "yundun",
		headers: lines(`(?:Server|X-Cache): .*YUNDUN|Set-Cookie: yd_cookie`),
		code:    marks(`yundun\.com/(?:yd[-_]http[-_]error|static/js/fingerprint)`),
		words:   marks(`Blocked by YUNDUN`),
	}, {
		name:  "xuanwu",
		code:  marks(`error\.websaas\.cn|dbappwaf\.cn`),
		words: marks(`已被云防护安全拦截|玄武盾`),
	}, {
		name:    "nsfocus",
		headers: lines(`Server: NSFocus`),
		words:   marks(`绿盟.{0,12}(?:防护|防火墙|拦截)`),
	}, {
		name: "cdnfly",
		code: marks(`/_guard/(?:auto|slide|click|rotate|html|encrypt)\w*\.js|guardret`),
	}, {
		name:  "venustech",
		code:  marks(`onUpload\(\)[^>]*>拦截上报`),
		words: marks(`触发WAF防护`),
	}, {
		name: "topsec",
		code: marks(`Topsec Network Security`),
	}, {
		name:    "f5",
		headers: lines(`Set-Cookie: TS[0-9a-f]{6,}=`),
		words:   marks(`The requested URL was rejected\. Please consult`),
	},
	{name: "openrasp", words: marks(`Request blocked by OpenRASP|请求包含恶意行为，已被服务器拒绝`)},
	{name: "wangsu", words: marks(`您当前的访问行为存在异常，请稍后重试`)},
	{name: "west", words: marks(`已被云网盾拦截|已经自动列入禁止名单`)},
	{name: "d-shield", words: marks(`D盾_拦截提示`)},
	{
		name: "geo",
		words: marks(`(?:禁止|限制|屏蔽).{0,4}(?:境外|海外|国外).{0,10}(?:访问|浏览)|(?:境外|海外|国外|非(?:中国)?(?:大陆|境内))(?:的)?(?:IP|地址|用户|地区|网络)?.{0,10}(?:禁止|限制|无法|不能|不支持|拒绝|暂停).{0,6}(?:访问|浏览|服务)` +
			`|(?:仅限?|只)(?:支持|允许|供|对|向)?(?:中国)?(?:大陆|境内|国内).{0,8}(?:访问|浏览|开放)` +
			`|所在(?:的)?(?:国家|地区|区域).{0,12}(?:禁止|限制|无法|不能|不支持|受限|不可).{0,6}(?:访问|浏览|服务)?` +
			`|(?:not available|blocked|denied|restricted|forbidden).{0,30}your (?:country|region|location)`),
	}, {
		name: "banned",
		words: marks(`[您你]的\s?IP.{0,30}(?:禁止|限制|封禁|封锁|屏蔽|黑名单|拒绝)|IP\s?(?:地址)?已?被(?:禁止|封禁|封锁|限制|屏蔽|拉黑|列入)` +
			`|your IP.{0,30}(?:blocked|banned|denied|blacklisted)`),
	}, {
		name: "captcha",
		words: marks(`访问(?:过于|太|次数过于)频繁|(?:操作|请求)(?:过于|太)频繁|请(?:先|您)?(?:输入|完成|进行|通过).{0,12}验证.{0,16}(?:继续|访问)|(?:拖动|按住|滑动).{0,8}滑块` +
			`|请输入验证码，?以继续|验证您是(?:否)?(?:是)?真人|(?:网络|访问|环境).{0,8}异常.{0,24}验证|verify (?:that )?you are (?:not a robot|human)|unusual traffic` +
			`|^\s*(?:访问|人机|安全|滑动|滑块)(?:身份)?(?:验证|校验)(?:码|页面|中心)?\s`),
	}, {
		name: "firewall",
		words: marks(`网站防火墙|Web\s?应用(?:防火墙|防护系统)|入侵防御系统|防火墙拦截|(?:访问|请求|操作).{0,16}被.{0,14}(?:拦截|阻断)|请求已?被.{0,6}拒绝|The incident ID is|拦截(?:提示|页面|信息)` +
			`|疑似(?:存在)?(?:黑客)?攻击|对(?:网站|服务器|系统)造成(?:安全)?(?:威胁|危险|危害)|非法(?:请求|攻击)|(?:访问|请求).{0,6}存在.{0,4}(?:攻击|威胁|风险)|Request Rejected|request (?:has been |was )?blocked`),
	}, {
		name: "script",
		seam: marks(`document\s*(?:\.\s*|\[['"])cookie['"\]]{0,2}\s*=(?s:.*)(?:location\.reload\s*\(|location(?:\.href)?\s*=\s*(?:(?:window|document|self|top)\.)?location|location\.replace\(\s*(?:window\.)?location)`),
		words: marks(`(?:检测|检查|验证)[您你]的浏览器|浏览器安全检查|正在进行(?:浏览器)?安全(?:检测|检查|验证)` +
			`|Just a moment\.\.\.|DDoS protection by`),
	},
}
