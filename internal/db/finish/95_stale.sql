-- A row is stale when nobody could look whether it still holds: the newest run of its
-- source that ended did not get through the listing, and did not read the page
-- either. (Publishing marks rows besides that it keeps from the former file.)
UPDATE reports SET stale = n.stale
FROM (
  SELECT r.id, l.outcome IS NOT NULL AND l.outcome NOT IN ('ok', 'partial') AND r.last_seen_at < l.began AS stale
  FROM reports r
  LEFT JOIN (
    SELECT e.source, e.data ->> '$.outcome' AS outcome, s.at AS began,
           row_number() OVER (PARTITION BY e.source ORDER BY e.at DESC, e.record_id DESC) AS n
    FROM events e
    JOIN (SELECT source, run, min(at) AS at FROM events WHERE kind = 'run-start' GROUP BY source, run) AS s
      ON s.source = e.source AND s.run = e.run
    WHERE e.kind = 'run-end' AND e.data ->> '$.outcome' NOT IN ('busy', 'interrupted')
  ) AS l ON l.source = r.source AND l.n = 1
) AS n
WHERE n.id = reports.id AND reports.stale IS NOT n.stale;
