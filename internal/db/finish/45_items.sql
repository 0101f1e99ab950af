-- Listed items. A followed page that turned out to be no report says so, unless a
-- later capture of it was one. Of a page that people withhold, or that was erased from
-- the archive, only the address is told.
--
-- An item is removed when three complete listings that began after it was last seen
-- agree: one that stopped early or fell short of the portal's stated total is no
-- evidence. Nor is another listing than the one that named it: when the config entry is
-- pointed elsewhere, its former items count as removed only if their pages are gone too.
CREATE TEMP TABLE sighting AS
SELECT i.source, i.url,
       (SELECT c.listed_at FROM parts c WHERE c.source = i.source AND c.began > i.last_seen_at AND c.listed_at IS NOT NULL
          AND c.list = coalesce(i.list, c.list) ORDER BY c.listed_at LIMIT 1 OFFSET 2) AS same,
       i.other
FROM (
  SELECT *, (SELECT e.data ->> '$.source.url' || coalesce(e.data ->> '$.source.selectors', '') FROM events e
             WHERE e.source = o.source AND e.kind = 'run-start' AND e.at <= o.last_seen_at
             ORDER BY e.at DESC, e.record_id DESC LIMIT 1) AS list
  FROM (
    SELECT source, url, last_seen_at,
           (SELECT c.listed_at FROM parts c WHERE c.source = items.source AND c.began > items.last_seen_at AND c.listed_at IS NOT NULL
            ORDER BY c.listed_at LIMIT 1 OFFSET 2) AS other
    FROM items
  ) AS o
  WHERE other IS NOT NULL -- of all others too few listings are known since
) AS i;

-- Since when a page of another listing answers that nothing is there.
CREATE TEMP TABLE gone AS
SELECT s.source, s.url, min(c.fetched_at) AS at
FROM sighting s
JOIN captures c ON c.url = s.url AND c.source = s.source AND c.kind = 'page' AND c.status IN (404, 410)
WHERE s.same IS NULL
  AND c.fetched_at > coalesce((SELECT max(k.fetched_at) FROM captures k WHERE k.url = s.url AND k.source = s.source AND k.kind = 'page'
                               AND (k.status IN (200, 304) OR k.final_url <> k.url)), '')
GROUP BY s.source, s.url;

CREATE TEMP TABLE removal AS
SELECT s.source, s.url, coalesce(s.same, max(s.other, g.at)) AS at
FROM sighting s LEFT JOIN gone g USING (source, url);
CREATE UNIQUE INDEX temp.removal_by_item ON removal (source, url);

DELETE FROM listing_items;

INSERT INTO listing_items (source, url, title, listed_date, first_seen_at, last_seen_at, removed_at, decision, reason)
SELECT i.source, i.url, CASE WHEN w.url IS NULL AND n.reason IS NOT 'erased' THEN nullif(i.title, '') END, nullif(i.listed_date, ''), i.first_seen_at, i.last_seen_at,
       r.at,
       CASE WHEN w.url IS NULL AND n.reason IS NOT 'erased' THEN i.decision ELSE 'skipped' END,
       CASE WHEN n.reason = 'erased' THEN 'erased'
            WHEN w.url IS NOT NULL THEN 'withheld'
            WHEN n.url IS NOT NULL THEN 'not a report: ' || n.reason
            ELSE nullif(i.reason, '') END
FROM items i
LEFT JOIN removal r ON r.source = i.source AND r.url = i.url
LEFT JOIN (SELECT url, at, reason, max(at || record_id) FROM not_reports GROUP BY url) AS n
  ON n.url = i.url AND (i.decision = 'followed' OR n.reason = 'erased')
 AND n.at > coalesce((SELECT max(at) FROM observations o WHERE o.url = i.url), '')
LEFT JOIN decisions AS w ON w.url = i.url AND w.field = 'withhold';

-- A report is removed when all items are that lead to it, by its own address or one
-- that redirects to it.
UPDATE reports SET removed_at = n.removed_at
FROM (
  SELECT r.id, CASE WHEN count(*) = count(i.removed_at) THEN max(i.removed_at) END AS removed_at
  FROM reports r
  LEFT JOIN (
    SELECT url AS page, removed_at FROM listing_items WHERE decision = 'followed'
    UNION ALL
    SELECT DISTINCT c.final_url, i.removed_at FROM captures c JOIN listing_items i ON i.url = c.url AND i.source = c.source
    WHERE c.kind = 'page' AND c.final_url <> c.url AND i.decision = 'followed'
  ) AS i ON i.page = r.url
  GROUP BY r.id
) AS n
WHERE n.id = reports.id AND reports.removed_at IS NOT n.removed_at;

DROP TABLE sighting;
DROP TABLE gone;
DROP TABLE removal;
