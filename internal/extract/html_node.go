package extract

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Elements that never become text: programs, alternatives for old browsers,
// controls, embedded media.
var silent = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Title: true,
	atom.Head: true, atom.Select: true, atom.Option: true, atom.Textarea: true, atom.Button: true,
	atom.Iframe: true, atom.Object: true, atom.Embed: true, atom.Audio: true, atom.Video: true,
	atom.Canvas: true, atom.Svg: true, atom.Math: true, atom.Datalist: true, atom.Noframes: true,
}

// Elements that begin and end a line. Unknown elements (ucapcontent, o:p) are inline.
var blocks = map[atom.Atom]bool{
	atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Body: true,
	atom.Caption: true, atom.Center: true, atom.Dd: true, atom.Details: true, atom.Dir: true, atom.Div: true,
	atom.Dl: true, atom.Dt: true, atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true,
	atom.Footer: true, atom.Form: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true,
	atom.H5: true, atom.H6: true, atom.Header: true, atom.Hr: true, atom.Li: true, atom.Main: true,
	atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true,
	atom.Th: true, atom.Thead: true, atom.Tr: true, atom.Ul: true, atom.Marquee: true,
}

// Elements that set their text off from the digits beside it (5², a struck-out
// number): the text is kept, a blank keeps the numbers apart.
var setOff = map[atom.Atom]bool{
	atom.Sup: true, atom.Sub: true, atom.Del: true, atom.S: true, atom.Strike: true, atom.Ins: true,
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// shown is false for elements that a browser does not display. The article of a WeChat
// page is hidden until a script has run.
func shown(n *html.Node) bool {
	if attr(n, "id") == "js_content" {
		return true
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return false
		case "style":
			if !hides(a.Val) {
				continue
			}
			style := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return false
			}
		}
	}
	return true
}

// hides says whether a style can hide its element: most only say how it looks.
func hides(style string) bool {
	style = lowerASCII(style)
	return strings.Contains(style, "none") || strings.Contains(style, "hidden")
}

// span is a rowspan or colspan, 1 where none is printed. As browsers do, it takes the
// digits at the front and lets go what follows them (3px).
func span(n *html.Node, key string) int {
	for _, a := range n.Attr {
		if a.Key != key {
			continue
		}
		s := strings.TrimLeft(a.Val, " \t\r\n\f+")
		end := 0
		for end < len(s) && s[end] >= '0' && s[end] <= '9' {
			end++
		}
		if v, err := strconv.Atoi(s[:end]); err == nil {
			return v
		}
		return 1
	}
	return 1
}

// flow collects text as lines: blocks and <br> break them, inline elements do not.
type flow struct {
	lines []string
	first string // of the line; nearly every cell is one piece of text, which need not be copied
	buf   strings.Builder
	image bool
	// In a cell of a table form controls show values; elsewhere they are for readers
	// to fill in.
	controls bool
	unfilled bool // a control shows what only a script knows
}

func (f *flow) flush() {
	line := f.first
	if f.buf.Len() > 0 {
		line = f.buf.String()
		f.buf.Reset()
	}
	f.first = ""
	if line = tidy(line); line != "" {
		f.lines = append(f.lines, line)
	}
}

func (f *flow) text(s string) {
	switch {
	case f.buf.Len() > 0:
		f.buf.WriteString(s)
	case f.first == "":
		f.first = s
	case s != "":
		f.buf.Grow(len(f.first) + len(s))
		f.buf.WriteString(f.first)
		f.buf.WriteString(s)
	}
}

func (f *flow) add(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		f.text(n.Data)
		return
	case html.ElementNode:
	default:
		return
	}
	switch {
	case f.controls && shown(n) && f.control(n), silent[n.DataAtom], !shown(n):
		return
	case n.DataAtom == atom.Br:
		f.flush()
		return
	case n.DataAtom == atom.Img:
		f.image = true
		return
	}
	block := blocks[n.DataAtom]
	if block {
		f.flush()
	} else if setOff[n.DataAtom] {
		f.text(" ")
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.add(c)
	}
	if block {
		f.flush()
	} else if setOff[n.DataAtom] {
		f.text(" ")
	}
}

// linesOf is the text of an element's content as lines.
func linesOf(n *html.Node) (lines []string, image bool) {
	var f flow
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.add(c)
	}
	f.flush()
	return f.lines, f.image
}

// cellLines is linesOf for a cell of a table. unfilled says that it holds a form
// control without a value.
func cellLines(n *html.Node) (lines []string, image, unfilled bool) {
	f := flow{controls: true}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		f.add(c)
	}
	f.flush()
	return f.lines, f.image, f.unfilled
}

// control writes what a form control shows; false for any other element.
func (f *flow) control(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Input:
		switch strings.ToLower(attr(n, "type")) {
		case "", "text", "number", "tel":
		default:
			return true // hidden, a button, a box to tick
		}
		value, printed := attr(n, "value"), slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "value" })
		f.unfilled = f.unfilled || !printed || strings.Contains(value, "{{")
		f.text(value)
	case atom.Textarea:
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			f.text(c.Data)
		}
	case atom.Select:
		var chosen *html.Node
		for o := range n.Descendants() {
			if o.DataAtom == atom.Option && (chosen == nil || slices.ContainsFunc(o.Attr, func(a html.Attribute) bool { return a.Key == "selected" })) {
				chosen = o
			}
		}
		if chosen != nil && chosen.FirstChild != nil {
			f.text(chosen.FirstChild.Data)
		}
	default:
		return false
	}
	return true
}

// joined is the text of an element on one line; lines are joined without a blank
// where a Chinese character stands beside the break.
func joined(n *html.Node) string {
	lines, _ := linesOf(n)
	return joinLines(lines)
}
