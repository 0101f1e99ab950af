-- data: a view count that fell: the counter was reset, or another number was read
SELECT r.source, r.key AS subject, format('%d views on %s, %d before', v.views, substr(v.observed_at, 1, 10), v.before) AS detail
FROM (
  SELECT url, observed_at, views, lag(views) OVER (PARTITION BY url, how ORDER BY observed_at) AS before FROM view_counts
) AS v
JOIN reports r ON r.url = v.url AND r.is_current = 1
WHERE v.views < v.before
