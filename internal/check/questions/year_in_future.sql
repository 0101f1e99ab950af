-- data: a report of a year that had not begun when its page was first seen
SELECT source, key AS subject, format('report of %d, first seen %s', report_year, substr(first_seen_at, 1, 10)) AS detail
FROM reports
WHERE report_year > CAST(substr(first_seen_at, 1, 4) AS INTEGER)
