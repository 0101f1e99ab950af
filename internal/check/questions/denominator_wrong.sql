-- assertion: a rule that failed more often in a report than it was tested
SELECT r.source, r.key AS subject, format('%s: %d failed of %d', c.rule, c.failed, c.tested) AS detail
FROM report_checks c JOIN reports r ON r.id = c.report_id
WHERE c.failed > c.tested OR min(c.tested, c.failed, c.blank) < 0
