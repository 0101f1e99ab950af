package extract

import (
	"strings"

	"golang.org/x/net/html"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// Evidence is one archived page read again, together with its report, so that
// every value can be shown where it was printed. Nothing of it is stored: it is
// recomputed from the archived bytes.
type Evidence struct {
	Report *report.Report
	page   *Page
	hint   Hint
	nodes  map[int][]*html.Node // of HTML: the elements of each table's cells, in the order of Grid.Cells
	grids  map[int]*Grid
	placed []placedCell
	taken  map[report.Place]bool // places of value cells
}

// CellEvidence says where a cell was printed, and how. Table, Row and Col count
// from 1, spans included, as a person counts who looks at the page.
type CellEvidence struct {
	Place   string // t3.granted.total
	LabelZH string // row and column as the codebook calls them
	Raw     string // as printed
	State   report.State
	Value   *float64 // nil unless State is report.Number

	// Table is the table's number on the page, hidden and layout tables included; 0
	// when the value was not printed in a table. Col is 0 when the row is known, but
	// not which of its cells this one is: State is then report.Unparsed or report.Absent.
	Table, Row, Col  int
	RowSpan, ColSpan int
	RowLabel         string    // the row's labels as printed, the outermost first, joined by " / "
	ColumnHead       string    // the column's labels as printed, the uppermost first, joined by " / "
	Printed          []RowCell // the row as printed, from left to right
	// Path is a CSS selector of the cell's element in the archived HTML, "" if there
	// is none.
	Path string
}

// RowCell is one printed cell of a row; one that reaches down from a row above
// is part of the row.
type RowCell struct {
	Text string
	Col  int  // from 1
	Here bool // the cell asked for
}

// EvidenceOf reads a page as Extract does and keeps what is needed to show where
// its values stand. Its errors are those of Extract.
func EvidenceOf(ex *archive.Exchange, h Hint) (*Evidence, error) {
	p, err := pageOf(ex)
	if err != nil {
		return nil, err
	}
	r, err := readPage(p, ex.Capture, h)
	if err != nil {
		return nil, err
	}
	e := &Evidence{Report: r, page: p, hint: h, grids: map[int]*Grid{}, placed: placedCells(r), taken: map[report.Place]bool{}}
	for i := range p.Blocks {
		if g := p.Blocks[i].Grid; g != nil {
			e.grids[g.Index] = g
		}
	}
	for _, c := range e.placed {
		if !c.unplaced() {
			e.taken[c.cell.At] = true
		}
	}
	if text, _, _, err := ex.Text(); err == nil {
		e.nodes = tableNodes(text, e.grids)
	}
	return e, nil
}

// Cells returns the evidence of a cell (t2.norm.issued, t3.granted.total,
// t4.review.upheld, statistics.app_received.year, or by a label without a code), of a
// row (t3.granted) or of a table (t3), in the order of the form. The error is an
// *UnknownPlace when no form has such a place, a *NotPrinted when this page does not.
func (e *Evidence) Cells(place string) ([]CellEvidence, error) {
	var out []CellEvidence
	for i := range e.placed {
		if e.placed[i].answers(place) {
			out = append(out, e.cell(&e.placed[i]))
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	if near, known := knownPlace(place); !known {
		return nil, &UnknownPlace{Place: place, Near: near}
	}
	return nil, &NotPrinted{Place: place, Why: e.why(place)}
}

func (e *Evidence) cell(c *placedCell) CellEvidence {
	out := CellEvidence{
		Place: c.name(), LabelZH: c.label, Raw: c.cell.Raw, State: c.cell.State, Value: c.cell.Value,
	}
	at := c.cell.At
	g := e.grids[at.Table]
	if g == nil || at.Row >= g.Rows {
		return out
	}
	here := g.At(at.Row, at.Col)
	switch {
	case c.unplaced():
		here = nil
	case here == nil || strings.TrimSpace(here.Text) != strings.TrimSpace(c.cell.Raw):
		return out // read from running text, not from this table
	}
	out.Table, out.Row = g.Index+1, at.Row+1
	for _, cell := range cellsAcross(g, at.Row) {
		out.Printed = append(out.Printed, RowCell{Text: cell.Text, Col: cell.Col + 1, Here: cell == here})
	}
	if here == nil {
		return out
	}
	out.Col, out.RowSpan, out.ColSpan = here.Col+1, here.RowSpan, here.ColSpan
	out.RowLabel = e.rowLabel(g, at)
	out.ColumnHead = e.columnHead(g, c)
	out.Path = e.path(g, here)
	return out
}

// why names the reader's own reason for a place that is not there.
func (e *Evidence) why(place string) string {
	for _, f := range e.Report.Findings {
		if f.Place == place || strings.HasPrefix(place, f.Place+".") && strings.HasSuffix(f.Rule, "_missing") {
			return f.Note
		}
	}
	form := map[string]string{"t2": e.Report.FormT2, "t3": e.Report.FormT3, "t4": e.Report.FormT4, "statistics": e.Report.FormStatistics}
	tbl, _, _ := strings.Cut(place, ".")
	switch f := form[tbl]; f {
	case "":
		return "the page has no such table"
	case report.FormOther:
		return "the table is there, but of a form that is not read"
	default:
		return "the page's table is of form " + f + ", and no such place was read from it"
	}
}
