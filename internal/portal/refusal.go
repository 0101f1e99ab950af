package portal

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

var (
	// wallStatus are the statuses walls answer with. Marks of a wall under one of them are
	// a refusal whatever the text. 455 and 461 are known from one public source each, 567 is
	// hearsay.
	wallStatus = []int{202, 403, 405, 412, 418, 455, 461, 468, 493, 521, 567}
	// ownStatus are those that no portal gives to a GET: there, what says that the host
	// stands behind a wall says which wall it was.
	ownStatus = []int{405, 412, 418, 493, 521}
	// bareStatus are those that are a wall's even without any mark.
	bareStatus = []int{412, 493, 521}
)

// Sizes, in visible characters, from which on a page is no wall's own unless its status
// says so.
const (
	wordyText = 400 // whatever it says
	thinText  = 200 // whatever code it holds
	tersely   = 120 // whatever it says without addressing the reader, as walls do and articles do not
)

var addressed = regexp.MustCompile(`(?i)[您你]|\byour?\b`)

// answer is what a page shows of the one who gave it.
type answer struct {
	page    *Page
	headers string // as "Name: value" lines
	says    string // title and text without rows
	length  int    // characters of visible text
	walled  bool   // the status is one of walls
	own     bool   // the page may be a wall's own: short, without anything of a portal
	worded  bool   // its words count
	silent  bool   // besides, it shows nothing and has no place to show anything
	alien   bool   // the status is none of a portal
}

// Refusal says whether a page is the answer of a wall in front of the portal rather than
// the portal's: a signature, and either a short text without anything of a portal (an
// article's date, rows, a report's title) or a status that walls answer with. name is the
// kind of wall, "" for no refusal. Kinds that name no product are geo, banned, captcha,
// firewall, script (a page that only sets a cookie and loads itself again), unknown (a
// status of walls without a mark) and forbidden: a 403, or words like it, without the
// marks of a wall, which may be about this page only. Every other kind is about the host.
func Refusal(p *Page) (name, evidence string) {
	status := p.Capture.Status
	a := answer{page: p, walled: slices.Contains(wallStatus, status)}
	text := p.visible()
	a.length = runes(squeeze(text))
	if !a.walled && a.length >= wordyText {
		return "", ""
	}
	a.headers = headerLines(p.Header)
	a.says = p.pageTitle() + " " + p.said()
	a.own = !p.whole(text, a.says) && !p.hasRows()
	a.worded = a.walled || a.own && (a.length < tersely || addressed.MatchString(a.says))
	a.silent = a.own && p.silent(text)
	a.alien = slices.Contains(ownStatus, status) && p.Capture.Method != http.MethodPost

	facts := fmt.Sprintf("status %d, %d characters of text", status, a.length)
	host, sign := behind(a.headers)
	refusal := func(name, mark string) (string, string) {
		evidence := facts
		if host != "" && host != name {
			evidence = fmt.Sprintf("behind %s: %s; %s", host, sign, facts)
		}
		if mark != "" {
			evidence = cut(mark) + "; " + evidence
		}
		return name, evidence
	}
	for _, w := range walls {
		if mark := w.mark(a); mark != "" {
			return refusal(w.name, mark)
		}
	}
	words := ""
	if a.worded {
		words = refusedWords.FindString(a.says)
	}
	switch {
	case words != "", status == http.StatusForbidden:
		return refusal(bare, words)
	case slices.Contains(bareStatus, status):
		return refusal("unknown", "")
	}
	return "", ""
}

// bare is the name of a refusal without the marks of a wall, refusedWords the words of one.
const bare = "forbidden"

var refusedWords = marks(`拒绝访问|禁止访问|访问(?:已)?被?(?:拒绝|禁止)|Access (?:is )?Denied|403 Forbidden`)

// behind is the product whose signs the headers bear, and the first of them. The signs
// are on whole pages too.
func behind(headers string) (name, sign string) {
	for _, w := range walls {
		if w.headers == nil {
			continue
		}
		if sign := w.headers.FindString(headers); sign != "" {
			return w.name, sign
		}
	}
	return "", ""
}

// mark is the first mark of the wall that makes the answer its own, "" for none.
func (w wall) mark(a answer) string {
	for _, m := range []struct {
		counts bool
		in     string
		marks  *regexp.Regexp
	}{
		{a.walled || a.own && a.length < thinText, a.page.Text, w.code},
		{a.worded, a.says, w.words},
		{a.walled || a.silent, a.page.Text, w.seam},
		{a.alien || w.blanks && a.silent && a.length == 0, a.headers, w.headers},
	} {
		if !m.counts || m.marks == nil {
			continue
		}
		if mark := m.marks.FindString(m.in); mark != "" {
			return mark
		}
	}
	return ""
}

// headerLines are the headers as "Name: value" lines, sorted, so that evidence is stable.
func headerLines(h http.Header) string {
	var lines []string
	for name, values := range h {
		for _, v := range values {
			lines = append(lines, name+": "+v)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
