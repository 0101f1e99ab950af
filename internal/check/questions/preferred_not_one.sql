-- assertion: not exactly one preferred report of an agency, scope and year
SELECT min(source) AS source, agency_id AS subject,
       format('%d, %s: %d of %d current reports are preferred', report_year, scope, sum(is_preferred), count(*)) AS detail
FROM reports
WHERE is_current = 1 AND agency_id IS NOT NULL AND report_year IS NOT NULL
GROUP BY agency_id, scope, report_year
HAVING sum(is_preferred) <> 1
