package archive

import (
	"bytes"
	"mime"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// declaredWithin is how far into a page its declarations are looked for.
const declaredWithin = 4 << 10

// declaredCharset is what HTTP header, meta element or XML declaration say, in this
// order: a stored name, "" for none or one that nobody knows.
func declaredCharset(body []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if c := knownCharset(params["charset"]); c != "" {
			return c
		}
	}
	head := bytes.ToLower(body[:min(len(body), declaredWithin)])
	if c := knownCharset(valueAfter(head, "charset")); c != "" {
		return c
	}
	if bytes.HasPrefix(bytes.TrimSpace(head), []byte("<?xml")) {
		return knownCharset(valueAfter(head, "encoding"))
	}
	return ""
}

// valueAfter is the value in `name = value`, quoted or not, at the first place where
// name has one.
func valueAfter(head []byte, name string) string {
	for {
		i := bytes.Index(head, []byte(name))
		if i < 0 {
			return ""
		}
		head = head[i+len(name):]
		rest, ok := bytes.CutPrefix(bytes.TrimLeft(head, " \t\r\n"), []byte("="))
		if !ok {
			continue
		}
		rest = bytes.TrimLeft(rest, " \t\r\n\"'")
		end := bytes.IndexFunc(rest, func(r rune) bool { return strings.ContainsRune("\"' \t\r\n;/>?", r) })
		if end < 0 {
			end = len(rest)
		}
		return string(rest[:end])
	}
}

// knownCharset is the stored name of a declared one.
func knownCharset(label string) string {
	label = strings.ToLower(strings.TrimSpace(label))
	if strings.HasPrefix(label, "gb") {
		return charsetGB18030
	}
	e, err := htmlindex.Get(label)
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(e)
	if err != nil {
		return ""
	}
	switch name {
	case "utf-8", "utf-16le", "utf-16be": // without a mark UTF-16 is never true
		return charsetUTF8
	case "gbk", "gb18030", "hz-gb-2312":
		return charsetGB18030
	case "big5":
		return charsetBig5
	case "replacement", "x-user-defined":
		return ""
	}
	return name
}
