-- data: current reports whose agency is named but stands in no known region, source by source
SELECT source, source AS subject, format('%d reports, among them of %s', count(*), min(agency)) AS detail
FROM reports
WHERE is_current = 1 AND agency IS NOT NULL AND agency_id IS NULL
GROUP BY source
