package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"crawl/internal/check"
	"crawl/internal/db"
	"crawl/internal/report"
)

type checkCommand struct {
	Rule    string `help:"Only this rule, finding by finding, or only this question." placeholder:"RULE"`
	Verdict string `help:"Only this verdict: fail, fail_unless_blank_is_zero, not_testable." enum:",fail,fail_unless_blank_is_zero,not_testable" default:"" placeholder:"VERDICT"`
	Source  string `help:"Only this source." placeholder:"ID"`
	Report  string `help:"Only the report with this key, finding by finding." placeholder:"KEY"`
	JSON    bool   `help:"For machines, with every finding that the filters let through."`
}

// checked is what the data says against itself. The fields are those of --json.
type checked struct {
	File      string      `json:"file"`
	Rules     []ruleGroup `json:"rules"`
	Findings  []foundRow  `json:"findings,omitempty"` // one by one, where asked for
	Unshown   int         `json:"-"`                  // findings beyond those
	Questions []answered  `json:"questions"`
	Unasked   []string    `json:"unasked,omitempty"` // questions that the file cannot answer
}

type ruleGroup struct {
	db.FindingGroup
	Explain string `json:"explain"`
}

type foundRow struct {
	Report  string         `json:"report,omitempty"` // key
	Other   string         `json:"other_report,omitempty"`
	Title   string         `json:"title,omitempty"`
	URL     string         `json:"url,omitempty"`
	Source  string         `json:"source"`
	Rule    string         `json:"rule"`
	Place   string         `json:"place"`
	Verdict report.Verdict `json:"verdict"`
	LHS     *float64       `json:"lhs"`
	RHS     *float64       `json:"rhs"`
	Note    string         `json:"note"`
}

type answered struct {
	Name     string         `json:"name"`
	Severity check.Severity `json:"severity"`
	Explain  string         `json:"explain"`
	Hits     []check.Hit    `json:"hits"`
}

// rowsShown is how many single findings are printed; --json gives all.
const rowsShown = 50

// Run prints the findings grouped by rule with their denominators, then the
// questions to the data. A question about a source or the whole that finds
// something is the exit; findings about printed numbers never are.
func (c *checkCommand) Run(s *session) (err error) {
	path, err := s.checkable()
	if err != nil {
		return err
	}
	r, err := db.OpenReader(s.ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	found, err := c.look(s, r)
	if err != nil {
		return fmt.Errorf("check %s: %w", path, err)
	}
	found.File = path
	if c.JSON {
		out := json.NewEncoder(s.stdout)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		err = out.Encode(found)
	} else {
		err = found.print(s.stdout)
	}
	if err != nil {
		return err
	}
	return found.verdict()
}

// checkable is the file that is asked: work.db, which knows the runs and what a
// held-back publication would bring, or where there is none the published file.
func (s *session) checkable() (string, error) {
	data, err := s.data()
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(workPath(data)); err == nil {
		return workPath(data), nil
	}
	return s.published()
}

func (c *checkCommand) look(s *session, r *db.Reader) (found checked, err error) {
	filter := db.FindingFilter{Rule: c.Rule, Verdict: report.Verdict(c.Verdict), Source: c.Source, Report: c.Report}
	groups, err := r.Findings(s.ctx, filter)
	if err != nil {
		return found, err
	}
	explain := map[string]string{}
	for _, rule := range report.Rules() {
		explain[rule.Name] = rule.Explain
	}
	for _, g := range groups {
		found.Rules = append(found.Rules, ruleGroup{g, explain[g.Rule]})
	}
	if c.Rule != "" || c.Report != "" || c.JSON {
		limit := rowsShown
		if c.JSON {
			limit = 0
		}
		rows, err := r.FindingRows(s.ctx, filter, limit)
		if err != nil {
			return found, err
		}
		for _, f := range rows {
			found.Findings = append(found.Findings, foundRow{
				f.Key, f.Other, f.Title, f.URL, f.Source, f.Rule, f.Place, f.Verdict, f.LHS, f.RHS, f.Note,
			})
		}
		for _, g := range found.Rules {
			found.Unshown += g.Findings
		}
		found.Unshown -= len(rows)
	}
	if c.Verdict != "" || c.Report != "" { // questions have neither
		return found, nil
	}
	hasRuns, err := check.HasRuns(s.ctx, r)
	if err != nil {
		return found, err
	}
	for _, q := range check.All() {
		switch {
		case c.Rule != "" && c.Rule != q.Name:
			continue
		case q.NeedsRun && !hasRuns:
			found.Unasked = append(found.Unasked, q.Name)
			continue
		}
		hits, err := q.Ask(s.ctx, r, c.Source)
		if err != nil {
			return found, err
		}
		found.Questions = append(found.Questions, answered{q.Name, q.Severity, q.Explain, hits})
	}
	if c.Rule != "" && len(found.Rules)+len(found.Questions)+len(found.Unasked) == 0 && explain[c.Rule] == "" {
		return found, exit{exitUsage, fmt.Errorf("no rule or question %q: docs/checks.md lists them", c.Rule)}
	}
	return found, nil
}

// verdict is the exit: assertions about a source or the whole that do not hold.
func (f checked) verdict() error {
	var faults int
	for _, q := range f.Questions {
		if q.Severity == check.Assertion {
			faults += len(q.Hits)
		}
	}
	if faults == 0 {
		return nil
	}
	return exit{exitSourceFault, fmt.Errorf("done; %d assertions about a source or the whole do not hold", faults)}
}
