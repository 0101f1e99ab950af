package demo

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
)

// Server is the province on a TCP port.
type Server struct {
	addr     string
	province *Province
	close    func()
}

// Listen serves the province on a free port of the loopback interface.
func (p *Province) Listen() (*Server, error) { return p.ListenOn("127.0.0.1:0") }

// ListenOn serves the province on an address of one's choice.
func (p *Province) ListenOn(addr string) (*Server, error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for the demo province: %w", err)
	}
	return &Server{addr: l.Addr().String(), province: p, close: p.serve(l)}, nil
}

// Addr is the host:port that the province listens on.
func (s *Server) Addr() string { return s.addr }

// URL is the page for people: an index of the portals.
func (s *Server) URL() string { return "http://" + s.addr + "/" }

// Close cuts all connections and frees the port.
func (s *Server) Close() error {
	s.close()
	return nil
}

// Dial connects to the province whatever port of one of its hosts is asked for.
// Any other host does not exist.
func (s *Server) Dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if err := s.province.reach(ctx, network, addr); err != nil {
		return nil, err
	}
	var d net.Dialer
	conn, err := d.DialContext(ctx, "tcp", s.addr)
	if err != nil {
		return nil, err
	}
	return s.province.guise(conn, addr), nil
}

// serve answers a listener's connections until the function it returns is called.
func (p *Province) serve(l net.Listener) (stop func()) {
	srv := &http.Server{Handler: p, ErrorLog: log.New(io.Discard, "", 0)} // broken answers are the purpose
	done := make(chan struct{})
	go func() {
		defer close(done)
		srv.Serve(l)
	}()
	return func() {
		srv.Close()
		<-done
	}
}
