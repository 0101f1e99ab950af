package demo

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
)

// contentFaults change what a portal says, or how it is written.
var contentFaults = []fault{
	{"new-report", "one more report appears on the portal", nil},
	{"edited", "one report is silently changed: a number, not its date", nil},
	{"removed", "one item vanishes from the listing, its page answers 404", nil},
	{"empty-listing", "listing pages are there but list nothing", nil},
	{"counter-grow", "the script's counter answers one more each time it is asked", nil},
	{"wrong-charset", "pages are declared as iso-8859-1 in the header", wrongCharset},
	{"charset-lie", "UTF-8 pages are declared as gb2312 in the header, others as utf-8", charsetLie},
	{"changing", "each answer carries another token and advertisement", changing},
	{"control-characters", "pages are strewn with NUL and other control characters", controlCharacters},
	{"utf-16", "pages come in UTF-16 with a byte order mark", utf16Pages},
	{"octet-stream", "pages are declared as application/octet-stream, to be saved", octetStream},
	{"deep-markup", "pages are wrapped in 600 nested elements", deepMarkup},
}

func wrongCharset(x *exchange) bool {
	if x.isPage() {
		x.contentType = "text/html; charset=iso-8859-1"
	}
	return false
}

func charsetLie(x *exchange) bool {
	switch {
	case !x.isPage():
	case x.view.skin.gb18030:
		x.contentType = "text/html; charset=utf-8"
	default:
		x.contentType = "text/html; charset=gb2312"
	}
	return false
}

func changing(x *exchange) bool {
	if x.isPage() {
		token := strconv.Itoa(x.times*7919 + len(x.body))
		x.etag = ""
		x.body = bytes.Replace(x.body, []byte("</body>"), []byte(`<div class="ad"><img src="/ad/`+token+`.gif"><input type="hidden" name="token" value="`+token+`"></div></body>`), 1)
	}
	return false
}

// controlCharacters puts one of them behind every closing tag of a cell or paragraph and
// one into every title.
func controlCharacters(x *exchange) bool {
	if x.isPage() {
		x.body = bytes.ReplaceAll(x.body, []byte("</td>"), []byte("\x00\x0b</td>"))
		x.body = bytes.ReplaceAll(x.body, []byte("</p>"), []byte("\x01\x7f</p>"))
		x.body = bytes.ReplaceAll(x.body, []byte("</a>"), []byte("\x08</a>"))
	}
	return false
}

func utf16Pages(x *exchange) bool {
	if x.isPage() && !x.view.skin.gb18030 {
		units := utf16.Encode([]rune("\ufeff" + string(x.body)))
		body := make([]byte, 0, 2*len(units))
		for _, u := range units {
			body = binary.LittleEndian.AppendUint16(body, u)
		}
		x.body, x.contentType = body, "text/html"
	}
	return false
}

func octetStream(x *exchange) bool {
	if x.isPage() {
		x.contentType = "application/octet-stream"
		x.w.Header().Set("Content-Disposition", `attachment; filename="..\\..\\etc\\passwd"`)
	}
	return false
}

func deepMarkup(x *exchange) bool {
	if x.isPage() {
		const depth = 600 // more than HTML parsers nest
		body := bytes.Replace(x.body, []byte("<body"), []byte("<body><div"+strings.Repeat("><div", depth)+" data-body"), 1)
		x.body = body
	}
	return false
}
