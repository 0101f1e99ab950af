package demo

import (
	"context"
	"net"
	"sync"
)

// Pipe serves the province over in-memory connections: no socket, so that all of
// it can live in a testing/synctest bubble. dial behaves like Server.Dial; close
// cuts all connections.
func (p *Province) Pipe() (dial func(ctx context.Context, network, addr string) (net.Conn, error), close func()) {
	l := &pipeListener{conns: make(chan net.Conn), closed: make(chan struct{})}
	stop := p.serve(l)
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		if err := p.reach(ctx, network, addr); err != nil {
			return nil, err
		}
		client, server := net.Pipe()
		select {
		case l.conns <- server:
			return p.guise(client, addr), nil
		case <-l.closed:
			return nil, &net.OpError{Op: "dial", Net: network, Err: net.ErrClosed}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}, stop
}

// pipeListener hands the server ends of pipes to an http.Server.
type pipeListener struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *pipeListener) Addr() net.Addr { return pipeAddr{} }

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "demo" }
