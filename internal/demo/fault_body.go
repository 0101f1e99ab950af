package demo

import (
	"bytes"
	"sync"

	"github.com/andybalholm/brotli"
)

// bodyFaults are about the size and the coding of bodies.
var bodyFaults = []fault{
	{"gzip-bomb", "pages are 300 KB of gzip that unpack to 256 MiB", gzipBomb},
	{"brotli-bomb", "pages are a few hundred bytes of brotli that unpack to 128 MiB", brotliBomb},
	{"huge", "pages are 80 MiB long, without a Content-Length", huge},
	{"length-absurd", "pages announce a terabyte", wire("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1099511627776\r\n\r\n<html>")},
	{"gzip-unasked", "pages are gzip that no header announces", gzipUnasked},
	{"gzip-feigned", "pages are announced as gzip and are not", gzipFeigned},
	{"gzip-twice", "pages are gzip of gzip, announced once", gzipTwice},
	{"gzip-broken", "pages are gzip with a byte flipped in the middle", gzipBroken},
	{"gzip-cut", "pages are gzip whose end is missing", gzipCut},
	{"coding-unknown", "pages are in a content coding that nobody knows", codingUnknown},
	{"codings-many", "pages are announced as gzip twenty times over", codingsMany},
}

const mib = 1 << 20

// gzipBomb sends the same small gzip member again and again: 1 MiB of blanks each.
func gzipBomb(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	member := squeeze(bytes.Repeat([]byte(" "), mib))
	x.w.Header().Set("Content-Type", x.contentType)
	x.w.Header().Set("Content-Encoding", "gzip")
	for range 256 {
		if _, err := x.w.Write(member); err != nil {
			return true
		}
	}
	return true
}

var brotliBlanks = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := brotli.NewWriter(&b)
	blanks := bytes.Repeat([]byte(" "), mib)
	for range 128 {
		z.Write(blanks)
	}
	z.Close()
	return b.Bytes()
})

func brotliBomb(x *exchange) bool { return x.isPage() && x.coded("br", brotliBlanks()) }

func huge(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Content-Type", x.contentType)
	chunk := bytes.Repeat([]byte("<p>0123456789</p>\n"), mib/18)
	for sent := 0; sent < 80*mib; sent += len(chunk) {
		if _, err := x.w.Write(chunk); err != nil {
			return true // the client has had enough
		}
	}
	return true
}

func gzipUnasked(x *exchange) bool { return x.isPage() && x.coded("", squeeze(x.body)) }

func gzipFeigned(x *exchange) bool { return x.isPage() && x.coded("gzip", x.body) }

func gzipTwice(x *exchange) bool { return x.isPage() && x.coded("gzip", squeeze(squeeze(x.body))) }

func gzipBroken(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	body := squeeze(x.body)
	body[len(body)/2] ^= 0xff
	return x.coded("gzip", body)
}

func gzipCut(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	body := squeeze(x.body)
	return x.coded("gzip", body[:len(body)/2])
}

func codingUnknown(x *exchange) bool { return x.isPage() && x.coded("demo", x.body) }

func codingsMany(x *exchange) bool {
	return x.isPage() && x.coded("gzip"+string(bytes.Repeat([]byte(", gzip"), 19)), squeeze(x.body))
}

// coded answers 200 with a body in a content coding, "" for one that is not announced.
func (x *exchange) coded(coding string, body []byte) bool {
	h := x.w.Header()
	h.Set("Content-Type", x.contentType)
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	h.Set("Content-Length", digits(len(body)))
	_, _ = x.w.Write(body) // the client may have had enough
	return true
}
