-- The rows of reports.db, from the attached work.db, in an order that depends on
-- the rows alone. ids maps the working ids (work_id), and those of the former file
-- whose sources are kept (former_id), to the published ones. expected and coverage
-- follow from what is published: coverage.sql.

INSERT INTO main.divisions SELECT * FROM work.divisions ORDER BY code, valid_from;
INSERT INTO main.dictionary SELECT * FROM work.dictionary ORDER BY rowid;
INSERT INTO main.sources SELECT * FROM work.sources ORDER BY id;
INSERT INTO main.agencies SELECT * FROM work.agencies ORDER BY id;
INSERT INTO main.agency_aliases SELECT * FROM work.agency_aliases ORDER BY agency_id, name, basis;
INSERT INTO main.runs SELECT * FROM work.runs ORDER BY id;
INSERT INTO main.source_runs SELECT * FROM work.source_runs ORDER BY run_id, source;
INSERT INTO main.listing_items SELECT * FROM work.listing_items ORDER BY source, url;
INSERT INTO main.view_counts SELECT * FROM work.view_counts ORDER BY url, observed_at, how;

INSERT INTO main.reports
SELECT i.id, key, source, url, title, agency, agency_raw, agency_basis, agency_id, region_code, level, scope,
       report_year, report_year_basis, published_at, published_date, published_label, published_basis, days_late,
       views, views_state, views_at, form_t2, form_t3, form_t4, form_statistics,
       revision, is_current, is_preferred, preferred_why, content_sha256, stale,
       first_seen_at, last_seen_at, removed_at, record_id, extractor
FROM ids i CROSS JOIN work.reports r ON r.id = i.work_id ORDER BY i.id;

INSERT INTO main.report_dates
SELECT i.id, label, raw, value FROM ids i CROSS JOIN work.report_dates x ON x.report_id = i.work_id ORDER BY i.id, x.rowid;
INSERT INTO main.sections
SELECT i.id, no, heading, text FROM ids i CROSS JOIN work.sections x ON x.report_id = i.work_id ORDER BY i.id, no;
INSERT INTO main.disclosure
SELECT i.id, item, measure, raw, value, unit, value_wan
FROM ids i CROSS JOIN work.disclosure x ON x.report_id = i.work_id ORDER BY i.id, item, measure;
INSERT INTO main.applications
SELECT i.id, item, natural_person, org_commercial, org_research, org_public_welfare, org_legal_service, org_other, total, states
FROM ids i CROSS JOIN work.applications x ON x.report_id = i.work_id ORDER BY i.id, item;
INSERT INTO main.disputes
SELECT i.id, route, upheld, corrected, other_result, pending, total, states
FROM ids i CROSS JOIN work.disputes x ON x.report_id = i.work_id ORDER BY i.id, route;
INSERT INTO main.statistics
SELECT i.id, form, item, label, period, raw, value, unit
FROM ids i CROSS JOIN work.statistics x ON x.report_id = i.work_id ORDER BY i.id, x.rowid;
INSERT INTO main.cell_remarks
SELECT i.id, tbl, item, col, state, raw
FROM ids i CROSS JOIN work.cell_remarks x ON x.report_id = i.work_id ORDER BY i.id, x.rowid;
INSERT INTO main.report_checks
SELECT i.id, rule, tested, failed, blank
FROM ids i CROSS JOIN work.report_checks x ON x.report_id = i.work_id ORDER BY i.id, rule;
INSERT INTO main.attachments
SELECT i.id, url, name, media_type, sha256, role, record_id
FROM ids i CROSS JOIN work.attachments x ON x.report_id = i.work_id ORDER BY i.id, x.rowid;
INSERT INTO main.findings
SELECT i.id, o.id, source, rule, place, verdict, lhs, rhs, note
FROM ids i CROSS JOIN work.findings x ON x.report_id = i.work_id LEFT JOIN ids o ON o.work_id = x.other_report_id
ORDER BY i.id, x.rowid;
INSERT INTO main.findings -- about a source, not a report
SELECT NULL, NULL, source, rule, place, verdict, lhs, rhs, note
FROM work.findings WHERE report_id IS NULL ORDER BY source, rule, place, verdict, note;

-- Only the captures that a row cites.
INSERT INTO main.captures
SELECT * FROM work.captures WHERE record_id IN (
  SELECT record_id FROM main.reports UNION SELECT record_id FROM main.view_counts UNION SELECT record_id FROM main.attachments)
ORDER BY record_id;
