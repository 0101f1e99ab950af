package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"crawl/internal/crawler"
	"crawl/internal/db"
)

type showCommand struct {
	Report string `arg:"" help:"A report: its key or a unique beginning of it (6 digits or more), its address, or its id."`
	Cell   string `help:"Where this was printed: a cell (t3.granted.total), a row (t3.granted), a table (t3), or title, agency, year, published, views." placeholder:"PLACE"`
	Text   bool   `help:"Print the sections in full."`
	JSON   bool   `help:"For machines."`
}

// Run prints one report with its findings, or where one of its values was printed.
func (c *showCommand) Run(s *session) (err error) {
	path, err := s.published()
	if err != nil {
		return err
	}
	r, err := db.OpenReader(s.ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	key, err := referred(s, r, c.Report)
	if err != nil {
		return err
	}
	stored, err := r.Report(s.ctx, key)
	if err != nil {
		return fmt.Errorf("show %s: %w", c.Report, err)
	}
	switch {
	case c.Cell != "":
		return c.showCell(s, stored)
	case c.JSON:
		return printJSON(s, stored)
	}
	printReport(s.stdout, stored, c.Text)
	return nil
}

func printJSON(s *session, v any) error {
	out := json.NewEncoder(s.stdout)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(v)
}

// referred is the key of the one report that ref means. Else the error says what
// listings and decisions tell of it, and names reports near it.
func referred(s *session, r *db.Reader, ref string) (string, error) {
	if strings.Contains(ref, "://") {
		ref = crawler.Canonical(ref)
	}
	found, err := r.Refer(s.ctx, ref)
	if err != nil {
		return "", err
	}
	if len(found.Reports) == 1 {
		return found.Reports[0].Text("key"), nil
	}
	if len(found.Reports) > 1 {
		return "", exit{exitUsage, fmt.Errorf("%s means %d reports, give more of the key:%s", ref, len(found.Reports), list(found.Reports))}
	}
	for _, item := range found.Item {
		if item.Text("reason") == "withheld" {
			return "", fmt.Errorf("%s is withheld%s", ref, s.whoWithholds(ref))
		}
	}
	if len(found.Item) > 0 {
		item := found.Item[0]
		return "", exit{exitUsage, fmt.Errorf("%s is no report: the listing of %s has it as %q, %s: %s",
			ref, item.Text("source"), item.Text("title"), item.Text("decision"), item.Text("reason"))}
	}
	if by := s.whoWithholds(ref); by != "" {
		return "", fmt.Errorf("%s is withheld%s", ref, by)
	}
	near := ""
	if len(found.Near) > 0 {
		near = "; near it:" + list(found.Near)
	}
	return "", exit{exitUsage, fmt.Errorf("no report %s: a key, at least 6 digits of one, an address as in reports.url, or an id%s", ref, near)}
}

// whoWithholds quotes the decision that keeps a page out, "" if there is none here.
func (s *session) whoWithholds(url string) string {
	lines, err := s.decisions()
	if err != nil {
		return ""
	}
	for _, d := range lines {
		if d.field == db.FieldWithhold && d.url == url {
			return fmt.Sprintf(" by %s (%s, %s: %s)", d.at(), d.who, d.decided, d.why)
		}
	}
	return ""
}

const mostListed = 10

func list(reports []db.Record) string {
	var b strings.Builder
	for i, r := range reports {
		if i == mostListed {
			fmt.Fprintf(&b, "\n  and %d more", len(reports)-i)
			break
		}
		fmt.Fprintf(&b, "\n  %s %s %s", r.Text("key"), r.Text("title"), r.Text("url"))
	}
	return b.String()
}
