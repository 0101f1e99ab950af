package extract

import (
	"fmt"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// Version names the rules of this reader. It is raised whenever an archived page
// would be read differently, and rows of another version are read again.
const Version = "1"

// Hint is what the listing said of the page.
type Hint struct {
	Title  string
	Date   string
	Column string
}

// NotReport says that a page is no annual report, and why.
type NotReport struct {
	Reason string // a short English phrase
}

func (e *NotReport) Error() string { return "not an annual report: " + e.Reason }

// Extract reads one archived page. A page that is no annual report gives a
// *NotReport; any other error means that the bytes could not be read at all.
func Extract(ex *archive.Exchange, h Hint) (*report.Report, error) {
	text, _, _, err := ex.Text()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", ex.URL, err)
	}
	p, err := readText(text, ex.URL)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", ex.URL, err)
	}
	return readPage(p, ex.Capture, h)
}

// readPage reads a page of any medium.
func readPage(p *Page, c archive.Capture, h Hint) (*report.Report, error) {
	r := &report.Report{URL: c.URL, Source: c.Source, RecordID: c.RecordID, FetchedAt: c.At}
	p.Blocks = textTables(p.Blocks)
	official := readTables(p.Blocks, r)
	readSections(p.Blocks, r)
	header(p, h, r)
	readStatistics(p.Blocks, official, r)
	if reason := notReport(p, h, r); reason != "" {
		return nil, &NotReport{Reason: reason}
	}
	missingTables(p.Blocks, r)
	report.Check(r)
	r.ContentSHA256 = contentHash(r)
	return r, nil
}
