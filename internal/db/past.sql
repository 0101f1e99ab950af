-- What the sources' reports say now (work), beside what they said in the former file:
-- one row a source and comparison. Pages that people took out are not missed, and a row
-- whose capture is gone from the archive is the archive's loss, not the reader's.
WITH was AS MATERIALIZED (
  SELECT r.id, r.source, r.url, r.title, r.agency, r.report_year, r.published_date,
         r.report_year IS NULL OR r.report_year >= 2019 AS has_t3,
         EXISTS (SELECT 1 FROM former.applications a WHERE a.report_id = r.id
                 AND coalesce(natural_person, org_commercial, org_research, org_public_welfare, org_legal_service, org_other, total) IS NOT NULL) AS t3
  FROM former.reports r
  WHERE r.is_current = 1 AND r.record_id IN (SELECT record_id FROM work.captures WHERE outcome <> 'erased')
    AND r.url NOT IN (SELECT url FROM work.decisions WHERE field = 'withhold' OR field = 'is_report' AND value = 'no')
), now AS MATERIALIZED (
  SELECT r.id, r.source, r.url, r.title, r.agency, r.report_year, r.published_date,
         r.report_year IS NULL OR r.report_year >= 2019 AS has_t3,
         EXISTS (SELECT 1 FROM work.applications a WHERE a.report_id = r.id
                 AND coalesce(natural_person, org_commercial, org_research, org_public_welfare, org_legal_service, org_other, total) IS NOT NULL) AS t3
  FROM work.reports r WHERE r.is_current = 1
)
-- The same pages: read then, and now.
SELECT w.source, 0 AS fresh, count(*), count(n.id), count(n.id), count(*),
       count(w.title), count(n.title), count(w.agency), count(n.agency), count(w.report_year), count(n.report_year),
       count(w.published_date), count(n.published_date), sum(w.has_t3), sum(w.has_t3 AND n.id IS NOT NULL), sum(w.has_t3 AND w.t3), sum(w.has_t3 AND coalesce(n.t3, 0))
FROM was w LEFT JOIN now n ON n.url = w.url GROUP BY w.source
UNION ALL
-- Pages that came since and are no older reports fetched afterwards, against all those of then.
SELECT w.source, 1, w.n, n.n, n.n, n.n, w.title, n.title, w.agency, n.agency, w.year, n.year, w.day, n.day, w.has_t3, n.has_t3, w.t3, n.t3
FROM (
  SELECT source, count(*) AS n, count(title) AS title, count(agency) AS agency, count(report_year) AS year, count(published_date) AS day,
         sum(has_t3) AS has_t3, sum(has_t3 AND t3) AS t3
  FROM was GROUP BY source
) AS w
JOIN (
  SELECT source, count(*) AS n, count(title) AS title, count(agency) AS agency, count(report_year) AS year, count(published_date) AS day,
         sum(has_t3) AS has_t3, sum(has_t3 AND t3) AS t3
  FROM now n
  WHERE url NOT IN (SELECT url FROM former.reports)
    AND (report_year IS NULL OR report_year >= (SELECT max(report_year) FROM was WHERE was.source = n.source))
  GROUP BY source
) AS n ON n.source = w.source
ORDER BY 1, 2
