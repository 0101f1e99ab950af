package portal

import (
	"regexp"
	"strings"
	"testing"
)

func TestDecide(t *testing.T) {
	own := []string{"www.qinghe.example"}
	for _, c := range []struct {
		column, title, url string
		rule               Rule
		follow             bool
		reason             string // a part of it
	}{
		{"通知公告", "清河市民政局2023年度政府信息公开工作报告", "http://www.qinghe.example/1.html", Rule{Hosts: own}, true, "names an annual report"},
		{"通知公告", "2023年政府信息公开年报", "http://www.qinghe.example/1.html", Rule{Hosts: own}, true, "names an annual report"},
		{"通知公告", "关于印发防汛预案的通知", "http://www.qinghe.example/1.html", Rule{Hosts: own}, false, "names no annual report"},
		{"通知公告", "关于做好2023年政府信息公开工作年度报告编制工作的通知", "http://www.qinghe.example/1.html", Rule{Hosts: own}, true, ""},
		{"政府信息公开年报", "市民政局", "http://www.qinghe.example/1.html", Rule{Hosts: own}, true, "column 政府信息公开年报"},
		{"年度报告 2023年", "一图读懂", "http://www.qinghe.example/1.html", Rule{Hosts: own}, true, "column"},
		{"政府信息公开年报", "2023年年报", "http://other.example/1.html", Rule{Hosts: own}, false, "off-host: other.example"},
		{"政府信息公开年报", "2023年年报", "http://WWW.qinghe.example:8080/1.html", Rule{Hosts: own}, true, "column"},
		{"政府信息公开年报", "2023年年报", "http://app.qinghe.example/1.html", Rule{Hosts: append(own, "app.qinghe.example")}, true, "column"},
		{"政府信息公开年报", "市民政局年报", "http://www.qinghe.example/1.html", Rule{Hosts: own, Match: regexp.MustCompile(`财政`)}, false, "does not match 财政"},
		{"通知公告", "财政局工作总结", "http://www.qinghe.example/1.html", Rule{Hosts: own, Match: regexp.MustCompile(`财政`)}, true, "source's rule"},
		{"政府信息公开年报", "x", "", Rule{}, false, "no address"},
	} {
		follow, reason := c.rule.Decide(Listing{Column: c.column}, Item{URL: c.url, Title: c.title})
		if follow != c.follow || !strings.Contains(reason, c.reason) || reason == "" {
			t.Errorf("%s / %s: %v, %q", c.column, c.title, follow, reason)
		}
	}
}
