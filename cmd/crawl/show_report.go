package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"crawl/internal/db"
	"crawl/internal/report"
)

// printReport prints everything the database says of a report, in pageWidth columns.
func printReport(w io.Writer, s db.Stored, text bool) {
	r := s.Report
	printFacts(w, s)
	printDates(w, s)
	printDisclosure(w, s)
	printCounts(w, "3", r.Text("form_t3"), "t3", s.Applications, "item", report.Applicants[:])
	printCounts(w, "4", r.Text("form_t4"), "t4", s.Disputes, "route", report.DisputeResults[:])
	printStatistics(w, s)
	printSections(w, s, text)
	printFindings(w, s)
}

const factWidth = 13 // of the names on the left

// fact prints a name and its value, broken into lines; nothing for an empty value.
func fact(w io.Writer, name, value string) {
	if value == "" {
		return
	}
	for i, line := range wrapped(value, pageWidth-factWidth) {
		if i > 0 {
			name = ""
		}
		fmt.Fprintf(w, "%s%s\n", padRight(name, factWidth), line)
	}
}

// known is a value with a remark in brackets, or what is said when there is none.
func known(value, none string, remarks ...string) string {
	if value == "" {
		value = none
	}
	var said []string
	for _, r := range remarks {
		if r != "" && !strings.HasSuffix(r, " ") {
			said = append(said, r)
		}
	}
	if len(said) == 0 {
		return value
	}
	return value + " (" + strings.Join(said, ", ") + ")"
}

func prefixed(prefix, value string) string {
	if value == "" {
		return ""
	}
	return prefix + value
}

func printFacts(w io.Writer, s db.Stored) {
	r := s.Report
	fact(w, "title", known(r.Text("title"), "none"))
	raw := r.Text("agency_raw")
	if raw == r.Text("agency") || raw == r.Text("title") {
		raw = ""
	}
	fact(w, "agency", known(r.Text("agency"), "not named", prefixed("from ", r.Text("agency_basis")), prefixed("printed: ", raw)))
	fact(w, "agency id", known(r.Text("agency_id"), "none"))
	fact(w, "region", known(r.Text("region_code"), "not known", prefixed("level ", r.Text("level")), prefixed("scope ", r.Text("scope"))))
	fact(w, "year", known(r.Text("report_year"), "not known", prefixed("from ", r.Text("report_year_basis"))))
	fact(w, "published", known(r.Text("published_at"), "no date", prefixed("from ", r.Text("published_basis")), r.Text("published_label"), late(r)))
	fact(w, "views", known(r.Text("views"), "no number", r.Text("views_state"), prefixed("as of ", r.Text("views_at"))))
	fact(w, "url", r.Text("url"))
	if final := s.Capture.Text("final_url"); final != r.Text("url") {
		fact(w, "leads to", final)
	}
	fact(w, "key", r.Text("key"))
	fact(w, "record", r.Text("record_id"))
	fact(w, "archived", fmt.Sprintf("%s/%s at %s, %s", r.Text("source"), s.Capture.Text("file"), s.Capture.Text("offset"), s.Capture.Text("fetched_at")))
	fact(w, "seen", r.Text("first_seen_at")+" to "+r.Text("last_seen_at")+prefixed(", removed ", r.Text("removed_at")))
	fact(w, "extractor", r.Text("extractor"))
	for i, o := range s.Revisions {
		name := ""
		if i == 0 {
			name = "revisions"
		}
		mark := ""
		if o.Text("key") == r.Text("key") {
			mark = "this one"
		}
		current := ""
		if o.Text("is_current") == "1" {
			current = "current"
		}
		fact(w, name, fmt.Sprintf("%s %s", o.Text("revision"), known(o.Text("key"), "", "from "+o.Text("first_seen_at")[:10], current, mark)))
	}
	fact(w, "preferred", preferred(s))
	for _, a := range s.Attachments {
		fact(w, "attachment", known(a.Text("name")+" "+a.Text("url"), "", a.Text("media_type"), a.Text("role")))
	}
}

func late(r db.Record) string {
	switch d := r.Text("days_late"); d {
	case "":
		return ""
	case "0":
		return "in time"
	default:
		return d + " days late"
	}
}

// preferred says whether the report stands for its agency, scope and year, and why not.
func preferred(s db.Stored) string {
	r := s.Report
	switch {
	case r.Text("is_preferred") == "1":
		return "yes: " + r.Text("preferred_why")
	case r.Text("is_current") != "1":
		return "no: the page now says something else"
	case r.Text("agency_id") == "":
		return "no: without an agency id no report is preferred"
	case r.Text("report_year") == "":
		return "no: without a report year no report is preferred"
	}
	for _, o := range s.Rivals {
		if o.Text("is_preferred") == "1" {
			return fmt.Sprintf("no: %s is, published %s, %s", o.Text("key"), known(o.Text("published_date"), "without a date"), o.Text("url"))
		}
	}
	return "no"
}

func printDates(w io.Writer, s db.Stored) {
	for i, d := range s.Dates {
		name, won := "", ""
		if i == 0 {
			name = "dates"
		}
		if v := d.Text("value"); v != "" && v == s.Report.Text("published_at") && d.Text("label") == s.Report.Text("published_label") {
			won = "taken as the publish date"
		}
		fact(w, name, known(strings.TrimSpace(d.Text("label")+" "+d.Text("raw")), "", known(d.Text("value"), "not read as a date"), won))
	}
}

func printSections(w io.Writer, s db.Stored, whole bool) {
	if len(s.Sections) == 0 {
		fmt.Fprintf(w, "\nSections: none of the six headings was found\n")
		return
	}
	fmt.Fprintf(w, "\nSections\n")
	for _, sec := range s.Sections {
		text := sec.Text("text")
		fmt.Fprintf(w, "%s  %s\n", sec.Text("no"), cut(known(sec.Text("heading"), "", fmt.Sprintf("%d characters", utf8.RuneCountInString(text))), pageWidth-3))
		if text == "" {
			continue
		}
		lines := []string{cut(text, pageWidth-3)}
		if whole {
			lines = wrapped(text, pageWidth-3)
		}
		for _, line := range lines {
			fmt.Fprintf(w, "   %s\n", line)
		}
	}
}

// severity is a verdict in words, the gravest first.
var severity = []struct{ verdict, words string }{
	{string(report.Fail), "contradiction"},
	{string(report.FailUnlessBlankIsZero), "holds only if blanks are zero"},
	{string(report.NotTestable), "could not be decided"},
}

func printFindings(w io.Writer, s db.Stored) {
	fmt.Fprintf(w, "\nFindings: %d\n", len(s.Findings))
	for _, v := range severity {
		for _, f := range s.Findings {
			if f.Text("verdict") != v.verdict {
				continue
			}
			fmt.Fprintf(w, "%s: %s %s%s\n", v.words, f.Text("rule"), f.Text("place"), sides(f))
			for _, line := range wrapped(known(f.Text("note"), explained(f.Text("rule"))), pageWidth-2) {
				fmt.Fprintf(w, "  %s\n", line)
			}
		}
	}
	if len(s.Checks) == 0 {
		return
	}
	fmt.Fprintf(w, "\nChecks\n")
	for _, c := range s.Checks {
		fmt.Fprintf(w, "%s %s tested, %s failed, %s with blanks\n", padRight(c.Text("rule"), 8), c.Text("tested"), c.Text("failed"), c.Text("blank"))
		for _, line := range wrapped(explained(c.Text("rule")), pageWidth-2) {
			if line != "" {
				fmt.Fprintf(w, "  %s\n", line)
			}
		}
	}
}

func sides(f db.Record) string {
	if f.Text("lhs") == "" && f.Text("rhs") == "" {
		return ""
	}
	return fmt.Sprintf(": %s against %s", known(f.Text("lhs"), "?"), known(f.Text("rhs"), "?"))
}

func explained(rule string) string {
	for _, id := range report.Identities {
		if id.Rule == rule {
			return id.Explain
		}
	}
	return ""
}
