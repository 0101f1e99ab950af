-- Sources that are below what their config promises (expect: min, years) and were
-- nearer to it in the former file: source, a sentence. Removed reports do not count.
WITH RECURSIVE promise AS (
  SELECT source, least, years,
         CAST(substr(years, 1, 4) AS INTEGER) AS first,
         CASE WHEN years GLOB '*-' THEN 9999 ELSE CAST(substr(years, -4) AS INTEGER) END AS last
  FROM (SELECT e.source, e.data ->> '$.source.expect.min' AS least, nullif(e.data ->> '$.source.expect.years', '') AS years
        FROM work.sources s JOIN work.events e ON e.record_id = (
          SELECT record_id FROM work.events WHERE source = s.id AND kind = 'run-start' ORDER BY at DESC, record_id DESC LIMIT 1))
), was AS MATERIALIZED (
  SELECT source, url, report_year FROM former.reports
  WHERE is_current = 1 AND removed_at IS NULL AND record_id IN (SELECT record_id FROM work.captures WHERE outcome <> 'erased')
    AND url NOT IN (SELECT url FROM work.decisions WHERE field = 'withhold' OR field = 'is_report' AND value = 'no')
), now AS MATERIALIZED (
  SELECT source, report_year FROM work.reports WHERE is_current = 1 AND removed_at IS NULL
)
SELECT source, format('%d reports, expected at least %d, formerly %d', present, least, past) FROM (
  SELECT p.source, p.least, (SELECT count(*) FROM now n WHERE n.source = p.source) AS present,
         (SELECT count(*) FROM was w WHERE w.source = p.source) AS past
  FROM promise p WHERE p.least > 0
) WHERE present < least AND past > present
UNION ALL
SELECT p.source, 'no longer a report of ' || group_concat(w.report_year, ', ' ORDER BY w.report_year)
FROM promise p
JOIN (SELECT DISTINCT source, report_year FROM was) AS w ON w.source = p.source
WHERE p.years IS NOT NULL AND w.report_year BETWEEN p.first AND p.last
  AND NOT EXISTS (SELECT 1 FROM now n WHERE n.source = p.source AND n.report_year = w.report_year)
GROUP BY p.source
ORDER BY 1, 2
