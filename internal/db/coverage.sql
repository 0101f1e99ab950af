-- expected and coverage, for the file being built: main holds its reports, those kept
-- from the former publication among them (kept: source, why), work the run events.
-- Dates of runs are compared with deadlines in Beijing time. Nothing here asks what
-- time it is now.

-- One row a source: what it promises, when its whole listing was last seen, and what
-- stands in the way since (NULL if nothing does).
CREATE TEMP TABLE state AS
SELECT s.id AS source, s.name, s.region_code, c.years,
       CAST(substr(c.years, 1, 4) AS INTEGER) AS first,
       CASE WHEN c.years GLOB '*-' THEN 9999 WHEN c.years IS NOT NULL THEN CAST(substr(c.years, -4) AS INTEGER) END AS last,
       c.least, w.as_of, w.looked, l.trouble, l.detail, l.since,
       max(coalesce(w.looked, ''), coalesce(CASE WHEN l.trouble IS NOT NULL THEN l.day END, '')) AS known -- deadlines before it have passed
FROM main.sources s
LEFT JOIN (
  SELECT source, data ->> '$.source.expect.min' AS least, nullif(data ->> '$.source.expect.years', '') AS years, record_id
  FROM work.events
) AS c ON c.record_id = (
  SELECT record_id FROM work.events WHERE source = s.id AND kind = 'run-start' ORDER BY at DESC, record_id DESC LIMIT 1)
LEFT JOIN (
  SELECT source, max(ended) AS as_of, date(max(began), '+8 hours') AS looked FROM work.parts WHERE whole GROUP BY source
) AS w ON w.source = s.id
LEFT JOIN ( -- the newest run that ended and says something about its source
  SELECT source, run, detail, date(began, '+8 hours') AS day,
         CASE WHEN outcome IN ('blocked', 'robots', 'unreachable') THEN 'blocked'
              WHEN outcome NOT IN ('ok', 'partial') THEN outcome END AS trouble,
         (SELECT min(b.ended) FROM work.parts b
          WHERE b.source = p.source AND b.outcome NOT IN ('busy', 'interrupted') AND b.ended > coalesce((
            SELECT g.ended FROM work.parts g WHERE g.source = p.source AND g.outcome IN ('ok', 'partial')
            ORDER BY g.ended DESC LIMIT 1), '')) AS since
  FROM work.parts p
) AS l ON l.source = s.id AND l.run = (
  SELECT run FROM work.parts x WHERE x.source = s.id AND x.outcome NOT IN ('busy', 'interrupted')
  ORDER BY x.ended DESC, x.ended_by DESC LIMIT 1);

-- Current reports with agency and year. certain: the year is not a guess from the
-- publish date; a guess may answer a question, never raise one.
CREATE TEMP TABLE told AS
SELECT source, agency_id, scope, report_year AS year, report_year_basis IS NOT 'published' AS certain, key
FROM main.reports WHERE is_current = 1 AND agency_id IS NOT NULL AND report_year IS NOT NULL;
CREATE INDEX temp.told_by_agency ON told (agency_id, year);
CREATE INDEX temp.told_by_source ON told (source, year);

-- A source without two agencies in any year is one organ's listing, whatever the organ
-- was called over the years. One whose reports are all of one year promises no other.
CREATE TEMP TABLE listing AS
SELECT source, max(agencies) = 1 AS single, min(year) AS first, max(year) AS last, count(*) AS years
FROM (SELECT source, year, count(DISTINCT agency_id) AS agencies FROM told WHERE certain GROUP BY source, year)
GROUP BY source;

-- Lanes: who reports year after year, and where. An agency that reports region-wide and
-- for itself in one year has a lane for each; else its scope is what a page happened to
-- make clear, and one lane holds them all.
CREATE TEMP TABLE double AS
SELECT DISTINCT a.agency_id FROM told a JOIN told b ON b.agency_id = a.agency_id AND b.year = a.year
WHERE a.scope = 'region_wide' AND b.scope = 'own_organ';

CREATE TEMP TABLE lane AS
SELECT l.source, NULL AS only, t.agency_id, t.scope, l.first, l.last, 1 AS single
FROM listing l JOIN (
  SELECT *, row_number() OVER (PARTITION BY source ORDER BY year DESC, scope, key) AS n FROM told WHERE certain
) AS t ON t.source = l.source AND t.n = 1
WHERE l.single
UNION ALL
SELECT t.source, t.only, t.agency_id, t.scope, t.first, t.last, 0
FROM (
  SELECT t.source, t.agency_id, t.scope, CASE WHEN d.agency_id IS NOT NULL THEN t.scope END AS only,
         min(t.year) OVER w AS first, max(t.year) OVER w AS last,
         row_number() OVER (PARTITION BY t.agency_id, CASE WHEN d.agency_id IS NOT NULL THEN t.scope END ORDER BY t.year DESC, t.scope, t.key) AS n
  FROM told t JOIN listing l ON l.source = t.source LEFT JOIN double d ON d.agency_id = t.agency_id
  WHERE t.certain AND NOT l.single AND NOT (d.agency_id IS NOT NULL AND t.scope = 'unknown')
  WINDOW w AS (PARTITION BY t.agency_id, CASE WHEN d.agency_id IS NOT NULL THEN t.scope END)
) AS t
WHERE t.n = 1
UNION ALL -- an operator who promises years for a listing that never gave a report names the organ in the config
SELECT s.source, NULL, s.region_code || '/' || s.name, 'unknown', NULL, NULL, 1
FROM state s
WHERE s.years IS NOT NULL AND s.region_code GLOB '[0-9][0-9][0-9][0-9][0-9][0-9]' AND s.name IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM told t WHERE t.source = s.source);

INSERT INTO main.agencies (id, name, region_code, province_code, prefecture_code, county_code)
SELECT s.region_code || '/' || s.name, s.name, s.region_code, substr(s.region_code, 1, 2) || '0000',
       CASE WHEN substr(s.region_code, 3, 2) <> '00' THEN substr(s.region_code, 1, 4) || '00' END,
       CASE WHEN substr(s.region_code, 5, 2) <> '00' THEN s.region_code END
FROM state s JOIN lane l ON l.source = s.source AND l.first IS NULL
WHERE l.agency_id NOT IN (SELECT id FROM main.agencies) GROUP BY 1;

-- Every report is expected, since it is there; then the years without one. The deadline
-- of an unknown scope is the later one: nobody is late, or missing, by a guess.
INSERT INTO main.expected (agency_id, report_year, scope, source, deadline, why)
SELECT agency_id, report_year, scope, source,
       (report_year + 1) || CASE WHEN report_year >= 2019 AND scope = 'own_organ' THEN '-01-31' ELSE '-03-31' END, 'reported'
FROM main.reports WHERE is_preferred = 1 ORDER BY agency_id, report_year, scope;

CREATE TEMP TABLE wanted AS
WITH RECURSIVE calendar (year) AS (SELECT 2008 UNION ALL SELECT year + 1 FROM calendar WHERE year < 2100) -- the first reports were due on 2008
SELECT l.agency_id, c.year, l.scope, l.source, l.single,
       (c.year + 1) || CASE WHEN c.year >= 2019 AND l.scope = 'own_organ' THEN '-01-31' ELSE '-03-31' END AS deadline,
       CASE WHEN s.years IS NOT NULL AND (l.single OR l.first IS NULL) THEN 'source ' || l.source || ' promises ' || s.years
            WHEN c.year < l.last THEN 'reported to source ' || l.source || ' on ' || l.first || ' and on ' || l.last
            ELSE 'reported to source ' || l.source || ' on ' || l.last END AS why
FROM lane l
JOIN state s ON s.source = l.source
LEFT JOIN listing g ON g.source = l.source
JOIN agencies a ON a.id = l.agency_id
JOIN calendar c ON c.year >= CASE WHEN l.single THEN coalesce(s.first, l.first) ELSE max(l.first, coalesce(s.first, 0)) END
  AND c.year <= coalesce(s.last, 9999)
WHERE (s.years IS NOT NULL AND l.single OR g.years > 1)
  AND (a.successor IS NULL OR a.valid_to IS NULL OR c.year <= CAST(a.valid_to AS INTEGER)) -- after that its successor reports
  AND (c.year + 1) || CASE WHEN c.year >= 2019 AND l.scope = 'own_organ' THEN '-01-31' ELSE '-03-31' END < s.known
  AND NOT EXISTS (SELECT 1 FROM told t WHERE t.agency_id = l.agency_id AND t.year = c.year
                  AND (l.only IS NULL OR t.scope IN (l.only, 'unknown')))
  AND NOT (l.single AND EXISTS (SELECT 1 FROM told t WHERE t.source = l.source AND t.year = c.year));

INSERT INTO main.expected (agency_id, report_year, scope, source, deadline, why)
SELECT agency_id, year, scope, source, deadline, why FROM (
  SELECT *, row_number() OVER (PARTITION BY agency_id, year, scope ORDER BY single DESC, source) AS n FROM wanted
) WHERE n = 1 ORDER BY agency_id, year, scope;

-- Items that the listing shows and that were not read as a report of some agency and
-- year: whoever seems missing may be among them. What people withhold is there, though
-- nothing of it is told; what they declared to be no report is none.
CREATE TEMP TABLE unread AS
SELECT i.source,
       replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(o.title,
         '〇', '0'), '○', '0'), '零', '0'), '一', '1'), '二', '2'), '三', '3'), '四', '4'), '五', '5'), '六', '6'), '七', '7'), '八', '8'), '九', '9') AS title,
       o.listed_date,
       CASE WHEN w.url IS NOT NULL THEN 'a listed page is withheld by decision' ELSE '"' || o.title || '" is listed: ' || CASE
         WHEN i.reason LIKE 'not a report: %' THEN i.reason
         WHEN r.id IS NOT NULL THEN 'a report, but its agency or year could not be read'
         ELSE coalesce((SELECT 'its page answered ' || coalesce('with status ' || c.status, c.outcome) FROM work.captures c
                        WHERE c.url = i.url AND c.kind = 'page' ORDER BY c.fetched_at DESC, c.record_id DESC LIMIT 1),
                       'its page was not fetched yet') END END AS why
FROM main.listing_items i
JOIN work.items o ON o.source = i.source AND o.url = i.url
LEFT JOIN work.decisions w ON w.url = i.url AND w.field = 'withhold'
LEFT JOIN main.reports r ON r.url = i.url AND r.is_current = 1
WHERE o.decision = 'followed' AND i.removed_at IS NULL AND o.title <> ''
  AND (r.id IS NULL OR r.agency_id IS NULL OR r.report_year IS NULL)
  AND NOT EXISTS (SELECT 1 FROM work.decisions d WHERE d.url = i.url AND d.field = 'is_report' AND d.value = 'no')
  AND NOT EXISTS (SELECT 1 FROM work.captures c JOIN main.reports x ON x.url = c.final_url AND x.is_current = 1 -- behind a redirect
                  WHERE c.url = i.url AND c.final_url <> c.url AND x.agency_id IS NOT NULL AND x.report_year IS NOT NULL);

-- head: what the title says before the year, as a rule the organ.
CREATE TEMP TABLE candidate AS
SELECT e.agency_id, e.report_year, e.scope, min(u.why) AS why
FROM main.expected e
JOIN agencies a ON a.id = e.agency_id
JOIN unread u ON u.source = e.source
LEFT JOIN listing g ON g.source = e.source
WHERE e.why <> 'reported'
  AND CASE WHEN u.title GLOB '*20[0-9][0-9]*' THEN instr(u.title, e.report_year)
           ELSE u.listed_date LIKE (e.report_year + 1) || '%' AND (u.title LIKE '%年度报告%' OR u.title LIKE '%年报%' OR u.title LIKE '%工作报告%') END
  AND (coalesce(g.single, 1) OR instr(u.title, e.report_year) = 1 OR instr(u.title, a.name)
       OR length(rtrim(substr(u.title, 1, instr(u.title, e.report_year) - 1), '关于 ')) >= 3
          AND a.name LIKE '%' || rtrim(substr(u.title, 1, instr(u.title, e.report_year) - 1), '关于 ')
       OR EXISTS (SELECT 1 FROM agency_aliases x WHERE x.agency_id = a.id AND instr(u.title, x.name)))
GROUP BY e.agency_id, e.report_year, e.scope;

INSERT INTO main.coverage (agency_id, report_year, scope, status, deadline, published_date, report_id, as_of, why)
SELECT e.agency_id, e.report_year, e.scope,
  CASE WHEN r.removed_at IS NOT NULL THEN 'removed'
       WHEN r.id IS NOT NULL THEN CASE WHEN r.days_late > 0 THEN 'late' ELSE 'published' END
       WHEN k.why IS NOT NULL OR c.why IS NOT NULL AND (s.looked > e.deadline OR s.trouble IS NOT 'blocked') THEN 'broken'
       WHEN s.looked > e.deadline THEN 'missing'
       WHEN s.trouble = 'blocked' THEN 'blocked'
       ELSE 'broken' END,
  e.deadline, r.published_date, r.id, s.as_of,
  CASE WHEN r.removed_at IS NOT NULL THEN 'no longer listed since ' || date(r.removed_at, '+8 hours')
       WHEN r.id IS NOT NULL THEN CASE
         WHEN r.days_late > 0 THEN r.days_late || ' days after the deadline'
         WHEN r.days_late = 0 THEN 'in time'
         WHEN r.published_date IS NULL THEN 'no publish date is printed'
         ELSE 'whether in time is not certain' END
       WHEN k.why IS NOT NULL THEN 'our reader broke: ' || k.why
       WHEN c.why IS NOT NULL AND (s.looked > e.deadline OR s.trouble IS NOT 'blocked') THEN c.why
       WHEN s.looked > e.deadline THEN 'not in the listing of source ' || e.source || ', seen whole after the deadline'
       ELSE 'the listing of source ' || e.source || coalesce(' was last seen whole on ' || s.looked, ' was never seen whole')
            || coalesce('; since ' || date(s.since, '+8 hours') || ': ' || s.trouble || coalesce(', ' || s.detail, ''), '') END
FROM main.expected e
LEFT JOIN state s ON s.source = e.source
LEFT JOIN kept k ON k.source = e.source
LEFT JOIN candidate c ON c.agency_id = e.agency_id AND c.report_year = e.report_year AND c.scope = e.scope
LEFT JOIN main.reports r ON r.is_preferred = 1 AND r.agency_id = e.agency_id AND r.report_year = e.report_year AND r.scope = e.scope
ORDER BY e.agency_id, e.report_year, e.scope;

-- Listings whose address leads elsewhere, by the newest run that asked: for good, or to
-- another host on which the listing was read.
CREATE TEMP TABLE moved AS
WITH RECURSIVE began AS (
  SELECT f.source, max(e.at) AS at
  FROM (SELECT source, max(fetched_at) AS at FROM work.captures WHERE kind = 'list' AND of_url IS NULL GROUP BY source) AS f
  JOIN work.events e ON e.source = f.source AND e.kind = 'run-start' AND e.at <= f.at GROUP BY f.source
), answer AS (
  SELECT c.source, c.url, c.final_url, c.status,
         row_number() OVER (PARTITION BY c.source ORDER BY c.fetched_at, c.record_id) AS first,
         row_number() OVER (PARTITION BY c.source, c.url ORDER BY c.fetched_at DESC, c.record_id DESC) AS last
  FROM began b JOIN work.captures c ON c.source = b.source AND c.fetched_at >= b.at
  WHERE c.kind = 'list' AND c.of_url IS NULL
), hop (source, address, url, n, forever) AS (
  SELECT source, url, url, 0, 0 FROM answer WHERE first = 1
  UNION ALL
  SELECT h.source, h.address, a.final_url, h.n + 1, h.forever OR a.status IN (301, 308)
  FROM hop h JOIN answer a ON a.source = h.source AND a.url = h.url AND a.last = 1
  WHERE a.final_url <> a.url AND h.n < 10
)
SELECT h.source, h.address, h.url AS target
FROM (SELECT *, row_number() OVER (PARTITION BY source ORDER BY n DESC) AS back FROM hop) AS h JOIN state s ON s.source = h.source
WHERE h.back = 1 AND h.n BETWEEN 1 AND 9 AND h.url <> h.address
  AND (h.forever OR s.trouble IS NULL AND substr(h.url, 1, instr(substr(h.url, 9), '/') + 8) <> substr(h.address, 1, instr(substr(h.address, 9), '/') + 8));

-- What is wrong with a source, each thing in one finding: we are kept out, its listing
-- cannot be read, its reader lost something (kept), its publisher stopped, it shows what
-- we do not read, it is below what its config promises, its listing has moved.
INSERT INTO main.findings (source, rule, place, verdict, lhs, rhs, note)
SELECT source, rule, place, 'fail', lhs, rhs, note FROM (
  SELECT source, 1 AS n, CASE trouble WHEN 'blocked' THEN 'source_blocked' ELSE 'source_unlisted' END AS rule, 'listing' AS place,
         NULL AS lhs, NULL AS rhs, 'since ' || date(since, '+8 hours') || coalesce(': ' || detail, '') AS note
  FROM state WHERE trouble IS NOT NULL
  UNION ALL
  SELECT source, 2, 'source_reader', 'reports', NULL, NULL, why FROM kept
  UNION ALL
  SELECT m.source, 3, w.rule, 'listing', iif(w.rule = 'source_stopped', m.missing, m.unread), m.expected,
         CASE w.rule WHEN 'source_stopped' THEN format('on %d, %d of %d due reports are not published', m.report_year, m.missing, m.expected)
              ELSE format('on %d, %d of %d due reports are not read: %s', m.report_year, m.unread, m.expected, m.why) END
  FROM (
    SELECT e.source, c.report_year, sum(c.status = 'missing') AS missing, sum(c.status = 'broken') AS unread, count(*) AS expected,
           min(CASE WHEN c.status = 'broken' THEN c.why END) AS why,
           row_number() OVER (PARTITION BY e.source ORDER BY c.report_year DESC) AS n
    FROM main.coverage c
    JOIN main.expected e ON e.agency_id = c.agency_id AND e.report_year = c.report_year AND e.scope = c.scope
    JOIN state s ON s.source = e.source
    WHERE c.deadline < s.known GROUP BY e.source, c.report_year
  ) AS m
  JOIN state s ON s.source = m.source
  JOIN (SELECT column1 AS rule FROM (VALUES ('source_stopped'), ('source_unread'))) AS w
    ON iif(w.rule = 'source_stopped', m.missing, m.unread) > 0
  WHERE m.n = 1 AND s.trouble IS NULL AND m.source NOT IN (SELECT source FROM kept)
  UNION ALL
  SELECT source, 4, 'source_minimum', 'reports', reports, least, format('%d reports, expected at least %d', reports, least)
  FROM (SELECT s.source, s.least, (SELECT count(*) FROM main.reports r
          WHERE r.source = s.source AND r.is_current = 1 AND r.removed_at IS NULL) AS reports FROM state s)
  WHERE reports < least
  UNION ALL
  SELECT p.source, 5, 'source_years', 'reports', count(*), NULL, 'no report of ' || group_concat(p.year, ', ' ORDER BY p.year)
  FROM (
    WITH RECURSIVE calendar (year) AS (SELECT 2003 UNION ALL SELECT year + 1 FROM calendar WHERE year < 2100)
    SELECT s.source, c.year FROM state s JOIN calendar c ON c.year BETWEEN s.first AND s.last
    WHERE s.years IS NOT NULL AND (c.year + 1) || '-03-31' < s.known -- whatever the scope
  ) AS p
  WHERE (p.source, p.year) NOT IN (SELECT source, report_year FROM main.reports WHERE is_current = 1 AND report_year IS NOT NULL)
  GROUP BY p.source
  UNION ALL
  SELECT source, 6, 'source_moved', 'listing', NULL, NULL, address || ' leads to ' || target FROM moved
) ORDER BY source, n;

DROP TABLE moved;
DROP TABLE state;
DROP TABLE told;
DROP TABLE listing;
DROP TABLE double;
DROP TABLE lane;
DROP TABLE wanted;
DROP TABLE unread;
DROP TABLE candidate;
