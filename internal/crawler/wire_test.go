package crawler

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// names is a name server on the loopback interface. It answers each name with its
// addresses in turn, one a lookup, the last for good.
type names struct {
	mu     sync.Mutex
	turns  map[string][]netip.Addr
	asked  map[string]int
	listen net.PacketConn
}

func serveNames(t *testing.T, turns map[string][]string) (*names, *net.Resolver) {
	t.Helper()
	n := &names{turns: map[string][]netip.Addr{}, asked: map[string]int{}}
	for name, list := range turns {
		for _, a := range list {
			n.turns[name+"."] = append(n.turns[name+"."], netip.MustParseAddr(a))
		}
	}
	var err error
	if n.listen, err = net.ListenPacket("udp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		n.serve()
	}()
	t.Cleanup(func() {
		_ = n.listen.Close()
		<-done
	})
	return n, &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", n.listen.LocalAddr().String())
	}}
}

func (n *names) serve() {
	buf := make([]byte, 1500)
	for {
		size, from, err := n.listen.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:size]) != nil || len(m.Questions) != 1 {
			continue
		}
		m.Response, m.Authoritative, m.Additionals = true, true, nil
		q := m.Questions[0]
		if body := n.answer(q); body != nil {
			m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}, Body: body}}
		}
		if b, err := m.Pack(); err == nil {
			_, _ = n.listen.WriteTo(b, from)
		}
	}
}

// answer is the address of this turn, if it is of the kind asked for.
func (n *names) answer(q dnsmessage.Question) dnsmessage.ResourceBody {
	n.mu.Lock()
	defer n.mu.Unlock()
	name := strings.ToLower(q.Name.String())
	list := n.turns[name]
	if len(list) == 0 {
		return nil
	}
	addr := list[min(n.asked[name], len(list)-1)]
	switch {
	case q.Type == dnsmessage.TypeA && addr.Is4():
		n.asked[name]++
		return &dnsmessage.AResource{A: addr.As4()}
	case q.Type == dnsmessage.TypeAAAA && !addr.Is4():
		n.asked[name]++
		return &dnsmessage.AAAAResource{AAAA: addr.As16()}
	}
	return nil
}

// TestReboundNameIsRefused looks a name up, as a check before the dial would, and is told
// a public address; the dial's own lookup is told an inner one.
func TestReboundNameIsRefused(t *testing.T) {
	for _, inner := range []string{
		"127.0.0.1", "10.0.0.8", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
		"::1", "::ffff:127.0.0.1", "::ffff:10.0.0.8", "::ffff:169.254.169.254", "fe80::1", "fd00::1", "64:ff9b::7f00:1", "2002:7f00:1::",
	} {
		t.Run(inner, func(t *testing.T) {
			const name = "rebound.example"
			public := "8.8.8.8"
			if !netip.MustParseAddr(inner).Is4() {
				public = "2001:4860:4860::8888"
			}
			n, resolver := serveNames(t, map[string][]string{name: {public, inner}})
			if found, err := resolver.LookupHost(t.Context(), name); err != nil || len(found) != 1 || found[0] != public {
				t.Fatalf("first lookup: %v, %v", found, err)
			}
			conn, err := dialer(false, resolver)(t.Context(), "tcp", name+":80")
			if err == nil {
				conn.Close()
			}
			if !errors.Is(err, archive.ErrRefused) || !strings.Contains(err.Error(), "allow_private_addresses") {
				t.Errorf("dial: %v, want a refusal", err)
			}
			n.mu.Lock()
			asked := n.asked[name+"."]
			n.mu.Unlock()
			if asked < 2 {
				t.Errorf("asked %d times", asked)
			}
		})
	}
}

// TestInnerAddressesHoweverWritten are refused when the address is read or when it is dialled.
func TestInnerAddressesHoweverWritten(t *testing.T) {
	_, resolver := serveNames(t, map[string][]string{"localhost.example": {"127.0.0.1"}})
	for _, raw := range []string{
		"http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://１２７.0.0.1/",
		"http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:a9fe:a9fe]/", "http://localhost.example/",
		"http://user@127.0.0.1/", `http:\\127.0.0.1\`, "http://127.0.0.1.:80/", "http://[fe80::1%25eth0]/",
	} {
		u, err := address(raw)
		if err != nil {
			continue // never asked for
		}
		port := u.Port()
		if port == "" {
			port = "80"
		}
		conn, err := dialer(false, resolver)(t.Context(), "tcp", net.JoinHostPort(u.Hostname(), port))
		if err == nil {
			conn.Close()
			t.Errorf("%s: connected to %s", raw, conn.RemoteAddr())
		} else if dns := new(net.DNSError); !errors.Is(err, archive.ErrRefused) && !errors.As(err, &dns) {
			t.Errorf("%s (%s): %v, want a refusal", raw, u.Host, err)
		}
	}
}

// TestRedirectToAnInnerAddress is refused at the dial even where the config lets the host
// be followed.
func TestRedirectToAnInnerAddress(t *testing.T) {
	s := newSite()
	s.fill("/nb/", 2023, 2021, 4)
	server := loopback(t, s)
	_, resolver := serveNames(t, map[string][]string{"inner.example": {"10.0.0.8"}})
	guarded := dialer(false, resolver)
	opt := options(func(ctx context.Context, network, addr string) (net.Conn, error) {
		if strings.HasPrefix(addr, "www.linjiang.example:") {
			var d net.Dialer
			return d.DialContext(ctx, network, server.Listener.Addr().String())
		}
		return guarded(ctx, network, addr)
	})
	titles := map[string]string{"/nb/name.html": "http://inner.example/admin", "/nb/mapped.html": "http://[::ffff:10.0.0.8]/admin", "/nb/plain.html": "http://169.254.169.254/latest/"}
	rows := []row{reportRow(2023)}
	for path, target := range titles {
		s.set(path, http.RedirectHandler(target, http.StatusFound).ServeHTTP)
		rows = append(rows, row{strings.TrimPrefix(path, "/nb/"), reportRow(2022).title, "2023-01-15"})
	}
	s.set("/nb/index.html", listPage("", rows...))
	src := at("linjiang-mzj", "www.linjiang.example")
	src.Also = []string{"inner.example", "[::ffff:10.0.0.8]", "169.254.169.254"}
	a := openArchive(t)
	got := mustCrawl(t, a, opt, src)[0]
	if got.Outcome != report.OutcomePartial || got.Failed != 3 || got.Fetched != 1 || !strings.Contains(got.Detail, "allow_private_addresses") {
		t.Errorf("%+v", got)
	}
	refused := 0
	for _, c := range captures(t, a, src.ID) {
		if c.Outcome == archive.OutcomeRefused {
			refused++
		}
	}
	if refused < 3 {
		t.Errorf("%d refusals archived, want one for each address", refused)
	}
}
