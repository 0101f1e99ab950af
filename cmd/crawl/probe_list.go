package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// many probes the addresses of a file one after the other, a row of a table each. What is
// wrong with one does not keep the others from being probed.
func (c *probeCommand) many(s *session, p *probe) error {
	targets, faults, err := readTargets(c.List)
	if err != nil {
		return exit{exitUsage, err}
	}
	for _, f := range faults {
		fmt.Fprintln(s.stderr, "crawl:", f)
	}
	columns := []string{"url", "family", "rows", "pages", "report", "problem"}
	var rows [][]string
	good, bad := 0, len(faults)
	for i, t := range targets {
		if i > 0 && !pause(s.ctx, p.opt.Delay) {
			break
		}
		got, err := p.one(s.ctx, t)
		var usage exit
		if s.ctx.Err() != nil {
			break // what is known so far is printed
		}
		switch {
		case errors.As(err, &usage) && usage.code == exitUsage:
			fmt.Fprintf(s.stderr, "crawl: %s: %v\n", t.where, err)
			bad++
			continue
		case err != nil:
			return err
		}
		if got.understood() && got.stray { // nobody looks at each of many
			got.problem("found %s, which may be another organ's", got.first.page.URL)
		}
		if n := len(got.columns); got.understood() && n > 0 {
			got.problem("%d columns, a source each: probe it by itself", n)
		}
		if got.understood() && c.Add {
			if err := addSource(s.opts.Config, got.entry); err != nil {
				got.problem("not added: %v", err)
			}
		}
		if got.understood() {
			good++
			p.sources = append(p.sources, got.entry.source()) // its id is taken
		}
		rows = append(rows, got.row())
	}
	if err := table(s.stdout, columns, rows); err != nil {
		return err
	}
	for _, e := range p.sources[len(p.sources)-good:] {
		fmt.Fprintf(s.stdout, "\n%s", entryOf(e).yaml("  "))
	}
	if s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	if bad += len(rows) - good; bad > 0 {
		return exit{exitSourceFault, fmt.Errorf("%s: %d of %d lines were not understood", c.List, bad, len(targets)+len(faults))}
	}
	return nil
}

// row is a probe in a line.
func (g *probed) row() []string {
	family, read := "", ""
	if g.first != nil {
		family = g.first.adapter.Name
	}
	if g.report != nil {
		read = g.report.Agency
		if g.report.Year != 0 {
			read = strings.TrimSpace(fmt.Sprintf("%d %s", g.report.Year, g.report.Agency))
		}
	}
	pages := fmt.Sprint(len(g.read))
	if g.listing != nil && !g.ended {
		pages += "+"
	}
	return []string{g.target.url, family, fmt.Sprint(len(g.rows)), pages, read, strings.Join(g.problems, "; ")}
}

// pause waits between two portals, which may stand on one host; false if ctx ended.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// readTargets reads a file of addresses. Lines that cannot be used are faults with file
// and line; an error is about the whole file.
func readTargets(path string) (targets []target, faults []error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("probe: %w", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord, r.TrimLeadingSpace = -1, true
	head, err := r.Read()
	if err != nil {
		return nil, nil, fmt.Errorf("%s:1: no header line: %w", path, err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	if _, ok := at["url"]; !ok {
		return nil, nil, fmt.Errorf("%s:1: no column url, have %s", path, strings.Join(head, ", "))
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return targets, faults, nil
		}
		if p := (*csv.ParseError)(nil); errors.As(err, &p) {
			faults = append(faults, fmt.Errorf("%s:%d: %w", path, p.StartLine, p.Err))
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", path, err)
		}
		line, _ := r.FieldPos(0)
		field := func(name string) string {
			if i, ok := at[name]; ok && i < len(record) {
				return strings.TrimSpace(record[i])
			}
			return ""
		}
		t := target{url: field("url"), name: field("name"), region: field("region"), where: fmt.Sprintf("%s:%d", path, line)}
		switch {
		case hostID(t.url) == "":
			faults = append(faults, fmt.Errorf("%s: %q is no http or https address", t.where, t.url))
		case t.region != "" && !regionCode.MatchString(t.region):
			faults = append(faults, fmt.Errorf("%s: region must be a six-digit GB/T 2260 code (got %q)", t.where, t.region))
		default:
			targets = append(targets, t)
		}
	}
}
