// Package extract turns the archived bytes of one page into a report.Report.
//
// A medium's reader (html_*.go, text_page.go) makes a Page of the bytes: text, and
// tables with their spans resolved; tables printed as lines of text become tables
// too where nothing about them is in doubt (text_table.go). Everything behind it reads the Page only: header facts
// (title, agency, year, dates, views), sections, and the official tables, which
// are read by the Form whose labels they carry. Known labels are taken and the
// remainder is accounted for: what nobody claimed becomes a finding, and a number
// that cannot be placed with certainty stays out.
//
// The package knows no network, no database and no portal. It does not log:
// what a reader must know of a report is a finding, and a page that is no report
// is a *NotReport.
package extract
