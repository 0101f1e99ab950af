-- assertion: a source without a report of a year its config expects (expect: years)
-- reads the run events of work.db
-- An open end means every year whose last deadline, 31 March of the year after, lay
-- before the newest run of the source.
WITH RECURSIVE due (source, year, last) AS (
  SELECT source, CAST(substr(years, 1, 4) AS INTEGER),
         CASE WHEN years LIKE '____-____' THEN CAST(substr(years, 6, 4) AS INTEGER)
              WHEN years LIKE '____-' THEN CAST(strftime('%Y', at, '-3 months') AS INTEGER) - 1
              ELSE CAST(substr(years, 1, 4) AS INTEGER) END
  FROM (
    SELECT e.source, e.at, e.data ->> '$.source.expect.years' AS years,
           row_number() OVER (PARTITION BY e.source ORDER BY e.at DESC, e.record_id DESC) AS n
    FROM events e WHERE e.kind = 'run-start'
  )
  WHERE n = 1 AND years GLOB '[0-9][0-9][0-9][0-9]*'
  UNION ALL
  SELECT source, year + 1, last FROM due WHERE year < last
)
SELECT source, source AS subject, 'no report of ' || group_concat(year, ', ' ORDER BY year) AS detail
FROM due
WHERE year <= last
  AND NOT EXISTS (SELECT 1 FROM reports r WHERE r.source = due.source AND r.is_current = 1 AND r.report_year = due.year)
GROUP BY source
