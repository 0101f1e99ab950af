-- data: a report published before the year it reports on had ended
SELECT source, key AS subject, format('report of %d, published %s (%s)', report_year, published_date, published_basis) AS detail
FROM reports
WHERE is_current = 1 AND published_date < report_year || '-12-31'
