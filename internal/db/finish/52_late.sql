-- One finding for each report that came after its statutory deadline, and a
-- denominator for each whose lateness is known; where it is not (days_late says
-- when), the report counts as blank. Reports of no known year have no deadline.
DELETE FROM findings WHERE rule = 'published_late';
DELETE FROM report_checks WHERE rule = 'published_late';

INSERT INTO report_checks (report_id, rule, tested, failed, blank)
SELECT id, 'published_late', days_late IS NOT NULL, coalesce(days_late > 0, 0), days_late IS NULL
FROM reports WHERE report_year IS NOT NULL;

INSERT INTO findings (report_id, source, rule, place, verdict, lhs, rhs, note)
SELECT id, source, 'published_late', 'published', 'fail', days_late, 0,
       format('published on %s, %d days after the deadline', published_date, days_late)
FROM reports WHERE days_late > 0 ORDER BY id;
