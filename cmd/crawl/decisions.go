package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"crawl/internal/crawler"
	"crawl/internal/db"
	"crawl/internal/extract"
)

// decisionsFile lies beside the config file; it is optional.
const decisionsFile = "decisions.csv"

// decision is one line of decisions.csv: what a person decided about a page.
type decision struct {
	file                            string
	line                            int
	url                             string // canonical, as in reports.url
	field, value, why, who, decided string
}

func (d decision) at() string { return fmt.Sprintf("%s:%d", d.file, d.line) }

var decisionColumns = []string{"url", "field", "value", "why", "who", "date"}

// decisionField is one fact that a person may decide: a wrong value is told by want.
type decisionField struct {
	name string
	want string
	ok   func(value string) bool
}

// decisionFields are the fields of decisions.csv; docs/decisions.md explains each.
var decisionFields = []decisionField{
	{"agency", "the organ's whole name", func(v string) bool { return v != "" && !strings.ContainsAny(v, "\r\n") }},
	{"agency_id", "region code, slash, name: 430600/岳阳市民政局", func(v string) bool {
		code, name, ok := strings.Cut(v, "/")
		return ok && regionCode.MatchString(code) && name != ""
	}},
	{"region_code", "a six-digit GB/T 2260 code", regionCode.MatchString},
	{"level", "one of " + strings.Join(extract.Levels(), ", "), func(v string) bool { return slices.Contains(extract.Levels(), v) }},
	{"scope", "one of " + strings.Join(extract.Scopes(), ", "), func(v string) bool { return slices.Contains(extract.Scopes(), v) }},
	{"report_year", "a year from 2003 to the present one", isReportYear},
	{"published_date", "a day like 2024-01-31, not in the future", isPastDay},
	{db.FieldIsReport, "yes or no", func(v string) bool { return v == "yes" || v == "no" }},
	{db.FieldPreferred, "yes", func(v string) bool { return v == "yes" }},
	{db.FieldWithhold, "yes", func(v string) bool { return v == "yes" }},
}

func isReportYear(v string) bool {
	year, err := strconv.Atoi(v)
	return err == nil && len(v) == 4 && year >= 2003 && year <= time.Now().Year()
}

func isPastDay(v string) bool {
	day, err := time.Parse(time.DateOnly, v)
	return err == nil && day.Before(time.Now().Add(24*time.Hour))
}

// decisions loads the decisions beside the config file, none if there is no such
// file. Its faults are usage errors, all of them told at once.
func (s *session) decisions() ([]decision, error) {
	path := filepath.Join(filepath.Dir(s.opts.Config), decisionsFile)
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read decisions: %w", err)
	}
	lines, err := parseDecisions(path, text)
	if err != nil {
		return nil, exit{exitUsage, err}
	}
	return lines, nil
}

// parseDecisions reads the text of decisions.csv. The error joins every fault, each
// with file:line and what to do.
func parseDecisions(path string, text []byte) ([]decision, error) {
	if i := firstInvalid(text); i >= 0 {
		return nil, fmt.Errorf("%s:%d: is not UTF-8: save the file as CSV UTF-8", path, 1+strings.Count(string(text[:i]), "\n"))
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(text), "\ufeff"))) // Excel's mark
	in.FieldsPerRecord = -1
	header := strings.Join(decisionColumns, ",")
	first, err := in.Read()
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, csvFault(path, err)
	}
	if !slices.Equal(first, decisionColumns) {
		return nil, fmt.Errorf("%s:1: the first line must be %s (got %q)", path, header, strings.Join(first, ","))
	}
	var lines []decision
	var faults []error
	seen := map[[2]string]int{}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return lines, errors.Join(faults...)
		}
		if err != nil { // quotes that do not close: what follows cannot be trusted
			return nil, errors.Join(append(faults, csvFault(path, err))...)
		}
		line, _ := in.FieldPos(0)
		d, fault := parseDecision(path, line, row)
		if fault == nil {
			key := [2]string{d.url, d.field}
			if before := seen[key]; before != 0 {
				fault = fmt.Errorf("%s stands already in line %d for this url: keep one of the two", d.field, before)
			}
			seen[key] = line
		}
		if fault != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", path, line, fault))
			continue
		}
		lines = append(lines, d)
	}
}

func parseDecision(path string, line int, row []string) (decision, error) {
	if len(row) != len(decisionColumns) {
		return decision{}, fmt.Errorf("has %d columns, want %d (%s): put quotes around a value with a comma",
			len(row), len(decisionColumns), strings.Join(decisionColumns, ","))
	}
	for i, v := range row {
		row[i] = strings.TrimSpace(v)
		if row[i] == "" {
			return decision{}, fmt.Errorf("%s is empty: every column is required", decisionColumns[i])
		}
	}
	d := decision{path, line, crawler.Canonical(row[0]), row[1], row[2], row[3], row[4], row[5]}
	if !strings.HasPrefix(d.url, "http://") && !strings.HasPrefix(d.url, "https://") {
		return d, fmt.Errorf("url must be the http or https address of a page, as in reports.url (got %q)", row[0])
	}
	i := slices.IndexFunc(decisionFields, func(f decisionField) bool { return f.name == d.field })
	if i < 0 {
		var names []string
		for _, f := range decisionFields {
			names = append(names, f.name)
		}
		return d, fmt.Errorf("unknown field %q: one of %s", d.field, strings.Join(names, ", "))
	}
	if f := decisionFields[i]; !f.ok(d.value) {
		return d, fmt.Errorf("%s must be %s (got %q)", d.field, f.want, d.value)
	}
	if !isPastDay(d.decided) {
		return d, fmt.Errorf("date must be the day of the decision, like 2024-01-31, not in the future (got %q)", d.decided)
	}
	return d, nil
}

// firstInvalid is the offset of the first byte that is not UTF-8, -1 if there is none.
func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return -1
}

func csvFault(path string, err error) error {
	var p *csv.ParseError
	if errors.As(err, &p) {
		return fmt.Errorf("%s:%d: %w", path, p.Line, p.Err)
	}
	return fmt.Errorf("%s: %w", path, err)
}
