-- assertion: a page of which not exactly one revision is current
SELECT min(source) AS source, url AS subject, format('%d of %d revisions are current', sum(is_current), count(*)) AS detail
FROM reports
GROUP BY url
HAVING sum(is_current) <> 1
