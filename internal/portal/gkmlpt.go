package portal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// Guangdong's directories of disclosure (政府信息公开目录, /gkmlpt/), one an organ.
//
// Recognised by: window._CONFIG with a SID on a page below /gkmlpt/, or an address of the
// list endpoint below /gkmlpt/api/.
//
// Pages by: /gkmlpt/api/all/{column}?page=n&sid=SID, for the column of annual reports that
// _CONFIG.TREE names.
//
// Counts by: none known.
//
// Assumptions:
//   - The page has no rows. _CONFIG.TREE names the columns; that of the annual reports is
//     found by name: 信息公开 with 年报 or 年度报告, else the bare words. None, several, or one
//     that lies elsewhere (jump_url) is a PagingError that gives the addresses: any of them
//     can be the source's listing. The part after # in an address, which names a column to
//     the browser, never reaches the portal and is not used.
//   - The rows are at {unit}/gkmlpt/api/all/{column}?page=n&sid=SID, 100 a page; page 0 is page 1.
//     total counts what the endpoint lists; classify.post_count counts more, and is not used.
//   - offset is the number of rows before the page. A page that does not start at a multiple
//     of the page before it, of another column, or empty before total is reached is a
//     PagingError.
//   - Answers without total (an older version) go on as long as they have 100 rows.
//   - A row's date is create_time, which the portal shows as 发布日期; date, the day a
//     document was drawn up, is not used.

// gkmlpt is the adapter for Guangdong's directories of disclosure.
func gkmlpt() Adapter {
	return Adapter{
		Name:   "gkmlpt",
		Detect: detectGkmlpt,
		List: func(p *Page) (Listing, error) {
			if strings.Contains(p.URL.Path, "/gkmlpt/api/") {
				return gkmlptRows(p)
			}
			return gkmlptDirectory(p)
		},
		Views: views,
		Count: Count,
		Files: gkmlptFiles,
	}
}

var (
	gkmlptSID    = regexp.MustCompile(`\bSID["']?\s*:\s*["']?(\d{1,9})`)
	gkmlptTree   = regexp.MustCompile(`\bTREE["']?\s*:\s*\[`)
	gkmlptDetail = regexp.MustCompile(`\bDETAIL["']?\s*:\s*\{`)
	gkmlptColumn = regexp.MustCompile(`/api/\w+/(\d+)$`)
	reportColumn = regexp.MustCompile(`信息公开.{0,6}(?:年报|年度.{0,4}报告)`)
	bareColumn   = regexp.MustCompile(`^(?:历年|本?单位|本?机关|部门|年度)*(?:年报|年度报告|年度工作报告)$`)
)

func detectGkmlpt(p *Page) string {
	_, after, found := strings.Cut(p.URL.Path, "/gkmlpt/")
	switch {
	case !found:
		return ""
	case strings.HasPrefix(after, "api/"):
		return "endpoint " + p.URL.Path
	case strings.Contains(p.liveCode(), "_CONFIG"):
		return gkmlptSID.FindString(p.liveCode())
	}
	return ""
}

// column is a node of TREE.
type column struct {
	ID       whole
	Name     string
	JumpURL  string `json:"jump_url"` // where the column is if not in the directory
	Children []column
}

// gkmlptDirectory asks the endpoint for the column of annual reports.
func gkmlptDirectory(p *Page) (Listing, error) {
	l := Listing{Total: -1, Pages: -1}
	fail := func(format string, args ...any) (Listing, error) {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf(format, args...)}
	}
	code := p.liveCode()
	sid, at := gkmlptSID.FindStringSubmatch(code), gkmlptTree.FindStringIndex(code)
	if sid == nil || at == nil {
		return fail("_CONFIG has no SID or no TREE")
	}
	var tree []column
	if err := json.NewDecoder(strings.NewReader(code[at[1]-1:])).Decode(&tree); err != nil {
		return fail("_CONFIG.TREE cannot be read: %v", err)
	}
	unit, _, _ := strings.Cut(p.URL.Path, "/gkmlpt/")
	address := func(c column) string {
		return cmp.Or(c.JumpURL, p.resolve(fmt.Sprintf("%s/gkmlpt/api/all/%d?page=1&sid=%s", unit, c.ID, sid[1])))
	}
	found := leaves(tree, reportColumn, false)
	if len(found) == 0 {
		found = leaves(tree, bareColumn, false)
	}
	switch {
	case len(found) == 0:
		return fail("TREE has no column of annual reports of disclosure")
	case len(found) > 1:
		var all []string
		for _, c := range found {
			all = append(all, c.Name+" "+address(c))
		}
		return fail("TREE has %d columns of annual reports, one source each: %s", len(found), strings.Join(all, ", "))
	case found[0].JumpURL != "":
		return fail("the column %s is not in the directory but at %s", found[0].Name, found[0].JumpURL)
	}
	r, _ := p.ask(http.MethodGet, address(found[0]), "")
	l.Column, l.Next = found[0].Name, []Request{r}
	return l, nil
}

// leaves are the columns without children whose name, or the name of a column above, fits.
func leaves(tree []column, name *regexp.Regexp, above bool) []column {
	var out []column
	for _, c := range tree {
		fits := above || name.MatchString(c.Name)
		if len(c.Children) > 0 {
			out = append(out, leaves(c.Children, name, fits)...)
		} else if fits {
			out = append(out, c)
		}
	}
	return out
}

// gkmlptPage is the number of rows of a full answer, where it does not tell its offset.
const gkmlptPage = 100

// gkmlptRows reads an answer of the endpoint.
func gkmlptRows(p *Page) (Listing, error) {
	l := Listing{Total: -1, Pages: -1}
	fail := func(format string, args ...any) (Listing, error) {
		return l, &PagingError{URL: p.URL.String(), Evidence: fmt.Sprintf(format, args...)}
	}
	var a struct {
		Classify *struct {
			ID   whole
			Name string
		}
		Total, Offset *whole
		Articles      []struct {
			Title, URL string
			PostURL    string `json:"post_url"`
			Created    day    `json:"create_time"`
			Shown      day    `json:"display_publish_time"`
			Published  day    `json:"publish_time"`
			First      day    `json:"first_publish_time"`
		}
	}
	if err := p.answer(&a); err != nil {
		return l, err
	}
	if a.Classify == nil {
		return fail("the answer has no classify: %s", cut(p.Text))
	}
	l.Column = tidy(a.Classify.Name)
	if m := gkmlptColumn.FindStringSubmatch(p.URL.Path); m != nil && number(m[1]) > 0 && a.Classify.ID > 0 && number(m[1]) != int(a.Classify.ID) {
		return fail("column %s was asked for, the answer is of %d %s", m[1], a.Classify.ID, l.Column)
	}
	var rows []row
	for _, it := range a.Articles {
		date := string(cmp.Or(it.Created, it.Shown, it.Published, it.First))
		if address := p.resolve(cmp.Or(it.URL, it.PostURL)); address != "" {
			rows = append(rows, row{items: []Item{{URL: address, Title: plainTitle(it.Title), Date: date}}})
		}
	}
	l.Items = merged(rows)

	page, got := max(queryNumber(p.URL.RawQuery, "page"), 1), len(a.Articles)
	before := (page - 1) * gkmlptPage
	if a.Offset != nil {
		before = int(*a.Offset)
	}
	more := got >= gkmlptPage
	if a.Total != nil {
		l.Total = int(*a.Total)
		more = before+got < l.Total
	}
	switch {
	case (before == 0) != (page == 1), page > 1 && before%(page-1) != 0:
		return fail("page %d was asked for, the answer starts after row %d", page, before)
	case !more:
		return l, nil
	case got == 0:
		return fail("page %d is empty, %d of %d rows were before it", page, before, l.Total)
	}
	r, _ := p.ask(http.MethodGet, withParam(p.URL, "page", fmt.Sprint(page+1)), "")
	l.Next = []Request{r}
	return l, nil
}

// gkmlptFiles are the attachments of an article: those the page links to, and those of
// _CONFIG.DETAIL, from which the page's script builds the text.
func gkmlptFiles(p *Page) []Item {
	found := []row{{items: files(p)}}
	at := gkmlptDetail.FindStringIndex(p.liveCode())
	if at == nil {
		return found[0].items
	}
	var detail struct {
		Content    string
		Attachment []struct{ Name, URL string }
	}
	if err := json.NewDecoder(strings.NewReader(p.liveCode()[at[1]-1:])).Decode(&detail); err != nil {
		return found[0].items // the text itself is then unreadable too, which extracting it says
	}
	if text, err := parse(p.URL.String(), detail.Content); err == nil {
		found = append(found, row{items: files(text)})
	}
	for _, f := range detail.Attachment {
		if address := p.resolve(f.URL); address != "" {
			found = append(found, row{items: []Item{{URL: address, Title: tidy(f.Name)}}})
		}
	}
	return merged(found)
}
