package archive

import (
	"bytes"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// The names that charsets are stored under.
const (
	charsetUTF8    = "UTF-8"
	charsetUTF16LE = "UTF-16LE"
	charsetUTF16BE = "UTF-16BE"
	charsetGB18030 = "GB18030"
	charsetBig5    = "Big5"
)

// How a charset was found.
const (
	basisBOM       = "bom"
	basisUTF8      = "utf8"
	basisDeclared  = "declared"
	basisFrequency = "frequency"
)

// isText says whether a body is text: what its Content-Type says, or, where it says
// nothing, what it looks like.
func isText(contentType string, body []byte) bool {
	if mediaType(contentType) != "" {
		return textual(contentType)
	}
	return strings.HasPrefix(http.DetectContentType(body), "text/")
}

// DecodeText decodes a text of unknown charset: a byte order mark decides, then
// whether the bytes are UTF-8 (but for a tiny share, which becomes U+FFFD), then
// whether they read more like Chinese as GB18030 or as Big5. What HTTP header, meta
// element or XML declaration say is often wrong and decides only where the bytes do
// not. Anything called gb* is read as GB18030, which contains the others. A mark is
// not part of the text.
func DecodeText(body []byte, contentType string) (text, charset, basis string) {
	charset, basis = detectCharset(body, contentType)
	if basis == basisBOM {
		body = body[markLength(body):]
	}
	return decodeCharset(body, charset), charset, basis
}

func detectCharset(body []byte, contentType string) (charset, basis string) {
	if charset := markedCharset(body); charset != "" {
		return charset, basisBOM
	}
	if utf8.Valid(body) {
		if looksLikeGB(body) && declaredCharset(body, contentType) == charsetGB18030 {
			return charsetGB18030, basisDeclared
		}
		return charsetUTF8, basisUTF8
	}
	if nearlyUTF8(body) {
		return charsetUTF8, basisUTF8
	}
	return detectChinese(body, contentType)
}

var marks = []struct {
	mark    string
	charset string
}{
	{"\xef\xbb\xbf", charsetUTF8},
	{"\x84\x31\x95\x33", charsetGB18030},
	{"\xff\xfe", charsetUTF16LE},
	{"\xfe\xff", charsetUTF16BE},
}

func markedCharset(body []byte) string {
	for _, m := range marks {
		if bytes.HasPrefix(body, []byte(m.mark)) {
			return m.charset
		}
	}
	return ""
}

func markLength(body []byte) int {
	for _, m := range marks {
		if bytes.HasPrefix(body, []byte(m.mark)) {
			return len(m.mark)
		}
	}
	return 0
}

// nearlyUTF8 tells UTF-8 with a few broken bytes, as pages cut in the middle of a
// character have them, from everything else. Only sequences of three bytes count as
// good: those of two are common in GB18030, those of three are so rare there that
// ten for each broken byte do not come about by chance.
func nearlyUTF8(body []byte) bool {
	var good, bad int
	for len(body) > 0 {
		if body[0] < utf8.RuneSelf {
			body = body[1:]
			continue
		}
		r, size := utf8.DecodeRune(body)
		switch {
		case r == utf8.RuneError && size == 1:
			bad++
		case size == 3:
			good++
		}
		body = body[size:]
	}
	return good >= 10*bad
}

// A script's answer may be so short that its GB18030 is valid UTF-8 by chance, of
// two-byte sequences only. looksLikeGB says that all of them read as frequent
// Chinese characters.
func looksLikeGB(body []byte) bool {
	const short = 4096
	if len(body) > short {
		return false
	}
	for i := 0; i < len(body); {
		_, size := utf8.DecodeRune(body[i:])
		if size > 2 {
			return false
		}
		i += size
	}
	s := scoreGB18030(body)
	return s.chars > 0 && s.frequent == s.chars && s.bad == 0
}

func decodeCharset(body []byte, charset string) string {
	switch charset {
	case charsetUTF8:
		return strings.ToValidUTF8(string(body), "\uFFFD")
	case charsetGB18030:
		return decodeGB18030(body)
	case charsetBig5:
		return decodeWith(traditionalchinese.Big5, body)
	case charsetUTF16LE:
		return decodeWith(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), body)
	case charsetUTF16BE:
		return decodeWith(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), body)
	}
	e, err := htmlindex.Get(charset)
	if err != nil {
		return strings.ToValidUTF8(string(body), "\uFFFD") // never: detectCharset gives known names
	}
	return decodeWith(e, body)
}

// decodeWith decodes; the decoders of x/text write U+FFFD for what they cannot read.
func decodeWith(e encoding.Encoding, body []byte) string {
	out, err := e.NewDecoder().Bytes(body)
	if err != nil {
		return strings.ToValidUTF8(string(body), "\uFFFD")
	}
	return string(out)
}

// decodeGB18030 decodes by the 2022 edition of the standard.
func decodeGB18030(body []byte) string {
	text := decodeWith(simplifiedchinese.GB18030, body)
	if !strings.ContainsRune(text, utf8.RuneError) {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	from := 0
	for i := 0; i < len(body); {
		size := gbSize(body[i:])
		if size == 2 {
			if r := gb2022[string(body[i:i+2])]; r != 0 {
				out.WriteString(decodeWith(simplifiedchinese.GB18030, body[from:i]))
				out.WriteRune(r)
				from = i + 2
			}
		}
		i += max(size, 1)
	}
	out.WriteString(decodeWith(simplifiedchinese.GB18030, body[from:]))
	return out.String()
}

// gb2022 are the two-byte codes that the 2022 edition moved out of the private use
// area, which x/text does not know.
var gb2022 = map[string]rune{
	"\xa6\xd9": 0xFE10, "\xa6\xda": 0xFE12, "\xa6\xdb": 0xFE11, "\xa6\xdc": 0xFE13, "\xa6\xdd": 0xFE14,
	"\xa6\xde": 0xFE15, "\xa6\xdf": 0xFE16, "\xa6\xec": 0xFE17, "\xa6\xed": 0xFE18, "\xa6\xf3": 0xFE19,
	"\xfe\x59": 0x9FB4, "\xfe\x61": 0x9FB5, "\xfe\x66": 0x9FB6, "\xfe\x67": 0x9FB7, "\xfe\x6d": 0x9FB8,
	"\xfe\x7e": 0x9FB9, "\xfe\x90": 0x9FBA, "\xfe\xa0": 0x9FBB,
}
