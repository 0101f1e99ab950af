package archive

import (
	"strings"
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// score is how a text reads in one of the two-byte charsets.
type score struct {
	chars    int // characters of more than one byte
	frequent int // of them, those in the list below
	bad      int // bytes that are none
}

// share is the part of the characters that are frequent, less the broken bytes.
func (s score) share() float64 {
	if s.chars+s.bad == 0 {
		return 0
	}
	return float64(s.frequent-s.bad) / float64(s.chars+s.bad)
}

// detectChinese tells GB18030 from Big5, and both from a declared charset that is
// neither.
func detectChinese(body []byte, contentType string) (charset, basis string) {
	gb, big := scoreGB18030(body).share(), scoreBig5(body).share()
	const (
		clear = 0.1  // a lead that no chance gives
		never = 0.02 // Chinese text has far more frequent characters
	)
	switch {
	case gb-big > clear:
		return charsetGB18030, basisFrequency
	case big-gb > clear:
		return charsetBig5, basisFrequency
	}
	declared := declaredCharset(body, contentType)
	switch {
	case declared == charsetGB18030, declared == charsetBig5:
		return declared, basisDeclared
	case declared != "" && declared != charsetUTF8 && max(gb, big) < never:
		return declared, basisDeclared
	case big > gb:
		return charsetBig5, basisFrequency
	}
	return charsetGB18030, basisFrequency
}

// gbSize is the length of the GB18030 character at the start of b, 0 if there is
// none.
func gbSize(b []byte) int {
	switch {
	case b[0] < 0x80:
		return 1
	case b[0] == 0x80 || b[0] == 0xff || len(b) < 2:
		return 0
	case b[1] >= 0x40 && b[1] != 0x7f && b[1] != 0xff:
		return 2
	case len(b) >= 4 && digit(b[1]) && b[2] > 0x80 && b[2] < 0xff && digit(b[3]):
		return 4
	}
	return 0
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func bigSize(b []byte) int {
	switch {
	case b[0] < 0x80:
		return 1
	case b[0] == 0x80 || b[0] == 0xff || len(b) < 2:
		return 0
	case b[1] >= 0x40 && b[1] < 0x7f, b[1] >= 0xa1 && b[1] < 0xff:
		return 2
	}
	return 0
}

func scoreGB18030(body []byte) score { return scoreOf(body, gbSize, &frequent().gb) }

func scoreBig5(body []byte) score { return scoreOf(body, bigSize, &frequent().big) }

func scoreOf(body []byte, size func([]byte) int, known *codes) score {
	var s score
	for i := 0; i < len(body); {
		if body[i] < 0x80 {
			i++
			continue
		}
		n := size(body[i:])
		switch n {
		case 0:
			s.bad++
			n = 1
		case 2:
			s.chars++
			if known.has(body[i], body[i+1]) {
				s.frequent++
			}
		default:
			s.chars++
		}
		i += n
	}
	return s
}

// codes is a set of two-byte codes.
type codes [1 << 16 / 64]uint64

func (c *codes) has(a, b byte) bool {
	code := uint(a)<<8 | uint(b)
	return c[code/64]>>(code%64)&1 == 1
}

func (c *codes) add(e encoding.Encoding, text string) {
	for _, r := range text {
		if b, err := e.NewEncoder().Bytes([]byte(string(r))); err == nil && len(b) == 2 {
			code := uint(b[0])<<8 | uint(b[1])
			c[code/64] |= 1 << (code % 64)
		}
	}
}

// frequent makes the sets once. GB18030 may hold either script, so its set has both.
var frequent = sync.OnceValue(func() *struct{ gb, big codes } {
	var sets struct{ gb, big codes }
	sets.gb.add(simplifiedchinese.GB18030, frequentSimplified+frequentTraditional+frequentMarks)
	sets.big.add(traditionalchinese.Big5, frequentTraditional+frequentMarks)
	return &sets
})

// The characters that make up about half of any running Chinese text, and those
// that official pages are full of.
var (
	frequentMarks = "　、。·《》「」（），：；“”！？０１２３４５６７８９"

	frequentSimplified = strings.Join(strings.Fields(`
		的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里
		用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实
		日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政
		美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员
		解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件
		计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象
		完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运笔办县省州
		厅局委府镇乡街道网站首页息开公信告示知通报工作度项目务服政策规划计财算预审批行许可申请复议诉讼依据机
		关党组织纪检监察教育卫生健康环境保护农业林水利交通运输住房城乡建设民族宗教司法退役军人应急管理版权所
		有联系我们主办承办单位地址邮编备案号京公网安备浏览次数来源作者发布时间字号打印关闭上下一篇返回更多标题
		链接搜索登录注册邮箱微博微信客户端无障碍简体繁附件下载共条末尾转到第页年月日点分`), "")

	frequentTraditional = strings.Join(strings.Fields(`
		的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡
		用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實
		日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政
		美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員
		解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件
		計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象
		完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運筆辦縣省州
		廳局委府鎮鄉街網站首頁息示項策劃財算預審批請復議訴訟依黨組織紀檢監察育衛健康環境護農林輸房城族宗退役
		急版聯繫址郵編備案號網瀏覽來源佈時字列印閉篇返標鏈搜登錄註冊箱微博客戶端障礙簡繁附載末尾轉臺灣香港`), "")
)
