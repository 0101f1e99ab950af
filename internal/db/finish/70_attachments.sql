-- The bytes of an attachment: the first capture of the file after the report was
-- first seen, or else the last one before. A later capture may be of another version.
UPDATE attachments SET record_id = c.record_id, sha256 = c.sha256, media_type = coalesce(c.media_type, attachments.media_type)
FROM (
  SELECT a.rowid AS attachment, coalesce(
    (SELECT record_id FROM captures WHERE url = a.url AND kind = 'file' AND status = 200 AND outcome = 'ok'
       AND fetched_at >= r.first_seen_at ORDER BY fetched_at, record_id LIMIT 1),
    (SELECT record_id FROM captures WHERE url = a.url AND kind = 'file' AND status = 200 AND outcome = 'ok'
       AND fetched_at < r.first_seen_at ORDER BY fetched_at DESC, record_id LIMIT 1)) AS record_id
  FROM attachments a JOIN reports r ON r.id = a.report_id
) AS found JOIN captures c ON c.record_id = found.record_id
WHERE found.attachment = attachments.rowid;
