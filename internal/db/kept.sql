-- The last good rows of the sources in kept, from the former file, after publish.sql has
-- brought in everyone else's. What is wrong with a source is computed anew.
INSERT INTO main.agencies
SELECT * FROM former.agencies WHERE id NOT IN (SELECT id FROM main.agencies)
  AND id IN (SELECT r.agency_id FROM ids i JOIN former.reports r ON r.id = i.former_id) ORDER BY id;
UPDATE main.agencies SET successor = NULL WHERE successor NOT IN (SELECT id FROM main.agencies);
INSERT OR IGNORE INTO main.agency_aliases
SELECT * FROM former.agency_aliases
WHERE agency_id IN (SELECT r.agency_id FROM ids i JOIN former.reports r ON r.id = i.former_id) ORDER BY agency_id, name, basis;

DELETE FROM main.view_counts WHERE url IN (SELECT r.url FROM ids i JOIN former.reports r ON r.id = i.former_id);
INSERT INTO main.view_counts
SELECT * FROM former.view_counts WHERE url IN (SELECT r.url FROM ids i JOIN former.reports r ON r.id = i.former_id)
ORDER BY url, observed_at, how;

INSERT INTO main.reports
SELECT i.id, key, source, url, title, agency, agency_raw, agency_basis, agency_id, region_code, level, scope,
       report_year, report_year_basis, published_at, published_date, published_label, published_basis, days_late,
       views, views_state, views_at, form_t2, form_t3, form_t4, form_statistics,
       revision, is_current, is_preferred, preferred_why, content_sha256, 1,
       first_seen_at, last_seen_at, removed_at, record_id, extractor
FROM ids i CROSS JOIN former.reports r ON r.id = i.former_id ORDER BY i.id;

INSERT INTO main.report_dates
SELECT i.id, label, raw, value FROM ids i CROSS JOIN former.report_dates x ON x.report_id = i.former_id ORDER BY i.id, x.rowid;
INSERT INTO main.sections
SELECT i.id, no, heading, text FROM ids i CROSS JOIN former.sections x ON x.report_id = i.former_id ORDER BY i.id, no;
INSERT INTO main.disclosure
SELECT i.id, item, measure, raw, value, unit, value_wan
FROM ids i CROSS JOIN former.disclosure x ON x.report_id = i.former_id ORDER BY i.id, item, measure;
INSERT INTO main.applications
SELECT i.id, item, natural_person, org_commercial, org_research, org_public_welfare, org_legal_service, org_other, total, states
FROM ids i CROSS JOIN former.applications x ON x.report_id = i.former_id ORDER BY i.id, item;
INSERT INTO main.disputes
SELECT i.id, route, upheld, corrected, other_result, pending, total, states
FROM ids i CROSS JOIN former.disputes x ON x.report_id = i.former_id ORDER BY i.id, route;
INSERT INTO main.statistics
SELECT i.id, form, item, label, period, raw, value, unit
FROM ids i CROSS JOIN former.statistics x ON x.report_id = i.former_id ORDER BY i.id, x.rowid;
INSERT INTO main.cell_remarks
SELECT i.id, tbl, item, col, state, raw
FROM ids i CROSS JOIN former.cell_remarks x ON x.report_id = i.former_id ORDER BY i.id, x.rowid;
INSERT INTO main.report_checks
SELECT i.id, rule, tested, failed, blank
FROM ids i CROSS JOIN former.report_checks x ON x.report_id = i.former_id ORDER BY i.id, rule;
INSERT INTO main.attachments
SELECT i.id, url, name, media_type, sha256, role, record_id
FROM ids i CROSS JOIN former.attachments x ON x.report_id = i.former_id ORDER BY i.id, x.rowid;
-- Findings that name a second report are of rules across years; those run again.
INSERT INTO main.findings
SELECT i.id, NULL, source, rule, place, verdict, lhs, rhs, note
FROM ids i CROSS JOIN former.findings x ON x.report_id = i.former_id
WHERE x.other_report_id IS NULL ORDER BY i.id, x.rowid;

INSERT OR IGNORE INTO main.captures
SELECT * FROM work.captures WHERE outcome <> 'erased' AND record_id IN (
  SELECT record_id FROM main.reports UNION SELECT record_id FROM main.view_counts UNION SELECT record_id FROM main.attachments)
ORDER BY record_id;
-- A view count or a file whose capture is gone from the archive can be cited no longer.
DELETE FROM main.view_counts WHERE record_id NOT IN (SELECT record_id FROM main.captures);
UPDATE main.attachments SET record_id = NULL WHERE record_id NOT IN (SELECT record_id FROM main.captures);
