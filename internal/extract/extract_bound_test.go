package extract

import (
	"errors"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// hostile are pages made to exhaust a reader, each of about size bytes.
var hostile = []struct {
	name string
	make func(size int) string
}{
	{"elements without end", func(n int) string { return strings.Repeat("<div>", n/5) }},
	{"fonts without end", func(n int) string { return strings.Repeat("<p><font color=red>收到申请", n/30) }},
	{"empty elements", func(n int) string { return strings.Repeat("<hr>", n/4) }},
	{"attributes", func(n int) string { return "<div " + strings.Repeat("a ", n/2) + ">" }},
	{"attributes that are kept", func(n int) string { return strings.Repeat("<p id=a class=b>", n/16) }},
	{"one long attribute", func(n int) string { return `<p id="` + strings.Repeat("x", n) + `">` }},
	{"text", func(n int) string { return strings.Repeat("政府信息公开", n/18) }},
	{"one line of digits", func(n int) string { return "<p>浏览次数：" + strings.Repeat("1", n) }},
	{"dates", func(n int) string { return "<p>" + strings.Repeat("2024-01-09 10:06 ", n/17) }},
	{"view labels", func(n int) string { return strings.Repeat("<p>浏览次数：", n/21) }},
	{"titles", func(n int) string {
		return strings.Repeat("<h1>某市2023年政府信息公开工作年度报告</h1>", n/60)
	}},
	{"headings", func(n int) string { return strings.Repeat("<p>一、总体情况</p>", n/25) }},
	{"links", func(n int) string { return strings.Repeat("<a href=/a.html>年报</a>", n/27) }},
	{"cells", func(n int) string { return "<table>" + strings.Repeat("<tr><td>1<td>2", n/14) }},
	{"one row of cells", func(n int) string { return "<table><tr>" + strings.Repeat("<td>1", n/5) }},
	{"label cells", func(n int) string {
		return "<table>" + strings.Repeat("<tr><td>（一）予以公开<td>1", n/40)
	}},
	{"spans", func(n int) string {
		return "<table>" + strings.Repeat("<tr><td rowspan=65534 colspan=1000>1", n/37)
	}},
	{"nested tables", func(n int) string { return strings.Repeat("<table><tr><td>1</td><td>", n/25) }},
	{"tables in cells", func(n int) string {
		return "<table>" + strings.Repeat("<tr><td><table><tr><td>规章<td>1</table><td>2", n/50)
	}},
	{"character references", func(n int) string { return "<p>" + strings.Repeat("&nbsp;&#20844;", n/14) }},
	{"comment without end", func(n int) string { return "<p>a<!--" + strings.Repeat("-", n) }},
	{"angle brackets", func(n int) string { return strings.Repeat("<", n) }},
	{"quotes", func(n int) string { return strings.Repeat(`<a b="`, n/6) }},
	{"lines of a text table", func(n int) string { return strings.Repeat("<br>1<br>规章", n/17) }},
	{"pipes", func(n int) string { return "<pre>" + strings.Repeat("|0|规章|\n", n/13) }},
	{"meta", func(n int) string { return strings.Repeat("<meta name=pubdate content=2024>", n/33) }},
	{"crumbs", func(n int) string {
		return "<div class=crumb>位置：" + strings.Repeat("首页 &gt; ", n/13) + "</div>"
	}},
}

// TestHugePages: pages of 8 MB that are made to exhaust a reader end in a report
// or a reason, with little memory alive at any time.
func TestHugePages(t *testing.T) {
	sizes := []int{8 << 20, 1 << 20} // the first are refused, by size or by tags
	switch {
	case os.Getenv("ROUNDTRIPS") != "": // a long run
		sizes = append(sizes, 5<<19, 400<<10)
	case raceDetector:
		sizes = []int{1 << 18}
	}
	defer debug.SetGCPercent(debug.SetGCPercent(20))
	for i := range hostile {
		for _, size := range sizes {
			readHostile(t, hostile[i].name, []byte(hostile[i].make(size)))
		}
	}
}

func readHostile(t *testing.T, name string, page []byte) {
	const limit = 64 << 20
	start := time.Now()
	peak := peakHeap(func() {
		_, err := Extract(exchange("http://www.example.gov.cn/a.html", page), Hint{})
		var no *NotReport
		if err != nil && !errors.As(err, &no) {
			t.Errorf("%s: %v", name, err)
		}
	})
	t.Logf("%-26s %d KB: %4d MB at the most, %v", name, len(page)>>10, peak>>20, time.Since(start).Round(time.Millisecond))
	if peak > limit {
		t.Errorf("%s: %d MB alive, more than %d", name, peak>>20, limit>>20)
	}
}

// peakHeap is the most that f adds to the heap, as seen every millisecond. What is
// garbage but not yet collected counts too.
func peakHeap(f func()) uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before := m.HeapAlloc
	var peak atomic.Uint64
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			peak.Store(max(peak.Load(), m.HeapAlloc))
			select {
			case <-tick.C:
			case <-stop:
				return
			}
		}
	}()
	f()
	close(stop)
	<-done
	if peak.Load() < before {
		return 0
	}
	return peak.Load() - before
}
