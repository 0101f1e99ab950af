-- The parts of runs of which events came since. A listing is evidence if it was walked to
-- its end, did not fall short of the total that the portal states, and lists something
-- that is followed (another listing may have taken its address), or nothing where the
-- config says that this is as it should be.
INSERT OR REPLACE INTO parts (source, run, command, began, again, list, listed_at, whole,
  ended, ended_by, outcome, detail, listed, failed, requests, seconds)
SELECT s.source, s.run, s.command, s.began, s.again,
       (SELECT e.data ->> '$.source.url' || coalesce(e.data ->> '$.source.selectors', '') FROM events e
        WHERE e.source = s.source AND e.run = s.run AND e.kind = 'run-start' ORDER BY e.at, e.record_id LIMIT 1),
       CASE WHEN coalesce(e.data ->> '$.outcome', '') <> 'empty' THEN l.listed_at END, coalesce(l.whole AND e.data ->> '$.outcome' IN ('ok', 'partial'), 0),
       e.at, e.record_id, e.data ->> '$.outcome', e.data ->> '$.detail',
       e.data ->> '$.listed', e.data ->> '$.failed', e.data ->> '$.requests', e.data ->> '$.seconds'
FROM (
  SELECT e.source, e.run, min(e.data ->> '$.command') AS command, min(e.at) AS began, max(e.at) AS again
  FROM fresh_parts f CROSS JOIN events e
  WHERE e.source = f.source AND e.run = f.run AND e.kind = 'run-start' GROUP BY e.source, e.run
) AS s
LEFT JOIN (
  SELECT l.source, l.run, max(CASE WHEN l.data ->> '$.items' > 0 THEN l.at END) AS listed_at,
         max(l.data ->> '$.items' > 0 OR coalesce(f.empty, 0)) AS whole
  FROM (
    SELECT f.source, f.run, max(e.data ->> '$.source.expect.empty') AS empty
    FROM fresh_parts f CROSS JOIN events e
    WHERE e.source = f.source AND e.run = f.run AND e.kind = 'run-start' GROUP BY f.source, f.run
  ) AS f CROSS JOIN events l
  WHERE l.source = f.source AND l.run = f.run AND l.kind = 'listing-complete'
    AND NOT coalesce(l.data ->> '$.partial', 0)
    AND coalesce(l.data ->> '$.total', -1) <= l.data ->> '$.items'
  GROUP BY l.source, l.run
) AS l ON l.source = s.source AND l.run = s.run
LEFT JOIN events e ON e.record_id = (
  SELECT record_id FROM events x WHERE x.source = s.source AND x.run = s.run AND x.kind = 'run-end'
  ORDER BY x.at DESC, x.record_id DESC LIMIT 1);

DELETE FROM fresh_parts;
