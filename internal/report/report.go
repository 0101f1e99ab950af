package report

import "time"

// Report is one annual report as read from one capture of one URL.
//
// Every value is as printed: nothing is repaired, summed or guessed. A nil
// pointer or an empty string means that the page gives no such thing.
type Report struct {
	URL       string    // canonical address of the page that was read
	Source    string    // id of the source whose crawl brought the page
	RecordID  string    // WARC-Record-ID of the capture
	FetchedAt time.Time // WARC-Date of the capture, UTC

	Title       string // lines joined, white space beside a Chinese character removed
	Agency      string // as printed in the title, year and tail removed; else see AgencyBasis
	AgencyRaw   string // the string Agency was cut from
	AgencyBasis string // title | body | signoff | publisher | breadcrumb | site | hand
	AgencyID    string // region code (000000 for the whole state), slash, full name; "" without a region
	RegionCode  string // GB/T 2260, six digits, in force in the report year; "" when unknown
	RegionBasis string // what AgencyID and RegionCode rest on: name | body | signoff | source | site | breadcrumb | publisher | hand; "" without them
	Level       string // see Levels
	Scope       string // region_wide | own_organ | unknown

	Year      int    // the year reported on, 0 when the page does not say
	YearBasis string // title | period | breadcrumb | url | published (a flagged guess) | hand

	Published Date   // the publish date that won
	Dates     []Date // every date the page states, in page order

	Views      *int64 // printed or answered number of views
	ViewsState ViewsState

	FormT2         string // f2021 | f2019 | f2019_hb | unknown; "" when there is no such table
	FormT3         string
	FormT4         string
	FormStatistics string // s2014 | s_local | unknown; "" when there is none

	Sections     []Section
	Disclosure   []Disclosure
	Applications []Application
	Disputes     []Dispute
	Statistics   []Statistic
	Remarks      []Remark
	Attachments  []Attachment

	Checks   []RuleCount
	Findings []Finding

	// ContentSHA256 identifies what the report says: title, agency, year, dates,
	// sections and tables; never counters, clocks or page chrome. Hex.
	ContentSHA256 string
}

// ViewsState says how Views came about, or why it is nil.
type ViewsState string

// The view states. The counter states are decided outside the page, by asking its
// counter; placeholder mostly is, by comparing a whole host.
const (
	ViewsInline        ViewsState = "inline"         // a number directly behind a view label
	ViewsCounter       ViewsState = "counter"        // answered by the portal's counter
	ViewsPlaceholder   ViewsState = "placeholder"    // every page of the host prints the same number, or a script overwrites it
	ViewsLabelOnly     ViewsState = "label_only"     // a label without a number
	ViewsNone          ViewsState = "none"           // no label
	ViewsCounterOff    ViewsState = "counter_off"    // a known counter that the config does not let us ask
	ViewsCounterFailed ViewsState = "counter_failed" // asked, no usable answer
)

// Date is a date the page states.
type Date struct {
	Label string // as printed (发布时间), or meta:PubDate, url, list
	Raw   string // as printed
	Value string // ISO 8601: 2024-01-09, or 2024-01-09T10:06+08:00 where a time is printed; "" if unreadable
	Basis string // strip | meta | table | signoff | list | url | hand (decided by a person)
}

// Day is the date part of Value, "" if there is none.
func (d Date) Day() string {
	if len(d.Value) < 10 {
		return ""
	}
	return d.Value[:10]
}

// Section is a section of the body, text as printed, lines separated by \n. Heading
// is empty for a body without headings.
type Section struct {
	No      int // 1..6 as the forms since 2019 number them; before, in printed order from 1
	Heading string
	Text    string
}

// Cell is one printed cell of a table.
type Cell struct {
	Raw   string // as printed, outer white space removed
	State State
	Value *float64 // nil unless State is Number
	At    Place
}

// Place says where on the page a cell was printed, all counted from 0. It is
// recomputed from the archived bytes on demand and not stored.
type Place struct {
	Table, Row, Col int
}

// State is what was found where a number was expected.
type State byte

// The cell states; the letters are those of the `states` columns.
const (
	Number   State = 'n'
	Blank    State = 'b'
	Dash     State = 'd'
	Slash    State = 's'
	Text     State = 't'
	Absent   State = 'a' // the cell was not printed at all
	Image    State = 'i'
	Unparsed State = 'u'
)

// Int is the cell's value as a whole number, nil if it is none.
func (c Cell) Int() *int64 {
	if c.State != Number || c.Value == nil || *c.Value != float64(int64(*c.Value)) {
		return nil
	}
	n := int64(*c.Value)
	return &n
}

// Disclosure is one cell of table 2.
type Disclosure struct {
	Item     string // codebook code of the row: norm, licence, fee ...
	Measure  string // codebook code of the column: issued, decisions, amount_wan ...
	Cell     Cell
	Unit     string   // printed in cell or label: 件, 元, 万元; "" if none is printed
	ValueWan *float64 // money in 万元, only where a unit is printed
}

// Application is one printed row of table 3; Cells are in the order of Applicants.
type Application struct {
	Item  string
	Cells [7]Cell
}

// Dispute is one group of table 4; Cells are in the order of DisputeResults.
type Dispute struct {
	Route string // review | litigation_direct | litigation_after_review
	Cells [5]Cell
}

// Statistic is one cell of a form before 2019.
type Statistic struct {
	Form   string // s2014 | s_local
	Item   string // "" for a label without a code
	Label  string
	Period string // year | cumulative
	Cell   Cell
	Unit   string
}

// Remark keeps a cell whose printed text itself matters (2笔, 增10).
type Remark struct {
	Table string // t2 | t3 | t4 | statistics
	Item  string
	Col   string
	State State
	Raw   string
}

// Attachment is a file the page links to.
type Attachment struct {
	URL, Name, MediaType, SHA256, Role, RecordID string
}

// Finding is something about a report that a reader must know.
type Finding struct {
	Rule    string // identity id (t3_flow) or a reader's rule (cell_unclaimed)
	Place   string // t3.granted.total, t3.granted, t4.review, page ...
	Verdict Verdict
	LHS     *float64 // left and right side of an identity that does not hold
	RHS     *float64
	Note    string // one plain sentence
}

// Verdict of a finding.
type Verdict string

// The verdicts of design: Fail contradicts the form; FailUnlessBlankIsZero holds
// only if blanks are read as zero; NotTestable could not be decided.
const (
	Fail                  Verdict = "fail"
	FailUnlessBlankIsZero Verdict = "fail_unless_blank_is_zero"
	NotTestable           Verdict = "not_testable"
)

// RuleCount is the denominator of one rule in one report.
type RuleCount struct {
	Rule   string
	Tested int // instances decided without reading a blank as anything
	Failed int // of those, how many do not hold
	Blank  int // instances with a blank, so not decided strictly
}
