package demo

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"io"
	"math/big"
	"net"
	"os"
	"sync"
	"syscall"
	"time"
)

// reach tells why an address cannot be connected to: not of the province, without a
// name, down or silent. It may take until ctx ends to tell.
func (p *Province) reach(ctx context.Context, network, addr string) error {
	host := hostname(addr)
	st := p.state.Load()
	if _, ok := st.byHost[host]; !ok || st.on("dns", host) {
		return &net.OpError{Op: "dial", Net: network, Err: &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}}
	}
	if st.on("down", host) {
		return &net.OpError{Op: "dial", Net: network, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}
	if st.on("connect-timeout", host) {
		<-ctx.Done()
		return &net.OpError{Op: "dial", Net: network, Err: ctx.Err()}
	}
	return nil
}

// guise is what a connection to an address looks like from outside: as it is, or, with
// a fault of that name, one that speaks TLS under another name.
func (p *Province) guise(conn net.Conn, addr string) net.Conn {
	if _, port, _ := net.SplitHostPort(addr); port != "443" || !p.state.Load().on("wrong-certificate", hostname(addr)) {
		return conn
	}
	outside, inside := net.Pipe()
	secure := tls.Server(inside, &tls.Config{Certificates: []tls.Certificate{strangersCertificate()}, MinVersion: tls.VersionTLS12})
	go func() {
		defer conn.Close()
		defer inside.Close()
		if secure.Handshake() != nil {
			return // as was to be expected
		}
		go func() {
			_, _ = io.Copy(conn, secure)
			_ = conn.Close()
		}()
		_, _ = io.Copy(secure, conn)
	}()
	return outside
}

// strangersCertificate is signed by nobody and of another name.
var strangersCertificate = sync.OnceValue(func() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic("demo: " + err.Error())
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"www.elsewhere.example"},
		NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic("demo: " + err.Error())
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
})
