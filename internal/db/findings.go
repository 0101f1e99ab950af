package db

import (
	"context"
	"fmt"

	"crawl/internal/report"
)

// FindingFilter narrows findings; a zero field does not. Only findings about
// current reports, and about sources, are asked for.
type FindingFilter struct {
	Rule    string
	Verdict report.Verdict
	Source  string
	Report  string // key
}

// FindingGroup is the findings of one rule and verdict; the verdict is "" for a rule
// that was tested and found nothing. Tested, Failed and Blank are the rule's
// instances over all current reports the filter lets through, of whatever verdict; 0
// for a rule that counts none.
type FindingGroup struct {
	Rule     string         `json:"rule"`
	Verdict  report.Verdict `json:"verdict"`
	Findings int            `json:"findings"`
	Reports  int            `json:"reports"`
	Tested   int            `json:"tested"`
	Failed   int            `json:"failed"`
	Blank    int            `json:"blank"`
}

// The conditions of a filter over reports r, and over findings f besides.
const (
	reportFilter  = `(?3 = '' OR r.source = ?3) AND (?4 = '' OR r.key = ?4)`
	findingFilter = `(?1 = '' OR f.rule = ?1) AND (?2 = '' OR f.verdict = ?2) AND coalesce(r.is_current, 1) = 1
		AND (?3 = '' OR f.source = ?3) AND (?4 = '' OR r.key = ?4)`
)

func (f FindingFilter) args() []any {
	return []any{f.Rule, string(f.Verdict), f.Source, f.Report}
}

// Findings groups the findings the filter lets through, worst verdict and largest
// group first; last, unless the filter is for a verdict, the rules without findings.
func (r *Reader) Findings(ctx context.Context, filter FindingFilter) ([]FindingGroup, error) {
	rows, err := r.pool.QueryContext(ctx, `
		SELECT coalesce(g.rule, c.rule), coalesce(g.verdict, ''), coalesce(g.findings, 0), coalesce(g.reports, 0),
		       coalesce(c.tested, 0), coalesce(c.failed, 0), coalesce(c.blank, 0)
		FROM (
		  SELECT f.rule, f.verdict, count(*) AS findings, count(DISTINCT f.report_id) AS reports
		  FROM findings f LEFT JOIN reports r ON r.id = f.report_id WHERE `+findingFilter+`
		  GROUP BY f.rule, f.verdict
		) AS g
		FULL JOIN (
		  SELECT c.rule, sum(c.tested) AS tested, sum(c.failed) AS failed, sum(c.blank) AS blank
		  FROM report_checks c JOIN reports r ON r.id = c.report_id
		  WHERE r.is_current = 1 AND (?1 = '' OR c.rule = ?1) AND `+reportFilter+` GROUP BY c.rule
		) AS c ON c.rule = g.rule
		WHERE g.rule IS NOT NULL OR ?2 = ''
		ORDER BY g.verdict IS NULL, g.verdict, g.findings DESC, 1`, filter.args()...)
	if err != nil {
		return nil, fmt.Errorf("findings: %w", err)
	}
	defer rows.Close()
	var groups []FindingGroup
	for rows.Next() {
		var g FindingGroup
		if err := rows.Scan(&g.Rule, &g.Verdict, &g.Findings, &g.Reports, &g.Tested, &g.Failed, &g.Blank); err != nil {
			return nil, fmt.Errorf("findings: %w", err)
		}
		groups = append(groups, g)
	}
	return groups, rows.Err()
}

// FindingRow is one finding with the report it is about; Key, Title and URL are ""
// for one about a source. Other is the key of the report it is compared with, "" for
// none.
type FindingRow struct {
	Key, Title, URL, Source, Other string
	report.Finding
}

// FindingRows lists the findings the filter lets through, at most limit of them (0: all).
func (r *Reader) FindingRows(ctx context.Context, filter FindingFilter, limit int) ([]FindingRow, error) {
	if limit == 0 {
		limit = -1
	}
	rows, err := r.pool.QueryContext(ctx, `
		SELECT coalesce(r.key, ''), coalesce(r.title, ''), coalesce(r.url, ''), coalesce(f.source, ''),
		       coalesce((SELECT o.key FROM reports o WHERE o.id = f.other_report_id), ''), f.rule, coalesce(f.place, ''), f.verdict, f.lhs, f.rhs, coalesce(f.note, '')
		FROM findings f LEFT JOIN reports r ON r.id = f.report_id WHERE `+findingFilter+`
		ORDER BY f.verdict, f.rule, r.source, r.url, r.key, f.place, f.rowid LIMIT ?5`, append(filter.args(), limit)...)
	if err != nil {
		return nil, fmt.Errorf("findings: %w", err)
	}
	defer rows.Close()
	var list []FindingRow
	for rows.Next() {
		var f FindingRow
		err := rows.Scan(&f.Key, &f.Title, &f.URL, &f.Source, &f.Other, &f.Rule, &f.Place, &f.Verdict, &f.LHS, &f.RHS, &f.Note)
		if err != nil {
			return nil, fmt.Errorf("findings: %w", err)
		}
		list = append(list, f)
	}
	return list, rows.Err()
}
