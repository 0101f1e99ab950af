package check

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"crawl/internal/db"
)

// Severity says what a hit means for the whole.
type Severity string

const (
	Assertion Severity = "assertion" // about a source or the whole: exit code 3
	Data      Severity = "data"      // about what portals print: to be looked at
)

// Check is one question to the data.
type Check struct {
	Name     string // of its file
	Severity Severity
	Explain  string // what is wrong with the rows it returns, in one line
	NeedsRun bool   // reads the run events, which only work.db has

	sql string
}

// Hit is one offending row.
type Hit struct {
	Source  string `json:"source,omitempty"` // "" for the whole
	Subject string `json:"subject"`          // a report's key, a URL, an agency ...
	Detail  string `json:"detail"`
}

//go:embed questions/*.sql
var questions embed.FS

// needsRun is the second line of a question that reads the table events.
const needsRun = "-- reads the run events of work.db"

// All lists the checks, assertions first, each group by name.
func All() []Check {
	names, err := fs.Glob(questions, "questions/*.sql") // sorted
	if err != nil || len(names) == 0 {
		panic("check: the embedded questions are missing")
	}
	var asserted, data []Check
	for _, name := range names {
		text, err := questions.ReadFile(name)
		if err != nil {
			panic(err)
		}
		c, err := parse(name, string(text))
		if err != nil {
			panic(err)
		}
		if c.Severity == Assertion {
			asserted = append(asserted, c)
		} else {
			data = append(data, c)
		}
	}
	return append(asserted, data...)
}

// parse reads a question: its first line is "-- severity: what is wrong".
func parse(name, text string) (Check, error) {
	first, rest, _ := strings.Cut(text, "\n")
	severity, explain, found := strings.Cut(strings.TrimPrefix(first, "-- "), ": ")
	c := Check{
		Name:     strings.TrimSuffix(path.Base(name), ".sql"),
		Severity: Severity(severity), Explain: explain,
		NeedsRun: strings.HasPrefix(rest, needsRun+"\n"),
		sql:      text,
	}
	if !found || !strings.HasPrefix(first, "-- ") || c.Severity != Assertion && c.Severity != Data {
		return c, fmt.Errorf("%s:1: want \"-- assertion: what is wrong\" or \"-- data: ...\" (got %q)", name, first)
	}
	return c, nil
}

// Ask returns the offending rows, those of one source if source is not "".
func (c Check) Ask(ctx context.Context, r *db.Reader, source string) ([]Hit, error) {
	_, rows, err := r.Query(ctx, "SELECT source, subject, detail FROM (\n"+c.sql+
		"\n) WHERE ?1 = '' OR source = ?1 ORDER BY source, subject, detail", source)
	if err != nil {
		return nil, fmt.Errorf("check %s: %w", c.Name, err)
	}
	hits := make([]Hit, len(rows))
	for i, row := range rows {
		hits[i] = Hit{text(row[0]), text(row[1]), text(row[2])}
	}
	return hits, nil
}

func text(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// HasRuns says whether the file that r reads has run events: work.db has, the
// published one has not.
func HasRuns(ctx context.Context, r *db.Reader) (bool, error) {
	_, rows, err := r.Query(ctx, "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'events'")
	if err != nil {
		return false, fmt.Errorf("look for run events: %w", err)
	}
	return len(rows) > 0, nil
}
