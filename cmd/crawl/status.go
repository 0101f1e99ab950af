package main

import (
	"encoding/json"
	"fmt"

	"crawl/internal/db"
)

type statusCommand struct {
	JSON bool `help:"For machines."`
}

// Run prints one line a source, from the published file.
func (c *statusCommand) Run(s *session) error {
	path, err := s.published()
	if err != nil {
		return err
	}
	r, err := db.OpenReader(s.ctx, path)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	sources, err := r.Status(s.ctx)
	if err != nil {
		return fmt.Errorf("status of %s: %w", path, err)
	}
	if c.JSON {
		out := json.NewEncoder(s.stdout)
		out.SetIndent("", "  ")
		return out.Encode(sources)
	}
	columns := []string{"source", "last success", "found", "reports", "new", "changed", "failed", "requests", "per new", "outcome"}
	var rows [][]string
	for _, src := range sources {
		success, cost := "never", "-"
		if src.LastSuccess != "" {
			success = src.LastSuccess[:10]
		}
		if src.CostPerNew != nil {
			cost = fmt.Sprintf("%.1f", *src.CostPerNew)
		}
		last := src.Tally
		rows = append(rows, []string{
			src.Source, success, fmt.Sprint(src.Found), fmt.Sprint(src.Reports), fmt.Sprint(last.New), fmt.Sprint(last.Changed),
			fmt.Sprint(last.Failed), fmt.Sprint(last.Requests), cost, src.Words(),
		})
	}
	return table(s.stdout, columns, rows)
}
