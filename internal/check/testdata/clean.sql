-- Two portals with two reports each: rows that no question may object to.
INSERT INTO sources (id, name, url, host, adapter, region_code) VALUES
  ('east', '东岭市财政局', 'http://east.example/nb/', 'east.example', 'trs', '430600'),
  ('west', '西岭县教育局', 'http://west.example/nb/', 'west.example', 'plain', '430621');
INSERT INTO agencies (id, name, region_code) VALUES
  ('430600/东岭市财政局', '东岭市财政局', '430600'),
  ('430621/西岭县教育局', '西岭县教育局', '430621');
INSERT INTO reports (id, key, source, url, title, agency, agency_id, region_code, scope, report_year, report_year_basis,
  published_date, published_basis, views, views_state, revision, is_current, is_preferred, content_sha256,
  first_seen_at, last_seen_at, record_id, extractor) VALUES
  (1, 'k1', 'east', 'http://east.example/nb/2023.htm', '东岭市财政局2023年报告', '东岭市财政局', '430600/东岭市财政局', '430600',
   'own_organ', 2023, 'title', '2024-01-15', 'strip', 41, 'inline', 1, 1, 1, 'c1', '2025-03-01T08:00:00.000000Z', '2025-03-05T08:00:00.000000Z', 'r1', '1'),
  (2, 'k2', 'east', 'http://east.example/nb/2024.htm', '东岭市财政局2024年报告', '东岭市财政局', '430600/东岭市财政局', '430600',
   'own_organ', 2024, 'title', '2025-01-15', 'strip', 17, 'inline', 1, 0, 0, 'c2', '2025-03-01T08:00:00.000000Z', '2025-03-02T08:00:00.000000Z', 'r2', '1'),
  (3, 'k3', 'east', 'http://east.example/nb/2024.htm', '东岭市财政局2024年报告', '东岭市财政局', '430600/东岭市财政局', '430600',
   'own_organ', 2024, 'title', '2025-01-15', 'strip', 19, 'inline', 2, 1, 1, 'c3', '2025-03-03T08:00:00.000000Z', '2025-03-05T08:00:00.000000Z', 'r3', '1'),
  (4, 'k4', 'west', 'http://west.example/nb/2024.htm', '西岭县教育局2024年报告', '西岭县教育局', '430621/西岭县教育局', '430621',
   'own_organ', 2024, 'title', '2025-01-20', 'strip', NULL, 'none', 1, 1, 1, 'c4', '2025-03-01T08:00:00.000000Z', '2025-03-05T08:00:00.000000Z', 'r4', '1');
INSERT INTO applications VALUES
  (1, 'received_new', 3, 0, 0, 0, 0, 0, 3, NULL),
  (4, 'received_new', 2, NULL, NULL, 0, 0, 0, 2, 'nbdnnnn');
INSERT INTO disputes VALUES (1, 'review', 0, 1, 0, 0, 1, NULL), (4, 'review', NULL, NULL, NULL, NULL, NULL, 'bbbbb');
INSERT INTO disclosure VALUES (1, 'norm', 'issued', '5', 5, NULL, NULL), (1, 'licence', 'change', '-3', -3, NULL, NULL);
INSERT INTO sections VALUES (1, 1, '一、总体情况', replace(printf('%0300d', 0), '0', '东')), (4, 1, '一、总体情况', replace(printf('%0300d', 0), '0', '西'));
INSERT INTO report_checks VALUES (1, 't3_cols', 25, 0, 0);
INSERT INTO view_counts VALUES
  ('http://east.example/nb/2024.htm', '2025-03-01T08:00:00.000000Z', 17, 'inline', 'r2'),
  ('http://east.example/nb/2024.htm', '2025-03-03T08:00:00.000000Z', 19, 'inline', 'r3');
INSERT INTO listing_items (source, url, title, first_seen_at, last_seen_at, decision, reason) VALUES
  ('east', 'http://east.example/nb/2023.htm', '2023', '2025-03-01T08:00:00.000000Z', '2025-03-05T08:00:00.000000Z', 'followed', NULL),
  ('west', 'http://west.example/nb/zn.htm', '指南', '2025-03-01T08:00:00.000000Z', '2025-03-05T08:00:00.000000Z', 'skipped', 'not a report by its title');
INSERT INTO runs VALUES
  ('n1', 'run', '2025-03-01T08:00:00.000000Z', '2025-03-01T08:10:00.000000Z', 'unreachable'),
  ('n2', 'run', '2025-03-05T08:00:00.000000Z', '2025-03-05T08:10:00.000000Z', 'ok');
INSERT INTO source_runs VALUES
  ('n1', 'east', 0, 0, 0, 0, 0, 0, 3, 1.5, 'unreachable', NULL), ('n2', 'east', 2, 2, 0, 0, 0, 0, 9, 4.5, 'ok', NULL),
  ('n2', 'west', 1, 1, 0, 0, 0, 0, 5, 2.5, 'ok', NULL);
INSERT INTO events (record_id, source, kind, at, run, host, data) VALUES
  ('e1', 'east', 'run-start', '2025-03-01T08:00:00.000000Z', 'n1', 'east.example', '{"run":"n1","source":{"id":"east","expect":{"min":9,"years":"2015-"}}}'),
  ('e2', 'east', 'run-start', '2025-03-05T08:00:00.000000Z', 'n2', 'east.example', '{"run":"n2","source":{"id":"east","expect":{"min":2,"years":"2023-"}}}'),
  ('e3', 'west', 'run-start', '2025-03-05T08:00:00.000000Z', 'n2', 'west.example', '{"run":"n2","source":{"id":"west"}}');
