package portal

import (
	"html"
	"regexp"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	tags = regexp.MustCompile(`<[^>]{1,80}>`)
	// labelledTitle is a tooltip that holds the whole row: 标题：... 发布时间：...
	labelledTitle = regexp.MustCompile(`^(?:文章|信息)?标题\s*[:：]\s*(.+?)(?:\s*(?:作者|来源|发布时间|发布日期|发表时间|更新时间|点击数?|日期)\s*[:：].*)?$`)
	cutMark       = regexp.MustCompile(`\s*(?:\.{2,}|…+|。{2,})$`)
	bullets       = regexp.MustCompile(`^[·•●▪■◆◇▶►»›＞>\-—*\s]+`)
)

// titleOf is the title of a link: the text a browser shows, or the title attribute where
// that is the same title at greater length. A tooltip that says something else (在新窗口打开,
// the column's name) loses to the text.
func titleOf(a *xhtml.Node) string {
	shown := shownTitle(a)
	full := tidy(tags.ReplaceAllString(html.UnescapeString(attr(a, "title")), " "))
	if m := labelledTitle.FindStringSubmatch(full); m != nil {
		full = m[1]
	}
	if full == "" {
		return shown
	}
	stem := cutMark.ReplaceAllString(shown, "")
	switch bare := squeeze(full); {
	case shown == "":
		return full
	case stem != shown && stem != "" && strings.HasPrefix(bare, squeeze(stem)):
		return full
	case strings.Contains(bare, squeeze(shown)):
		return full
	case runes(full) >= 6 && strings.Contains(squeeze(shown), bare):
		return full // the text holds more than the title: a date, a mark, a summary
	}
	return shown
}

// squeeze drops all white space: text and attribute differ in it at random.
func squeeze(s string) string { return strings.ReplaceAll(tidy(s), " ", "") }

// shownTitle is the text of a link without the date it may hold: the heading inside it
// where there is one, else all texts but those that are only a date.
func shownTitle(a *xhtml.Node) string {
	if h := headingIn(a); h != nil {
		if t := textOf(h); t != "" {
			return bullets.ReplaceAllString(t, "")
		}
	}
	var parts, dates []string
	texts(a, func(t *xhtml.Node) bool {
		if s := tidy(t.Data); s != "" && t.Parent != a && dateLike(s) {
			dates = append(dates, s)
		} else {
			parts = append(parts, t.Data)
		}
		return true
	})
	title := tidy(strings.Join(parts, ""))
	if title == "" {
		title = tidy(strings.Join(dates, " ")) // a link named 2023年
	}
	if title == "" {
		title = imageText(a)
	}
	return bullets.ReplaceAllString(title, "")
}

// dateLike says whether a text is only a date or a part of one.
func dateLike(s string) bool {
	return dateAlone.MatchString(s) || yearMonth.MatchString(s) || monthAndDay(s) != nil || onlyDay.MatchString(s)
}

// headingIn is the first heading element below n.
func headingIn(n *xhtml.Node) *xhtml.Node {
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return d
		}
	}
	return nil
}

// imageText is the alternative text of the first image below n.
func imageText(n *xhtml.Node) string {
	for d := range n.Descendants() {
		if d.DataAtom == atom.Img {
			return tidy(attr(d, "alt"))
		}
	}
	return ""
}
