package crawler

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"code.dny.dev/ssrf"

	"crawl/internal/archive"
)

// maxHeader is the most header bytes an answer may have.
const maxHeader = 256 << 10

// dialTimeout is the most that one connection may take, within the request's timeout.
const dialTimeout = 15 * time.Second

type dialFunc func(ctx context.Context, network, addr string) (net.Conn, error)

// dialError marks an error as one of reaching the host at all: its name, its address,
// the connection. Such a host is down, or out of reach from here.
type dialError struct{ error }

func (e dialError) Unwrap() error { return e.error }

// wire is the transport of one job: one connection a host, bodies left as they come.
func wire(opt Options) *http.Transport {
	dial := opt.Dial
	if dial == nil {
		dial = dialer(opt.AllowPrivate, nil)
	}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			ctx, cancel := context.WithTimeout(ctx, dialTimeout)
			defer cancel()
			conn, err := dial(ctx, network, addr)
			if err != nil {
				return nil, dialError{err}
			}
			return conn, nil
		},
		// The archive keeps bodies as they came over the wire; net/http would gunzip
		// them on the way if it asked for gzip itself.
		DisableCompression:     true,
		MaxConnsPerHost:        1,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
		TLSHandshakeTimeout:    dialTimeout,
		TLSClientConfig:        oldTLS(),
	}
}

// dialer refuses loopback, private, link-local and metadata addresses. It looks at
// the address that is dialled, after name resolution, so a name that is rebound to an
// inner address between two lookups is refused as well. A nil resolver is the system's.
func dialer(allowPrivate bool, resolver *net.Resolver) dialFunc {
	d := &net.Dialer{Timeout: dialTimeout, KeepAlive: 30 * time.Second, Resolver: resolver}
	if allowPrivate {
		return d.DialContext
	}
	// Portals do listen on odd ports: the address is guarded, not the port.
	d.Control = ssrf.New(ssrf.WithAnyPort()).Safe
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := d.DialContext(ctx, network, addr)
		if errors.Is(err, ssrf.ErrProhibitedIP) {
			return nil, fmt.Errorf("%w: %w; allow_private_addresses would permit it", archive.ErrRefused, err)
		}
		return conn, err
	}
}

// oldTLS also speaks what many portals still run and Go no longer offers by itself:
// TLS 1.0 and 1.1, RSA key exchange, CBC. What is read is public and goes nowhere
// else; certificates are verified all the same.
func oldTLS() *tls.Config {
	var suites []uint16
	for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
		suites = append(suites, s.ID)
	}
	return &tls.Config{MinVersion: tls.VersionTLS10, CipherSuites: suites}
}
