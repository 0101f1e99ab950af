package demo

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"net"
	"net/http"
	"path"
	"strings"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// ServeHTTP answers for the portal that the Host header names. For people with a
// browser a host www.linjiang.localhost stands for www.linjiang.example, a path
// /www.linjiang.example/... does so under any other host, and / lists the portals.
func (p *Province) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := hostname(r.Host)
	st := p.state.Load()
	v, ok := st.byHost[host]
	browsing := !ok
	if browsing {
		if v, r = visit(st, host, r); v == nil {
			p.index(w, r)
			return
		}
	}
	address := r.URL.RequestURI()
	x := &exchange{w: w, r: r, view: v, target: v.find(address), times: p.count(v.host, address)}
	x.grow = st.has("counter-grow", v.host, address)
	x.empty = st.has("empty-listing", v.host, address)
	x.render()
	if browsing && v.skin.gb18030 {
		x.contentType = "text/html; charset=gb18030" // so that people can read what the portal misdeclares
	}
	for _, f := range faultTable {
		if f.answer != nil && st.has(f.name, v.host, address) && f.answer(x) {
			return
		}
	}
	x.send()
}

func hostname(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		hostport = host
	}
	return strings.ToLower(hostport)
}

// exchange is one request and the answer that is being prepared for it.
type exchange struct {
	w http.ResponseWriter
	r *http.Request
	target
	view  *view
	times int // how often this address was asked for
	grow  bool
	empty bool

	status      int
	contentType string
	body        []byte
	etag        string    // "" for none
	modified    time.Time // zero for none
}

// isPage tells whether the answer is an HTML page of the listing or below it.
func (x *exchange) isPage() bool { return x.kind == listPage || x.kind == itemPage }

// find looks up an address; a folder stands for its index.
func (v *view) find(address string) target {
	if t, ok := v.routes[address]; ok {
		return t
	}
	if t, ok := v.routes[v.skin.listPath(0, v.pages)]; ok && strings.HasSuffix(address, "/") && address == folder(v.skin.listPath(0, v.pages)) {
		return t
	}
	// Half of the style sheets and scripts exist, as after many a relaunch.
	h := fnv.New32a()
	h.Write([]byte(address))
	switch path.Ext(address) {
	case ".css", ".js":
		if h.Sum32()%2 == 0 {
			return target{kind: assetPage}
		}
	}
	return target{}
}

func folder(address string) string { return address[:strings.LastIndex(address, "/")+1] }

// render prepares the answer as the portal means it.
func (x *exchange) render() {
	v, s := x.view, x.view.skin
	x.status, x.contentType = http.StatusOK, s.contentType
	var text string
	switch x.kind {
	case robotsPage:
		x.contentType = "text/plain"
		if s.robots == "" {
			x.missing()
			return
		}
		text = s.robots
	case homePage:
		text = v.home()
	case listPage:
		text = s.listing(v.listing(x.page, x.empty))
		x.modified = v.changed()
	case itemPage:
		text = s.article(v.site, x.entry)
		x.modified = x.entry.changed()
	case counterPage:
		n := x.entry.views
		if x.grow {
			n += x.times
		}
		x.contentType, text = "text/html", digits(n)
	case movedPage:
		x.status, x.contentType = http.StatusMovedPermanently, "text/html"
		x.w.Header().Set("Location", x.to)
	case assetPage:
		x.contentType = "text/css"
		if strings.HasSuffix(x.r.URL.Path, ".js") {
			x.contentType = "application/javascript"
		}
		text = "/* " + path.Base(x.r.URL.Path) + " */\n"
	default:
		x.missing()
		return
	}
	if s.validators && x.isPage() {
		sum := sha256.Sum256([]byte(text))
		x.etag = `"` + hex.EncodeToString(sum[:8]) + `"`
	} else {
		x.modified = time.Time{}
	}
	x.body = x.encode(strings.ReplaceAll(text, clockMark, today()))
}

// today is the header clock, the only thing here that reads the clock.
func today() string {
	t := time.Now().In(beijing)
	return fmt.Sprintf("%d年%d月%d日 星期%c", t.Year(), t.Month(), t.Day(), []rune("日一二三四五六")[t.Weekday()])
}

func (x *exchange) missing() {
	x.status, x.etag, x.modified = http.StatusNotFound, "", time.Time{}
	x.contentType = x.view.skin.contentType
	x.body = x.encode("<html><head><title>404 Not Found</title></head><body><h1>404</h1><p>您访问的页面不存在或已被删除！</p><a href=\"/\">返回首页</a></body></html>\n")
}

func (x *exchange) encode(text string) []byte {
	if !x.view.skin.gb18030 || x.kind == robotsPage {
		return []byte(text)
	}
	b, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		panic("demo: a page that GB18030 cannot hold: " + err.Error()) // it holds all of Unicode
	}
	return b
}

// listing is one page of what the portal lists.
func (v *view) listing(page int, empty bool) listing {
	if empty {
		return listing{site: v.site, pages: 1}
	}
	size := v.skin.pageSize
	from := min(page*size, len(v.entries))
	to := min(from+size, len(v.entries))
	return listing{site: v.site, page: page, pages: v.pages, total: len(v.entries), items: v.entries[from:to]}
}

// changed is when a page was last written.
func (e *entry) changed() time.Time {
	if e.touched {
		return e.published.AddDate(0, 0, 200)
	}
	return e.published
}

func (v *view) changed() time.Time {
	var last time.Time
	for _, e := range v.entries {
		if t := e.changed(); t.After(last) {
			last = t
		}
	}
	return last
}

// send sends the answer, compressed or as 304 where the portal does such things.
func (x *exchange) send() {
	h := x.w.Header()
	h.Set("Content-Type", x.contentType)
	h.Set("Server", "nginx")
	if x.etag != "" {
		h.Set("ETag", x.etag)
	}
	if x.view.skin.gzip {
		h.Set("Vary", "Accept-Encoding")
		if strings.Contains(x.r.Header.Get("Accept-Encoding"), "gzip") && x.isPage() {
			h.Set("Content-Encoding", "gzip")
			x.body = squeeze(x.body)
		}
	}
	if x.status != http.StatusOK {
		h.Set("Content-Length", digits(len(x.body)))
		x.w.WriteHeader(x.status)
		x.w.Write(x.body)
		return
	}
	http.ServeContent(x.w, x.r, "", x.modified, bytes.NewReader(x.body))
}

func squeeze(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(body)
	z.Close()
	return b.Bytes()
}
