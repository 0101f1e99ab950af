-- data: one content under two agencies
SELECT min(source) AS source, min(key) AS subject,
       format('%d reports with the same content, under %s and %s', count(*), min(agency_id), max(agency_id)) AS detail
FROM reports
WHERE is_current = 1 AND agency_id IS NOT NULL
GROUP BY content_sha256
HAVING min(agency_id) <> max(agency_id)
