-- A source is what its newest run-start says of it. Where the config leaves the
-- family to detection, the newest listing says which it was.
UPDATE sources SET
  name        = nullif(s.data ->> '$.source.name', ''),
  url         = nullif(s.data ->> '$.source.url', ''),
  host        = s.host,
  adapter     = CASE WHEN coalesce(s.data ->> '$.source.adapter', '') IN ('', 'auto')
                     THEN coalesce(l.adapter, 'auto') ELSE s.data ->> '$.source.adapter' END,
  region_code = nullif(s.data ->> '$.source.region', ''),
  note        = nullif(s.data ->> '$.source.note', '')
FROM sources AS o
JOIN events AS s ON s.record_id = (
  SELECT record_id FROM events WHERE source = o.id AND kind = 'run-start' ORDER BY at DESC, record_id DESC LIMIT 1)
LEFT JOIN (SELECT record_id, data ->> '$.adapter' AS adapter FROM events) AS l ON l.record_id = (
  SELECT record_id FROM events WHERE source = o.id AND kind = 'listing-complete' AND data ->> '$.adapter' <> ''
  ORDER BY at DESC, record_id DESC LIMIT 1)
WHERE o.id = sources.id;
