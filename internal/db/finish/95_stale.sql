-- A row is stale when nobody could look whether it still holds: the newest run of its
-- source that ended did not get through the listing, and did not read the page
-- either. (Publishing marks rows besides that it keeps from the former file.)
UPDATE reports SET stale = n.stale
FROM (
  SELECT r.id, l.outcome IS NOT NULL AND l.outcome NOT IN ('ok', 'partial') AND r.last_seen_at < l.began AS stale
  FROM reports r
  LEFT JOIN (
    SELECT p.source, p.outcome, p.began FROM sources s
    JOIN parts p ON p.source = s.id AND p.run = (
      SELECT run FROM parts x WHERE x.source = s.id AND x.outcome NOT IN ('busy', 'interrupted')
      ORDER BY x.ended DESC, x.ended_by DESC LIMIT 1)
  ) AS l ON l.source = r.source
) AS n
WHERE n.id = reports.id AND reports.stale IS NOT n.stale;
