-- Listed items. A followed page that turned out to be no report says so, unless a
-- later capture of it was one. An item is removed when three complete listings
-- that began after it was last seen agree: one that stopped early or fell short of
-- the portal's stated total is no evidence. Of a page that people withhold only
-- the address is told.
CREATE TEMP TABLE complete AS
SELECT l.source, s.at AS began, max(l.at) AS at
FROM events l
JOIN (SELECT source, run, min(at) AS at FROM events WHERE kind = 'run-start' GROUP BY source, run) AS s
  ON s.source = l.source AND s.run = l.run
WHERE l.kind = 'listing-complete'
  AND NOT coalesce(l.data ->> '$.partial', 0)
  AND l.data ->> '$.items' > 0
  AND coalesce(l.data ->> '$.total', -1) <= l.data ->> '$.items'
GROUP BY l.source, l.run;
CREATE INDEX temp.complete_by_source ON complete (source, began, at);

DELETE FROM listing_items;

INSERT INTO listing_items (source, url, title, listed_date, first_seen_at, last_seen_at, removed_at, decision, reason)
SELECT i.source, i.url, CASE WHEN w.url IS NULL THEN nullif(i.title, '') END, nullif(i.listed_date, ''), i.first_seen_at, i.last_seen_at,
       (SELECT c.at FROM complete c WHERE c.source = i.source AND c.began > i.last_seen_at ORDER BY c.at LIMIT 1 OFFSET 2),
       CASE WHEN w.url IS NULL THEN i.decision ELSE 'skipped' END,
       CASE WHEN w.url IS NOT NULL THEN 'withheld'
            WHEN i.decision = 'followed' AND n.at > coalesce((SELECT max(at) FROM observations o WHERE o.url = i.url), '')
            THEN 'not a report: ' || n.reason ELSE nullif(i.reason, '') END
FROM items i
LEFT JOIN (SELECT url, at, reason, max(at || record_id) FROM not_reports GROUP BY url) AS n ON n.url = i.url
LEFT JOIN decisions AS w ON w.url = i.url AND w.field = 'withhold';

UPDATE reports SET removed_at = n.removed_at
FROM (
  SELECT r.id, CASE WHEN count(*) = count(i.removed_at) THEN max(i.removed_at) END AS removed_at
  FROM reports r LEFT JOIN listing_items i ON i.url = r.url AND i.decision = 'followed'
  GROUP BY r.id
) AS n
WHERE n.id = reports.id AND reports.removed_at IS NOT n.removed_at;

DROP TABLE complete;
