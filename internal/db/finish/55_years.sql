-- Rules across the years of one agency: what one year's preferred report says against
-- the preferred one of the year before (other_report_id). Findings and denominators
-- belong to the later report. The verdicts are those of the rules within a report.
-- A year that was only guessed from a publish date pairs with nothing.
DELETE FROM findings WHERE rule IN ('t3_carry', 't2_stock', 't2_items');
DELETE FROM report_checks WHERE rule IN ('t3_carry', 't2_stock', 't2_items');

CREATE TEMP TABLE pair AS
SELECT y.id, x.id AS other, y.source, y.report_year AS year, y.form_t2, x.form_t2 AS other_t2
FROM reports y
JOIN reports x ON x.agency_id = y.agency_id AND x.report_year = y.report_year - 1 AND x.scope = y.scope
WHERE y.is_preferred = 1 AND x.is_preferred = 1
  AND y.report_year_basis IS NOT 'published' AND x.report_year_basis IS NOT 'published';

-- One sum of a rule. blank counts its cells without a number, unread those of them
-- that are not simply left empty. lhs and rhs are sums of the printed numbers.
CREATE TEMP TABLE instance (id, other, source, year, rule, n, place, lhs, rhs, cells, blank, unread);

-- t3_carry: carried forward = carried in a year later, in each column of table 3.
INSERT INTO instance
SELECT id, other, source, year, 't3_carry', n, 't3.' || code, coalesce(forward, 0), coalesce(carried, 0),
       2, (forward IS NULL) + (carried IS NULL),
       (forward IS NULL AND before NOT IN ('b', 'd', 's')) + (carried IS NULL AND after NOT IN ('b', 'd', 's'))
FROM (
  SELECT p.*, c.n, c.code,
         CASE c.n WHEN 1 THEN f.natural_person WHEN 2 THEN f.org_commercial WHEN 3 THEN f.org_research WHEN 4 THEN f.org_public_welfare WHEN 5 THEN f.org_legal_service WHEN 6 THEN f.org_other WHEN 7 THEN f.total END AS forward,
         CASE c.n WHEN 1 THEN i.natural_person WHEN 2 THEN i.org_commercial WHEN 3 THEN i.org_research WHEN 4 THEN i.org_public_welfare WHEN 5 THEN i.org_legal_service WHEN 6 THEN i.org_other WHEN 7 THEN i.total END AS carried,
         coalesce(substr(f.states, c.n, 1), 'a') AS before, coalesce(substr(i.states, c.n, 1), 'a') AS after
  FROM pair p
  CROSS JOIN (SELECT column1 AS n, column2 AS code FROM (VALUES (1, 'natural_person'), (2, 'org_commercial'), (3, 'org_research'), (4, 'org_public_welfare'), (5, 'org_legal_service'), (6, 'org_other'), (7, 'total'))) AS c
  LEFT JOIN applications f ON f.report_id = p.other AND f.item = 'carried_forward'
  LEFT JOIN applications i ON i.report_id = p.id AND i.item = 'received_carried_in'
  WHERE EXISTS (SELECT 1 FROM applications WHERE report_id = p.other) AND EXISTS (SELECT 1 FROM applications WHERE report_id = p.id)
);

-- Table 2, in terms: a cell, its side and its sign. in_force = in_force a year before
-- + issued - abolished (2021 form); prev_items = prev_items + change a year before (2019 form).
CREATE TEMP TABLE term AS
SELECT column1 AS rule, column2 AS form, column3 AS measure, column4 AS later, column5 AS lhs, column6 AS sign
FROM (VALUES
  ('t2_stock', 'f2021', 'in_force',   1, 1, 1), ('t2_stock', 'f2021', 'in_force',   0, 0, 1),
  ('t2_stock', 'f2021', 'issued',     1, 0, 1), ('t2_stock', 'f2021', 'abolished',  1, 0, -1),
  ('t2_items', 'f2019', 'prev_items', 1, 1, 1), ('t2_items', 'f2019', 'prev_items', 0, 0, 1),
  ('t2_items', 'f2019', 'change',     0, 0, 1));

INSERT INTO instance
SELECT p.id, p.other, p.source, p.year, t.rule, r.n, 't2.' || r.item,
       total(CASE WHEN t.lhs THEN d.value * t.sign END), total(CASE WHEN NOT t.lhs THEN d.value * t.sign END),
       count(*), count(*) - count(d.value),
       sum(d.value IS NULL AND (d.item IS NULL OR trim(coalesce(d.raw, ''), '-‐‑‒–—―−─－﹣_＿/／\＼ ') <> ''
           OR EXISTS (SELECT 1 FROM cell_remarks m WHERE m.report_id = d.report_id AND m.tbl = 't2' AND m.item = d.item AND m.col = d.measure)))
FROM pair p
JOIN term t ON p.form_t2 LIKE t.form || '%' AND p.other_t2 LIKE t.form || '%'
JOIN (
  SELECT column1 AS rule, column2 AS n, column3 AS item FROM (VALUES
    ('t2_stock', 1, 'reg'), ('t2_stock', 2, 'norm'),
    ('t2_items', 1, 'licence'), ('t2_items', 2, 'other_service'), ('t2_items', 3, 'penalty'), ('t2_items', 4, 'coercion'), ('t2_items', 5, 'fee'))
) AS r ON r.rule = t.rule
LEFT JOIN disclosure d ON d.report_id = iif(t.later, p.id, p.other) AND d.item = r.item AND d.measure = t.measure
GROUP BY p.id, t.rule, r.item
HAVING max(t.later AND d.item IS NOT NULL) AND max(NOT t.later AND d.item IS NOT NULL); -- a row both reports print

CREATE TEMP TABLE judged AS
SELECT *, CASE WHEN blank = 0 AND lhs = rhs THEN NULL
               WHEN blank = 0 THEN 'fail'
               WHEN blank < cells AND lhs = rhs AND unread = 0 THEN 'fail_unless_blank_is_zero'
               ELSE 'not_testable' END AS verdict
FROM instance;

CREATE TEMP TABLE tally AS
SELECT id, other, source, rule, count(*) AS instances,
       sum(blank = 0) AS tested, sum(verdict IS 'fail') AS failed, sum(blank > 0) AS blank,
       sum(verdict IS 'fail_unless_blank_is_zero') AS unless, sum(verdict IS 'not_testable') AS undecided
FROM judged GROUP BY id, rule;

INSERT INTO report_checks (report_id, rule, tested, failed, blank)
SELECT id, rule, tested, failed, blank FROM tally ORDER BY id, rule;

INSERT INTO findings (report_id, other_report_id, source, rule, place, verdict, lhs, rhs, note)
SELECT id, other, source, rule, place, verdict, lhs, rhs, note FROM (
  SELECT j.id, j.other, j.source, j.rule, j.n, j.place, j.verdict, j.lhs, j.rhs,
         CASE j.verdict WHEN 'fail' THEN '' ELSE 'holds if cells without a number are read as zero: ' END ||
         CASE j.rule
           WHEN 't3_carry' THEN format('%d carried forward in %d, %d carried in in %d', lhs, year - 1, rhs, year)
           WHEN 't2_stock' THEN format('%d in force in %d, %d by those of %d with what was issued and abolished since', lhs, year, rhs, year - 1)
           ELSE format('%d items of the year before in %d, %d by the list of %d with its change', lhs, year, rhs, year - 1)
         END AS note
  FROM judged j JOIN tally t USING (id, rule)
  WHERE j.verdict = 'fail' OR j.verdict = 'fail_unless_blank_is_zero' AND t.unless = 1
  UNION ALL -- whoever leaves cells blank does so in several columns: one finding for them
  SELECT j.id, j.other, j.source, j.rule, 8, substr(j.rule, 1, 2), j.verdict, NULL, NULL,
         format('%d of %d instances hold if cells without a number are read as zero: ', t.unless, t.instances) ||
         group_concat(j.place, ', ' ORDER BY j.n)
  FROM judged j JOIN tally t USING (id, rule)
  WHERE j.verdict = 'fail_unless_blank_is_zero' AND t.unless > 1 GROUP BY j.id, j.rule
  UNION ALL
  SELECT id, other, source, rule, 9, substr(rule, 1, 2), 'not_testable', NULL, NULL,
         format('%d of %d instances have cells without a number', undecided, instances)
  FROM tally WHERE undecided > 0
) ORDER BY id, rule, n;

DROP TABLE pair;
DROP TABLE instance;
DROP TABLE term;
DROP TABLE judged;
DROP TABLE tally;
