package crawler

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"syscall"
	"testing"
	"time"

	"crawl/internal/archive"
	"crawl/internal/report"
)

func TestFaultOf(t *testing.T) {
	for _, tc := range []struct {
		err     error
		outcome report.Outcome
		again   bool
	}{
		{&fs.PathError{Op: "write", Path: "x.warc.gz", Err: syscall.ENOSPC}, report.OutcomeError, false},
		{fmt.Errorf("%w: 127.0.0.1", archive.ErrRefused), report.OutcomeUnreachable, false},
		{fmt.Errorf("%w: 9 bytes", archive.ErrTooLarge), report.OutcomeHTTP, false},
		{fmt.Errorf("%w demo: unknown", archive.ErrCoding), report.OutcomeHTTP, false},
		{fmt.Errorf("%w gzip: %w", archive.ErrCoding, io.ErrUnexpectedEOF), report.OutcomeHTTP, true},
		{&tls.CertificateVerificationError{Err: io.EOF}, report.OutcomeUnreachable, false},
		{io.ErrUnexpectedEOF, report.OutcomeUnreachable, true},
		{context.DeadlineExceeded, report.OutcomeUnreachable, true},
		{faultf(report.OutcomeRobots, "no"), report.OutcomeRobots, false},
	} {
		wrapped := &url.Error{Op: "Get", URL: "http://a.cn/", Err: fmt.Errorf("archive: %w", tc.err)}
		got := faultOf(t.Context(), wrapped)
		if got.outcome != tc.outcome || got.again != tc.again {
			t.Errorf("%v: %s, again %v; want %s, %v", tc.err, got.outcome, got.again, tc.outcome, tc.again)
		}
		if got.ends() != (tc.outcome == report.OutcomeError) {
			t.Errorf("%v: ends the walk: %v", tc.err, got.ends())
		}
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if got := faultOf(canceled, io.EOF); got.outcome != report.OutcomeInterrupted {
		t.Errorf("after cancel: %s", got.outcome)
	}
}

func TestRetryAfter(t *testing.T) {
	received := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for value, want := range map[string]time.Time{
		"120":                           received.Add(2 * time.Minute),
		"0":                             received,
		"999999999999999":               received.Add(longestAway),
		"Fri, 02 Jan 2099 04:00:00 GMT": received.Add(longestAway),
		"Fri, 02 Jan 2026 04:00:00 GMT": time.Date(2026, 1, 2, 4, 0, 0, 0, time.UTC),
		"-1":                            {},
		"soon":                          {},
		"":                              {},
	} {
		got, ok := retryAfter(http.Header{"Retry-After": {value}}, received)
		if ok == want.IsZero() || !got.Equal(want) {
			t.Errorf("%q: %s, %v", value, got, ok)
		}
	}
}

func TestOrder(t *testing.T) {
	for _, tc := range []struct {
		dates []string
		want  bool
	}{
		{nil, false},
		{[]string{"2024-01-01"}, false},
		{[]string{"2024-01-01", "2024-01-01"}, false},
		{[]string{"2024-01-01", "2024-01-01", "2023-12-31"}, true},
		{[]string{"2023-12-31", "2024-01-01"}, false},
		{[]string{"2024-01-01", "2022-01-01", "2023-01-01"}, false},
		{[]string{"2024-01-01", "", "2023-01-01"}, false},
		{[]string{"2020-03-01", "2019-05-05", "2024-01-01", "2023-01-01"}, true}, // two pinned
		{[]string{"2020-03-01", "2021-05-05", "2022-01-01"}, false},              // oldest first
		{[]string{"2024-12-01", "2024-11-01", "2024-10-01", "2024-09-01", "2024-08-01", "2024-07-01", "2024-06-01",
			"2024-05-01", "2024-04-01", "2024-03-01", "2024-02-01", "2024-04-01", "2023-01-01"}, false},
	} {
		var o order
		for _, d := range tc.dates {
			o.see(d)
		}
		if o.verified() != tc.want {
			t.Errorf("%v: %v", tc.dates, o.verified())
		}
	}
}
