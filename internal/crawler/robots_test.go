package crawler

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestReadRobots(t *testing.T) {
	for _, tc := range []struct {
		name, body      string
		allowed, denied string // space separated paths
		delay           time.Duration
	}{
		{name: "empty", body: "", allowed: "/ /a"},
		{name: "all forbidden", body: "User-agent: *\nDisallow: /", denied: "/ /a"},
		{name: "all forbidden by an asterisk", body: "User-agent: *\nDisallow: *", denied: "/ /a"},
		{name: "nothing forbidden", body: "User-agent: *\nDisallow:", allowed: "/ /a"},
		{name: "longest match", body: "User-agent: *\nDisallow: /a\nAllow: /a/b", allowed: "/a/b/c /b", denied: "/a /a/c"},
		{name: "own group wins", body: "User-agent: *\nDisallow: /\n\nUser-agent: crawl\nDisallow: /x", allowed: "/a", denied: "/x"},
		{name: "own empty group wins", body: "User-agent: crawl\nDisallow:\n\nUser-agent: *\nDisallow: /", allowed: "/a"},
		{name: "another's group", body: "User-agent: Baiduspider\nDisallow: /", allowed: "/a"},
		{name: "query", body: "User-agent: *\nDisallow: /*?", allowed: "/a", denied: "/a?b=1"},
		{name: "end of path", body: "User-agent: *\nDisallow: /*.doc$", allowed: "/a.docx", denied: "/a.doc"},
		{name: "crawl-delay", body: "User-agent: *\nCrawl-delay: 2.5\nDisallow: /x", allowed: "/", denied: "/x", delay: 2500 * time.Millisecond},
		{name: "absurd crawl-delay", body: "User-agent: *\nCrawl-delay: 86400", delay: maxCrawlDelay, allowed: "/"},
		{name: "unreadable crawl-delay", body: "User-agent: *\nCrawl-delay: ten\nDisallow: /x", denied: "/x"},
		{name: "rule before any agent", body: "Disallow: /\nUser-agent: *\nDisallow: /x", allowed: "/", denied: "/x"},
		{name: "byte order mark, CR, comments", body: "\xef\xbb\xbfUser-agent: * # all\r\rDisallow: /x # this\r", allowed: "/", denied: "/x"},
		{name: "an error page", body: "<html><head><title>404: 页面不存在</title></head>\n<body style=\"a:b\">Allow: no</body></html>", allowed: "/ /a"},
		{name: "cut at the limit", body: "User-agent: *\nDisallow: /x\n" + strings.Repeat("#", maxRobots) + "\nDisallow: /y\n", allowed: "/y", denied: "/x"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r := readRobots([]byte(tc.body), "crawl/1.0 (+mailto:a@b.cn)")
			for want, paths := range map[bool]string{true: tc.allowed, false: tc.denied} {
				for path := range strings.FieldsSeq(paths) {
					u, err := url.Parse("http://a.cn" + path)
					if err != nil {
						t.Fatal(err)
					}
					if got := r.allows(u); got != want {
						t.Errorf("%s allowed: %v, want %v", path, got, want)
					}
				}
			}
			if r.delay != tc.delay {
				t.Errorf("delay %s, want %s", r.delay, tc.delay)
			}
		})
	}
}
