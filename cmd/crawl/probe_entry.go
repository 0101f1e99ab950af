package main

import (
	"cmp"
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"crawl/internal/portal"
	"crawl/internal/report"
)

// makeEntry is the config entry of the listing found.
func (g *probed) makeEntry(taken []report.Source) sourceEntry {
	e := sourceEntry{ID: g.target.id, Name: g.target.name, URL: g.first.page.URL.String(), Adapter: "auto", Region: g.target.region, Also: g.otherHosts()}
	if e.ID == "" {
		e.ID = freeID(sourceIDOf(e.URL), taken)
	}
	if g.report != nil && g.oneOrgan() { // of several organs the first says nothing about the portal
		_, name, _ := strings.Cut(g.report.AgencyID, "/")
		e.Name = cmp.Or(e.Name, name, g.report.Agency)
		if e.Region == "" && slices.Contains([]string{"name", "body", "signoff"}, g.report.RegionBasis) {
			e.Region = g.report.RegionCode
		}
	}
	e.Name = cmp.Or(e.Name, portal.SiteName(g.first.page))
	e.Note = fmt.Sprintf("probed %s: family %s, %d rows on %d pages", time.Now().Format(time.DateOnly), g.first.adapter.Name, len(g.rows), len(g.read))
	if !g.ended {
		e.Note += " of more"
	}
	if g.first.pinned {
		e.Adapter = g.first.adapter.Name
	}
	return e
}

// oneOrgan says whether the rows that are followed differ in nothing but the year.
func (g *probed) oneOrgan() bool {
	var title string
	for _, row := range g.rows {
		bare := strings.Map(func(r rune) rune {
			if strings.ContainsRune("0123456789〇○零一二三四五六七八九十 ", r) {
				return -1
			}
			return r
		}, row.Title)
		switch {
		case !row.follow:
		case title == "":
			title = bare
		case title != bare:
			return false
		}
	}
	return title != ""
}

// otherHosts are hosts of the same domain to which rows that name annual reports lead.
func (g *probed) otherHosts() []string {
	var hosts []string
	own := g.first.page.URL.Hostname()
	for _, row := range g.rows {
		u, err := url.Parse(row.URL)
		if err != nil || row.follow || u.Hostname() == own || domain(u.Hostname()) != domain(own) || slices.Contains(hosts, u.Host) {
			continue
		}
		if ok, _ := (portal.Rule{}).Decide(*g.listing, row.Item); ok {
			hosts = append(hosts, u.Host)
		}
	}
	return hosts
}

// yaml is the entry as config.yaml has them, indented by the columns of its dash.
func (e sourceEntry) yaml(indent string) string {
	var b strings.Builder
	mark := indent + "- "
	line := func(key, value string) {
		fmt.Fprintf(&b, "%s%s: %s\n", mark, key, value)
		mark = indent + "  "
	}
	line("id", scalar(e.ID))
	if e.Name != "" {
		line("name", scalar(e.Name))
	}
	line("url", scalar(e.URL))
	line("adapter", scalar(e.Adapter))
	if len(e.Also) > 0 {
		line("also", "["+strings.Join(e.Also, ", ")+"]")
	}
	if e.Region != "" {
		line("region", `"`+e.Region+`"`)
	}
	if e.Note != "" {
		line("note", scalar(e.Note))
	}
	return b.String()
}

// scalar writes a string as YAML, quoted where it must be.
func scalar(s string) string {
	out, err := yaml.Marshal(strings.Join(strings.Fields(s), " "))
	if err != nil {
		return fmt.Sprintf("%q", s)
	}
	return strings.TrimSpace(string(out))
}

var (
	genericHost = regexp.MustCompile(`^(?:www\d*|zwgk|xxgk|zfxxgk|app|web|portal|wz|m|wap)$`)
	// genericFolder is a folder that says what kind of column it is, or only its number.
	genericFolder = regexp.MustCompile(`^(?:zwgk|xxgk|zfxx\w*|fdzdgk\w*|gk\w*|xxgk\w*|zwgk\w*|\w*nb|\w*ndbg|\w*dbg|n?nianbao|html|web|site|sites|portal|public|column|col|info|list|channel|art|content|bm|zfbm|szfbm|zf?z?cbm|zfgzbm|bmxxgk|module|gkmlpt|openness|dynamic|cms|jcms|main|pub|api|all|index|default|[a-z]{0,4}\d[\d_]*n?)$`)
	columnNumber  = regexp.MustCompile(`_\d+$`)
	notID         = regexp.MustCompile(`[^a-z0-9]+`)
)

// sourceIDOf makes an id of a listing's address: the domain's name, then the organ's, from
// its own host or the innermost folder that is no column's.
func sourceIDOf(address string) string {
	id := hostID(address)
	u, err := url.Parse(address)
	if err != nil || strings.Contains(id, "-") {
		return id
	}
	segments := strings.Split(strings.ToLower(u.Path), "/")
	for _, s := range slices.Backward(segments[:len(segments)-1]) {
		s = columnNumber.ReplaceAllString(s, "")
		if s = strings.Trim(notID.ReplaceAllString(s, "-"), "-"); s != "" && len(s) <= 24 && !genericFolder.MatchString(s) {
			return id + "-" + s
		}
	}
	return id
}

// hostID is an id for a host: yueyang-mzj of mzj.yueyang.gov.cn. It is "" for what is no
// http or https address.
func hostID(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if net.ParseIP(host) != nil {
		return "host-" + strings.Trim(notID.ReplaceAllString(u.Host, "-"), "-")
	}
	own := domain(host)
	name, suffix, _ := strings.Cut(own, ".")
	if genericHost.MatchString(name) { // www.gov.cn
		name, _, _ = strings.Cut(suffix, ".")
	}
	parts := []string{name}
	labels := strings.Split(strings.TrimSuffix(strings.TrimSuffix(host, own), "."), ".")
	for _, label := range slices.Backward(labels) {
		if label != "" && !genericHost.MatchString(label) {
			parts = append(parts, label)
		}
	}
	return strings.Trim(notID.ReplaceAllString(strings.Join(parts, "-"), "-"), "-")
}

// longestID leaves room for a number, or a word before it, in the 64 characters of an id.
const longestID = 56

// freeID is an id that no source has yet.
func freeID(id string, taken []report.Source) string {
	id = id[:min(len(id), longestID)]
	next := id
	for n := 2; slices.ContainsFunc(taken, func(s report.Source) bool { return s.ID == next }); n++ {
		next = fmt.Sprintf("%s-%d", id, n)
	}
	return next
}

// entryOf is the config entry of a source made by makeEntry.
func entryOf(src report.Source) sourceEntry {
	return sourceEntry{ID: src.ID, Name: src.Name, URL: src.URL, Adapter: src.Adapter, Also: src.Also, Region: src.Region, Note: src.Note}
}
