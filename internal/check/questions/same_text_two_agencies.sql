-- data: two agencies with the same long section 1 in one year: copied, or one page under two names
SELECT min(r.source) AS source, min(r.key) AS subject,
       format('%d: %s and %s', r.report_year, min(r.agency_id), max(r.agency_id)) AS detail
FROM sections s JOIN reports r ON r.id = s.report_id
WHERE r.is_current = 1 AND r.agency_id IS NOT NULL AND s.no = 1 AND length(s.text) >= 200
GROUP BY r.report_year, length(s.text), substr(s.text, 1, 400)
HAVING min(r.agency_id) <> max(r.agency_id)
