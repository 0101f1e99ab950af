package crawler

import (
	"bufio"
	"bytes"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/temoto/robotstxt"
)

// maxRobots is how much of a robots.txt is read: RFC 9309 asks for at least 500 KiB.
const maxRobots = 512 << 10

// maxCrawlDelay caps a crawl-delay. Files ask for hours by mistake (milliseconds
// taken for seconds); a minute between two requests is gentle to any host.
const maxCrawlDelay = time.Minute

// rules are what one robots.txt asks of us.
type rules struct {
	group *robotstxt.Group // nil: nothing is forbidden
	delay time.Duration    // crawl-delay, 0 for none
}

// readRobots reads a robots.txt for an agent, of whose name only the product token
// counts. No content is an error: what is not understood forbids nothing (RFC 9309, 2.2).
func readRobots(body []byte, userAgent string) rules {
	data, err := robotstxt.FromBytes(understood(body[:min(len(body), maxRobots)]))
	if err != nil {
		return rules{}
	}
	token, _, _ := strings.Cut(userAgent, "/")
	token, _, _ = strings.Cut(token, " ")
	group := data.FindGroup(token)
	return rules{group: group, delay: min(group.CrawlDelay, maxCrawlDelay)}
}

// allows says whether the address may be asked for.
func (r rules) allows(u *url.URL) bool {
	if r.group == nil {
		return true
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return r.group.Test(path)
}

// understood keeps the lines of a robots.txt that the robotstxt module reads rightly.
// The module gives the whole file up over one bad line, glues an empty group to the
// next one and takes `Disallow: *` for no rule; portals answer with all three, and
// with their HTML error page under status 200.
func understood(body []byte) []byte {
	var out bytes.Buffer
	inGroup := false
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	lines.Buffer(nil, maxRobots+1)
	lines.Split(scanAnyLine)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent", "useragent":
			inGroup = true
		case "allow":
			if value == "" {
				continue
			}
		case "disallow":
			switch value {
			case "":
				key, value = "allow", "/"
			case "*":
				value = "/"
			}
		case "crawl-delay", "crawldelay":
			seconds, err := strconv.ParseFloat(value, 64)
			if err != nil || seconds < 0 || math.IsNaN(seconds) {
				continue
			}
			value = strconv.FormatFloat(min(seconds, maxCrawlDelay.Seconds()), 'f', -1, 64)
		default:
			continue
		}
		if first := strings.Fields(value); inGroup && len(first) > 0 {
			out.WriteString(key + ": " + first[0] + "\n")
		}
	}
	return out.Bytes()
}

// scanAnyLine splits at LF, CR or both.
func scanAnyLine(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if i := bytes.IndexAny(data, "\r\n"); i >= 0 {
		return i + 1, data[:i], nil
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}
