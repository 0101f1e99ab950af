-- assertion: a source with fewer reports than its config expects (expect: min)
-- reads the run events of work.db
SELECT source, source AS subject, format('%d reports, expected at least %d', reports, least) AS detail
FROM (
  SELECT e.source, e.data ->> '$.source.expect.min' AS least,
         (SELECT count(*) FROM reports r WHERE r.source = e.source AND r.is_current = 1 AND r.removed_at IS NULL) AS reports,
         row_number() OVER (PARTITION BY e.source ORDER BY e.at DESC, e.record_id DESC) AS n
  FROM events e WHERE e.kind = 'run-start'
)
WHERE n = 1 AND reports < least
