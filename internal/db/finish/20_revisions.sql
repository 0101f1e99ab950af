-- A revision is a content that its URL had not shown before; they are counted by
-- when each was first seen. Current is the one seen last, which after a change
-- back is not the highest; an answer that was cut off goes behind all whole ones.
UPDATE reports SET last_seen_at = o.last
FROM (SELECT report_id, max(at) AS last FROM observations GROUP BY report_id) AS o
WHERE o.report_id = reports.id AND reports.last_seen_at IS NOT o.last;

UPDATE reports SET revision = n.revision, is_current = n.is_current
FROM (
  SELECT id,
         row_number() OVER (PARTITION BY url ORDER BY first_seen_at, key) AS revision,
         row_number() OVER (PARTITION BY url ORDER BY id IN (SELECT report_id FROM findings WHERE rule = 'page_cut_off'), last_seen_at DESC, first_seen_at DESC, key DESC) = 1 AS is_current
  FROM reports
) AS n
WHERE n.id = reports.id AND (reports.revision, reports.is_current) IS NOT (n.revision, n.is_current);
