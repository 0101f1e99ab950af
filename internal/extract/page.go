package extract

// Page is a document of any medium as forms and header rules see it. It holds no HTML.
type Page struct {
	URL        string            // address of the capture
	Meta       map[string]string // meta name, lower case -> content, first non-empty
	DocTitle   string            // the document's own title (<title>)
	Headings   []string          // candidates for the visible title, best first, lines joined
	Strip      []string          // text lines between title and body (来源, 发布时间, 浏览次数 ...); metadata tables as "label：value"
	Breadcrumb []string          // outermost first
	Blocks     []Block           // the article's body in document order
	Links      []Link            // links inside article and strip
	Counter    string            // known counter script or element directly behind a view label, "" none
	CutOff     bool              // the answer ended in the middle

	// UnknownCounter is the pattern of what else seems to fill a view label in the strip, "" none.
	UnknownCounter string
}

// Block is one piece of the body: either a paragraph (or line) or a table.
type Block struct {
	Text  string // white space tidied
	Grid  *Grid
	Image bool // a picture stands here; Text is then its alternative text, often ""
}

// Link is a link with its visible text.
type Link struct {
	Text string
	URL  string // absolute
}

// Grid is a table with its spans resolved.
type Grid struct {
	Index int        // of the table on the page, counted from 0 in document order
	Cells []GridCell // in document order
	Rows  int
	Cols  int

	rows  [][]int // indexes of the cells that start in each row, from left to right, without row numbers
	slots []int32 // row*Cols+col -> index into Cells plus one, 0 for no cell
}

// GridCell is one printed cell; Row and Col are its upper left slot.
type GridCell struct {
	Text             string // lines separated by \n
	Row, Col         int
	RowSpan, ColSpan int
	Image            bool // the cell shows a picture and no text
	Control          bool // the cell shows a form control whose value only a script knows
}

// At is the cell that covers a slot, nil if none does.
func (g *Grid) At(row, col int) *GridCell {
	if i := g.index(row, col); i >= 0 {
		return &g.Cells[i]
	}
	return nil
}

// index is the cell that covers a slot, -1 if none does.
func (g *Grid) index(row, col int) int {
	if row < 0 || col < 0 || row >= g.Rows || col >= g.Cols || g.slots == nil {
		return -1
	}
	return int(g.slots[row*g.Cols+col]) - 1
}
