package main

import (
	"errors"
	"fmt"

	"crawl/internal/db"
	"crawl/internal/report"
)

type checkCommand struct {
	Rule    string `help:"Only this rule, finding by finding." placeholder:"RULE"`
	Verdict string `help:"Only this verdict: fail, fail_unless_blank_is_zero, not_testable." placeholder:"VERDICT"`
	Source  string `help:"Only this source." placeholder:"ID"`
}

// rowsShown is how many single findings are printed; the rest is a query away.
const rowsShown = 50

// Run prints what the published data says against itself: the findings grouped by
// rule with their denominators, or one rule's findings one by one.
func (c *checkCommand) Run(s *session) (err error) {
	path, err := s.published()
	if err != nil {
		return err
	}
	r, err := db.OpenReader(s.ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	filter := db.FindingFilter{Rule: c.Rule, Verdict: report.Verdict(c.Verdict), Source: c.Source}
	groups, err := r.Findings(s.ctx, filter)
	if err != nil {
		return err
	}
	if len(groups) == 0 {
		fmt.Fprintln(s.stdout, "no findings")
		return nil
	}
	explained := map[string]string{}
	for _, id := range report.Identities {
		explained[id.Rule] = id.Explain
	}
	var rows [][]string
	for _, g := range groups {
		of := ""
		if g.Tested+g.Blank > 0 {
			of = fmt.Sprintf("%d of %d, %d with blanks", g.Failed, g.Tested, g.Blank)
		}
		rows = append(rows, []string{
			string(g.Verdict), g.Rule, fmt.Sprint(g.Findings), fmt.Sprint(g.Reports), of, explained[g.Rule],
		})
	}
	if err := table(s.stdout, []string{"verdict", "rule", "findings", "reports", "failed of tested", "what the rule says"}, rows); err != nil {
		return err
	}
	if c.Rule == "" {
		return nil
	}
	list, err := r.FindingRows(s.ctx, filter, rowsShown)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.stdout)
	for _, f := range list {
		fmt.Fprintf(s.stdout, "%s %s %s\n  %s\n  %s\n", f.Verdict, f.Place, f.Title, f.Note, f.URL)
	}
	return nil
}
