package archive

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"mime"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// requestHead is the request as HTTP/1.1 writes it. It is put together from what
// net/http was given: the order of the lines is ours.
func requestHead(req *http.Request, bodySize int) []byte {
	host := req.Host
	if host == "" {
		host = req.URL.Host
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", req.Method, oneLine(req.URL.RequestURI()), oneLine(host))
	h := req.Header.Clone()
	h.Del("Host")
	h.Del("Content-Length")
	if bodySize > 0 {
		h.Set("Content-Length", strconv.Itoa(bodySize))
	}
	writeHeader(&b, h)
	return b.Bytes()
}

// responseHead is the answer's head. HTTP/2 has no text form: its head is written
// in that of HTTP/1.1, and the protocol is kept in the metadata record.
func responseHead(resp *http.Response) []byte {
	proto := resp.Proto
	if !strings.HasPrefix(proto, "HTTP/1.") {
		proto = "HTTP/1.1"
	}
	status := resp.Status
	if !strings.HasPrefix(status, strconv.Itoa(resp.StatusCode)) {
		status = strconv.Itoa(resp.StatusCode) + " " + http.StatusText(resp.StatusCode)
	}
	var b bytes.Buffer
	b.WriteString(oneLine(proto + " " + status))
	b.WriteString("\r\n")
	writeHeader(&b, archivedHeader(resp))
	return b.Bytes()
}

// origTransferEncoding keeps the Transfer-Encoding that net/http has undone; under
// its own name a reader would try to undo it again.
const origTransferEncoding = "X-Archive-Orig-Transfer-Encoding"

func archivedHeader(resp *http.Response) http.Header {
	h := resp.Header.Clone()
	if h == nil {
		h = http.Header{}
	}
	te := append(h.Values("Transfer-Encoding"), resp.TransferEncoding...)
	h.Del("Transfer-Encoding")
	if len(te) > 0 {
		h[origTransferEncoding] = []string{strings.Join(te, ", ")}
	}
	return h
}

func writeHeader(b *bytes.Buffer, h http.Header) {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, v := range h[name] {
			b.WriteString(oneLine(name))
			b.WriteString(": ")
			b.WriteString(oneLine(v))
			b.WriteString("\r\n")
		}
	}
	b.WriteString("\r\n")
}

// splitHead splits a block into its first line, its header lines and what follows
// the empty line. Names and values are kept as the bytes they are.
func splitHead(block []byte) (first string, fields []field, rest []byte, ok bool) {
	end := bytes.Index(block, []byte("\r\n\r\n"))
	if end < 0 {
		return "", nil, nil, false
	}
	lines := strings.Split(string(block[:end]), "\r\n")
	for _, line := range lines[1:] {
		name, value, found := strings.Cut(line, ":")
		if !found {
			return "", nil, nil, false
		}
		fields = append(fields, field{name, strings.Trim(value, " \t")})
	}
	return lines[0], fields, block[end+4:], true
}

// parseResponse is the inverse of responseHead.
func parseResponse(block []byte) (status int, statusLine string, h http.Header, body []byte, err error) {
	first, fields, body, ok := splitHead(block)
	if !ok {
		return 0, "", nil, nil, fmt.Errorf("archived answer has no head")
	}
	_, rest, _ := strings.Cut(first, " ")
	code, _, _ := strings.Cut(rest, " ")
	if status, err = strconv.Atoi(code); err != nil {
		return 0, "", nil, nil, fmt.Errorf("archived answer's first line %q: %w", first, err)
	}
	h = make(http.Header, len(fields))
	for _, f := range fields {
		h[textproto.CanonicalMIMEHeaderKey(f.name)] = append(h[textproto.CanonicalMIMEHeaderKey(f.name)], f.value)
	}
	return status, rest, h, body, nil
}

// mediaType is a Content-Type without parameters, lower case.
func mediaType(contentType string) string {
	if t, _, err := mime.ParseMediaType(contentType); err == nil {
		return t
	}
	t, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(t))
}

// location is the absolute target of a redirect, "" if there is none.
func location(base *url.URL, status int, h http.Header) string {
	if status < 300 || status > 399 || h.Get("Location") == "" {
		return ""
	}
	target, err := base.Parse(h.Get("Location"))
	if err != nil {
		return ""
	}
	return target.String()
}

func transportName(resp *http.Response) string {
	if resp.TLS == nil {
		return resp.Proto
	}
	return resp.Proto + " " + tls.VersionName(resp.TLS.Version)
}
