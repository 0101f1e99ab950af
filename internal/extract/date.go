package extract

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"crawl/internal/report"
)

// The kinds of places that state a publish date, best first; notPublish is
// stated but never the publish date.
const (
	byPublishLabel = iota // 发布时间, 发布日期
	byPlainLabel          // 时间, 日期
	byBareDate            // a date without a label, in the strip
	byMeta                // meta PubDate
	byOpenLabel           // 公开日期, 公示日期
	byTableLabel          // 生成日期, 发文日期
	byUpdateLabel         // 更新时间
	byList                // the listing's row
	byWeakLabel           // 生效日期, 创建时间: with a finding, and no lateness is reckoned from it
	byURL
	notPublish
)

var rankOfLabel = map[labelKind]int{
	publishLabel: byPublishLabel, plainLabel: byPlainLabel, tableLabel: byTableLabel, updateLabel: byUpdateLabel, weakLabel: byWeakLabel, otherDate: notPublish,
}

// dateMeta are the meta names of the publish date, lower case, best first.
var dateMeta = []string{"pubdate", "ext_pubdate", "publishdate", "article:published_time"}

// statedDate is a date with how far it can be trusted as the publish date.
type statedDate struct {
	report.Date
	rank  int
	above bool // it stands above the title
}

// order is the rank, but what the strip prints above the title comes after what it
// prints below it, whatever the label.
func (d statedDate) order() int {
	if d.rank > byBareDate || d.above {
		return d.rank + byBareDate + 1
	}
	return d.rank
}

// statedDates are all dates that strip, meta, sign-off, listing and URL state; the
// title stands on the strip's line titleLine, -1 for elsewhere.
// Dates in the body's prose are none of the page's.
func statedDates(p *Page, lines [][]field, titleLine int, h Hint) []statedDate {
	var dates []statedDate
	for i, fields := range lines {
		for _, f := range fields {
			for _, d := range fieldDates(f) {
				d.above = i < titleLine
				dates = append(dates, d)
			}
		}
	}
	for _, name := range dateMeta {
		if raw := strings.TrimSpace(p.Meta[name]); raw != "" {
			dates = append(dates, statedDate{Date: report.Date{Label: metaLabel(name), Raw: raw, Value: wholeDate(raw), Basis: "meta"}, rank: byMeta})
			break
		}
	}
	if s := signOff(p); s.date.Value != "" {
		dates = append(dates, statedDate{Date: s.date, rank: notPublish})
	}
	if raw := strings.TrimSpace(h.Date); raw != "" {
		dates = append(dates, statedDate{Date: report.Date{Label: "list", Raw: raw, Value: wholeDate(raw), Basis: "list"}, rank: byList})
	}
	if raw, value := urlDate(p.URL); value != "" {
		dates = append(dates, statedDate{Date: report.Date{Label: "url", Raw: raw, Value: value, Basis: "url"}, rank: byURL})
	}
	return dates
}

func metaLabel(name string) string {
	if name == "pubdate" {
		return "meta:PubDate"
	}
	return "meta:" + name
}

// wholeDate reads a string that begins with a date, "" if it does not.
func wholeDate(s string) string {
	value, _, _ := scanDate(foldLine(s).trim(" [(])"), 0)
	return value
}

// fieldDates reads the dates of one field: the one its label announces, or a
// bare one in text that no label claims.
func fieldDates(f field) []statedDate {
	switch {
	case f.isDate():
		start := f.value.skip(0, " [(-")
		value, end, ok := scanDate(f.value, start)
		basis := "strip"
		rank := rankOfLabel[f.kind]
		if f.kind == tableLabel || f.kind == weakLabel || f.kind == otherDate {
			basis = "table"
		}
		if rank == byTableLabel && (strings.HasPrefix(f.word, "公开") || strings.HasPrefix(f.word, "公示")) {
			rank = byOpenLabel
		}
		if ok {
			return []statedDate{{Date: report.Date{Label: f.label, Raw: f.value.slice(start, end).String(), Value: value, Basis: basis}, rank: rank}}
		}
		if !strings.ContainsAny(string(f.value.folded), "0123456789") {
			return nil
		}
		return []statedDate{{Date: report.Date{Label: f.label, Raw: f.value.String(), Basis: basis}, rank: rank}}
	case f.kind == noLabel, f.kind == sourceLabel, f.kind == personLabel, f.kind == controlLabel:
		return bareDates(f.value)
	case f.kind == viewsLabel: // a date without a label follows the count
		return append(gluedDates(f.value), bareDates(f.value)...)
	case f.kind == indexLabel:
		if f.value.len() == 0 {
			return nil
		}
		return append(gluedDates(f.value), bareDates(f.value.slice(1, f.value.len()))...)
	}
	return nil
}

// gluedDates finds dates that run into the number before them, so that nobody knows
// where the year begins.
func gluedDates(l line) []statedDate {
	text := string(l.folded)
	m := gluedDate.FindStringSubmatchIndex(text)
	if m == nil {
		return nil
	}
	raw := l.slice(runeIndex(text, m[0]), runeIndex(text, m[1])).String()
	return []statedDate{{Date: report.Date{Raw: raw, Basis: "strip"}, rank: byBareDate}}
}

var gluedDate = regexp.MustCompile(`[0-9]+20[0-9]{2}(?:-[01]?[0-9]-[0-3]?[0-9]|/[01]?[0-9]/[0-3]?[0-9]|\.[01]?[0-9]\.[0-3]?[0-9]|年[01]?[0-9]月[0-3]?[0-9]日)`)

// bareDates finds dates that stand alone in text: no border of a period, no
// clock (a weekday follows), not behind a label we do not know (审发时间：).
func bareDates(l line) []statedDate {
	var dates []statedDate
	for i := 0; i < l.len(); i++ {
		value, end, ok := scanDate(l, i)
		if !ok {
			continue
		}
		before, after := l.at(lastPrinted(l, i)), l.at(l.skip(end, " "))
		raw := strings.TrimSpace(l.slice(i, end).String())
		switch {
		case before == ':':
			if name := unknownLabel(l, lastPrinted(l, i)); name != "" {
				dates = append(dates, statedDate{Date: report.Date{Label: name, Raw: raw, Value: value, Basis: "strip"}, rank: notPublish})
			}
		case strings.ContainsRune("自从至到于在截止是为由", before), strings.ContainsRune("起至到止前后以的~星周", after), hasWeekday(raw):
		default:
			dates = append(dates, statedDate{Date: report.Date{Raw: raw, Value: value, Basis: "strip"}, rank: byBareDate})
		}
		i = end - 1
	}
	return dates
}

// lastPrinted is the index of the last rune before i that is no blank, -1 if none.
func lastPrinted(l line, i int) int {
	for i--; i >= 0 && l.at(i) == ' '; i-- {
	}
	return i
}

// unknownLabel is the word of Chinese characters directly before a colon, as printed.
func unknownLabel(l line, colon int) string {
	start := colon
	for start > 0 && isHan(l.at(start-1)) && colon-start < 10 {
		start--
	}
	return l.slice(start, colon).String()
}

func hasWeekday(raw string) bool {
	return strings.Contains(raw, "星期") || strings.Contains(raw, "周")
}

// published is the date that wins: by order, and among equals the first, unless a
// later one gives the time of the same day.
func published(dates []statedDate) report.Date {
	var best *statedDate
	for i := range dates {
		d := &dates[i]
		switch {
		case d.Value == "" || d.rank >= notPublish:
		case best == nil, d.order() < best.order(),
			d.rank == best.rank && d.Day() == best.Day() && len(d.Value) > len(best.Value):
			best = d
		}
	}
	if best == nil {
		return report.Date{}
	}
	return best.Date
}

// urlDates are the ways addresses carry the day a page was made.
var urlDates = []*regexp.Regexp{
	regexp.MustCompile(`/t((?:19|20)\d{2})(\d{2})(\d{2})_\d`),                     // /202401/t20240109_123.html
	regexp.MustCompile(`/(?:art/)?((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/`),         // /art/2024/1/9/
	regexp.MustCompile(`/((?:19|20)\d{2})(0[1-9]|1[0-2])/([0-3]\d)/`),             // /202401/09/
	regexp.MustCompile(`/((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})/`),                  // /2024-1-9/
	regexp.MustCompile(`/((?:19|20)\d{2})/(0[1-9]|1[0-2])-?([0-2]\d|3[01])/`),     // /2024/01-09/, /2024/0109/
	regexp.MustCompile(`/((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])/[^/]*\d`), // /20240109/123.html
}

// urlDate reads the day in an address.
func urlDate(address string) (raw, value string) {
	path, _, _ := strings.Cut(address, "?")
	for _, re := range urlDates {
		m := re.FindStringSubmatch(path)
		if m == nil {
			continue
		}
		if value, _, _ := scanDate(foldLine(m[1]+"-"+m[2]+"-"+m[3]), 0); value != "" {
			return strings.TrimRight(m[0], "/"), value
		}
	}
	return "", ""
}

// clockDay is the day a page's clock shows: a date alone on one of the lines above
// the title, of the day the page was fetched or the one before. "" if there is none.
func clockDay(above [][]field, r *report.Report) string {
	if r.FetchedAt.IsZero() {
		return ""
	}
	now := r.FetchedAt.In(beijing)
	for _, fields := range above {
		value, _, _ := scanDate(fields[0].value, 0)
		if len(fields) > 1 || len(value) < len(time.DateOnly) {
			continue
		}
		if day := value[:len(time.DateOnly)]; day == now.Format(time.DateOnly) || day == now.AddDate(0, 0, -1).Format(time.DateOnly) {
			return day
		}
	}
	return ""
}

// readingFindings reports dates that cannot be read, a publish date that had to be
// taken from a label of another meaning, and its lack.
func readingFindings(stated []statedDate, r *report.Report) {
	unreadable, of := false, "neither the page nor its listing nor its address states when it was published"
	for _, d := range stated {
		switch {
		case d.Value == "" && d.rank < byList:
			unreadable = true
			find(r, "date_unreadable", "published", report.NotTestable, "not read as a date: "+d.Label+" "+d.Raw)
		case d.Value != "":
			of = "no date stated is known to be the publish date: " + strings.TrimSpace(d.Label+" "+d.Raw)
		}
	}
	if r.Published.Value == "" && !unreadable {
		find(r, "date_missing", "published", report.NotTestable, of)
	}
	weak := func(d statedDate) bool { return d.rank == byWeakLabel && d.Value != "" && d.Date == r.Published }
	if slices.ContainsFunc(stated, weak) {
		find(r, "date_weak", "published", report.NotTestable, "the page names no publish date; "+r.Published.Label+" is taken")
	}
}

// dateFindings doubts a publish date that lies before the report year's last month or
// after the page was fetched, and a report that was there before that month.
func dateFindings(r *report.Report) {
	day := r.Published.Day()
	over := "" // when the report year is as good as over
	if r.Year > 0 {
		over = time.Date(r.Year, time.December, 1, 0, 0, 0, 0, beijing).Format(time.DateOnly)
	}
	doubt := func(format string, args ...any) {
		find(r, "date_implausible", "published", report.Fail, fmt.Sprintf(format, args...))
	}
	if day != "" && day < over {
		doubt("the publish date %s lies before the end of the year reported on", day)
	}
	if ahead(day, r) {
		doubt("the publish date %s lies after the day the page was fetched", day)
	}
	if fetched := fetchedDay(r); (day == "" || ahead(day, r)) && fetched != "" && fetched < over {
		doubt("the page was fetched on %s, before the end of the year reported on", fetched)
	}
}

// ahead says whether a day had not come when the page was fetched.
func ahead(day string, r *report.Report) bool {
	fetched := fetchedDay(r)
	return fetched != "" && day > fetched
}

// fetchedDay is the day in Beijing on which the page was fetched, "" if that is not known.
func fetchedDay(r *report.Report) string {
	if r.FetchedAt.IsZero() {
		return ""
	}
	return r.FetchedAt.In(beijing).Format(time.DateOnly)
}
