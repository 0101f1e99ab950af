package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"crawl/internal/archive"
	"crawl/internal/db"
	"crawl/internal/extract"
	"crawl/internal/report"
)

// shownCell is what is told of one cell.
type shownCell struct {
	Place      string   `json:"place"`
	Label      string   `json:"label"`
	Printed    string   `json:"printed"`
	State      string   `json:"state"` // a letter, see stateWords; n for a number
	Value      *float64 `json:"value"`
	Table      int      `json:"table,omitempty"`
	Row        int      `json:"row,omitempty"`
	Col        int      `json:"column,omitempty"`
	RowSpan    int      `json:"row_span,omitempty"`
	ColSpan    int      `json:"column_span,omitempty"`
	RowLabel   string   `json:"row_label,omitempty"`
	ColumnHead string   `json:"column_head,omitempty"`
	PrintedRow []string `json:"printed_row,omitempty"`
	Here       int      `json:"here,omitempty"` // which of PrintedRow, from 1
	Selector   string   `json:"selector,omitempty"`
}

// shown is the answer of show --cell.
type shown struct {
	Key       string                `json:"key"`
	URL       string                `json:"url"`
	RecordID  string                `json:"record_id"`
	File      string                `json:"file"`
	Offset    int64                 `json:"offset"`
	FetchedAt string                `json:"fetched_at"`
	Fact      *extract.FactEvidence `json:"fact,omitempty"`
	Cells     []shownCell           `json:"cells,omitempty"`
	Warnings  []string              `json:"warnings,omitempty"`
}

// showCell reads the report's archived bytes again and prints where a value stands
// in them. It is an error when they say something else than the database.
func (c *showCommand) showCell(s *session, stored db.Stored) error {
	data, err := s.data()
	if err != nil {
		return err
	}
	ev, capture, err := evidence(data, stored)
	if err != nil {
		return err
	}
	out := shown{
		Key: stored.Report.Text("key"), URL: stored.Report.Text("url"), RecordID: capture.RecordID,
		File: filepath.Join(archivePath(data), capture.Source, capture.File), Offset: capture.Offset,
		FetchedAt: stored.Capture.Text("fetched_at"),
	}
	if v := stored.Report.Text("extractor"); v != extract.Version {
		out.Warnings = append(out.Warnings, fmt.Sprintf("the database was filled by extractor %s, this is %s: run crawl extract", v, extract.Version))
	}
	var differences []string
	if slices.Contains(extract.FactNames, c.Cell) {
		fact, err := ev.Fact(c.Cell)
		if err != nil {
			return err
		}
		out.Fact = &fact
		differences = compareFact(stored, fact)
	} else {
		cells, err := ev.Cells(c.Cell)
		var unknown *extract.UnknownPlace
		if errors.As(err, &unknown) {
			return exit{exitUsage, fmt.Errorf("%w; or one of %s", err, strings.Join(extract.FactNames, ", "))}
		}
		var not *extract.NotPrinted
		if errors.As(err, &not) && len(storedCells(stored, c.Cell)) == 0 {
			return err
		}
		for _, cell := range cells {
			out.Cells = append(out.Cells, shownOf(cell))
		}
		differences = compareCells(stored, c.Cell, cells)
	}
	out.Warnings = append(out.Warnings, differences...)
	if c.JSON {
		err = printJSON(s, out)
	} else {
		out.print(s.stdout)
	}
	if err == nil && len(differences) > 0 {
		return errors.New("database and archived page differ: run crawl extract")
	}
	return err
}

// evidence reads the capture that a report was read from again, as it was read then.
func evidence(data string, stored db.Stored) (_ *extract.Evidence, c archive.Capture, err error) {
	if _, err := os.Stat(archivePath(data)); err != nil {
		return nil, c, fmt.Errorf("where a cell was printed is read from the archive, and it is not there: %w: restore it, or name its data directory with --data", err)
	}
	a, err := openArchive(data)
	if err != nil {
		return nil, c, err
	}
	src, err := a.Source(stored.Report.Text("source"))
	if err != nil {
		return nil, c, err
	}
	defer func() { err = errors.Join(err, src.Close()) }()
	lost := func(why error) error {
		return fmt.Errorf("record %s of %s, %s at %s in %s: %w: run crawl verify --source %s, restore the file, or run crawl extract --all for a database of what is there",
			stored.Report.Text("record_id"), stored.Report.Text("url"), stored.Capture.Text("file"), stored.Capture.Text("offset"),
			filepath.Join(archivePath(data), stored.Report.Text("source")), why, stored.Report.Text("source"))
	}
	// File and offset of the database are a cache: the archive knows its records.
	if c, err = captureOf(src, stored.Report.Text("record_id")); err != nil {
		return nil, c, lost(err)
	}
	ex, err := src.Read(c)
	if err != nil {
		return nil, c, lost(err)
	}
	l, err := newListings(src)
	if err != nil {
		return nil, c, err
	}
	item, err := l.itemOf(c)
	if err != nil {
		return nil, c, err
	}
	item.hint.Decided.IsReport = true // it is one in the database
	ev, err := extract.EvidenceOf(ex, item.hint)
	if err != nil {
		return nil, c, fmt.Errorf("read the archived page again: %w", err)
	}
	return ev, c, nil
}

func captureOf(src *archive.Source, recordID string) (archive.Capture, error) {
	for c, err := range src.Captures() {
		if err != nil || c.RecordID == recordID {
			return c, err
		}
	}
	return archive.Capture{}, errors.New("the archive does not hold it")
}

func shownOf(e extract.CellEvidence) shownCell {
	out := shownCell{
		Place: e.Place, Label: e.LabelZH, Printed: e.Raw, State: string(rune(e.State)), Value: e.Value,
		Table: e.Table, Row: e.Row, Col: e.Col, RowSpan: e.RowSpan, ColSpan: e.ColSpan,
		RowLabel: e.RowLabel, ColumnHead: e.ColumnHead, Selector: e.Path,
	}
	for i, cell := range e.Printed {
		out.PrintedRow = append(out.PrintedRow, cell.Text)
		if cell.Here {
			out.Here = i + 1
		}
	}
	return out
}

func (o shown) print(w io.Writer) {
	fact(w, "url", o.URL)
	fact(w, "key", o.Key)
	fact(w, "record", o.RecordID)
	fact(w, "archived", fmt.Sprintf("%s at %d, %s", o.File, o.Offset, o.FetchedAt))
	if f := o.Fact; f != nil {
		fmt.Fprintf(w, "\n%s\n", f.Name)
		fact(w, "  value", known(f.Value, "none"))
		fact(w, "  printed", known(f.Raw, "nothing"))
		fact(w, "  label", f.Label)
		fact(w, "  read from", f.Basis)
	}
	row := ""
	for _, c := range o.Cells {
		if at := fmt.Sprint(c.Table, " ", c.Row); c.Table > 0 && at != row {
			row = at
			fmt.Fprintf(w, "\nrow %d of table %d on the page, as printed; in [ ] what is shown below\n", c.Row, c.Table)
			for _, line := range wrapped(o.printedRow(c), pageWidth-2) {
				fmt.Fprintf(w, "  %s\n", line)
			}
		}
		if len(o.Cells) > mostInFull {
			c.printLine(w)
		} else {
			c.print(w)
		}
	}
	for _, warning := range o.Warnings {
		for i, line := range wrapped("! "+warning, pageWidth) {
			if i == 0 {
				fmt.Fprintln(w)
			}
			fmt.Fprintln(w, line)
		}
	}
}

// mostInFull is how many cells are told with every particular: a row of any table.
const mostInFull = 7

// printLine is a cell in one line, for whole tables; --json has the particulars.
func (c shownCell) printLine(w io.Writer) {
	where := ""
	if c.Col > 0 {
		where = fmt.Sprintf("column %d", c.Col)
	}
	fmt.Fprintln(w, strings.TrimRight(fmt.Sprintf("  %s %s %s", padRight(c.Place, 46), padRight(cut(c.inWords()+printedAs(c), 36), 36), where), " "))
}

// printedAs adds the printed string where it says more than the value.
func printedAs(c shownCell) string {
	if c.Printed == "" || c.Value != nil && printed(*c.Value) == c.Printed {
		return ""
	}
	return fmt.Sprintf(" (printed %q)", c.Printed)
}

// printedRow is the row a cell stands in, with every cell that is shown in brackets.
func (o shown) printedRow(c shownCell) string {
	cells := slices.Clone(c.PrintedRow)
	for _, other := range o.Cells {
		if other.Here > 0 && other.Table == c.Table && other.Row == c.Row {
			cells[other.Here-1] = "[" + c.PrintedRow[other.Here-1] + "]"
		}
	}
	for i, text := range cells {
		cells[i] = strings.ReplaceAll(known(text, "␣"), "\n", "")
	}
	return strings.Join(cells, " | ")
}

func (c shownCell) print(w io.Writer) {
	fmt.Fprintf(w, "\n%s  %s\n", c.Place, c.Label)
	fact(w, "  value", c.inWords())
	fact(w, "  printed", "\""+c.Printed+"\"")
	switch {
	case c.Table == 0:
		fact(w, "  where", "in the text of the page, not in a table")
	case c.Col == 0:
		fact(w, "  where", fmt.Sprintf("table %d, row %d; which of its cells is not certain", c.Table, c.Row))
	default:
		where := fmt.Sprintf("table %d, row %d, column %d of the page", c.Table, c.Row, c.Col)
		if c.RowSpan > 1 || c.ColSpan > 1 {
			where += fmt.Sprintf(", over %d rows and %d columns", c.RowSpan, c.ColSpan)
		}
		fact(w, "  where", where)
	}
	fact(w, "  row", c.RowLabel)
	fact(w, "  column", c.ColumnHead)
	fact(w, "  selector", c.Selector)
}

// inWords is the value, or the state in words.
func (c shownCell) inWords() string {
	if c.Value != nil {
		return printed(*c.Value)
	}
	for _, s := range stateWords {
		if string(rune(s.state)) == c.State {
			return "no number: " + s.words
		}
	}
	if c.State == string(rune(report.Number)) {
		return "a number"
	}
	return "no number"
}
