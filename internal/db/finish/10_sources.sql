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
FROM (
  SELECT source, host, data, row_number() OVER (PARTITION BY source ORDER BY at DESC, record_id DESC) AS n
  FROM events WHERE kind = 'run-start'
) AS s
LEFT JOIN (
  SELECT source, data ->> '$.adapter' AS adapter,
         row_number() OVER (PARTITION BY source ORDER BY at DESC, record_id DESC) AS n
  FROM events WHERE kind = 'listing-complete' AND data ->> '$.adapter' <> ''
) AS l ON l.source = s.source AND l.n = 1
WHERE s.source = sources.id AND s.n = 1;
