package demo_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/text/encoding/simplifiedchinese"

	"crawl/internal/demo"
)

type dialer func(ctx context.Context, network, addr string) (net.Conn, error)

// browser is a plain client of a province: no redirects, no transparent gunzip.
func browser(dial dialer) *http.Client {
	return &http.Client{
		Transport:     &http.Transport{DialContext: dial, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// province starts a province on loopback.
func province(t *testing.T, faults ...string) (*demo.Province, *http.Client) {
	t.Helper()
	p, err := demo.New(faults...)
	if err != nil {
		t.Fatal(err)
	}
	return p, serve(t, p)
}

func serve(t *testing.T, p *demo.Province) *http.Client {
	t.Helper()
	s, err := p.Listen()
	if err != nil {
		t.Fatal(err)
	}
	c := browser(s.Dial)
	t.Cleanup(func() {
		c.CloseIdleConnections()
		s.Close()
	})
	return c
}

// get fetches an address with header pairs; the body is raw.
func get(t *testing.T, c *http.Client, address string, header ...string) (*http.Response, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatalf("GET %s: %v", address, err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("GET %s: %v", address, err)
	}
	return resp, body
}

// read fetches a page and parses it; the one host that does is read as GB18030.
func read(t *testing.T, c *http.Client, address string) *goquery.Document {
	t.Helper()
	resp, body := get(t, c, address)
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s", address, resp.Status)
	}
	return parse(t, address, body)
}

func parse(t *testing.T, address string, body []byte) *goquery.Document {
	t.Helper()
	if strings.Contains(address, "baiyu") {
		var err error
		if body, err = simplifiedchinese.GB18030.NewDecoder().Bytes(body); err != nil {
			t.Fatal(err)
		}
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

var (
	createPage = regexp.MustCompile(`createPageHTML\((\d+), (\d+), "(\w+)", "(\w+)"\)`)
	nextLabel  = regexp.MustCompile(`^下一?页$`)
)

// walk follows a listing the way its family pages and returns the items' addresses
// in order, with their titles, and the number of pages.
func walk(t *testing.T, c *http.Client, first string) (items, titles []string, pages int) {
	t.Helper()
	for address := first; address != ""; pages++ {
		if pages > 50 {
			t.Fatalf("%s: paging does not end", first)
		}
		base, _ := url.Parse(address)
		doc := read(t, c, address)
		doc.Find(".list a").Each(func(_ int, a *goquery.Selection) {
			if a.Closest(".pages").Length() > 0 {
				return
			}
			u, err := base.Parse(a.AttrOr("href", ""))
			if err != nil {
				t.Fatal(err)
			}
			items = append(items, u.String())
			titles = append(titles, a.AttrOr("title", a.Text()))
		})
		address = next(t, base, doc)
	}
	return items, titles, pages
}

func next(t *testing.T, base *url.URL, doc *goquery.Document) string {
	t.Helper()
	ref := ""
	if m := createPage.FindStringSubmatch(doc.Find(".pages script").Text()); m != nil {
		total, _ := strconv.Atoi(m[1])
		current, _ := strconv.Atoi(m[2])
		if current+1 == total {
			return ""
		}
		n := current + 1
		if strings.Contains(base.Host, "qingtong") {
			n++ // the habit that counts from 1
		}
		ref = m[3] + "_" + strconv.Itoa(n) + "." + m[4]
	} else {
		ref = doc.Find(".pages a").FilterFunction(func(_ int, a *goquery.Selection) bool {
			return nextLabel.MatchString(a.Text())
		}).AttrOr("href", "")
		if ref == "" {
			return ""
		}
	}
	u, err := base.Parse(ref)
	if err != nil {
		t.Fatal(err)
	}
	return u.String()
}
