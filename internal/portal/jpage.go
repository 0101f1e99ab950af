package portal

import (
	"html"
	"regexp"
	"strconv"
	"strings"

	xhtml "golang.org/x/net/html"
)

// jpage is the list plugin of 大汉 (Hanweb), which TrueCMS uses as well. A page calls it
// with $('#id').jpage({...}): rows stand in the page as a store of records, further groups
// of rows are asked from a proxy and come as the same kind of store.

// jpage is one list of the plugin.
type jpage struct {
	id      string
	node    *xhtml.Node // the store's script or the list's container; nil if it has none
	records []string    // HTML of the rows in the page
	total   int         // rows of the whole list, -1 if not said
	perPage int         // rows a page, 0 if not said
	proxy   string      // address that answers with further rows, as written
	params  []param     // what it wants to know
	next    string      // address of the next group by the store itself, "" if it names none
}

var (
	jpageCall   = regexp.MustCompile(`(?:\$|jQuery)\(\s*['"]#([\w-]+)['"]\s*\)\s*\.jpage\(\s*\{`)
	ajaxLiteral = regexp.MustCompile(`\bajaxParam\s*:\s*(\{|[A-Za-z_$][\w$]*)`)
	storeName   = regexp.MustCompile(`\bdataStore\s*:\s*([A-Za-z_$][\w$]*)`)

	storeRecord = regexp.MustCompile(`(?is)<record\b[^>]*>\s*(?:<!\[CDATA\[(.*?)\]\]>|(.*?))\s*</record>`)
	storeTotal  = regexp.MustCompile(`(?i)<totalrecord>\s*(?:<!\[CDATA\[)?\s*(\d{1,7})`)
	storePages  = regexp.MustCompile(`(?i)<totalpage>\s*(?:<!\[CDATA\[)?\s*(\d{1,6})`)
	storeGroup  = regexp.MustCompile(`(?is)<nextgroup>(.*?)</nextgroup>`)
	hrefInGroup = regexp.MustCompile(`(?i)href\s*=\s*["']([^"']+)["']`)
)

// jpages are the page's lists: those whose store stands in the page and those that are
// only called.
func (p *Page) jpages() []jpage {
	var lists []jpage
	for _, n := range p.Doc.Find("script").Nodes {
		if text := scriptText(n); isStore(text) {
			j := p.store(text)
			j.node, j.id = n, idAround(n)
			lists = append(lists, j)
		}
	}
	code := p.liveCode()
	for _, m := range jpageCall.FindAllStringSubmatchIndex(code, -1) {
		id := code[m[2]:m[3]]
		at := -1
		for i := range lists {
			if lists[i].id == id {
				at = i
			}
		}
		if at < 0 {
			lists = append(lists, jpage{id: id, total: -1})
			at = len(lists) - 1
			if n := p.Doc.Find(`[id="` + id + `"]`).Nodes; len(n) > 0 {
				lists[at].node = n[0]
			}
		}
		lists[at].configure(objectAt(code, m[1]-1), code)
	}
	return lists
}

// configure takes what the plugin's call says: {totalRecord:.., perPage:.., ...}.
func (j *jpage) configure(literal, code string) {
	ms := members(literal)
	if n, err := strconv.Atoi(member(ms, "totalRecord")); err == nil {
		j.total = n
	}
	if n, err := strconv.Atoi(member(ms, "perPage")); err == nil {
		j.perPage = n
	}
	j.proxy = member(ms, "proxyUrl")
	if m := ajaxLiteral.FindStringSubmatchIndex(literal); m != nil {
		if name := literal[m[2]:m[3]]; name == "{" {
			j.params = members(objectAt(literal, m[2]))
		} else {
			j.params = members(variable(code, name, '{'))
		}
	}
	if m := storeName.FindStringSubmatch(literal); m != nil && len(j.records) == 0 {
		j.records = literals(variable(code, m[1], '['))
	}
}

// isStore says whether a text holds a store rather than script that builds one.
func isStore(text string) bool {
	text = strings.TrimSpace(strings.TrimPrefix(text, "\ufeff"))
	if strings.HasPrefix(text, "<?xml") {
		_, text, _ = strings.Cut(text, "?>")
	}
	return strings.HasPrefix(strings.ToLower(strings.TrimSpace(text)), "<datastore")
}

// store reads the text of a store.
func (p *Page) store(text string) jpage {
	j := jpage{total: -1}
	for _, m := range storeRecord.FindAllStringSubmatch(text, -1) {
		record := m[1]
		if record == "" {
			record = html.UnescapeString(m[2]) // escaped instead of wrapped
		}
		j.records = append(j.records, record)
	}
	if m := storeTotal.FindStringSubmatch(text); m != nil {
		j.total = number(m[1])
	}
	if m := storeGroup.FindStringSubmatch(text); m != nil {
		if m := hrefInGroup.FindStringSubmatch(m[1]); m != nil {
			j.next = p.resolve(strings.ReplaceAll(m[1], "&amp;", "&"))
		}
	}
	return j
}

// rows reads the records.
func (p *Page) rows(records []string) ([]row, error) {
	var rows []row
	for _, record := range records {
		r, err := p.recordRows(record)
		if err != nil {
			return nil, err
		}
		rows = append(rows, r...)
	}
	return rows, nil
}

func scriptText(n *xhtml.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(c.Data)
	}
	return b.String()
}

// idAround is the id of the nearest element around a node that has one.
func idAround(n *xhtml.Node) string {
	for n = n.Parent; n != nil; n = n.Parent {
		if id := attr(n, "id"); id != "" {
			return id
		}
	}
	return ""
}

// variable is the literal that is assigned to a variable and opens with the given
// bracket, "" if there is none.
func variable(code, name string, open byte) string {
	assigned := regexp.MustCompile(`(?:^|[^\w$.])` + regexp.QuoteMeta(name) + `\s*=\s*\` + string(open))
	if m := assigned.FindStringIndex(code); m != nil {
		return objectAt(code, m[1]-1)
	}
	return ""
}

// objectAt is the object or array literal that opens at an index, its brackets included;
// to the end of the code where none closes it.
func objectAt(code string, start int) string {
	depth := 0
	for i := start; i < len(code); {
		switch c := code[i]; c {
		case '"', '\'', '`':
			i += literalEnd(code[i:])
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return code[start : i+1]
			}
		}
		i++
	}
	return code[start:]
}

// literals are the string literals in code, decoded.
func literals(code string) []string {
	var out []string
	for i := 0; i < len(code); {
		if c := code[i]; c != '"' && c != '\'' {
			i++
			continue
		}
		n := literalEnd(code[i:])
		if n >= 2 {
			out = append(out, decoded(code[i+1:i+n-1]))
		}
		i += n
	}
	return out
}

var escape = regexp.MustCompile(`\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(?s:(.)))`)

// decoded resolves the escapes of a JavaScript string.
func decoded(s string) string {
	return escape.ReplaceAllStringFunc(s, func(e string) string {
		m := escape.FindStringSubmatch(e)
		if hex := m[1] + m[2]; hex != "" {
			n, _ := strconv.ParseUint(hex, 16, 32) // the expression allows nothing else
			return string(rune(n))
		}
		switch m[3] {
		case "n", "r", "t":
			return " "
		case "\n":
			return ""
		}
		return m[3]
	})
}
