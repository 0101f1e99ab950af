package extract

import (
	"strings"

	"crawl/internal/archive"
	"crawl/internal/report"
)

// Version names the rules of this reader. It is raised whenever an archived page
// would be read differently, and rows of another version are read again.
const Version = "3"

// Hint is what the listing said of the page, and what the config says of the listing.
type Hint struct {
	Title  string
	Date   string
	Column string
	Region string // GB/T 2260 code of the source, "" if the config gives none

	Decided Decided // what people decided about the page
}

// NotReport says that a page is no annual report, and why.
type NotReport struct {
	Reason string // a short English phrase
}

func (e *NotReport) Error() string { return "not an annual report: " + e.Reason }

// Extract reads one archived page. A page that is no annual report, or none that can
// be read, gives a *NotReport: one odd page must not stop all others.
func Extract(ex *archive.Exchange, h Hint) (*report.Report, error) {
	p, err := pageOf(ex)
	if err != nil {
		return nil, err
	}
	return readPage(p, ex.Capture, h)
}

// pageOf reads the bytes of an exchange by their medium.
func pageOf(ex *archive.Exchange) (*Page, error) {
	text, _, _, err := ex.Text()
	if err != nil { // what came over the wire, never our own fault
		return nil, &NotReport{Reason: "its bytes are no text: " + err.Error()}
	}
	cut := archive.CutOff(text)
	if cut { // of 123 there may be only the 1
		text = text[:strings.LastIndexByte(text, '>')+1]
	}
	p, err := readText(text, ex.URL)
	if err != nil {
		return nil, &NotReport{Reason: "its markup cannot be read: " + err.Error()}
	}
	p.CutOff = cut
	return p, nil
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
		if !h.Decided.IsReport {
			return nil, &NotReport{Reason: reason}
		}
		find(r, "report_by_hand", "page", report.NotTestable, "a person decided that this page is a report; by itself it reads as "+reason)
	}
	if p.CutOff {
		find(r, "page_cut_off", "page", report.Fail, "the page ends in the middle: what stood behind is not known, and a whole reading goes before this one")
	}
	missingTables(p.Blocks, r)
	report.Check(r)
	r.ContentSHA256 = contentHash(r)
	h.Decided.apply(p, h, r) // after the digest, which is of what the page says
	return r, nil
}
