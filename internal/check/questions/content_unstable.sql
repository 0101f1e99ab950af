-- data: a page that showed four contents or more: something that changes by itself is read as content
SELECT source, url AS subject, format('%d contents, the last one first seen %s', count(*), substr(max(first_seen_at), 1, 10)) AS detail
FROM reports
GROUP BY url
HAVING count(*) >= 4
