-- data: a host that prints the same view count on five pages or more: a placeholder, not a count
SELECT min(r.source) AS source, s.host AS subject, format('%d reports, each with %d views', count(*), min(r.views)) AS detail
FROM reports r JOIN sources s ON s.id = r.source
WHERE r.is_current = 1 AND r.views IS NOT NULL AND r.views_state IS NOT 'placeholder'
GROUP BY s.host
HAVING count(*) >= 5 AND min(r.views) = max(r.views)
