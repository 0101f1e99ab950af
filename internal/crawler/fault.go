package crawler

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// fault is an error that knows what outcome it means for a source whose listing it hits.
type fault struct {
	outcome report.Outcome
	err     error
	again   bool // worth one more try
}

func (f *fault) Error() string { return f.err.Error() }
func (f *fault) Unwrap() error { return f.err }

func faultf(outcome report.Outcome, format string, args ...any) *fault {
	return &fault{outcome: outcome, err: fmt.Errorf(format, args...)}
}

// ends says whether the walk of the source cannot go on after this fault, whatever it
// was asking for: our side was stopped, or our side is broken.
func (f *fault) ends() bool {
	return f.outcome == report.OutcomeInterrupted || f.outcome == report.OutcomeError
}

// faultOf reads the error of an exchange.
func faultOf(ctx context.Context, err error) *fault {
	if f, ok := errors.AsType[*fault](err); ok {
		return f
	}
	if cause := ctx.Err(); cause != nil {
		return &fault{outcome: report.OutcomeInterrupted, err: cause}
	}
	// net/http says method and address before the reason; whoever reports the fault
	// names the address itself.
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	switch {
	case ofDisk(err):
		return &fault{outcome: report.OutcomeError, err: err}
	case errors.Is(err, archive.ErrRefused):
		return &fault{outcome: report.OutcomeUnreachable, err: err}
	case errors.Is(err, archive.ErrErased):
		return &fault{outcome: report.OutcomeHTTP, err: err}
	case errors.Is(err, archive.ErrTooLarge):
		return &fault{outcome: report.OutcomeHTTP, err: err}
	}
	return &fault{outcome: report.OutcomeUnreachable, err: err, again: !certificate(err)}
}

// ofDisk says whether the archive, not the network, is at fault: errors of files are
// path errors, errors of connections never are.
func ofDisk(err error) bool {
	_, ok := errors.AsType[*fs.PathError](err)
	return ok
}

// unreached says whether no connection to the host came about at all.
func unreached(err error) bool {
	if _, ok := errors.AsType[dialError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.AlertError](err); ok {
		return true
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return true
	}
	op, ok := errors.AsType[*net.OpError](err)
	return certificate(err) || ok && op.Op == "remote error"
}

// certificate says whether the host's certificate was refused, which another try
// will not change.
func certificate(err error) bool {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return true
	}
	_, ok := errors.AsType[x509.HostnameError](err)
	return ok
}
