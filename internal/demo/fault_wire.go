package demo

import (
	"net/http"
	"strings"
	"time"
)

// wireFaults are connections that break, and answers that are no HTTP. Those without
// an answer happen when dialling.
var wireFaults = []fault{
	{"dns", "the host's name does not resolve", nil},
	{"down", "connections are refused", drop},
	{"connect-timeout", "connections come about never", drop},
	{"tls-handshake", "pages redirect to https, where no TLS is spoken", redirectSecure},
	{"wrong-certificate", "pages redirect to https, with a certificate of another name", redirectSecure},
	{"half-open", "connections are taken and nothing is ever answered", silent},
	{"timeout", "pages never answer, until the client goes", hang},
	{"reset", "connections are cut when a page is asked for", reset},
	{"reset-in-header", "connections are cut within the header of a page", wire("HTTP/1.1 200 OK\r\nContent-Type: te")},
	{"no-http", "pages are answered in another protocol", wire("220 ftp.demo.example FTP server ready\r\n")},
	{"header-endless", "pages have a header of 2 MB", wire("HTTP/1.1 200 OK\r\n" + strings.Repeat("X-Filler: "+strings.Repeat("0", 1000)+"\r\n", 2000) + "\r\n")},
	{"header-split", "pages have header lines that are none", wire("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nthis is no header\r\n\r\n<html></html>")},
	{"interim-endless", "pages are announced by 103 again and again", wire(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload; title="+strings.Repeat("0", 500)+"\r\n\r\n", 4000))},
	{"switching", "pages answer 101 and go on in another protocol", wire("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: demo\r\n\r\nhello")},
	{"length-twice", "pages have two lengths", wire("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\nContent-Length: 12\r\n\r\n<html></html>")},
	{"chunks-broken", "pages come in chunks whose size is no number", wire("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<html>\n\r\nzz\r\n")},
	{"chunks-cut", "pages break off before the last chunk", wire("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<html>\n\r\n")},
	{"truncated", "pages break off half-way through their Content-Length", truncated},
	{"length-short", "pages state half their Content-Length", lengthShort},
	{"slow", "pages come 1 KiB every 250 ms", slow},
	{"drip", "pages come a byte every five seconds, without end", drip},
}

// drop closes a connection that was open before the host went down; new ones are
// refused by the dialler.
func drop(*exchange) bool { panic(http.ErrAbortHandler) }

func redirectSecure(x *exchange) bool {
	return redirectTo("https://" + x.view.host + x.r.URL.RequestURI())(x)
}

func silent(x *exchange) bool {
	<-x.r.Context().Done()
	panic(http.ErrAbortHandler)
}

func hang(x *exchange) bool { return x.isPage() && silent(x) }

func reset(x *exchange) bool { return x.isPage() && drop(x) }

// wire answers pages with bytes of one's choice and closes the connection.
func wire(answer string) func(*exchange) bool {
	return func(x *exchange) bool {
		if !x.isPage() {
			return false
		}
		x.raw([]byte(answer))
		return true
	}
}

func (x *exchange) raw(answer []byte) {
	conn, _, err := x.w.(http.Hijacker).Hijack()
	if err != nil {
		panic("demo: " + err.Error()) // HTTP/1.1 is all that is spoken here
	}
	_, _ = conn.Write(answer) // the client may have had enough
	_ = conn.Close()
}

func truncated(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.w.Header().Set("Content-Type", x.contentType)
	x.w.Header().Set("Content-Length", digits(len(x.body)))
	x.w.Write(x.body[:len(x.body)/2])
	return true // the server closes a connection that owes bytes
}

func lengthShort(x *exchange) bool {
	if !x.isPage() {
		return false
	}
	x.raw([]byte("HTTP/1.1 200 OK\r\nContent-Type: " + x.contentType + "\r\nContent-Length: " + digits(len(x.body)/2) + "\r\n\r\n" + string(x.body)))
	return true
}

func slow(x *exchange) bool { return x.isPage() && x.trickle(x.body, 1024, 250*time.Millisecond) }

func drip(x *exchange) bool {
	return x.isPage() && x.trickle([]byte(strings.Repeat(" ", 1<<20)), 1, 5*time.Second)
}

// trickle sends a body piece by piece, with a pause behind each.
func (x *exchange) trickle(body []byte, piece int, pause time.Duration) bool {
	x.w.Header().Set("Content-Type", x.contentType)
	x.w.Header().Set("Content-Length", digits(len(body)))
	for rest := body; len(rest) > 0; {
		n := min(piece, len(rest))
		if _, err := x.w.Write(rest[:n]); err != nil {
			return true
		}
		x.w.(http.Flusher).Flush()
		rest = rest[n:]
		select {
		case <-x.r.Context().Done():
			return true
		case <-time.After(pause):
		}
	}
	return true
}
