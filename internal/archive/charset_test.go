//go:build unix

package archive

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

func encode(t testing.TB, e encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return b
}

func TestDecodeText(t *testing.T) {
	const (
		simple = "岳阳市民政局2023年政府信息公开工作年度报告。根据《中华人民共和国政府信息公开条例》的规定，现公布本年度报告。"
		trad   = "臺北市政府資訊公開年度報告。本府依據政府資訊公開法之規定，將下列資訊主動公開於網站，供民眾查詢。"
	)
	gb, big, latin := simplifiedchinese.GB18030, traditionalchinese.Big5, charmap.Windows1252
	page := func(meta, text string) string {
		return "<html><head>" + meta + "<title>x</title></head><body>" + text + "</body></html>"
	}
	late := "<!-- " + strings.Repeat("ascii ", 600) + "-->"
	var manyBytes = []byte(strings.Repeat(simple, 30))
	broken := append(append(bytes.Clone(manyBytes), 0xe5, 0xb2), manyBytes...)
	for _, c := range []struct {
		name, contentType string
		body              []byte
		charset, basis    string
		has               string // must be in the text
	}{
		{"ascii", "text/html; charset=gbk", []byte("<p>hello</p>"), "UTF-8", "utf8", "hello"},
		{"empty", "", nil, "UTF-8", "utf8", ""},
		{"utf-8", "", []byte(simple), "UTF-8", "utf8", simple},
		{"utf-8 said to be gbk", "text/html; charset=gbk", []byte(page("", simple)), "UTF-8", "utf8", simple},
		{"utf-8 with mark", "text/html; charset=gb2312", []byte("\ufeff" + simple), "UTF-8", "bom", simple},
		{"utf-8 with broken bytes", "", broken, "UTF-8", "utf8", simple},
		{"utf-8 cut short", "", []byte(simple)[:len(simple)-1], "UTF-8", "utf8", "岳阳市"},
		{"short utf-8", "", []byte("年报"), "UTF-8", "utf8", "年报"},
		{"utf-8, two-byte signs only", "text/html; charset=utf-8", []byte("© 2023 · 12×3"), "UTF-8", "utf8", "© 2023 · 12×3"},
		{"the same, said to be gbk", "text/html; charset=gbk", []byte("© 2023 ·"), "UTF-8", "utf8", "©"},
		{"gbk", "", encode(t, gb, page("", simple)), "GB18030", "frequency", simple},
		{"gbk said to be utf-8", "text/html; charset=utf-8", encode(t, gb, page(`<meta charset="utf-8">`, simple)), "GB18030", "frequency", simple},
		{"gbk said to be latin", "text/html; charset=ISO-8859-1", encode(t, gb, simple), "GB18030", "frequency", simple},
		{"gbk declared late", "", encode(t, gb, page(late+"<meta charset=gbk>", simple)), "GB18030", "frequency", simple},
		{"gbk, traditional script", "", encode(t, gb, strings.NewReplacer("眾", "众").Replace(trad)), "GB18030", "frequency", "臺北市政府資訊公開"},
		{"short gbk", "", encode(t, gb, "年度报告"), "GB18030", "frequency", "年度报告"},
		{"short gbk list", "text/html", encode(t, gb, `<a href="1.htm">岳阳市民政局</a>`), "GB18030", "frequency", "岳阳市民政局"},
		{"one character", "", encode(t, gb, "浏览：7"), "GB18030", "frequency", "浏览"},
		{"four-byte character", "", encode(t, gb, simple+"𠮷㐂"), "GB18030", "frequency", "𠮷㐂"},
		{"gb2312 with four-byte character", "text/html;charset=gb2312", encode(t, gb, "䶮"+simple), "GB18030", "frequency", "䶮"},
		{"gbk with a broken byte", "", append(encode(t, gb, simple), 0xff, 'x'), "GB18030", "frequency", simple},
		{"gb18030 with mark", "", append([]byte("\x84\x31\x95\x33"), encode(t, gb, "年")...), "GB18030", "bom", "年"},
		{"2022 characters", "", append(encode(t, gb, simple), "\xfe\x59\xa6\xd9"+string(encode(t, gb, "末"))...), "GB18030", "frequency", simple + "\u9fb4\ufe10末"},
		{"big5", "", encode(t, big, trad), "Big5", "frequency", trad},
		{"big5 said to be gbk", "text/html; charset=gbk", encode(t, big, page("", trad)), "Big5", "frequency", trad},
		{"big5 said to be utf-8", "text/html; charset=utf-8", encode(t, big, page("", trad)), "Big5", "frequency", trad},
		{"short big5", "text/html; charset=big5", encode(t, big, "年度報告"), "Big5", "frequency", "年度報告"},
		{"utf-16le", "", encode(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), simple), "UTF-16LE", "bom", simple},
		{"utf-16be said to be utf-16", "text/html; charset=utf-16", encode(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), simple), "UTF-16BE", "bom", simple},
		{"latin, declared", "text/html; charset=windows-1252", encode(t, latin, "café “déjà vu”, naïve résumé"), "windows-1252", "declared", "café “déjà vu”"},
		{"latin, in xml", "text/xml", encode(t, latin, `<?xml version="1.0" encoding="iso-8859-1"?><a>café é</a>`), "windows-1252", "declared", "café"},
		{"rare either way, gbk in meta", "", []byte(page(`<meta http-equiv="Content-Type" content="text/html; charset=gb2312">`, "\xd8\xcc\xd8\xcd")), "GB18030", "declared", "靥赝"},
		{"rare either way, big5 in meta", "", []byte(page(`<META CHARSET = 'Big5'>`, "\xd8\xcc\xd8\xcd")), "Big5", "declared", "媜媏"},
		{"rare either way, nothing said", "", []byte("\xd8\xcc\xd8\xcd"), "GB18030", "frequency", "靥赝"},
		{"gbk that is utf-8 by chance", "text/html; charset=gbk", encode(t, gb, "document.write('统一')"), "GB18030", "declared", "统一"},
		{"the same, said to be utf-8", "text/html; charset=utf-8", encode(t, gb, "document.write('统一')"), "UTF-8", "utf8", "ͳһ"},
	} {
		text, charset, basis := DecodeText(c.body, c.contentType)
		if charset != c.charset || basis != c.basis || !strings.Contains(text, c.has) {
			t.Errorf("%s: %s by %s, want %s by %s: %.80q", c.name, charset, basis, c.charset, c.basis, text)
		}
		if !utf8.ValidString(text) || strings.HasPrefix(text, "\ufeff") {
			t.Errorf("%s: text is not clean UTF-8: %.80q", c.name, text)
		}
	}
}

func TestBrokenBytesBecomeU_FFFD(t *testing.T) {
	for _, body := range [][]byte{
		append([]byte(strings.Repeat("年", 40)), 0xe5, 'x'),
		append(encode(t, simplifiedchinese.GB18030, strings.Repeat("年的", 40)), 0xff, 'x'),
	} {
		text, _, _ := DecodeText(body, "")
		if strings.Count(text, "\ufffd") != 1 || !strings.HasSuffix(text, "\ufffdx") {
			t.Errorf("%q", text)
		}
	}
}

func TestGB2022(t *testing.T) {
	for code, r := range gb2022 {
		if got := decodeGB18030([]byte("a" + code + "\xc4\xea")); got != "a"+string(r)+"年" {
			t.Errorf("%x: %q", code, got)
		}
	}
	// a trail byte and the next lead byte are not taken for such a code
	if got := decodeGB18030([]byte("\xc4\xfe\x59\xff")); strings.ContainsRune(got, 0x9FB4) {
		t.Errorf("%q", got)
	}
}

func TestDeclaredCharset(t *testing.T) {
	for _, c := range []struct{ contentType, body, want string }{
		{"text/html; charset=GBK", "", "GB18030"},
		{"text/html; charset=gb_2312-80", "", "GB18030"},
		{"text/html; charset=\"utf-8\"", "", "UTF-8"},
		{"text/html; charset=nonsense", "<meta charset=big5>", "Big5"},
		{"", "<meta http-equiv=Content-Type content='text/html;charset=GB2312'/>", "GB18030"},
		{"", "<script charset>x</script><meta charset = utf-8 >", "UTF-8"},
		{"", "<?xml version='1.0' encoding='GBK'?>", "GB18030"},
		{"", strings.Repeat(" ", declaredWithin) + "<meta charset=gbk>", ""},
		{"", "charset", ""},
		{"", "charset=", ""},
	} {
		if got := declaredCharset([]byte(c.body), c.contentType); got != c.want {
			t.Errorf("%q %.60q: %q, want %q", c.contentType, c.body, got, c.want)
		}
	}
}

// FuzzCharset: any bytes decode to valid UTF-8 under a known charset, and not to much
// more than there was.
func FuzzCharset(f *testing.F) {
	f.Add([]byte("\xd5\xfe\xb8\xae\xd0\xc5\xcf\xa2\xb9\xab\xbf\xaa"), "text/html; charset=gb2312")
	f.Add([]byte("政府信息公开"), "text/html")
	f.Add([]byte("<meta charset=big5>\xac\x46\xa9\xb2"), "")
	f.Add([]byte("\xff\xfe\x3f\x65"), "text/html; charset=utf-16")
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text, charset, basis := DecodeText(body, contentType)
		if !utf8.ValidString(text) || charset == "" || basis == "" {
			t.Fatalf("%q as %s (%s) is not valid text", body, charset, basis)
		}
		if len(text) > 4*len(body)+4 {
			t.Fatalf("%d bytes became %d", len(body), len(text))
		}
	})
}
