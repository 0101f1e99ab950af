//go:build unix

package archive

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"code.dny.dev/ssrf"
)

// raw answers every connection with fixed bytes and closes it, at once or not.
func raw(t *testing.T, answer string, hang bool) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = http.ReadRequest(bufio.NewReader(c))
			_, _ = io.WriteString(c, answer)
			if hang {
				<-done
			}
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); close(done); <-ended })
	return "http://" + l.Addr().String() + "/"
}

func TestOutcomes(t *testing.T) {
	s := newSite(t, nil)
	secure := httptest.NewUnstartedServer(nil)
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // it complains of our refusal
	secure.StartTLS()
	defer secure.Close()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = closed.Close()
	dial := func(fail error) http.RoundTripper {
		return &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: fail}
		}}
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	soon, stop := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer stop()
	ok := "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	for _, c := range []struct {
		name    string
		url     string
		ctx     context.Context
		next    http.RoundTripper
		outcome string
		is      error
	}{
		{name: "no such host", next: dial(&net.DNSError{Err: "no such host", Name: "x", IsNotFound: true}), outcome: OutcomeDNS},
		{name: "nobody listens", url: "http://" + closed.Addr().String() + "/", outcome: OutcomeConnect, is: syscall.ECONNREFUSED},
		{name: "private address", next: dial(fmt.Errorf("%w: 10.0.0.1", ssrf.ErrProhibitedIP)), outcome: OutcomeRefused, is: ssrf.ErrProhibitedIP},
		{name: "our rules", next: dial(fmt.Errorf("%w: port 25", ErrRefused)), outcome: OutcomeRefused, is: ErrRefused},
		{name: "unknown authority", url: secure.URL, outcome: OutcomeTLS},
		{name: "TLS where there is none", url: strings.Replace(raw(t, "HTTP/1.1 400 no\r\n\r\n", false), "http:", "https:", 1), outcome: OutcomeTLS},
		{name: "canceled", ctx: canceled, url: raw(t, "", true), outcome: OutcomeCanceled, is: context.Canceled},
		{name: "half a body, then silence", ctx: soon, url: raw(t, ok+"Content-Length: 100\r\n\r\nhalf", true), outcome: OutcomeTimeout, is: context.DeadlineExceeded},
		{name: "closed without an answer", url: raw(t, "", false), outcome: OutcomeReset},
		{name: "shorter than announced", url: raw(t, ok+"Content-Length: 100\r\n\r\nhalf", false), outcome: OutcomeReset, is: io.ErrUnexpectedEOF},
		{name: "torn chunk", url: raw(t, ok+"Transfer-Encoding: chunked\r\n\r\n64\r\nhalf", false), outcome: OutcomeReset, is: io.ErrUnexpectedEOF},
		{name: "no last chunk", url: raw(t, ok+"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", false), outcome: OutcomeReset, is: io.ErrUnexpectedEOF},
		{name: "announced too large", url: raw(t, ok+"Content-Length: 9999999999\r\n\r\n", false), outcome: OutcomeTooLarge, is: ErrTooLarge},
		{name: "too large", url: raw(t, ok+"\r\n"+strings.Repeat("x", testLimit+1), false), outcome: OutcomeTooLarge, is: ErrTooLarge},
		{name: "not HTTP", url: raw(t, "SSH-2.0-OpenSSH_9.2\r\n", false), outcome: OutcomeOther},
	} {
		t.Run(c.name, func(t *testing.T) {
			next, ctx, url := c.next, c.ctx, c.url
			if next == nil {
				next = &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12}, DisableKeepAlives: true}
			}
			if ctx == nil {
				ctx = context.Background()
			}
			if url == "" {
				url = "http://www.example.gov.cn/"
			}
			req, err := http.NewRequestWithContext(ctx, "GET", url, nil)
			if err != nil {
				t.Fatal(err)
			}
			n := len(s.captures())
			_, err = s.w.Record(next, testLimit).RoundTrip(req)
			if err == nil || c.is != nil && !errors.Is(err, c.is) {
				t.Errorf("error %v", err)
			}
			all := s.captures()
			if len(all) != n+1 {
				t.Fatalf("%d captures more", len(all)-n)
			}
			got := all[n]
			if got.Outcome != c.outcome || got.Status != 0 || got.Detail == "" || got.SHA256 != "" || got.URL != url {
				t.Errorf("%+v", got)
			}
			if ex, err := s.w.Read(got); err != nil || ex.Body != nil || ex.Header != nil {
				t.Errorf("read of a failed exchange: %+v, %v", ex, err)
			}
			if _, ok := s.w.Latest("GET", url, ""); ok {
				t.Error("a failure is taken for an answer")
			}
		})
	}
	before := s.captures()
	s.reopen()
	if after := s.captures(); len(after) != len(before) || after[0] != before[0] {
		t.Errorf("%d captures, %d after reopening", len(before), len(after))
	}
	s.verify()
}

// A body whose coding cannot be undone is whole: it is kept.
func TestUnreadableCodingIsKept(t *testing.T) {
	s := newSite(t, nil)
	url := raw(t, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\nnot brotli", false)
	_, err := s.client.Get(url)
	if !errors.Is(err, ErrCoding) {
		t.Fatal(err)
	}
	c := s.captures()[0]
	if c.Outcome != OutcomeEncoding || c.Status != 200 {
		t.Errorf("%+v", c)
	}
	if ex, err := s.w.Read(c); err != nil || string(ex.Body) != "not brotli" {
		t.Errorf("%v, %v", ex, err)
	}
	if _, ok := s.w.Latest("GET", url, ""); ok {
		t.Error("it is taken for an answer")
	}
	s.verify()
}

func TestUnlimitedRecord(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write(make([]byte, testLimit*2)) })
	free := &http.Client{Transport: s.w.Record(s.wire(), 0)}
	if body, _ := fetch(t, free, "GET", s.URL, ""); len(body) != testLimit*2 {
		t.Errorf("%d bytes", len(body))
	}
}
