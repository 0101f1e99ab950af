WITH RECURSIVE n (i) AS (VALUES (10) UNION ALL SELECT i + 1 FROM n WHERE i < 12)
INSERT INTO reports (id, key, source, url, agency, agency_id, scope, report_year, views_state, is_current, is_preferred,
  content_sha256, first_seen_at, last_seen_at, record_id, extractor)
SELECT i, 'k' || i, 'west', 'http://west.example/nb/2024.htm', '西岭县教育局', '430621/西岭县教育局', 'own_organ', 2024, 'none', 0, 0,
  'c' || i, '2025-03-01T08:00:00.000000Z', '2025-03-01T08:00:00.000000Z', 'r' || i, '1' FROM n;
