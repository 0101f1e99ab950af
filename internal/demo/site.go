package demo

import (
	"strings"
	"time"

	"crawl/internal/report"
)

// beijing is the zone of every printed time.
var beijing = time.FixedZone("CST", 8*60*60)

// site is one portal with all that it can ever show. It does not change; what
// faults make of it is a view (see state).
type site struct {
	id, host, name string
	region         string // code; 99.... belongs to no province, as no such place exists
	column         string // name of the listing's column
	skin           *skin
	first, last    int // report years
	entries        []*entry

	drafts   []*entry          // written, not online
	unlisted []*entry          // online, not in the listing
	moved    map[string]string // path -> where it redirects to
	moves    int
}

// agency is an organ that publishes a report a year.
type agency struct {
	name        string
	title       string // pattern with {agency} and {year}
	busy        int    // most applications by natural persons in a year
	personsOnly bool   // no organisation ever applies
}

// kind says what stands behind a listing row.
type kind int

const (
	aReport   kind = iota
	aPoster        // the report as a picture (图解): no report
	aNotice        // an official notice: no report
	aDeadLink      // 404
	aStranger      // a page of another host
)

// entry is one row of a listing and the page behind it.
type entry struct {
	kind      kind
	no        int      // document number within the portal, part of the address
	title     []string // lines as printed
	agency    agency
	year      int
	published time.Time
	views     int
	figures   figures
	odd       oddity
	broken    []string // rules that the figures break
	url       string   // of a stranger
	late      bool     // appears only with the fault new-report
	touched   bool     // changed after it was published
	pinned    bool     // stands on top of the listing
}

// oddity is what is peculiar about one report.
type oddity string

const (
	wrongSum           oddity = "wrong-sum"
	blankOrganisations oddity = "blank-organisations"
	publishedLate      oddity = "published-late"
	brokenTitle        oddity = "broken-title"
	fullWidthDigits    oddity = "full-width-digits"
	misalignedHeader   oddity = "misaligned-header"
	freeText           oddity = "free-text"
	blankTable         oddity = "blank-table"
)

func (e *entry) joined() string { return strings.Join(e.title, "") }

// printed is the text of a value cell.
func (e *entry) printed(place string) string { return e.figures[place] }

// form is the form of the report's tables, "" for free text.
func (e *entry) form() string { return formOf(e.year) }

// url is the address of what stands behind an entry.
func (s *site) url(e *entry) string {
	if e.kind == aStranger {
		return e.url
	}
	return "http://" + s.host + s.skin.itemPath(s, e)
}

// truth is what the page of a report prints.
func (s *site) truth(e *entry) Truth {
	raw, iso := s.skin.date(e.published)
	t := Truth{
		Source: s.id, URL: s.url(e), Title: e.joined(), Agency: e.agency.name, Year: e.year,
		Published: iso, PublishedRaw: raw, PublishedLabel: s.skin.dateLabel,
		ViewsState: s.skin.views,
		FormT2:     e.form(), FormT3: e.form(), FormT4: e.form(),
		Odd: string(e.odd), Broken: e.broken,
	}
	switch s.skin.views {
	case report.ViewsInline, report.ViewsCounter:
		t.Views = digits(e.views)
	}
	t.Cells = places(t.FormT2, t.FormT3, t.FormT4)
	for i := range t.Cells {
		t.Cells[i].Raw = e.printed(t.Cells[i].Place())
	}
	t.Sections = sections(body(e))
	return t
}
