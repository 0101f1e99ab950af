-- data: current reports that name no report year, source by source
SELECT source, source AS subject, format('%d reports, among them %s', count(*), min(url)) AS detail
FROM reports
WHERE is_current = 1 AND report_year IS NULL
GROUP BY source
