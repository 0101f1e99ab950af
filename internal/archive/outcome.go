package archive

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"
)

// outcomeOf sorts an error of a transport, or of reading a body, into an outcome.
func outcomeOf(err error) string {
	var (
		dns  *net.DNSError
		op   *net.OpError
		wait net.Error
	)
	switch {
	case errors.Is(err, ErrTooLarge):
		return OutcomeTooLarge
	case errors.Is(err, ErrCoding):
		return OutcomeEncoding
	case isRefusal(err):
		return OutcomeRefused
	case errors.Is(err, context.Canceled):
		return OutcomeCanceled
	case errors.As(err, &dns):
		return OutcomeDNS
	case errors.As(err, &op) && op.Op == "dial":
		return OutcomeConnect
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &wait) && wait.Timeout():
		return OutcomeTimeout
	case isTLS(err):
		return OutcomeTLS
	case isReset(err):
		return OutcomeReset
	}
	return OutcomeOther
}

func isRefusal(err error) bool {
	return errors.Is(err, ErrRefused) || errors.Is(err, ssrf.ErrProhibitedIP) ||
		errors.Is(err, ssrf.ErrProhibitedNetwork) || errors.Is(err, ssrf.ErrProhibitedPort)
}

func isTLS(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		header      tls.RecordHeaderError
		alert       tls.AlertError
		authority   x509.UnknownAuthorityError
		hostname    x509.HostnameError
		invalid     x509.CertificateInvalidError
	)
	return errors.As(err, &certificate) || errors.As(err, &header) || errors.As(err, &alert) ||
		errors.As(err, &authority) || errors.As(err, &hostname) || errors.As(err, &invalid) ||
		// crypto/tls has no type for most of its errors
		strings.Contains(err.Error(), "tls: ")
}

func isReset(err error) bool {
	for _, known := range []error{
		io.EOF, io.ErrUnexpectedEOF, io.ErrClosedPipe, net.ErrClosed,
		syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	// net/http keeps these types to itself
	for _, text := range []string{"server closed idle connection", "stream error:", "GOAWAY", "client connection lost"} {
		if strings.Contains(err.Error(), text) {
			return true
		}
	}
	return false
}
